"""Files for neo4j-admin: what stands in them, and what a real Neo4j makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.ddl import neo4j_schema
from graph.errors import LiantuError, ModelError
from graph.facts import Fact, Graph, Node
from graph.imports import write_import
from graph.marking import MARKER_LABEL
from graph.model import LABELS, VERSION
from graph.store import Marker, open_store
from graph.whole import whole
from tests.graphs import hostile, plain
from tests.servers import NewServer

DAY = date(2024, 1, 1)
MARKER = Marker("城市\"1\\,;", VERSION, "hash-1")
SOURCE = Node("Source", "名单", "city list", (), {"published": DAY, "authority": 5})
WAFERS = Node("ChainNode", "wafer", "硅片", ("wafers", "单晶硅片"), {"unit": "GW", "boundary": False})
MAKES = Fact("MAKES", "Firm", "f", "ChainNode", "wafer",
             {"region": "包头市", "plant": "", "capacity": 25, "unit": "GW", "yield_rate": None, "since": DAY},
             "名单", "list.xlsx 表1 3", DAY, date(2024, 2, 1), 5)
AIMS = Fact("AIMS", "Region", "包头市", "ChainNode", "wafer", {"due": date(2027, 12, 31), "scope": "", "value": 100},
            "名单", "c", DAY, DAY, 5, holds=False)
NUMBERS = (0, -1, 100, 0.1, -0.0, 1e16, 1e22, 1.7976931348623157e308, 5e-324, 123456789.123456789)
PROJECTS = tuple(Node("Project", f"p{i}", "x", (), {"total_investment": value}) for i, value in enumerate(NUMBERS))
GRAPH = Graph((Node("Firm", "f", "弘元", (), {"listed": "", "chain_master": True}), Node("Region", "包头市", "包头市"), WAFERS,
               SOURCE, *PROJECTS),
              (MAKES, replace(MAKES, valid_from=date(2025, 1, 1)), AIMS,
               Fact("AIMS", "Region", "包头市", "Indicator", "产值", {"due": DAY, "scope": ""}, "名单", "c", DAY, DAY, 5)))
WHOLE = replace(GRAPH, nodes=(*GRAPH.nodes, Node("Indicator", "产值", "产值")))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_headers_have_types_and_each_label_is_an_id_space(tmp_path: Path) -> None:
    write_import(WHOLE, MARKER, tmp_path)
    assert lines(tmp_path / "nodes-Source-header.csv") == [
        "id:ID(Source),name:string,aliases:string,title:string,publisher:string,published:date,authority:long,audience:string,"
        "address:string"]
    assert lines(tmp_path / "facts-AIMS-Region-Indicator-header.csv") == [
        ":START_ID(Region),:END_ID(Indicator),due:date,scope:string,value:double,unit:string,firms:string,id:string,"
        "source:string,cell:string,text:string,valid_from:date,known_from:date,authority:long,audience:string,"
        "holds:boolean,line:string,precedence:string,sole:boolean"]


def test_rows_tell_null_from_empty_and_doubles_have_a_point(tmp_path: Path) -> None:
    write_import(WHOLE, MARKER, tmp_path)
    assert lines(tmp_path / "nodes-Firm.csv") == ['"f","弘元","",,"",,,,"true",']
    [first, _] = lines(tmp_path / "facts-MAKES-Firm-ChainNode.csv")
    assert first.startswith('"f","wafer","包头市","",,"25.0","GW",,,"2024-01-01",')
    assert [row.split(",")[-1] for row in lines(tmp_path / "nodes-Project.csv")[:3]] == ['"0.0"', '"-1.0"', '"100.0"']
    assert lines(tmp_path / "nodes-Source.csv") == ['"名单","city list","",,,"2024-01-01","5",,']


def test_the_arguments_name_every_file_beside_them(tmp_path: Path) -> None:
    paths = write_import(WHOLE, MARKER, tmp_path / "包头 城市")
    arguments = lines(tmp_path / "包头 城市" / "import.args")
    assert "--nodes=Firm=./nodes-Firm-header.csv,./nodes-Firm.csv" in arguments
    assert "--relationships=AIMS=./facts-AIMS-Region-Indicator-header.csv,./facts-AIMS-Region-Indicator.csv" in arguments
    assert {"--id-type=string", "--multiline-fields=true"} <= set(arguments)
    named = {name for line in arguments for name in line.split("=")[-1].split(",") if name.startswith("./")}
    assert named == {f"./{path.name}" for path in paths if path.suffix == ".csv"}
    assert sorted(paths) == sorted((tmp_path / "包头 城市").iterdir())


def test_the_rules_are_those_of_the_server_store(tmp_path: Path) -> None:
    write_import(WHOLE, MARKER, tmp_path)
    assert [line.removesuffix(";") for line in lines(tmp_path / "schema.cypher")][:-1] == neo4j_schema()
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert 'neo4j-admin database import full neo4j "@import.args"' in readme and MARKER_LABEL in readme


def test_a_smaller_graph_names_nothing_of_the_one_before(tmp_path: Path) -> None:
    write_import(WHOLE, MARKER, tmp_path)
    write_import(Graph((WAFERS,)), MARKER, tmp_path)
    assert [line for line in lines(tmp_path / "import.args") if "./" in line] == [
        "--nodes=ChainNode=./nodes-ChainNode-header.csv,./nodes-ChainNode.csv",
        f"--nodes={MARKER_LABEL}=./nodes-{MARKER_LABEL}-header.csv,./nodes-{MARKER_LABEL}.csv"]


def test_a_refused_graph_leaves_nothing_that_could_be_imported(tmp_path: Path) -> None:
    write_import(WHOLE, MARKER, tmp_path)
    with pytest.raises(ModelError, match="colour"):
        write_import(Graph((WAFERS, Node("Firm", "x", "x", (), {"colour": "red"}))), MARKER, tmp_path)
    assert not (tmp_path / "import.args").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LiantuError, match="cannot write"):
        write_import(WHOLE, MARKER, tmp_path / "file")


@pytest.mark.slow
def test_neo4j_imports_exactly_the_graph(
    new_server: NewServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the commands of README.txt, out of a folder with a space and Chinese in its name."""
    from neo4j import GraphDatabase

    graph = Graph((*WHOLE.nodes, *hostile().nodes), (*WHOLE.facts, *hostile().facts))
    server = new_server(start=False)
    folder = tmp_path / "包头 城市"
    write_import(graph, MARKER, folder)
    done = server.admin("database", "import", "full", "neo4j", "@import.args", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    server.start()
    monkeypatch.setenv("NEO4J_USER", server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        with driver.session() as session, session.begin_transaction() as transaction:  # much faster than one each
            for statement in lines(folder / "schema.cypher"):
                transaction.run(statement)
        [mark] = driver.execute_query(f"MATCH (m:{MARKER_LABEL}) RETURN m").records
        assert mark["m"]["labels"] == [label.name for label in LABELS] and mark["m"]["changes"] == 1
    with open_store(server.url) as store:
        found = store.marker()
        assert found is not None and (found.workspace, found.material) == (MARKER.workspace, MARKER.material)
        assert whole(store) == plain(graph)
