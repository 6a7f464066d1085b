"""Questions over the sample: each text of the catalogue and whole answers, on Neo4j and embedded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from benchmarks.table import Row
from benchmarks.timing import Failed, compared, in_turn, timed
from graph.facts import Graph
from graph.model import AUDIENCES
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.catalogue import Question, every
from queries.claims import claims
from queries.gaps import gaps
from queries.panorama import panorama

DAY = date(2026, 6, 30)
"""After all that the sample tells."""
CHAIN = "光伏"
LISTS = {"indicators": "Indicator", "chains": "Chain", "nodes": "ChainNode", "regions": "Region", "projects": "Project", "firms": "Firm"}
"""Whose ids a list parameter takes; ``ids`` takes those of every label."""
ANSWERS: dict[str, Callable[[Store, Settings, str, Asked], object]] = {
    "gaps": gaps, "panorama": panorama, "claims": claims}


def asking(server: Store, embedded: Store, graph: Graph, settings: Settings, runs: int) -> Iterator[Row]:
    """Medians of warm questions; ours is the server, the peer our own embedded store."""
    both = {"ours": server, "peer": embedded}
    for question in every():
        bound = _bound(question, graph)
        yield _row(f"query {question.id}", {side: partial(_asked, question, store, bound) for side, store in both.items()}, runs)
    asked = Asked(settings.region, DAY, DAY, AUDIENCES[0])
    for name, answer in ANSWERS.items():
        yield _row(f"{name} {CHAIN}", {side: partial(answer, store, settings, CHAIN, asked) for side, store in both.items()}, runs)


def _bound(question: Question, graph: Graph) -> dict[str, Any]:
    """Everything that the sample has: the most that such a question can be asked for."""
    every_id = [node.id for node in graph.nodes]
    known: dict[str, Any] = {"as_of": DAY, "known_by": DAY, "day": DAY, "audiences": list(AUDIENCES), "chain": CHAIN,
                             "ids": every_id, "scopes": every_id, "without": [""], "name": every_id[-1], "parts": ["光", "能"]}
    known |= {name: [node.id for node in graph.nodes if node.label == label] for name, label in LISTS.items()}
    return {one.name: known[one.name] for one in question.parameters}


def _asked(question: Question, store: Store, bound: dict[str, Any]) -> list[dict[str, Any]]:
    """Sums without their last digits, which are as an engine happened to add up."""
    sums = {name for name, type in question.columns if type == "sum"}
    return [{k: float(f"{v:.9g}") if k in sums and v is not None else v for k, v in row.items()}
            for row in question.ask(store, **bound)]


def _row(work: str, sides: dict[str, Callable[[], object]], runs: int) -> Row:
    if sides["ours"]() != sides["peer"]():
        raise Failed(f"{work}: Neo4j and the embedded store answer differently")
    times = in_turn({side: partial(timed, once) for side, once in sides.items()}, runs, warm_up=3)
    return compared(f"{work}: Neo4j / embedded", times, "ms")
