"""Loading into Neo4j: our store against the bare official driver.

The bare driver is sent the same rows in the same batches, by the statements that anybody would write, and has them ready
before the clock starts. Ours starts from the graph: it makes ids and lines of the facts, checks them, finds what differs
from the database and keeps its marker. All of that may cost half as much again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import neo4j

from benchmarks.neo4j_place import Place
from benchmarks.timing import Failed, Times, in_turn, timed
from graph.difference import BATCH
from graph.facts import Graph
from graph.model import VERSION
from graph.store import Marker, open_store
from graph.tables import Table, tables

TARGET = 1.5
MARKER = Marker("benchmark", VERSION, "made-up")


@dataclass(frozen=True, slots=True)
class Batch:
    """A statement and the rows it is sent with."""

    text: str
    rows: Sequence[Any]


def batches(graph: Graph) -> Iterator[Batch]:
    for table in tables(graph):
        text, rows = (_node_text(table), _node_rows(table)) if table.ends is None else (_fact_text(table), _fact_rows(table))
        for at in range(0, len(rows), BATCH):
            yield Batch(text, rows[at : at + BATCH])


def _node_text(table: Table) -> str:
    return f"UNWIND $rows AS row MERGE (n:{table.name} {{id: row.id}}) SET n = row"


def _fact_text(table: Table) -> str:
    assert table.ends is not None
    return (f"UNWIND $rows AS row MATCH (a:{table.ends[0]} {{id: row.start}}) MATCH (b:{table.ends[1]} {{id: row.end}}) "
            f"MERGE (a)-[r:{table.name} {{id: row.own.id}}]->(b) SET r = row.own")


def _node_rows(table: Table) -> list[dict[str, Any]]:
    return [_own(table, row) for row in table.rows]


def _fact_rows(table: Table) -> list[dict[str, Any]]:
    return [{"start": row[0], "end": row[1], "own": _own(table, row[2:])} for row in table.rows]


def _own(table: Table, values: Sequence[Any]) -> dict[str, Any]:
    return {one.name: value for one, value in zip(table.columns, values, strict=True) if value is not None}


# --- the two sides


def ours(place: Place, graph: Graph) -> None:
    with open_store(place.url, create=True) as store:
        store.replace(graph, MARKER)


def bare(place: Place, rows: Sequence[Batch]) -> None:
    with place.session() as session:
        for batch in rows:
            session.execute_write(partial(_send, batch=batch))


def _send(transaction: neo4j.ManagedTransaction, batch: Batch) -> None:
    transaction.run(batch.text, rows=batch.rows).consume()


def loads(place: Place, graph: Graph, runs: int, warm_up: int) -> Times:
    """Seconds of whole loads into an empty database that has its schema; Failed where a side loaded something else."""
    ready = list(batches(graph))
    want = len(graph.nodes), len(graph.facts)

    def once(side: str) -> float:
        place.renewed()
        taken = timed(partial(ours, place, graph) if side == "ours" else partial(bare, place, ready))
        if place.size() != want:
            raise Failed(f"loaded by {side}: {place.size()} nodes and facts, and not {want}")
        return taken

    gc.collect()
    gc.freeze()  # what both sides only read is no work of the collector's that either should pay for
    try:
        return in_turn({"ours": partial(once, "ours"), "peer": partial(once, "peer")}, runs, warm_up)
    finally:
        gc.unfreeze()
