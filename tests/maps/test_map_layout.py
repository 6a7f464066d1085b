"""Places: no two boxes overlap, edges run left to right and through no box."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.answers import Feed, Gaps, Panorama, PlacedNode
from graph.errors import LiantuError
from maps.columns import columns
from maps.layout import Box, Layout, place

DAY = date(2024, 1, 25)
LANES = ("主链", "工艺装备", "辅材耗材", "系统", "", "储能")


def node(name: str, col: int | None, lane: str = "主链", band: str = "") -> PlacedNode:
    return PlacedNode(name, False, band, col, lane, "", None, (), ())


def feed(up: str, down: str, essential: bool = True) -> Feed:
    return Feed(up, down, "material", essential, None, "")


def chain(nodes: tuple[PlacedNode, ...], *feeds: Feed) -> Panorama:
    return Panorama("panorama", Gaps("gaps", "包头市", "光伏", DAY, DAY, "公开", ()), nodes, feeds)


@st.composite
def chains(draw: st.DrawFn) -> Panorama:
    names = [f"环节{i}{'长' * draw(st.integers(0, 14))}" for i in range(draw(st.integers(1, 24)))]
    cols = st.one_of(st.none(), st.integers(-1, 7))
    nodes = tuple(node(n, draw(cols), draw(st.sampled_from(LANES))) for n in names)
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=40))
    return chain(nodes, *(feed(a, b) for a, b in pairs))


def apart(a: Box, b: Box) -> bool:
    return a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y


def misses(one: tuple[float, float], other: tuple[float, float], box: Box) -> bool:
    """Whether a straight line lies outside a box (its border belongs to both)."""
    (ax, ay), (bx, by) = one, other
    beside = max(ax, bx) <= box.x or min(ax, bx) >= box.x + box.w
    return beside or max(ay, by) <= box.y or min(ay, by) >= box.y + box.h


def check_boxes(layout: Layout) -> None:
    for i, a in enumerate(layout.boxes):
        assert a.x >= 0 and a.y >= 0 and a.x + a.w <= layout.width and a.y + a.h <= layout.height
        assert all(apart(a, b) for b in layout.boxes[i + 1 :])
        lane = next(s for s in layout.lanes if s.name == a.lane)
        assert lane.y < a.y and a.y + a.h < lane.y + lane.h


def check_routes(layout: Layout) -> None:
    boxes = {b.node: b for b in layout.boxes}
    for r in layout.routes:
        source, target = boxes[r.upstream], boxes[r.downstream]
        (x0, y0), (x1, y1) = r.points[0], r.points[-1]
        assert x0 == source.x + source.w and source.y < y0 < source.y + source.h
        assert x1 == target.x and target.y < y1 < target.y + target.h
        assert r.feedback == (target.column <= source.column)
        for one, other in pairwise(r.points):
            assert one[0] == other[0] or one[1] == other[1], "only right angles"
            assert r.feedback or one[0] <= other[0], "left to right"
            assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in (one, other))
            assert all(misses(one, other, box) for box in layout.boxes)


@settings(max_examples=150)
@given(chains())
def test_of_any_chain(panorama: Panorama) -> None:
    layout = place(panorama)
    assert [b.node for b in layout.boxes] == [n.node for n in panorama.nodes]
    assert len(layout.routes) == len({(f.upstream, f.downstream) for f in panorama.feeds})
    check_boxes(layout)
    check_routes(layout)
    assert place(panorama) == layout


def test_the_example(panorama: Panorama) -> None:
    layout = place(panorama)
    check_boxes(layout)
    check_routes(layout)
    assert [s.name for s in layout.lanes] == ["工艺装备", "主链", "辅材耗材", "系统", "其他"]
    assert [b.name for b in layout.bands] == ["上游", "中游", "下游"]
    assert [(r.upstream, r.downstream) for r in layout.routes if r.feedback] == [("电站", "工业硅")]


def test_one_trunk_per_target(panorama: Panorama) -> None:
    """Glass and backsheet turn at the same x into the module's entry."""
    turns = {r.upstream: r.points[-2][0] for r in place(panorama).routes if r.downstream == "组件"}
    assert turns["光伏玻璃"] == turns["背板"]


def test_columns_are_data_and_the_rest_is_computed() -> None:
    nodes = (node("甲", 1), node("乙", 5), node("丙", None), node("丁", None), node("戊", None), node("己", None))
    feeds = (feed("甲", "丙"), feed("丙", "丁"), feed("戊", "乙"))
    assert columns(nodes, feeds) == {"甲": 0, "丙": 1, "丁": 2, "戊": 3, "乙": 4, "己": 5}


def test_a_cycle_without_columns_ends() -> None:
    nodes = (node("甲", None), node("乙", None))
    assert columns(nodes, (feed("甲", "乙"), feed("乙", "甲"), feed("甲", "甲"))) == {"甲": 0, "乙": 1}


def test_two_roles_are_one_line_and_foreign_ends_none() -> None:
    nodes = (node("甲", 1), node("乙", 2))
    routes = place(chain(nodes, feed("甲", "乙", False), feed("甲", "乙"), feed("甲", "别处"))).routes
    assert [(r.upstream, r.downstream, r.essential) for r in routes] == [("甲", "乙", True)]


def test_nothing_to_place() -> None:
    layout = place(chain(()))
    assert layout.boxes == () and layout.width > 0


def test_too_many_nodes_are_refused_with_the_cure() -> None:
    with pytest.raises(LiantuError, match="2,001 nodes are too many") as refused:
        place(chain(tuple(node(str(i), i % 9) for i in range(2001))))
    assert refused.value.cure


def test_a_node_placed_twice_is_refused() -> None:
    with pytest.raises(LiantuError, match="甲"):
        place(chain((node("甲", 1), node("甲", 2))))
