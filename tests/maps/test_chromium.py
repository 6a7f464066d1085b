"""The page in a browser with the network cut: drawn, no error, nothing asked for, nothing blocked."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from maps.look import Look

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

CUT = ["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"]


def browse(folder: Path, address: str, *more: str) -> str:
    """What Chromium prints; each run has its own profile."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    flags += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000", "--window-size=1920,1080"]
    done = subprocess.run([CHROMIUM or "", *flags, *CUT, *more, address], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def state(dom: str) -> dict[str, str]:
    """The data attributes of the root element."""
    opening = re.search(r"<html[^>]*>", dom)
    assert opening, dom[:300]
    return dict(re.findall(r'data-(\w+)="([^"]*)"', opening[0]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_drawn_without_error_or_request(panorama: Panorama, tmp_path: Path, lang: str) -> None:
    path = maps.write(Picture(panorama), tmp_path / "map.html", Look(lang))
    found = state(browse(tmp_path, path.as_uri(), "--dump-dom"))
    assert found == {"state": "running", "ready": "1", "requests": "0", "drawn": "12"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_do_nothing(hostile: Panorama, tmp_path: Path, lang: str) -> None:
    path = maps.write(Picture(hostile), tmp_path / "map.html", Look(lang))
    dom = browse(tmp_path, path.as_uri() + "#%3Cimg%20src=x%20onerror=alert(1)%3E", "--dump-dom")
    assert state(dom) == {"state": "running", "ready": "1", "requests": "0", "drawn": "12"}
    body = re.sub(r"<script.*?</script>", "", dom, flags=re.DOTALL)
    assert "<img" not in body and "<a " not in body and "&lt;img src=x onerror=alert(1)&gt;" in body


def test_an_address_opens_a_node(panorama: Panorama, tmp_path: Path) -> None:
    path = maps.write(Picture(panorama), tmp_path / "map.html")
    dom = browse(tmp_path, path.as_uri() + "#%E5%85%89%E4%BC%8F%E7%8E%BB%E7%92%83", "--dump-dom")
    details = dom[dom.index('id="details"') : dom.index('id="overview"')]
    for part in ("光伏玻璃", "缺链", "已报道，待投产核实", "格索兰玻璃", "尚无投产依据", "产能置换"):
        assert part in details
    assert "blocked" not in state(dom)


def test_a_changed_script_is_blocked_and_the_still_picture_takes_over(panorama: Panorama, tmp_path: Path) -> None:
    """The policy works, the watcher sees it, and nobody sits before an empty page."""
    path = maps.write(Picture(panorama), tmp_path / "map.html")
    path.write_text(path.read_text(encoding="utf-8").replace("const Draw", "const  Draw"), encoding="utf-8")
    found = state(browse(tmp_path, path.as_uri(), "--dump-dom"))
    assert found["state"] == "failed" and "script-src" in found["blocked"] and "ready" not in found


def test_something_is_on_the_canvas(panorama: Panorama, tmp_path: Path) -> None:
    path, shot = maps.write(Picture(panorama), tmp_path / "map.html"), tmp_path / "shot.png"
    browse(tmp_path, path.as_uri(), f"--screenshot={shot}")
    assert shot.stat().st_size > 60_000


def test_prints_on_one_a3_page(panorama: Panorama, tmp_path: Path) -> None:
    path, pdf = maps.write(Picture(panorama), tmp_path / "map.html"), tmp_path / "map.pdf"
    browse(tmp_path, path.as_uri(), f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    content = pdf.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert box and [round(float(v) / 72 * 25.4) for v in box.groups()] == [420, 297]
