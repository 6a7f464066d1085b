"""The overview of all chains: tiles that say what is so, links that lead there, names that do nothing, files that are whole."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import Panorama
from analysis.overview import Charge, Overview, Since, Tile
from analysis.parts import ChainFigures
from analysis.picture import Picture
from graph.errors import LiantuError
from maps import overview as drawn
from maps import tiles
from maps.bar import parts
from maps.filenames import numbered, stem
from maps.look import Look
from maps.overview_page import page
from maps.overview_svg import svg

SVG = "{http://www.w3.org/2000/svg}"
T, K = date(2023, 9, 12), date(2024, 1, 25)
HOSTILE_CHAINS = (
    "../x", "/etc/passwd", "..", "CON", "con", "LPT1", "a.html", "A", "a", "链" * 300, "🔋", "光伏🔋", "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>", '<a href="javascript:alert(1)">点这里</a>', '=HYPERLINK("http://evil.example","x")', "+cmd",
    "&<>&amp;\"'", "玻璃\u202egnp.exe\u2066", "行\u2028分\n换", "\ud800半个\x00字", "index", "]]><!--",
)
FIGURES = ChainFigures(8, 3, ("背板", "银浆"), 0.5, 0.25, ("硅片",), (), ())


class Page(HTMLParser):
    """Elements with their attributes, and what is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def tile(panorama: Panorama, chain: str = "光伏", **own: object) -> Tile:
    gaps = replace(panorama.gaps, chain=chain, figures=FIGURES)
    told: dict[str, object] = {"masters": (), "charge": None, "stages": (("在建", 1), ("签约", 0), ("在谈", 2)), "since": None}
    return Tile(Picture(replace(panorama, gaps=gaps)), **(told | own))  # type: ignore[arg-type]


def overview(*given: Tile, first: date | None = None) -> Overview:
    return Overview("overview", "包头市", None, T, K, "公开", given, first)


@pytest.fixture
def two(panorama: Panorama) -> Overview:
    since = Since(T, ("电池片", "胶膜", "背板", "焊带"), ("多晶硅",), ("格索兰玻璃",), 2, 7)
    one = tile(panorama, masters=("甲硅业",), charge=Charge("光伏专班", "某市长", "工信局"), since=since)
    return overview(one, tile(panorama, "稀土", since=Since(T, (), (), (), 0)), first=T)


def said(found: Tile, lang: str) -> dict[str, str]:
    words = tiles.words(found, lang)
    return {line.label: f"{line.text} {line.more}".strip() for line in (*words.who, *words.lines)}


def test_a_tile_in_chinese(two: Overview) -> None:
    assert said(two.rows[0], "zh") == {
        "链主": "甲硅业", "链长": "某市长 · 工信局", "断链缺链": "2 · 延链 1 电池片、光伏玻璃", "环节齐备率": "50%（3/6，待核 2）",
        "数量保障度": "25%（1 个有单价的环节）", "项目": "在建 1 · 在谈 2",
        "自 2023-09-12": "新空白点 4 · 补上 1 · 推迟 1 · 其他变化 7 电池片、胶膜、背板 等 · 另 2 项后来才知道"}
    assert tiles.words(two.rows[0], "zh").counts == {
        "solid": 3, "surplus": 1, "thin": 2, "gap": 1, "building": 1, "extension": 1, "absent": 1, "unknown": 1}


def test_a_tile_in_english_is_all_english_but_for_names(two: Overview) -> None:
    found = said(two.rows[0], "en")
    assert found["Broken, missing"] == "2 · extension 1 电池片, 光伏玻璃" and found["Completeness"] == "50% (3/6, 2 unknown)"
    assert found["Since 2023-09-12"] == "4 opened · 1 closed · 1 slipped · 7 other changes 电池片, 胶膜, 背板 … · 2 only learned"
    assert not [label for label in found if any("\u4e00" <= c <= "\u9fff" for c in label)]


