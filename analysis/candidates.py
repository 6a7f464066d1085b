"""From facts to target firms: who may be sought for a node, and what each fact about such a firm is evidence of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from analysis.cited import Cited
from analysis.compare import Reading
from analysis.evidence import Evidence
from analysis.evidence_words import Words, cited, listed
from analysis.expanding import Expanding
from analysis.gaps import GapEngine
from analysis.owners import Kin, Owners, Parents
from analysis.parts import Amount
from analysis.pieces import stated_once
from analysis.power import cheap, unknown
from analysis.shares import Sizes
from analysis.targets import Both, Excluded, Talk, Target
from graph.clocks import Seen
from graph.grading import KINDS, TIED, Grading

Found = dict[str, list[Cited]]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beyond the region: believed facts, and of firms their names, stock codes and whether 500-largest.

    ``local``: firms with a plant or their seat here; ``makes_here``: the chain nodes their plants here make. ``parents``: who owns them,
    however far up. A card's ``stated`` is the source of what it says, None where none is known. ``power``: what it costs here or in a wider
    region, in the scope that regions are compared by; ``power_nodes``: names of nodes that take much of it.
    """

    makers: tuple[Seen, ...]
    supplies: tuple[Seen, ...]
    knows: tuple[Seen, ...]
    contacts: tuple[Seen, ...]
    owners: Owners
    parents: Parents
    cards: Mapping[str, Mapping[str, Any]]
    local: frozenset[str]
    makes_here: Mapping[str, frozenset[str]]
    power: Reading
    power_nodes: frozenset[str]
    inferred: Mapping[str, Mapping[str, Cited]]
    """Node → firm → adjacent capability."""


class _Gone(NamedTuple):
    id: str
    why: str
    cited: Cited


