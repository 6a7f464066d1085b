"""Demand D(n) = Σ coefficient(n→m) × S(m) over what stands here, with its range by issuer (GAPS)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.amounts import into, per
from analysis.evidence import Evidence
from analysis.parts import Amount, Demand, Range, Step
from analysis.supply import Supplies
from formulas import ratios
from graph.clocks import Seen, choose, lines
from graph.facts import COEFFICIENT_DAY
from graph.model import ESSENTIAL_ROLES


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One FEEDS line: the believed coefficient and the range of the issuers' newest values, which ``ends`` state."""

    upstream: str
    downstream: str
    role: str
    essential: bool
    used: float | None
    low: float | None
    high: float | None
    unit: str
    fact: Seen
    ends: tuple[Seen, ...] = ()

    @property
    def cited(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids and sources of the believed fact, and where there is a range of those that it ends at."""
        facts = (self.fact, *(self.ends if self.low != self.high else ()))
        return tuple(dict.fromkeys(f.id for f in facts)), tuple(dict.fromkeys(f.source for f in facts))


@dataclass(frozen=True, slots=True)
class Use:
    """What a local consumer takes at full run: coefficient × ``size`` (gross, in ``unit``); ``amount`` None: unknown."""

    feed: Coefficient
    size: float | None
    unit: str
    amount: float | None


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
    stated = sorted((f for f in _by_issuer(evidence, top, ranked) if f["coefficient"] > 0), key=lambda f: float(f["coefficient"]))
    ends = (stated[0], stated[-1]) if stated else ()
    used = None if top["coefficient"] is None or bad(top) else float(top["coefficient"])
    low, high = (float(f["coefficient"]) for f in ends) if ends else (None, None)
    return Coefficient(top.start, top.end, top["role"], essential, used, low, high, top["unit"], top, ends)


def stated(feed: Seen) -> tuple[str, str]:
    """The year of a coefficient; where no sheet gave one it is valid from 2000 on (DESIGN: the two clocks)."""
    year = feed.valid_from.year
    return ("未注年份的", "of no stated year") if feed.valid_from == COEFFICIENT_DAY else (f"{year}年", f"of {year}")


def bad(feed: Seen) -> bool:
    """Whether the coefficient cannot be one (0 or less): then it is unknown, and named as such."""
    return feed["coefficient"] is not None and float(feed["coefficient"]) <= 0


def _by_issuer(evidence: Evidence, top: Seen, ranked: list[Seen]) -> list[Seen]:
    """The newest with a value of each issuer, none held back, none much older than the believed one."""
    newest: dict[str, Seen] = {}
    sized = next((f for f in ranked if f.authority > 0 and f["coefficient"] is not None), top)
    for fact in ranked:
        old = (sized.valid_from - fact.valid_from).days > evidence.limits.range_years * 365.25
        if fact.authority > 0 and fact.holds and fact["coefficient"] is not None and fact["unit"] == top["unit"] and not old:
            newest.setdefault(issuer(evidence, fact), fact)
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
        self._known: dict[str, tuple[Demand, tuple[Step, ...]]] = {}
        self.stated: dict[str, list[Seen]] = defaultdict(list)
        for fact in evidence.all("FEEDS"):
            self.stated[fact.start].append(fact)
        for feed in self.feeds:
            self._from[feed.upstream].append(feed)
            self._into[feed.downstream].append(feed)

    def consumers(self, node: str) -> list[Coefficient]:
        """FEEDS out of the node; out of its variants where the node itself does not feed that consumer."""
        found = list(self._from[node])
        for variant in self.evidence.family(node)[1:]:  # substitutes: a consumer of two of them takes the one or the other
            fed = {c.downstream for c in found}
            found += [c for c in self._from[variant] if c.downstream not in fed]
        return found

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
        """D of a node and how it comes about."""
        if node not in self._known:
            self._known[node] = self._demand(node)
        return self._known[node]

    def _demand(self, node: str) -> tuple[Demand, tuple[Step, ...]]:
        unit, uses = self.unit(node), self.uses(node)
        steps = [step for use in uses for step in self._steps(use, unit)] or self._unlooked(node)
        partial = any(self.supplies.of(use.feed.downstream).partial for use in uses)  # a lower bound of demand too
        return total(uses, unit, partial or (bool(steps) and not uses)), tuple(steps)

    def _steps(self, use: Use, unit: str) -> Iterator[Step]:
        if bad(use.feed.fact):
            yield self._bad(use.feed)
        yield self._unsized(use) if use.amount is None else self._step(use, unit)

    def unlooked(self, node: str) -> list[str]:
        """Names of what would take it and nobody has looked at, where nothing that takes it is known to stand."""
        if self.uses(node):
            return []
        takers = (n for n in dict.fromkeys(c.downstream for c in self.consumers(node)) if not self.evidence.nodes[n].boundary)
        return [self.evidence.nodes[n].name for n in takers if self.supplies.of(n).state == "unknown"]

    def _unlooked(self, node: str) -> list[Step]:
        """No demand is known then, which is not none."""
        names = self.unlooked(node)
        return [Step("demand.unlooked", f"{'、'.join(names)} 待核: 是否需要它未知",
                     f"nobody has looked at {', '.join(names)}: whether they take it is unknown")] if names else []

    def uses(self, node: str) -> list[Use]:
        """What each local consumer takes of the node at full run: D is their sum."""
        unit, out = self.unit(node), []
        for feed in self.consumers(node):
            if self.local(feed.downstream):
                size, size_unit = self._size(feed)
                out.append(Use(feed, size, size_unit, taken(feed, size, unit, size_unit)))
        return out

    def per_unit(self, feed: Coefficient) -> float | None:
        """Upstream's unit for one of downstream's; None where it is unknown or does not convert."""
        return taken(feed, 1.0, self.unit(feed.upstream), self.unit(feed.downstream))

    def unit(self, node: str) -> str:
        return self.supplies.of(node).unit or self.evidence.nodes[node].unit

    def _size(self, feed: Coefficient) -> tuple[float | None, str]:
        """Gross S of a consumer, less its variants that have a FEEDS of their own from here."""
        supply = self.supplies.of(feed.downstream)
        if supply.gross is None:
            return None, supply.unit
        apart = (self.supplies.of(variant) for variant in self.apart(feed))
        return max(supply.gross - sum(into(s.gross, s.unit, supply.unit) or 0.0 for s in apart), 0.0), supply.unit

    def apart(self, feed: Coefficient) -> list[str]:
        """The nearest variants of a consumer that are fed themselves: what lies below these is in them."""
        fed, out, waiting = {c.downstream for c in self._from[feed.upstream]}, list[str](), [feed.downstream]
        while waiting:
            below = self.evidence.variants.get(waiting.pop(), ())
            out += [v for v in below if v in fed]
            waiting += [v for v in below if v not in fed]
        return out

    def _step(self, use: Use, unit: str) -> Step:
        feed, name = use.feed, self.evidence.nodes[use.feed.downstream].name
        product = f"{feed.used:.6g} {feed.unit} × {use.size:.6g} {use.unit} = {use.amount:.6g} {unit}"
        spread = "" if feed.low == feed.high else f" [{feed.low:.6g}–{feed.high:.6g}]"
        year = stated(feed.fact)
        return Step("demand", f"需求 {name}: {product} ({year[0]}单耗{spread})",
                    f"demand of {name}: {product} (coefficient {year[1]}{spread})", *feed.cited)

    def _bad(self, feed: Coefficient) -> Step:
        name, value = self.evidence.nodes[feed.downstream].name, float(feed.fact["coefficient"])
        return Step("coefficient.bad", f"{name} 的单耗 {value:.6g} {feed.unit} 不大于 0, 按未知处理",
                    f"coefficient of {name}, {value:.6g} {feed.unit}, is not above 0: taken as unknown",
                    (feed.fact.id,), (feed.fact.source,))

    def _unsized(self, use: Use) -> Step:
        name, (zh, en) = self.evidence.nodes[use.feed.downstream].name, why_unknown(use)
        return Step("demand.unknown", f"{name} 需要它, 数量未知: {zh}", f"{name} takes it, amount unknown: {en}",
                    (use.feed.fact.id,), (use.feed.fact.source,))

    def essential(self, node: str) -> list[Coefficient]:
        """FEEDS to what stands here and cannot do without it."""
        return [c for c in self.neighbours(node)[1] if c.essential and self.local(c.downstream) and c.downstream != node]

    def fed(self, node: str) -> list[Coefficient]:
        return [c for c in self.neighbours(node)[0] if self.local(c.upstream) and c.upstream != node]

    def conversion(self, node: str) -> float | None:
        """就地转化率 of a node; None where S or D is unknown or bounded from below, and where all is used outside the chain."""
        supply, (demand, _) = self.supplies.of(node), self.of(node)
        inside = any(not self.evidence.nodes[c.downstream].boundary for c in self.consumers(node))
        if not supply.value or demand.used is None or supply.partial or not inside:
            return None
        return ratios.conversion(supply.value, demand.used)

    def thin(self, node: str) -> tuple[Amount, Step] | None:
        """What feeds this node and is hardly used here: conversion D/S below the limit; the amount that leaves."""
        worst: tuple[float, Amount, Step] | None = None
        for feed in (f for f in self._into[node] if f.upstream != node and self.local(node) and self.local(f.upstream)):
            share, supply, (demand, _) = self.conversion(feed.upstream), self.supplies.of(feed.upstream), self.of(feed.upstream)
            if share is None or share >= self.evidence.limits.conversion or (worst and share >= worst[0]):
                continue
            leaving = Amount((supply.value or 0.0) - (demand.used or 0.0), supply.unit)
            name = self.evidence.nodes[feed.upstream].name
            worst = (share, leaving, Step(
                "thin", f"{name} 就地转化率 {share:.0%}, 外流 {leaving.value:.6g} {leaving.unit}",
                f"{share:.0%} of {name} is used here, {leaving.value:.6g} {leaving.unit} leaves"))
        return None if worst is None else worst[1:]


def total(uses: Iterable[Use], unit: str, bound: bool = False) -> Demand:
    """What the uses add up to, with the range of their coefficients; of unknown size where one is, or all are a ``bound``."""
    low = high = used = 0.0
    for use in uses:
        if use.amount is None or use.feed.used is None:
            bound = True
            continue
        each = use.amount / use.feed.used
        low += (use.feed.low if use.feed.low is not None else use.feed.used) * each
        high += (use.feed.high if use.feed.high is not None else use.feed.used) * each
        used += use.feed.used * each
    return Demand(None, None, None, unit, used or None) if bound else Demand(low, high, used, unit)


def why_unknown(use: Use) -> tuple[str, str]:
    """Why the amount of a use is unknown."""
    if use.size is None:
        return "其产能待核", "its size is unknown"
    if use.feed.used is None:
        return "没有单耗", "no coefficient"
    known = f"{use.feed.used:.6g} {use.feed.unit}"
    return f"单耗 {known} 的单位不能换算", f"the coefficient {known} does not convert"


def taken(feed: Coefficient, size: float | None, unit: str, size_unit: str) -> float | None:
    """coefficient × size in the upstream's unit; None where either is unknown or they do not convert."""
    if feed.used is None or size is None:  # before the units are compared: reading odd ones takes a while
        return None
    times = per(feed.unit, unit, size_unit)
    return None if times is None else feed.used * times * size


def coverage(amount: float | None, demand: Demand) -> Range | None:
    """S/D low, high and used; None where either is unknown or nothing is demanded."""
    if amount is None or demand.used is None or demand.low is None or demand.high is None:
        return None
    used = ratios.coverage(amount, demand.used)
    if used is None:
        return None
    return Range(ratios.coverage(amount, demand.high), ratios.coverage(amount, demand.low), used)
