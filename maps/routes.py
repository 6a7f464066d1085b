"""Heights of the edges: where a line leaves, runs and arrives, so that it meets no box.

Curves run behind boxes; these lines run vertically only in the channels between the columns and
horizontally only between boxes. Channel i lies left of column i; the last lies right of the last column.
``maps.bus`` turns the plans into points once the columns have their x.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLEAR, _APART, _STEP, _ASIDE, _FAR = 5.0, 6.0, 3.0, 11.0, 500.0
"""px: from a box, between two lines, of the search, off the middle of a box, and a detour too long."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An edge that somebody wants drawn."""

    upstream: str
    downstream: str
    essential: bool


@dataclass(slots=True)
class Plan:
    """An edge before x is known: it leaves at ``exit``, runs at ``level``, arrives at ``entry`` (y in px).

    It turns in the channels ``first`` (right of its source) and ``last`` (left of its target).
    """

    wish: Wish
    first: int
    last: int
    exit: float
    level: float
    entry: float

    @property
    def feedback(self) -> bool:
        """Whether the column does not increase."""
        return self.last < self.first

    @property
    def passed(self) -> range:
        """The columns between the two channels: none for neighbours; for feedback source and target too."""
        return range(min(self.first, self.last), max(self.first, self.last))


class Grid:
    """Where boxes stand: node → (column, y, height), the number of columns, top and bottom."""

    def __init__(self, boxes: dict[str, tuple[int, float, float]], count: int, top: float, bottom: float) -> None:
        self.boxes, self.top, self.bottom = boxes, top, bottom
        self._spans: list[list[tuple[float, float]]] = [[] for _ in range(count)]
        self._nodes: list[list[str]] = [[] for _ in range(count + 1)]
        for node, (column, y, height) in boxes.items():
            self._spans[column].append((y - _CLEAR, y + height + _CLEAR))
            self._nodes[column].append(node)
        for spans in self._spans:
            spans.sort()
        self._lines: dict[int, list[tuple[float, int, int, Wish]]] = {}  # in slices of height, to find neighbours

    def middle(self, node: str) -> float:
        _, y, height = self.boxes[node]
        return y + height / 2

    def standing(self, column: int) -> list[str]:
        """The nodes of a column; none right of the last."""
        return self._nodes[column]

    def open(self, y: float, columns: range) -> bool:
        """Whether a horizontal line at y meets no box of these columns."""
        return all(self._clear(self._spans[c], y) for c in columns)

    @staticmethod
    def _clear(spans: list[tuple[float, float]], y: float) -> bool:
        i = bisect_right(spans, (y, float("inf"))) - 1
        return i < 0 or spans[i][1] <= y

    def vacant(self, y: float, p: Plan) -> bool:
        """Whether no foreign line lies at y between the channels of p; lines with an end in common may share."""
        left, right, wish = min(p.first, p.last), max(p.first, p.last), p.wish
        return not any(
            abs(y - other) < _APART
            and left <= end
            and start <= right
            and wish.upstream != w.upstream
            and wish.downstream != w.downstream
            for slice_ in range(int(y // _APART) - 1, int(y // _APART) + 2)
            for other, start, end, w in self._lines.get(slice_, ())
        )

    def take(self, y: float, one: int, other: int, wish: Wish) -> None:
        found = self._lines.setdefault(int(y // _APART), [])
        found.append((y, min(one, other), max(one, other), wish))


def plan(grid: Grid, wishes: Sequence[Wish]) -> list[Plan]:
    """Heights of all edges; short edges first, so that the long ones give way to them."""
    exits = _exits(grid, wishes)
    plans = [_start(grid, w, exits[w.upstream]) for w in wishes]
    for p in plans:
        grid.take(p.entry, p.last, p.last, p.wish)
        grid.take(p.exit, p.first, p.first, p.wish)
    for p in sorted((p for p in plans if p.passed), key=lambda p: len(p.passed)):
        p.level = _level(grid, p)
        grid.take(p.level, p.first, p.last, p.wish)
    return plans


def _start(grid: Grid, wish: Wish, leave: float) -> Plan:
    source, target = grid.boxes[wish.upstream][0], grid.boxes[wish.downstream][0]
    return Plan(wish, source + 1, target, leave, leave, grid.middle(wish.downstream))


def _exits(grid: Grid, wishes: Sequence[Wish]) -> dict[str, float]:
    """Height at which each source leaves: its middle, or beside it.

    Beside it where a box of the next column stands at the same height and is not fed by it: the line out and
    the line in would read as one.
    """
    targets: dict[str, set[str]] = {}
    for w in wishes:
        targets.setdefault(w.upstream, set()).add(w.downstream)
    return {node: _exit(grid, node, fed) for node, fed in targets.items()}


def _exit(grid: Grid, node: str, fed: set[str]) -> float:
    column, _, height = grid.boxes[node]
    strangers = [grid.middle(n) for n in grid.standing(column + 1) if n not in fed]
    aside = min(_ASIDE, height / 4)
    tries = [grid.middle(node) + shift for shift in (0.0, aside, -aside)]
    return next((y for y in tries if all(abs(y - s) >= _APART for s in strangers)), tries[0])


def _level(grid: Grid, p: Plan) -> float:
    """The nearest height to the exit with neither box nor foreign line; a shared line rather than a long detour.

    The pad of a lane is free of boxes in all columns, so there is always one without a box.
    """
    spare = None
    for y in _nearest(p.exit, grid.top, grid.bottom):
        if spare is not None and abs(y - p.exit) > _FAR:
            return spare
        if not grid.open(y, p.passed):
            continue
        if grid.vacant(y, p):
            return y
        spare = y if spare is None else spare
    return grid.top + _STEP if spare is None else spare


def _nearest(y: float, top: float, bottom: float) -> Iterator[float]:
    yield y
    for i in range(1, int((bottom - top) / _STEP) + 1):
        yield from (t for t in (y + i * _STEP, y - i * _STEP) if top < t < bottom)
