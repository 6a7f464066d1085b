"""Places: no two boxes overlap, edges run left to right and through no box."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.answers import Feed, Panorama, PlacedNode
from graph.errors import LiantuError
from maps.columns import columns
from maps.layout import Layout, place

LANES = ("主链", "工艺装备", "辅材耗材", "系统", "", "储能")


def node(name: str, col: int | None, lane: str = "主链") -> PlacedNode:
    return PlacedNode(name, False, "", col, lane, "", None, (), ())


def feed(up: str, down: str) -> Feed:
    return Feed(up, down, "material", True, None, "")


@st.composite
def chains(draw: st.DrawFn) -> tuple[tuple[PlacedNode, ...], tuple[Feed, ...]]:
    names = [f"环节{i}{'长' * draw(st.integers(0, 14))}" for i in range(draw(st.integers(1, 24)))]
    cols = st.one_of(st.none(), st.integers(-1, 7))
    nodes = tuple(node(n, draw(cols), draw(st.sampled_from(LANES))) for n in names)
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=40))
    return nodes, tuple(feed(a, b) for a, b in pairs)


def check(layout: Layout) -> None:
    boxes = {b.node: b for b in layout.boxes}
    for i, a in enumerate(layout.boxes):
        assert a.x >= 0 and a.y >= 0 and a.x + a.w <= layout.width and a.y + a.h <= layout.height
        for b in layout.boxes[i + 1 :]:
            apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
            assert apart, (a, b)
    for r in layout.routes:
        source, target = boxes[r.upstream], boxes[r.downstream]
        (x0, y0), (x1, y1) = r.points[0], r.points[-1]
        assert x0 == source.x + source.w and source.y < y0 < source.y + source.h
        assert x1 == target.x and target.y < y1 < target.y + target.h
        assert r.feedback == (target.column <= source.column)
        for (ax, ay), (bx, by) in pairwise(r.points):
            assert ax == bx or ay == by, "only right angles"
            assert r.feedback or ax <= bx, "left to right"
            for box in layout.boxes:
                outside = max(ax, bx) <= box.x or min(ax, bx) >= box.x + box.w
                outside = outside or max(ay, by) <= box.y or min(ay, by) >= box.y + box.h
                assert outside, (r, box)


@settings(max_examples=120, deadline=None)
@given(chains())
def test_any_chain(panorama_of: object, chain: tuple[tuple[PlacedNode, ...], tuple[Feed, ...]]) -> None:
    check(place(panorama_of(*chain)))  # type: ignore[operator]


@pytest.fixture(scope="module")
def panorama_of() -> object:
    from conftest_maps import empty_gaps

    return lambda nodes, feeds: Panorama("panorama", empty_gaps(), nodes, feeds)