class Candidates:
    """The firms that may be sought for one node."""

    def __init__(self, engine: GapEngine, around: Around, grading: Grading, node: str) -> None:
        self.engine, self.around, self.grading, self.node = engine, around, grading, node
        self.evidence: Evidence = engine.evidence
        self.family = frozenset(engine.evidence.family(node))
        self.words = Words(engine.evidence, engine.projects, around.cards)
        self.expanding = Expanding(engine.evidence, engine.projects, self.words, self.family)
        self.name, self.unit = engine.evidence.nodes[node].name, engine.evidence.nodes[node].unit

    def targets(self) -> list[Target]:
        """Each candidate that is not here already, not yet graded."""
        gone = {e.id for e in self._excluded}
        return [self._target(firm, found) for firm, found in sorted(self._found.items()) if firm not in gone]

    def talks(self) -> list[Talk]:
        return [Talk(self.words.firm(f.end), self.name, f.start, f["stage"] or "", f["next_step"] or "", f["first"], f.valid_from, f["person"] or "",
                     f.end) for f in self.around.contacts if f["node"] in self.family]

    def excluded(self) -> list[Excluded]:
        return [Excluded(self.words.firm(e.id), self.name, e.why, e.cited, e.id) for e in self._excluded]

    # --- Who.
    @cached_property
    def _found(self) -> Found:
        """Firm → what speaks for it; a firm without any is no candidate."""
        out: Found = defaultdict(list)
        for fact in self._elsewhere:
            out[fact.start].append(self.words.makes(fact))
        for firm, expansion in self.expanding.recent(self.grading.months):
            out[firm].append(expansion)
        for fact in self.around.supplies:
            self._supply(fact, out)
        for fact in self.around.contacts:
            if fact["node"] in self.family:
                out[fact.end].append(self.words.contact(fact))
        for fact in self.around.knows:
            if fact["node"] in self.family:  # the customer library lists it for this node, whether somebody talks to it or not
                out[fact.end] += []
        for firm, inferred in self.around.inferred.get(self.node, {}).items():
            out[firm].append(inferred)
        for firm in sorted(self._heads - out.keys()):
            out[firm] = []
        for firm in out:
            out[firm] += self._more(firm, {c.kind for c in out[firm]})
        return {firm: found for firm, found in out.items() if firm in self.around.cards}

    @cached_property
    def _heads(self) -> set[str]:
        """Parents from elsewhere of firms here. A firm that is known to make things here, but none of this node's chains, brings none."""
        chains = set(self.evidence.chains_of.get(self.node, ()))

        def near(local: str) -> bool:
            made = self.around.makes_here.get(local, ())
            return not made or any(chains.intersection(self.evidence.chains_of.get(node, ())) for node in made)

        return {firm for firm, kin in self.around.parents.items() if firm not in self.around.local and any(near(k.local) for k in kin)}

    @cached_property
    def _elsewhere(self) -> list[Seen]:
        return [f for f in self.around.makers if f.end in self.family and f["region"] not in self.evidence.regions
                and (f["state"] or "operating") == "operating"]

    @cached_property
    def _past(self) -> list[Seen]:
        """Supplies to and from firms here that have ended."""
        return [f for f in self.around.supplies if self._ended(f) and self.around.local & {f.start, f.end}]

    def _ended(self, fact: Seen) -> bool:
        return fact["until"] is not None and fact["until"] < self.evidence.as_of

    def _supply(self, fact: Seen, out: Found) -> None:
        """Who sells the node to a firm here; who buys from a firm here what the node is made of."""
        if self._ended(fact):
            return
        if fact["node"] in self.family and fact.end in self.around.local and fact.start not in self.around.local:
            out[fact.start].append(self.words.supplies(fact))
        if fact["node"] in self._inputs and fact.start in self.around.local and fact.end not in self.around.local:
            out[fact.end].append(self.words.customer(fact))

    @cached_property
    def _inputs(self) -> frozenset[str]:
        return frozenset(m for n in self.family for c in self.engine.demands.neighbours(n)[0] for m in self.evidence.family(c.upstream))

    # --- What else speaks for it.
    def _more(self, firm: str, kinds: set[str]) -> list[Cited]:
        out = [self.words.knows(f) for f in self._ties(firm)]
        if "contact" not in kinds:
            out += [self.words.contact(f) for f in self.around.contacts if f.end == firm]
        out += [piece for kin in self._kin(firm) for piece in self.words.kin(kin)]
        if kinds & {"makes", "expands"}:
            out += self._surplus + self._factors
        return out + self._listed(firm)

    def _ties(self, firm: str) -> list[Seen]:
        """Who knows it, each way of knowing once: a tie that the library lists for several nodes is that of this node, else the newest."""
        ties = sorted((f for f in self.around.knows if f.end == firm), key=lambda f: (f["node"] in self.family, f.valid_from, f.id))
        return list({(f.start, f["tie"]): f for f in ties}.values())

    def _kin(self, firm: str) -> list[Kin]:
        """The firms here that it owns, however far down; else the nearest one of its group, which speaks for a firm but makes it no
        candidate by itself."""
        below = self.around.parents.get(firm, [])
        sister = None if below or firm in self.around.local else self.around.owners.sister(firm, self.around.parents, self.around.local)
        return [sister] if sister else list(below)

    @cached_property
    def _surplus(self) -> list[Cited]:
        """Inputs of which more is made than is used here, as for ``surplus`` (nobody here using any is the extreme of it), with the fact
        behind the first step of their supply."""
        out = []
        for input in sorted(self._inputs & set(self.evidence.nodes)):
            supply, (demand, _) = self.engine.supplies.of(input), self.engine.demands.of(input)
            fact = next((f for s in supply.steps for id in s.facts if (f := self._facts.get(id))), None)
            spare = supply.state == "known" and demand.used is not None and (supply.value or 0.0) > self.evidence.limits.balanced * demand.used
            if fact and spare:
                name = self.evidence.nodes[input].name
                out.append(cited("surplus", f"本地 {name} 富余, 是 {self.name} 的投入",
                                       f"{name}, an input of {self.name}, is in surplus here", fact))
        return out

    @cached_property
    def _facts(self) -> dict[str, Seen]:
        return {f.id: f for edge in ("REPORTS", "MAKES", "ADDS", "REACHES") for f in self.evidence.facts.get(edge, ())}

    @cached_property
    def _hungry(self) -> bool:
        return self.name in self.around.power_nodes

    @cached_property
    def _factors(self) -> list[Cited]:
        return cheap(self.around.power, self.name, self.grading.power_price) if self._hungry else []

    def _listed(self, firm: str) -> list[Cited]:
        card = self.around.cards.get(firm, {})
        return listed(card, self.evidence) if card else []

    # --- One firm.
    def _target(self, firm: str, found: list[Cited]) -> Target:
        capacity = self._sizes.of(firm)
        talks = sorted((f for f in self.around.contacts if f.end == firm and f["node"] in self.family),
                       key=lambda f: (f["began"] or f["first"] or f.valid_from, f.start))
        told = tuple(sorted(set(found), key=lambda c: (list(KINDS).index(c.kind), -c.valid_from.toordinal(), c.text, c.fact)))
        owner = talks[0].start if talks else None
        return Target(self.words.firm(firm), self.name, "", ("", ""), told, self._against(firm), self._unknown(firm, capacity, found), (), capacity,
                      self._share(capacity), owner, tuple(dict.fromkeys(f.start for f in talks if f.start != owner)), firm,
                      capacity is None and firm in self._sizes.told)

    @cached_property
    def _sizes(self) -> Sizes:
        """What firms make of it elsewhere."""
        return self._sized(self._elsewhere)

    @cached_property
    def _total(self) -> float:
        """What all known makers make, those here too."""
        running = [f for f in self.around.makers if f.end in self.family and (f["state"] or "operating") == "operating"]
        return self._sized(running).together(self.around.owners)

    def _sized(self, facts: list[Seen]) -> Sizes:
        plants = [f for f in facts if not self.words.wide(f["region"])]
        return Sizes(stated_once(self.evidence, plants), [f for f in facts if self.words.wide(f["region"])], self.unit)

    def _share(self, capacity: Amount | None) -> float | None:
        return None if capacity is None or capacity.value is None or not self._total else float(f"{capacity.value / self._total:.9g}")

    def _against(self, firm: str) -> tuple[Cited, ...]:
        stopped = [self.words.stopped(self.name, f)
                   for f in self.around.makers if f.start == firm and f.end in self.family and f["state"] == "stopped"]
        return tuple(sorted([*stopped, *self.expanding.against(firm)], key=lambda c: (c.kind, c.valid_from, c.text, c.fact)))

    def _unknown(self, firm: str, capacity: Amount | None, found: Iterable[Cited]) -> tuple[Both, ...]:
        kinds = {c.kind for c in found}
        out: list[Both] = []
        if capacity is None and kinds & {"makes", "expands"}:
            other = (f"有数, 但换算不成 {self.unit}", f"a figure, not in {self.unit}")
            zh, en = other if firm in self._sizes.told else ("未见公开数据", "no public figure")
            out.append((f"产能: {zh}", f"capacity: {en}"))
        if not kinds.intersection(TIED) and firm not in self.around.local:
            past = max((f["until"] for f in self._past if firm in (f.start, f.end)), default=None)
            out.append((f"与本地的联系: 供货至 {past} 已到期", f"ties with us: a supply that ended on {past}") if past else
                       ("与本地的联系: 未见", "ties with us: none known"))
        if self._hungry and self.around.power.value is None:
            out.append(unknown(self.around.power))
        return (*out, *self.expanding.postponed.get(firm, ()))

    # --- Who is here already.
    @cached_property
    def _excluded(self) -> list[_Gone]:
        here = [_Gone(f.start, "here", self.words.here(self.name, f))
                for f in self.evidence.sure("MAKES") if f.end in self.family and f["region"] in self.evidence.regions
                and (f["state"] or "operating") == "operating"]
        coming = [_Gone(*one) for one in self.expanding.here()]
        first: dict[str, _Gone] = {}
        for gone in (*here, *coming):
            first.setdefault(gone.id, gone)
        kin = {self.evidence.group(firm): gone for firm, gone in sorted(first.items(), reverse=True)}
        for firm in self._found:
            near = kin.get(self.evidence.group(firm))
            if firm not in first and near:
                first[firm] = _Gone(firm, near.why, near.cited)
        return [gone for _, gone in sorted(first.items())]
