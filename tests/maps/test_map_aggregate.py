"""A chain too large for boxes: sums that add up, the weightiest gaps, a still page within seconds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from analysis.answers import Feed, GapRow, Gaps, Panorama, PlacedNode
from analysis.parts import AtRisk, Demand
from analysis.picture import Picture
from graph.errors import LiantuError
from maps.aggregate import MOST_COLUMNS, MOST_GAPS, MOST_LANES, aggregate
from maps.aggregate_page import page
from maps.aggregate_svg import svg
from maps.columns import columns
from maps.look import Look
from maps.status import statuses
from maps.weights import weighty
from tests.maps.pictures import aimed

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2024, 1, 25)
VERDICTS = ("balanced", "surplus", "weak", "broken", "missing", "extension", "absent", "unknown")


def row(node: str, verdict: str, *flags: str, share: float | None = None) -> GapRow:
    risk = () if share is None else (AtRisk("品", None, "", share),)
    return GapRow("大链", node, verdict, flags, None, None, Demand(None, None, None, ""), None, (), None, None, None, (), (), (),
                  output_at_risk=risk)


def chain(nodes: list[PlacedNode], rows: list[GapRow], feeds: list[Feed], notes: tuple[tuple[str, str], ...] = ()) -> Panorama:
    return Panorama("panorama", Gaps("gaps", "某省", "大链", DAY, DAY, "公开", tuple(rows), notes), tuple(nodes), tuple(feeds))


def large(count: int, cols: int = 14, lanes: int = 4) -> Panorama:
    bands = ("上游", "中游", "下游")
    nodes = [PlacedNode(f"第{i}号产品", i % 50 == 0, bands[i % cols * 3 // cols], i % cols, f"泳道{i * 7 % lanes}", "", None, (), ())
             for i in range(count)]
    rows = [row(n.node, VERDICTS[i % 8], *(("essential",) if i % 3 else ())) for i, n in enumerate(nodes) if not n.boundary]
    feeds = [Feed(f"第{i}号产品", f"第{i + 1}号产品", "material", True, None, "") for i in range(count - 1)]
    return chain(nodes, rows, feeds)


@st.composite
def chains(draw: st.DrawFn) -> Panorama:
    count = draw(st.integers(0, 40))
    lanes, cols = st.sampled_from([f"泳道{i}" for i in range(12)]), st.one_of(st.none(), st.integers(-3, 30))
    nodes = [PlacedNode(f"环{i}", draw(st.booleans()), draw(st.sampled_from(["", "上游", "中游", "下游"])), draw(cols), draw(lanes), "", None,
                        (), ()) for i in range(count)]
    rows = [row(n.node, draw(st.sampled_from(VERDICTS))) for n in nodes if not n.boundary and draw(st.booleans())]
    ends = st.sampled_from([n.node for n in nodes] or ["环0"])
    return chain(nodes, rows, [Feed(draw(ends), draw(ends), "material", True, None, "") for _ in range(draw(st.integers(0, 40)))])


@settings(max_examples=80)
@given(chains())
def test_of_any_chain(panorama: Panorama) -> None:
    found = aggregate(panorama)
    assert sum(c.nodes for c in found.cells) == len(panorama.nodes) == sum(n for _, n in found.counts)
    every = list(statuses(panorama).values())
    assert dict(found.counts) == {key: every.count(key) for key in set(every)}
    assert len(found.stretches) <= MOST_COLUMNS and len(found.lanes) <= MOST_LANES
    column = columns(panorama.nodes, panorama.feeds)
    covered = [c for s in found.stretches for c in range(s.first, s.last + 1)]
    assert covered == list(range(1, max(column.values(), default=-1) + 2)), "every column once, in order"
    assert aggregate(replace(panorama, feeds=tuple(reversed(panorama.feeds)))) == found
    for lang in ("zh", "en"):
        ElementTree.fromstring(svg(Picture(panorama), Look(lang)))


def test_feeds_are_counted_where_they_cross() -> None:
    nodes = [PlacedNode(n, False, "", i, "主链", "", None, (), ()) for i, n in enumerate("甲乙丙丁")]
    feeds = [Feed(a, b, role, True, None, "") for a, b, role in (
        ("甲", "乙", "material"), ("甲", "乙", "equipment"), ("甲", "丁", "material"), ("丁", "丙", "material"), ("乙", "乙", "material"),
        ("甲", "别处", "material"))]
    found = aggregate(chain(nodes, [], feeds))
    assert [(s.onward, s.back) for s in found.stretches] == [(2, 0), (1, 0), (1, 1), (0, 0)]


def test_columns_of_one_band_are_taken_together() -> None:
    found = aggregate(large(2800))
    assert len(found.stretches) == MOST_COLUMNS
    assert [s.band for s in found.stretches] == sorted([s.band for s in found.stretches], key="上游中游下游".index)
    assert max(s.last - s.first for s in found.stretches) == 1


def test_small_lanes_are_taken_together() -> None:
    found = aggregate(large(2800, lanes=11))
    assert len(found.lanes) == MOST_LANES and found.lanes[-1] == "" and found.merged == 11 - MOST_LANES + 1


def test_the_weightiest_gaps_first() -> None:
    rows = [row("丙", "extension", "essential"), row("乙", "missing", share=0.9), row("甲", "missing", "essential", share=0.1),
            row("丁", "missing", "essential", share=1.0), row("戊", "broken"), row("己", "weak", "essential"),
            row("庚", "missing", "essential", share=0.1)]
    assert [r.node for r in weighty(rows)] == ["戊", "丁", "庚", "甲", "乙", "丙"]


def test_the_list_of_gaps_is_bounded_and_says_how_many_more() -> None:
    panorama = large(2800)
    found, drawing = aggregate(panorama), svg(Picture(panorama))
    gaps = [r for r in panorama.gaps.rows if r.verdict in ("broken", "missing", "extension")]
    assert len(found.gaps) == MOST_GAPS and found.all_gaps == len(gaps)
    assert f"另有 {len(gaps) - MOST_GAPS:,} 个" in drawing and f"最要紧的空白点 {MOST_GAPS}（共 {len(gaps):,}）" in drawing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_says_how_many_and_what_to_do(lang: str) -> None:
    drawing = svg(Picture(large(2100)), Look(lang))
    texts = " ".join(e.text or "" for e in ElementTree.fromstring(drawing).iter(f"{SVG}text"))
    assert "2,100" in texts and "2,000" in texts and "liantu gaps" in texts


def test_nothing_is_too_wide_for_the_sheet() -> None:
    """A note may name thousands of nodes: it is cut, and every rectangle lies on the sheet."""
    panorama = large(2100)
    notes = (("、".join(n.node for n in panorama.nodes), "many"),)
    drawing = svg(Picture(replace(panorama, gaps=replace(panorama.gaps, notes=notes))))
    tree = ElementTree.fromstring(drawing)
    for e in tree.iter(f"{SVG}rect"):
        assert float(e.get("x", "0")) + float(e.get("width", "0")) <= 1920.1
    assert len(drawing) < 400_000 and "第2099号产品" not in drawing


def test_ten_thousand_nodes_in_every_form(tmp_path: Path) -> None:
    panorama = large(10_000, cols=30)
    path = maps.write(Picture(panorama), tmp_path / "a.html")
    text = path.read_text(encoding="utf-8")
    assert len(text) < 500_000 and "<script" not in text and "default-src &#39;none&#39;; style-src &#39;sha256-" in text
    assert maps.write(Picture(panorama), tmp_path / "a.svg").read_text(encoding="utf-8") == svg(Picture(panorama))


def test_the_switch_stands_above_two_thousand(tmp_path: Path) -> None:
    assert "逐个画出无法辨认" in maps.svg_of(Picture(large(2001)))
    assert "逐个画出无法辨认" not in maps.svg_of(Picture(large(300)))


def test_same_input_same_text_and_another_theme_other_colours() -> None:
    picture = Picture(large(2100))
    assert page(picture) == page(Picture(large(2100))) and "#0b121b" in page(picture, Look(theme="dark"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str) -> None:
    drawing, text = svg(Picture(hostile), Look(lang)), page(Picture(hostile), Look(lang))
    tree = ElementTree.fromstring(drawing)
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in tree.iter() for a in e.attrib)
    assert "<img" not in text and "<script" not in text and not set(text) & set("\u202e\u2066\u2028\x00")
    assert "&lt;img src=x onerror=alert(1)&gt;" in text and not re.search(r"<a\b", text)


@pytest.mark.parametrize(("name", "look"), [("a.svg", Look(view="bars")), ("a.html", Look(view="profile")), ("a.pptx", Look())])
def test_what_has_a_place_for_each_node_is_refused_at_once(tmp_path: Path, name: str, look: Look) -> None:
    with pytest.raises(LiantuError, match="as sums only"):
        maps.write(Picture(large(2_001)), tmp_path / name, look)
    assert not list(tmp_path.iterdir())


def test_goals_that_it_cannot_draw_are_refused_and_not_left_out(tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match="without goals") as refused:
        maps.write(aimed(large(2_001)), tmp_path / "a.svg")
    assert "liantu prospect" in refused.value.cure and not list(tmp_path.iterdir())
