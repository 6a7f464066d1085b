"""The schemas that are derived from the model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ladybug
import pytest

from graph.ddl import Declared, copies, embedded_schema, neo4j_schema
from graph.declare import Edge, Label, Property
from graph.errors import ModelError
from graph.facts import Fact, Graph, Node
from graph.model import EDGES, FACT_PROPERTIES, LABELS, NODE_PROPERTIES

PLACE = Label("Place", "地", "place", (Property("size", "大小", "size", "number"), Property("open", "开", "open", "flag")))
ROAD = Edge("ROAD", "路", "road", "通", (("Place", "Place"), ("Place", "Chain")), "structure",
            (Property("built", "建成", "built", "day"),))


def test_a_node_table() -> None:
    assert embedded_schema(Declared([PLACE], [])) == [
        "CREATE NODE TABLE Place (id STRING PRIMARY KEY, name STRING, aliases STRING, size DOUBLE, open BOOL)"]


def test_an_edge_table_with_several_pairs() -> None:
    assert embedded_schema(Declared([], [ROAD])) == [
        "CREATE REL TABLE ROAD (FROM Place TO Place, FROM Place TO Chain, built DATE, id STRING, source STRING, "
        "cell STRING, text STRING, valid_from DATE, known_from DATE, authority INT64, audience STRING, holds BOOL, "
        "line STRING, precedence STRING, sole BOOL)"]


def test_neo4j_rules() -> None:
    assert neo4j_schema(Declared([PLACE], [ROAD])) == [
        "CREATE CONSTRAINT Place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX Place_name IF NOT EXISTS FOR (n:Place) ON (n.name)",
        "CREATE CONSTRAINT ROAD_id IF NOT EXISTS FOR ()-[r:ROAD]-() REQUIRE r.id IS UNIQUE",
    ]


def test_neo4j_rule_names_are_unique() -> None:
    names = [statement.split()[2].lower() for statement in neo4j_schema()]
    assert len(names) == len(set(names)) == 2 * len(LABELS) + len(EDGES)


def test_the_engine_has_what_the_model_declares() -> None:
    kinds = {"text": "STRING", "number": "DOUBLE", "flag": "BOOL", "day": "DATE"}
    with ladybug.Database() as database, ladybug.Connection(database) as connection:
        for statement in embedded_schema():
            connection.execute(statement)
        tables = [(label.name, (*NODE_PROPERTIES, *label.properties)) for label in LABELS]
        tables += [(edge.name, (*FACT_PROPERTIES, *edge.properties)) for edge in EDGES]
        for name, properties in tables:
            result = connection.execute(f"CALL table_info('{name}') RETURN name, type")
            assert not isinstance(result, list)
            found = {row["name"]: row["type"] for row in result.rows_as_dict().get_all() if isinstance(row, dict)}
            wanted = {p.name: kinds[p.type] for p in properties}
            if "authority" in wanted:
                wanted["authority"] = "INT64"
            assert found == wanted


DAY = date(2024, 1, 2)


def test_lines_of_a_label_tell_empty_from_null() -> None:
    nodes = (Node("Firm", "f", 'say "hi"', ("a", "b"), {"listed": "", "chain_master": True, "contact": None}),)
    [(statement, lines)] = copies(Graph(nodes))
    assert statement == ("COPY Firm FROM '{file}' (HEADER=false, PARALLEL=false, AUTO_DETECT=false, "
                         "ESCAPE='\"', QUOTE='\"')")
    assert list(lines) == ['"f","say ""hi""","a、b",,"",,,,"true",\n']


def test_lines_of_an_edge_begin_with_its_ends() -> None:
    fact = Fact("OWNS", "Firm", "a", "Firm", "b", {"share": 51.5}, "s", "c", DAY, DAY, 7, holds=False)
    [(statement, lines)] = copies(Graph((), (fact,)))
    assert "(from='Firm', to='Firm', HEADER=false" in statement
    assert list(lines) == [f'"a","b","51.5","{fact.id}","s","c","","2024-01-02","2024-01-02","7","公开","false",'
                           f'"{fact.line}","{fact.precedence}","true"\n']


def test_each_pair_of_ends_is_copied_by_itself() -> None:
    facts = tuple(Fact("LOCATED_IN", label, "x", "Region", "r", {}, "s", "c", DAY, DAY, 7)
                  for label in ("Firm", "Project", "Firm"))
    with pytest.raises(ModelError, match="twice"):
        assert [len(list(lines)) for _, lines in copies(Graph((), facts))] == [2, 1]
    assert [len(list(lines)) for _, lines in copies(Graph((), facts[:2]))] == [1, 1]


def test_copy_twice_doubles_edges_which_is_why_replace_starts_afresh(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    with ladybug.Database() as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE T (id STRING PRIMARY KEY)")
        connection.execute("CREATE REL TABLE R (FROM T TO T)")
        connection.execute("CREATE (:T {id: 'a'})")
        rows.write_text('"a","a"\n', encoding="utf-8")
        for _ in range(2):
            connection.execute(f"COPY R FROM '{rows.as_posix()}' (HEADER=false)")
        [[edges]] = list(connection.execute("MATCH (:T)-[r:R]->(:T) RETURN count(*)"))
    assert edges == 2
