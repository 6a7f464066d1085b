"""Faults on a real server: each is told with its cure, nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph import difference, server, server_errors, server_load
from graph.errors import LiantuError, Locked, StaleStore, StoreError
from graph.server import ServerStore
from graph.store import Store, open_store
from graph.whole import whole
from tests.graph.server_graphs import FIRMS, firms, marker
from tests.servers import Neo4j, NewServer


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 3.0)


@pytest.fixture
def store(server: str) -> Iterator[Store]:
    with open_store(server, create=True) as opened:
        yield opened


def told(url: str, *, create: bool = True) -> str:
    """What one is told who opens this address."""
    with pytest.raises(StoreError) as caught:
        open_store(url, create=create).close()
    assert caught.value.exit_code == 2 and caught.value.cure and not isinstance(caught.value, StaleStore)
    return str(caught.value)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# --- it cannot be reached or will not have us ---


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s"])
def test_the_server_is_down(scheme: str) -> None:
    assert "does not answer" in told(f"{scheme}://127.0.0.1:{free_port()}")


def test_no_such_host() -> None:
    assert "no such host" in told("bolt://no-such-host.invalid:7687")


def test_something_else_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def answer() -> None:
            with suppress(OSError):
                while True:
                    other, _ = listening.accept()
                    with other:
                        other.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        answering = threading.Thread(target=answer, daemon=True)
        answering.start()
        assert "127.0.0.1" in told(f"bolt://127.0.0.1:{listening.getsockname()[1]}")
        listening.shutdown(socket.SHUT_RDWR)
        answering.join()


def test_a_wrong_password(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    said = told(server)
    assert "wrong user or password" in said and "NEO4J_CREDENTIALS" in said and "not-the-password" not in said


def test_no_password_at_all(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    monkeypatch.delenv("NEO4J_USER")
    assert "NEO4J_PASSWORD" in told(server)


def test_a_database_that_is_not_there(server: str) -> None:
    said = told(f"{server}/nowhere")
    assert "no such database" in said and "Community" in said


def test_a_server_without_tls(server: str) -> None:
    assert "bolt://" in told(server.replace("bolt://", "bolt+ssc://"))


def test_a_certificate_that_signs_itself(new_server: NewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """And then a database that is read-only: one server serves both."""
    started = new_server(tls=True)
    monkeypatch.setenv("NEO4J_USER", started.user)
    monkeypatch.setenv("NEO4J_PASSWORD", started.password)
    strict = started.url.replace("bolt://", "bolt+s://")
    assert "not trusted" in told(strict) and "bolt+ssc://" in told(strict)
    for count, scheme in enumerate(("bolt+ssc", "neo4j+ssc", "bolt"), start=2):
        with open_store(started.url.replace("bolt://", f"{scheme}://"), create=True) as opened:
            opened.replace(firms(count), marker())
    monkeypatch.setenv("SSL_CERT_FILE", str(started.certificate))
    with open_store(strict) as trusted:
        assert trusted.read(FIRMS, {}) == [{"firms": 4}]
    started.stop()
    started.settings["server.databases.read_only"] = "neo4j"
    started.start()
    with open_store(started.url) as frozen:
        with pytest.raises(StoreError, match="read-only"):
            frozen.replace(firms(2), marker())
        assert frozen.read(FIRMS, {}) == [{"firms": 4}]


@pytest.mark.parametrize(("code", "words"), [
    ("Neo.ClientError.Security.Forbidden", "MATCH"), ("Neo.ClientError.Security.CredentialsExpired", "expired"),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "too many"), ("Neo.ClientError.Cluster.NotALeader", "neo4j://"),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "heap"), ("Neo.ClientError.Statement.SyntaxError", "refused"),
    ("Neo.TransientError.Transaction.DeadlockDetected", "try again"), ("Neo.DatabaseError.Statement.ExecutionFailed", "refused")])
def test_what_a_server_of_another_kind_says(code: str, words: str) -> None:
    """Roles and clusters are the Enterprise edition's: its error codes are what can be tried here."""
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message="the server's words")
    assert words in str(server_errors.told("bolt://x", error))


# --- it goes away in the middle ---


def test_killed_in_the_middle_of_a_load_and_started_again(new_server: NewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "BATCH", 50)
    started = new_server()
    monkeypatch.setenv("NEO4J_USER", started.user)
    monkeypatch.setenv("NEO4J_PASSWORD", started.password)
    wanted = firms(400, 2.0)
    with open_store(started.url, create=True) as opened:
        opened.replace(firms(300), marker("old"))

        def kill(done: int, total: int) -> None:
            if done >= total / 2:
                started.kill()

        with pytest.raises(StoreError, match=r"liantu rebuild|does not answer"):
            opened.replace(wanted, marker("new"), kill)
        assert "does not answer" in told(started.url)
        started.start()
        with pytest.raises(StaleStore, match="broke off"):
            open_store(started.url)
        opened.replace(wanted, marker("new"))  # the store that was open finds its way again
        kept = whole(opened)
    assert {f.id for f in kept.facts} == {f.id for f in wanted.facts} and len(kept.facts) == 400
    assert len(kept.nodes) == 400


