"""The figures of a node that are drawn as bars: supply, demand, the pipeline by stage, the goal. No picture yet.

Units differ from node to node, so every node has its own scale: its largest figure. What nobody knows is no length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.answers import GapRow, Panorama
from analysis.parts import Amount
from analysis.words import VERDICTS
from maps.columns import columns
from maps.status import status

STAGES = ("在建", "签约", "在谈")
"""In the order of drawing: the surest first. They are never added up."""
_SEVERITY = ("broken", "missing", "weak", "short", "extension", "absent", "balanced", "surplus", "present", "unknown")


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure. ``kind``: supply, demand, goal or a stage; ``value`` None: nobody knows (``at_least``: so much is known).

    ``low`` and ``high`` are the range by issuer. ``inner``: of a supply what the node has without its variants, None where
    there are none or they add nothing. ``more``: there is more than ``value``, by an unknown amount; ``unsized``: so many projects.
    """

    kind: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    inner: float | None = None
    at_least: float | None = None
    more: bool = False
    unsized: int = 0

    @property
    def known(self) -> float:
        """How far it is drawn full."""
        return self.value if self.value is not None else self.at_least or 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A judged node with its bars; ``largest`` figure in ``unit`` is the whole length, 0 where none is above 0.

    ``before`` is its supply on the earlier day, None where nobody knows it or where it is in another unit.
    """

    row: GapRow
    status: str
    unit: str
    largest: float
    bars: tuple[Bar, ...]
    before: float | None = None

    def share(self, value: float) -> float:
        """Of the whole length, 0 to 1."""
        return value / self.largest if self.largest else 0.0

    def scaled(self, bar: Bar) -> bool:
        """Whether the bar is in the unit of the scale: what is not has no length."""
        return bar.unit == self.unit or not bar.known


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one verdict, in the order of the chain."""

    verdict: str
    rows: tuple[Measured, ...]


def groups(panorama: Panorama, before: Panorama | None = None) -> tuple[Group, ...]:
    """All judged nodes, the worst verdict first and what nobody has looked at last; within one from upstream down."""
    earlier = {r.node: r.supply for r in before.gaps.rows} if before else {}
    order = {node: i for i, node in enumerate(_down(panorama))}
    found: dict[str, list[Measured]] = {}
    for row in sorted(panorama.gaps.rows, key=lambda r: order.get(r.node, len(order))):
        found.setdefault(row.verdict if row.verdict in VERDICTS else "unknown", []).append(measured(row, earlier.get(row.node)))
    return tuple(Group(v, tuple(found[v])) for v in _SEVERITY if v in found)


def _down(panorama: Panorama) -> Iterable[str]:
    column = columns(panorama.nodes, panorama.feeds)
    return sorted(column, key=lambda node: column[node])


def measured(row: GapRow, earlier: Amount | None = None) -> Measured:
    """``earlier`` is the supply on another day, which the scale then has room for."""
    bars = (_supply(row), _demand(row), *_stages(row), *_goal(row))
    unit = _unit(bars)
    sizes = [v for b in bars if b.unit == unit for v in (b.known, b.high or 0.0, b.low or 0.0)]
    before = earlier.value if earlier is not None and earlier.unit == unit else None
    return Measured(row, status(row), unit, max([0.0, before or 0.0, *sizes]), bars, before)


def _unit(bars: Sequence[Bar]) -> str:
    """That of most of the figures; of supply and demand where there is none."""
    met = Counter(b.unit for b in bars if b.known)
    return met.most_common(1)[0][0] if met else next((b.unit for b in bars if b.unit), "")


def _supply(row: GapRow) -> Bar:
    if row.supply is None:
        return Bar("supply", None, row.demand.unit)
    own = row.own.value if row.own is not None and row.own_verdict is not None else None
    own = None if own == row.supply.value else own
    lower = not {"partial", "unsized"}.isdisjoint(row.flags)
    return Bar("supply", row.supply.value, row.supply.unit, inner=own, more=lower and row.supply.value is not None)


def _demand(row: GapRow) -> Bar:
    d = row.demand
    return Bar("demand", d.used, d.unit, d.low, d.high, at_least=d.at_least if d.used is None else None)


def _stages(row: GapRow) -> list[Bar]:
    sums = {s.stage: s for s in row.sums}
    return [Bar(stage, s.capacity, s.unit, more=s.capacity is not None and s.unsized > 0, unsized=s.unsized)
            for stage in STAGES if (s := sums.get(stage))]


def _goal(row: GapRow) -> list[Bar]:
    return [Bar("goal", row.goal.value, row.goal.unit)] if row.goal else []
