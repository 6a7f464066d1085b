"""A graph through networkx and back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from graph.errors import ModelError
from graph.facts import Fact, Graph, Node
from graph.model import FACT_PROPERTIES
from graph.networks import from_networkx, to_networkx
from graph.tables import edge_properties, node_properties
from tests.graphs import EDGES, LABELS, graphs, hostile, plain

DAY = date(2024, 1, 1)
WAFERS = Node("ChainNode", "wafer", "硅片", ("wafers", "单晶硅片"), {"unit": "GW", "boundary": False, "note": None})
FIRM = Node("Firm", "f", "弘元")
SOURCE = Node("Source", "s", "city list", (), {"published": DAY, "authority": 5})
MAKES = Fact("MAKES", "Firm", "f", "ChainNode", "wafer",
             {"region": "包头市", "plant": "", "capacity": 25, "unit": "GW", "yield_rate": None, "since": DAY},
             "s", "list.xlsx 表1 3", DAY, date(2024, 2, 1), 5, text="25吉瓦")
GRAPH = Graph((FIRM, WAFERS, SOURCE), (MAKES, replace(MAKES, valid_from=date(2025, 1, 1), holds=False)))


def changed(**edge: Any) -> nx.MultiDiGraph:
    """The network of GRAPH with one more attribute, or another value, on its first fact."""
    network = to_networkx(GRAPH)
    network.edges["Firm:f", "ChainNode:wafer", MAKES.id].update(edge)
    return network


def test_nodes_and_facts_carry_plain_values() -> None:
    network = to_networkx(GRAPH)
    assert network.nodes["ChainNode:wafer"] == {"label": "ChainNode", "id": "wafer", "name": "硅片", "unit": "GW",
                                                "aliases": ("wafers", "单晶硅片"), "boundary": False}
    assert network.edges["Firm:f", "ChainNode:wafer", MAKES.id] == {
        "edge": "MAKES", "region": "包头市", "plant": "", "capacity": 25, "unit": "GW", "since": DAY, "source": "s",
        "cell": "list.xlsx 表1 3", "text": "25吉瓦", "valid_from": DAY, "known_from": date(2024, 2, 1), "authority": 5,
        "audience": "公开", "holds": True, "line": MAKES.line, "precedence": MAKES.precedence}
    assert len({frozenset(told.items()) for _, _, told in network.edges(data=True)}) == 2  # all hashable


def test_a_network_is_what_algorithms_take() -> None:
    assert nx.has_path(to_networkx(GRAPH), "Firm:f", "ChainNode:wafer")
    assert dict(to_networkx(GRAPH).out_degree()) == {"Firm:f": 2, "ChainNode:wafer": 0, "Source:s": 0}


@settings(max_examples=40)
@given(graphs())
def test_the_way_back_loses_nothing(graph: Graph) -> None:
    back = from_networkx(to_networkx(graph))
    assert back == plain(graph)
    assert [fact.line for fact in back.facts] == [fact.line for fact in plain(graph).facts]
    assert from_networkx(to_networkx(back)) == back


def test_hostile_names_survive() -> None:
    assert from_networkx(to_networkx(hostile())) == plain(hostile())


def test_the_names_of_the_nodes_are_free() -> None:
    assert from_networkx(nx.convert_node_labels_to_integers(to_networkx(GRAPH))) == plain(GRAPH)


def test_a_fact_made_by_hand_gets_its_id_and_its_defaults() -> None:
    network = to_networkx(Graph((FIRM, WAFERS)))
    network.add_edge("Firm:f", "ChainNode:wafer", edge="MAKES", region="包头市", capacity=25, unit="GW", source="s",
                     cell="by hand", valid_from=DAY, known_from=DAY, authority=5, audience="公开", yield_rate=float("nan"), product=None)
    [fact] = from_networkx(network).facts
    assert fact == Fact("MAKES", "Firm", "f", "ChainNode", "wafer", {"region": "包头市", "plant": "", "capacity": 25.0,
                                                                     "unit": "GW"}, "s", "by hand", DAY, DAY, 5)
    assert fact.id and fact.line == MAKES.line


def test_numbers_become_floats_but_for_counts() -> None:
    facts = {fact.stated: fact for fact in from_networkx(changed(capacity=30, authority=7.0)).facts}
    told = (facts[MAKES.id].properties["capacity"], facts[MAKES.id].authority)
    assert told == (30, 7) and [type(value) for value in told] == [float, int]


@pytest.mark.parametrize(("edge", "named"), [
    ({"edge": "LIKES"}, "LIKES.*MAKES"), ({"edge": None}, "None"), ({"edge": ["MAKES"]}, "MAKES"),
    ({"edge": "OWNS"}, "region"), ({"edge": "SURVEYS", "colour": "red"}, "colour"), ({"weight": 1.0}, "weight"),
    ({"capacity": "many"}, "capacity.*number.*'many'"), ({"capacity": True}, "number.*True"),
    ({"since": "2024-01-01"}, "since.*day"), ({"since": datetime(2024, 1, 1)}, "day"), ({"holds": 1}, "holds.*flag"),
    ({"unit": 3}, "unit.*text"), ({"source": None}, "lacks source"), ({"audience": None}, "lacks audience"),
    ({"valid_from": None, "cell": None}, "cell, valid_from"),
])
def test_a_fact_that_is_not_of_the_model_is_refused(edge: dict[str, Any], named: str) -> None:
    with pytest.raises(ModelError, match=rf"(?s){named}.*to_networkx"):
        from_networkx(changed(**edge))


@pytest.mark.parametrize(("node", "named"), [
    ({"label": "Company"}, "Company"), ({}, "None"), ({"label": "Firm"}, "lacks id"), ({"label": "Firm", "id": 1}, "id.*text"),
    ({"label": "Firm", "id": "x", "unit": "GW"}, "unit"), ({"label": "Firm", "id": "x", "aliases": "x"}, "aliases"),
    ({"label": "Firm", "id": "f"}, "Firm:f.*twice"),
])
def test_a_node_that_is_not_of_the_model_is_refused(node: dict[str, Any], named: str) -> None:
    network = to_networkx(GRAPH)
    network.add_node("more", **node)
    with pytest.raises(ModelError, match=named):
        from_networkx(network)


def test_a_line_property_that_is_no_text_is_needed() -> None:
    city, aims = Node("Region", "包头市", "包头市"), {"due": date(2027, 12, 31), "scope": "", "value": 100}
    network = to_networkx(Graph((city, WAFERS), (Fact("AIMS", "Region", "包头市", "ChainNode", "wafer", aims, "s", "c", DAY,
                                                      DAY, 5),)))
    for _, _, told in network.edges(data=True):
        del told["due"], told["scope"]
    with pytest.raises(ModelError, match=r"lacks due\n"):
        from_networkx(network)


def test_ends_that_the_model_does_not_join_are_refused() -> None:
    network = to_networkx(GRAPH)
    network.add_edge("Source:s", "Firm:f", **network.edges["Firm:f", "ChainNode:wafer", MAKES.id])
    with pytest.raises(ModelError, match="Source -MAKES-> Firm"):
        from_networkx(network)


@pytest.mark.parametrize("network", [nx.DiGraph(), nx.MultiGraph(), nx.Graph(), None])
def test_another_kind_of_network_is_refused(network: Any) -> None:
    with pytest.raises(ModelError, match=rf"{type(network).__name__}.*networkx\.MultiDiGraph"):
        from_networkx(network)


@pytest.mark.parametrize(("graph", "named"), [
    (Graph((FIRM, FIRM)), "Firm:f.*twice"), (Graph((FIRM,), (MAKES,)), "ChainNode:wafer"),
    (Graph(GRAPH.nodes, (MAKES, MAKES)), "twice"), (Graph((Node("Company", "x", "x"),)), "Company"),
])
def test_a_graph_that_is_not_of_the_model_makes_no_network(graph: Graph, named: str) -> None:
    with pytest.raises(ModelError, match=named):
        to_networkx(graph)


def test_no_property_has_the_name_of_what_a_network_adds() -> None:
    of_nodes = {p.name for label in LABELS for p in label.properties}
    of_edges = [p.name for edge in EDGES for p in edge.properties]
    assert not of_nodes & {"label", "id", "name", "aliases"}
    assert not {*of_edges} & {"edge", "key", "id", "types", "facts", *(p.name for p in FACT_PROPERTIES)}


def test_a_name_has_one_type_throughout_the_model() -> None:
    for properties in ([p for label in LABELS for p in node_properties(label)], [p for e in EDGES for p in edge_properties(e)]):
        assert len({(p.name, p.type) for p in properties}) == len({p.name for p in properties})


def test_the_store_does_not_import_networkx() -> None:
    code = "import sys, graph.store, graph.embedded, graph.graphml; print('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
