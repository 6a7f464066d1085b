"""What the index of a workspace answers: which material says what, and the graph that follows.

It is worked on in one transaction; ``loaders/index_file.py`` says where it is and when it counts.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.facts import Fact
from graph.model import LABEL
from graph.workspace import Material
from loaders.index_text import body_of, fact_of, material_of, statement, statement_of, text_of
from loaders.keys import Piece, decoded, encoded
from loaders.portraits import Told
from loaders.settled import Decision
from loaders.settling import Said, place, settled, version
from loaders.stating import NodeStatement

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
        return {number: material_of(entry) for number, entry in self.sql.execute("SELECT number, entry FROM material ORDER BY number")}

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
            at = self.sql.execute("INSERT INTO piece (material, body) VALUES (?, ?)", (number, text_of(encoded(piece)))).lastrowid
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
        self.sql.executemany("INSERT INTO decided VALUES (?, ?)", [(number, text_of(asdict(one))) for one in decided])

    def decided_by(self, number: int) -> list[Decision]:
        found = self.sql.execute("SELECT body FROM decided WHERE material = ? ORDER BY rowid", (number,))
        return [Decision(**json.loads(text)) for text, in found]

    def used_by(self, number: int) -> set[str]:
        return {key for key, in self.sql.execute("SELECT key FROM used WHERE material = ?", (number,))}

    # --- what is said ---

    def add_said(self, number: int, said: Iterable[tuple[str, str, Fact]]) -> None:
        """(id, line, fact) by a material."""
        self.sql.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", ((number, id, line, body_of(fact)) for id, line, fact in said))

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
        self.sql.executemany("INSERT INTO closing VALUES (?, ?)", [(number, text_of(record)) for record in records])

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
        return [Told(place(materials[number], number), version(materials[number]), statement_of(*node, text)) for number, text in found]

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
        if text:  # a node of which no fact speaks has no row yet
            self.sql.execute("INSERT OR IGNORE INTO node VALUES (?, ?, 0, 0, 0, '')", key)
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
