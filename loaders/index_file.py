"""The index of a workspace as a file: which material says what, so that a change touches only what it changes.

``index.sqlite`` beside the graph is derived like it and may be deleted at any time. It counts only where it was made from
exactly the manifest that is in place; else the graph is derived in full, and the index with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from graph.errors import LiantuError
from graph.model import VERSION
from graph.workspace import Material, Workspace
from loaders import index_firms
from loaders.index import Index

P = ParamSpec("P")
T = TypeVar("T")

FORMAT = "3"
"""Of the tables below and of what is written into them: another format is made anew."""
NAME = "index.sqlite"

TABLES = """
CREATE TABLE about (format TEXT, model TEXT, digest TEXT, contradicted INTEGER);
CREATE TABLE material (number INTEGER PRIMARY KEY, kept TEXT, entry TEXT, rows INTEGER);
CREATE TABLE said (material INTEGER, id TEXT, line TEXT, body TEXT);
CREATE TABLE told (material INTEGER, label TEXT, id TEXT, body TEXT);
CREATE TABLE piece (number INTEGER PRIMARY KEY, material INTEGER, body TEXT);
CREATE TABLE key (key TEXT, piece INTEGER, PRIMARY KEY (key, piece)) WITHOUT ROWID;
CREATE TABLE used (key TEXT, material INTEGER, PRIMARY KEY (key, material)) WITHOUT ROWID;
CREATE TABLE closing (material INTEGER, body TEXT);
CREATE TABLE decided (material INTEGER, body TEXT);
CREATE TABLE fact (id TEXT PRIMARY KEY, line TEXT, edge TEXT, start_label TEXT, start TEXT, end_label TEXT, end_ TEXT,
  source TEXT, audience INTEGER, print TEXT, sole INTEGER) WITHOUT ROWID;
CREATE TABLE node (label TEXT, id TEXT, facts0 INTEGER, facts1 INTEGER, facts2 INTEGER, body TEXT, PRIMARY KEY (label, id)) WITHOUT ROWID;
CREATE TABLE called (label TEXT, name TEXT, id TEXT, PRIMARY KEY (label, name, id)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX said_material ON said (material);
CREATE INDEX said_line ON said (line);
CREATE INDEX told_material ON told (material);
CREATE INDEX told_node ON told (label, id);
CREATE INDEX piece_material ON piece (material);
CREATE INDEX used_material ON used (material);
CREATE INDEX fact_line ON fact (line);
CREATE INDEX fact_pair ON fact (start, end_, edge);
"""


def path(workspace: Workspace) -> Path:
    return workspace.folder / NAME


def opened(workspace: Workspace, entries: Sequence[Material], aside: bool = False) -> Index | None:
    """The index that fits these entries; None where there is none. ``aside``: a copy in memory, for who only looks."""
    connection = None
    with suppress(sqlite3.Error, OSError):
        connection = sqlite3.connect(f"{path(workspace).resolve().as_uri()}?mode={'ro' if aside else 'rw'}", uri=True, isolation_level=None)
        connection.execute("PRAGMA cache_size = -65536")
        said = connection.execute("SELECT format, model, digest, contradicted FROM about").fetchone()
        if tuple(said) == (FORMAT, VERSION, workspace.digest(tuple(entries)), 0):
            if aside:
                connection = _copied(connection)
            connection.execute("BEGIN IMMEDIATE")
            return Index(connection)
    if connection is not None:
        connection.close()
    return None


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    return memory


def made(file: Path | None) -> Index:
    """An empty index, at a path where nothing is, or in memory."""
    connection = sqlite3.connect(file or ":memory:", isolation_level=None)
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA synchronous = OFF")  # it is not in place yet
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("BEGIN")
    for one in (TABLES + index_firms.TABLES).split(";"):
        connection.execute(one)
    connection.execute("INSERT INTO about VALUES (?, ?, '', 0)", (FORMAT, VERSION))
    return Index(connection)


def mended(work: Callable[P, T]) -> Callable[P, T]:
    """``work`` on a workspace, its first argument, once more without the index where that turns out to be damaged."""
    @wraps(work)
    def done(*given: P.args, **named: P.kwargs) -> T:
        try:
            return work(*given, **named)
        except sqlite3.Error as error:
            workspace = given[0]
            assert isinstance(workspace, Workspace)
            try:
                path(workspace).unlink()
            except OSError:
                raise LiantuError(f"{path(workspace)} 已损坏 / is damaged: {error}",
                                  "删掉它再试, 它会重新生成 / delete it and try again: it is made anew") from error
            return work(*given, **named)

    return done
