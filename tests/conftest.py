"""What all tests share. Warnings are errors and skips are listed with their reason: see pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from hypothesis import HealthCheck, settings

from graph import marking
from graph.ddl import neo4j_schema
from tests.servers import Neo4j, neo4j_server, neo4j_version, new_server

__all__ = ["neo4j_server", "neo4j_version", "new_server"]

# The first example pays for imports, so no deadline; in CI the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ENGINES = ("embedded", "neo4j")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; a test that asks for it is skipped with the reason where there is no server."""
    if request.param == "neo4j":
        request.getfixturevalue("neo4j_server")
    return str(request.param)


@pytest.fixture(scope="session")
def database(neo4j_server: Neo4j) -> Iterator[neo4j.Driver]:
    """A driver of its own to the tests' server, whose database was empty before and is empty afterwards."""
    with neo4j.GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password),
                                    notifications_min_severity="OFF") as driver:
        if driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]:
            pytest.fail(f"{neo4j_server.url} 的数据库不是空的, 测试会清空它 / its database is not empty and tests would empty it",
                        pytrace=False)
        yield driver
        emptied(driver)
        if neo4j_server.server is None:  # somebody else's: our rules go too
            for rule in (marking.RULE, *neo4j_schema()):
                driver.execute_query(f"DROP {rule.split()[1]} {rule.split()[2]} IF EXISTS")  # type: ignore[arg-type]


def emptied(driver: neo4j.Driver) -> None:
    with driver.session() as session:  # such a transaction cannot be a managed one
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@pytest.fixture
def server(neo4j_server: Neo4j, database: neo4j.Driver) -> str:
    """The address of an empty database of a real server."""
    emptied(database)
    return neo4j_server.url


@pytest.fixture(scope="module")
def home(engine: str, request: pytest.FixtureRequest) -> str:
    """What ``create(…, store=…)`` takes for a workspace of each engine: '' for its own file, or an empty database."""
    if engine == "embedded":
        return ""
    emptied(request.getfixturevalue("database"))
    return str(request.getfixturevalue("neo4j_server").url)


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each engine."""
    return str(request.getfixturevalue("server")) if engine == "neo4j" else str(tmp_path / "graph.lbug")
