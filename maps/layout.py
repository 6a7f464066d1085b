"""Places: one layout gives the coordinates to both pictures, the SVG and the interactive page.

Columns stand left to right, lanes top to bottom; between the columns run channels in which the edges turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from analysis.answers import Panorama, PlacedNode
from graph.errors import LiantuError
from maps.bus import Bus
from maps.columns import bands, columns
from maps.labels import LABELS
from maps.places import Band, Box, Column, Lane, Layout, Route
from maps.routes import Grid, Wish, plan
from maps.text import Fitted, clean, fit

__all__ = ["Band", "Box", "Column", "Lane", "Layout", "Route", "place"]

MOST_NODES = 2000
LANES = ("工艺装备", "主链", "辅材耗材", "系统")
GUTTER, HEAD, LANE_PAD, LANE_GAP, BOX_GAP = 42.0, 40.0, 13.0, 10.0, 12.0
STRIP, PAD = 29.0, 5.0
NAME, NAME_ALONE, NAME_LEAST, SUB = 22.0, 19.0, 14.0, 20.0
ROW = 1.2
"""Line height in em."""
_WALL, _CHANNEL, _NARROWEST, _WIDEST = 1872.0, 50.0, 150.0, 236.0
"""px: a wall page's width, a usual channel, and the limits of a box's width."""
_WIDE = 1.9
"""Width to height of the room for a map on a screen of 16 : 9, below a title."""
_FLOOR = 200.0
"""px: the height is taken in steps of this, so that one more node hardly ever makes all boxes wider."""


def place(panorama: Panorama) -> Layout:
    """Boxes, lanes, columns, bands and edge routes of a panorama, in px.

    Raises ``LiantuError`` for more than 2,000 nodes and for a node that stands in the panorama twice.
    Feeds whose ends are not both on the map are left out.
    """
    nodes = panorama.nodes
    _check(nodes)
    column = columns(nodes, panorama.feeds)
    count = max(column.values(), default=-1) + 1
    width = _box_width(count, _WALL)
    _, _, bottom = _stack(nodes, column, width)
    width = _box_width(count, max(_WALL, bottom // _FLOOR * _FLOOR * _WIDE))  # a high map leaves room at its sides
    lanes, boxes, bottom = _stack(nodes, column, width)
    grid = Grid({b.node: (b.column, b.y, b.h) for b in boxes}, count, HEAD, bottom)
    bus = Bus(plan(grid, _wishes(panorama, column)))
    xs, right = _columns_x(bus, count, width)
    return Layout(
        right,
        bottom,
        tuple(replace(b, x=xs[b.column]) for b in boxes),
        tuple(Lane(name, GUTTER, y, right - GUTTER, h) for name, y, h in lanes),
        tuple(Column(i, x, width) for i, x in enumerate(xs)),
        tuple(_bands(bands(nodes, column), xs, bus, right, bottom)),
        tuple(_routes(bus, xs, width)),
    )


def text_width(width: float, boundary: bool) -> float:
    """px for text in a box of that width: a boundary box has no strip for a mark."""
    return width - 2 * PAD - (0 if boundary else STRIP)


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


def _box_width(count: int, wall: float) -> float:
    """As wide as lets all columns onto a page of that width, within limits."""
    return min(_WIDEST, max(_NARROWEST, (wall - GUTTER) / max(count, 1) - _CHANNEL))


def lane_of(node: PlacedNode) -> str:
    return clean(node.lane) or LABELS["other_lane"][0]


def lane_order(nodes: Sequence[PlacedNode]) -> list[str]:
    met = dict.fromkeys(lane_of(n) for n in nodes)
    return [name for name in LANES if name in met] + [name for name in met if name not in LANES]


def _stack(
    nodes: Sequence[PlacedNode], column: dict[str, int], width: float
) -> tuple[list[tuple[str, float, float]], list[Box], float]:
    """Lanes (name, y, height), boxes still at x = 0, and the y of the bottom."""
    lanes: list[tuple[str, float, float]] = []
    found: dict[str, Box] = {}
    top = HEAD
    for name in lane_order(nodes):
        stacks: dict[int, list[Box]] = {}
        for n in nodes:
            if lane_of(n) == name:
                stacks.setdefault(column[n.node], []).append(_sized(n, column[n.node], name, width))
        height = max(map(_height, stacks.values())) + 2 * LANE_PAD
        for stack in stacks.values():
            found |= {b.node: b for b in _piled(stack, top + (height - _height(stack)) / 2)}
        lanes.append((name, top, height))
        top += height + LANE_GAP
    return lanes, [found[n.node] for n in nodes], top - LANE_GAP if lanes else HEAD


def _height(stack: Sequence[Box]) -> float:
    return sum(b.h for b in stack) + BOX_GAP * (len(stack) - 1)


def _piled(stack: Sequence[Box], y: float) -> list[Box]:
    piled = []
    for box in stack:
        piled.append(replace(box, y=y))
        y += box.h + BOX_GAP
    return piled


def _sized(node: PlacedNode, column: int, lane: str, width: float) -> Box:
    """Height by the lines of the name and one line below it; the same in both languages."""
    name = _name(clean(node.node) or "?", text_width(width, node.boundary))
    height = 2 * PAD + (max(NAME, len(name.lines) * name.size) + SUB) * ROW
    return Box(node.node, 0, 0, width, height, column, lane, node.boundary, name.lines, name.size)


def _name(text: str, width: float) -> Fitted:
    """On one line where a slightly smaller type allows it, else on two."""
    alone = fit(text, width, NAME, NAME_ALONE, 1)
    return alone if "".join(alone.lines) == text else fit(text, width, NAME, NAME_LEAST, 2)


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


def _columns_x(bus: Bus, count: int, width: float) -> tuple[list[float], float]:
    """Left edge of each column, and the right edge of the whole."""
    xs, x = [], GUTTER
    for index in range(count):
        x += bus.width(index)
        xs.append(x)
        x += width
    return xs, x + bus.width(count)


def _bands(names: list[str], xs: list[float], bus: Bus, right: float, bottom: float) -> list[Band]:
    """Neighbouring columns of one band; two bands meet in the middle of a channel."""
    edges = [GUTTER, *(x - bus.width(i) / 2 for i, x in enumerate(xs) if i), right]
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
