"""Must-pass nodes, ways from a source to a final product, and what blocks them.

A dominator of plain paths would miss what matters here: inputs are AND, so glass is must-pass for modules although a
path by way of the cells leads past it. Must-pass is therefore dominance in the AND/OR graph of the chain: a node stops
where it is cut, where an essential input of it stops, and, if it has variants, only where those have stopped too.
Where every choice is an OR this is what ``networkx.immediate_dominators`` finds (a test compares the two).

Cycles (recycling) keep themselves going: a node in one stops only by what lies outside it or is cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.demand import Demands
from analysis.evidence import Evidence

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Blocked:
    """A final product of a chain whose essential input ``through`` is stopped by missing nodes (``by``); names."""

    chain: str
    product: str
    through: str
    by: tuple[str, ...]


class Paths:
    """Essential FEEDS between the judged nodes of one chain; a variant leads into its node, beside the node's own inputs.

    ``finals``: nodes from which nothing goes to another judged node of the chain, whatever its role (a furnace goes into
    rods and is no final product). Of a cycle that nothing leaves: its node in the last column, all where none has one.
    """

    def __init__(self, evidence: Evidence, demands: Demands, chain: str) -> None:
        self.nodes = evidence.judged(chain)
        inside = set(self.nodes)
        self.places = {f.start: f["col"] for f in evidence.sure("PART_OF") if f.end == chain}
        self.variants = {n: tuple(v for v in evidence.variants.get(n, ()) if v in inside) for n in self.nodes}
        feeds = [c for c in demands.feeds if c.upstream in inside and c.downstream in inside and c.upstream != c.downstream]
        self._used = {(c.upstream, c.downstream) for c in feeds}
        self.inputs: dict[str, set[str]] = defaultdict(set)
        for feed in feeds:
            if feed.essential:
                self.inputs[feed.downstream].add(feed.upstream)
        for node, needs in [(n, self.inputs[n].copy()) for n in self.nodes]:
            for variant in evidence.family(node)[1:]:  # what its node needs, it needs too
                self.inputs[variant] |= needs - {variant}
        self.outputs: dict[str, set[str]] = defaultdict(set)
        for node in self.nodes:
            for source in (*self.inputs[node], *self.variants[node]):
                self.outputs[source].add(node)

    def stopped(self, cut: Iterable[str]) -> set[str]:
        """What stops where these are cut, they themselves included."""
        out, waiting = set(cut), list(cut)
        while waiting:
            for node in self.outputs[waiting.pop()]:
                if node not in out and self._stops(node, out):
                    out.add(node)
                    waiting.append(node)
        return out

    def _stops(self, node: str, out: set[str]) -> bool:
        variants = self.variants[node]
        own = bool(self.inputs[node] & out) or (bool(variants) and not self.inputs[node])
        return own and all(v in out for v in variants)

    def must_pass(self, node: str) -> tuple[str, ...]:
        """The final products, itself left out, that are not made without the node; ids."""
        gone = self.stopped([node])
        return tuple(f for f in self.finals if f in gone and f != node)

    def blocked(self, missing: set[str]) -> list[tuple[str, str, tuple[str, ...]]]:
        """(final product, essential input of it, missing nodes each of which alone stops that input); ids.

        Where only several together stop an input (all its variants are missing), all that are upstream of it are named.
        """
        alone = {m: self.stopped([m]) for m in self.nodes if m in missing}
        together = self.stopped(alone)
        out = []
        for final in self.finals:
            for source in (n for n in self.nodes if n in self.inputs[final] and n in together):
                by = tuple(m for m, gone in alone.items() if source in gone) or \
                    tuple(m for m in alone if m in self._upstream(source))
                out.append((final, source, by))
        return out

    def _upstream(self, node: str) -> set[str]:
        out, waiting = {node}, [node]
        while waiting:
            here = waiting.pop()
            more = {*self.inputs[here], *self.variants.get(here, ())} - out
            out |= more
            waiting += more
        return out

    @cached_property
    def _condensed(self) -> nx.DiGraph:
        """Every cycle one point, in the order of the flow; the members of each point as ``members``."""
        import networkx as nx  # 140 ms: only for answers that rank

        graph: nx.DiGraph = nx.DiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from((a, b) for a in self.nodes for b in sorted(self.outputs[a]))
        return nx.condensation(graph)

    @cached_property
    def finals(self) -> tuple[str, ...]:
        leaving = {a for a, b in self._used} | {v for n in self.nodes for v in self.variants[n]}
        out = {n for n in self.nodes if n not in leaving}
        for point, data in self._condensed.nodes(data=True):
            members = data["members"]
            away = any(a in members and b not in members for a, b in self._used)
            if len(members) > 1 and not away and not self._condensed.out_degree(point):
                last = max((self.places.get(m) or 0 for m in members), default=0)
                out |= {m for m in members if (self.places.get(m) or 0) == last}
        return tuple(n for n in self.nodes if n in out)

    @cached_property
    def _ways(self) -> dict[str, int]:
        import networkx as nx

        graph, point_of = self._condensed, self._condensed.graph["mapping"]
        order = list(nx.topological_sort(graph))
        into, out = dict[int, int](), dict[int, int]()
        for point in order:
            into[point] = sum(into[p] for p in graph.predecessors(point)) or 1
        ends = {point_of[f] for f in self.finals}
        for point in reversed(order):
            out[point] = sum(out[p] for p in graph.successors(point)) + (point in ends)
        return {n: into[point_of[n]] * out[point_of[n]] for n in self.nodes}

    def count(self, node: str) -> int:
        """How many ways from a source to a final product lead through the node.

        Counted by dynamic programming over the condensation: a cycle is one point that a way passes at most once, so
        going round it makes no further way and all its nodes have the same count. A variant is a way of its own.
        """
        return self._ways[node]
