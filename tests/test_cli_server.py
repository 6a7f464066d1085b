"""The command line with the graph on a real server: what a planner and the city's IT meet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import networkx as nx
import pytest

import liantu
from graph import graphml, marking
from graph.errors import Changed, StaleStore
from graph.model import VERSION
from graph.server import ServerStore
from graph.store import open_store
from graph.workspace import Material, Workspace
from queries.pasted import literal
from tests.calling import run
from tests.graphs import HOSTILE, plain

NODES = "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n"
FIRMS = "企业名称,环节,产能,单位,数据日期\n=一厂,料,5,kt/a,2023-01-01\n"


def told(*args: object) -> Any:
    return json.loads(run(*args).stdout)


@pytest.fixture
def city(tmp_path: Path, server: str) -> Path:
    """A small city, invented, whose graph is on the server."""
    run("init", tmp_path / "某市", "--store", server)
    for name, text in (("产业链全景视图(环节).csv", NODES), ("产业链重点企业表.csv", FIRMS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        run("load", tmp_path / name, "-w", tmp_path / "某市")
    return tmp_path / "某市"


def test_a_city_whose_graph_is_on_a_server(city: Path, server: str) -> None:
    assert not (city / "graph.lbug").exists()
    rows = {row["node"]: row for row in told("gaps", "甲链", "-w", city)["rows"]}
    assert rows["料"]["verdict"] == "present" and rows["件"]["verdict"] == "unknown"
    info = told("info", "-w", city)
    assert info["store"] == server and info["state"] == "ready" and info["fits"] is True
    assert "neo4j" in info["engine"] and "community" in info["engine"] and info["facts"]["MAKES"] == 1
    assert info["database"] == "neo4j" and info["graph_of"] == liantu.open(city).settings.workspace


def test_the_same_city_in_a_file_gives_the_same(city: Path, tmp_path: Path, server: str) -> None:
    before = told("gaps", "甲链", "-w", city)
    run("rebuild", "-w", city, "--store", tmp_path / "copy.lbug")
    assert told("gaps", "甲链", "-w", city, "--store", tmp_path / "copy.lbug") == before
    with liantu.opened(city) as store:
        store.backup(tmp_path / "backup.lbug")
    assert told("gaps", "甲链", "-w", city, "--store", tmp_path / "backup.lbug") == before


def test_another_citys_server_is_refused(city: Path, tmp_path: Path, server: str) -> None:
    run("init", tmp_path / "乙市")
    for command in (["rebuild"], ["load", tmp_path / "产业链重点企业表.csv", "--new-nodes"], ["gaps", "甲链"]):
        assert "another workspace" in run(*command, "-w", tmp_path / "乙市", "--store", server, code=2).output
    assert told("info", "-w", city)["facts"]["MAKES"] == 1


def test_a_copy_of_the_workspace_does_not_undo_what_was_loaded_elsewhere(city: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(city, tmp_path / "副本")
    more = tmp_path / "more" / "产业链重点企业表.csv"
    more.parent.mkdir()
    more.write_text(FIRMS.replace("=一厂", "二厂"), encoding="utf-8")
    run("load", more, "-w", city)
    later = tmp_path / "later" / "产业链重点企业表.csv"
    later.parent.mkdir()
    later.write_text(FIRMS.replace("=一厂", "三厂"), encoding="utf-8")
    assert "loaded elsewhere" in run("load", later, "-w", tmp_path / "副本", code=2).output
    assert "does not match this workspace's material or settings" in run("gaps", "甲链", "-w", tmp_path / "副本", code=2).output
    assert told("info", "-w", tmp_path / "副本")["fits"] is False
    assert len(liantu.open(tmp_path / "副本").manifest()) == 2, "the refused file is not kept"
    run("rebuild", "-w", tmp_path / "副本")
    assert "does not match" in run("gaps", "甲链", "-w", city, code=2).output


def test_info_tells_of_a_load_that_broke_off(city: Path, database: neo4j.Driver) -> None:
    database.execute_query(f"MATCH (m:{marking.MARKER_LABEL}) SET m.state = 'loading', m.loader = ''")
    info = told("info", "-w", city)
    assert info["state"] == "loading" and "facts" not in info
    assert "broke off" in run("gaps", "甲链", "-w", city, code=2).output
    run("rebuild", "-w", city)
    assert told("info", "-w", city)["state"] == "ready"


def test_a_load_that_could_not_write_its_manifest_is_finished_by_the_same_load(
        city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = tmp_path / "more" / "产业链重点企业表.csv"
    more.parent.mkdir()
    more.write_text(FIRMS.replace("=一厂", "二厂"), encoding="utf-8")

    def full(self: Workspace, entries: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write_manifest", full)
        run("load", more, "-w", city, code=2)
    assert "does not match" in run("gaps", "甲链", "-w", city, code=2).output
    run("load", more, "-w", city)
    assert told("info", "-w", city)["facts"]["MAKES"] == 2


def test_a_load_stopped_after_its_manifest_keeps_the_material(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = tmp_path / "more" / "产业链重点企业表.csv"
    more.parent.mkdir()
    more.write_text(FIRMS.replace("=一厂", "二厂"), encoding="utf-8")
    write = Workspace.write_manifest

    def stopped(self: Workspace, entries: tuple[Material, ...]) -> None:
        write(self, entries)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "write_manifest", stopped)
        run("load", more, "-w", city, code=130)
    run("rebuild", "-w", city)
    assert told("info", "-w", city)["facts"]["MAKES"] == 2


def test_info_of_a_database_that_is_not_ours(city: Path, database: neo4j.Driver) -> None:
    database.execute_query("MATCH (m:LiantuMarker) DELETE m")
    assert told("info", "-w", city)["state"] == "foreign"
    assert "liantu did not write" in run("rebuild", "-w", city, code=2).output


def test_info_tells_of_an_older_model(city: Path, database: neo4j.Driver) -> None:
    database.execute_query(f"MATCH (m:{marking.MARKER_LABEL}) SET m.model = '0'")
    info = told("info", "-w", city)
    assert info["model"] == "0" and info["fits"] is False and "facts" not in info
    assert "written by model 0" in run("gaps", "甲链", "-w", city, code=2).output


def test_info_of_an_empty_database_and_of_none(city: Path, database: neo4j.Driver, server: str,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    database.execute_query("MATCH (n) DETACH DELETE n")
    assert told("info", "-w", city)["state"] == "empty"
    assert "no graph on the server yet" in run("gaps", "甲链", "-w", city, code=2).output
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong-one")
    refused = run("info", "-w", city, code=2).output
    assert "wrong user or password" in refused and "wrong-one" not in refused


def test_an_answer_is_asked_again_where_a_load_came_between(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = ServerStore.read, 0

    def disturbed(self: ServerStore, text: str, parameters: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 5:
            raise Changed("a load came between")
        return read(self, text, parameters)

    monkeypatch.setattr(ServerStore, "read", disturbed)
    assert len(liantu.gaps(city, "甲链").rows) == 2 and asked > 10


def test_init_without_a_server_leaves_nothing(tmp_path: Path) -> None:
    run("init", tmp_path / "空", "--chain", "光伏", "--store", "bolt://127.0.0.1:1", code=2)
    run("init", tmp_path / "空", "--store", "bolt://me:secret@h", code=2)
    assert not (tmp_path / "空").exists()


# --- what is handed on ---


def test_a_question_to_be_pasted_gives_the_same_rows(city: Path, database: neo4j.Driver) -> None:
    text = run("query", "makes", "-p", "nodes=料", "--text", "-w", city).stdout
    lines = text.splitlines()
    given = {line.split()[1]: line.partition(" => ")[2].removesuffix(";") for line in lines if line.startswith(":param")}
    body = "\n".join(line for line in lines if not line.startswith(":param")).strip().removesuffix(";")
    values = database.execute_query(f"RETURN {', '.join(f'{value} AS {name}' for name, value in given.items())}").records[0]
    rows = [record.data() for record in database.execute_query(body, dict(values)).records]  # type: ignore[arg-type]
    asked = told("query", "makes", "-p", "nodes=料", "-w", city)
    assert [row["id"] for row in rows] == [row["id"] for row in asked] and len(rows) == 1


def test_a_question_can_be_shown_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = run("query", "gaps_in_cypher", "-p", "chain=甲'链", "--text").stdout
    assert ":param chain => '甲\\'链';" in text and ":param as_of => date();  // ← " in text


@pytest.mark.parametrize("name", [*HOSTILE, "\\u0027", "'; MATCH (n) DETACH DELETE n //", "\\", "\\'"])
def test_a_value_in_a_pasted_text_stays_a_value(database: neo4j.Driver, name: str) -> None:
    [record] = database.execute_query(f"RETURN {literal(name)} AS text, {literal([name, name])} AS texts").records  # type: ignore[arg-type]
    assert record["text"] == name and record["texts"] == [name, name]
    assert "\n" not in literal(name) and "\r" not in literal(name)


def test_other_kinds_of_values() -> None:
    assert [literal(one) for one in (None, True, 1.5, date(2024, 1, 2), [])] == ["null", "true", "1.5", "date('2024-01-02')", "[]"]


def test_the_graph_for_other_programs(city: Path, tmp_path: Path) -> None:
    told_of = run("export", "-w", city, "-o", tmp_path / "图.graphml").stdout
    assert "受众 / audience: 公开" in told_of
    assert plain(graphml.read_graphml(tmp_path / "图.graphml")) == plain(liantu.graph(city))
    run("export", "-w", city, "-o", tmp_path / "表", "--as", "csv", "--chain", "甲链")
    assert "'=一厂" in (tmp_path / "表" / "nodes-Firm.csv").read_text(encoding="utf-8-sig")
    run("export", "-w", city, "-o", tmp_path / "导入", "--as", "neo4j")
    assert (tmp_path / "导入" / "import.args").exists()
    assert "whole graph" in run("export", "-w", city, "-o", tmp_path / "x", "--as", "neo4j", "--chain", "甲链", code=2).output
    assert "no such chain" in run("export", "-w", city, "-o", tmp_path / "x", "--as", "csv", "--chain", "乙链", code=2).output
    network = liantu.to_networkx(city)
    assert isinstance(network, nx.MultiDiGraph) and network.number_of_edges() == len(liantu.graph(city).facts)
    assert liantu.believed(city, "甲链", edges=["MAKES"]).number_of_edges() == 1


def test_a_reader_is_not_made_to_rebuild(city: Path, server: str) -> None:
    """Unlike an embedded graph, one on a server is never made again unasked."""
    with open_store(server, create=True) as store:
        from graph.facts import Graph
        from graph.store import Marker

        store.replace(Graph(), Marker(liantu.open(city).settings.workspace, VERSION, "other"))
    with pytest.raises(StaleStore, match=f"liantu rebuild --store {server}"):
        liantu.gaps(city, "甲链")
