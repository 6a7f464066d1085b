"""Who introduces us to a firm: ties weighed by kind, age and degree, the best ways with different brokers, read aloud."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
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
FARTHEST = 9
"""Ties away that the nearest way is looked for where none is short enough."""


@dataclass(frozen=True, slots=True)
class Link:
    """A believed tie between two keys (``label/id``); ``one`` states it. Two facts where two firms invest in one project."""

    one: str
    other: str
    kind: str
    facts: tuple[Seen, ...]
    day: date

    def beyond(self, key: str) -> str:
        return self.other if key == self.one else self.one


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
    """One way; ``p`` is the product over its hops of ``p`` × ``passed``, ``loss`` is −ln of it.

    ``broker`` is who of ours, or next to the unit, is asked; ``asked`` is its label and id.
    """

    broker: str
    asked: str
    p: float
    loss: float
    hops: tuple[Hop, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    """``state``: found, here (it lies or makes something here: nobody need introduce us), far (``nearest`` ties away, more than were
    allowed), none (``nearest`` is None: none within 9), or unsearched (none was found, but not every tie was looked at: the notes say which).

    ``nearest`` is None where a way was found. ``asked`` is the broker to be asked when all firms are served at once under the
    cap; ``only_door``: every tie was looked at, and no other way of so few ties is known.
    """

    id: str
    firm: str
    state: str
    nearest: int | None
    ways: tuple[Introduction, ...]
    asked: str | None = None
    only_door: bool = False


@dataclass(frozen=True, slots=True)
class Introductions:
    """Answer to: who introduces us to these firms? ``loss`` is Σ −ln p over those served under the cap, ``free`` that of
    the same firms without it."""

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


def state(row: IntroductionRow, hops: int) -> tuple[tuple[str, str], ...]:
    """Why a row has no way of at most ``hops`` ties, in words; () where it has one."""
    return {"found": (), "here": (("已在本地, 不必引荐", "here already, nobody need introduce us"),),
            "far": ((f"{hops} 步之内没有引荐路径, 最近的要 {row.nearest} 步",
                     f"no introduction path within {hops} hops; the nearest takes {row.nearest}"),),
            "none": ((f"{FARTHEST} 步之内没有已知的引荐路径", f"no introduction path is known within {FARTHEST} hops"),),
            "unsearched": (("查过的关系里没有引荐路径, 但并非每条都查过",
                            "no introduction path among the ties looked at, but not all were"),)}[row.state]


@dataclass(slots=True)
class Web:
    """What was found around one firm: the best link each way, degrees, and who of it is ours.

    ``hubs`` are not passed but for their ties to us; ``asked``: of how many hubs these were looked for, and how many of ours
    a tie farther were left out; ``cut``: firms whose ties were not looked at.
    """

    settings: Ties
    as_of: date
    degree: Mapping[str, int]
    ours: set[str] = field(default_factory=set)
    best: dict[tuple[str, str], tuple[float, Link]] = field(default_factory=dict)
    hubs: set[str] = field(default_factory=set)
    asked: tuple[int, int] = (0, 0)
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

    def ways(self, without: str = "") -> dict[str, dict[str, float]]:
        """Us are only where a way begins: whoever of ours stands nearer is asked himself."""
        out: dict[str, dict[str, float]] = {}
        beyond = {one: cost(passing(self.degree.get(one, 1))) for one in {one for one, _ in self.best}}
        for (one, other), (spent, _) in self.best.items():
            if other not in self.ours and without not in (one, other):
                out.setdefault(one, {})[other] = round(spent + beyond[one], 9)
        return out


def ways_to(web: Web, target: str, k: int, unit: str | None = None) -> list[tuple[float, tuple[str, ...]]]:
    """Cost and keys of the best ``k`` with different brokers, from ours or from ``unit`` (whose own ties all count alike)."""
    hops = int(web.settings.hops)
    if unit is None:
        starts = dict.fromkeys(sorted(web.ours - {target}), 0.0)
        return best_ways(web.ways(), starts, target, k, hops)
    starts = {other: spent for (one, other), (spent, _) in web.best.items() if one == unit}
    return [(c, (unit, *way)) for c, way in best_ways(web.ways(unit), starts, target, k, hops - 1)]


def named_on(web: Web, way: Sequence[str]) -> set[str]:
    """Keys whose names are read aloud: who is on the way, and projects that two of them invest in."""
    links = [web.best[pair][1] for pair in itertools.pairwise(way)]
    return {*way, *(f"Project/{link.facts[0].end}" for link in links if link.kind == "invests")}


def introduction(web: Web, spent: float, way: tuple[str, ...], unit: str | None, names: Mapping[str, str]) -> Introduction:
    """A way told with its evidence; ``spent`` is its cost."""
    hops = tuple(_hop(web, pair, pair[0] == unit, names) for pair in itertools.pairwise(way))
    broker = way[1] if unit and len(way) > 2 else way[0]
    zh = f"请{names[broker]}引荐: " + "; ".join(h.evidence[0].text for h in hops)
    en = f"ask {names[broker]} to introduce us: " + "; ".join(h.evidence[0].en for h in hops)
    return Introduction(names[broker], broker, _short(math.exp(-spent)), spent, hops, zh, en)


def _short(p: float) -> float:
    """Six digits that say something: a long way is improbable and not impossible."""
    return float(f"{p:.6g}")


def _hop(web: Web, pair: tuple[str, str], own: bool, names: Mapping[str, str]) -> Hop:
    link, degree = web.best[pair][1], web.degree.get(pair[0], 1)
    passed = 1.0 if own else _short(passing(degree))
    return Hop(names[pair[0]], names[pair[1]], link.kind, getattr(web.settings, link.kind), web.years(link),
               _short(web.p(link)), degree, passed, tuple(_cited(link, fact, names, web.as_of) for fact in link.facts))


def _cited(link: Link, fact: Seen, names: Mapping[str, str], as_of: date) -> Cited:
    zh, en = _told(link, names, as_of)
    return Cited(link.kind, f"{zh} ({fact.valid_from})", f"{en} ({fact.valid_from})", fact.source, fact.valid_from,
                 fact.known_from, fact.id)


def _told(link: Link, names: Mapping[str, str], as_of: date) -> tuple[str, str]:
    fact, one, other = link.facts[0], names[link.one], names[link.other]
    if link.kind == "supplies":
        what = fact["product"] or fact["node"] or ""
        plain = what if what.isascii() else ""  # what only a Chinese text names stays out of an English sentence
        if fact["until"] and fact["until"] < as_of:
            return (f"{one}曾向{other}供货{what and f' ({what})'}, 至 {fact['until']} 已到期",
                    f"{one} supplied {other}{plain and f' ({plain})'} until {fact['until']}")
        return f"{one}向{other}供货{what and f' ({what})'}", f"{one} supplies {other}{plain and f' ({plain})'}"
    if link.kind == "owns":
        share = "" if fact["share"] is None else f" {fact['share']:.6g} %"
        return f"{one}持有{other}{share}", f"{one} owns{share and share + ' of'} {other}"
    if link.kind == "invests":
        project = names[f"Project/{fact.end}"]
        return f"{one}与{other}共同投资 {project}", f"{one} and {other} both invest in {project}"
    zh, en = KINDS[link.kind]
    if link.kind in LASTING:
        return f"{one}是{other}的{zh}", f"{one} is the {en} of {other}"
    return f"{one}结识{other} (关系: {zh})", f"{one} knows {other} (tie: {en})"


STEP = 1000.0
"""More than any way costs: a firm of a better class is served before one of a worse, whatever the ways."""


def spread(rows: Sequence[IntroductionRow], cap: int, classes: Mapping[str, int]) -> dict[str, Introduction]:
    """Id of a firm → the way that is taken under the cap: as many as can be, of them those of the least ``classes`` (0 where not
    named), of these the greatest product. One that reaches the firm by itself is a broker too."""
    ways = {row.id: {way.asked: way for way in row.ways} for row in rows}
    costs = {firm: {broker: way.loss + STEP * classes.get(firm, 0) for broker, way in found.items()} for firm, found in ways.items()}
    return {firm: ways[firm][broker] for firm, broker in shared_out(costs, cap).items()}


def loss(chosen: Mapping[str, Introduction], of: Collection[str]) -> float:
    """Σ −ln p of these firms."""
    return round(sum(way.loss for firm, way in chosen.items() if firm in of), 6)
