"""Bars of supply and demand: as long as the numbers, each node by its own scale; what is unknown is hatched and never 0."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import Panorama
from analysis.parts import Amount, StageSum
from analysis.picture import Picture
from maps import quantities
from maps.bars import bars
from maps.look import Look
from tests.maps.timed import (
    CELLS,
    LAST,
    NODES,
    ONE,
    ROWS,
    SILICON,
    TWO,
    WAFERS,
    many,
    named,
    needs,
    of_class,
    panorama,
    texts,
    tree,
)


def node(name: str, picture: Picture = ONE, lang: str = "zh") -> Element:
    return named(tree(bars(picture, Look(lang)).svg), name, "node")


def width(group: Element, word: str) -> float:
    return float(of_class(group, word)[0].get("width", "nan"))


def said(group: Element) -> list[str]:
    return [e.text or "" for e in group.iter() if e.tag.endswith("text")]


def test_bars_are_as_long_as_the_numbers() -> None:
    group = node("多晶硅")
    full = width(group, "supply") / 400
    for word, value in (("demand", 300), ("在建", 200), ("签约", 100), ("在谈", 50), ("variants", 300)):
        assert width(group, word) == pytest.approx(full * value, abs=0.11), word
    track = float(group.findall("{*}rect")[0].get("width", "nan"))
    assert track == pytest.approx(full * 800, abs=0.11), "the goal of 800 is the whole length"


def test_stages_are_never_added_up() -> None:
    found = said(node("多晶硅"))
    assert {"在建 200 kt/a", "签约 100 kt/a", "在谈 50 kt/a＋1个待核"} <= set(found)
    assert not any("350" in text for text in found)
    starts = {of_class(node("多晶硅"), s)[0].get("x") for s in ("在建", "签约", "在谈")}
    assert len(starts) == 1, "each from the axis"


def test_every_node_has_its_own_scale() -> None:
    track = {name: float(node(name).findall("{*}rect")[0].get("width", "nan")) for name in ("多晶硅", "电池片")}
    assert len(set(track.values())) == 1
    assert width(node("电池片"), "demand") == pytest.approx(track["电池片"], abs=0.11), "10 GW is the largest there"
    assert any("每个环节以自己最大的数为满格" in t for t in texts(bars(ONE).svg))


def test_the_range_of_a_demand_is_a_whisker() -> None:
    group = node("多晶硅")
    ends = of_class(group, "whisker")[0].get("points", "").split()
    low, high = (float(p.split(",")[0]) for p in ends)
    axis, full = float(of_class(group, "demand")[0].get("x", "nan")), width(group, "supply") / 400
    assert (low - axis, high - axis) == (pytest.approx(full * 200, abs=0.2), pytest.approx(full * 320, abs=0.2))
    assert "需求 300 kt/a（200–320）" in said(group)


def test_zero_is_drawn_as_zero_and_unknown_never() -> None:
    cells, paste, modules = node("电池片"), node("银浆"), node("组件")
    assert of_class(cells, "zero") and width(cells, "supply") == 0 and "供给 0 GW" in said(cells)
    for group in (paste, modules):
        assert not of_class(group, "zero") and not of_class(group, "supply") and of_class(group, "unknown")
        assert "0" not in said(group)
    assert "供给、需求均待核 1" in texts(bars(ONE).svg) and "供给 待核" in said(modules)


def test_an_unknown_supply_beside_a_known_demand_is_hatched() -> None:
    picture = Picture(panorama(LAST, (replace(CELLS, verdict="unknown", supply=None, own=None),)))
    group = node("电池片", picture)
    assert "供给 待核" in said(group) and of_class(group, "unknown") and not of_class(group, "supply") and not of_class(group, "zero")


def test_the_goal_stands_where_its_number_is() -> None:
    """Of 硅片 and all others with a goal: as far from the axis as the bars are long for their numbers."""
    group = node("多晶硅")
    path = of_class(group, "goal")[0].get("d", "")
    axis, full = float(of_class(group, "supply")[0].get("x", "nan")), width(group, "supply") / 400
    assert float(path.split("L")[1].split()[0]) - axis == pytest.approx(800 * full, abs=0.2)


def test_what_nothing_here_takes_has_no_demand_in_words() -> None:
    """A mayor would quote a 0 of the chain's last product."""
    group = node("电池片", Picture(panorama(LAST, (replace(CELLS, demand=needs(0.0)),))))
    assert "本地无需求" in said(group) and not any(text.startswith("需求") for text in said(group))


