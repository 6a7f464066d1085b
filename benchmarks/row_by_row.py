"""One py2neo query a row, without constraints: how a graph is loaded by who has never heard of batches.

A whole load would take hours, so some of its rows are sent to the graph that is already there. What a row costs is
mostly the scan of its labels, which is as long there as it is at the end of such a load, so the hours are extrapolated:
for facts, which come last, rightly; for nodes up to twice too long, as their labels fill up while they are loaded.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from statistics import median
from typing import Any

from benchmarks.neo4j_place import Left, Place
from benchmarks.timing import timed
from graph.address import address, credentials
from graph.facts import Graph
from graph.tables import Table, tables

NODES, FACTS = 200, 60
TARGET = 1 / 500

Row = tuple[str, dict[str, Any]]
"""A text and its parameters."""
Run = Callable[[str, dict[str, Any]], object]


def row_by_row(place: Place, graph: Graph) -> tuple[float, float]:
    """Seconds a node and seconds a fact, of a sample of the rows of ``graph``, which is there. Raises Left."""
    with _py2neo(place) as run:
        place.bare()
        nodes, facts = _sampled(graph)
        return _mean(run, nodes), _mean(run, facts)


def _mean(run: Run, rows: list[Row]) -> float:
    """Over kinds of rows as often as they occur; of each kind the median, as one stalled query would outweigh the rest."""
    times: dict[str, list[float]] = {}
    for text, parameters in dict(rows).items():
        run(text, parameters)  # compiled when it is first seen, which is no cost of a row
    for text, parameters in rows:
        times.setdefault(text, []).append(timed(partial(run, text, parameters)))
    return sum(median(kind) * len(kind) for kind in times.values()) / len(rows)


@contextmanager
def _py2neo(place: Place) -> Iterator[Run]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own, of 2021
            from py2neo import Graph as Py2neo
    except ImportError as error:
        raise Left(f"py2neo is not installed: {error}") from error
    told = credentials()
    graph = Py2neo(address(place.url).uri, auth=tuple(told) if told else None, name=address(place.url).database)
    try:
        yield lambda text, parameters: graph.run(text, parameters).evaluate()
    finally:
        graph.service.connector.close()


def _sampled(graph: Graph) -> tuple[list[Row], list[Row]]:
    """Rows of every kind as often as they occur."""
    nodes, facts = list[Row](), list[Row]()
    for table in tables(graph):
        (nodes if table.ends is None else facts).extend(_row(table, row) for row in table.rows)
    chance = Random(0)
    return chance.sample(nodes, min(NODES, len(nodes))), chance.sample(facts, min(FACTS, len(facts)))


def _row(table: Table, values: list[Any]) -> Row:
    names = [one.name for one in table.columns]
    if table.ends is None:
        own = dict(zip(names, values, strict=True))
        return f"MERGE (n:{table.name} {{id: $id}}) SET n += $own", {"id": own["id"], "own": own}
    own = dict(zip(names, values[2:], strict=True))
    text = (f"MATCH (a:{table.ends[0]} {{id: $start}}) MATCH (b:{table.ends[1]} {{id: $end}}) "
            f"MERGE (a)-[r:{table.name} {{id: $id}}]->(b) SET r += $own")
    return text, {"start": values[0], "end": values[1], "id": own["id"], "own": own}
