"""A load into a server store: the difference is found, then applied in batches, told to readers and resumable.

The marker says ``loading`` before the first batch and ``ready`` after the last, each in a transaction of its own: a
server shows even a single transaction's changes piece by piece while it commits (measured), so a reader must be able
to tell. A load that broke off is finished by the next one, which finds what is still different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, repeat
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

import neo4j

from graph import marking
from graph.ddl import neo4j_schema
from graph.difference import (
    BATCH,
    COUNTED,
    LANES,
    TWO_LABELS,
    Difference,
    Step,
    compared,
    drop_facts,
    drop_nodes,
    present_facts,
    present_nodes,
    put_facts,
    put_nodes,
    strays,
    wanted,
)
from graph.errors import LiantuError, Locked, StoreError
from graph.facts import Graph, Value
from graph.lanes import in_lanes
from graph.marking import Loader, Mark
from graph.model import EDGE, EDGES, LABEL, LABELS, VERSION
from graph.store import Marker, Progress

if TYPE_CHECKING:
    from graph.server import ServerStore

BEAT = 1.0
"""Seconds after which the marker is told anew how far a load is, and that it lives."""
_OURS = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class _Moved(Exception):
    """Another load was quicker: the difference has to be found anew."""


class ServerLoad:
    """One ``replace``."""

    def __init__(self, store: ServerStore, graph: Graph, marker: Marker, progress: Progress | None, over: str) -> None:
        self._for(store, marker, progress, over)
        self.wanted = wanted(graph)

    def _for(self, store: ServerStore, marker: Marker, progress: Progress | None, over: str) -> None:
        self.store = store
        self.marker = marker
        self.over = over
        self.progress = progress or (lambda done, total: None)
        self.loader = Loader(marker, datetime.now().astimezone().isoformat(timespec="seconds"))
        self.done = self.total = 0
        self.beat = monotonic()
        self.committing = Lock()

    def run(self) -> None:
        """Raises StoreError, Locked; then the old graph is still there, or readers are told that a load broke off."""
        marking.RUNNING.add(self.loader.id)
        try:
            for _ in range(5):
                with suppress(_Moved):
                    return self._once()
            raise Locked(f"别的导入接连改动图库 / other loads keep changing the graph: {self.store.url}", "稍后重试 / try again later")
        finally:
            marking.RUNNING.discard(self.loader.id)

    def _once(self) -> None:
        before = self._checked()
        self._schema()
        steps = list(self._steps(before))
        self.done, self.total = 0, sum(len(step.rows) for step in steps)
        self._apply_all(steps, before)

    def _checked(self) -> Mark | None:
        mark = self.store.look()
        nodes = 0 if mark else self.store.run(lambda t: t.run(marking.ANY_NODE).single(strict=True)["nodes"])
        marking.writable(mark, nodes, self.marker, self.over, self.store.url)
        return mark

    def _schema(self) -> None:
        """Constraints and indexes that are missing; a user who may not make any needs them all to be there.

        A rule is known by what it says and not by its name, which somebody may have given to another.
        """
        shown = [row for kind in ("CONSTRAINTS", "INDEXES") for row in self.store.run(
            partial(_asked, f"SHOW {kind} YIELD name, type, labelsOrTypes, properties"))]
        there = {(*(row["labelsOrTypes"] or ()), *(row["properties"] or ())): row["type"] for row in reversed(shown)}
        missing = [rule for rule in (marking.RULE, *neo4j_schema()) if not _said(rule, there)]
        for rule in missing:
            if rule.split()[2] in {row["name"] for row in shown}:
                raise StoreError(f"数据库里的 {rule.split()[2]} 不是链图的 / {rule.split()[2]} in the database is not ours: {self.store.url}",
                                 f"DROP CONSTRAINT {rule.split()[2]} IF EXISTS; DROP INDEX {rule.split()[2]} IF EXISTS")
        if missing:  # all in one transaction: each of its own takes much longer
            self.store.run(lambda transaction: [_asked(rule, transaction) for rule in missing], write=True)
            self.store.run(partial(_asked, "CALL db.awaitIndexes(600)"))

    # --- the difference ---

    def _steps(self, before: Mark | None) -> Iterator[Step]:
        """Facts go first and nodes last, so that no statement meets an end that is not there."""
        afresh = before is not None and before.model != VERSION
        there = {row["name"]: row["n"] for row in self.store.run(partial(_asked, COUNTED))}
        facts = {kind: self._compared(present_facts(*kind), self.wanted.facts.get(kind, {}), _at(kind[0]), afresh, there[kind[0]])
                 for kind in ((edge.name, ends) for edge in EDGES for ends in edge.ends)}
        nodes = {label.name: self._compared(present_nodes(label.name), self.wanted.nodes.get(label.name, {}), 0, afresh,
                                            there[label.name]) for label in LABELS}
        return chain(
            [Step(TWO_LABELS, list(LABEL), False)] if any(there.values()) else [],
            *(_strays(edge.name, facts, there[edge.name]) for edge in EDGES),
            *(drop_facts(edge, change.gone) for (edge, _), change in facts.items()),
            *(put_nodes(label, change.put, not there[label]) for label, change in nodes.items()),
            *(put_facts(edge, ends, change.put, not there[edge]) for (edge, ends), change in facts.items()),
            *(drop_nodes(label, change.gone) for label, change in nodes.items()),
            self._left_over(before))

    def _compared(self, text: str, rows: dict[Value, list[Value]], at: int, afresh: bool, there: int) -> Difference:
        from graph.server import plain

        if not there:  # a question less: on an empty database they would take as long as the load
            return compared(rows, (), at, afresh)
        parameters = {"ours": [*LABEL, marking.MARKER_LABEL]}
        return self.store.run(
            lambda t: compared(rows, ([plain(v) for v in r["row"]] for r in t.run(text, parameters)), at, afresh))

    def _left_over(self, before: Mark | None) -> Iterator[Step]:
        """What an older model had and this one has not. Its names come from the marker, so they are looked at first."""
        if before is None:
            return
        for name in (name for name in before.edges if name not in EDGE and _OURS.fullmatch(name)):
            yield from self._swept(f"MATCH ()-[x:`{name}`]->()", "DELETE x")
        for name in (name for name in before.labels if name not in LABEL and _OURS.fullmatch(name)):
            yield from self._swept(f"MATCH (x:`{name}`)", "DETACH DELETE x")

    def _swept(self, pattern: str, delete: str) -> Iterator[Step]:
        [count] = self.store.run(partial(_asked, f"{pattern} RETURN count(x) AS n"))
        for _ in range(0, count["n"], BATCH):
            yield Step(f"{pattern} WITH x LIMIT {BATCH} {delete} RETURN count(*) AS done", [], False)

    # --- applied ---

    def _apply_all(self, steps: list[Step], before: Mark | None) -> None:
        self.store.run(partial(self._begin, before=before), write=True)
        try:
            in_lanes(steps, self._batch, self._landed)
            self.store.run(self._end, write=True)
        except BaseException:
            with suppress(LiantuError):  # a server that is gone cannot be told
                self.store.run(self._give_up, write=True)
            raise
        self.progress(max(self.total, 1), max(self.total, 1))

    def _begin(self, transaction: neo4j.ManagedTransaction, before: Mark | None) -> None:
        if self._held(transaction, before):
            _marked(transaction, self.loader.begins(before, self.total))
            transaction.run(marking.SET_LANES, lanes=LANES, loader=self.loader.id).consume()

    def _held(self, transaction: neo4j.ManagedTransaction, before: Mark | None) -> bool:
        """Take the marker and its lanes. False where it already is ours: a commit whose answer was lost. Raises _Moved."""
        from graph.server import rows_of

        transaction.run(marking.HOLD).consume()
        transaction.run(marking.HOLD_LANES).consume()
        now = marking.found(rows_of(transaction.run(marking.FIND)))
        if now is not None and now.loader == self.loader.id:
            return False
        if marking.moved(before, now):
            raise _Moved
        return True

    def _landed(self, rows: int) -> None:
        """Some more rows are there, or a second has passed: said in the marker, where that is due."""
        self.done += rows
        if monotonic() - self.beat > BEAT:
            self.store.run(self._still_ours, write=True)
            self.beat = monotonic()
        self.progress(self.done, self.total)

    def _batch(self, step: Step, lane: int) -> None:
        with ExitStack() as turn:
            texts = chain((step.text,), repeat(step.again or step.text))
            self.store.run(partial(self._beaten, step=step, lane=lane, texts=texts, turn=turn), write=True)

    def _beaten(self, transaction: neo4j.ManagedTransaction, step: Step, lane: int, texts: Iterator[str], turn: ExitStack) -> None:
        """One batch, if its lane is still ours. They are committed in turn: only then does a server lock the facts that
        nodes have already, and two of one node in two batches were a deadlock (measured: one in ten)."""
        turn.close()  # of a try that failed
        text = next(texts)
        self._if_held(transaction.run(marking.BEAT_LANE, loader=self.loader.id, lane=f"lane-{lane}"))
        self._apply(transaction, replace(step, text=text))
        turn.enter_context(self.committing)

    def _still_ours(self, transaction: neo4j.ManagedTransaction) -> None:
        self._if_held(transaction.run(marking.BEAT, loader=self.loader.id, done=self.done))

    def _if_held(self, result: neo4j.Result) -> None:
        if not result.single(strict=True)["held"]:
            raise Locked(f"另一导入接手了这个图库 / another load has taken over: {self.store.url}",
                         "等它结束; 之后 liantu rebuild 可核对 / wait until it ends; liantu rebuild checks the result")

    def _apply(self, transaction: neo4j.ManagedTransaction, step: Step) -> None:
        parameters = {"rows": step.rows} if "$rows" in step.text else {}
        done = transaction.run(step.text, parameters).single(strict=True)["done"]
        if step.exact and done != len(step.rows):
            raise StoreError(f"写入行数不符 / rows written differ: {done} / {len(step.rows)}: {step.text}",
                             "有人同时改动了图库; liantu rebuild / somebody changed the graph meanwhile; run liantu rebuild")

    def _end(self, transaction: neo4j.ManagedTransaction) -> None:
        """Our id stays in the marker, so that this may be done twice where a commit's answer was lost."""
        self._still_ours(transaction)
        transaction.run(marking.DROP_LANES).consume()
        _marked(transaction, self.loader.ends())

    def _give_up(self, transaction: neo4j.ManagedTransaction) -> None:
        """The state stays ``loading``; the next load need not wait for our silence."""
        transaction.run(marking.GIVE_UP, loader=self.loader.id).consume()


