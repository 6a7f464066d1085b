"""Demand at goal: what a node's consumers will take on the day, each at its goal (GAPS: Goal, Demand)."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.amounts import into
from analysis.demand import Coefficient, Demands, Use, stated, taken, total, why_unknown
from analysis.parts import Demand, Step
from graph.clocks import Seen

Size = tuple[float | None, str, str, str]
"""How large a consumer is on the day (None: unknown), its unit, and why in both languages."""


class Aimed:
    """D of every node with its consumers at their ``goals`` (node → believed AIMS), the coefficients as of today.

    A consumer without a goal for the day stays as large as it stands; one whose goal is surpassed stays so too.
    """

    def __init__(self, demands: Demands, goals: Mapping[str, Seen]) -> None:
        self.demands = demands
        self.evidence = demands.evidence
        self.goals = goals

    def of(self, node: str) -> tuple[Demand, tuple[Step, ...]]:
        """Demand at goal and its steps; its size is unknown where one consumer's is."""
        unit = self.demands.unit(node)
        sizes = [(feed, size) for feed in self.demands.consumers(node)
                 if not self.evidence.nodes[feed.downstream].boundary and (size := self._size(feed)) is not None]
        uses = [Use(feed, size[0], size[1], taken(feed, size[0], unit, size[1])) for feed, size in sizes]
        steps = tuple(self._step(use, size, unit) for use, (_, size) in zip(uses, sizes, strict=True))
        return total(uses, unit, any(self._partial(feed.downstream) for feed, _ in sizes)), steps

    def _partial(self, node: str) -> bool:
        return node not in self.goals and self.demands.supplies.of(node).partial

    def _size(self, feed: Coefficient) -> Size | None:
        """Size of a consumer on the day, less its variants that are fed from here themselves; None where it is none."""
        whole = self._alone(feed.downstream)
        if whole is None or whole[0] is None:
            return whole
        less = [s for v in self.demands.apart(feed) if (s := self._alone(v))]
        return (max(whole[0] - sum(into(s[0], s[1], whole[1]) or 0.0 for s in less), 0.0), *whole[1:])

    def _alone(self, node: str) -> Size | None:
        supply, goal = self.demands.supplies.of(node), self.goals.get(node)
        stands = supply.gross if supply.stands else None
        if goal is not None and goal["value"] is not None:
            unit, value = goal["unit"] or "", float(goal["value"])
            here = into(stands, supply.unit, unit)
            if here is None or here <= value:
                return value, unit, "目标", "goal"
            return stands, supply.unit, "现状, 已过目标", "as it stands, past its goal"
        return (stands, supply.unit, "现状, 当日无目标", "as it stands, no goal for the day") if supply.stands else None

    def _step(self, use: Use, size: Size, unit: str) -> Step:
        feed, name = use.feed, self.evidence.nodes[use.feed.downstream].name
        if use.amount is None:
            zh, en = why_unknown(use)
            return Step("demand.unknown", f"目标时 {name} 需要它, 数量未知: {zh}", f"{name} will take it, amount unknown: {en}",
                        (feed.fact.id,), (feed.fact.source,))
        spread = "" if feed.low == feed.high else f" [{feed.low:.6g}–{feed.high:.6g}]"
        product = f"{feed.used:.6g} {feed.unit} × {size[0]:.6g} {size[1]}"
        year, goal, (facts, sources) = stated(feed.fact), self.goals.get(feed.downstream), feed.cited
        return Step("demand.goal", f"目标时需求 {name}: {product} ({size[2]}) = {use.amount:.6g} {unit} ({year[0]}单耗{spread})",
                    f"demand at goal of {name}: {product} ({size[3]}) = {use.amount:.6g} {unit} (coefficient {year[1]}{spread})",
                    (*facts, *((goal.id,) if goal else ())), (*sources, *((goal.source,) if goal else ())))
