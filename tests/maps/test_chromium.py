"""The page in a browser with the network cut: drawn, used, no error, nothing asked for, nothing blocked.

Pictures of what was looked at are kept in the folder that LIANTU_SHOTS names, for the eyes of whoever reads a run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from maps.look import Look
from maps.svg import pages
from tests.maps.browser import CHROMIUM, FLAGS, Browser
from tests.maps.pictures import aimed, timed

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

Open = Callable[..., Browser]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture
def show(tab: Browser, tmp_path: Path) -> Iterator[Open]:
    """Writes a picture, opens its page; afterwards nothing but the file was asked for and nobody complained."""
    opened: list[str] = []

    def shown(picture: Picture, look: Look | None = None, address: str = "") -> Browser:
        path = maps.write(picture, tmp_path / f"map{len(opened)}.html", look or Look())
        opened.append(path.as_uri())
        tab.open(path.as_uri() + address)
        return tab

    tab.size(1920, 1080)
    tab.requests.clear()
    tab.errors.clear()
    yield shown
    found = tab.run("({...document.documentElement.dataset})")
    assert (found["state"], found["ready"], found["requests"]) == ("running", "1", "0") and not {"error", "blocked"} & set(found)
    assert [url.partition("#")[0] for url in tab.requests] == opened and tab.errors == []


@pytest.fixture
def keep(request: pytest.FixtureRequest, tmp_path: Path, tab: Browser) -> Callable[[str], None]:
    folder = Path(os.environ.get("LIANTU_SHOTS") or tmp_path)

    def kept(name: str) -> None:
        assert tab.picture(folder / f"{name}.png").stat().st_size > 30_000, "something is on it"

    return kept


def text(tab: Browser, selector: str) -> Any:
    return tab.run(f"(document.querySelector({selector!r}) || {{}}).innerText")


def address(tab: Browser) -> Any:
    """After the moment that the page waits before it writes it."""
    tab.run("new Promise(r => setTimeout(r, 250))")
    return tab.run("decodeURIComponent(location.hash.slice(1))")


def left(tab: Browser) -> Any:
    return text(tab, "#status")


def counted(tab: Browser, status: str) -> int:
    return int(text(tab, f"[data-status={status}] b"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_page_is_drawn(panorama: Panorama, show: Open, keep: Callable[[str], None], lang: str) -> None:
    for name, picture in (("panorama", Picture(panorama)), ("time", timed(panorama)), ("goals", aimed(panorama))):
        for theme in ("light", "dark"):
            tab = show(picture, Look(lang, theme=theme))
            assert tab.run("document.documentElement.dataset.drawn") == "12"
            keep(f"{name}-{lang}-{theme}")
    tab.size(1366, 768)
    keep(f"{name}-{lang}-1366")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_do_nothing(hostile: Panorama, show: Open, keep: Callable[[str], None], lang: str) -> None:
    first = hostile.nodes[0].node
    tab = show(aimed(timed(hostile).panorama, timed(hostile)), Look(lang), "#" + quote(first))
    assert text(tab, "#details h2") == first
    for box in range(1, 12):
        tab.run(f"document.querySelector('#lists [data-box=\"{box}\"]').click()")
        assert address(tab) == tab.run(f"JSON.parse(document.getElementById('data').textContent).panels[{box}].node")
    tab.run("document.getElementById('day').focus()")
    tab.key("Home")
    tab.click("[data-side=target]")
    tab.click("#search")
    tab.write("<img src=x onerror=alert(1)>")
    assert tab.run("document.querySelectorAll('#hits button').length") > 0
    assert tab.run("document.querySelectorAll('img, a, .app script').length") == 0
    assert tab.run("document.documentElement.scrollWidth") <= 1920, "a long name pushes nothing out of the window"
    keep(f"hostile-{lang}")
    for view in ("bars", "profile"):
        tab.click(f"[data-view={view}]")
        assert tab.run("document.querySelectorAll('img, a, .app script').length") == 0


def test_search_leaves_what_it_says_and_opens_the_first_hit(panorama: Panorama, show: Open) -> None:
    tab = show(Picture(panorama))
    tab.key("/")
    assert tab.run("document.activeElement.id") == "search"
    tab.write("格索兰")
    assert left(tab) == "余 1 / 12 个环节" and text(tab, "#hits") == "×◆ 光伏玻璃"
    tab.key("ArrowDown")
    assert tab.run("document.activeElement.textContent") == "×◆ 光伏玻璃"
    tab.key("ArrowUp")
    tab.key("Enter")
    assert text(tab, "#details h2") == "光伏玻璃" and tab.run("document.activeElement.id") == "map"
    assert address(tab) == "光伏玻璃&q=格索兰"
    tab.key("Escape")
    assert address(tab) == "q=格索兰", "one thing at a time: first the node is left, then the search emptied"
    tab.key("Escape")
    assert address(tab) == "" and left(tab) == ""


def test_filters_combine_and_one_button_undoes_them(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(Picture(panorama))
    tab.click("[data-status=gap]")
    tab.click("[data-status=building]")
    assert left(tab) == "余 2 / 12 个环节"
    tab.click("[data-lane='1']")
    assert left(tab) == "余 1 / 12 个环节" and address(tab) == "v=gap&v=building&lane=主链"
    tab.click("[data-lane='2']")
    tab.click("[data-pipe=building]")
    assert left(tab) == "余 1 / 12 个环节" and address(tab) == "v=gap&v=building&lane=主链&lane=辅材耗材&pipe=building"
    keep("filtered")
    tab.click("#reset")
    assert left(tab) == "" and address(tab) == "" and tab.run("document.querySelectorAll('.second [aria-pressed=true]').length") == 0
    tab.click("[data-pipe=none]")
    assert left(tab) == "余 10 / 12 个环节", "an outside market has no projects to speak of"


def test_gaps_only_are_the_gaps_and_what_they_feed(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(Picture(panorama))
    tab.click("#gaps-only")
    # 电池片, 光伏玻璃 → 组件; 切片机 → 硅片
    assert left(tab) == "余 5 / 12 个环节" and address(tab) == "gaps=1"
    keep("gaps-only")
    tab.click("[data-status=extension]")
    assert left(tab) == "余 1 / 12 个环节"


def test_a_link_shows_the_same_again(panorama: Panorama, show: Open) -> None:
    link = "#" + quote("光伏玻璃") + "&q=" + quote("产能") + "&v=building&v=gap&lane=" + quote("辅材耗材") + "&day=2023-07-01&theme=dark&panel=0"
    tab = show(timed(panorama), None, link)
    assert left(tab) == "余 1 / 12 个环节" and tab.run("document.getElementById('search').value") == "产能"
    assert tab.run("document.body.className") == "wide" and tab.run("document.documentElement.dataset.theme") == "dark"
    assert text(tab, "#day-words") == "2023年7月1日" and text(tab, "#as-of") == "截至 2023-07-01"
    tab.click("#aside")
    assert text(tab, "#details h2") == "光伏玻璃"
    tab.run("location.hash = '#gaps=1&v=nonsense&lane=%3Cimg%3E&day=x&side=target'")
    tab.wait("document.documentElement.dataset.theme === 'light'")
    assert left(tab) == "余 5 / 12 个环节" and address(tab) == "gaps=1", "what the page does not know is left out"


def test_a_bare_name_opens_a_node_and_choosing_writes_it(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(Picture(panorama), None, "#光伏玻璃")
    details = text(tab, "#details")
    for part in ("光伏玻璃", "缺链", "已报道，待投产核实", "格索兰玻璃", "尚无投产依据", "产能置换"):
        assert part in details
    keep("panel")
    tab.click(".back")
    assert address(tab) == "" and tab.run("document.activeElement.dataset.box") == "7", "back where one came from"
    tab.key("Enter")
    assert address(tab) == "光伏玻璃" and tab.run("document.activeElement.tagName") == "H2"
    tab.key("Escape")
    assert address(tab) == ""


def test_a_name_with_signs_of_an_address_is_found_again(panorama: Panorama, show: Open) -> None:
    names = {"硅片": "A&B=1 100%", "组件": "gaps=1"}
    nodes = tuple(replace(n, node=names.get(n.node, n.node)) for n in panorama.nodes)
    for name in names.values():
        tab = show(Picture(replace(panorama, nodes=nodes, feeds=())), None, "#" + quote(name, safe=""))
        assert text(tab, "#details h2") == name
        tab.click("[data-status=gap]")
        tab.run("document.getElementById('reset').click()")
        assert address(tab) == name
    assert text(show(Picture(replace(panorama, nodes=nodes, feeds=())), None, "#A&B=1 100%"), "#details h2") == "A&B=1 100%"


def test_boxes_answer_to_mouse_and_arrow_keys(panorama: Panorama, show: Open) -> None:
    tab = show(Picture(panorama))
    tab.run("document.getElementById('map').focus()")
    tab.key("ArrowRight")
    first = text(tab, "#details h2")
    tab.key("ArrowRight")
    assert first and text(tab, "#details h2") not in ("", first)
    tab.key("Enter")
    assert tab.run("document.activeElement.tagName") == "H2"
    tab.key("Escape")
    assert text(tab, "#details") == ""
    middle = tab.run("(() => { const d = JSON.parse(document.getElementById('data').textContent), m = document.getElementById('map')"
                     ".getBoundingClientRect(), b = d.boxes[7], s = Math.min(m.width / (d.width + 24), m.height / (d.height + 24), 1.6);"
                     "return [m.x + m.width / 2 + (b.x + b.w / 2 - d.width / 2) * s, m.y + m.height / 2 + (b.y + b.h / 2 - d.height / 2) * s]; })()")
    tab.click_at(*middle)
    tab.wait("document.querySelector('#details h2') !== null")
    assert text(tab, "#details h2") == "光伏玻璃"


def test_every_control_is_reached_by_the_tab_key_and_shows_it(panorama: Panorama, show: Open) -> None:
    tab = show(aimed(panorama, timed(panorama)))
    wanted = tab.run("[...document.querySelectorAll('.app button:not(:disabled), .app input, #map')].filter(e => e.checkVisibility()).length")
    seen: set[str] = set()
    for _ in range(wanted):
        tab.key("Tab")
        outline = tab.run("getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "solid 3px"
        seen.add(tab.run("(e => e.id || e.outerHTML)(document.activeElement)"))
    assert len(seen) == wanted >= 30
    nameless = "[...document.querySelectorAll('.app button, .app input')].filter(e => !(e.innerText || e.ariaLabel || '').trim()).length"
    assert tab.run(f"document.getElementById('panel').hidden || {nameless}") in (0, False)


def test_the_gap_opens_and_closes_as_the_day_moves(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(timed(panorama))
    gaps = counted(tab, "gap"), counted(tab, "building")
    assert gaps == (1, 1) and tab.run("document.querySelectorAll('#marks .opened').length") == 2
    assert tab.run("document.querySelectorAll('#marks .closed').length") == 1
    tab.run("document.getElementById('day').focus()")
    tab.key("Home")
    assert text(tab, "#day-words") == "2022年12月31日" and counted(tab, "gap") + counted(tab, "building") == 0
    assert text(tab, "#lists h2") == "没有空白点" and counted(tab, "unknown") == 11
    tab.key("PageUp")
    assert text(tab, "#day-told") == "空白点 2 · 出现 光伏玻璃、切片机" and address(tab) == "day=2023-01-01"
    assert text(tab, "#lists .gaps li:nth-child(1) b") == "光伏玻璃"
    keep("slider")
    tab.key("PageUp")
    assert text(tab, "#day-told") == "空白点 0 · 补上 光伏玻璃" and counted(tab, "solid") == 1
    tab.key("ArrowRight")
    assert "光伏玻璃" in tab.run("document.getElementById('day').getAttribute('aria-valuetext')")
    tab.key("End")
    assert address(tab) == "" and (counted(tab, "gap"), counted(tab, "building")) == gaps
    assert text(tab, "#as-of") == "截至 2023-09-12"


def test_the_panel_follows_the_day_and_says_what_does_not(panorama: Panorama, show: Open) -> None:
    tab = show(timed(panorama), None, "#光伏玻璃")
    assert "缺链" in text(tab, "#details .verdict") and tab.run("document.querySelector('.then')") is None
    tab.run("document.getElementById('day').focus()")
    tab.key("Home")
    assert "待核" in text(tab, "#details .verdict")
    tab.click(".back")
    assert "以下详情截至 2023-09-12" in text(tab, "#overview")
    tab.click("[data-box='7']")
    assert "2022-12-31 的状况" in text(tab, ".then") and "以下详情截至 2023-09-12" in text(tab, ".then")
    tab.click("#last")
    assert "缺链" in text(tab, "#details .verdict") and tab.run("document.querySelector('.then')") is None


def test_it_plays_to_the_end_and_escape_stops_it(panorama: Panorama, show: Open) -> None:
    tab = show(timed(panorama))
    tab.click("#play")
    assert text(tab, "#play") == "■" and text(tab, "#day-words") == "2022年12月31日"
    tab.wait("document.getElementById('day').value === '1'")
    tab.key("Escape")
    assert text(tab, "#play") == "▶"
    stopped = tab.run("document.getElementById('day').value")
    assert tab.run("new Promise(r => setTimeout(() => r(document.getElementById('day').value), 1200))") == stopped
    tab.click("#play")
    tab.wait("document.getElementById('day').value === '4' && document.getElementById('play').textContent === '▶'")


def test_today_and_goals_on_the_same_places(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(aimed(panorama, timed(panorama)))
    assert text(tab, ".switch:has([data-side])").split() == ["现状", "2023-09-12", "目标", "2025-12-31"] and text(tab, "#lists h2") == "空白点 3"
    ring = "getComputedStyle(document.querySelector('.rings')).visibility"
    place = "JSON.stringify(document.getElementById('map').getBoundingClientRect())"
    before = tab.run(place)
    assert tab.run(ring) == "hidden"
    tab.click("[data-side=target]")
    assert tab.run(place) == before, "the same places"
    assert text(tab, "h1") == "光伏产业链远景图" and text(tab, "#lists h2") == "目标与变化 1" and address(tab) == "side=target"
    assert tab.run(ring) == "visible"
    tab.click("#lists [data-box]")
    assert "目标与变化" in text(tab, ".goal") and "600 kt/a" in text(tab, ".goal")
    keep("target")
    tab.run("document.getElementById('day').focus()")
    tab.key("Home")
    assert text(tab, "h1") == "光伏产业链全景图" and "side" not in address(tab), "goals are set against the as-of day"
    tab.click("[data-side=target]")
    assert address(tab) == "光伏玻璃&side=target" and text(tab, "#as-of") == "截至 2023-09-12"
    again = show(aimed(panorama, timed(panorama)), None, "#side=target")
    assert text(again, "h1") == "光伏产业链远景图"


def test_other_views_in_the_place_of_the_map(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(timed(panorama))
    assert tab.run("document.querySelectorAll('#views svg').length") == 0, "drawn when asked for"
    for view in ("bars", "profile"):
        tab.click(f"[data-view={view}]")
        assert tab.run("document.querySelector('#views .on-light').checkVisibility()") and address(tab) == f"view={view}"
        assert not tab.run("document.querySelector('#views .on-dark').checkVisibility()")
        keep(view)
    patterns = tab.run("[...document.querySelectorAll('#views [id]')].map(e => e.id)")
    assert len(set(patterns)) == len(patterns) and all(p.startswith(("light-", "dark-")) for p in patterns)
    tab.click("[data-view=map]")
    assert address(tab) == "" and not tab.run("document.getElementById('views').checkVisibility()")
    again = show(timed(panorama), None, "#view=bars&theme=dark")
    assert again.wait("document.querySelector('#views .on-dark')?.checkVisibility()")
    assert text(show(timed(panorama), None, "#view=nonsense"), "#views") == ""


def test_light_and_dark(panorama: Panorama, show: Open) -> None:
    tab = show(Picture(panorama), Look(theme="dark"))
    ground = tab.run("getComputedStyle(document.getElementById('map')).backgroundColor")
    assert text(tab, "#theme") == "浅色" and tab.run("document.querySelectorAll('.legend .on-dark')[0].checkVisibility()")
    tab.click("#theme")
    assert address(tab) == "theme=light" and tab.run("getComputedStyle(document.getElementById('map')).backgroundColor") != ground
    assert not tab.run("document.querySelectorAll('.legend .on-dark')[0].checkVisibility()")
    tab.click("#theme")
    assert address(tab) == ""


def test_on_paper_the_still_picture_takes_over_and_back(panorama: Panorama, show: Open, keep: Callable[[str], None]) -> None:
    tab = show(timed(panorama))
    tab.ask("Emulation.setEmulatedMedia", media="print")
    assert tab.run("document.querySelector('.still').checkVisibility()") and not tab.run("document.querySelector('.app').checkVisibility()")
    keep("paper")
    tab.ask("Emulation.setEmulatedMedia", media="screen")
    assert tab.run("document.querySelector('.app').checkVisibility()")


def browse(folder: Path, address: str, *more: str) -> str:
    """What Chromium prints; each run has its own profile."""
    flags = [*FLAGS, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000", "--window-size=1920,1080"]
    done = subprocess.run([CHROMIUM or "", *flags, *more, address], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def test_a_changed_script_is_blocked_and_the_still_picture_takes_over(panorama: Panorama, tmp_path: Path) -> None:
    """The policy works, the watcher sees it, and nobody sits before an empty page."""
    path = maps.write(Picture(panorama), tmp_path / "map.html")
    path.write_text(path.read_text(encoding="utf-8").replace("const Draw", "const  Draw"), encoding="utf-8")
    opening = re.search(r"<html[^>]*>", browse(tmp_path, path.as_uri(), "--dump-dom"))
    found = dict(re.findall(r'data-(\w+)="([^"]*)"', opening[0] if opening else ""))
    assert found["state"] == "failed" and "script-src" in found["blocked"] and "ready" not in found


@pytest.mark.parametrize(("theme", "side"), [("light", "today"), ("dark", "target")])
def test_prints_on_pages_of_a3_what_is_looked_at(panorama: Panorama, tmp_path: Path, theme: str, side: str) -> None:
    picture, pdf = aimed(panorama, timed(panorama)), tmp_path / "map.pdf"
    path = maps.write(picture, tmp_path / "map.html", Look(theme=theme))
    browse(tmp_path, f"{path.as_uri()}#side={side}", f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    content = pdf.read_bytes()
    shown = picture if side == "target" else replace(picture, prospect=None)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == len(pages(shown, Look(style="print")))
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert box and [round(float(v) / 72 * 25.4) for v in box.groups()] == [420, 297]
