"""Neo4j for the tests: one server a session, further ones on demand.

Which one, the first that holds:
    LIANTU_NEO4J=none       none: every test that wants one is skipped
    LIANTU_NEO4J=5.26.28    that version is required: fetched and started, and a failure where that cannot be
    NEO4J_URL               the server there (NEO4J_USER, NEO4J_PASSWORD); the tests write to it
    the jars in the cache   (`make neo4j` leaves them there) that version, started here
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from scripts.neo4j_server import LATEST, LTS, Server, fetch, missing

WAYS = "设 NEO4J_URL 与 NEO4J_PASSWORD, 或先运行 make neo4j / set NEO4J_URL and NEO4J_PASSWORD, or run make neo4j first"
NewServer = Callable[..., Server]


@dataclass(frozen=True, slots=True)
class Neo4j:
    """Where the tests' Neo4j is; ``server`` is None where somebody else runs it."""

    url: str
    user: str
    password: str
    server: Server | None
    version: str


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A running Neo4j, its user and password in the environment as the store wants them; skips where there is none."""
    if url := given_url():
        found = _given(url)
    else:
        server = Server(request.getfixturevalue("neo4j_version"), tmp_path_factory.mktemp("neo4j"), quick=True)
        request.addfinalizer(server.stop)
        server.start()
        found = Neo4j(server.url, server.user, server.password, server, server.version)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USER", found.user)
        patch.setenv("NEO4J_PASSWORD", found.password)
        yield found


@pytest.fixture(scope="session")
def neo4j_version() -> str:
    """The version that is started here; skips, or fails where one is required, with the reason why none can be.

    Skips where there is NEO4J_URL too: tests that stop servers stop none but their own.
    """
    if version := required():
        if reason := missing(version, allow_fetch=True):
            pytest.fail(f"LIANTU_NEO4J={version}: {reason}", pytrace=False)
        fetch(version)
        return version
    if given_url():
        pytest.skip("NEO4J_URL 的服务器不归测试启停 / the server of NEO4J_URL is not for tests to start and stop")
    reasons = {version: missing(version) for version in (LTS, LATEST)}
    for version, why_not in reasons.items():
        if why_not is None:
            return version
    pytest.skip(f"{reasons[LTS]}; {WAYS}")


@pytest.fixture
def new_server(neo4j_version: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewServer]:
    """``new_server(settings=None, tls=False, start=True)``: one more Server of that version, stopped after the test."""
    servers: list[Server] = []

    def make(settings: Mapping[str, str] | None = None, *, tls: bool = False, start: bool = True) -> Server:
        server = Server(neo4j_version, tmp_path_factory.mktemp("neo4j"), settings=settings, tls=tls, quick=True)
        servers.append(server)
        if start:
            server.start()
        return server

    try:
        yield make
    finally:
        for server in servers:
            server.stop()


def required() -> str:
    """What LIANTU_NEO4J asks for, empty where it does not; skips the test where it says none."""
    asked = os.environ.get("LIANTU_NEO4J", "").strip()
    if asked == "none":
        pytest.skip("LIANTU_NEO4J=none")
    return asked


def given_url() -> str:
    """NEO4J_URL where it counts, that is where LIANTU_NEO4J names no version."""
    return "" if required() else os.environ.get("NEO4J_URL", "")


def _given(url: str) -> Neo4j:
    """The server of NEO4J_URL. One that does not answer is an error: somebody said that it is there."""
    from neo4j import GraphDatabase

    user, password = os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    with GraphDatabase.driver(url, auth=(user, password)) as driver:
        found = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0] AS version")
    return Neo4j(url, user, password, None, str(found.records[0]["version"]))
