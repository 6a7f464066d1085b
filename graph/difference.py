"""What must change on a server for it to hold exactly a graph: row by row, by id, every value compared.

Compared are the values and not a hash of them kept beside: somebody may have changed the graph by hand, and a
rebuild is to mend that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zlib import crc32

from graph.declare import Property
from graph.errors import StoreError
from graph.facts import Graph, Value
from graph.model import EDGES, LABELS
from graph.tables import INTEGERS, Table, edge_properties, node_properties, tables

BATCH = 5_000
"""Rows a statement: fewer cost round trips, more gain nothing (measured)."""

LANES = 2
"""Batches in flight at once: one is written while the next is sent. A third gains nothing, and cuts up the batches."""

CLASSES = 2 * LANES
"""Of nodes, by their id: a fact joins two of them, and so many let every lane have facts of its own."""
EVERY = frozenset(range(CLASSES))

LONGEST = 8_000
"""Bytes of a text that a server's index takes."""

Row = list[Value]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement for up to BATCH rows; it reports as ``done`` how many things it touched: all, where ``exact``.

    ``shares`` are the classes of nodes that steps of the same text may touch too; those of one class wait for each other.
    """

    text: str
    rows: list[Any]
    exact: bool
    shares: frozenset[int] = EVERY
    again: str = ""
    """The text of a second try, where the first may not be done twice: its commit may have been done unheard."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A graph as a server is to hold it: for each label rows by id, for each edge and pair of ends rows by id."""

    nodes: Mapping[str, dict[Value, Row]]
    facts: Mapping[tuple[str, tuple[str, str]], dict[Value, Row]]


def wanted(graph: Graph) -> Wanted:
    """The graph's rows with numbers as the server keeps them. Raises ModelError as ``tables`` does, and StoreError for
    an id that occurs twice, an end that is no node and a value that is not of its type: the server would take them."""
    nodes: dict[str, dict[Value, Row]] = {}
    facts: dict[tuple[str, tuple[str, str]], dict[Value, Row]] = {}
    for table in tables(graph):
        if table.ends is None:
            nodes[table.name] = _by_id(table)
        else:
            facts[table.name, table.ends] = _joined(table, nodes)
    return Wanted(nodes, facts)


def _by_id(table: Table) -> dict[Value, Row]:
    rows: dict[Value, Row] = {}
    columns = kinds(table.columns, 0)
    for row in table.rows:
        short(table.name, row[0])
        if row[0] in rows:
            raise StoreError(f"同一标识出现两次 / the same id twice: {table.name} {row[0]}")
        rows[row[0]] = typed(row, table.name, columns)
    return rows


def _joined(table: Table, nodes: Mapping[str, Mapping[Value, Row]]) -> dict[Value, Row]:
    assert table.ends is not None
    at = 2 + [one.name for one in table.columns].index("id")
    start, end = (nodes.get(label, {}) for label in table.ends)
    rows: dict[Value, Row] = {}
    columns = kinds(table.columns, 2)
    for row in table.rows:
        for id, there in ((row[0], start), (row[1], end)):
            if id not in there:
                raise StoreError(f"事实的一端不是节点 / an end of a fact is no node: {table.name} {id}")
        rows[row[at]] = typed(row, table.name, columns)
    return rows


def short(table: str, id: Value) -> None:
    if isinstance(id, str) and len(id) > LONGEST // 4 and len(id.encode("utf-8", "replace")) > LONGEST:
        raise StoreError(f"名称太长, 服务器无法索引 / too long a name for the server's index: {table} {id[:40]}…",
                         f"缩短到 {LONGEST // 3} 个汉字以内 / shorten it to {LONGEST} bytes")


_KINDS = {"text": str, "flag": bool, "day": date, "number": float}


def kinds(columns: Iterable[Property], first: int) -> list[tuple[int, Property, type]]:
    """Place, column and type of each value of a row."""
    return [(at, one, int if one.name in INTEGERS else _KINDS[one.type]) for at, one in enumerate(columns, start=first)]


