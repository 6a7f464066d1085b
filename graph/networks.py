"""A graph handed to networkx, whole and with all its facts, and taken back without loss."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from numbers import Real
from typing import Any, TypeVar

import networkx as nx

from graph.declare import Edge, Label, Property
from graph.errors import ModelError
from graph.facts import Fact, Graph, Node
from graph.model import EDGE, FACT_PROPERTIES, LABEL, NODE_PROPERTIES
from graph.tables import INTEGERS, tables

MADE = frozenset({"line", "precedence", "sole"})
"""What a fact makes of itself: handed out, made anew on the way back."""
CARRIED = tuple(p for p in FACT_PROPERTIES if p.name not in MADE | {"id"})
NEEDED = ("source", "cell", "valid_from", "known_from", "authority", "audience")
"""What every fact must tell, who may see it among it; the rest has a default."""

D = TypeVar("D", Label, Edge)


def to_networkx(graph: Graph) -> nx.MultiDiGraph:
    """Every node under "Label:id", every fact an edge under its id; what is null is left out.

    A node has ``label``, ``id``, ``name``, ``aliases`` (a tuple) and its properties; an edge ``edge`` (its type), its
    own properties and what every fact carries, ``line`` and ``precedence`` too. Days are dates. The facts are all
    there, also those that a later one overrules: see ``graph.views``. Raises ModelError where the graph is not of
    the model, where a node or a fact occurs twice, and where the end of a fact is no node.
    """
    _check(graph)
    network = nx.MultiDiGraph()
    for node in graph.nodes:
        told = {"label": node.label, "id": node.id, "name": node.name, "aliases": tuple(node.aliases)}
        network.add_node(node_key(node.label, node.id), **told, **without_null(node.properties))
    for fact in graph.facts:
        carried = {p.name: getattr(fact, p.name) for p in FACT_PROPERTIES if p.name not in ("id", "sole")}
        network.add_edge(*ends_of(fact), key=fact.id, edge=fact.edge, **without_null(fact.properties), **carried)
    return network


def from_networkx(network: nx.MultiDiGraph) -> Graph:
    """The graph of a network as ``to_networkx`` makes it, ordered by the model and by id.

    The names of the nodes are free; an edge whose key is no text gets the id that its fact has. Whole numbers become
    floats but for ``authority``; None and NaN are left out; a text that marks the line and is missing is ''. Raises
    ModelError for anything that is not of the model.
    """
    if not isinstance(network, nx.MultiDiGraph):
        raise _wrong(type(network).__name__, "不是 / is no", "networkx.MultiDiGraph")
    nodes = {key: _node(str(key), told) for key, told in network.nodes(data=True)}
    facts = [_fact(nodes[start], nodes[end], id, told) for start, end, id, told in network.edges(keys=True, data=True)]
    graph = Graph(tuple(sorted(nodes.values(), key=_node_place)), tuple(sorted(facts, key=_fact_place)))
    _check(graph)
    return graph


def node_key(label: str, id: str) -> str:
    """What a node is called in a network."""
    return f"{label}:{id}"


def ends_of(fact: Fact) -> tuple[str, str]:
    """The two nodes of a fact, as a network calls them."""
    return node_key(fact.start_label, fact.start), node_key(fact.end_label, fact.end)


def without_null(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not null."""
    return {name: value for name, value in values.items() if value is not None}


def _check(graph: Graph) -> None:
    """A network would take a node twice for one, and make up the end that is missing: both are refused."""
    for table in tables(graph):
        deque(table.rows, maxlen=0)
    known: set[tuple[str, str]] = set()
    for node in graph.nodes:
        if (node.label, node.id) in known:
            raise _wrong(node_key(node.label, node.id), "出现两次 / occurs twice")
        known.add((node.label, node.id))
    for fact in graph.facts:
        for end in ((fact.start_label, fact.start), (fact.end_label, fact.end)):
            if end not in known:
                raise _wrong(f"{fact.edge} {fact.id} ({fact.cell})", "的一端不是节点 / has an end that is no node", node_key(*end))


