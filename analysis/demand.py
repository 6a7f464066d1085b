"""Demand D(n) = Σ coefficient(n→m) × S(m) over what stands here, with its range by issuer (GAPS)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from analysis.evidence import Evidence
from analysis.parts import Amount, Demand, Range, Step
from analysis.supply import Supplies
from formulas import ratios
from graph.clocks import Seen, choose, lines
from graph.model import ESSENTIAL_ROLES


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One FEEDS line: the believed coefficient and the range of the issuers' newest values."""

    upstream: str
    downstream: str
    role: str
    essential: bool
    used: float | None
    low: float | None
    high: float | None
    unit: str
    fact: Seen


def coefficients(evidence: Evidence) -> tuple[Coefficient, ...]:
    """Every FEEDS line of the evidence."""
    out = []
    for ranked in lines(evidence.all("FEEDS")).values():
        top = choose(ranked)
        if top is not None:
            out.append(_coefficient(evidence, top, ranked))
    return tuple(sorted(out, key=lambda c: (c.upstream, c.downstream, c.role)))


def _coefficient(evidence: Evidence, top: Seen, ranked: list[Seen]) -> Coefficient:
    said = next((f["essential"] for f in ranked if f.authority > 0 and f["essential"] is not None), None)
    essential = top["role"] in ESSENTIAL_ROLES if said is None else bool(said)
    values = _by_issuer(evidence, top, ranked)
    used = None if top["coefficient"] is None else float(top["coefficient"])
    return Coefficient(top.start, top.end, top["role"], essential, used, min(values, default=None),
                       max(values, default=None), top["unit"], top)


def _by_issuer(evidence: Evidence, top: Seen, ranked: list[Seen]) -> list[float]:
    """Newest value of each issuer, none held back, none much older than the believed one."""
    newest: dict[str, float] = {}
    sized = next((f for f in ranked if f.authority > 0 and f["coefficient"] is not None), top)
    for fact in ranked:
        old = (sized.valid_from - fact.valid_from).days > evidence.limits.range_years * 365.25
        if fact.authority > 0 and fact.holds and fact["coefficient"] is not None and fact["unit"] == top["unit"] and not old:
            newest.setdefault(issuer(evidence, fact), float(fact["coefficient"]))
    return list(newest.values())


def issuer(evidence: Evidence, fact: Seen) -> str:
    """发布机构 of the source, not the document."""
    return str((evidence.sources.get(fact.source) or {}).get("publisher") or fact.source)


