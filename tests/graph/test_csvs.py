"""CSV for Excel and pandas: read back by the csv module of Python, and text by text where a program would run it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from graph.csvs import write_csvs
from graph.errors import LiantuError, ModelError
from graph.facts import Fact, Graph, Node
from graph.inert import FORMULA, inert
from graph.model import EDGES, LABELS
from graph.tables import tables
from tests.graphs import HOSTILE, graphs, hostile

DAY = date(2024, 1, 1)
WAFERS = Node("ChainNode", "wafer", "硅片", ("wafers", "单晶硅片"), {"unit": "GW", "boundary": False, "note": None})
GRAPH = Graph(
    (Node("Firm", "f", "=弘元", (), {"listed": ""}), WAFERS),
    (Fact("MAKES", "Firm", "f", "ChainNode", "wafer",
          {"region": "包头市", "plant": "", "capacity": -25.5, "unit": "GW", "yield_rate": None, "since": DAY},
          "s", "list.xlsx 表1 3", DAY, date(2024, 2, 1), 5),
     Fact("CLAIMS", "Firm", "f", "ChainNode", "wafer", {"says": "present", "scope": ""}, "s", "c", DAY, DAY, 5),
     Fact("CLAIMS", "ChainNode", "wafer", "ChainNode", "wafer", {"says": "present", "scope": ""}, "s", "c", DAY, DAY, 5)))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fitting() -> Graph:
    return Graph(GRAPH.nodes, GRAPH.facts[:2])


def test_a_file_for_each_label_and_edge_type_even_without_rows(tmp_path: Path) -> None:
    paths = write_csvs(fitting(), tmp_path)
    assert [path.name for path in paths] == [*(f"nodes-{label.name}.csv" for label in LABELS),
                                             *(f"facts-{edge.name}.csv" for edge in EDGES)]
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert (tmp_path / "nodes-Chain.csv").read_bytes() == b'\xef\xbb\xbf"id","name","aliases"\n'


def test_the_bytes_of_a_file_of_facts(tmp_path: Path) -> None:
    write_csvs(fitting(), tmp_path)
    header, row = (tmp_path / "facts-MAKES.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith('\ufeff"start_label","start","end_label","end","region","plant","product","capacity"')
    assert row.startswith('"Firm","f","ChainNode","wafer","包头市","",,"-25.5","GW",,,"2024-01-01"')


def test_nodes_and_facts_of_several_ends(tmp_path: Path) -> None:
    write_csvs(fitting(), tmp_path)
    assert read(tmp_path / "nodes-Firm.csv") == [{"id": "f", "name": "'=弘元", "aliases": "", "credit_code": "", "listed": "",
                                                  "top500": "", "stated_by": "", "stated_on": "", "chain_master": "", "contact": ""}]
    assert read(tmp_path / "nodes-ChainNode.csv")[0].items() >= {"aliases": "wafers、单晶硅片", "boundary": "false"}.items()
    [claim] = read(tmp_path / "facts-CLAIMS.csv")
    assert (claim["start_label"], claim["end"], claim["valid_from"], claim["holds"]) == ("Firm", "wafer", "2024-01-01", "true")


def test_a_later_graph_leaves_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    write_csvs(fitting(), tmp_path)
    write_csvs(Graph(), tmp_path)
    assert [row for path in tmp_path.iterdir() for row in read(path)] == []


@settings(max_examples=40)
@given(graphs())
def test_every_value_can_be_read_again(graph: Graph) -> None:
    with TemporaryDirectory() as folder:
        write_csvs(graph, Path(folder))
        for kind, ends in (("nodes", 0), ("facts", 2)):
            wanted: dict[str, list[list[str]]] = {}
            for table in tables(graph):
                if bool(table.ends) == bool(ends):
                    labels = table.ends or ()
                    rows = [[x for pair in zip(labels, row, strict=False) for x in pair] + row[ends:] for row in table.rows]
                    wanted.setdefault(table.name, []).extend([told(value) for value in row] for row in rows)
            for name, rows in wanted.items():
                assert [list(row.values()) for row in read(Path(folder) / f"{kind}-{name}.csv")] == rows


def told(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(inert(value))


def test_no_hostile_name_is_run(tmp_path: Path) -> None:
    write_csvs(hostile(), tmp_path)
    firms, owns = read(tmp_path / "nodes-Firm.csv"), read(tmp_path / "facts-OWNS.csv")
    assert [row["name"] for row in firms] == [inert(name) for name in HOSTILE]
    assert [row["end"] for row in owns] == [row["id"] for row in firms]  # still joined
    for row in [*firms, *owns]:
        assert not [value for value in row.values() if value.lstrip(" \u200e\u200f\ufeff").startswith(FORMULA)]


@pytest.mark.parametrize(("value", "wanted"), [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-", "'-"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("\n=x", "'\n=x"), ("＝x", "'＝x"),
    (" =x", "' =x"), ("\ufeff=x", "'\ufeff=x"), ("a=b", "a=b"), ("'=x", "'=x"), ("", ""), (-1.5, -1.5), (None, None), (DAY, DAY)])
def test_inert(value: object, wanted: object) -> None:
    assert inert(value) == wanted


def test_half_a_surrogate_pair_is_no_character(tmp_path: Path) -> None:
    write_csvs(Graph((Node("Firm", "x", "a\ud800b"),)), tmp_path)
    assert read(tmp_path / "nodes-Firm.csv")[0]["name"] == "a?b"


@pytest.mark.parametrize(("graph", "named"), [
    (GRAPH, "ChainNode -CLAIMS-> ChainNode"), (Graph((*GRAPH.nodes, Node("Source", "s", "s", (), {"colour": "red"}))), "colour")])
def test_a_graph_that_is_not_of_the_model_is_refused_before_anything_is_written(
    tmp_path: Path, graph: Graph, named: str
) -> None:
    with pytest.raises(ModelError, match=named):
        write_csvs(graph, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LiantuError, match="cannot write"):
        write_csvs(Graph(), tmp_path / "file")
