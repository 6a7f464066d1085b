"""GraphML: what other programs read, and the way back."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from graph.errors import LiantuError, ModelError
from graph.facts import Fact, Graph, Node
from graph.graphml import NO_XML, read_graphml, write_graphml
from tests.graphs import HOSTILE, TEXTS, graphs, hostile, plain

NS = "{http://graphml.graphdrawing.org/xmlns}"
Y = "{http://www.yworks.com/xml/graphml}"
DAY = date(2024, 1, 1)
WAFERS = Node("ChainNode", "wafer", "硅片", ("wafers", "单晶硅片"), {"unit": "GW", "boundary": False, "note": None})
LAUNCH = Node("Milestone", "operating", "投产", (), {"kind": "阶段", "rank": 9})
MAKES = Fact("MAKES", "Firm", "f", "ChainNode", "wafer",
             {"region": "包头市", "plant": "", "capacity": 25, "unit": "GW", "yield_rate": None, "since": DAY},
             "s", "list.xlsx 表1 3", DAY, date(2024, 2, 1), 5)
GRAPH = Graph((Node("Firm", "f", "弘元"), WAFERS, LAUNCH), (MAKES, replace(MAKES, valid_from=date(2025, 1, 1), holds=False)))
XML_TEXTS = TEXTS.map(lambda text: NO_XML.sub("", text))


def written(graph: Graph, folder: Path) -> Path:
    write_graphml(graph, folder / "图.graphml")
    return folder / "图.graphml"


def data(element: ET.Element) -> dict[str | None, Any]:
    return {one.get("key"): one.text for one in element.findall(f"{NS}data") if not len(one)}


def test_a_node_and_a_fact_as_other_programs_read_them(tmp_path: Path) -> None:
    root = ET.parse(written(GRAPH, tmp_path)).getroot()
    assert [g.get("edgedefault") for g in root.findall(f"{NS}graph")] == ["directed"]
    nodes = {node.get("id"): node for node in root.iter(f"{NS}node")}
    assert data(nodes["ChainNode:wafer"]) == {"node.label": "硅片", "node.type": "ChainNode", "node.id": "wafer",
                                              "node.aliases": "wafers、单晶硅片", "node.unit": "GW", "node.boundary": "false"}
    edge = next(root.iter(f"{NS}edge"))
    assert edge.attrib == {"id": MAKES.id, "source": "Firm:f", "target": "ChainNode:wafer", "label": "MAKES"}
    assert data(edge).items() >= {"edge.label": "MAKES", "edge.capacity": "25", "edge.since": "2024-01-01", "edge.holds": "true",
                                  "edge.authority": "5", "edge.plant": None, "edge.id": MAKES.id}.items()
    assert "edge.yield_rate" not in data(edge)


def test_every_attribute_has_one_key_with_one_type_and_comes_before_the_graph(tmp_path: Path) -> None:
    root = ET.parse(written(GRAPH, tmp_path)).getroot()
    assert [child.tag for child in root] == [f"{NS}key"] * (len(root) - 1) + [f"{NS}graph"]
    keys = [(key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iter(f"{NS}key")]
    assert len({key[:2] for key in keys}) == len(keys)
    assert {("node", "label", "string"), ("node", "boundary", "boolean"), ("edge", "capacity", "double"),
            ("edge", "authority", "int"), ("edge", "since", "string"), ("edge", "holds", "boolean")} <= set(keys)
    used = {one.get("key") for one in root.iter(f"{NS}data")}
    assert used == {key.get("id") for key in root.iter(f"{NS}key")}
    assert not [id for id in used if id and id.startswith("d")]  # Gephi takes d3 for the label


def test_yed_finds_a_label_and_never_markup(tmp_path: Path) -> None:
    nodes = tuple(Node("Firm", str(i), name) for i, name in enumerate(("弘元", "<html><img src=http://x>", "<HTML>x")))
    root = ET.parse(written(Graph(nodes), tmp_path)).getroot()
    assert [label.text for label in root.iter(f"{Y}NodeLabel")] == ["弘元", "\u200b<html><img src=http://x>", "\u200b<HTML>x"]
    assert [node.name for node in read_graphml(tmp_path / "图.graphml").nodes] == [node.name for node in nodes]
    root = ET.parse(written(GRAPH, tmp_path)).getroot()
    assert [label.text for label in root.iter(f"{Y}EdgeLabel")] == ["MAKES", "MAKES"]


def test_networkx_reads_it(tmp_path: Path) -> None:
    network = nx.read_graphml(written(GRAPH, tmp_path), edge_key_type=str, force_multigraph=True)
    assert network.is_directed() and network.nodes["Firm:f"]["label"] == "弘元"
    assert network.edges["Firm:f", "ChainNode:wafer", MAKES.id]["capacity"] == 25.0
    assert network.nodes["Milestone:operating"]["kind"] == "阶段"  # ours, beside the label of the graph in ``type``


@settings(max_examples=40)
@given(graphs(texts=XML_TEXTS, ids=XML_TEXTS))
def test_the_way_back_loses_nothing_that_xml_can_hold(graph: Graph) -> None:
    with TemporaryDirectory() as folder:
        assert read_graphml(written(graph, Path(folder))) == plain(graph)


@settings(max_examples=40)
@given(graphs())
def test_any_graph_is_well_formed(graph: Graph) -> None:
    with TemporaryDirectory() as folder:
        root = ET.parse(written(graph, Path(folder))).getroot()
        assert len(list(root.iter(f"{NS}node"))) == len(graph.nodes)
        assert len(list(root.iter(f"{NS}edge"))) == len(graph.facts)


def test_hostile_names_survive_but_for_what_xml_cannot_hold(tmp_path: Path) -> None:
    back = {node.name for node in read_graphml(written(hostile(), tmp_path)).nodes}
    assert back == {NO_XML.sub("\ufffd", name) for name in HOSTILE} | {"城市名单"}
    assert {"\ufffd", "\ufffd[31m", "</data>", "]]>", "a\r\nb", "\r", "", "🀄", "\u202ertl", "&#13;"} <= back


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    [node] = read_graphml(written(Graph((Node("Firm", "x", "a\ud800b"),)), tmp_path)).nodes
    assert node.name == "a\ufffdb"


def test_a_file_that_another_program_saved_is_read(tmp_path: Path) -> None:
    """Ids made anew, positions and colours added, empty texts dropped: as yEd and Gephi do."""
    network = nx.read_graphml(written(GRAPH, tmp_path), edge_key_type=str, force_multigraph=True)
    for _, told in network.nodes(data=True):
        told |= {"x": 1.5, "r": 200, "aliases": told.get("aliases") or "wafer", "size": 10.0}
    for _, _, told in network.edges(data=True):
        told |= {"weight": 1.0}
        del told["plant"], told["text"]
    saved = nx.MultiDiGraph(nx.convert_node_labels_to_integers(network))
    nx.write_graphml_xml(saved, tmp_path / "saved.graphml")
    back = read_graphml(tmp_path / "saved.graphml")
    assert back.facts == plain(GRAPH).facts
    assert [(node.label, node.id, node.name) for node in back.nodes] == [(n.label, n.id, n.name) for n in plain(GRAPH).nodes]


@pytest.mark.parametrize("content", [
    b"", b"name,id\n", b"<graphml", b"<html></html>", "<graphml>\ud55c".encode("utf-16"),
    b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"></graphml>',
    b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="a"><data key="k">1</data></node></graph></graphml>',
    b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" attr.name="n" attr.type="int"/>'
    b'<graph edgedefault="directed"><node id="a"><data key="k">many</data></node></graph></graphml>',
])
def test_what_is_no_graphml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.graphml").write_bytes(content)
    with pytest.raises(LiantuError, match="cannot be read as GraphML"):
        read_graphml(tmp_path / "x.graphml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match=r"nothing\.graphml"):
        read_graphml(tmp_path / "nothing.graphml")


def test_a_graph_of_something_else_is_refused(tmp_path: Path) -> None:
    nx.write_graphml_xml(nx.path_graph(3), tmp_path / "x.graphml")
    with pytest.raises(ModelError, match="to_networkx"):
        read_graphml(tmp_path / "x.graphml")
    network = nx.read_graphml(written(GRAPH, tmp_path), edge_key_type=str, force_multigraph=True)
    for _, _, told in network.edges(data=True):
        told["valid_from"] = "spring"
    nx.write_graphml_xml(network, tmp_path / "x.graphml")
    with pytest.raises(ModelError, match=r"valid_from.*'spring'"):
        read_graphml(tmp_path / "x.graphml")


def test_the_same_graph_gives_the_same_bytes_and_a_refused_one_leaves_the_old_file(tmp_path: Path) -> None:
    before = written(GRAPH, tmp_path).read_bytes()
    assert written(GRAPH, tmp_path).read_bytes() == before
    with pytest.raises(ModelError):
        written(Graph((Node("Company", "x", "x"),)), tmp_path)
    assert (tmp_path / "图.graphml").read_bytes() == before
    with pytest.raises(LiantuError, match="cannot write"):
        write_graphml(GRAPH, tmp_path / "图.graphml" / "below a file")


def test_the_empty_graph(tmp_path: Path) -> None:
    assert read_graphml(written(Graph(), tmp_path)) == Graph()
