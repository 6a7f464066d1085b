"""What if a question were answered: facts with blanks, their fillings, and what the one engine then says near by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.demand import Demands
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.supply import Supplies
from graph.clocks import Seen
from graph.facts import Fact, Value
from graph.model import EDGE


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact that is not known whole: ``known`` are its own properties so far, ``asked`` the names of those to be told.

    ``asked`` may name ``valid_from``, the day the answer is of, and ``firm`` where nobody knows who: ``start`` is then
    ''. ``name`` is how a person writes ``start``. What else is ``known`` is what a sheet needs to place the row.
    """

    edge: str
    start: str
    name: str
    end: str
    known: tuple[tuple[str, Value], ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a gap row says of a node that a question may change."""

    verdict: str
    needed: bool
    stands: bool


def filled(evidence: Evidence, blank: Blank, **answer: Value) -> Seen:
    """The fact that an answer makes of a blank: of the asked day, above everything on its line."""
    given = {**dict(blank.known), **answer}
    edge = EDGE[blank.edge]
    own = {p.name: given.get(p.name, "" if p.type == "text" else None) for p in edge.properties}
    label = next((s for s, _ in edge.ends if s == "Region"), edge.ends[0][0])
    end = next(e for s, e in edge.ends if s == label)
    fact = Fact(blank.edge, label, blank.start, end, blank.end, own, "", "", evidence.as_of, evidence.known_by, 9)
    return Seen(blank.edge, fact.id, blank.start, blank.end, fact.line, fact.precedence, 9, True, evidence.as_of,
                evidence.known_by, "", start_label=label, own=own)


def standing(engine: GapEngine, node: str) -> Standing:
    supply = engine.supplies.of(node)
    verdict, _ = engine.verdict(node, supply, engine.demands.of(node)[0])
    return Standing(verdict, bool(engine.needed(node)), supply.stands)


class _Supposed(GapEngine):
    """The engine on evidence about a few nodes; of all others it takes the supply, and of projects all, from the base."""

    def __init__(self, base: GapEngine, near: Evidence, kin: frozenset[str], around: frozenset[str]) -> None:
        self.evidence = near
        self.projects, self.building = base.projects, base.building
        self.supplies = Supplies(near, base.projects)
        self.supplies.known |= {n: base.supplies.of(n) for n in around - kin}
        self.demands = Demands(near, self.supplies)


class Supposing:
    """Tries answers on the evidence about one node, so that a long chain with many questions is tried in seconds.

    A verdict rests on the node's supply, on who takes it and who feeds it; a fact about a node can move its supply
    and its kin's (VARIANT_OF), and with them the verdicts of their neighbours and no others.
    """

    def __init__(self, engine: GapEngine) -> None:
        self.engine = engine
        self.evidence = engine.evidence
        self._near: dict[frozenset[str], Evidence] = {}

    def after(self, nodes: frozenset[str], *facts: Seen) -> dict[str, Standing]:
        """What the engine says of these nodes and of all whose verdict they can move, were these facts about them true."""
        kin = self._kin(nodes)
        moved = self._grown(kin)
        if kin not in self._near:
            self._near[kin] = replace(self.evidence, facts=self._facts(kin, moved))
        engine = _Supposed(self.engine, _with(self._near[kin], facts), kin, self._grown(moved))
        return {n: standing(engine, n) for n in sorted(moved) if not self.evidence.nodes[n].boundary}

    @cached_property
    def now(self) -> dict[str, Standing]:
        return {n: standing(self.engine, n) for n in self.judged}

    @cached_property
    def judged(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for chain in self.evidence.chains for n in self.evidence.judged(chain)))

    def _grown(self, nodes: frozenset[str]) -> frozenset[str]:
        """Nodes with their neighbours and the kin of those."""
        feeds = self._feeds
        return self._kin({*nodes, *(end for n in nodes for f in feeds.get(n, ()) for end in (f.start, f.end))})

    def _kin(self, nodes: Iterable[str]) -> frozenset[str]:
        """Nodes with all that they are joined to by VARIANT_OF."""
        found, new = set(nodes), set(nodes)
        while new:
            new = {n for node in new for n in (*self.evidence.variants.get(node, ()), self.evidence.whole_of.get(node, ""))
                   if n and n not in found}
            found |= new
        return frozenset(found)

    @cached_property
    def _feeds(self) -> dict[str, list[Seen]]:
        """FEEDS by either end."""
        return _by(self.evidence.all("FEEDS"), lambda f: (f.start, f.end))

    def _about(self, edge: str, nodes: Iterable[str]) -> list[Seen]:
        return [f for node in nodes for f in self.evidence.about(edge, node)]

    @cached_property
    def _of(self) -> dict[str, dict[str, list[Seen]]]:
        return {edge: _by(self.evidence.all(edge), lambda f: (f.start,))
                for edge in ("MAKES", "CLAIMS", "PART_OF", "LOCATED_IN", "VARIANT_OF")}

    @cached_property
    def _owns(self) -> dict[str, list[Seen]]:
        """OWNS by group."""
        return _by(self.evidence.all("OWNS"), lambda f: (self.evidence.group(f.start),))

    def _facts(self, kin: frozenset[str], moved: frozenset[str]) -> dict[str, tuple[Seen, ...]]:
        """All that the supply of ``kin`` and the demand of ``moved`` rest on."""
        claims = _once(self._about("CLAIMS", kin))
        claimants = {f.start for f in claims}
        # the newest wanted list of a claimant is the one that counts, so its lists are read whole
        claims = _once(claims, (f for f in self._ask(self._of["CLAIMS"], claimants) if f["says"] == "wanted"))
        makes = _once(self._about("MAKES", kin), self._ask(self._of["MAKES"], claimants))
        investors = {i for u in self.engine.projects.units if u.node in kin for i in self.engine.projects.investors(u)}
        groups = {self.evidence.group(firm) for firm in {f.start for f in makes} | investors}
        return {
            "CLAIMS": claims, "MAKES": makes, "REPORTS": _once(self._about("REPORTS", kin)),
            "SURVEYS": self.evidence.all("SURVEYS"), "OWNS": _once(self._ask(self._owns, groups)),
            "PART_OF": _once(self._ask(self._of["PART_OF"], kin | {f.end for f in claims})),
            "LOCATED_IN": _once(self._ask(self._of["LOCATED_IN"], claimants)),
            "FEEDS": _once(self._ask(self._feeds, moved)), "VARIANT_OF": _once(self._ask(self._of["VARIANT_OF"], self._grown(moved)))}

    def _ask(self, facts: Mapping[str, list[Seen]], keys: Iterable[str]) -> list[Seen]:
        return [f for key in keys for f in facts.get(key, ())]


def _with(evidence: Evidence, facts: Iterable[Seen]) -> Evidence:
    more: dict[str, tuple[Seen, ...]] = {}
    for fact in facts:
        more[fact.edge] = (*more.get(fact.edge, evidence.all(fact.edge)), fact)
    return replace(evidence, facts={**evidence.facts, **more})


def _by(facts: Iterable[Seen], keys: Callable[[Seen], Iterable[str]]) -> dict[str, list[Seen]]:
    out: dict[str, list[Seen]] = {}
    for fact in facts:
        for key in keys(fact):
            out.setdefault(key, []).append(fact)
    return out


def _once(*groups: Iterable[Seen]) -> tuple[Seen, ...]:
    by_id: Mapping[str, Seen] = {f.id: f for group in groups for f in group}
    return tuple(by_id.values())
