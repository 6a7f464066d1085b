"""The index of a workspace: which material says what, so that a change touches only what it changes.

``index.sqlite`` beside the graph is derived like it and may be deleted at any time. It counts only where it was made from
exactly the manifest that is in place; else the graph is derived in full, and the index with it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from graph.facts import Fact, Node, Value
from graph.model import EDGES, LABEL, LABELS, VERSION
from graph.workspace import Material, Workspace
from loaders import index_firms
from loaders.keys import Piece, decoded, encoded
from loaders.portraits import Told
from loaders.settled import Decision
from loaders.settling import Said, place, settled, version
from loaders.stating import NodeStatement

FORMAT = "1"
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

Key = tuple[str, str]
"""Label and id of a node."""


class Index:
    """An open index, in one transaction that ``keep`` makes true and ``close`` forgets."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.sql = connection

    def close(self) -> None:
        self.sql.close()

    def keep(self, digest: str) -> None:
        """What was changed is so, for the manifest of this digest."""
        self.sql.execute("UPDATE about SET digest = ?", (digest,))
        self.sql.commit()

    def moved(self, file: Path, to: Path) -> None:
        """Close an index that was written at ``file`` and put it in place; it can be asked again from there.

        The old one goes first, and with it the journal of whoever was killed: it would be played back into the new.
        """
        self.sql.close()
        for old in (to, to.with_name(to.name + "-journal")):
            old.unlink(missing_ok=True)
        os.replace(file, to)
        self.sql = sqlite3.connect(to, isolation_level=None)

    def facts(self) -> int:
        return int(self.sql.execute("SELECT count(*) FROM fact").fetchone()[0])

    # --- materials ---

    def materials(self) -> dict[int, Material]:
        return {number: _material(entry) for number, entry in self.sql.execute("SELECT number, entry FROM material ORDER BY number")}

    def add_material(self, entry: Material, rows: int) -> int:
        text = json.dumps(asdict(entry), ensure_ascii=False, default=str)
        added = self.sql.execute("INSERT INTO material (kept, entry, rows) VALUES (?, ?, ?)", (entry.kept, text, rows))
        return int(added.lastrowid or 0)

    def rows(self, numbers: Iterable[int] | None = None) -> int:
        """Rows of these materials, of all where none are named."""
        if numbers is None:
            return int(self.sql.execute("SELECT coalesce(sum(rows), 0) FROM material").fetchone()[0])
        return sum(int(self.sql.execute("SELECT rows FROM material WHERE number = ?", (n,)).fetchone()[0]) for n in numbers)

    def forget(self, number: int, *tables: str) -> None:
        """All that one material says, of these tables."""
        if "key" in tables:
            self.sql.execute("DELETE FROM key WHERE piece IN (SELECT number FROM piece WHERE material = ?)", (number,))
        for table in tables:
            if table != "key":
                column = "number" if table == "material" else "material"
                self.sql.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # names of our own tables

    # --- names ---

    def add_names(self, number: int, pieces: Iterable[Piece], used: Iterable[str]) -> None:
        for piece in pieces:
            at = self.sql.execute("INSERT INTO piece (material, body) VALUES (?, ?)", (number, _text(encoded(piece)))).lastrowid
            self.sql.executemany("INSERT INTO key VALUES (?, ?)", [(key, at) for key in piece.keys])
        self.sql.executemany("INSERT INTO used VALUES (?, ?)", [(key, number) for key in sorted(used)])

    def pieces(self, keys: Iterable[str]) -> Iterator[tuple[int, int, Piece]]:
        """(number, material, piece) of every piece under one of the keys, each once."""
        seen: set[int] = set()
        for some in _some(keys):
            marks = ",".join("?" * len(some))
            for number, material, body in self.sql.execute(
                    f"SELECT number, material, body FROM piece WHERE number IN (SELECT piece FROM key WHERE key IN ({marks}))", some):
                if number not in seen:
                    seen.add(number)
                    yield number, material, decoded(json.loads(body))

    def pieces_of(self, number: int) -> list[Piece]:
        found = self.sql.execute("SELECT body FROM piece WHERE material = ?", (number,))
        return [decoded(json.loads(text)) for text, in found]

    def users(self, keys: Iterable[str]) -> set[int]:
        """Materials that looked up one of the keys."""
        return {number for key in keys for number, in self.sql.execute("SELECT material FROM used WHERE key = ?", (key,))}

    def firm_pieces(self) -> Iterator[tuple[int, int, Piece]]:
        """Every piece that names a firm."""
        text = "SELECT number, material, body FROM piece WHERE number IN (SELECT piece FROM key WHERE key >= 'f:' AND key < 'f;') ORDER BY number"
        return ((number, material, decoded(json.loads(told))) for number, material, told in self.sql.execute(text))

    def add_decided(self, number: int, decided: Iterable[Decision]) -> None:
        self.sql.executemany("INSERT INTO decided VALUES (?, ?)", [(number, _text(asdict(one))) for one in decided])

    def decided_by(self, number: int) -> list[Decision]:
        found = self.sql.execute("SELECT body FROM decided WHERE material = ? ORDER BY rowid", (number,))
        return [Decision(**json.loads(text)) for text, in found]

    def used_by(self, number: int) -> set[str]:
        return {key for key, in self.sql.execute("SELECT key FROM used WHERE material = ?", (number,))}

    # --- what is said ---

    def add_said(self, number: int, said: Iterable[tuple[str, str, Fact]]) -> None:
        """(id, line, fact) by a material."""
        self.sql.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", ((number, id, line, body(fact)) for id, line, fact in said))

    def said_by(self, number: int) -> dict[str, tuple[str, str]]:
        """Id → (line, body)."""
        found = self.sql.execute("SELECT id, line, body FROM said WHERE material = ?", (number,))
        return {id: (line, text) for id, line, text in found}

    def bodies_on(self, lines: Iterable[str]) -> Iterator[tuple[int, str, str, str]]:
        """(material, id, line, body) of all that is said on these lines."""
        for some in _some(lines):
            yield from self.sql.execute(f"SELECT * FROM said WHERE line IN ({','.join('?' * len(some))})", some)

    def on_lines(self, lines: Iterable[str], materials: dict[int, Material]) -> dict[str, list[Said]]:
        """All that is said on each of the lines."""
        groups: dict[str, list[Said]] = {line: [] for line in lines}
        for number, id, line, text in self.bodies_on(groups):
            entry = materials[number]
            groups[line].append(Said(place(entry, number), version(entry), id, line, fact_of(id, text)))
        return groups

    def every_line(self, materials: dict[int, Material]) -> Iterator[list[Said]]:
        """All that is said, line by line."""
        group: list[Said] = []
        for number, id, line, text in self.sql.execute("SELECT * FROM said ORDER BY line"):
            if group and group[0].line != line:
                yield group
                group = []
            entry = materials[number]
            group.append(Said(place(entry, number), version(entry), id, line, fact_of(id, text)))
        if group:
            yield group

    def forget_lines(self, numbers: Iterable[int], lines: Iterable[str]) -> None:
        """What these materials say on these lines."""
        for number in numbers:
            self.sql.executemany("DELETE FROM said WHERE material = ? AND line = ?", [(number, line) for line in lines])

    def add_closing(self, number: int, records: Iterable[dict[str, Any]]) -> None:
        self.sql.executemany("INSERT INTO closing VALUES (?, ?)", [(number, _text(record)) for record in records])

    def closings(self, number: int) -> list[dict[str, Any]]:
        found = self.sql.execute("SELECT body FROM closing WHERE material = ? ORDER BY rowid", (number,))
        return [json.loads(text) for text, in found]

    def add_told(self, number: int, told: Iterable[NodeStatement]) -> None:
        self.sql.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", ((number, one.label, one.id, statement(one)) for one in told))

    def told_by(self, number: int) -> list[tuple[str, str, str]]:
        """(label, id, body) in the order of the rows."""
        return list(self.sql.execute("SELECT label, id, body FROM told WHERE material = ? ORDER BY rowid", (number,)))

    def told_of(self, node: Key, materials: dict[int, Material]) -> list[Told]:
        found = self.sql.execute("SELECT material, body FROM told WHERE label = ? AND id = ? ORDER BY rowid", node)
        return [Told(place(materials[number], number), version(materials[number]), _statement(*node, text)) for number, text in found]

    # --- the graph as it is ---

    def between(self, columns: str, pair: tuple[str, str, str, str, str]) -> list[Any]:
        """Rows of the facts of one type between two nodes."""
        where = "edge = ? AND start_label = ? AND start = ? AND end_label = ? AND end_ = ?"
        return list(self.sql.execute(f"SELECT {columns} FROM fact WHERE {where} ORDER BY id", pair))

    def lines_between(self, pair: tuple[str, str, str, str, str]) -> set[str]:
        return {line for line, in self.between("line", pair)}

    def feeds(self) -> list[tuple[str, str]]:
        """All FEEDS: upstream and downstream node."""
        return list(self.sql.execute("SELECT start, end_ FROM fact WHERE edge = 'FEEDS' ORDER BY id"))

    def size(self) -> int:
        """Facts and nodes of the graph."""
        return int(self.sql.execute("SELECT (SELECT count(*) FROM fact) + (SELECT count(*) FROM node)").fetchone()[0])

    def ids(self, beginning: str) -> list[str]:
        """Ids of facts that begin so, two at most."""
        found = self.sql.execute("SELECT id FROM fact WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (beginning, beginning + "~"))
        return [id for id, in found]

    def fact(self, id: str) -> Fact:
        """A fact of the graph."""
        materials = self.materials()
        [line] = self.sql.execute("SELECT line FROM fact WHERE id = ?", (id,)).fetchone()
        [group] = self.on_lines([line], materials).values()
        return settled(group)[0][id]

    def counts(self, key: Key) -> list[int]:
        """How many facts speak of a node, by the place of their audience."""
        found = self.sql.execute("SELECT facts0, facts1, facts2 FROM node WHERE label = ? AND id = ?", key).fetchone()
        return list(found or (0, 0, 0))

    def count(self, key: Key, more: Sequence[int]) -> None:
        self.sql.execute("INSERT OR IGNORE INTO node VALUES (?, ?, 0, 0, 0, '')", key)
        self.sql.execute("UPDATE node SET facts0 = facts0 + ?, facts1 = facts1 + ?, facts2 = facts2 + ? WHERE label = ? AND id = ?",
                         (*more, *key))

    def node_text(self, key: Key) -> str:
        """A node as text, '' where it is none."""
        found = self.sql.execute("SELECT body FROM node WHERE label = ? AND id = ?", key).fetchone()
        return found[0] if found else ""

    def put_node(self, key: Key, text: str) -> str:
        """Write a node, '' where it is none any longer; what was there."""
        before = self.node_text(key)
        if before == text:
            return before
        for name in _names(before):
            self.sql.execute("DELETE FROM called WHERE label = ? AND name = ? AND id = ?", (key[0], name, key[1]))
        self.sql.executemany("INSERT INTO called VALUES (?, ?, ?)", [(key[0], name, key[1]) for name in _names(text)])
        self.sql.execute("UPDATE node SET body = ? WHERE label = ? AND id = ?", (text, *key))
        if not text:
            self.sql.execute("DELETE FROM node WHERE label = ? AND id = ?", key)
        return before

    def name_of(self, label: str, id: str) -> str:
        """The name of a node; its id where it is unknown."""
        found = self.sql.execute("SELECT body FROM node WHERE label = ? AND id = ? AND body <> ''", (label, id)).fetchone()
        return json.loads(found[0])[0] if found else id

    def of_name(self, name: str) -> list[Key]:
        """Nodes that have this name or alias."""
        return [key for label in LABEL for key in self.sql.execute("SELECT label, id FROM called WHERE label = ? AND name = ?", (label, name))]

    def is_node(self, key: Key) -> bool:
        return bool(self.node_text(key))

    def id_of(self, label: str, name: str, id: str) -> str:
        """The id a node has now, that once had this id and name."""
        if self.is_node((label, id)):
            return id
        found = self.sql.execute("SELECT min(id) FROM called WHERE label = ? AND name = ?", (label, name)).fetchone()
        return found[0] or id


def _names(text: str) -> set[str]:
    """Name and aliases of a node."""
    if not text:
        return set()
    name, aliases, _ = json.loads(text)
    return {name, *aliases}


def _some(values: Iterable[str], count: int = 500) -> Iterator[list[str]]:
    every = list(values)
    for at in range(0, len(every), count):
        yield every[at:at + count]


# --- the file ---


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


# --- values as text ---


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


_DAYS = {**{one.name: frozenset(p.name for p in one.properties if p.type == "day") for one in EDGES},
         **{one.name: frozenset(p.name for p in one.properties if p.type == "day") for one in LABELS}}


def _typed(owner: str, told: dict[str, Any]) -> dict[str, Any]:
    days = _DAYS[owner]
    return {k: date.fromisoformat(v) if k in days and v is not None else v for k, v in told.items()} if days else told


def body(fact: Fact) -> str:
    """A fact as text, its id apart."""
    return _text([fact.edge, fact.start_label, fact.start, fact.end_label, fact.end,
                  {k: _plain(v) for k, v in fact.properties.items()}, fact.source, fact.cell, fact.valid_from.isoformat(),
                  fact.known_from.isoformat(), fact.authority, fact.audience, fact.text, fact.holds, fact.own_source, fact.own_day])


def fact_of(id: str, text: str) -> Fact:
    """The fact of a text; it keeps the id it has."""
    (edge, start_label, start, end_label, end, own, source, cell, valid, known, authority, audience, wording, holds, own_source,
     own_day) = json.loads(text)
    return Fact(edge, start_label, start, end_label, end, _typed(edge, own), source, cell, date.fromisoformat(valid),
                date.fromisoformat(known), authority, audience, wording, holds, own_source, own_day, id)


def node_body(node: Node) -> str:
    return _text([node.name, list(node.aliases), {k: _plain(v) for k, v in sorted(node.properties.items())}])


def node(label: str, id: str, text: str) -> Node:
    name, aliases, own = json.loads(text)
    return Node(label, id, name, tuple(aliases), _typed(label, own))


def statement(one: NodeStatement) -> str:
    return _text([{k: _plain(v) for k, v in one.properties.items()}, one.rank[0], one.rank[1].isoformat(), one.cell, one.audience, one.stands])


def _statement(label: str, id: str, text: str) -> NodeStatement:
    own, authority, day, cell, audience, stands = json.loads(text)
    return NodeStatement(label, id, _typed(label, own), (authority, date.fromisoformat(day)), cell, audience, stands)


def _material(text: str) -> Material:
    told = json.loads(text)
    return Material(**{**told, "loaded": date.fromisoformat(told["loaded"]), "data_date": date.fromisoformat(told["data_date"])})
