"""py2neo: there and back without loss, in memory and through a real server; and what py2neo's own calls lose."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from graph import subgraphs
from graph.ddl import neo4j_schema
from graph.errors import LiantuError, ModelError
from graph.facts import Fact, Graph, Node
from graph.model import LABEL, VERSION
from graph.store import Marker, open_store
from graph.subgraphs import FactSubgraph, from_py2neo, to_py2neo
from graph.whole import whole
from tests.graphs import graphs, hostile, plain

py2neo = pytest.importorskip("py2neo", reason="pip install py2neo==2021.2.4")
bulk = pytest.importorskip("py2neo.bulk")
time = pytest.importorskip("interchange.time")

DAY, LATER = date(2023, 1, 31), date(2024, 2, 29)
CITY = Node("Region", "baotou", "包头市", ("鹿城", "Baotou"))
FIRM = Node("Firm", "f", "弘元", (), {"chain_master": True, "listed": "", "contact": None})
WAFERS = Node("ChainNode", "wafer", "硅片", (), {"unit": "GW", "boundary": False})
SOURCE = Node("Source", "s", "市清单", (), {"published": DAY, "authority": 5, "audience": "公开"})


def makes(plant: str, capacity: float | None, day: date = DAY, **own: Any) -> Fact:
    values = {"region": "baotou", "plant": plant, "capacity": capacity, "unit": "GW", **own}
    return Fact("MAKES", "Firm", "f", "ChainNode", "wafer", values, "s", "清单.xlsx 企业 3", day, day, 5)


OLD, NEW, PLANT = makes("", 10, since=DAY, product="N型"), makes("", 25.5, LATER), makes("二期", None)
OWNS_ITSELF = Fact("OWNS", "Firm", "f", "Firm", "f", {"share": 100}, "s", "c", DAY, DAY, 7, "专班", "全资", False)
AT_HOME = Fact("LOCATED_IN", "Firm", "f", "Region", "baotou", {}, "s", "c", DAY, DAY, 5, own_source=False, own_day=False)
GRAPH = Graph((CITY, FIRM, WAFERS, SOURCE), (NEW, OLD, PLANT, OWNS_ITSELF, AT_HOME))
MARKER = Marker("w1", VERSION, "hash-1")


# --- in memory ---


@pytest.mark.parametrize("graph", [Graph(), GRAPH, hostile()], ids=["empty", "small", "hostile"])
def test_there_and_back(graph: Graph) -> None:
    assert from_py2neo(to_py2neo(graph)) == plain(graph)


def test_line_and_precedence_go_along() -> None:
    found = {r["id"]: (r["line"], r["precedence"], r["holds"], r["authority"]) for r in to_py2neo(GRAPH).relationships}
    assert found == {f.id: (f.line, f.precedence, f.holds, f.authority) for f in GRAPH.facts}


def test_a_node_has_its_label_and_the_key_to_merge_by() -> None:
    firm = next(n for n in to_py2neo(GRAPH).nodes if n.has_label("Firm"))
    assert set(firm.labels) == {"Firm"} and (firm.__primarylabel__, firm.__primarykey__) == ("Firm", "id")
    assert dict(firm) == {"id": "f", "name": "弘元", "aliases": "", "listed": "", "chain_master": True}


def test_values_are_those_of_a_store() -> None:
    city = next(n for n in to_py2neo(GRAPH).nodes if n.has_label("Region"))
    old = next(r for r in to_py2neo(GRAPH).relationships if r["id"] == OLD.id)
    assert city["aliases"] == "鹿城、Baotou"
    assert isinstance(old["capacity"], float) and type(old["authority"]) is int
    assert type(old["since"]) is time.Date and old["since"] == DAY and DAY <= old["since"] < LATER


@given(graphs())
def test_nothing_is_lost(graph: Graph) -> None:
    handed = to_py2neo(graph)
    assert (len(handed.nodes), len(handed.relationships)) == (len(graph.nodes), len(graph.facts))
    assert from_py2neo(handed) == plain(graph)


def test_two_chains_joined_stay_a_subgraph_of_facts() -> None:
    half = Graph(GRAPH.nodes, (NEW, PLANT))
    joined = to_py2neo(half) | to_py2neo(GRAPH)
    assert type(joined) is FactSubgraph and from_py2neo(joined) == plain(GRAPH)
    assert {type(one) for one in (joined - joined, joined & joined, joined ^ joined)} == {FactSubgraph}


@pytest.mark.parametrize(("graph", "named"), [
    (Graph((FIRM, FIRM)), "Firm:f"),
    (Graph((FIRM,), (AT_HOME,)), "Region:baotou"),
    (Graph((FIRM, WAFERS), (NEW, NEW)), NEW.id),
    (Graph((replace(FIRM, label="Company"),)), "Company"),
    (Graph((replace(FIRM, properties={"size": 1}),)), "size")])
def test_a_graph_that_is_none_is_refused(graph: Graph, named: str) -> None:
    with pytest.raises(ModelError, match=named):
        to_py2neo(graph)


def firm(**values: Any) -> Any:
    return py2neo.Node("Firm", **{"id": "f", "name": "弘元"} | values)


def told(**values: Any) -> dict[str, Any]:
    return {"source": "s", "cell": "c", "valid_from": DAY, "known_from": DAY, "authority": 5, "audience": "公开",
            "share": 5.0} | values


@pytest.mark.parametrize(("subgraph", "named"), [
    (py2neo.Node("Company", id="f"), "Company"),
    (py2neo.Node("Firm", "Customer", id="f"), "Customer"),
    (py2neo.Node(id="f", name="弘元"), "弘元"),
    (py2neo.Node("Firm", name="弘元"), "弘元"),
    (py2neo.Node("LiantuMarker", id="marker"), "LiantuMarker"),
    (firm(size=3), "size"),
    (firm(chain_master="yes"), "chain_master"),
    (firm(name=7), "name"),
    (firm() | firm(listed="600000"), "Firm:f"),
    (py2neo.Relationship(firm(), "BUYS", firm(id="g"), **told()), "BUYS"),
    (py2neo.Relationship(firm(), "MAKES", firm(id="g"), region="", plant="", **told(share=None)), "MAKES"),
    (py2neo.Relationship(firm(), "OWNS", firm(id="g"), **told(source=None)), "source"),
    (py2neo.Relationship(firm(), "OWNS", firm(id="g"), **told(valid_from="2023")), "valid_from"),
    (py2neo.Relationship(firm(), "OWNS", firm(id="g"), **told(share="5%")), "share"),
    (py2neo.Relationship(firm(), "OWNS", firm(id="g"), **told(id="x"))
     | py2neo.Relationship(firm(), "OWNS", firm(id="g"), **told(id="x", share=6.0)), "OWNS x")])
def test_a_subgraph_that_is_not_of_the_model_is_refused(subgraph: Any, named: str) -> None:
    with pytest.raises(ModelError, match=named):
        from_py2neo(subgraph)


def test_a_relationship_without_an_id_gets_the_one_that_its_fact_has() -> None:
    a, b = firm(), firm(id="g")
    two = py2neo.Relationship(a, "OWNS", b, **told()) | py2neo.Relationship(a, "OWNS", b, **told(share=6.0))
    facts = from_py2neo(two).facts
    assert [f.properties["share"] for f in sorted(facts, key=lambda f: str(f.properties))] == [5.0, 6.0]
    assert all(f.id == replace(f, stated="").id for f in facts)


def test_without_py2neo_the_error_tells_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2neo", None)
    spec = spec_from_file_location("without_py2neo", Path(subgraphs.__file__))
    assert spec and spec.loader
    without = module_from_spec(spec)
    spec.loader.exec_module(without)
    for call in (lambda: without.to_py2neo(GRAPH), lambda: without.from_py2neo(None)):
        with pytest.raises(LiantuError, match=r"(?s)py2neo is not installed.*py2neo==2021.*2023.*to_networkx"):
            call()


# --- with a real server ---


@pytest.fixture
def there(server: str) -> Iterator[Any]:
    """py2neo's own Graph on an empty database that has the constraints."""
    graph = py2neo.Graph(server, auth=(os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]))
    for rule in neo4j_schema():
        if rule.startswith("CREATE CONSTRAINT"):
            graph.run(rule)
    try:
        yield graph
    finally:
        graph.service.connector.close()  # else its sockets are left open


