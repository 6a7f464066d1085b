"""Demand at goal: what a node's consumers will take on the day, each at its goal (GAPS: Goal, Demand)."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.demand import Coefficient, Demands, stated
from analysis.parts import Demand, Step
from graph.clocks import Seen
from graph.units import coefficient, convert

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
        unit = self.demands.supplies.of(node).unit or self.evidence.nodes[node].unit
        low = high = used = 0.0
        known, steps = True, []
        for feed in self.demands.consumers(node):
            size = None if self.evidence.nodes[feed.downstream].boundary else self._size(feed)
            if size is None:
                continue
            factor = None if size[0] is None else _factor(feed, unit, size[1])
            if feed.used is None or size[0] is None or factor is None:
                known = False
                steps.append(self._unknown(feed, size))
                continue
            known = known and not self._partial(feed.downstream)
            amount = size[0] * factor
            low += amount * (feed.used if feed.low is None else feed.low)
            high += amount * (feed.used if feed.high is None else feed.high)
            used += amount * feed.used
            steps.append(self._step(feed, size, amount * feed.used, unit))
        demand = Demand(low, high, used, unit) if known else Demand(None, None, None, unit, used or None)
        return demand, tuple(steps)

    def _partial(self, node: str) -> bool:
        return node not in self.goals and self.demands.supplies.of(node).partial

    def _size(self, feed: Coefficient) -> Size | None:
        """Size of a consumer on the day, less its variants that are fed from here themselves; None where it is none."""
        whole = self._alone(feed.downstream)
        if whole is None or whole[0] is None:
            return whole
        also = {c.downstream for c in self.demands.feeds if c.upstream == feed.upstream}
        less = [s for v in self.evidence.family(feed.downstream)[1:] if v in also and (s := self._alone(v))]
        parts = [None if s[0] is None else convert(s[0], s[1], whole[1]) for s in less]
        return (max(whole[0] - sum(p for p in parts if p is not None), 0.0), *whole[1:])

    def _alone(self, node: str) -> Size | None:
        supply, goal = self.demands.supplies.of(node), self.goals.get(node)
        stands = supply.gross if supply.stands else None
        if goal is not None and goal["value"] is not None:
            unit, value = goal["unit"] or "", float(goal["value"])
            here = None if stands is None else convert(stands, supply.unit, unit)
            if here is None or here <= value:
                return value, unit, "目标", "goal"
            return stands, supply.unit, "现状, 已过目标", "as it stands, past its goal"
        return (stands, supply.unit, "现状, 当日无目标", "as it stands, no goal for the day") if supply.stands else None

    def _step(self, feed: Coefficient, size: Size, amount: float, unit: str) -> Step:
        name = self.evidence.nodes[feed.downstream].name
        spread = "" if feed.low == feed.high else f" [{feed.low:.6g}–{feed.high:.6g}]"
        product = f"{feed.used:.6g} {feed.unit} × {size[0]:.6g} {size[1]}"
        year, goal = stated(feed.fact), self.goals.get(feed.downstream)
        return Step("demand.goal", f"目标时需求 {name}: {product} ({size[2]}) = {amount:.6g} {unit} ({year[0]}单耗{spread})",
                    f"demand at goal of {name}: {product} ({size[3]}) = {amount:.6g} {unit} (coefficient {year[1]}{spread})",
                    (feed.fact.id, *((goal.id,) if goal else ())), (feed.fact.source, *((goal.source,) if goal else ())))

    def _unknown(self, feed: Coefficient, size: Size) -> Step:
        name = self.evidence.nodes[feed.downstream].name
        why = ("其产能待核", "its size is unknown") if size[0] is None else ("没有可换算的单耗", "no coefficient that converts")
        return Step("demand.unknown", f"目标时 {name} 需要它, 数量未知: {why[0]}",
                    f"{name} will take it, amount unknown: {why[1]}", (feed.fact.id,), (feed.fact.source,))


def _factor(feed: Coefficient, upstream: str, downstream: str) -> float | None:
    """What one of the coefficient is in the units of the two nodes; None where it does not convert."""
    factor, unit = coefficient(1.0, feed.unit, upstream, downstream)
    return factor if unit == coefficient(1.0, f"{upstream}/({downstream})", upstream, downstream)[1] else None
