"""The rows of the table that need a Neo4j: loads, questions, and a load row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import neo4j_loads, row_by_row
from benchmarks.asking import asking
from benchmarks.chainkg import chainkg
from benchmarks.neo4j_place import Left, Place, neo4j_place
from benchmarks.province import CHAINKG, province
from benchmarks.sample import scaled
from benchmarks.table import Row
from benchmarks.timing import compared, timed
from graph.facts import Graph
from graph.store import open_store
from graph.whole import whole
from graph.workspace import find

COPIES = 30
"""Of the sample: more than one transaction takes, so that all the machinery of a big load is at work."""
LOADS = 2
"""Counted runs of each side at most: a load of the big graph takes most of a minute."""


def neo4j_rows(demo: Path, kept: Path | None, runs: int, folder: Path) -> tuple[list[Row], list[str]]:
    """Rows, and what one has to know of them or why there are none. ``kept`` is where the chainkg files are."""
    try:
        with neo4j_place(folder) as place:
            rows, sample = _of_the_sample(place, demo, runs)
            more, notes = _of_the_big(place, kept, runs)
            return [*rows, *sample, *more], [f"Neo4j {place.version}", *notes]
    except Left as why:
        return [], [f"left out, all that needs Neo4j: {why}"]


def _of_the_sample(place: Place, demo: Path, runs: int) -> tuple[list[Row], list[Row]]:
    """Its loads, many times over; its questions."""
    workspace = find(demo)
    with open_store(workspace.store) as embedded:
        sample = whole(embedded)
        many = scaled(sample, COPIES)
        loads = [_loads(place, f"sample × {COPIES}", many, min(runs, LOADS), warm_up=1), *_again(place, many)]
        place.renewed()
        neo4j_loads.ours(place, sample)
        with open_store(place.url) as server:
            return loads, list(asking(server, embedded, sample, workspace.settings, runs))


def _of_the_big(place: Place, kept: Path | None, runs: int) -> tuple[list[Row], list[str]]:
    name, graph = ("chainkg", chainkg(kept)) if kept else ("made up like chainkg", province(CHAINKG))
    row = _loads(place, name, graph, min(runs, LOADS), warm_up=1)
    try:
        return _row_by_row(place, name, graph, row)
    except Left as why:
        return [row], [f"left out, py2neo row by row: {why}"]


def _loads(place: Place, name: str, graph: Graph, runs: int, warm_up: int) -> Row:
    times = neo4j_loads.loads(place, graph, runs, warm_up)
    size = f"{len(graph.nodes):,} nodes, {len(graph.facts):,} facts"
    return compared(f"Neo4j load / bare driver: {name} ({size})", times, "s", neo4j_loads.TARGET)


def _again(place: Place, graph: Graph) -> Iterator[Row]:
    """Into a database that has the graph already: what an everyday load costs."""
    place.renewed()
    neo4j_loads.ours(place, graph)
    same = [timed(partial(neo4j_loads.ours, place, graph)) for _ in range(LOADS)]
    yield Row("  again, nothing changed", "s", round(median(same), 1))
    changed = [timed(partial(neo4j_loads.ours, place, _changed(graph, number))) for number in range(LOADS)]
    yield Row("  again, 1 % of the facts changed", "s", round(median(changed), 1))


def _changed(graph: Graph, number: int) -> Graph:
    """Every hundredth fact stated in another cell."""
    return replace(graph, facts=tuple(replace(fact, cell=f"changed,{number}") if at % 100 == 0 else fact
                                      for at, fact in enumerate(graph.facts)))


def _row_by_row(place: Place, name: str, graph: Graph, loaded: Row) -> tuple[list[Row], list[str]]:
    """A mean row of the whole graph each way; ``loaded`` is our load of it, in seconds."""
    node, fact = row_by_row.row_by_row(place, graph)
    nodes, facts = len(graph.nodes), len(graph.facts)
    peer, ours = (nodes * node + facts * fact) / (nodes + facts), loaded.ours / (nodes + facts)
    row = Row(f"Neo4j load, a row / py2neo, a row: {name}", "ms", round(ours * 1000, 3), round(peer * 1000, 3),
              round(ours / peer, 5), row_by_row.TARGET)
    note = (f"py2neo, one query a row, no constraints, into the full graph: {node * 1000:.1f} ms a node ({row_by_row.NODES} "
            f"tried), {fact * 1000:.1f} ms a fact ({row_by_row.FACTS} tried); all rows so, extrapolated: "
            f"{(nodes + facts) * peer / 3600:.1f} h; ours is {peer / ours:.0f} × faster")
    return [loaded, row], [note]