def held(graph: Any) -> Graph:
    """All of a database as py2neo reads it; a store's marker is not of the model."""
    nodes = [node for label in LABEL for node in graph.nodes.match(label)]
    return from_py2neo(py2neo.Subgraph(nodes, graph.relationships.match()))


def stored(graph: Any) -> list[Any]:
    """What is in the database, to the type of each value."""
    texts = ("MATCH (n) WHERE NOT n:LiantuMarker RETURN labels(n), properties(n)",
             "MATCH (a)-[r]->(b) RETURN type(r), properties(r), a.id, b.id")
    return sorted([repr(sorted(v.items()) if isinstance(v, dict) else v) for v in row]
                  for one in texts for row in graph.run(one))


def test_py2neo_reads_what_a_store_wrote(there: Any, server: str) -> None:
    with open_store(server, create=True) as store:
        store.replace(GRAPH, MARKER)
        assert held(there) == whole(store) == plain(GRAPH)
    found = there.nodes.match("Firm", id="f").first()
    assert found["chain_master"] is True and found["aliases"] == ""
    assert {r["id"] for r in there.match((found,), r_type="MAKES")} == {OLD.id, NEW.id, PLANT.id}
    newest = there.relationships.match(r_type="MAKES", valid_from=LATER).first()
    assert (newest["capacity"], newest["valid_from"], newest.end_node["name"]) == (25.5, LATER, "硅片")
    assert there.evaluate("MATCH (:Firm)-[m:MAKES]->() RETURN sum(m.capacity)") == 35.5