def test_what_is_only_known_in_part_goes_on_hatched() -> None:
    wafers, modules, cells = node("硅片"), node("组件"), node("电池片")
    assert "供给 至少 20 GW" in said(wafers) and of_class(wafers, "unknown")
    assert "需求 至少 4 GW" in said(modules) and width(modules, "demand") > 0
    assert "在谈 待核" in said(cells) and not of_class(cells, "在谈")


def test_what_is_in_another_unit_has_no_length() -> None:
    glass = node("玻璃")
    assert not of_class(glass, "goal") and of_class(glass, "unknown") and "目标 90 Mm2/a（2025-12-31）" in said(glass)
    assert "待核或单位不同（长短不表示数量）" in texts(bars(ONE).svg)
    same = Picture(panorama(LAST, (CELLS,)))
    assert "待核（长短不表示数量）" in texts(bars(same).svg)
    assert width(glass, "demand") == pytest.approx(float(glass.findall("{*}rect")[0].get("width", "nan")), abs=0.11)


def test_the_worst_comes_first() -> None:
    found = [g.verdict for g in quantities.groups(ONE.panorama)]
    assert found == ["broken", "missing", "balanced", "present", "unknown"]
    assert [r.row.node for r in quantities.groups(ONE.panorama)[3].rows] == ["硅片", "组件"], "from upstream down"
    assert any(t.startswith("次序：判定重者在前") for t in texts(bars(ONE).svg))


def test_the_earlier_day_is_a_mark_on_the_supply() -> None:
    marks = of_class(node("多晶硅", TWO), "earlier")
    axis = float(of_class(node("多晶硅", TWO), "supply")[0].get("x", "nan"))
    at = float(marks[0].get("points", "").split(",")[0])
    assert at - axis == pytest.approx(width(node("多晶硅", TWO), "supply") / 4, abs=0.2), "100 of 400"
    assert not of_class(node("硅片", TWO), "earlier"), "what was unknown then has no mark"
    assert "2022-11-24 的供给" in texts(bars(TWO).svg)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str) -> None:
    drawing = bars(Picture(hostile, None, hostile), Look(lang)).svg
    root = tree(drawing)
    allowed = {"svg", "g", "title", "rect", "path", "circle", "polyline", "text", "defs", "pattern"}
    assert {e.tag.partition("}")[2] for e in root.iter()} <= allowed
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in root.iter() for a in e.attrib)
    assert not set(drawing) & set("\u202e\u2066\u2028\x00")


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_chains_of_any_length(count: int) -> None:
    drawing = bars(Picture(many(count))).svg
    assert len([g for g in tree(drawing).iter() if g.get("class") == "node"]) == count
    if count == 0:
        assert "没有作判定的环节" in texts(drawing)


def test_nothing_but_unknown() -> None:
    rows = tuple(replace(r, verdict="unknown", supply=None, own=None, demand=needs(None), goal=None, sums=(), flags=()) for r in ROWS)
    root = tree(bars(Picture(panorama(LAST, rows))).svg)
    assert not of_class(root, "bar") and len([e for e in of_class(root, "unknown")]) == len(rows) + 1, "and one in the legend"


@given(st.floats(0.001, 1e9), st.floats(0.001, 1e9), st.floats(0.001, 1e9))
def test_no_bar_leaves_its_track(supply: float, demand: float, building: float) -> None:
    row = replace(SILICON, supply=Amount(supply, "GW"), own=None, own_verdict=None, demand=needs(demand), goal=None,
                  sums=(StageSum("在建", building, "GW", 1, 0),))
    made = quantities.measured(row)
    assert made.largest == max(supply, demand, building)
    assert all(0 <= made.share(b.known) <= 1 for b in made.bars)


def test_same_input_same_bytes_and_no_style() -> None:
    assert bars(TWO).svg == bars(replace(TWO)).svg
    assert "style=" not in bars(TWO).svg and 'id="bars-unknown"' in bars(TWO).svg


def test_text_is_large_enough() -> None:
    root = tree(bars(ONE).svg)
    sizes = {float(e.get("font-size", "0")) for e in root.iter() if e.tag.endswith("text")}
    assert min(sizes) >= 16
    for name in (n.node for n in NODES):
        shown = next(e for e in named(root, name, "node").iter() if e.tag.endswith("text") and e.text == name)
        assert float(shown.get("font-size", "0")) >= 20


def test_the_wall_rows_keep_their_order() -> None:
    """A row whose verdict is of no known name stands with what nobody has looked at."""
    odd = panorama(LAST, (replace(WAFERS, verdict="odd"), CELLS))
    assert [g.verdict for g in quantities.groups(odd)] == ["broken", "unknown"]
