"""The server store: a Neo4j database, reached through the official driver.

Every question runs in a managed read transaction that looks at the marker once more before it ends: what was
read while a load changed the graph is thrown away and never shown. The driver retries what can be retried.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import IncompleteCommit
from neo4j.time import Date, DateTime

from graph import marking
from graph.address import address, credentials
from graph.change import Change
from graph.errors import Changed, StaleStore, StoreError
from graph.facts import Graph
from graph.marking import Mark
from graph.server_errors import errors_as_ours
from graph.store import Marker, Progress, Store, check_parameters

PATIENCE = 15.0
"""Seconds for reaching a server, and for retrying what another writer or a lost connection spoilt."""

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else each lost connection is printed before it is retried


class ServerStore(Store):
    """A database of a server. Choose it where many look at one graph, where planners want Neo4j Browser, or
    where the graph outgrows a desk: it answers while others read, and loads are told apart from half-loads.

    ``url`` is ``bolt://host:7687/database`` or a routed or encrypted scheme; credentials: ``graph/address.py``.
    """

    def __init__(self, url: str, *, create: bool = False, timeout: float | None = None) -> None:
        self.address = address(url)
        self.url = self.address.shown
        self.timeout = timeout
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._driver: neo4j.Driver | None = None
        with errors_as_ours(self.url):
            self._driver = _driver(self.address.uri)
        try:
            self._seen = self.look()
            if not create:
                marking.readable(self._seen, self.url)
        except BaseException:
            self.close()
            raise

    def read(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        check_parameters(text, parameters)

        def ask(transaction: neo4j.ManagedTransaction) -> tuple[list[dict[str, Any]], Mark | None]:
            rows = rows_of(transaction.run(text, parameters))  # type: ignore[arg-type]  # any text, as it comes from a file
            return rows, marking.found(rows_of(transaction.run(marking.FIND)))

        before = self._seen
        rows, seen = self.run(ask)
        self._seen = seen
        now = marking.readable(seen, self.url)  # and not what another thread has seen meanwhile
        if before is None or now.changes != before.changes:
            raise Changed(f"图谱在作答途中被更新 / the graph was changed while it was asked: {self.url}",
                          "再问一次 / ask again")
        return rows

    def replace(self, graph: Graph, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        from graph.server_load import ServerLoad

        ServerLoad(self, graph, marker, progress, over).run()
        self._seen = self.look()

    def apply(self, change: Change, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        from graph.server_change import ServerChange

        ServerChange(self, change, marker, progress, over).run()
        self._seen = self.look()

    def marker(self) -> Marker | None:
        mark = self._seen
        if mark is None or mark.loading:
            return None
        return Marker(mark.workspace, mark.model, mark.material, self._engine())

    def about(self) -> dict[str, Any]:
        text = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0] AS version, edition"
        told = self.run(lambda transaction: rows_of(transaction.run(text)))[0]
        return {"engine": f"neo4j {told['version']} {told['edition']}", "store": self.url,
                "database": self.address.database, **self._state()}

    def _state(self) -> dict[str, Any]:
        """``state``: empty, foreign (not written by liantu), ready, loading; since when; how far and whose a load is."""
        mark = self._seen
        if mark is None:
            nodes = self.run(lambda transaction: rows_of(transaction.run(marking.ANY_NODE)))[0]["nodes"]
            return {"state": "foreign" if nodes else "empty", "since": None}
        told = {"state": mark.state, "since": mark.since or None}
        if not mark.loading:
            return told
        return {**told, "loaded": f"{mark.done}/{mark.total}", "by": f"{mark.host}, {mark.pid}", "alive": marking.alive(mark)}

    def backup(self, to: Path) -> None:
        """As an embedded graph, which opens again anywhere."""
        from graph.embedded import EmbeddedStore
        from graph.whole import whole

        marker = self.marker()
        if marker is None:
            marking.readable(self._seen, self.url)
            raise StaleStore(f"没有可备份的图谱 / there is no graph to copy: {self.url}")
        with EmbeddedStore(to, create=True) as copy:
            copy.replace(whole(self), marker)

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    # --- what a load needs too ---

    def look(self) -> Mark | None:
        """The marker as it is now. Asked of the leader, so that the bookmark makes later questions see at least that."""
        return self.run(lambda transaction: marking.found(rows_of(transaction.run(marking.FIND))), write=True)

    def run(self, work: Callable[[neo4j.ManagedTransaction], T], *, write: bool = False) -> T:
        """``work`` in one managed transaction, tried again where that helps, so doing it twice must do no harm.

        Raises StoreError.
        """
        with errors_as_ours(self.url), self.session() as session:
            timed = neo4j.unit_of_work(timeout=None if write else self.timeout)(work)
            execute = session.execute_write if write else session.execute_read
            try:
                return execute(timed)
            except IncompleteCommit:  # the line broke before the answer: done or not, all our work may be done twice
                return execute(timed)

    @contextmanager
    def session(self) -> Iterator[neo4j.Session]:
        if self._driver is None:
            raise StoreError(f"图库已关闭 / the store is closed: {self.url}")
        with self._driver.session(database=self.address.database, bookmark_manager=self._bookmarks) as session:
            yield session

    def _engine(self) -> str:
        with errors_as_ours(self.url):
            assert self._driver is not None
            return self._driver.get_server_info().agent.lower().replace("/", " ")


def _driver(uri: str) -> neo4j.Driver:
    """A driver that has reached the server. Raises the driver's errors."""
    driver = neo4j.GraphDatabase.driver(
        uri, auth=credentials(), connection_timeout=PATIENCE, connection_acquisition_timeout=2 * PATIENCE,
        max_transaction_retry_time=PATIENCE, telemetry_disabled=True,
        notifications_min_severity="OFF")  # an empty database knows none of our names yet and warns of each
    try:
        driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    return driver


def rows_of(result: neo4j.Result) -> list[dict[str, Any]]:
    """Rows by column, in plain Python."""
    keys = result.keys()
    return [dict(zip(keys, map(plain, record), strict=True)) for record in result]


def plain(value: Any) -> Any:
    """A value of the driver as Python's own."""
    if isinstance(value, Date | DateTime):
        return value.to_native()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, neo4j.graph.Path):
        return [plain(one) for one in value.nodes]
    if isinstance(value, neo4j.graph.Entity | dict):
        return {key: plain(one) for key, one in value.items()}
    return value
