"""Sheets: what is read from the back of a room, the same places today and at the goal, lists with evidence, pages of A3."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from xml.etree import ElementTree

import pytest

from analysis.answers import Feed, Gaps, Panorama
from analysis.parts import Amount, Goal, Range, Source, Step
from analysis.picture import Picture
from graph.errors import LiantuError
from maps.labels import LABELS
from maps.look import Look
from maps.poster import Poster, poster
from maps.svg import pages, svg
from maps.targets import RINGS
from tests.maps.conftest import LIST, K, T, placed, row
from tests.maps.prospects import DUE, OPEN, goals, target

SVG = "{http://www.w3.org/2000/svg}"
LANES = ("工艺装备", "主链", "辅材耗材", "系统")
VERDICTS = ("balanced", "missing", "unknown", "absent", "short", "surplus", "present", "broken")


def chain(count: int, across: int) -> Panorama:
    """So many nodes in so many columns, with firms, figures and goals."""
    names = [f"环节{'甲乙丙丁戊己庚辛壬癸'[i % 10]}{i}" for i in range(count)]
    nodes = tuple(placed(n, "上游", i % across, LANES[i // across % 4], firms=tuple("甲乙丙丁"[: i % 5])) for i, n in enumerate(names))
    rows = tuple(row(n, VERDICTS[i % 8], supply=Amount(1.5 * i, "GW"), coverage=Range(0.5, 0.9, 0.8),
                     goal=Goal(100.0, "GW", DUE) if i % 6 == 0 else None) for i, n in enumerate(names))
    feeds = tuple(Feed(a, b, "material", True, None, "") for i, (a, b) in enumerate(pairwise(names)) if (i + 1) % across)
    return Panorama("panorama", Gaps("gaps", "包头市", "光伏", T, K, "公开", rows), nodes, feeds)


def sizes(made: Poster) -> list[tuple[float, str]]:
    """px of every text of the first page on a screen of 1,920 × 1,080."""
    leaf, shrunk = made.leaves[0], min(1920 / made.width, 1080 / made.height)
    assert leaf.map is not None
    inside = [*leaf.map.heads, *(t for f in leaf.map.faces for t in f.texts)]
    around = [*leaf.texts, *leaf.flowed.texts, *(t for f in leaf.samples for t in f.texts)]
    return [(t.size * leaf.map.scale * shrunk, t.text) for t in inside] + [(t.size * shrunk, t.text) for t in around]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("count", "across"), [(1, 1), (12, 4), (40, 9), (60, 10), (60, 8)])
def test_a_wall_is_read_from_the_back_of_a_room(count: int, across: int, lang: str) -> None:
    made = poster(Picture(chain(count, across)), Look(lang))
    assert (made.width, made.height) == (1920, 1080) and len(made.leaves) == 1
    assert min(sizes(made))[0] >= 20, min(sizes(made))


def test_more_than_a_wall_holds_is_drawn_smaller_and_never_wider_than_the_page() -> None:
    made = poster(Picture(chain(150, 9)))
    drawn = made.leaves[0].map
    assert drawn is not None and drawn.scale < 1
    assert drawn.x + drawn.layout.width * drawn.scale <= made.width and drawn.y + drawn.layout.height * drawn.scale <= made.height


@pytest.mark.parametrize("style", ["wall", "print"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("given", ["panorama", 40])
def test_the_prospect_map_has_the_places_of_the_panorama(
    panorama: Panorama, style: str, lang: str, given: str | int
) -> None:
    chained = panorama if given == "panorama" else chain(40, 8)
    picture = goals(chained, OPEN, target("工业硅", "unknown", goal=Goal(790.0, "kt/a", DUE)), target(chained.nodes[3].node, "open",
                    goal=Goal(5.0, "GW", DUE), gap=Amount(5.0, "GW")))
    one, other = (poster(p, Look(lang, style)).leaves[0].map for p in (Picture(chained), picture))
    assert one is not None and other is not None
    places = [[(b.node, b.x, b.y, b.w, b.h) for b in m.layout.boxes] for m in (one, other)]
    assert places[0] == places[1] and (one.x, one.y, one.scale) == (other.x, other.y, other.scale)
    assert not one.rings and other.rings


def test_the_prospect_map_rings_and_lists_what_changes(panorama: Panorama) -> None:
    tree = ElementTree.fromstring(svg(goals(panorama, OPEN)))
    found = [t.text or "" for t in tree.iter(f"{SVG}text")]
    whole = " ".join(found)
    assert "光伏产业链远景图 · 目标日 2025-12-31" in found and "光伏产业链远景图" in (tree.findtext(f"{SVG}title") or "")
    assert "25→88 GW" in whole and "差距 63 GW" in whole and "有差距 1" in found
    assert "空白点 3" in whole, "the gaps stay in a run"
    assert {f"ring_{kind}" for kind in RINGS} <= LABELS.keys()


def test_the_list_tells_who_says_so_and_where_it_was_read(panorama: Panorama) -> None:
    said = Step("supply.wanted", "包头市 列入招引 (2023-01-17)", "包头市 asks for it (2023-01-17)", (), (LIST.id,))
    rows = tuple(replace(r, derivation=(said,)) for r in panorama.gaps.rows)
    told = replace(panorama, gaps=replace(panorama.gaps, rows=rows))
    zh, en = ("".join(t.text for t in poster(Picture(told), Look(lang)).leaves[0].flowed.texts).replace(" ", "") for lang in ("zh", "en"))
    assert "包头市列入招引(2023-01-17)—《光伏产业清单》包头市工信局，2023-09-12" in zh and "asksforit" in en


def test_no_gap_found_is_not_no_gap(panorama: Panorama) -> None:
    unknown = replace(panorama, gaps=replace(panorama.gaps, rows=(row("背板", "unknown", sources=()),)))
    whole = " ".join(t.text for t in poster(Picture(unknown)).leaves[0].flowed.texts)
    assert "没有查明的空白点；11 个环节待核" in whole


def test_a_list_that_is_cut_says_so() -> None:
    many = chain(400, 10)
    rows = tuple(row(n.node, "missing", sources=(Source(n.node, n.node, "", None, 1),)) for n in many.nodes)
    whole = " ".join(t.text for t in poster(Picture(replace(many, gaps=replace(many.gaps, rows=rows)))).leaves[0].flowed.texts)
    assert "全部见打印版" in whole


def test_print_is_pages_of_a3_with_evidence_and_every_source(panorama: Panorama) -> None:
    drawing = svg(Picture(panorama), Look(style="print"))
    tree = ElementTree.fromstring(drawing)
    made = pages(Picture(panorama), Look(style="print"))
    assert tree.get("width") == "420mm" and tree.get("height") == f"{297 * len(made)}mm" and len(made) == 2
    assert all(ElementTree.fromstring(p).get("height") == "297mm" for p in made)
    second = " ".join(t.text or "" for t in ElementTree.fromstring(made[1]).iter(f"{SVG}text"))
    for part in ("依据与来源", "尚无投产依据", "格索兰玻璃", "缺手续 产能置换", "[1]", "《光伏产业清单》", "银浆的产能最值得先问", "本地企业全称"):
        assert part in second, part


def test_no_text_leaves_the_page_or_lies_on_another(panorama: Panorama) -> None:
    """Lists are set below one another, within the page."""
    for style in ("wall", "print"):
        made = poster(goals(panorama, OPEN), Look(style=style))
        for leaf in made.leaves:
            found = leaf.flowed.texts
            outside = [t for t in (*found, *leaf.texts) if not (0 < t.y < made.height and 0 < t.x < made.width)]
            assert not outside
            assert max(Counter((round(t.x), round(t.y)) for t in found).values(), default=1) == 1


@pytest.mark.parametrize("look", [Look(*given) for given in product(("zh", "en"), ("wall", "print"), ("light", "dark"))])
def test_same_input_same_text(panorama: Panorama, look: Look) -> None:
    picture = goals(panorama, OPEN)
    assert svg(picture, look) == svg(replace(picture), look)


def test_hostile_names_on_every_page(hostile: Panorama) -> None:
    for style in ("wall", "print"):
        drawing = svg(Picture(hostile), Look(style=style, theme="dark"))
        drawing.encode("utf-8")
        ElementTree.fromstring(drawing)
        assert not set(drawing) & set("\u202e\u2066\u2028\x00\ufffe") and not re.search(r"<(script|img|a)\b", drawing)


@pytest.mark.parametrize("look", [Look(theme="neon"), Look("fr")])
def test_another_theme_or_language_is_refused(panorama: Panorama, look: Look) -> None:
    with pytest.raises(LiantuError, match=r"neon|fr"):
        poster(Picture(panorama), look)


def test_a_map_of_nothing_is_a_sheet_too(panorama: Panorama) -> None:
    empty = replace(panorama, nodes=(), feeds=(), gaps=replace(panorama.gaps, rows=(), as_of=date(2024, 1, 1)))
    assert "没有空白点" in svg(Picture(empty))
