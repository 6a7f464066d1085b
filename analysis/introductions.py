"""Who introduces us to a firm: ties weighed by kind, age and degree, the best ways with different brokers, read aloud."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.cited import Cited
from analysis.parts import Source
from formulas.introducing import best_ways, cost, decayed, passing, shared_out
from graph.clocks import Seen
from graph.model import TIES
from graph.settings import Ties

LASTING = frozenset({"owns", "seat", "shareholder"})
"""Ties that are a state and do not fade: who owns a firm needs no renewal."""
KINDS = {"supplies": ("供货", "supplies"), "owns": ("持股", "owns"), "invests": ("共同投资", "invests with"),
         **{id: (zh, en) for id, zh, en in TIES}}


@dataclass(frozen=True, slots=True)
class Link:
    """A believed tie between two keys (``label/id``); ``one`` states it. Two facts where two firms invest in one project."""

    one: str
    other: str
    kind: str
    facts: tuple[Seen, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Hop:
    """``p`` = strength × decay; ``degree`` ties of ``start`` of which this is one, ``passed`` what that leaves of it."""

    start: str
    end: str
    kind: str
    strength: float
    years: float
    p: float
    degree: int
    passed: float
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """One way; ``p`` is the product over its hops of ``p`` × ``passed``. ``broker`` is who of ours, or next to the unit, is asked."""

    broker: str
    p: float
    hops: tuple[Hop, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    """``state``: found, far (``nearest`` ties away, more than were allowed) or none (``nearest`` is None: none within 9).

    ``asked`` is the broker who is to be asked when all firms are served at once under the cap; ``only_door``: no other is known.
    """

    firm: str
    state: str
    nearest: int | None
    ways: tuple[Introduction, ...]
    asked: str | None = None
    only_door: bool = False


@dataclass(frozen=True, slots=True)
class Introductions:
    """Answer to: who introduces us to these firms? ``loss`` is Σ −ln p over all served; ``free`` without the cap."""

    question: str
    region: str
    about: str
    as_of: date
    known_by: date
    audience: str
    unit: str | None
    cap: int | None
    rows: tuple[IntroductionRow, ...]
    loss: float | None
    free: float | None
    unserved: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Web:
    """What was found around a firm: the best link each way, degrees, names, and who of it is ours."""

    settings: Ties
    as_of: date
    best: dict[tuple[str, str], tuple[float, Link]] = field(default_factory=dict)
    degree: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ours: set[str] = field(default_factory=set)
    hubs: set[str] = field(default_factory=set)
    cut: int = 0

    def add(self, link: Link) -> None:
        """Acquaintance runs both ways between firms; a channel or a team introduces and is not introduced to."""
        spent = cost(self.p(link))
        for pair in ((link.one, link.other), (link.other, link.one)):
            if not pair[1].startswith("Firm/"):
                continue
            known = self.best.get(pair)
            if known is None or (spent, link.facts[0].id) < (known[0], known[1].facts[0].id):
                self.best[pair] = (spent, link)

    def years(self, link: Link) -> float:
        return round(max((self.as_of - link.day).days, 0) / 365.25, 2)

    def p(self, link: Link) -> float:
        strength: float = getattr(self.settings, link.kind)
        return max(strength if link.kind in LASTING else decayed(strength, self.years(link), self.settings.half_life), 1e-12)

    def spent(self, pair: tuple[str, str]) -> float:
        """Cost of a tie from its start, who has many or few."""
        return round(self.best[pair][0] + cost(passing(self.degree.get(pair[0], 1))), 9)

    def ways(self, without: str = "") -> dict[str, dict[str, float]]:
        """Us are only where a way begins: whoever of ours stands nearer is asked himself."""
        out: dict[str, dict[str, float]] = {}
        for one, other in self.best:
            if other not in self.ours and without not in (one, other):
                out.setdefault(one, {})[other] = self.spent((one, other))
        return out


def ways_to(web: Web, target: str, k: int, unit: str | None = None) -> tuple[Introduction, ...]:
    """The best ``k`` with different brokers, from ours or from ``unit`` (whose own ties all count alike)."""
    hops = int(web.settings.hops)
    if unit is None:
        starts = dict.fromkeys(sorted(web.ours - {target}), 0.0)
        found = best_ways(web.ways(), starts, target, k, hops)
    else:
        starts = {other: spent for (one, other), (spent, _) in web.best.items() if one == unit}
        found = [(c, (unit, *way)) for c, way in best_ways(web.ways(unit), starts, target, k, hops - 1)]
    return tuple(_introduction(web, way, unit) for _, way in found)


def _introduction(web: Web, way: tuple[str, ...], unit: str | None) -> Introduction:
    hops = tuple(_hop(web, pair, pair[0] == unit) for pair in itertools.pairwise(way))
    p = 1.0
    for hop in hops:
        p *= hop.p * hop.passed
    broker = web.names[way[1] if unit and len(way) > 2 else way[0]]
    zh = f"请{broker}引荐: " + "; ".join(h.evidence[0].text for h in hops)
    en = f"ask {broker} to introduce us: " + "; ".join(h.evidence[0].en for h in hops)
    return Introduction(broker, round(p, 6), hops, zh, en)


def _hop(web: Web, pair: tuple[str, str], own: bool) -> Hop:
    link, degree = web.best[pair][1], web.degree.get(pair[0], 1)
    passed = 1.0 if own else round(passing(degree), 6)
    return Hop(web.names[pair[0]], web.names[pair[1]], link.kind, getattr(web.settings, link.kind), web.years(link),
               round(web.p(link), 6), degree, passed, tuple(_cited(web, link, fact) for fact in link.facts))


def _cited(web: Web, link: Link, fact: Seen) -> Cited:
    one, other = web.names[link.one], web.names[link.other]
    zh, en = _told(link, one, other)
    return Cited(link.kind, f"{zh} ({fact.valid_from})", f"{en} ({fact.valid_from})", fact.source, fact.valid_from,
                 fact.known_from, fact.id)


def _told(link: Link, one: str, other: str) -> tuple[str, str]:
    fact = link.facts[0]
    if link.kind == "supplies":
        what = fact["product"] or fact["node"] or ""
        return f"{one}向{other}供货{what and f' ({what})'}", f"{one} supplies {other}{what and f' ({what})'}"
    if link.kind == "owns":
        share = "" if fact["share"] is None else f" {fact['share']:.6g} %"
        return f"{one}持有{other}{share}", f"{one} owns{share and share + ' of'} {other}"
    if link.kind == "invests":
        return f"{one}与{other}共同投资 {fact.end}", f"{one} and {other} both invest in {fact.end}"
    zh, en = KINDS[link.kind]
    return f"{one}结识{other} (关系: {zh})", f"{one} knows {other} (tie: {en})"


def spread(rows: Sequence[IntroductionRow], cap: int) -> tuple[dict[str, str], dict[str, dict[str, Introduction]]]:
    """Firm → broker under the cap; and for each firm its ways by broker. One that reaches the firm by itself is a broker too."""
    ways = {row.firm: {way.broker: way for way in row.ways} for row in rows}
    costs = {firm: {b: cost(max(w.p, 1e-12)) for b, w in found.items()} for firm, found in ways.items()}
    return shared_out(costs, cap), ways


def loss(chosen: Mapping[str, str], ways: Mapping[str, Mapping[str, Introduction]]) -> float:
    return round(sum(cost(max(ways[firm][broker].p, 1e-12)) for firm, broker in chosen.items()), 6)
