"""All visible facts about some chain nodes in one place, and what is believed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from analysis.parts import Source, source
from graph.clocks import Seen, believed
from graph.settings import Thresholds


@dataclass(frozen=True, slots=True)
class ChainNode:
    id: str
    name: str
    unit: str
    boundary: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """Plants of as many firms that need no judgement of their own, added up by the store; the last four of the ``sized``.

    Of no firm that something else is asked of; each began before any figure of the node. ``region``: the nearest
    one around them that a figure of the node is about, else the asked one; their own where narrower regions are asked
    about too. ``greatest`` (None: none is sized) and ``squares`` are after the yield.
    """

    node: str
    region: str
    plants: int
    sized: int
    gross: float
    saleable: float
    squares: float
    greatest: float | None


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
    bundles: tuple[Bundle, ...] = ()
    masters: frozenset[str] = frozenset()
    """Firms that are called 链主, of those that are named."""

    @property
    def named(self) -> dict[str, str]:
        """Names → ids; of several nodes of one name (``甲链/电池``, ``乙链/电池``) that of an asked chain."""
        asked = [n for nodes in self.chains.values() for n in nodes]
        return {self.nodes[n].name: n for n in (*self.nodes, *asked)}

    def judged(self, chain: str) -> tuple[str, ...]:
        """The nodes of a chain that get a verdict: boundary nodes get none."""
        return tuple(n for n in self.chains[chain] if not self.nodes[n].boundary)

    def source(self, id: str) -> Source:
        return source(id, self.sources.get(id, {}))

    def all(self, edge: str) -> tuple[Seen, ...]:
        return self.facts.get(edge, ())

    @cached_property
    def _believed(self) -> dict[str, tuple[Seen, ...]]:
        return {edge: tuple(believed(facts)) for edge, facts in self.facts.items()}

    def sure(self, edge: str) -> tuple[Seen, ...]:
        """The believed facts of an edge, one a line."""
        return self._believed.get(edge, ())

    @cached_property
    def _by_end(self) -> dict[str, dict[str, list[Seen]]]:
        return {edge: _ends(facts) for edge, facts in self.facts.items()}

    @cached_property
    def _sure_by_end(self) -> dict[str, dict[str, list[Seen]]]:
        return {edge: _ends(facts) for edge, facts in self._believed.items()}

    def about(self, edge: str, end: str) -> list[Seen]:
        """All facts of an edge that end at a node."""
        return self._by_end.get(edge, {}).get(end, [])

    def sure_about(self, edge: str, end: str) -> list[Seen]:
        """The believed ones among them."""
        return self._sure_by_end.get(edge, {}).get(end, [])

    @cached_property
    def chains_of(self) -> dict[str, tuple[str, ...]]:
        """The chains that each node is part of, asked for or not."""
        out: dict[str, list[str]] = {}
        for fact in self.sure("PART_OF"):
            out.setdefault(fact.start, []).append(fact.end)
        return {node: tuple(chains) for node, chains in out.items()}

    @cached_property
    def newest_lists(self) -> dict[tuple[str, str], date]:
        """The day of each claimant's newest wanted list, by claimant and chain; by the node itself where it is in no chain."""
        out: dict[tuple[str, str], date] = {}
        for claim in self.sure("CLAIMS"):
            for chain in self.chains_of.get(claim.end, (claim.end,)) if claim["says"] == "wanted" else ():
                out[claim.start, chain] = max(claim.valid_from, out.get((claim.start, chain), date.min))
        return out

    @cached_property
    def makers_here(self) -> frozenset[str]:
        """Firms with a plant in the asked regions."""
        return frozenset(f.start for f in self.sure("MAKES") if f["region"] in self.regions)

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """The regions that lie directly in each region."""
        out: dict[str, list[str]] = {}
        for region, parent in sorted(self.parent.items()):
            if region != parent:
                out.setdefault(parent, []).append(region)
        return {region: tuple(inner) for region, inner in out.items()}

    def name(self, id: str) -> str:
        return self.names.get(id, id)

    def inside(self, region: str, outer: str) -> bool:
        """Whether ``region`` is ``outer`` or lies within it."""
        return outer in outward(region, self.parent)

    @cached_property
    def _variants(self) -> tuple[dict[str, tuple[str, ...]], tuple[Seen, ...]]:
        """Direct variants of each node, and the facts that would close a ring: those are left out."""
        out: dict[str, list[str]] = {}
        above: dict[str, list[str]] = {}
        rings = []
        for fact in self.sure("VARIANT_OF"):
            if fact.start in _upwards(fact.end, above):
                rings.append(fact)
                continue
            out.setdefault(fact.end, []).append(fact.start)
            above.setdefault(fact.start, []).append(fact.end)
        return {k: tuple(sorted(v)) for k, v in out.items()}, tuple(rings)

    @property
    def variants(self) -> dict[str, tuple[str, ...]]:
        """Direct variants of each node."""
        return self._variants[0]

    @property
    def rings(self) -> tuple[Seen, ...]:
        """Believed VARIANT_OF that would make a node a variant of itself: not counted."""
        return self._variants[1]

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
        return groups(self.sure("OWNS"))

    def group(self, firm: str) -> str:
        return self.groups.get(firm, firm)


def outward(region: str, parent: Mapping[str, str]) -> list[str]:
    """A region and those that it lies in, nearest first; of WITHIN that runs in a ring once round."""
    out: list[str] = []
    while region and region not in out:
        out.append(region)
        region = parent.get(region, "")
    return out


def _upwards(node: str, above: Mapping[str, Sequence[str]]) -> set[str]:
    """A node and all that it is a variant of, however far."""
    met, open_ = {node}, [node]
    while open_:
        more = [n for n in above.get(open_.pop(), ()) if n not in met]
        met.update(more)
        open_ += more
    return met


def _ends(facts: tuple[Seen, ...]) -> dict[str, list[Seen]]:
    out: dict[str, list[Seen]] = {}
    for fact in facts:
        out.setdefault(fact.end, []).append(fact)
    return out


def groups(owns: Iterable[Seen]) -> dict[str, str]:
    """A representative firm of each firm's group, joined by believed facts of who owns whom."""
    root: dict[str, str] = {}

    def find(firm: str) -> str:
        while root.get(firm, firm) != firm:
            firm = root[firm]
        return firm

    owned = list(owns)
    for fact in owned:
        one, other = sorted((find(fact.start), find(fact.end)))
        root[other] = one
    return {firm: find(firm) for fact in owned for firm in (fact.start, fact.end)}
