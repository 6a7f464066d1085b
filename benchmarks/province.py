"""Made-up graphs of a province's size: what speed is measured on where no real rows may be used.

The same shape gives the same graph. Nodes and facts are yielded one by one, so that a million firms need no more memory
than whoever takes them keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p
from random import Random

from graph.facts import STRUCTURE_DAY, Fact, Graph, Node, Value

End = tuple[str, str]
"""Label and id."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many nodes; facts are means, for each firm or for each chain node."""

    firms: int = 100_000
    nodes: int = 2_000
    chains: int = 50
    regions: int = 120
    makes: float = 1.5
    owns: float = 0.5
    supplies: float = 1.0
    feeds: float = 3.0
    variants: float = 0.3
    parts: float = 1.2
    seed: int = 0


CHAINKG = Shape(firms=4_586, nodes=95_554, chains=511, regions=3, makes=11.3, owns=0.25, supplies=0.25, feeds=0.6,
                variants=0.56, parts=0.48)
"""About as many rows as ``benchmarks/chainkg.py`` reads: a third of them nodes, most of these chain nodes."""


def province(shape: Shape) -> Graph:
    return Graph(tuple(nodes(shape)), tuple(facts(shape)))


def nodes(shape: Shape) -> Iterator[Node]:
    yield Node("Source", "made-up", "虚构名录", (), {"title": "虚构名录", "authority": 5})
    for at in range(shape.regions):
        yield Node("Region", _region(at)[1], f"第{at}县")
    for at in range(shape.chains):
        yield Node("Chain", _chain(at)[1], f"第{at}产业链")
    for at in range(shape.nodes):
        yield Node("ChainNode", _node(at)[1], f"第{at}号中间产品")
    for at in range(shape.firms):
        yield Node("Firm", _firm(at)[1], f"第{at}号新材料科技股份有限公司", (f"新材{at}",), {"listed": f"{at:06}.XX"})


def facts(shape: Shape) -> Iterator[Fact]:
    """Every fact once; what is known by its number alone (the first ones) is what most facts are about."""
    chance = Random(shape.seed)
    for at in range(shape.nodes):
        yield from _of_node(shape, at, chance)
    for at in range(shape.firms):
        yield from _of_firm(shape, at, chance)


def fact(edge: str, start: End, end: End, own: dict[str, Value], source: str, cell: str, day: date = STRUCTURE_DAY) -> Fact:
    return Fact(edge, *start, *end, own, source, cell, day, day, 5, text=f"{start[1]} {end[1]}")


FEEDS: dict[str, Value] = {"role": "material", "essential": None, "coefficient": None, "unit": ""}
PART_OF: dict[str, Value] = {"col": None, "lane": "", "band": ""}


def makes(region: str, product: str, capacity: float) -> dict[str, Value]:
    return {"region": region, "plant": "", "product": product, "capacity": capacity, "unit": "", "yield_rate": None,
            "state": "operating", "since": None}


def _of_node(shape: Shape, at: int, chance: Random) -> Iterator[Fact]:
    """Fed by and a variant of earlier ones only, so that neither relation has a cycle."""
    this, cell = _node(at), f"环节,{at}"
    for other in _some(at, shape.feeds, chance):
        yield fact("FEEDS", _node(other), this, FEEDS, "made-up", cell)
    for other in _some(at, shape.variants, chance):
        yield fact("VARIANT_OF", this, _node(other), {}, "made-up", cell)
    for other in _some(shape.chains, shape.parts, chance):
        yield fact("PART_OF", this, _chain(other), PART_OF, "made-up", cell)


def _of_firm(shape: Shape, at: int, chance: Random) -> Iterator[Fact]:
    this, cell, day = _firm(at), f"企业,{at}", date(2020, 1, 1) + timedelta(chance.randrange(1500))
    home = _region(chance.randrange(shape.regions))
    yield fact("LOCATED_IN", this, home, {}, "made-up", cell)
    for other in _some(shape.nodes, shape.makes, chance):
        own = makes(home[1], f"第{other}号中间产品", round(chance.uniform(0.1, 100), 2))
        yield fact("MAKES", this, _node(other), own, "made-up", cell, day)
    for other in _some(at, shape.owns, chance):
        yield fact("OWNS", _firm(other), this, {"share": round(chance.uniform(5, 100), 1)}, "made-up", cell, day)
    for other in _some(shape.firms, shape.supplies, chance) - {at}:
        own = {"node": _node(chance.randrange(shape.nodes))[1], "product": "", "amount": None, "unit": "", "until": None}
        yield fact("SUPPLIES", this, _firm(other), own, "made-up", cell, day)


def _some(below: int, mean: float, chance: Random) -> set[int]:
    """``mean`` numbers on average, geometrically, each once; small numbers are much more frequent, as real hubs are."""
    if not below or not mean:
        return set()
    count = int(chance.expovariate(log1p(1 / mean)))
    return {int(below * chance.random() ** 3) for _ in range(count)}


def _region(at: int) -> End:
    return "Region", f"{at:06}"


def _chain(at: int) -> End:
    return "Chain", f"产业链{at}"


def _node(at: int) -> End:
    return "ChainNode", f"环节{at}"


def _firm(at: int) -> End:
    return "Firm", f"91{at:016}"
