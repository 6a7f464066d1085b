"""A load into a server store: the difference is found, then applied; all or nothing, or else told and resumable.

What fits one transaction is applied in one, and nobody sees half of it. More goes in batches: the marker says
``loading`` before the first and ``ready`` after the last, and a load that broke off is finished by the next one,
which finds what is still different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import neo4j

from graph import marking
from graph.ddl import neo4j_schema
from graph.difference import (
    Step,
    compared,
    drop_facts,
    drop_nodes,
    present_facts,
    present_nodes,
    put_facts,
    put_nodes,
    wanted,
)
from graph.errors import LiantuError, Locked, StoreError
from graph.facts import Graph, Value
from graph.marking import Loader, Mark
from graph.model import EDGE, EDGES, LABEL, LABELS, VERSION
from graph.store import Marker, Progress

if TYPE_CHECKING:
    from graph.server import ServerStore

AT_ONCE = 20_000
"""Rows that one transaction takes: a city's everyday load, well within a small server's memory."""

_OURS = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class _Moved(Exception):
    """Another load was quicker: the difference has to be found anew."""


class ServerLoad:
    """One ``replace``."""

    def __init__(self, store: ServerStore, graph: Graph, marker: Marker, progress: Progress | None, over: str) -> None:
        self.store = store
        self.marker = marker
        self.over = over
        self.progress = progress or (lambda done, total: None)
        self.wanted = wanted(graph)
        self.loader = Loader(marker, datetime.now().astimezone().isoformat(timespec="seconds"))

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
        total = sum(len(step.rows) for step in steps)
        if total <= AT_ONCE:
            self.store.run(lambda transaction: self._whole(transaction, steps, before), write=True)
        else:
            self._in_batches(steps, total, before)
        self.progress(max(total, 1), max(total, 1))

    def _checked(self) -> Mark | None:
        mark = self.store.look()
        nodes = 0 if mark else self.store.run(lambda t: t.run(marking.ANY_NODE).single(strict=True)["nodes"])
        marking.writable(mark, nodes, self.marker, self.over, self.store.url)
        return mark

    def _schema(self) -> None:
        """Constraints and indexes that are missing; a user who may not make any needs them all to be there."""
        with self.store.session() as session:
            there = {row["name"] for kind in ("CONSTRAINTS", "INDEXES")
                     for row in self._ask(session, f"SHOW {kind} YIELD name")}
            missing = [rule for rule in (marking.RULE, *neo4j_schema()) if rule.split()[2] not in there]
            for rule in missing:
                self._ask(session, rule)
            if missing:
                self._ask(session, "CALL db.awaitIndexes(600)")

    def _ask(self, session: neo4j.Session, text: str) -> list[neo4j.Record]:
        from graph.server_errors import errors_as_ours

        with errors_as_ours(self.store.url):
            return list(session.run(text))

    # --- the difference ---

    def _steps(self, before: Mark | None) -> Iterator[Step]:
        """Facts go first and nodes last, so that no statement meets an end that is not there."""
        afresh = before is not None and before.model != VERSION
        facts = {kind: self._compared(present_facts(*kind), self.wanted.facts.get(kind, {}), _at(kind[0]), afresh)
                 for kind in ((edge.name, ends) for edge in EDGES for ends in edge.ends)}
        nodes = {label.name: self._compared(present_nodes(label.name), self.wanted.nodes.get(label.name, {}), 0, afresh)
                 for label in LABELS}
        return chain(
            *(drop_facts(edge, change.gone) for (edge, _), change in facts.items()),
            *(put_nodes(label, change.put) for label, change in nodes.items()),
            *(put_facts(edge, ends, change.put) for (edge, ends), change in facts.items()),
            *(drop_nodes(label, change.gone) for label, change in nodes.items()),
            self._left_over(before))

    def _compared(self, text: str, rows: dict[Value, list[Value]], at: int, afresh: bool) -> Any:
        from graph.server import plain

        return self.store.run(lambda t: compared(rows, ([plain(v) for v in r["row"]] for r in t.run(text)), at, afresh))

    def _left_over(self, before: Mark | None) -> Iterator[Step]:
        """What an older model had and this one has not. Its names come from the marker, so they are looked at first."""
        if before is None:
            return
        for name in (name for name in before.edges if name not in EDGE and _OURS.fullmatch(name)):
            yield Step(f"MATCH ()-[r:`{name}`]->() DELETE r RETURN count(*) AS done", [], False)
        for name in (name for name in before.labels if name not in LABEL and _OURS.fullmatch(name)):
            yield Step(f"MATCH (n:`{name}`) DETACH DELETE n RETURN count(*) AS done", [], False)

    # --- applied ---

    def _whole(self, transaction: neo4j.ManagedTransaction, steps: list[Step], before: Mark | None) -> None:
        """All of it in one transaction; nothing where an earlier try of it got through unheard."""
        if self._held(transaction, before):
            for step in steps:
                self._apply(transaction, step)
            transaction.run(marking.SET, values=self.loader.ends()).consume()

    def _in_batches(self, steps: list[Step], total: int, before: Mark | None) -> None:
        self.store.run(lambda transaction: self._begin(transaction, total, before), write=True)
        done = 0
        try:
            for step in steps:
                self.store.run(partial(self._beaten, step=step, done=done), write=True)
                done += len(step.rows)
                self.progress(done, total)
            self.store.run(self._end, write=True)
        except BaseException:
            with suppress(LiantuError):  # a server that is gone cannot be told
                self.store.run(self._give_up, write=True)
            raise

    def _begin(self, transaction: neo4j.ManagedTransaction, total: int, before: Mark | None) -> None:
        if self._held(transaction, before):
            transaction.run(marking.SET, values=self.loader.begins(before, total)).consume()

    def _held(self, transaction: neo4j.ManagedTransaction, before: Mark | None) -> bool:
        """Take the marker. False where it already is ours: a commit whose answer was lost. Raises _Moved."""
        from graph.server import rows_of

        transaction.run(marking.HOLD).consume()
        now = marking.found(rows_of(transaction.run(marking.FIND)))
        if now is not None and now.loader == self.loader.id:
            return False
        if (now.changes if now else 0) != (before.changes if before else 0):
            raise _Moved
        return True

    def _beaten(self, transaction: neo4j.ManagedTransaction, step: Step, done: int) -> None:
        """One batch, if the marker is still ours."""
        held = transaction.run(marking.BEAT, loader=self.loader.id, done=done).single(strict=True)["held"]
        if not held:
            raise Locked(f"另一导入接手了这个图库 / another load has taken over: {self.store.url}",
                         "等它结束; 之后 liantu rebuild 可核对 / wait until it ends; liantu rebuild checks the result")
        self._apply(transaction, step)

    def _apply(self, transaction: neo4j.ManagedTransaction, step: Step) -> None:
        parameters = {"rows": step.rows} if "$rows" in step.text else {}
        done = transaction.run(step.text, parameters).single(strict=True)["done"]
        if step.exact and done != len(step.rows):
            raise StoreError(f"写入行数不符 / rows written differ: {done} / {len(step.rows)}: {step.text}",
                             "有人同时改动了图库; liantu rebuild / somebody changed the graph meanwhile; run liantu rebuild")

    def _end(self, transaction: neo4j.ManagedTransaction) -> None:
        transaction.run(marking.SET, values=self.loader.ends()).consume()

    def _give_up(self, transaction: neo4j.ManagedTransaction) -> None:
        """The state stays ``loading``; the next load need not wait for our silence."""
        transaction.run(marking.GIVE_UP, loader=self.loader.id).consume()


def _at(edge: str) -> int:
    """Where the id stands in a row of this edge: after the two ends and the edge's own columns."""
    return 2 + len(EDGE[edge].properties)