class Demands:
    """D of every node, and what of it stands to be used here."""

    def __init__(self, evidence: Evidence, supplies: Supplies) -> None:
        self.evidence = evidence
        self.supplies = supplies
        self.feeds = coefficients(evidence)
        self._from: dict[str, list[Coefficient]] = defaultdict(list)
        self._into: dict[str, list[Coefficient]] = defaultdict(list)
        for feed in self.feeds:
            self._from[feed.upstream].append(feed)
            self._into[feed.downstream].append(feed)

    def consumers(self, node: str) -> list[Coefficient]:
        """FEEDS out of the node; out of its variants where the node itself does not feed that consumer."""
        own = list(self._from[node])
        fed = {c.downstream for c in own}
        return own + [c for v in self.evidence.family(node)[1:] for c in self._from[v] if c.downstream not in fed]

    def neighbours(self, node: str) -> tuple[list[Coefficient], list[Coefficient]]:
        """FEEDS into and out of a node; a variant whose node does not stand has its node's beside its own."""
        into, out = list(self._into[node]), self.consumers(node)
        whole = self.evidence.whole_of.get(node)
        if whole and not self.supplies.of(whole).stands:
            into, out = into + self._into[whole], out + self._from[whole]
        return into, out

    def local(self, node: str) -> bool:
        """Whether a node inside the chain stands here."""
        return not self.evidence.nodes[node].boundary and self.supplies.of(node).stands

    def of(self, node: str) -> tuple[Demand, tuple[Step, ...]]:
        low = high = used = 0.0
        unknown, steps = False, []
        unit = self.supplies.of(node).unit or self.evidence.nodes[node].unit
        for feed in self.consumers(node):
            if not self.local(feed.downstream) or self.evidence.nodes[feed.downstream].boundary:
                continue
            size, size_unit = self._size(feed)
            if feed.used is None or size is None or not _fits(feed.unit, unit, size_unit):
                unknown = True
                steps.append(self._unsized(feed, size))
                continue
            unknown = unknown or self.supplies.of(feed.downstream).partial  # a lower bound of demand too
            low += (feed.low if feed.low is not None else feed.used) * size
            high += (feed.high if feed.high is not None else feed.used) * size
            used += feed.used * size
            steps.append(self._step(feed, size, size_unit))
        if unknown:
            return Demand(None, None, None, unit, used or None), tuple(steps)
        return Demand(low, high, used, unit), tuple(steps)

    def _size(self, feed: Coefficient) -> tuple[float | None, str]:
        """Gross S of a consumer, less its variants that have a FEEDS of their own from here."""
        supply = self.supplies.of(feed.downstream)
        if supply.gross is None:
            return None, supply.unit
        also = {c.downstream for c in self._from[feed.upstream]}
        variants = [v for v in self.evidence.family(feed.downstream)[1:] if v in also]
        return supply.gross - sum(self.supplies.of(v).gross or 0.0 for v in variants), supply.unit

    def _step(self, feed: Coefficient, size: float, unit: str) -> Step:
        name = self.evidence.nodes[feed.downstream].name
        product = f"{feed.used:.6g} {feed.unit} × {size:.6g} {unit} = {(feed.used or 0) * size:.6g}"
        spread = "" if feed.low == feed.high else f" [{feed.low:.6g}–{feed.high:.6g}]"
        year = feed.fact.valid_from.year
        return Step("demand", f"需求 {name}: {product} ({year}年单耗{spread})",
                    f"demand of {name}: {product} (coefficient of {year}{spread})", (feed.fact.id,), (feed.fact.source,))

    def _unsized(self, feed: Coefficient, size: float | None) -> Step:
        name = self.evidence.nodes[feed.downstream].name
        why = ("其产能待核", "its size is unknown") if size is None else ("没有单耗", "no coefficient that converts")
        return Step("demand.unknown", f"{name} 需要它, 数量未知: {why[0]}", f"{name} takes it, amount unknown: {why[1]}",
                    (feed.fact.id,), (feed.fact.source,))

    def essential(self, node: str) -> list[Coefficient]:
        """FEEDS to what stands here and cannot do without it."""
        return [c for c in self.neighbours(node)[1] if c.essential and self.local(c.downstream)]

    def fed(self, node: str) -> list[Coefficient]:
        return [c for c in self.neighbours(node)[0] if self.local(c.upstream)]

    def thin(self, node: str) -> tuple[Amount, Step] | None:
        """What feeds this node and is hardly used here: conversion D/S below the limit; the amount that leaves."""
        worst: tuple[float, Amount, Step] | None = None
        for feed in self._into[node]:
            supply, (demand, _) = self.supplies.of(feed.upstream), self.of(feed.upstream)
            if not self.local(node) or not self.local(feed.upstream) or not supply.value or demand.used is None:
                continue
            share = ratios.conversion(supply.value, demand.used) or 0.0
            if supply.partial or share >= self.evidence.limits.conversion or (worst and share >= worst[0]):
                continue
            leaving = Amount(supply.value - demand.used, supply.unit)
            name = self.evidence.nodes[feed.upstream].name
            worst = (share, leaving, Step(
                "thin", f"{name} 就地转化率 {share:.0%}, 外流 {leaving.value:.6g} {leaving.unit}",
                f"{share:.0%} of {name} is used here, {leaving.value:.6g} {leaving.unit} leaves"))
        return None if worst is None else worst[1:]


def _fits(unit: str, upstream: str, downstream: str) -> bool:
    """kt/GW times GW is kt (a year): the coefficient's unit is upstream over downstream."""
    over, _, under = unit.partition("/")
    return over == _plain(upstream) and (under == _plain(downstream) or not under)


def _plain(unit: str) -> str:
    for ending in ("/年", "/a"):
        unit = unit.removesuffix(ending)
    return unit


def coverage(amount: float | None, demand: Demand) -> Range | None:
    """S/D low, high and used; None where either is unknown or nothing is demanded."""
    if amount is None or demand.used is None or demand.low is None or demand.high is None:
        return None
    used = ratios.coverage(amount, demand.used)
    if used is None:
        return None
    return Range(ratios.coverage(amount, demand.high), ratios.coverage(amount, demand.low), used)