def test_unknown_is_printed_as_unknown(panorama: Panorama) -> None:
    bare = tile(panorama, stages=(("在建", 0), ("签约", 0), ("在谈", 0)))
    gaps = bare.picture.panorama.gaps
    none = replace(bare, picture=Picture(replace(panorama, gaps=replace(gaps, rows=(), figures=replace(
        FIGURES, needed=0, standing=0, unlooked=(), completeness=None, sufficiency=None)))))
    assert said(none, "zh") == {"链主": "待核", "断链缺链": "无人核实", "环节齐备率": "待核（尚无所需环节）", "数量保障度": "待核（无单价或数量）",
                                "项目": "未见项目"}
    looked = [line.tone for line in tiles.words(none, "zh").lines]
    assert set(looked) == {"quiet"}, "what nobody knows is neither good nor alarming"


def test_no_gap_where_somebody_looked_is_good_news(panorama: Panorama) -> None:
    rows = tuple(r for r in panorama.gaps.rows if r.verdict == "balanced")
    found = tiles.words(tile(replace(panorama, gaps=replace(panorama.gaps, rows=rows))), "zh").lines[0]
    assert (found.text, found.tone) == ("未见空白点", "good")


def test_who_is_in_charge_is_said_of_all_or_of_none(two: Overview) -> None:
    assert [[line.text for line in words.who] for words in tiles.told(two, "zh")] == [["甲硅业", "某市长 · 工信局"], ["待核", "待核"]]
    assert [len(words.who) for words in tiles.told(overview(two.rows[1]), "zh")] == [1]
    many = replace(two.rows[1], masters=("甲", "乙", "丙", "丁", "戊"))
    assert (tiles.words(many, "zh").who[0].text, tiles.words(many, "en").who[0].text) == ("甲、乙、丙 等，另 2 家", "甲, 乙, 丙 and 2 more")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_is_bounded_and_says_the_same(two: Overview, lang: str) -> None:
    text = svg(two, Look(lang))
    tree = ElementTree.fromstring(text)
    assert text == svg(two, Look(lang)) and tree.get("width") == "1920"
    found = [e.text or "" for e in tree.iter(f"{SVG}text")]
    for label, value in said(two.rows[0], lang).items():
        assert label in found and any(value.startswith(t.rstrip("…")) for t in found if t), (label, value)
    assert min(float(e.get("font-size", "0")) for e in tree.iter(f"{SVG}text") if e.text not in tiles.notes(two, lang)) >= 15


def test_tiles_do_not_overlap_and_stay_on_the_sheet(panorama: Panorama) -> None:
    for count in (1, 3, 9, 10, 37):
        tree = ElementTree.fromstring(svg(overview(*(tile(panorama, f"链{i}") for i in range(count)))))
        cards = [[float(r.get(k, "0")) for k in ("x", "y", "width", "height")] for g in tree.iter(f"{SVG}g") for r in [g.find(f"{SVG}rect")]
                 if r is not None]
        assert len(cards) == count
        for i, (x, y, w, h) in enumerate(cards):
            assert x >= 0 and x + w <= 1920 and y + h <= float(tree.get("height", "0"))
            assert all(x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y for x2, y2, w2, h2 in cards[i + 1:])


@given(st.dictionaries(st.sampled_from(["solid", "gap", "building", "absent", "unknown", "thin", "surplus"]), st.integers(0, 10**6)),
       st.floats(40, 600))
def test_the_parts_of_a_bar_fill_it_in_order(counts: dict[str, int], width: float) -> None:
    found = parts(counts, width, 20)
    assert [p.status for p in found] == [key for key, n in counts.items() if n]
    assert all(p.w > 0 for p in found) or width < 2 * len(found)
    for one, other in pairwise(found):
        assert other.x == pytest.approx(one.x + one.w + 2)
    if found:
        assert found[-1].x + found[-1].w == pytest.approx(width, abs=0.01)


