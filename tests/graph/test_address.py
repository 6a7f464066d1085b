"""Addresses of servers and credentials: what is read, what is refused, what is never printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.address import SCHEMES, Credentials, address, credentials, without_password
from graph.errors import StoreError
from graph.store import open_store

NAMES = ("NEO4J_USER", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_CREDENTIALS")


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("url", "uri", "database"), [
    ("bolt://localhost:7687", "bolt://localhost:7687", "neo4j"),
    ("bolt://localhost:7687/", "bolt://localhost:7687", "neo4j"),
    ("neo4j+s://chains.example:7687/baotou.2024", "neo4j+s://chains.example:7687", "baotou.2024"),
    ("neo4j://10.0.0.5/chains?policy=eu", "neo4j://10.0.0.5?policy=eu", "chains"),
    ("bolt://[::1]:7687/a-b", "bolt://[::1]:7687", "a-b"),
])
def test_an_address_names_server_and_database(url: str, uri: str, database: str) -> None:
    assert address(url) == (uri, database, url.partition("?")[0])


@pytest.mark.parametrize("password", ["secret", "a/secret", "a@secret", "secret?#", "[secret"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_password_in_the_address_is_refused_and_not_printed(scheme: str, password: str) -> None:
    with pytest.raises(StoreError, match=r"10\.0\.0\.5:7687") as caught:
        open_store(f"{scheme}://planner:{password}@10.0.0.5:7687/x")
    assert "NEO4J_PASSWORD" in str(caught.value)
    assert "secret" not in str(caught.value) and "planner" not in str(caught.value)


@pytest.mark.parametrize("url", ["bolt://", "bolt:///x", "bolt://h:99999", "bolt://h:port", "bolt://h/a/b", "bolt://h/a b",
                                 "bolt://h/1x", "bolt://h/;DROP", "bolt://h/%60", "bolt://h/" + "x" * 70, "bolt://[h"])
def test_an_address_that_cannot_be_one(url: str) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(url)


def test_an_unknown_scheme_lists_the_known_ones() -> None:
    with pytest.raises(StoreError, match=r"postgres://db.*bolt\+s://"):
        open_store("postgres://me:secret@db")
    assert without_password("postgres://me:secret@db/x?k=secret") == "postgres://db/x"


def test_credentials_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert credentials() is None
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    assert credentials() == ("neo4j", "secret")
    monkeypatch.setenv("NEO4J_USER", "planner")
    found = credentials()
    assert found == ("planner", "secret") and "secret" not in repr(found) and "secret" not in f"{found!s}"


def test_a_user_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USER", "planner")
    with pytest.raises(StoreError, match="no password"):
        credentials()


def kept(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("text", [
    "NEO4J_USER=planner\nNEO4J_PASSWORD=a=b\n", "# of the city\n\nNEO4J_USERNAME = planner\nNEO4J_PASSWORD = \"a=b\"\n",
    "\ufeffNEO4J_USER=planner\r\nNEO4J_PASSWORD='a=b'\r\nNEO4J_URI=neo4j+s://x\r\n"])
def test_credentials_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("NEO4J_CREDENTIALS", str(kept(tmp_path / "口令.env", text)))
    assert credentials() == Credentials("planner", "a=b")


@pytest.mark.parametrize(("text", "mode", "told"), [
    ("NEO4J_PASSWORD=x", 0o644, "chmod 600"), ("NEO4J_USER=x", 0o600, "holds no NEO4J_PASSWORD"), (None, 0, "cannot be read")])
def test_a_file_that_does_not_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, mode: int,
                                    told: str) -> None:
    path = tmp_path / "credentials"
    if text is not None:
        kept(path, text, mode)
    monkeypatch.setenv("NEO4J_CREDENTIALS", str(path))
    with pytest.raises(StoreError, match=told):
        credentials()
