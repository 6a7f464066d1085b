"""The server store against the bare driver, against py2neo row by row, and each question against the embedded store."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import neo4j
import py2neo

from benchmarks.bench import Row
from benchmarks.timing import Failed, in_turn
from graph.ddl import neo4j_schema
from graph.difference import Step, put_facts, put_nodes, wanted
from graph.facts import Fact, Graph
from graph.model import AUDIENCES, VERSION
from graph.store import Marker, Store, open_store
from queries.asking import Asked
from queries.catalogue import every
from queries.claims import claims
from queries.gaps import gaps
from queries.panorama import panorama
from scripts.neo4j_server import LTS, Server, missing

DAY = date(2026, 6, 30)
SLOW_ROWS = 40
"""Rows of each kind that are timed one by one: a whole graph that way takes hours."""


@contextmanager
def server(folder: Path) -> Iterator[neo4j.Driver | None]:
    """A Neo4j of our own with NEO4J_URL, NEO4J_USER and NEO4J_PASSWORD set; None where it cannot be had."""
    if reason := missing(LTS, allow_fetch=True):
        print(f"Neo4j: {reason}")
        yield None
        return
    started = Server(LTS, folder, heap="2g")
    started.start()
    try:
        os.environ.update(NEO4J_URL=started.url, NEO4J_USER=started.user, NEO4J_PASSWORD=started.password)
        with neo4j.GraphDatabase.driver(started.url, auth=(started.user, started.password)) as driver:
            yield driver
    finally:
        started.stop()


def rows(driver: neo4j.Driver, graph: Graph, named: str, city: Path, runs: int) -> list[Row]:
    """All of it: ``graph`` for the loads, the sample workspace at ``city`` for the questions."""
    loads = loading(driver, graph, named, min(runs, 3))
    return [*loads, *one_by_one(driver, graph, named, loads[0].ours / 1000), *questions(driver, city, runs)]


def emptied(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


# --- loading ---


def loading(driver: neo4j.Driver, graph: Graph, named: str, runs: int) -> list[Row]:
    """Into an empty database with the same constraints and indexes; then the same graph again, and 1 % of it changed."""
    with open_store(os.environ["NEO4J_URL"], create=True) as store:
        ours = partial(store.replace, graph, Marker("bench", VERSION, "m"))
        ours()  # makes the schema, and lets the server plan the statements
        work = {"ours": ours, "peer": partial(bare, driver, steps(graph))}
        times = in_turn({name: partial(timed, driver, once) for name, once in work.items()}, runs, warm_up=1)
        ours_ms, peer_ms = (round(median(times[name]) * 1000) for name in ("ours", "peer"))
        emptied(driver)
        ours()
        again = timed(None, ours)
        fewer = Graph(graph.nodes, graph.facts[len(graph.facts) // 100:])
        changed = timed(None, partial(store.replace, fewer, Marker("bench", VERSION, "m")))
        ours()
    size = f"{named}: {len(graph.nodes):,} nodes, {len(graph.facts):,} facts"
    return [Row(f"load, {size} / bare driver", "ms", ours_ms, peer_ms, round(ours_ms / peer_ms, 2), 1.5),
            Row("  the same again", "ms", round(again * 1000)), Row("  1 % fewer facts", "ms", round(changed * 1000))]


def steps(graph: Graph) -> list[Step]:
    """The statements and rows that our load sends too."""
    want = wanted(graph)
    nodes = (put_nodes(label, list(found.values())) for label, found in want.nodes.items())
    facts = (put_facts(edge, ends, list(found.values())) for (edge, ends), found in want.facts.items())
    return [step for group in (*nodes, *facts) for step in group]


def bare(driver: neo4j.Driver, sent: list[Step]) -> None:
    """What anybody would write: a managed transaction a batch."""
    with driver.session() as session:
        for step in sent:
            session.execute_write(partial(_sent, step=step))


def _sent(transaction: neo4j.ManagedTransaction, step: Step) -> None:
    transaction.run(step.text, rows=step.rows).consume()


def timed(driver: neo4j.Driver | None, once: Callable[[], Any]) -> float:
    """Seconds; into an empty database where a driver is given to empty it."""
    if driver is not None:
        emptied(driver)
    start = time.perf_counter()
    once()
    return time.perf_counter() - start


# --- one query a row, no index: how it is often done ---


def one_by_one(driver: neo4j.Driver, graph: Graph, named: str, ours: float) -> list[Row]:
    """py2neo's cost a row beside the whole graph, times the number of rows, against our whole load."""
    for rule in neo4j_schema():
        kind, name = rule.split()[1:3]
        driver.execute_query(f"DROP {kind} {name} IF EXISTS")
    notebook = py2neo.Graph(os.environ["NEO4J_URL"], auth=(os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]))
    nodes = [node for node in graph.nodes if node.label == "Firm"][-SLOW_ROWS:]
    facts = [fact for fact in graph.facts if fact.edge == "MAKES"][-SLOW_ROWS:]
    a_node = median([timed(None, partial(notebook.run, "MERGE (n:Firm {id: $id}) SET n.name = $name", id=node.id, name=node.name))
                     for node in nodes])
    a_fact = median([timed(None, partial(put_alone, notebook, fact)) for fact in facts])
    notebook.service.connector.close()
    whole = a_node * len(graph.nodes) + a_fact * len(graph.facts)
    return [Row(f"load, {named} / py2neo, a query a row (reckoned from {SLOW_ROWS} rows of each kind)", "s", round(ours, 1),
                round(whole), round(whole / ours), None),
            Row("  py2neo, a node", "ms", round(a_node * 1000, 2)), Row("  py2neo, an edge", "ms", round(a_fact * 1000, 2))]


