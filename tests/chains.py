"""Chains made by the tests: a fact with its blanks filled in, evidence around some facts, chains by lot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from analysis.demand import Demands
from analysis.evidence import ChainNode, Evidence
from analysis.projects import Projects
from analysis.risk import Risks
from analysis.supply import Supplies
from graph.clocks import Seen
from graph.model import EDGE
from graph.settings import Thresholds
from tests.analysis.facts import DAY, fact


@dataclass
class Chain:
    """Facts in the making; every node is in ``t`` a year unless ``units`` says otherwise."""

    units: dict[str, str] = field(default_factory=dict)
    facts: list[Seen] = field(default_factory=list)
    boundary: set[str] = field(default_factory=set)

    def unit(self, node: str) -> str:
        return self.units.setdefault(node, "t/a")

    def add(self, *facts: Seen) -> Chain:
        self.facts += facts
        return self

    def figure(self, node: str, value: float) -> Chain:
        return self.add(fact("REPORTS", "市", node, measure="capacity", value=value, unit=self.unit(node)))

    def plant(self, node: str, size: float | None, firm: str = "甲", **own: Any) -> Chain:
        return self.add(fact("MAKES", firm, node, capacity=size, unit=self.unit(node) if size else "", region="市",
                             state="operating", **own))

    def says(self, node: str, word: str) -> Chain:
        self.unit(node)
        return self.add(fact("CLAIMS", "市", node, says=word, label="Region"))

    def surveyed(self, *nodes: str) -> Chain:
        """A complete list of the chain 乙链, which holds these nodes."""
        self.add(fact("SURVEYS", "市", "乙链"))
        return self.add(*(fact("PART_OF", n, "乙链") for n in nodes))

    def feeds(self, upstream: str, downstream: str, coefficient: float | None = 1.0, role: str = "material", **own: Any) -> Chain:
        unit = "/".join(self.unit(n).removesuffix("/a") for n in (upstream, downstream))
        return self.add(fact("FEEDS", upstream, downstream, coefficient=coefficient, role=role,
                             unit=unit if coefficient is not None else "", **own))

    def variant(self, node: str, whole: str) -> Chain:
        self.unit(node)
        self.unit(whole)
        return self.add(fact("VARIANT_OF", node, whole))

    def evidence(self) -> Evidence:
        facts = [*self.facts, *(fact("PART_OF", n, "甲链") for n in self.units)]
        by_edge = {edge: tuple(f for f in facts if f.edge == edge) for edge in EDGE}
        nodes = {n: ChainNode(n, n, u, n in self.boundary) for n, u in self.units.items()}
        return Evidence("市", frozenset({"市"}), {"市": "省"}, DAY, DAY, {"甲链": tuple(self.units)}, nodes, Thresholds(),
                        by_edge, sources={"S": {"publisher": "甲"}})

    def demands(self) -> Demands:
        evidence = self.evidence()
        return Demands(evidence, Supplies(evidence, Projects(evidence)))

    def risks(self) -> Risks:
        demands = self.demands()
        return Risks(demands.evidence, demands)


@dataclass(frozen=True)
class Drawn:
    """A chain by lot, as numbers: what the tests' own solution starts from."""

    sizes: Mapping[str, float]
    feeds: Mapping[tuple[str, str], float]
    essential: frozenset[tuple[str, str]]

    def chain(self) -> Chain:
        chain = Chain()
        for node, size in self.sizes.items():
            chain.figure(node, size)
        for (a, b), coefficient in self.feeds.items():
            chain.feeds(a, b, coefficient, essential=(a, b) in self.essential)
        return chain


def drawn(seed: int, cycles: bool) -> Drawn:
    """2 to 7 nodes; sizes with surplus, shortage or nothing; several consumers and inputs; productive cycles if asked."""
    lot = Random(seed)
    nodes = "甲乙丙丁戊己庚"[:lot.randint(2, 7)]
    pairs = [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1:] if lot.random() < 0.5]
    if cycles:
        pairs += [(b, a) for a, b in pairs if lot.random() < 0.3]
    most = 0.9 / len(nodes) if cycles else 3.0  # column sums below 1: the spectral radius is below 1 too
    feeds = {pair: round(lot.uniform(most / 20, most), 4) for pair in pairs}
    sizes = {n: 0.0 if lot.random() < 0.15 else round(lot.uniform(1, 20), 2) for n in nodes}
    return Drawn(sizes, feeds, frozenset(p for p in pairs if lot.random() < 0.85))


def many(count: int) -> Iterable[Drawn]:
    """``count`` chains, every third with cycles."""
    return (drawn(seed, seed % 3 == 0) for seed in range(count))
