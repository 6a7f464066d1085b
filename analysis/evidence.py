"""All visible facts about some chain nodes in one place, and what is believed of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from graph.clocks import Seen, believed
from graph.settings import Thresholds


@dataclass(frozen=True, slots=True)
class ChainNode:
    id: str
    name: str
    unit: str
    boundary: bool


@dataclass(frozen=True)
class Evidence:
    """Facts by edge as a question fetched them: visible on the day, by what was known, to the audience.

    ``parent`` is the believed WITHIN; ``regions`` is the asked region and all within it; ``chains`` are the asked
    chains, each with its nodes in the order of their places.
    """

    region: str
    regions: frozenset[str]
    parent: dict[str, str]
    as_of: date
    known_by: date
    chains: dict[str, tuple[str, ...]]
    nodes: dict[str, ChainNode]
    limits: Thresholds
    facts: dict[str, tuple[Seen, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    nearby: Callable[[str], str | None] = lambda node: None

    def judged(self, chain: str) -> tuple[str, ...]:
        """The nodes of a chain that get a verdict: boundary nodes get none."""
        return tuple(n for n in self.chains[chain] if not self.nodes[n].boundary)

    def all(self, edge: str) -> tuple[Seen, ...]:
        return self.facts.get(edge, ())

    @cached_property
    def _believed(self) -> dict[str, tuple[Seen, ...]]:
        return {edge: tuple(believed(facts)) for edge, facts in self.facts.items()}

    def sure(self, edge: str) -> tuple[Seen, ...]:
        """The believed facts of an edge, one a line."""
        return self._believed.get(edge, ())

    def name(self, id: str) -> str:
        return self.names.get(id, id)

    def inside(self, region: str, outer: str) -> bool:
        """Whether ``region`` is ``outer`` or lies within it."""
        seen: set[str] = set()
        while region and region not in seen:
            if region == outer:
                return True
            seen.add(region)
            region = self.parent.get(region, "")
        return False

    @cached_property
    def variants(self) -> dict[str, tuple[str, ...]]:
        """Direct variants of each node."""
        out: dict[str, list[str]] = {}
        for fact in self.sure("VARIANT_OF"):
            out.setdefault(fact.end, []).append(fact.start)
        return {k: tuple(sorted(v)) for k, v in out.items()}

    @cached_property
    def whole_of(self) -> dict[str, str]:
        """The node each variant is a variant of."""
        return {v: n for n, variants in self.variants.items() for v in variants}

    def family(self, node: str) -> tuple[str, ...]:
        """A node and all its variants, the node first."""
        out = [node]
        for one in out:
            out += [v for v in self.variants.get(one, ()) if v not in out]
        return tuple(out)

    @cached_property
    def places(self) -> dict[str, str]:
        """Region of each project and firm."""
        return {f.start: f.end for f in self.sure("LOCATED_IN")}

    @cached_property
    def groups(self) -> dict[str, str]:
        """A representative firm of each firm's group (joined by OWNS)."""
        root: dict[str, str] = {}

        def find(firm: str) -> str:
            while root.get(firm, firm) != firm:
                firm = root[firm]
            return firm

        for fact in self.sure("OWNS"):
            one, other = sorted((find(fact.start), find(fact.end)))
            root[other] = one
        return {firm: find(firm) for fact in self.sure("OWNS") for firm in (fact.start, fact.end)}

    def group(self, firm: str) -> str:
        return self.groups.get(firm, firm)
