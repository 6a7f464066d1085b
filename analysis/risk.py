"""Output at risk 限产: what stops when the outside supply of a node is cut, and what one unit more of it is worth."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from analysis.balances import Balances
from analysis.demand import Demands
from analysis.evidence import Evidence
from analysis.parts import AtRisk, More, Step, Worth
from formulas.leontief import components, eats_itself
from formulas.running import per_unit, shares, sum_per_unit


class Risks:
    """Output at risk of every node of the evidence (GAPS: How much it matters)."""

    def __init__(self, evidence: Evidence, demands: Demands) -> None:
        self.evidence = evidence
        self.demands = demands
        self.supplies = demands.supplies
        self._known: dict[str, tuple[AtRisk, ...] | None] = {}

    def of(self, node: str) -> tuple[AtRisk, ...] | None:
        """What stops, by share and then name; () nothing does; None: not computed, ``steps`` says why.

        An input whose own supply is unknown, unsized or a lower bound that may suffice is not computed, nor is one
        in a cycle that eats itself up, nor one that only what nobody has looked at may need. Of a consumer without
        size or coefficient all stops where there is none of the input, and an unknown part where there is some. What
        such a consumer feeds is not stopped by it: who has no known amount is not known to depend on it.
        """
        if node not in self._known:
            self._known[node] = None if self._why_not(node) else self._stops(node)
        return self._known[node]

    def _why_not(self, node: str) -> tuple[str, str] | None:
        if node in self._growing:
            return "它在增益不小于 1 的环中", "it is in a cycle of gain 1 or more"
        supply = self.supplies.of(node)
        if not self.evidence.nodes[node].boundary and (names := self.demands.unlooked(node)):
            return f"{'、'.join(names)} 待核, 是否需要它未知", f"nobody has looked at {', '.join(names)}: whether they need it is unknown"
        if not self._short(node) or (supply.state in ("known", "zero") and not supply.partial):
            return None
        return {"unknown": ("本地供给待核", "nobody has looked at its supply"),
                "unsized": ("本地产能待核", "the size of its supply is unknown")}.get(
                    supply.state, ("名单不全, 本地供给只是下限", "its list is not complete: its supply is a lower bound"))

    def _short(self, node: str) -> bool:
        """Whether what stands here needs it, and takes more than there is or an unknown amount."""
        if self.evidence.nodes[node].boundary or not self.balances.needs(node):
            return False
        amounts = [u.amount for u in self.demands.uses(node)]
        supply = self.supplies.of(node).value
        return supply is None or None in amounts or supply < sum(a for a in amounts if a is not None)

    def _stops(self, node: str) -> tuple[AtRisk, ...]:
        if not self._short(node):
            return ()
        problem = self.balances.problem(node)
        found = shares(len(problem.parts), problem.balances, problem.stopped)
        running = dict(zip(problem.parts, found, strict=True))
        rows = {**self._unknown(node), **{k: self._row(k, round(stop, 12)) for k, stop in self._stopping(running)}}
        return tuple(sorted(rows.values(), key=lambda r: (r.share is None, -(r.share or 0), r.node)))

    def _unknown(self, node: str) -> dict[str, AtRisk]:
        """Consumers that take an unknown amount."""
        share = 1.0 if self.supplies.of(node).value == 0 else None
        takers = {u.feed.downstream for u in self.balances.needs(node) if u.amount is None}
        return {k: self._row(k, share) for k in sorted(takers)}

    def _stopping(self, running: dict[str, float]) -> Iterable[tuple[str, float]]:
        """Nodes with the part of them that stops: parts that do, and the nodes that these are variants of."""
        touched = {k for part, x in running.items() if x != 1 for k in self.balances.wholes(part)}
        for node in sorted(touched):
            if self.balances.sized(node):
                yield node, sum(share * (1 - running.get(w, 1.0)) for w, share in self.balances.parts(node).items())

    def _row(self, node: str, share: float | None) -> AtRisk:
        supply = self.supplies.of(node)
        amount = None if share is None or supply.value is None else float(f"{supply.value * share:.12g}")
        return AtRisk(self.evidence.nodes[node].name, amount, self.demands.unit(node), share)

    def worth(self, node: str) -> Worth | None:
        """None where output at risk is not computed, or a consumer takes an unknown amount of it."""
        stops = self.of(node)
        if stops is None or any(u.amount is None for u in self.balances.needs(node)):
            return None
        if not stops:
            return Worth(self.evidence.nodes[node].name, self.demands.unit(node), 0.0, ())
        problem = self.balances.problem(node)
        grows = per_unit(len(problem.parts), problem.balances, 0)
        total = sum_per_unit(len(problem.parts), problem.balances, 0)
        running = {p: 1 - g for p, g in zip(problem.parts, grows, strict=True)}
        runs = tuple(More(self.evidence.nodes[k].name, _six(self._size(k) * more), self.demands.unit(k))
                     for k, more in self._stopping(running) if _six(more))
        return Worth(self.evidence.nodes[node].name, self.demands.unit(node), _six(total), runs)

    def _size(self, node: str) -> float:
        return self.supplies.of(node).value or 0.0

    def steps(self, node: str) -> tuple[Step, ...]:
        """What was cut, by which rule, what stops; or why nothing was computed."""
        why = self._why_not(node)
        if why:
            return (*(c for k, c in self._growing.items() if k == node),
                    Step("risk.unknown", f"限产未算: {why[0]}", f"output at risk not computed: {why[1]}"))
        stops = self.of(node) or ()
        if not stops:
            return ()
        return (self._cut(node), *(_stop(s) for s in stops))

    def _cut(self, node: str) -> Step:
        """The inputs: demand, supply, what is short; the facts are those of its consumers' coefficients."""
        uses, unit = self.demands.uses(node), self.demands.unit(node)
        demand = sum(u.amount for u in uses if u.amount is not None)
        size = f"{demand:.6g} − {self._size(node):.6g} = {max(demand - self._size(node), 0):.6g} {unit}"
        least = ("至少 ", "at least ") if any(u.amount is None for u in uses) else ("", "")
        zh, en = (f"需求 − 本地供给 = {least[0]}{size}", f"demand − supply = {least[1]}{size}") if demand else \
            (f"需求未知, 本地供给 {self._size(node):.6g} {unit}", f"demand unknown, supply {self._size(node):.6g} {unit}")
        facts = tuple(u.feed.fact for u in self.balances.needs(node))
        return Step("risk.cut", f"若外购断供, 其余外购不超过现状: {zh}; 必需投入齐备才能开工, 先使最低开工率最高, 再使开工率之和最大",
                    f"if its outside supply is cut and no other grows: {en}; all essential inputs are needed, "
                    "the smallest running share is maximal, then their sum",
                    tuple(f.id for f in facts), tuple(sorted({f.source for f in facts})))

    @cached_property
    def balances(self) -> Balances:
        within = {k: at for at, (nodes, _) in enumerate(self._eating) for k in nodes}
        return Balances(self.demands, frozenset((a, b) for a, b in self._matrix
                                                if a in within and within[a] == within.get(b)))

    @cached_property
    def _matrix(self) -> dict[tuple[str, str], float]:
        """Units of the upstream taken by one saleable unit of the downstream, essential or not; without the boundary."""
        out: dict[tuple[str, str], float] = {}
        for feed in self.demands.feeds:
            supply, pair = self.supplies.of(feed.downstream), (feed.upstream, feed.downstream)
            taken = None if any(self.evidence.nodes[n].boundary for n in pair) else self.demands.per_unit(feed)
            if taken is not None:
                gross = (supply.gross or 0) / supply.value if supply.value else 1.0
                out[pair] = out.get(pair, 0.0) + taken * gross
        return out

    @cached_property
    def _eating(self) -> list[tuple[tuple[str, ...], Step]]:
        """Components that are not productive, each with its step."""
        return [(nodes, self._step_of(*found)) for nodes in components(self._matrix)
                if (found := eats_itself(self._matrix, nodes))]

    @property
    def cycles(self) -> tuple[Step, ...]:
        """One step for each cycle that takes as much of itself as it gives, or more: a coefficient is wrong."""
        return tuple(step for _, step in self._eating)

    @cached_property
    def _growing(self) -> dict[str, Step]:
        return {node: step for nodes, step in self._eating for node in nodes}

    def _step_of(self, nodes: tuple[str, ...], gain: float) -> Step:
        names = " → ".join(self.evidence.nodes[n].name for n in (*nodes, nodes[0]))
        feeds = [f.fact for f in self.demands.feeds if f.upstream in nodes and f.downstream in nodes and f.used is not None]
        return Step("cycle.gain", f"循环 {names} 的增益 {gain:.6g} 不小于 1: 单耗有误, 其中环节不计限产",
                    f"cycle {names} has gain {gain:.6g}, not below 1: a coefficient is wrong; "
                    "output at risk of its nodes is not computed",
                    tuple(f.id for f in feeds), tuple(sorted({f.source for f in feeds})))


def _stop(row: AtRisk) -> Step:
    if row.share is None:
        return Step("risk.stops", f"限产 {row.node}: 数量未知", f"{row.node} stops by an unknown amount")
    amount = ("产能待核", "size unknown") if row.amount is None else (f"{row.amount:.6g} {row.unit}",) * 2
    return Step("risk.stops", f"限产 {row.node}: {row.share:.1%}, {amount[0]}", f"{row.node} stops by {row.share:.1%}, {amount[1]}")


def _six(value: float) -> float:
    """Six digits, and none of what a solver leaves beyond them."""
    return 0.0 if abs(value) < 1e-12 else float(f"{value:.6g}")
