"""A chain too large for boxes: its lanes × its columns as cells, each with its nodes counted by status, and the gaps that matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.answers import Feed, GapRow, Panorama
from maps.columns import bands, columns
from maps.layout import lane_of, lane_order
from maps.status import STYLES, statuses
from maps.weights import weighty

MOST_COLUMNS, MOST_LANES, MOST_GAPS = 10, 8, 40
"""Above the first neighbouring columns are taken together, above the second the smallest lanes; more gaps are only counted."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring columns, counted from 1, and their band. ``onward`` feeds cross its right edge to the right, ``back`` to the left."""

    first: int
    last: int
    band: str
    onward: int
    back: int


@dataclass(frozen=True, slots=True)
class Cell:
    """``lane`` and ``stretch`` are indices; ``counts`` has the statuses that occur, in the order of the legend."""

    lane: int
    stretch: int
    counts: tuple[tuple[str, int], ...]

    @property
    def nodes(self) -> int:
        return sum(n for _, n in self.counts)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``lanes`` are names, the last '' where it holds ``merged`` small ones. ``gaps`` are the first of ``all_gaps``."""

    stretches: tuple[Stretch, ...]
    lanes: tuple[str, ...]
    merged: int
    cells: tuple[Cell, ...]
    gaps: tuple[GapRow, ...]
    all_gaps: int
    counts: tuple[tuple[str, int], ...]


def aggregate(panorama: Panorama) -> Aggregate:
    """Sums of any number of nodes, in a time that grows with nodes and feeds and no faster."""
    column = columns(panorama.nodes, panorama.feeds)
    count = max(column.values(), default=-1) + 1
    stretch = _stretches(bands(panorama.nodes, column), count)
    lanes, lane, merged = _lanes(panorama)
    found, place = statuses(panorama), {n.node: (lane[lane_of(n)], stretch[column[n.node]]) for n in panorama.nodes}
    by_cell: dict[tuple[int, int], Counter[str]] = {}
    for node, at in place.items():
        by_cell.setdefault(at, Counter())[found[node]] += 1
    judged = {n.node for n in panorama.nodes if not n.boundary}
    gaps = weighty(r for r in panorama.gaps.rows if r.node in judged)
    return Aggregate(
        _described(stretch, bands(panorama.nodes, column), {node: at[1] for node, at in place.items()}, panorama.feeds),
        lanes, merged, tuple(Cell(*at, _in_order(counts)) for at, counts in sorted(by_cell.items())),
        tuple(gaps[:MOST_GAPS]), len(gaps), _in_order(Counter(found.values())))


def _in_order(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((status, counts[status]) for status in STYLES if counts[status])


def _stretches(names: Sequence[str], count: int) -> list[int]:
    """Column → its stretch: neighbours of one band in parts as equal as can be, so that few stretches are left."""
    groups = [len(list(same)) for _, same in groupby(names)]
    if len(groups) > MOST_COLUMNS:
        groups = [count]
    parts = [1] * len(groups)
    while sum(parts) < min(MOST_COLUMNS, count):  # the widest parts are split first
        widest = max((i for i, size in enumerate(groups) if parts[i] < size), key=lambda i: (groups[i] / parts[i], -i))
        parts[widest] += 1
    found, first = list[int](), 0
    for size, into in zip(groups, parts, strict=True):
        found += [first + i * into // size for i in range(size)]
        first += into
    return found


def _lanes(panorama: Panorama) -> tuple[tuple[str, ...], dict[str, int], int]:
    """Names, name → index, and how many small lanes the last one holds."""
    ordered = lane_order(panorama.nodes)
    if len(ordered) <= MOST_LANES:
        return tuple(ordered), {name: i for i, name in enumerate(ordered)}, 0
    sizes = Counter(lane_of(n) for n in panorama.nodes)
    large = set(sorted(ordered, key=lambda name: (-sizes[name], name))[: MOST_LANES - 1])
    kept = [name for name in ordered if name in large]
    index = {name: i for i, name in enumerate(kept)}
    return (*kept, ""), {name: index.get(name, len(kept)) for name in ordered}, len(ordered) - len(kept)


def _described(stretch: Sequence[int], names: Sequence[str], at: dict[str, int], feeds: Sequence[Feed]) -> tuple[Stretch, ...]:
    """The stretches with the feeds that cross their right edges: a long feed crosses several."""
    size = max(stretch, default=-1) + 1
    onward, back = [0] * (size + 1), [0] * (size + 1)
    for upstream, downstream in {(f.upstream, f.downstream) for f in feeds if f.upstream in at and f.downstream in at}:
        one, other = at[upstream], at[downstream]
        if one != other:
            steps = onward if one < other else back
            steps[min(one, other)] += 1
            steps[max(one, other)] -= 1
    found, so_far = list[Stretch](), [0, 0]
    for i in range(size):
        within = [c for c, s in enumerate(stretch) if s == i]
        so_far = [so_far[0] + onward[i], so_far[1] + back[i]]
        found.append(Stretch(within[0] + 1, within[-1] + 1, names[within[0]], *so_far))
    return tuple(found)
