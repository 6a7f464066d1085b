"""The schema of each engine, derived from the one declaration in ``graph/model.py``, and its rows.

Names come from the model only, never from data; ``python -m graph.lint`` has tried every one of
them on the embedded engine, so none needs quoting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from graph.declare import Edge, Label, Property
from graph.facts import Graph, Value
from graph.model import EDGES, LABELS
from graph.tables import INTEGERS, edge_properties, node_properties, tables

EMBEDDED_TYPES = {"text": "STRING", "number": "DOUBLE", "flag": "BOOL", "day": "DATE"}


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
    """Constraints on every id, indexes on what the questions filter by; each may be run again.

    Facts are reached from their ends. None is sought by its line or its days (nearly every fact is older than the day
    that is asked for), so these have no index: three a fact took a good tenth of a load's time on the server (measured).
    """
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
    return [f"CREATE CONSTRAINT {edge.name}_id IF NOT EXISTS FOR ()-[r:{edge.name}]-() REQUIRE r.id IS UNIQUE"]


# --- COPY into those tables, and the lines of CSV that it reads ---

COPY = """COPY {table} FROM '{{file}}' ({pair}HEADER=false, PARALLEL=false, AUTO_DETECT=false, ESCAPE='"', QUOTE='"')"""


def copies(graph: Graph) -> Iterator[tuple[str, Iterator[str]]]:
    """For each table that has rows, nodes first: the statement (``{file}`` to be filled in), its lines.

    Raises ModelError as ``tables`` does.
    """
    for table in tables(graph):
        pair = f"from='{table.ends[0]}', to='{table.ends[1]}', " if table.ends else ""
        yield COPY.format(table=table.name, pair=pair), (csv_line(row) for row in table.rows)


def csv_line(row: Iterable[Value]) -> str:
    """One line of CSV with every value quoted, but None as nothing at all: that is how readers tell '' from NULL."""
    return ",".join([_cell(value) for value in row]) + "\n"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'