def typed(row: Row, table: str, columns: Iterable[tuple[int, Property, type]]) -> Row:
    """The row, its numbers in the form that the server keeps; raises StoreError for a value that is not of its type."""
    for at, one, kind in columns:
        value = row[at]
        if value is not None and type(value) is not kind:
            row[at] = _as(kind, value, one, table)
    return row


def _as(kind: type, value: Value, one: Property, table: str) -> Value:
    """A number in the form that the server keeps; what only derives from the type passes."""
    if one.type == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if kind is int else float(value)
    if one.type == "number" or not isinstance(value, kind):
        raise StoreError(f"值不合类型 / not of its type: {table}.{one.name} = {value!r} ({one.type})")
    return value


# --- what is there, compared with what is wanted ---


_NO_ID = "({0}.id IS NULL OR NOT ({0}.id IS :: STRING NOT NULL))"
"""The former is said apart: with an index on the id the planner of 5.26 forgets what has none (tried)."""
_ONE = "size([label IN labels({0}) WHERE label IN $ours]) = 1"
"""A node that somebody gave a second label of ours would be listed, and deleted, under the wrong one."""

TWO_LABELS = f"""MATCH (n:{"|".join(one.name for one in LABELS)}) WHERE size([label IN labels(n) WHERE label IN $rows]) > 1
DETACH DELETE n RETURN count(*) AS done"""
"""Comes first, and what it deletes is put again: such nodes are not among those that were listed."""


COUNTED = " UNION ALL ".join(
    [f"MATCH (x:{one.name}) WITH count(x) AS n RETURN '{one.name}' AS name, n" for one in LABELS]
    + [f"MATCH ()-[x:{one.name}]->() WITH count(x) AS n RETURN '{one.name}' AS name, n" for one in EDGES])
"""How many there are of each label and edge: what the server knows without looking."""


def present_nodes(label: str) -> str:
    """The text that lists a label's rows: one column ``row``, the values in the order of the model; ``$ours``: labels."""
    columns = next(node_properties(one) for one in LABELS if one.name == label)
    return f"MATCH (n:{label}) WHERE {_ONE.format('n')} RETURN [{', '.join(f'n.{one.name}' for one in columns)}] AS row"


def present_facts(edge: str, ends: tuple[str, str]) -> str:
    """The same for an edge between two labels, the ids of its ends first."""
    columns = next(edge_properties(one) for one in EDGES if one.name == edge)
    return (f"MATCH (a:{ends[0]})-[r:{edge}]->(b:{ends[1]}) WHERE {_ONE.format('a')} AND {_ONE.format('b')} "
            f"RETURN [a.id, b.id, {', '.join(f'r.{one.name}' for one in columns)}] AS row")