def test_the_page_allows_nothing_but_its_own_style(two: Overview) -> None:
    text = page(two)
    found = Page(text)
    policy = next(a["content"] for tag, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    style = text[text.index("<style>") + 7: text.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not {tag for tag, _ in found.elements} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not re.search(r"@import|url\(", style) and not any("style" in a or "src" in a for _, a in found.elements)


def test_light_and_dark_differ_in_colours_alone(two: Overview) -> None:
    light, dark = Page(page(two, Look(theme="light"))), Page(page(two, Look(theme="dark")))
    assert [tag for tag, _ in light.elements] == [tag for tag, _ in dark.elements]
    assert "#0b121b" in page(two, Look(theme="dark")) and "#0b121b" not in page(two, Look(theme="light"))
    with pytest.raises(LiantuError, match="'sepia'"):
        page(two, Look(theme="sepia"))


def test_a_folder_of_linked_files(two: Overview, tmp_path: Path) -> None:
    written = drawn.write(two, tmp_path / "总览")
    assert (written.path, written.count, written.older) == (tmp_path / "总览" / "index.html", 3, ())
    links = [unquote(a["href"] or "") for tag, a in Page(written.path.read_text(encoding="utf-8")).elements if tag == "a"]
    assert links == ["01-光伏.html", "02-稀土.html"]
    for link, chain in zip(links, ("光伏", "稀土"), strict=True):
        assert f"<title>{chain}" in (written.path.parent / link).read_text(encoding="utf-8")
    before = {p.name: p.read_bytes() for p in written.path.parent.iterdir()}
    drawn.write(two, f"{tmp_path / '总览'}/")
    assert {p.name: p.read_bytes() for p in written.path.parent.iterdir()} == before, "same input, same bytes, nothing left beside"


def test_pages_of_a_former_overview_are_told_and_not_touched(two: Overview, tmp_path: Path) -> None:
    drawn.write(two, tmp_path / "o")
    (tmp_path / "o" / "mine.html").write_text("mine", encoding="utf-8")
    written = drawn.write(overview(two.rows[0]), tmp_path / "o")
    assert written.older == ("02-稀土.html",) and (tmp_path / "o" / "mine.html").read_text(encoding="utf-8") == "mine"
    assert "稀土" not in written.path.read_text(encoding="utf-8")


def test_pages_for_fewer_eyes_stay_in_a_folder_of_their_own(two: Overview, tmp_path: Path) -> None:
    drawn.write(replace(two, audience="内部"), tmp_path / "o")
    before = {p.name: p.read_bytes() for p in (tmp_path / "o").iterdir()}
    with pytest.raises(LiantuError, match="stricter audience") as refused:
        drawn.write(two, tmp_path / "o")
    assert "another folder" in refused.value.cure and {p.name: p.read_bytes() for p in (tmp_path / "o").iterdir()} == before
    assert drawn.write(replace(two, audience="专班"), tmp_path / "o").count == 3, "the stricter may see the rest too"


def test_one_page_leads_to_its_own_parts_and_back(two: Overview, tmp_path: Path) -> None:
    path = drawn.write(two, tmp_path / "all.html").path
    found = Page(path.read_text(encoding="utf-8"))
    ids = [a["id"] for _, a in found.elements if a.get("id")]
    links = [a["href"] for tag, a in found.elements if tag == "a"]
    assert links == ["#chain-1", "#chain-2", "#top", "#top"] and {str(link)[1:] for link in links} <= set(ids)
    assert "光伏产业链全景图" in found.words and "稀土产业链全景图" in found.words
    assert [p.name for p in tmp_path.iterdir()] == ["all.html"]


def test_a_picture_alone(two: Overview, tmp_path: Path) -> None:
    assert drawn.write(two, tmp_path / "a.svg").path.read_text(encoding="utf-8") == svg(two)


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "b.htm"])
def test_another_suffix_is_refused_with_the_cure(two: Overview, tmp_path: Path, name: str) -> None:
    with pytest.raises(LiantuError, match="cannot be written as that") as refused:
        drawn.write(two, tmp_path / name)
    assert ".html" in refused.value.cure and "folder" in refused.value.cure and not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_drawn_leaves_no_file(two: Overview, tmp_path: Path) -> None:
    twice = two.rows[1].picture.panorama
    bad = replace(two.rows[1], picture=Picture(replace(twice, nodes=(*twice.nodes, twice.nodes[0]))))
    with pytest.raises(LiantuError, match="twice"):
        drawn.write(overview(two.rows[0], bad), tmp_path / "o")
    assert not (tmp_path / "o").exists()


