"""The sample as a graph, and as many such cities side by side as a figure needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.facts import Fact, Graph


def scaled(graph: Graph, copies: int) -> Graph:
    """So many copies that share no node. Ids and lines are made anew by whoever loads them, as after a real derivation."""
    cities = [f"{number}:" for number in range(copies)]
    return Graph(tuple(replace(node, id=city + node.id) for city in cities for node in graph.nodes),
                 tuple(moved for city in cities for moved in _facts(graph, city)))


def _facts(graph: Graph, city: str) -> Iterator[Fact]:
    for fact in graph.facts:
        yield replace(fact, start=city + fact.start, end=city + fact.end, source=city + fact.source, stated="")
