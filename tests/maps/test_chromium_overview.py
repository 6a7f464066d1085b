"""The overview and the view of a large chain in a browser with the network cut: nothing asked for, no error, every tile leads."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from maps import overview as drawn
from maps.look import Look
from tests.maps.browser import CHROMIUM, Browser
from tests.maps.test_map_aggregate import large
from tests.maps.test_map_overview import HOSTILE_CHAINS, overview, tile

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
SHOWN = "document.readyState === 'complete' && !!document.body?.childElementCount && "


def seen(browser: Browser, page: Path, shown: str) -> None:
    browser.ask("Page.navigate", url=page.as_uri())
    browser.wait(SHOWN + shown)


def shots(folder: Path) -> Path:
    """Where pictures are kept for whoever reads a run."""
    return Path(os.environ.get("LIANTU_SHOTS") or folder)


def quiet(browser: Browser, folder: Path) -> bool:
    return not browser.errors and all(r.startswith(folder.as_uri()) or r == "about:blank" for r in browser.requests)


def test_a_tile_leads_to_its_chain_and_the_browser_back(panorama: Panorama, tmp_path: Path) -> None:
    path = drawn.write(overview(tile(panorama), tile(panorama, "<b>稀土</b>")), tmp_path / "总览", Look(theme="dark")).path
    with Browser(tmp_path) as browser:
        seen(browser, path, "document.querySelectorAll('.tiles a').length === 2")
        assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(11, 18, 27)", "the style is let in"
        browser.picture(shots(tmp_path) / "overview.png")
        for number, title in enumerate(("光伏", "<b>稀土</b>"), 1):
            browser.click(f".tiles li:nth-child({number}) a")
            browser.wait("document.documentElement?.dataset.ready === '1'")
            assert browser.run("document.title").startswith(title)
            browser.run("void setTimeout(() => history.back(), 50)")  # the answer comes before the page goes
            browser.wait(SHOWN + "!!document.querySelector('.tiles')")
        assert quiet(browser, tmp_path), (browser.errors, browser.requests)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_do_nothing_and_break_no_tile(hostile: Panorama, tmp_path: Path, lang: str) -> None:
    given = overview(*(tile(hostile, chain, masters=(chain,)) for chain in HOSTILE_CHAINS))
    path = drawn.write(given, tmp_path / "a.html", Look(lang)).path
    with Browser(tmp_path) as browser:
        seen(browser, path, f"document.querySelectorAll('.tiles a').length === {len(HOSTILE_CHAINS)}")
        assert browser.run("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
        assert browser.run("[...document.querySelectorAll('.tiles a')].every(a => a.scrollWidth <= a.clientWidth + 1)")
        assert browser.run("document.querySelectorAll('script, img, iframe').length") == 0 and quiet(browser, tmp_path), browser.errors


def test_it_prints_on_a3_without_a_tile_cut(panorama: Panorama, tmp_path: Path) -> None:
    import base64

    path = drawn.write(overview(*(tile(panorama, f"链{i}") for i in range(12))), tmp_path / "a.html").path
    with Browser(tmp_path) as browser:
        seen(browser, path, "true")
        content = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    boxes = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content))
    assert [round(float(v) / 72 * 25.4) for v in boxes.pop()] == [420, 297] and not boxes
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 13, "the overview, then a page a chain"


def test_ten_thousand_nodes_are_a_page_that_stands(tmp_path: Path) -> None:
    path = maps.write(Picture(large(10_000, cols=30)), tmp_path / "a.html")
    with Browser(tmp_path) as browser:
        seen(browser, path, "!!document.querySelector('main svg')")
        assert browser.run("document.querySelectorAll('*').length") < 2000 and quiet(browser, tmp_path), browser.errors
        assert "10,000" in browser.run("document.body.textContent")
        browser.picture(shots(tmp_path) / "sums.png")
