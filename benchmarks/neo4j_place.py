"""Where Neo4j is measured: a server started for it, else the empty database that NEO4J_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j

from graph import marking
from graph.address import address, credentials
from graph.ddl import neo4j_schema
from scripts.neo4j_server import LATEST, LTS, Server, missing

HEAP, PAGES = "2g", "512m"
"""Memory for the rows of a statement, and for the whole graph: a disk is not what is measured."""


class Left(Exception):
    """Nothing can be measured here: why not."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database that is ours to empty; ``url`` as a store is opened by, credentials in the environment."""

    url: str
    version: str
    driver: neo4j.Driver

    def session(self) -> neo4j.Session:
        return self.driver.session(database=address(self.url).database)

    def run(self, text: str) -> list[dict[str, Any]]:
        """A text of the benchmark's own, in a transaction of its own."""
        with self.session() as session:
            return session.run(text).data()

    def renewed(self) -> None:
        """Empty, with the schema there: without indexes a graph is deleted sooner, and new ones hold no leftovers."""
        self.bare()
        for what in ("()-[x]->()", "(x)"):  # edges first: a hub with all its edges may be more than a transaction takes
            self.run(f"MATCH {what} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 10000 ROWS")
        for rule in (marking.RULE, *neo4j_schema()):
            self.run(rule)
        self.run("CALL db.awaitIndexes(600)")

    def bare(self) -> None:
        """Without constraints and indexes, as somebody has it who never heard of them."""
        for row in self.run("SHOW CONSTRAINTS YIELD name"):
            self.run(f"DROP CONSTRAINT `{row['name']}`")
        for row in self.run("SHOW INDEXES YIELD name, type WHERE type = 'RANGE'"):
            self.run(f"DROP INDEX `{row['name']}`")

    def size(self) -> tuple[int, int]:
        """Nodes (but for the store's marker) and facts."""
        nodes = self.run(f"MATCH (n) WHERE NOT n:{marking.MARKER_LABEL} RETURN count(n) AS n")[0]["n"]
        return nodes, self.run("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]


@contextmanager
def neo4j_place(folder: Path) -> Iterator[Place]:
    """Raises Left where there is none, with what would help."""
    reasons = {version: missing(version) for version in (LTS, LATEST)}
    version = next((version for version, reason in reasons.items() if reason is None), "")
    if not version and not os.environ.get("NEO4J_URL"):
        raise Left(f"{reasons[LTS]}; or set NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD")
    if not version:
        with _place(os.environ["NEO4J_URL"]) as place:
            yield place
        return
    server = Server(version, folder, heap=HEAP, settings={"server.memory.pagecache.size": PAGES})
    try:
        server.start()
        with _set({"NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}), _place(server.url) as place:
            yield place
    finally:
        server.stop()


@contextmanager
def _place(url: str) -> Iterator[Place]:
    """Of an empty database only: it is going to be emptied again and again. Left empty, without a schema."""
    with neo4j.GraphDatabase.driver(address(url).uri, auth=credentials(), notifications_min_severity="OFF") as driver:
        told = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0] AS version")
        place = Place(url, str(told.records[0]["version"]), driver)
        if place.size() != (0, 0) or place.run("SHOW CONSTRAINTS YIELD name"):
            raise Left(f"the database of NEO4J_URL is not empty and would be emptied: {address(url).shown}")
        try:
            yield place
        finally:
            place.renewed()
            place.bare()


@contextmanager
def _set(names: Mapping[str, str]) -> Iterator[None]:
    """These in the environment, where the store looks for them; then as it was."""
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
