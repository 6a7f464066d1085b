"""The views as a page embeds them and as files by themselves: same text, own ids, nothing run, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from graph.errors import LiantuError
from maps.look import Look
from maps.still import on_paper, size
from maps.views import asked, view, views
from tests.maps.test_chromium import CHROMIUM, browse
from tests.maps.test_map_write import needs_font
from tests.maps.timed import DIFF, ONE, TWO, tree


def test_a_picture_of_one_day_has_two_views_and_of_two_days_three() -> None:
    assert [v.key for v in views(ONE)] == ["bars", "profile"]
    assert [(v.key, v.name) for v in views(TWO)] == [("pair", "两日对照"), ("bars", "供需对照"), ("profile", "主链剖面")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_stands_by_itself_and_several_on_one_page(lang: str, theme: str) -> None:
    ids: list[str] = []
    for v in views(TWO, Look(lang, theme=theme)):
        root = tree(v.svg)
        here = [e.get("id", "") for e in root.iter() if e.get("id")]
        assert all(i.startswith(f"{v.key}-") for i in here)
        assert set(re.findall(r"url\(#([^)]+)\)", v.svg)) <= set(here)
        assert not any(name == "style" or "href" in name for e in root.iter() for name in e.attrib)
        ids += here
    assert len(ids) == len(set(ids))


def test_the_words_tell_what_the_picture_shows() -> None:
    told = {v.key: v.words for v in views(TWO)}
    assert told["pair"] == ("2022-11-24 与 2024-01-25 的同一张图，位置相同；空白点 2 → 2，变化 10 项。 "
                            "电池片：待核 → 断链；＋已列入招引 多晶硅：断链 → 配套")
    assert "6个环节" in told["bars"] and "空白点2个" in told["bars"] and "瓶颈：电池片" in told["profile"]
    assert "Bottleneck: 电池片" in view("profile", TWO, Look("en")).words


def test_which_view_is_meant() -> None:
    assert (asked(ONE, Look()), asked(TWO, Look()), asked(TWO, Look(view="bars"))) == ("", "pair", "bars")
    with pytest.raises(LiantuError, match="pie"):
        asked(ONE, Look(view="pie"))


@pytest.mark.parametrize(("picture", "look", "key"), [
    (TWO, Look(), "pair"), (ONE, Look(view="bars"), "bars"), (TWO, Look("en", view="profile"), "profile")])
def test_a_file_is_the_view_itself(picture: Picture, look: Look, key: str, tmp_path: Path) -> None:
    text = maps.write(picture, tmp_path / "x.svg", look).read_bytes().decode()
    assert text == view(key, picture, look).svg
    page = maps.write(picture, tmp_path / "x.html", look).read_bytes()
    assert text.strip() in page.decode() and b"\r" not in page
    assert maps.write(picture, tmp_path / "y.html", look).read_bytes() == page


def test_the_map_without_a_view_is_the_map(tmp_path: Path) -> None:
    assert "产业链全景图" in maps.write(ONE, tmp_path / "x.svg").read_text(encoding="utf-8")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "style" and not self.style:
            self.style = data


def test_the_page_runs_and_fetches_nothing(hostile: Panorama, tmp_path: Path) -> None:
    for look in (Look(), Look("en", view="bars"), Look(view="profile", theme="dark")):
        picture = Picture(hostile, None, hostile, replace(DIFF, chain=hostile.gaps.chain))
        found = _Page()
        found.feed(maps.write(picture, tmp_path / "x.html", look).read_text(encoding="utf-8"))
        assert not {"script", "img", "link", "iframe", "a", "object"} & {tag for tag, _ in found.tags}
        assert not any(n.startswith("on") or n in ("href", "src", "style") for _, attrs in found.tags for n in attrs)
        policy = next(a["content"] or "" for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
        hashed = base64.b64encode(hashlib.sha256(found.style.encode()).digest()).decode()
        assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


def test_the_page_prints_on_a3_the_way_the_picture_lies(tmp_path: Path) -> None:
    long = replace(TWO, diff=replace(DIFF, rows=tuple(replace(DIFF.rows[0], name=f"环节{i}") for i in range(90))))
    for picture, look, way in ((long, Look(), "portrait"), (TWO, Look(view="profile"), "landscape")):
        width, height = size(view(asked(picture, look), picture, look).svg)
        assert (width >= height) == (way == "landscape")
        assert f"size: A3 {way};" in maps.write(picture, tmp_path / "x.html", look).read_text(encoding="utf-8")


def test_a_wall_is_a_screen_and_print_is_paper() -> None:
    for key in ("pair", "bars", "profile"):
        wall, paper = (view(key, TWO, Look(style=style)).svg for style in ("wall", "print"))
        root, pages = tree(on_paper(paper)), len(view(key, TWO, Look(style="print")).pages)
        sides = [float((root.get(name) or "").removesuffix("mm")) for name in ("width", "height")]
        assert sides == [pytest.approx(404, abs=0.1), pytest.approx(281 * pages, abs=0.3)]
        assert size(wall)[0] >= 1920 and size(wall)[1] >= 1080
        assert "产能清单" in paper and "产能清单" not in wall, "sources in full are for paper; a wall tells how many"
        assert "来源 1 项" in wall


@needs_font
@pytest.mark.parametrize("look", [Look(), Look(view="bars", theme="dark")])
def test_png(look: Look, tmp_path: Path) -> None:
    content = maps.write(TWO, tmp_path / "x.png", look).read_bytes()
    width, height = (int.from_bytes(content[i : i + 4], "big") for i in (16, 20))
    assert content.startswith(b"\x89PNG") and width >= 1920 and height >= 1080


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
@pytest.mark.parametrize("look", [Look(style="print"), Look("en", view="bars", theme="dark")])
def test_prints_as_many_a3_pages_as_the_view_has(look: Look, tmp_path: Path) -> None:
    path, pdf = maps.write(TWO, tmp_path / "x.html", look), tmp_path / "x.pdf"
    browse(tmp_path, path.as_uri(), f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    content = pdf.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == len(view(asked(TWO, look), TWO, look).pages)
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert box and sorted(round(float(v) / 72 * 25.4) for v in box.groups()) == [297, 420]


@pytest.mark.parametrize("suffix", [".pdf", ".pptx"])
def test_other_suffixes_are_refused(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match=re.escape(suffix)):
        maps.write(TWO, tmp_path / f"x{suffix}", Look(view="bars"))
    assert not list(tmp_path.iterdir())


def test_another_language_is_refused() -> None:
    for key in ("pair", "bars", "profile"):
        with pytest.raises(LiantuError, match="'fr'"):
            view(key, TWO, Look("fr"))
