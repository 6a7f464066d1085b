"""Must-pass, blocked inputs and ways, on small chains; against networkx where only choices are concerned."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.demand import Demands
from analysis.evidence import ChainNode, Evidence
from analysis.paths import Paths
from analysis.projects import Projects
from analysis.supply import Supplies
from graph.clocks import Seen
from graph.settings import Thresholds
from tests.analysis.facts import fact

DAY = date(2023, 6, 30)
Pairs = list[tuple[str, str]]


def paths(feeds: Pairs | str, variants: Pairs | str = "", others: str = "", boundary: str = "", cols: str = "") -> Paths:
    """``"ab bc"`` are the feeds a → b → c; ``others`` the same, as equipment; ``cols``: nodes in the order of columns."""
    made = [fact("FEEDS", a, b, role="material") for a, b in _pairs(feeds)]
    made += [fact("FEEDS", a, b, role="equipment") for a, b in _pairs(others)]
    kinds = [fact("VARIANT_OF", a, b) for a, b in _pairs(variants)]
    nodes = tuple(sorted({n for pair in (*_pairs(feeds), *_pairs(variants), *_pairs(others)) for n in pair}))
    return Paths(*_engine(nodes, {"FEEDS": tuple(made), "VARIANT_OF": tuple(kinds), "PART_OF": tuple(
        fact("PART_OF", n, "链", col=float(cols.index(n)) if n in cols else None) for n in nodes)}, boundary), "链")


def _pairs(given: Pairs | str) -> Pairs:
    return [(p[0], p[1]) for p in given.split()] if isinstance(given, str) else given


def _engine(nodes: tuple[str, ...], facts: dict[str, tuple[Seen, ...]], boundary: str) -> tuple[Evidence, Demands]:
    found = Evidence("市", frozenset({"市"}), {}, DAY, DAY, {"链": nodes},
                     {n: ChainNode(n, n, "kt/a", n in boundary) for n in nodes}, Thresholds(), facts)
    return found, Demands(found, Supplies(found, Projects(found)))


def test_inputs_are_and() -> None:
    """Glass g is must-pass for the module m though silicon reaches it by the cells c."""
    chain = paths("sc cm gm")
    assert [chain.must_pass(n) for n in "scgm"] == [("m",), ("m",), ("m",), ()]


def test_a_node_with_a_second_way_to_the_product_stops_it_all_the_same() -> None:
    assert paths("sa sb af bf").must_pass("a") == ("f",)


def test_variants_are_or() -> None:
    """p is made as u or as v, both of q: only q and p must be there."""
    chain = paths("qp pf", "up vp")
    assert [chain.must_pass(n) for n in "quvp"] == [("f",), (), (), ("f",)]
    assert chain.stopped(["u", "v"]) == {"u", "v"}  # p is still made of q directly
    only = paths("pf xu", "up vp")
    assert only.stopped(["u", "v"]) == {"u", "v", "p", "f"}
    assert only.must_pass("x") == ()


def test_what_goes_into_something_as_equipment_is_no_final_product_and_stops_nothing() -> None:
    chain = paths("tk rf", others="kr")
    assert chain.finals == ("f",) and chain.must_pass("k") == () and chain.count("k") == 0


def test_a_boundary_node_is_outside() -> None:
    chain = paths("ab bz", boundary="z")
    assert chain.finals == ("b",) and chain.must_pass("a") == ("b",)


def test_ways() -> None:
    """Two sources, a join, two products: 2 × 2 ways through the join."""
    chain = paths("ac bc cd cf")
    assert {n: chain.count(n) for n in "abcdf"} == {"a": 2, "b": 2, "c": 4, "d": 2, "f": 2}


def test_a_cycle_keeps_itself_going_and_is_one_point_of_a_way() -> None:
    chain = paths("ab bc cb cf")
    assert [chain.must_pass(n) for n in "abc"] == [("f",)] * 3
    assert {n: chain.count(n) for n in "abcf"} == dict.fromkeys("abcf", 1)
    assert paths("bc cb cf").stopped([]) == set()


def test_the_last_node_of_a_cycle_that_nothing_leaves_is_its_product() -> None:
    assert paths("ab bc cb", cols="abc").finals == ("c",)
    assert paths("ab bc cb").finals == ("b", "c")


def test_blocked_inputs_and_by_what() -> None:
    chain = paths("sc cm gm")
    assert chain.blocked({"g", "s"}) == [("m", "c", ("s",)), ("m", "g", ("g",))]
    assert chain.blocked(set()) == []
    assert paths("pf", "up vp").blocked({"u", "v"}) == [("f", "p", ("u", "v"))]


LAYERS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=16).map(
    lambda pairs: sorted({("abcdefgh"[min(p)], "abcdefgh"[max(p)]) for p in pairs if p[0] != p[1]}))


@given(LAYERS)
def test_where_all_is_choice_must_pass_is_what_dominates(pairs: Pairs) -> None:
    """Every edge a variant: the nodes that networkx finds on all ways from any source to the final product."""
    if not pairs:
        return
    chain = paths([], pairs)
    graph = nx.DiGraph([*pairs, *(("", n) for n in {a for a, _ in pairs} - {b for _, b in pairs})])
    above = nx.immediate_dominators(graph, "")
    for final in chain.finals:
        on_all, node = set[str](), above[final]
        while node:
            on_all.add(node)
            node = above[node]
        assert {n for n in chain.nodes if final in chain.must_pass(n)} == on_all


@given(LAYERS)
def test_where_all_is_needed_must_pass_is_all_that_is_upstream_and_ways_are_simple_paths(pairs: Pairs) -> None:
    if not pairs:
        return
    chain, graph = paths(pairs), nx.DiGraph(pairs)
    sources = [n for n in graph if not graph.in_degree(n)]
    ways = [way for s in sources for f in chain.finals for way in nx.all_simple_paths(graph, s, f)]
    for node in chain.nodes:
        assert set(chain.must_pass(node)) == {f for f in chain.finals if f in nx.descendants(graph, node)}
        assert chain.count(node) == sum(node in way for way in ways)


def test_deep_chains_do_not_recurse() -> None:
    nodes = [f"{i:04}" for i in range(3000)]
    chain = paths(list(pairwise(nodes)))
    assert chain.must_pass("0000") == ("2999",) and chain.count("1500") == 1


@pytest.mark.parametrize("layers", [70])
def test_many_ways_are_counted_and_not_walked(layers: int) -> None:
    pairs = [(f"{i}{a}", f"{i + 1}{b}") for i in range(layers) for a in "ab" for b in "ab"]
    assert paths(pairs).count("0a") == 2 ** layers
