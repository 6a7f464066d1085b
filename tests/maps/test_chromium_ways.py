"""Ways through the page in headless Chromium: what a search leads to, the browser's way back, an old link."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from maps.look import Look
from tests.maps.browser import CHROMIUM, Browser

EARLIER = date(2022, 11, 24)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")


@pytest.fixture
def tab(panorama: Panorama, tmp_path: Path) -> Iterator[Browser]:
    path = maps.write(Picture(panorama), tmp_path / "a.html")
    with Browser(tmp_path) as browser:
        browser.open(path.as_uri())
        yield browser
        assert browser.errors == []


def chosen(tab: Browser, node: str) -> None:
    tab.wait(f"(document.querySelector('#details h2') || {{}}).innerText === '{node}'")


def test_a_search_leads_to_the_name_before_what_else_speaks_of_it(tab: Browser) -> None:
    """工业硅 comes earlier, and 硅片 is named in what it feeds."""
    tab.key("/")
    tab.write("硅片")
    assert int(tab.run("document.querySelectorAll('#hits > *').length")) > 1
    tab.key("Enter")
    chosen(tab, "硅片")


def test_the_browser_goes_back_from_node_to_node(tab: Browser) -> None:
    for node in ("光伏玻璃", "硅片"):
        tab.key("/")
        tab.run("document.getElementById('search').value = ''")
        tab.write(node)
        tab.key("Enter")
        chosen(tab, node)
        tab.run("new Promise(r => setTimeout(r, 250))")  # the moment that the page waits before it writes its address
    tab.run("void setTimeout(() => history.back(), 50)")
    chosen(tab, "光伏玻璃")


def test_a_link_to_a_node_that_is_none_says_so(tab: Browser) -> None:
    tab.run("location.hash = '#" + "不存在<b>'")
    tab.wait("document.getElementById('status').innerText === '没有环节 “不存在<b>”'")


@pytest.mark.parametrize("look", [Look(view="bars"), Look(view="profile", theme="dark"), Look("en", "print", view="bars"), Look("en")])
@pytest.mark.parametrize("which", ["panorama", "hostile"])
def test_a_still_page_asks_for_nothing_and_runs_nothing(request: pytest.FixtureRequest, tmp_path: Path, look: Look, which: str) -> None:
    """Bars, profile and two days by themselves; their pictures are kept where those of the page are."""
    shown: Panorama = request.getfixturevalue(which)
    picture = Picture(shown, before=None if look.view != "map" else replace(shown, gaps=replace(shown.gaps, as_of=EARLIER)))
    path = maps.write(picture, tmp_path / "a.html", look)
    with Browser(tmp_path) as browser:
        browser.ask("Page.navigate", url=path.as_uri())
        browser.wait("document.readyState === 'complete' && !!document.querySelector('figure svg')")
        assert browser.run("document.querySelectorAll('script, img, iframe, [style], [onerror], [onclick]').length") == 0
        kept = browser.picture(Path(os.environ.get("LIANTU_SHOTS") or tmp_path) / f"still-{which}-{look.view}-{look.lang}.png")
        assert kept.stat().st_size > 20_000 and browser.requests == [path.as_uri()] and browser.errors == []
