"""Places: one layout gives the coordinates to both pictures, the SVG and the interactive page.

Columns stand left to right, lanes top to bottom; between the columns run channels in which the edges turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from analysis.answers import Panorama, PlacedNode
from graph.errors import LiantuError
from graph.harmless import clean
from maps.bus import Bus
from maps.columns import bands, columns
from maps.labels import LABELS
from maps.measure import DESK, Measure
from maps.places import Band, Box, Column, Lane, Layout, Route
from maps.routes import Grid, Wish, plan
from maps.text import Fitted, fit

__all__ = ["Band", "Box", "Column", "Lane", "Layout", "Route", "place"]

MOST_NODES = 2000
LANES = ("工艺装备", "主链", "辅材耗材", "系统")
_FLOOR = 200.0
"""px: the height is taken in steps of this, so that one more node hardly ever makes all boxes wider."""


def place(panorama: Panorama, measure: Measure = DESK) -> Layout:
    """Boxes, lanes, columns, bands and edge routes of a panorama, in px; as large as ``measure`` tells.

    Raises ``LiantuError`` for more than 2,000 nodes and for a node that stands in the panorama twice.
    Feeds whose ends are not both on the map are left out.
    """
    nodes = panorama.nodes
    _check(nodes)
    column = columns(nodes, panorama.feeds)
    count = max(column.values(), default=-1) + 1
    width = _box_width(count, measure.width, measure)
    _, _, bottom = _stack(nodes, column, width, measure)
    width = _box_width(count, max(measure.width, bottom // _FLOOR * _FLOOR * measure.aspect), measure)  # a high map leaves room
    lanes, boxes, bottom = _stack(nodes, column, width, measure)
    grid = Grid({b.node: (b.column, b.y, b.h) for b in boxes}, count, measure.head, bottom)
    bus = Bus(plan(grid, _wishes(panorama, column)))
    xs, right = _columns_x(bus, count, width, measure.gutter)
    return Layout(
        right,
        bottom,
        tuple(replace(b, x=xs[b.column]) for b in boxes),
        tuple(Lane(name, measure.gutter, y, right - measure.gutter, h) for name, y, h in lanes),
        tuple(Column(i, x, width) for i, x in enumerate(xs)),
        tuple(_bands(bands(nodes, column), xs, bus, right, bottom, measure.gutter)),
        tuple(_routes(bus, xs, width)),
    )


def box_width(panorama: Panorama, measure: Measure) -> float:
    """px of every box where ``measure`` does not go by the height of the map (its ``aspect`` is 0): known before its lines."""
    return _box_width(max(columns(panorama.nodes, panorama.feeds).values(), default=-1) + 1, measure.width, measure)


def height(panorama: Panorama, measure: Measure) -> float:
    """px of the whole, without laying a line: a fraction of the time of ``place``."""
    column = columns(panorama.nodes, panorama.feeds)
    return _stack(panorama.nodes, column, box_width(panorama, measure), measure)[2]


def _check(nodes: Sequence[PlacedNode]) -> None:
    if len(nodes) > MOST_NODES:
        raise LiantuError(
            f"{len(nodes):,} nodes are too many for one map 环节过多，一张图放不下 (at most {MOST_NODES:,})",
            "ask for one chain or for the table 请按单条链出图，或看表",
        )
    met: set[str] = set()
    for n in nodes:
        if n.node in met:
            raise LiantuError(f"node stands in the panorama twice 环节重复: {clean(n.node)}", "run liantu rebuild")
        met.add(n.node)


def _box_width(count: int, wall: float, measure: Measure) -> float:
    """As wide as lets all columns onto a page of that width, within limits."""
    wide = (wall - measure.gutter) / max(count, 1) - measure.channel
    return min(measure.widest, max(measure.narrowest, wide))


def lane_of(node: PlacedNode) -> str:
    return clean(node.lane) or LABELS["other_lane"][0]


def lane_order(nodes: Sequence[PlacedNode]) -> list[str]:
    met = dict.fromkeys(lane_of(n) for n in nodes)
    return [name for name in LANES if name in met] + [name for name in met if name not in LANES]


def _stack(
    nodes: Sequence[PlacedNode], column: dict[str, int], width: float, measure: Measure
) -> tuple[list[tuple[str, float, float]], list[Box], float]:
    """Lanes (name, y, height), boxes still at x = 0, and the y of the bottom."""
    lanes: list[tuple[str, float, float]] = []
    found: dict[str, Box] = {}
    top = measure.head
    for name in lane_order(nodes):
        stacks: dict[int, list[Box]] = {}
        for n in nodes:
            if lane_of(n) == name:
                stacks.setdefault(column[n.node], []).append(_sized(n, column[n.node], name, width, measure))
        height = max(_height(stack, measure) for stack in stacks.values()) + 2 * measure.lane_pad
        for stack in stacks.values():
            found |= {b.node: b for b in _piled(stack, top + (height - _height(stack, measure)) / 2, measure)}
        lanes.append((name, top, height))
        top += height + measure.lane_gap
    return lanes, [found[n.node] for n in nodes], top - measure.lane_gap if lanes else measure.head


def _height(stack: Sequence[Box], measure: Measure) -> float:
    return sum(b.h for b in stack) + measure.box_gap * (len(stack) - 1)


def _piled(stack: Sequence[Box], y: float, measure: Measure) -> list[Box]:
    piled = []
    for box in stack:
        piled.append(replace(box, y=y))
        y += box.h + measure.box_gap
    return piled


def _sized(node: PlacedNode, column: int, lane: str, width: float, measure: Measure) -> Box:
    """Height by the lines of the name and those below it; the same in both languages."""
    name = named(clean(node.node) or "?", measure.text_width(width, node.boundary), measure)
    lines = max(measure.name, len(name.lines) * name.size) + measure.lines(node.node) * measure.sub
    height = 2 * measure.pad + lines * measure.row
    return Box(node.node, 0, 0, width, height, column, lane, node.boundary, name.lines, name.size)


def named(text: str, width: float, measure: Measure) -> Fitted:
    """On one line where a slightly smaller type allows it, else on more."""
    return _named(text, width, measure.name, measure.alone, measure.least, measure.rows)


@lru_cache(maxsize=8192)
def _named(text: str, width: float, size: float, smaller: float, least: float, rows: int) -> Fitted:
    alone = fit(text, width, size, smaller, 1)
    return alone if "".join(alone.lines) == text else fit(text, width, size, least, rows)


def _wishes(panorama: Panorama, column: dict[str, int]) -> list[Wish]:
    """One per pair of nodes: two roles between the same nodes are one line, essential if either is.

    In the order of the nodes, so that the same chain is drawn the same however its feeds come.
    """
    found: dict[tuple[str, str], bool] = {}
    for f in panorama.feeds:
        if f.upstream in column and f.downstream in column:
            pair = (f.upstream, f.downstream)
            found[pair] = found.get(pair, False) or f.essential
    rank = {node: i for i, node in enumerate(column)}
    pairs = sorted(found.items(), key=lambda item: (rank[item[0][0]], rank[item[0][1]]))
    return [Wish(up, down, essential) for (up, down), essential in pairs]


def _columns_x(bus: Bus, count: int, width: float, gutter: float) -> tuple[list[float], float]:
    """Left edge of each column, and the right edge of the whole."""
    xs, x = [], gutter
    for index in range(count):
        x += bus.width(index)
        xs.append(x)
        x += width
    return xs, x + bus.width(count)


def _bands(names: list[str], xs: list[float], bus: Bus, right: float, bottom: float, gutter: float) -> list[Band]:
    """Neighbouring columns of one band; two bands meet in the middle of a channel."""
    edges = [gutter, *(x - bus.width(i) / 2 for i, x in enumerate(xs) if i), right]
    spans = []
    for name, group in groupby(range(len(names)), key=lambda i: names[i]):
        indices = list(group)
        left, end = edges[indices[0]], edges[indices[-1] + 1]
        spans.append(Band(name, left, 0.0, end - left, bottom))
    return spans


def _routes(bus: Bus, xs: list[float], width: float) -> list[Route]:
    return [
        Route(
            p.wish.upstream,
            p.wish.downstream,
            bus.points(p, xs, width),
            bus.joints(p, xs, width),
            p.wish.essential,
            p.feedback,
        )
        for p in bus.plans
    ]