def _strays(edge: str, facts: Mapping[tuple[str, tuple[str, str]], Difference], there: int) -> Iterator[Step]:
    """Edges of ours that somebody drew between other ends: one may hold the id of a fact."""
    if there > sum(change.seen for (name, _), change in facts.items() if name == edge):
        yield Step(f"{strays(edge)} DELETE r RETURN count(*) AS done", [], False)


_RULE = re.compile(r"CREATE (?P<kind>\w+) .*?\[?\w:(?P<name>\w+)[\])].*\(?\w\.(?P<property>\w+)")


def _said(rule: str, there: Mapping[tuple[str, ...], str]) -> bool:
    """Whether a rule is there already; a constraint brings its index along."""
    told = _RULE.match(rule)
    assert told is not None  # they are made in graph/ddl.py
    kind = there.get((told["name"], told["property"]))
    return kind is not None and (told["kind"] == "INDEX" or "UNIQUENESS" in kind)


def _marked(transaction: neo4j.ManagedTransaction, values: dict[str, Any]) -> None:
    if not transaction.run(marking.SET, values=values).single(strict=True)["held"]:
        raise StoreError("标记节点不见了 / the marker node has gone", "liantu rebuild")


def _asked(text: str, transaction: neo4j.ManagedTransaction) -> list[neo4j.Record]:
    return list(transaction.run(text))


def _at(edge: str) -> int:
    """Where the id stands in a row of this edge: after the two ends and the edge's own columns."""
    return 2 + len(EDGE[edge].properties)