# --- the way back ---


def _node(key: str, told: Mapping[str, Any]) -> Node:
    label = _declared(told.get("label"), LABEL, key)
    own = {name: value for name, value in told.items() if name not in ("label", "aliases")}
    values = _typed(own, (*NODE_PROPERTIES, *label.properties), key)
    if "id" not in values:
        raise _wrong(key, "缺少 / lacks", "id")
    aliases = told.get("aliases", ())
    if not isinstance(aliases, list | tuple) or not all(isinstance(one, str) for one in aliases):
        raise _wrong(key, "的别名不是文字的列表 / has aliases that are no tuple of texts", repr(aliases))
    return Node(label.name, values.pop("id"), values.pop("name", ""), tuple(aliases), values)


def _fact(start: Node, end: Node, id: Any, told: Mapping[str, Any]) -> Fact:
    where = f"{node_key(start.label, start.id)} → {node_key(end.label, end.id)} ({id})"
    edge = _declared(told.get("edge"), EDGE, where)
    given = {name: value for name, value in told.items() if name not in MADE | {"edge"}}
    values = _typed(given, (*edge.properties, *CARRIED), where)
    values |= {p.name: "" for p in edge.properties if p.line and p.type == "text" and p.name not in values}
    missing = [name for name in (*edge.line_properties, *NEEDED) if name not in values]
    if missing:
        raise _wrong(where, "缺少 / lacks", ", ".join(missing))
    carried = {p.name: values.pop(p.name) for p in CARRIED if p.name in values}
    return Fact(edge.name, start.label, start.id, end.label, end.id, values, **carried,
                stated=id if isinstance(id, str) else "")


def _declared(name: Any, declared: Mapping[str, D], where: str) -> D:
    if not isinstance(name, str) or name not in declared:
        raise _wrong(where, f"模型没有 / the model has no {name!r}; 可用 / known", ", ".join(declared))
    return declared[name]


def _typed(told: Mapping[str, Any], properties: Iterable[Property], where: str) -> dict[str, Any]:
    """The values that are known, in the order and the types of the model."""
    known = {p.name: p for p in properties}
    unknown = [name for name in told if name not in known]
    if unknown:
        raise _wrong(where, "模型没有这些属性 / the model has no", ", ".join(map(str, unknown)))
    return {name: _value(p, told[name], where) for name, p in known.items()
            if told.get(name) is not None and told[name] == told[name]}  # a table's NaN is nothing


def _value(one: Property, value: Any, where: str) -> Any:
    fits = {"text": isinstance(value, str), "flag": isinstance(value, bool),
            "day": isinstance(value, date) and not isinstance(value, datetime),
            "number": not isinstance(value, bool) and isinstance(value, Real)}
    if not fits[one.type]:
        raise _wrong(where, f"{one.name} 的类型不对, 应为 / is of the wrong type, should be {one.type}:", repr(value))
    if one.type != "number":
        return value
    return int(value) if one.name in INTEGERS else float(value)


def _node_place(node: Node) -> tuple[int, str]:
    return _LABELS[node.label], node.id


def _fact_place(fact: Fact) -> tuple[int, int, str]:
    ends = EDGE[fact.edge].ends
    pair = (fact.start_label, fact.end_label)
    return _EDGES[fact.edge], ends.index(pair) if pair in ends else len(ends), fact.id


_LABELS = {name: place for place, name in enumerate(LABEL)}
_EDGES = {name: place for place, name in enumerate(EDGE)}


def _wrong(where: str, what: str, value: str = "") -> ModelError:
    return ModelError(f"图不合模型 / not a graph of the model: {where}: {what} {value}".rstrip(),
                      "属性与类型见 docs/dictionary.md; 以 to_networkx 的结果为样 / the model is in docs/dictionary.md, "
                      "and to_networkx shows what is wanted")
