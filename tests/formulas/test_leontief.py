"""Productive systems and cycles, against networkx and numpy."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formulas.leontief import components, eats_itself, gain, growing_cycle, radius

EDGES = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=20, unique=True)
MATRICES = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), st.floats(0.05, 1.5), max_size=10)


@given(EDGES)
def test_components_as_by_networkx(edges: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edges)
    expected = [tuple(sorted(c)) for c in nx.strongly_connected_components(graph)
                if len(c) > 1 or graph.has_edge(*[next(iter(c))] * 2)]
    assert components(edges) == sorted(expected)


def test_a_long_line_is_no_recursion() -> None:
    line = [(str(i), str(i + 1)) for i in range(5000)]
    assert components(line) == [] and len(components([*line, ("5000", "0")])[0]) == 5001


@given(MATRICES)
def test_productive_is_what_hawkins_and_simon_say(matrix: dict[tuple[str, str], float]) -> None:
    """Every component is productive just where (I − A)⁻¹ has no negative entry."""
    dense = np.zeros((4, 4))
    for (a, b), value in matrix.items():
        dense["abcd".index(a), "abcd".index(b)] = value
    values = np.linalg.eigvals(dense)
    assume(abs(np.abs(values).max() - 1) > 1e-6 and np.abs(values - 1).min() > 1e-6)  # else I − A has no inverse
    inverse = np.linalg.inv(np.eye(4) - dense)
    eating = [c for c in components(matrix) if eats_itself(matrix, c)]
    assert (not eating) == bool((inverse >= -1e-9).all())


@given(MATRICES)
def test_a_cycle_is_named_where_one_alone_gains(matrix: dict[tuple[str, str], float]) -> None:
    graph = nx.DiGraph(list(matrix))
    gains = [gain(matrix, tuple(cycle)) for cycle in nx.simple_cycles(graph)]
    assume(all(abs(g - 1) > 1e-6 for g in gains))
    found = [cycle for c in components(matrix) if (cycle := growing_cycle(matrix, c))]
    assert bool(found) == any(g > 1 for g in gains)
    assert all(gain(matrix, cycle) > 1 and len(set(cycle)) == len(cycle) and cycle[0] == min(cycle) for cycle in found)


def test_a_gain_of_exactly_one_eats_itself() -> None:
    matrix = {("a", "b"): 2.0, ("b", "c"): 0.25, ("c", "a"): 2.0, ("c", "d"): 9.0}
    assert eats_itself(matrix, ("a", "b", "c")) == (("a", "b", "c"), 1.0)
    assert eats_itself({("a", "a"): 0.3}, ("a",)) is None
    assert eats_itself({("a", "a"): 1.5}, ("a",)) == (("a",), 1.5)


def test_two_loops_that_eat_it_only_together() -> None:
    matrix = {("a", "a"): 0.6, ("a", "b"): 0.6, ("b", "a"): 0.9}
    nodes, size = eats_itself(matrix, ("a", "b")) or ((), 0)
    assert nodes == ("a", "b") and size == pytest.approx(radius(matrix, ("a", "b"))) and size > 1
