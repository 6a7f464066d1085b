"""Is a system of inputs productive? Spectral radius below 1 (Hawkins and Simon 1949); which cycle eats itself up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

Matrix = Mapping[tuple[str, str], float]
"""(upstream, downstream) → units of the upstream taken by one unit of the downstream, above 0."""


def components(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Strongly connected components that hold a cycle (a self-loop is one), each sorted.

    networkx is imported only where there is a cycle: that takes as long as a small question.
    """
    before: dict[str, set[str]] = {}
    for a, b in edges:
        before.setdefault(b, set()).add(a)
    try:
        TopologicalSorter(before).prepare()
    except CycleError:
        import networkx as nx

        graph = nx.DiGraph((a, b) for b, some in before.items() for a in some)
        return sorted(tuple(sorted(c)) for c in nx.strongly_connected_components(graph)
                      if len(c) > 1 or any(graph.has_edge(n, n) for n in c))
    return []


def radius(matrix: Matrix, nodes: tuple[str, ...]) -> float:
    """Spectral radius of the matrix among ``nodes``; below 1 means that every final demand can be met."""
    import numpy as np

    at = {n: i for i, n in enumerate(nodes)}
    dense = np.zeros((len(nodes), len(nodes)))
    for (a, b), value in matrix.items():
        if a in at and b in at:
            dense[at[a], at[b]] += value
    return float(np.abs(np.linalg.eigvals(dense)).max())


def gain(matrix: Matrix, cycle: tuple[str, ...]) -> float:
    """Product of the coefficients around the cycle (its first node is not repeated)."""
    return math.prod(matrix[pair] for pair in pairwise((*cycle, cycle[0])))


def growing_cycle(matrix: Matrix, nodes: tuple[str, ...]) -> tuple[str, ...] | None:
    """A cycle among ``nodes`` whose gain is 1 or more, from its least node; None where no single one has that.

    Bellman and Ford on −log: such a cycle has no positive length (the last digits of a gain of 1 are forgiven).
    """
    edges = [(a, b, -math.log(v) - 1e-12) for (a, b), v in sorted(matrix.items()) if a in nodes and b in nodes]
    length = dict.fromkeys(nodes, 0.0)
    came: dict[str, str] = {}
    last = ""
    for _ in nodes:
        last = ""
        for a, b, cost in edges:
            if length[a] + cost < length[b] - 1e-15:
                length[b], came[b], last = length[a] + cost, a, b
        if not last:
            return None
    return _walked(came, last, len(nodes))


def _walked(came: dict[str, str], node: str, count: int) -> tuple[str, ...]:
    """The cycle that the predecessors run in, in the direction of the edges."""
    for _ in range(count):
        node = came[node]
    cycle = [node]
    while (node := came[node]) != cycle[0]:
        cycle.append(node)
    least = cycle.index(min(cycle))
    cycle = cycle[least:] + cycle[:least]  # backwards from its least node
    return (cycle[0], *cycle[:0:-1])


def eats_itself(matrix: Matrix, nodes: tuple[str, ...]) -> tuple[tuple[str, ...], float] | None:
    """None where ``nodes`` are productive; else a cycle of gain ≥ 1 with that gain, or all of them with their radius."""
    whole = radius(matrix, nodes)
    cycle = growing_cycle(matrix, nodes)
    if cycle is not None:
        return cycle, gain(matrix, cycle)
    return (nodes, whole) if whole >= 1 - 1e-12 else None
