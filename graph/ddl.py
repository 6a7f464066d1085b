"""The schema of each engine, derived from the one declaration in ``graph/model.py``, and its rows.

Names come from the model only, never from data; ``python -m graph.lint`` has tried every one of
them on the embedded engine, so none needs quoting.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from graph.declare import Edge, Label, Property
from graph.errors import ModelError
from graph.facts import Fact, Graph, Node, Value
from graph.model import EDGE, EDGES, FACT_PROPERTIES, LABEL, LABELS, NODE_PROPERTIES

EMBEDDED_TYPES = {"text": "STRING", "number": "DOUBLE", "flag": "BOOL", "day": "DATE"}
INTEGERS = frozenset({"authority"})
"""Numbers that are counts of steps: compared and joined as whole numbers on both engines."""

FILTERED = ("line", "valid_from", "known_from")
"""What the questions filter facts by: indexed on the server; the embedded engine has no such index."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
D = TypeVar("D", Label, Edge)


class Model(Protocol):
    """What a schema is made from: the module ``graph.model``, or anything with its two tuples."""

    LABELS: tuple[Label, ...]
    EDGES: tuple[Edge, ...]


class Declared:
    """A model made of the given labels and edges; by default the one in ``graph/model.py``."""

    def __init__(self, labels: Sequence[Label] = LABELS, edges: Sequence[Edge] = EDGES) -> None:
        self.LABELS = tuple(labels)
        self.EDGES = tuple(edges)


MODEL = Declared()


def node_properties(label: Label) -> tuple[Property, ...]:
    """The columns of a label's table, in order: id, name, aliases, then its own."""
    return (*NODE_PROPERTIES, *label.properties)


def edge_properties(edge: Edge) -> tuple[Property, ...]:
    """The columns of an edge's table, in order: its own, then what every fact carries."""
    return (*edge.properties, *FACT_PROPERTIES)


def embedded_schema(model: Model = MODEL) -> list[str]:
    """One statement a table; nodes before edges, as the engine demands."""
    return [*map(node_table, model.LABELS), *map(edge_table, model.EDGES)]


def node_table(label: Label) -> str:
    """``CREATE NODE TABLE Firm (id STRING PRIMARY KEY, name STRING, …)``."""
    key, *others = _columns(node_properties(label))
    return f"CREATE NODE TABLE {label.name} ({', '.join([f'{key} PRIMARY KEY', *others])})"


def edge_table(edge: Edge) -> str:
    """``CREATE REL TABLE AIMS (FROM Region TO ChainNode, FROM Region TO Indicator, due DATE, …)``."""
    pairs = [f"FROM {start} TO {end}" for start, end in edge.ends]
    return f"CREATE REL TABLE {edge.name} ({', '.join([*pairs, *_columns(edge_properties(edge))])})"


def _columns(properties: Iterable[Property]) -> list[str]:
    return [f"{one.name} {embedded_type(one)}" for one in properties]


def embedded_type(one: Property) -> str:
    return "INT64" if one.name in INTEGERS else EMBEDDED_TYPES[one.type]


def neo4j_schema(model: Model = MODEL) -> list[str]:
    """Constraints on every id, indexes on what the questions filter by; each may be run again."""
    return [statement for label in model.LABELS for statement in _label_rules(label)] + [
        statement for edge in model.EDGES for statement in _edge_rules(edge)
    ]


def _label_rules(label: Label) -> list[str]:
    name = label.name
    return [
        f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{name}) REQUIRE n.id IS UNIQUE",
        f"CREATE INDEX {name}_name IF NOT EXISTS FOR (n:{name}) ON (n.name)",
    ]


def _edge_rules(edge: Edge) -> list[str]:
    name = edge.name
    return [
        f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR ()-[r:{name}]-() REQUIRE r.id IS UNIQUE",
        *(f"CREATE INDEX {name}_{key} IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.{key})" for key in FILTERED),
    ]


# --- COPY into those tables, and the lines of CSV that it reads ---

COPY = """COPY {table} FROM '{{file}}' ({pair}HEADER=false, PARALLEL=false, AUTO_DETECT=false, ESCAPE='"', QUOTE='"')"""


def copies(graph: Graph) -> Iterator[tuple[str, Iterator[str]]]:
    """For each table that has rows, nodes first: the statement (``{file}`` to be filled in), its lines.

    Raises ModelError for a label, an edge, a pair of ends or a property that is not in the model.
    """
    for label, nodes in _grouped(graph.nodes, lambda node: node.label).items():
        yield COPY.format(table=_known(label, LABEL).name, pair=""), _node_lines(LABEL[label], nodes)
    for (name, ends), facts in _grouped(graph.facts, _kind).items():
        if ends not in _known(name, EDGE).ends:
            raise ModelError(f"模型没有这种事实 / not in the model: {ends[0]} -{name}-> {ends[1]} ({facts[0].cell})")
        pair = f"from='{ends[0]}', to='{ends[1]}', "
        yield COPY.format(table=name, pair=pair), _fact_lines(EDGE[name], facts)


def _kind(fact: Fact) -> tuple[str, tuple[str, str]]:
    return fact.edge, (fact.start_label, fact.end_label)


def _grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _known(name: str, declared: Mapping[str, D]) -> D:
    if name not in declared:
        raise ModelError(f"模型没有 / not in the model: {name}")
    return declared[name]


def _node_lines(label: Label, nodes: Iterable[Node]) -> Iterator[str]:
    columns = [one.name for one in node_properties(label)]
    for node in nodes:
        own = {"id": node.id, "name": node.name, "aliases": "、".join(node.aliases)}
        yield _line({**node.properties, **own}, columns, label.name)


def _fact_lines(edge: Edge, facts: Iterable[Fact]) -> Iterator[str]:
    """The two ends first. A fact stated twice is refused: the engine would keep both edges."""
    columns = [one.name for one in edge_properties(edge)]
    seen: set[Value] = set()
    for fact in facts:
        own: dict[str, Value] = {one.name: getattr(fact, one.name) for one in FACT_PROPERTIES}
        if own["id"] in seen:
            raise ModelError(f"同一事实出现两次 / the same fact twice: {edge.name} {own['id']} ({fact.cell})")
        seen.add(own["id"])
        yield f"{_cell(fact.start)},{_cell(fact.end)},{_line({**fact.properties, **own}, columns, edge.name)}"


def _line(values: Mapping[str, Value], columns: Sequence[str], table: str) -> str:
    unknown = values.keys() - set(columns)
    if unknown:
        raise ModelError(f"模型没有这些属性 / not in the model: {table}: {', '.join(sorted(unknown))} ({values['id']})")
    return ",".join([_cell(values.get(name)) for name in columns]) + "\n"


def _cell(value: Value) -> str:
    """Quoted, or nothing at all for None: that is how COPY tells '' from NULL."""
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'