def put_alone(notebook: Any, fact: Fact) -> None:
    notebook.run("MATCH (a:Firm {id: $start}), (b:ChainNode {id: $end}) MERGE (a)-[r:MAKES {id: $id}]->(b) SET r.capacity = $capacity",
                 start=fact.start, end=fact.end, id=fact.id, capacity=fact.properties.get("capacity"))


# --- questions ---


def questions(driver: neo4j.Driver, city: Path, runs: int) -> list[Row]:
    """Every text with everything bound, and every answer; ours is the server, the peer the embedded store."""
    import liantu
    from loaders.load import rebuild

    workspace = liantu.open(city)
    emptied(driver)
    rebuild(workspace, os.environ["NEO4J_URL"])
    everything = liantu.graph(workspace, audience=AUDIENCES[-1])
    values: dict[str, Any] = {"as_of": DAY, "known_by": DAY, "audiences": list(AUDIENCES), "chain": "光伏"}
    every_id = sorted({node.id for node in everything.nodes})
    asked = Asked(workspace.settings.region, DAY, DAY)
    with open_store(workspace.store) as file, open_store(os.environ["NEO4J_URL"]) as far:
        work: dict[str, Callable[[Store], Any]] = {
            f"  {q.id}": partial(_text, q, {p.name: values.get(p.name, every_id) for p in q.parameters}) for q in every()}
        for name, ask in (("gaps", gaps), ("panorama", panorama), ("claims", claims)):
            work[f"answer {name} 光伏"] = partial(_answer, ask, workspace.settings, asked)
        return [_compared(name, once, far, file, runs) for name, once in work.items()]


def _text(question: Any, bound: dict[str, Any], store: Store) -> Any:
    return question.ask(store, **bound)


def _answer(ask: Callable[..., Any], settings: Any, asked: Asked, store: Store) -> Any:
    return ask(store, settings, "光伏", asked)


def _compared(name: str, once: Callable[[Store], Any], far: Store, file: Store, runs: int) -> Row:
    if once(far) != once(file):
        raise Failed(f"{name}: the two stores differ")
    times = in_turn({"far": lambda: timed(None, lambda: once(far)), "file": lambda: timed(None, lambda: once(file))}, runs, 3)
    ours, peer = (median(times[one]) * 1000 for one in ("far", "file"))
    return Row(f"{name}: Neo4j / embedded", "ms", round(ours, 1), round(peer, 1), round(ours / peer, 1))