def strays(edge: str) -> str:
    """The pattern of edges of this type between ends that the model does not join by it; the edge is ``r``."""
    pairs = next(one.ends for one in EDGES if one.name == edge)
    return f"MATCH (a)-[r:{edge}]->(b) WHERE NOT ({' OR '.join(f'(a:{start} AND b:{end})' for start, end in pairs)})"


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows to put (new or changed) and ids to delete (gone, twice there, or joining other ends); None among these
    stands for whatever has no id that could be one. ``seen`` rows were there."""

    put: list[Row]
    gone: list[Value]
    seen: int


def compared(rows: Mapping[Value, Row], there: Iterable[Row], at: int, afresh: bool) -> Difference:
    """``at`` is the place of the id in a row; ``afresh`` rewrites what is equal too (an older model's properties)."""
    kept: set[Value] = set()
    met: set[Value] = set()
    gone: list[Value] = []
    seen = 0
    for row in there:
        seen += 1
        id = row[at] if isinstance(row[at], str) else None
        want = rows.get(id) if id is not None else None
        if want is None or id in met or (at and want[:2] != row[:2]):
            gone.append(id)
            kept.discard(id)
        elif not afresh and want == row and all(map(_same_type, want, row)):
            kept.add(id)
        met.add(id)
    return Difference([row for id, row in rows.items() if id not in kept], gone, seen)


def _same_type(one: Value, other: Value) -> bool:
    """1, 1.0 and True are equal to Python, and not to a server."""
    return type(one) is type(other)


# --- the statements that make the one into the other ---


def put_nodes(label: str, rows: Sequence[Row], none: bool = False) -> Iterator[Step]:
    """Rows as ``wanted`` has them; exactly those values are on the nodes afterwards. ``none`` of the label is there yet."""
    columns = [one.name for one in next(node_properties(one) for one in LABELS if one.name == label)]
    values = f"SET n = {_map(columns, 0)} RETURN count(n) AS done"
    texts = f"UNWIND $rows AS row MERGE (n:{label} {{id: row[0]}}) {values}", f"UNWIND $rows AS row CREATE (n:{label}) {values}"
    yield from _put(*texts, rows, none, frozenset())


def put_facts(edge: str, ends: tuple[str, str], rows: Sequence[Row], none: bool = False) -> Iterator[Step]:
    """The same for facts, each between the two nodes whose ids its row begins with."""
    columns = [one.name for one in next(edge_properties(one) for one in EDGES if one.name == edge)]
    both = f"UNWIND $rows AS row MATCH (a:{ends[0]} {{id: row[0]}}) MATCH (b:{ends[1]} {{id: row[1]}})"
    values = f"SET r = {_map(columns, 2)} RETURN count(r) AS done"
    texts = (f"{both} MERGE (a)-[r:{edge} {{id: row[{2 + columns.index('id')}]}}]->(b) {values}",
             f"{both} CREATE (a)-[r:{edge}]->(b) {values}")
    for classes, some in _dealt(rows).items():
        yield from _put(*texts, some, none, classes)


def _put(merge: str, create: str, rows: Sequence[Row], none: bool, shares: frozenset[int]) -> Iterator[Step]:
    """Where there is none yet nothing is looked for: that is a sixth of a load (measured)."""
    for step in _steps(create if none else merge, rows, True, shares):
        yield replace(step, again=merge) if none else step


def _dealt(rows: Sequence[Row]) -> dict[frozenset[int], list[Row]]:
    """Facts by the classes of the nodes that they join. What one batch takes is not cut up."""
    if len(rows) <= BATCH:
        return {EVERY: list(rows)}
    dealt: dict[frozenset[int], list[Row]] = {}
    for row in rows:
        dealt.setdefault(frozenset((_class(row[0]), _class(row[1]))), []).append(row)
    return dealt


def _class(id: Value) -> int:
    return crc32(str(id).encode("utf-8", "replace")) % CLASSES


def _map(columns: Sequence[str], first: int) -> str:
    """The values of a row by name; rows go as lists, which are a quarter cheaper to send than maps (measured)."""
    return "{" + ", ".join(f"{name}: row[{at}]" for at, name in enumerate(columns, start=first)) + "}"


def drop_facts(edge: str, ids: Sequence[Value]) -> Iterator[Step]:
    """Facts by id; whatever has none, where None is among the ids."""
    yield from _drop(f"MATCH ()-[r:{edge} {{id: id}}]->() DELETE r",
                     f"MATCH ()-[r:{edge}]->() WHERE {_NO_ID.format('r')} DELETE r", ids)


def drop_nodes(label: str, ids: Sequence[Value]) -> Iterator[Step]:
    """With whatever somebody else tied to them, or they would hold up the load."""
    yield from _drop(f"MATCH (n:{label} {{id: id}}) DETACH DELETE n",
                     f"MATCH (n:{label}) WHERE {_NO_ID.format('n')} DETACH DELETE n", ids)


def _drop(by_id: str, without_id: str, ids: Sequence[Value]) -> Iterator[Step]:
    """What has no id was put there by hand: no row of ours is without."""
    yield from _steps(f"UNWIND $rows AS id {by_id} RETURN count(*) AS done", [id for id in ids if id is not None], False)
    if None in ids:
        yield Step(f"{without_id} RETURN count(*) AS done", [], False)


def _steps(text: str, rows: Sequence[Any], exact: bool, shares: frozenset[int] = EVERY) -> Iterator[Step]:
    for at in range(0, len(rows), BATCH):
        yield Step(text, list(rows[at : at + BATCH]), exact, shares)