def test_every_way_of_reading_gives_the_facts(there: Any) -> None:
    there.merge(to_py2neo(GRAPH))
    rows = there.run("MATCH p = (:Firm)-[:MAKES]->(:ChainNode) RETURN p").to_subgraph()
    path = next(iter(there.run("MATCH p = (:Firm)-[:OWNS]->() RETURN p")))[0]
    found = there.run("MATCH ()-[m:MAKES]->() RETURN m").to_subgraph()
    assert from_py2neo(rows) == from_py2neo(found) == plain(Graph((FIRM, WAFERS), (NEW, OLD, PLANT)))
    assert from_py2neo(path) == plain(Graph((FIRM,), (OWNS_ITSELF,)))


def test_nodes_that_py2neo_has_not_loaded_yet(there: Any) -> None:
    there.merge(to_py2neo(GRAPH))
    lazy = [py2neo.Node.ref(there, row[0]) for row in there.run("MATCH (n) RETURN id(n)")]
    assert not any(map(dict, lazy)), "dict() of them is empty, without a word"
    assert from_py2neo(py2neo.Subgraph(lazy)) == plain(Graph(GRAPH.nodes))


@pytest.mark.parametrize("call", ["merge", "create"])
@pytest.mark.parametrize("graph", [GRAPH, hostile()], ids=["small", "hostile"])
def test_py2neo_writes_what_a_store_writes(there: Any, server: str, call: str, graph: Graph) -> None:
    subgraph = to_py2neo(graph)
    getattr(there, call)(subgraph)
    assert there.exists(subgraph) and held(there) == plain(graph)
    written = stored(there)
    there.delete_all()
    with open_store(server, create=True) as store:
        store.replace(graph, MARKER)
    assert stored(there) == written


def test_merge_again_adds_what_is_new(there: Any) -> None:
    there.merge(to_py2neo(Graph(GRAPH.nodes, (OLD, AT_HOME))))
    there.merge(to_py2neo(GRAPH))
    there.merge(to_py2neo(GRAPH) | to_py2neo(Graph(GRAPH.nodes, (PLANT,))))
    assert held(there) == plain(GRAPH)


def test_a_changed_subgraph_is_pushed_and_pulled(there: Any) -> None:
    subgraph = to_py2neo(GRAPH)
    there.merge(subgraph)
    for node in subgraph.nodes:
        node["name"] += "?"
    there.push(subgraph)
    assert {n.name for n in held(there).nodes} == {f"{n.name}?" for n in GRAPH.nodes}
    there.run("MATCH (n) SET n.name = 'x'")
    there.pull(subgraph)
    assert {n.name for n in from_py2neo(subgraph).nodes} == {"x"}
    assert from_py2neo(subgraph).facts == plain(GRAPH).facts


@pytest.mark.parametrize("call", ["merge", "create"])
def test_the_trap_a_plain_subgraph_keeps_one_fact_of_a_type_between_two_nodes(there: Any, call: str) -> None:
    ours = to_py2neo(Graph(GRAPH.nodes, (OLD, NEW)))
    getattr(there, call)(py2neo.Subgraph(ours.nodes, ours.relationships))
    (kept,) = there.relationships.match(r_type="MAKES")
    assert kept["since"] == DAY and kept["product"] == "N型", "OLD's, whichever id and capacity it has"


def test_the_trap_of_a_relationship_by_itself(there: Any) -> None:
    for one in to_py2neo(Graph((FIRM, WAFERS), (OLD, NEW))).relationships:
        there.merge(one)
    assert len(there.relationships.match(r_type="MAKES")) == 1


def test_bulk_keeps_every_fact_when_it_is_given_the_id(there: Any) -> None:
    ours, tx = to_py2neo(GRAPH), there.begin()
    for label in ours.labels():
        bulk.create_nodes(tx, [dict(n) for n in ours.nodes if n.has_label(label)], labels={label})
        bulk.merge_nodes(tx, [dict(n) for n in ours.nodes if n.has_label(label)], (label, "id"))
    for edge, start, end in {(f.edge, f.start_label, f.end_label) for f in GRAPH.facts}:
        rows = [(r.start_node["id"], dict(r), r.end_node["id"]) for r in ours.relationships
                if type(r).__name__ == edge and r.start_node.has_label(start) and r.end_node.has_label(end)]
        for _ in range(2):
            bulk.merge_relationships(tx, rows, (edge, "id"), start_node_key=(start, "id"), end_node_key=(end, "id"))
    there.commit(tx)
    assert held(there) == plain(GRAPH)


def test_what_could_not_be_written_can_be_tried_again(there: Any) -> None:
    """Py2neo leaves it bound to ids that other nodes get."""
    subgraph = to_py2neo(GRAPH)
    there.run("CREATE (:Firm {id: 'f'})")
    with pytest.raises(py2neo.ClientError, match="already exists"):
        there.create(subgraph)
    assert {one.identity for one in (*subgraph.nodes, *subgraph.relationships)} == {None}
    there.run("CREATE (:Firm {id: 'other'})")
    there.merge(subgraph)
    there.run("MATCH (f:Firm {id: 'other'}) DELETE f")
    assert held(there) == plain(GRAPH)
