"""A chain at every moment that a store tells of, and as if some of the facts had not been stated."""

from __future__ import annotations

from dataclasses import replace

from analysis.causes import Event, Moment, events
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.fetch import evidence
from queries.moving import Memory

_STRUCTURE = ("PART_OF", "VARIANT_OF", "FEEDS", "WITHIN")
"""Edges that decide what is fetched at all."""
Without = frozenset[str]
NONE: Without = frozenset()


class Moments:
    """Engines by moment, each made once. What is asked of the store is asked once, with the clocks of ``last``."""

    def __init__(self, store: Store, settings: Settings, last: Asked, chain: str) -> None:
        self.settings, self.chain = settings, chain
        self.memory = Memory(store, last)
        self._evidence: dict[tuple[Moment, Without], Evidence] = {}
        self._engines: dict[tuple[Moment, Without], GapEngine] = {}
        self.last = self._asked(Moment(last.as_of, last.known_by), NONE)
        self.structure = {f.id for f in self.memory.facts().values() if f.edge in _STRUCTURE}

    def between(self, before: Moment, after: Moment) -> tuple[Event, ...]:
        return events(self.memory.facts().values(), before, after)

    def engine(self, at: Moment, without: Without = NONE) -> GapEngine:
        if (at, without) not in self._engines:
            self._engines[at, without] = GapEngine(self._lacking(at, without) if without else self._asked(at, NONE))
        return self._engines[at, without]

    def _asked(self, at: Moment, without: Without) -> Evidence:
        """The evidence as a fresh question would fetch it."""
        if (at, without) not in self._evidence:
            reader = self.memory.at(at.as_of, at.known_by, without)
            self._evidence[at, without] = evidence(reader, self.settings, [self.chain])
        return self._evidence[at, without]

    def _lacking(self, at: Moment, without: Without) -> Evidence:
        """Evidence that lacks some facts. Unless they are structure, only ``nearby`` has to be asked again, where it matters."""
        if without & self.structure:
            return self._asked(at, without)
        whole = self._asked(at, NONE)
        facts = {edge: tuple(f for f in found if f.id not in without) for edge, found in whole.facts.items()}
        return replace(whole, facts=facts, nearby=lambda node: self._asked(at, without).nearby(node))