def test_a_file_where_the_folder_should_be_is_told(two: Overview, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("mine", encoding="utf-8")
    with pytest.raises(LiantuError):
        drawn.write(two, tmp_path / "o")
    assert (tmp_path / "o").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str) -> None:
    given = overview(*(tile(hostile, chain, masters=(chain,), charge=Charge(chain, chain, chain),
                            since=Since(T, (chain,), (chain,), (chain,), 1)) for chain in HOSTILE_CHAINS), first=T)
    for text in (page(given, Look(lang), numbered(HOSTILE_CHAINS)), page(given, Look(lang))):
        text.encode("utf-8")
        found = Page(text)
        assert not {tag for tag, _ in found.elements} & {"script", "img", "iframe"}
        assert not any(name.startswith("on") for _, a in found.elements for name in a)
        links = [a["href"] or "" for tag, a in found.elements if tag == "a"]
        assert len(set(links)) == len(HOSTILE_CHAINS) and all(re.fullmatch(r"#chain-\d+|\d\d-[\w%-]+\.html", link) for link in links)
        assert "<img src=x onerror=alert(1)>" in found.words and not set(text) & set("\u202e\u2066\u2028\x00")
    tree = ElementTree.fromstring(svg(given, Look(lang)))
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in tree.iter() for a in e.attrib)
    sizes = [e for e in tree.iter(f"{SVG}text") if e.text and len(e.text) > 200]
    assert not sizes, "300 characters are cut with an ellipsis"


def test_hostile_chains_become_files_in_the_folder_and_nowhere_else(panorama: Panorama, tmp_path: Path) -> None:
    given = overview(*(tile(panorama, chain) for chain in HOSTILE_CHAINS))
    written = drawn.write(given, tmp_path / "in" / "o")
    assert [p.name for p in tmp_path.iterdir()] == ["in"] and [p.name for p in (tmp_path / "in").iterdir()] == ["o"]
    names = {p.name for p in written.path.parent.iterdir()}
    links = {unquote(a["href"] or "") for tag, a in Page(written.path.read_text(encoding="utf-8")).elements if tag == "a"}
    assert names == links | {"index.html"} and len(names) == len(HOSTILE_CHAINS) + 1


@given(st.lists(st.one_of(st.sampled_from(HOSTILE_CHAINS), st.text(st.characters(), max_size=60)), unique=True, max_size=120))
def test_names_of_files_are_safe_distinct_and_steady(chains: list[str]) -> None:
    found = numbered(chains)
    assert found == numbered(reversed(chains)) and found.keys() == set(chains)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found.values()}) == len(chains)
    for name in found.values():
        assert re.fullmatch(r"\d{2,}-[^/\\:*?\"<>|\x00-\x1f.]+\.html", name) and len(name.encode()) <= 120
        assert all(unicodedata.category(c)[0] in "LN" for c in name.removesuffix(".html").replace("-", ""))


@pytest.mark.parametrize(("name", "made"), [
    ("光伏", "光伏"), ("LFP 电池", "LFP-电池"), ("../x", "x"), ("CON", "CON-"), ("nul", "nul-"), ("🔋", "chain"), ("..", "chain"),
    ("a/b\\c:d", "a-b-c-d")])
def test_stems(name: str, made: str) -> None:
    assert stem(name) == made
    assert stem("链" * 300) == "链" * 60