def test_killed_in_the_middle_of_a_batch(new_server: NewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    started = new_server()
    monkeypatch.setenv("NEO4J_USER", started.user)
    monkeypatch.setenv("NEO4J_PASSWORD", started.password)
    apply, steps = server_load.ServerLoad._apply, 0

    def killing(self: Any, *arguments: Any) -> None:
        nonlocal steps
        steps += 1
        apply(self, *arguments)
        if steps == 2:
            started.kill()

    with open_store(started.url, create=True) as opened:
        opened.replace(firms(3), marker("old"))
        monkeypatch.setattr(server_load.ServerLoad, "_apply", killing)
        steps = 0
        with pytest.raises(StoreError):
            opened.replace(firms(5, 2.0), marker("new"))
        monkeypatch.undo()
    started.start()
    monkeypatch.setenv("NEO4J_USER", started.user)
    monkeypatch.setenv("NEO4J_PASSWORD", started.password)
    with pytest.raises(StaleStore, match="broke off"):
        open_store(started.url)
    with open_store(started.url, create=True) as again:
        again.replace(firms(3), marker("old"), over="old")
        assert again.read(FIRMS, {}) == [{"firms": 3}]


@contextmanager
def through(neo4j_server: Neo4j, cut_after: int, times: int) -> Iterator[str]:
    """The server through a line that breaks after so many bytes of its answers, so many times."""
    port = int(neo4j_server.url.rpartition(":")[2])
    left, sockets = [times], list[socket.socket]()

    def carry(source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(4096):
                passed += len(data)
                if limit is not None and passed > limit and left[0] > 0:
                    left[0] -= 1
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def listen(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                ours, _ = listening.accept()
                theirs = socket.create_connection(("127.0.0.1", port))
                sockets.extend((ours, theirs))
                for ends in ((ours, theirs, None), (theirs, ours, cut_after)):
                    threading.Thread(target=carry, args=ends, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listener = threading.Thread(target=listen, args=(listening,), daemon=True)
        listener.start()
        try:
            yield f"bolt://127.0.0.1:{listening.getsockname()[1]}"
            assert left[0] < times, "the line never broke"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listener.join()
            for one in sockets:
                one.close()


LISTED = "MATCH (f:Firm) RETURN f.id AS id ORDER BY f.id"


def test_a_line_that_breaks_in_mid_answer_is_tried_again(store: Store, neo4j_server: Neo4j) -> None:
    store.replace(firms(3000), marker())
    with through(neo4j_server, cut_after=20_000, times=1) as line, open_store(line) as far:
        rows = far.read(LISTED, {})
    assert len(rows) == len({row["id"] for row in rows}) == 3000


def test_a_line_that_keeps_breaking(store: Store, neo4j_server: Neo4j) -> None:
    store.replace(firms(3000), marker())
    with through(neo4j_server, cut_after=20_000, times=10**6) as line, open_store(line) as far, \
            pytest.raises(StoreError, match=r"was lost|does not answer"):
        far.read(LISTED, {})


@pytest.mark.parametrize("cut", [6_000, 9_000, 12_000])
def test_a_line_that_breaks_in_mid_load_doubles_nothing(store: Store, neo4j_server: Neo4j, cut: int,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "BATCH", 100)
    store.replace(firms(3), marker("old"))
    with through(neo4j_server, cut_after=cut, times=2) as line:
        with suppress(StoreError), open_store(line, create=True) as far:
            far.replace(firms(500, 2.0), marker("new"))
        with open_store(line, create=True) as far:
            far.replace(firms(500, 2.0), marker("new"))
    with open_store(neo4j_server.url) as found:
        graph = whole(found)
    assert len(graph.nodes) == 500 and {f.id for f in graph.facts} == {f.id for f in firms(500, 2.0).facts}


@pytest.mark.parametrize("before", [0, 3])
def test_commits_that_nobody_heard_of_double_nothing(store: Store, before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first load creates, later ones look first: whatever was written is written again, as after a broken line."""
    if before:
        store.replace(firms(before), marker())
    once = ServerStore.run

    def deaf(self: ServerStore, work: Any, *, write: bool = False) -> Any:
        once(self, work, write=write)
        return once(self, work, write=write)

    monkeypatch.setattr(ServerStore, "run", deaf)
    store.replace(firms(9, 2.0), marker())
    assert {f.id for f in whole(store).facts} == {f.id for f in firms(9, 2.0).facts} and len(whole(store).nodes) == 9
    assert len(whole(store).facts) == len(firms(9, 2.0).facts)


# --- others write too ---


def test_a_deadlock_is_tried_again(store: Store) -> None:
    store.replace(firms(2), marker())
    assert isinstance(store, ServerStore)
    both, tries = threading.Barrier(2, timeout=20), []

    def crossing(first: str, second: str) -> None:
        met = False

        def work(transaction: neo4j.ManagedTransaction) -> None:
            nonlocal met
            tries.append(first)
            transaction.run("MATCH (f:Firm {id: $id}) SET f.listed = 'x'", id=first).consume()
            if not met:
                met = True
                both.wait()
            transaction.run("MATCH (f:Firm {id: $id}) SET f.listed = 'x'", id=second).consume()

        store.run(work, write=True)

    threads = [threading.Thread(target=crossing, args=pair) for pair in (("f0", "f1"), ("f1", "f0"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(tries) == 3, "one of the two was undone and came again"


def test_two_loads_of_one_workspace(server: str, tmp_path: Path) -> None:
    """One machine: the second is told who holds the workspace; the graph is that of the first."""
    from graph.lock import WriteLock
    from graph.workspace import create
    from loaders.load import rebuild

    city = create(tmp_path / "某市", "某市", store=server)
    with WriteLock(city.folder), pytest.raises(Locked, match=str(os.getpid())):
        rebuild(city)
    assert rebuild(city) == 0


def test_a_closed_store_is_closed(store: Store) -> None:
    store.close()
    with pytest.raises(LiantuError, match="closed"):
        store.about()
