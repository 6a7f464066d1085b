"""A graph as GraphML, for Gephi, yEd, igraph and networkx; and read back.

Written here and not by networkx: it writes flags as True, which is no XML boolean, loses a carriage return, and names
its keys d0, d1 …, of which Gephi takes d3 for the label (gephi/gephi#1840).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.errors import LiantuError
from graph.facts import Graph, Value
from graph.files import write_text
from graph.model import EDGES, LABELS
from graph.tables import INTEGERS, Table, edge_properties, node_properties, tables

TYPES = {"text": "string", "number": "double", "flag": "boolean", "day": "string"}
KNOWN = {"node": {p.name: p for label in LABELS for p in node_properties(label)},
         "edge": {p.name: p for edge in EDGES for p in edge_properties(edge)}}
"""Properties by name: a name has one type throughout the model, so one key serves all labels."""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="node.drawn" for="node" yfiles.type="nodegraphics"/>
<key id="edge.drawn" for="edge" yfiles.type="edgegraphics"/>
"""
DRAWN = {
    "node": "<y:ShapeNode><y:NodeLabel>{}</y:NodeLabel></y:ShapeNode>",
    "edge": '<y:PolyLineEdge><y:Arrows source="none" target="standard"/><y:EdgeLabel>{}</y:EdgeLabel></y:PolyLineEdge>'}
"""yEd shows no label but in its own words; other programs pass over them."""
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph, path: Path) -> None:
    """Write the graph as GraphML 1.0: directed, one type a key, nothing for null, days as 2024-01-31.

    A node's GraphML id is "Label:id", its ``label`` the display name and its ``type`` our label; an edge's id is the
    fact's, its ``label`` the edge type. Gephi makes one edge of all facts of one type between two nodes unless it is
    told on import not to merge edges. A character that XML cannot hold becomes U+FFFD. Raises ModelError as ``tables``
    does, LiantuError where the file cannot be written.
    """
    keys: dict[str, str] = {}
    body = [_element(*thing, keys) for table in tables(graph) for thing in _things(table)]
    write_text(path, "".join([HEAD, *keys.values(), '<graph edgedefault="directed">\n', *body, "</graph>\n</graphml>\n"]))


def read_graphml(path: Path) -> Graph:
    """The graph of a file that ``write_graphml`` wrote, also where another program saved it since.

    What the model does not know (colours, positions) is passed over; an empty text that such a program dropped is
    null. Raises LiantuError for a file that is no GraphML, ModelError for a graph that is not of the model.
    """
    import networkx as nx  # a fifth of a second to import, and writing needs none of it

    from graph.networks import from_networkx

    try:
        told = nx.read_graphml(path, edge_key_type=str, force_multigraph=True)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, AttributeError, nx.NetworkXError) as error:
        raise LiantuError(f"读不了 GraphML: {path}: {error} / cannot be read as GraphML: {path}",
                          "应为 write_graphml 写出的文件 / it should be a file that write_graphml wrote") from error
    network = nx.MultiDiGraph()
    network.add_nodes_from((key, _of_node(values)) for key, values in told.nodes(data=True))
    network.add_edges_from((start, end, values.get("id", key), _of_edge(values))
                           for start, end, key, values in told.edges(keys=True, data=True))
    return from_networkx(network)


Thing = tuple[str, dict[str, str], dict[str, Value]]
"""'node' or 'edge', what stands in its tag, and its data."""


def _things(table: Table) -> Iterator[Thing]:
    names = [one.name for one in table.columns]
    for row in table.rows:
        if table.ends is None:
            told = dict(zip(names, row, strict=True))
            yield "node", {"id": f"{table.name}:{told['id']}"}, {"label": told.pop("name"), "type": table.name, **told}
        else:
            told = dict(zip(names, row[2:], strict=True))
            ends = {"source": f"{table.ends[0]}:{row[0]}", "target": f"{table.ends[1]}:{row[1]}"}
            tag = {"id": str(told["id"]), **ends, "label": table.name}  # there Gephi looks for the kind of an edge
            yield "edge", tag, {"label": table.name, **told}


def _element(kind: str, tag: Mapping[str, str], told: Mapping[str, Value], keys: dict[str, str]) -> str:
    """One line; ``keys`` takes the declarations of what it uses. Its own label last, where it overrules yEd's."""
    drawn = DRAWN[kind].format(_plain(_text(told["label"])))
    data = [f'<data key="{kind}.drawn">{drawn}</data>']
    for name, value in told.items():
        if value is not None:
            keys.setdefault(f"{kind}.{name}", _key(kind, name))
            data.append(f'<data key="{kind}.{name}">{_text(value)}</data>')
    tags = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in tag.items())
    return f"<{kind}{tags}>{''.join(data)}</{kind}>\n"


def _key(kind: str, name: str) -> str:
    known = KNOWN[kind].get(name)
    type_ = "int" if name in INTEGERS else TYPES[known.type] if known else "string"
    return f'<key id="{kind}.{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'


def _text(value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return escape(_clean(text), {"\r": "&#13;"})  # a parser makes a bare one a newline


def _clean(text: str) -> str:
    return NO_XML.sub("\ufffd", text)


def _plain(text: str) -> str:
    """yEd takes a label that begins with <html> for HTML and would fetch what it names."""
    return f"\u200b{text}" if text.lower().startswith("&lt;html") else text


def _of_node(values: Mapping[str, Any]) -> dict[str, Any]:
    aliases = tuple(part for part in (values.get("aliases") or "").split("、") if part)
    return {**_typed("node", values), "label": values.get("type"), "name": values.get("label") or "", "aliases": aliases}


def _of_edge(values: Mapping[str, Any]) -> dict[str, Any]:
    told = _typed("edge", values)
    told.pop("id", None)
    return {**told, "edge": values.get("label")}


def _typed(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the model knows; days are made days where they can be read as such."""
    known, told = KNOWN[kind], dict[str, Any]()
    for name, value in values.items():
        if name not in known or value is None or (value == "" and known[name].type != "text"):
            continue
        told[name] = value
        if known[name].type == "day":
            with suppress(ValueError, TypeError):
                told[name] = date.fromisoformat(value)
    return told
