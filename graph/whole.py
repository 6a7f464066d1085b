"""A store's graph read back whole, and what of a graph belongs to one chain: for notebooks, files and backups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from graph.declare import Edge, Label, Property
from graph.facts import Fact, Graph, Node
from graph.model import AUDIENCES, EDGES, FACT_PROPERTIES, LABELS, audiences
from graph.store import Store
from graph.tables import INTEGERS, edge_properties, node_properties

End = tuple[str, str]
"""Label and id: an id alone is unique only within its label."""

_PASSED = frozenset({"id", "line", "precedence", "sole"})
"""What a fact makes of itself, or the graph of it; the id is kept as stated."""


def whole(store: Store, audience: str = AUDIENCES[-1]) -> Graph:
    """Everything that ``audience`` may see, nodes and facts by type and id; what is null is left out.

    A node that only stricter facts speak of does not occur. Raises StoreError as ``Store.read`` does.
    """
    seen = audiences(audience)
    facts = tuple(fact for edge in EDGES for ends in edge.ends for fact in _facts(store, edge, ends, seen))
    nodes = (node for label in LABELS for node in _nodes(store, label, seen))
    if audience == AUDIENCES[-1]:
        return Graph(tuple(nodes), facts)
    return Graph(tuple(_met(nodes, facts, seen)), facts)


def of_chain(graph: Graph, chain: str) -> Graph:
    """The part of a graph that one chain (by id) is about.

    Its nodes and every fact about them; the firms and projects in those facts with what is known of them,
    but not what they make for other chains; the regions these lie within; and the sources of all that.
    """
    nodes = {("ChainNode", f.start) for f in graph.facts if f.edge == "PART_OF" and f.end == chain}
    core = nodes | {("Chain", chain)}
    about = [f for f in graph.facts if _touches(f, core) and (f.edge != "PART_OF" or f.end == chain)]
    actors = {end for f in about for end in _ends(f) if end[0] in ("Firm", "Project")}
    about += [f for f in graph.facts if not _touches(f, core) and _touches(f, actors) and f.end_label != "ChainNode"]
    about += _upwards(graph, {end for f in about for end in _ends(f) if end[0] == "Region"})
    met = {end for f in about for end in _ends(f)} | {("Source", f.source) for f in about} | core
    kept = set(map(id, about))
    return Graph(tuple(n for n in graph.nodes if (n.label, n.id) in met),
                 tuple(f for f in graph.facts if id(f) in kept))


def _upwards(graph: Graph, regions: set[End]) -> Iterator[Fact]:
    """WITHIN from these regions up, as far as it goes."""
    above: dict[str, list[Fact]] = {}
    for fact in graph.facts:
        if fact.edge == "WITHIN":
            above.setdefault(fact.start, []).append(fact)
    open_, done = [id for _, id in regions], set[str]()
    while open_:
        region = open_.pop()
        if region not in done:
            done.add(region)
            yield from above.get(region, ())
            open_ += [fact.end for fact in above.get(region, ())]


def _ends(fact: Fact) -> tuple[End, End]:
    return (fact.start_label, fact.start), (fact.end_label, fact.end)


def _touches(fact: Fact, ends: Collection[End]) -> bool:
    return (fact.start_label, fact.start) in ends or (fact.end_label, fact.end) in ends


def _met(nodes: Iterable[Node], facts: Iterable[Fact], seen: Collection[str]) -> Iterator[Node]:
    facts = list(facts)
    met = {end for fact in facts for end in _ends(fact)} | {("Source", fact.source) for fact in facts}
    for node in nodes:
        if (node.label, node.id) in met and node.properties.get("audience", AUDIENCES[0]) in seen:
            yield node


# --- texts made of the model's own names, rows made nodes and facts ---


def _nodes(store: Store, label: Label, seen: Collection[str]) -> Iterator[Node]:
    columns = [p for p in node_properties(label) if p.audience in seen]
    text = f"MATCH (n:{label.name}) RETURN {_listed('n', columns)} ORDER BY n.id"
    for row in store.read(text, {}):
        values = _typed(row, columns)
        aliases = tuple(part for part in values.pop("aliases", "").split("、") if part)
        yield Node(label.name, values.pop("id"), values.pop("name", ""), aliases, values)


def _facts(store: Store, edge: Edge, ends: tuple[str, str], seen: Collection[str]) -> Iterator[Fact]:
    columns = [p for p in edge_properties(edge) if p.audience in seen]
    text = (f"MATCH (a:{ends[0]})-[e:{edge.name}]->(b:{ends[1]}) WHERE e.audience IN $audiences "
            f"RETURN a.id AS start, b.id AS end_id, {_listed('e', columns)} ORDER BY e.id")
    carried = {p.name for p in FACT_PROPERTIES}
    for row in store.read(text, {"audiences": list(seen)}):
        values = _typed(row, columns)
        own = {name: value for name, value in values.items() if name not in carried}
        told = {name: value for name, value in values.items() if name in carried - _PASSED}
        yield Fact(edge.name, ends[0], row["start"], ends[1], row["end_id"], own, stated=values["id"], **told)


def _listed(variable: str, columns: Iterable[Property]) -> str:
    return ", ".join(f"{variable}.{p.name} AS {p.name}" for p in columns)


def _typed(row: dict[str, Any], columns: Iterable[Property]) -> dict[str, Any]:
    """The values that are not null, a number as float whatever the engine."""
    return {p.name: float(row[p.name]) if p.type == "number" and p.name not in INTEGERS else row[p.name]
            for p in columns if row[p.name] is not None}
