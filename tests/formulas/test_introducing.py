"""Ways and the sharing out of brokers, beside networkx and scipy on small networks of every shape."""

from __future__ import annotations

import math
from itertools import islice

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from formulas.introducing import best_ways, cost, decayed, passing, shared_out

NODES = "甲乙丙丁戊己"
WAYS = st.dictionaries(st.sampled_from(NODES), st.dictionaries(st.sampled_from(NODES), st.integers(0, 40).map(lambda n: n / 8)))
COSTS = st.dictionaries(st.sampled_from("一二三四"), st.dictionaries(st.sampled_from("ABC"), st.integers(0, 9).map(float)), min_size=1)


def test_a_tie_fades_by_halves_and_hubs_say_little() -> None:
    assert decayed(0.8, 10, 5) == pytest.approx(0.2) and decayed(0.8, -1, 5) == 0.8
    assert passing(3) == 1 / math.log(3) and passing(10) == 1 / math.log(10)
    assert passing(1) == passing(2) == 1 and passing(10_000) == pytest.approx(0.10857, abs=1e-5)
    assert cost(1.0) == 0 and cost(0.5) == round(math.log(2), 9)


@given(WAYS, st.integers(1, 4), st.integers(1, 4))
def test_the_cheapest_ways_are_those_of_networkx(ways: dict[str, dict[str, float]], k: int, hops: int) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(NODES)
    graph.add_weighted_edges_from((a, b, c) for a, out in ways.items() for b, c in out.items() if a != b)
    paths = (p for p in nx.shortest_simple_paths(graph, "甲", "己", weight="weight") if len(p) <= hops + 1)
    expected = [nx.path_weight(graph, p, "weight") for p in islice(paths, k)] if nx.has_path(graph, "甲", "己") else []
    assert [c for c, _ in best_ways(ways, {"甲": 0.0}, "己", k, hops, once=False)] == pytest.approx(expected)


@given(WAYS, st.integers(1, 4))
def test_alternatives_begin_with_others(ways: dict[str, dict[str, float]], hops: int) -> None:
    found = best_ways(ways, dict.fromkeys("甲乙丙", 0.0), "己", 3, hops)
    each = [c for s in "甲乙丙" for c, _ in best_ways(ways, {s: 0.0}, "己", 1, hops)]
    assert [c for c, _ in found] == sorted(each) and len({way[0] for _, way in found}) == len(found)


@given(COSTS, st.integers(1, 3))
def test_the_sharing_out_is_that_of_scipy(costs: dict[str, dict[str, float]], cap: int) -> None:
    targets, columns = sorted(costs), [b for b in "ABC" for _ in range(cap)]
    table = np.array([[costs[t].get(b, 1e6) for b in columns] + [1e6] * len(targets) for t in targets])
    rows, at = linear_sum_assignment(table)
    asked = [table[r, c] for r, c in zip(rows, at, strict=True) if table[r, c] < 1e6]
    found = shared_out(costs, cap)
    assert len(found) == len(asked) and sum(costs[t][b] for t, b in found.items()) == pytest.approx(sum(asked))
    assert all(list(found.values()).count(b) <= cap for b in found.values())
