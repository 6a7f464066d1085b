"""A change of an embedded graph: written to a log beside the file, which is taken in again when the file is opened.

Measured on ladybug 0.22, 200,000 facts of one type: to write ten rows into the file itself takes 3 s, because a checkpoint
rewrites the whole block of 131,072 nodes they are in; ten rows in the log take 0.1 s, and a log of 1,000 makes opening
0.1 s longer. So changes gather in the log until it is long, and then the file is made anew. COPY is no way to put rows
into a log: it writes past it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ladybug

from graph import store as seam
from graph.change import Change, Gone, Placed, by_kind, fact_values, node_values
from graph.facts import Node, Value
from graph.model import EDGE, LABEL
from graph.sharing import ENGINE
from graph.store import Progress
from graph.tables import edge_properties, node_properties

LONGEST = 1 << 20
"""Bytes of a log, about a thousand facts: a longer one is taken into the file."""

POOL = 256 << 20
"""Bytes of buffer at least: the engine's default is most of the memory."""

Work = tuple[str, Mapping[str, Value]]


def applied(path: Path, fresh: Path, change: Change, progress: Progress) -> Path | None:
    """Make ``fresh`` from the graph at ``path`` and the change; its log, None where it has become part of the file.

    Raises StaleStore, what the engine raises, and OSError.
    """
    log = fresh.with_name(fresh.name + ".wal")
    _, before = seam.checked(path, ENGINE)
    shutil.copyfile(path, fresh)
    if before:
        log.write_bytes(before)
    size = max(POOL, 4 * fresh.stat().st_size)
    with ladybug.Database(str(fresh), buffer_pool_size=size, auto_checkpoint=False) as database, \
            ladybug.Connection(database) as connection:
        connection.execute("CALL force_checkpoint_on_close=false")
        _run(connection, change, progress)
        if _size(log) > LONGEST:
            connection.execute("CHECKPOINT")
    return log if _size(log) else None


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _run(connection: ladybug.Connection, change: Change, progress: Progress) -> None:
    """All in one transaction. Facts go first and nodes last, so that no statement meets an end that is not there."""
    connection.execute("BEGIN TRANSACTION")
    total = len(change)
    for done, (text, values) in enumerate(_work(change), start=1):
        connection.execute(text, dict(values))
        if done % 500 == 0:
            progress(done, total)
    connection.execute("COMMIT")
    progress(total, total)


def _work(change: Change) -> Iterator[Work]:
    yield from map(_drop, change.facts_gone)
    yield from map(_put_node, change.nodes)
    for (edge, start, end), facts in by_kind(change.facts):
        yield from _facts(_create(edge, start, end), facts)
    for (edge, start, end), facts in by_kind(change.moved):
        yield from _facts(_set(edge, start, end), facts)
    for label, id in change.nodes_gone:
        yield f"MATCH (n:{LABEL[label].name} {{id: $id}}) DELETE n", {"id": id}


def _drop(gone: Gone) -> Work:
    pattern = f"(a:{LABEL[gone.start_label].name} {{id: $a}})-[r:{EDGE[gone.edge].name}]->(b:{LABEL[gone.end_label].name} {{id: $b}})"
    return f"MATCH {pattern} WHERE r.id = $id DELETE r", {"a": gone.start, "b": gone.end, "id": gone.id}


def _put_node(node: Node) -> Work:
    values = {f"p_{name}": value for name, value in node_values(node).items()}
    columns = ", ".join(f"n.{one.name} = $p_{one.name}" for one in node_properties(LABEL[node.label]) if one.name != "id")
    return f"MERGE (n:{node.label} {{id: $p_id}}) SET {columns}", values


def _create(edge: str, start: str, end: str) -> str:
    columns = ", ".join(f"{one.name}: $p_{one.name}" for one in edge_properties(EDGE[edge]))
    return f"MATCH (a:{start} {{id: $a}}) MATCH (b:{end} {{id: $b}}) CREATE (a)-[:{edge} {{{columns}}}]->(b)"


def _set(edge: str, start: str, end: str) -> str:
    columns = ", ".join(f"r.{one.name} = $p_{one.name}" for one in edge_properties(EDGE[edge]) if one.name != "id")
    return f"MATCH (a:{start} {{id: $a}})-[r:{edge}]->(b:{end} {{id: $b}}) WHERE r.id = $p_id SET {columns}"


def _facts(text: str, facts: Sequence[Placed]) -> Iterator[Work]:
    for one in facts:
        values: dict[str, Any] = {f"p_{name}": value for name, value in fact_values(one).items()}
        yield text, {**values, "a": one.fact.start, "b": one.fact.end}

