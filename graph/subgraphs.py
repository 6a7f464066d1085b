"""A graph handed to py2neo and taken back: for notebooks that were written with it.

py2neo has been end-of-life since 2023. Its last version, 2021.2.4, was tried on Neo4j 5.26 and 2026.09; nothing
else rests on it, and it is imported nowhere else. A chain is a few thousand facts, and that is what this is for:
a province is loaded into the server by liantu and asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import networkx as nx

from graph.declare import Property
from graph.errors import LiantuError, ModelError
from graph.facts import Graph, Value
from graph.model import LABEL
from graph.networks import from_networkx, node_key
from graph.tables import INTEGERS, Table, tables

try:
    import py2neo
    from interchange.time import Date
    from py2neo.cypher import cypher_join
    from py2neo.cypher.queries import unwind_create_relationships_query, unwind_merge_relationships_query

    Subgraph: Any = py2neo.Subgraph
except ImportError:  # told when it is used: every module can be imported without the extra
    py2neo, Subgraph = None, object


class FactSubgraph(Subgraph):  # type: ignore[misc]  # py2neo ships no types
    """A py2neo Subgraph whose ``Graph.create`` and ``Graph.merge`` keep every fact.

    Those of a plain Subgraph, and of a Relationship by itself, both know a relationship by its type and ends only:
    of two plants, or of an old and a new figure, one is left, with properties of both. Here a fact is known by its
    id. Nodes go as py2neo does it: ``create`` makes them, ``merge`` finds them by ``id``. Neither takes away a
    property that is no longer there. Once it is in a database it belongs to that; make another for a second one.
    """

    def __db_create__(self, tx: Any) -> None:
        with self._or_unbound():
            py2neo.Subgraph(self.nodes).__db_create__(tx)
            self._relate(tx, unwind_create_relationships_query, lambda name: name)

    def __db_merge__(self, tx: Any, primary_label: str | None = None, primary_key: str | None = None) -> None:
        with self._or_unbound():
            py2neo.Subgraph(self.nodes).__db_merge__(tx, primary_label, primary_key)
            self._relate(tx, unwind_merge_relationships_query, lambda name: (name, "id"))

    @contextmanager
    def _or_unbound(self) -> Iterator[None]:
        """Py2neo leaves what was rolled back bound to numbers that the next nodes get: facts would hang on these."""
        new = [one for one in (*self.nodes, *self.relationships) if one.graph is None]
        try:
            yield
        except BaseException:
            for one in new:
                one.graph = one.identity = None
            raise

    def _relate(self, tx: Any, query: Callable[[list[Any], Any], Any], known_by: Callable[[str], Any]) -> None:
        """One statement a type; what is in the database already is left as it is, as py2neo does."""
        new: dict[str, list[Any]] = {}
        for fact in self.relationships:
            if not self._is_bound(fact, tx.graph):
                new.setdefault(type(fact).__name__, []).append(fact)
        for name, facts in new.items():
            rows = [(fact.start_node.identity, dict(fact), fact.end_node.identity) for fact in facts]
            written = tx.run(*cypher_join(query(rows, known_by(name)), "RETURN _.id, id(_)"))
            found = {record[0]: record[1] for record in written}
            for fact in facts:
                fact.graph, fact.identity = tx.graph, found[fact["id"]]

    def __or__(self, other: Any) -> FactSubgraph:
        return _kept(super().__or__(other))

    def __and__(self, other: Any) -> FactSubgraph:
        return _kept(super().__and__(other))

    def __sub__(self, other: Any) -> FactSubgraph:
        return _kept(super().__sub__(other))

    def __xor__(self, other: Any) -> FactSubgraph:
        return _kept(super().__xor__(other))


def _kept(subgraph: Any) -> FactSubgraph:
    return FactSubgraph(subgraph.nodes, subgraph.relationships)


def to_py2neo(graph: Graph) -> FactSubgraph:
    """The graph as py2neo has it, every fact a Relationship with its two clocks, ``id``, ``line`` and ``precedence``.

    Values are those of a Neo4j store, days as py2neo reads them: ``interchange.time.Date``, which equals the
    ``datetime.date`` of that day but hashes otherwise. Raises LiantuError where py2neo is not installed, and
    ModelError for what is not in the model, occurs twice, or ends at a node that the graph does not hold.
    """
    _needs_py2neo()
    nodes: dict[str, Any] = {}
    facts: list[Any] = []
    for table in tables(graph):  # nodes first
        if table.ends is None:
            _add_nodes(table, nodes)
        else:
            facts += [_relationship(table, table.ends, row, nodes) for row in table.rows]
    return FactSubgraph(nodes.values(), facts)


def _add_nodes(table: Table, nodes: dict[str, Any]) -> None:
    for row in table.rows:
        node = py2neo.Node(table.name, **_written(table.columns, row))
        node.__primarylabel__, node.__primarykey__ = table.name, "id"
        if nodes.setdefault(_key(node), node) is not node:
            raise ModelError(f"同一节点出现两次 / the same node twice: {_key(node)}")


def _relationship(table: Table, ends: tuple[str, str], row: list[Value], nodes: Mapping[str, Any]) -> Any:
    start, end = (node_key(label, str(id)) for label, id in zip(ends, row[:2], strict=True))
    told = _written(table.columns, row[2:])
    if not nodes.keys() >= {start, end}:
        raise ModelError("事实的一端没有节点 / a fact has an end that is no node: "
                         f"{start} -{table.name}-> {end} ({told['cell']})")
    return py2neo.Relationship(nodes[start], table.name, nodes[end], **told)


def _written(columns: Iterable[Property], values: Iterable[Value]) -> dict[str, Any]:
    pairs = zip(columns, values, strict=True)
    return {one.name: _as_stored(one, value) for one, value in pairs if value is not None}


def _as_stored(one: Property, value: Any) -> Any:
    if one.type == "number" and one.name not in INTEGERS:
        return float(value)
    return Date(value.year, value.month, value.day) if one.type == "day" else value


def from_py2neo(subgraph: Any) -> Graph:
    """The graph of a Subgraph: one of ours, changed or not, or what py2neo matched over Bolt in a store of liantu's.

    Any Subgraph serves: ``Subgraph(graph.nodes.match("Firm"), graph.relationships.match(r_type="MAKES"))``,
    ``graph.run(…).to_subgraph()``, a Path; py2neo asks the server twice for each relationship (868 facts: 6–10 s), so
    for a whole store use ``graph.whole``. Raises LiantuError where py2neo is not installed, and ModelError, as
    ``from_networkx`` does, for what is not of the model, and for two things of one id that differ.
    """
    _needs_py2neo()
    network = nx.MultiDiGraph()
    for node in subgraph.nodes:
        key, told = _key(node), _read(node)
        told |= {"label": key.partition(":")[0], "aliases": tuple(filter(None, told.get("aliases", "").split("、")))}
        _once(network.nodes.get(key), told, key)
        network.add_node(key, **told)
    for place, fact in enumerate(subgraph.relationships):
        ends, told = [_key(node) for node in fact.nodes], _read(fact) | {"edge": type(fact).__name__}
        id = told.pop("id", place)  # a number where nobody gave it an id: it gets the one that its fact has
        _once(network.get_edge_data(*ends, id), told, f"{told['edge']} {id}")
        network.add_edge(*ends, id, **told)
    return from_networkx(network)


def _key(node: Any) -> str:
    """What networkx calls a node of the model; asking for its labels loads what py2neo has not loaded yet."""
    labels = sorted(node.labels)
    if len(labels) != 1 or labels[0] not in LABEL or node["id"] is None:
        raise ModelError(f"节点应有一个模型中的标签和 id / a node has one label of the model and an id: {node!r}",
                         f"只取这些标签的节点 / match nodes of these labels only: {', '.join(LABEL)}")
    return node_key(labels[0], node["id"])


def _read(entity: Any) -> dict[str, Any]:
    """The properties with Python's days. ``dict(node)`` of a node that is not loaded yet is empty; ``keys()`` loads it."""
    values = ((key, entity[key]) for key in entity.keys())  # noqa: SIM118
    return {key: value.to_native() if isinstance(value, Date) else value for key, value in values}


def _once(before: Mapping[str, Any] | None, now: Mapping[str, Any], what: str) -> None:
    if before is not None and before != now:
        raise ModelError(f"同一标识, 两种内容 / one id, two contents: {what}", "只留一个 / leave out one of them")


def _needs_py2neo() -> None:
    if py2neo is None:
        raise LiantuError("没有安装 py2neo / py2neo is not installed",
                          'pip install py2neo==2021.2.4; py2neo 自 2023 年起已停止维护, 也可用 to_networkx 或官方驱动 neo4j / '
                          "it has been end-of-life since 2023; to_networkx and the official driver neo4j serve too")
