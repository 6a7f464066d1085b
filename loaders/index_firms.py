"""Which name is which firm, as the index remembers it.

That follows from all names at once (``loaders.one_firm``), so it is worked out anew only where a change brings or takes a
name, a code, a pair of firms in one row or a decision; else it is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from loaders.codes import credit_code
from loaders.matching import taken_apart
from loaders.names import Firms
from loaders.one_firm import Link
from loaders.review import cases
from loaders.spelling import normal

if TYPE_CHECKING:
    from loaders.index import Index

TABLES = """
CREATE TABLE firm (key TEXT PRIMARY KEY, id TEXT, ambiguous INTEGER, written TEXT, seen INTEGER) WITHOUT ROWID;
CREATE TABLE code (code TEXT PRIMARY KEY, firm TEXT, counts TEXT) WITHOUT ROWID;
CREATE TABLE shown (id TEXT PRIMARY KEY, name TEXT, aliases TEXT, joined INTEGER) WITHOUT ROWID;
CREATE TABLE link (name TEXT, to_ TEXT, how TEXT, id TEXT);
CREATE TABLE names (open INTEGER, unmet TEXT);
CREATE INDEX firm_written ON firm (written);
"""
_KEYED = {"firm": "key", "code": "code", "shown": "id"}
_COLUMNS = {"firm": 5, "code": 3, "shown": 4}


class FirmsOf:
    """What ``names.Firms`` answers of single names, from the index."""

    def __init__(self, index: Index) -> None:
        self.sql = index.sql

    def id(self, name: str, code: str = "") -> str:
        if code := credit_code(code):
            found = self.sql.execute("SELECT firm FROM code WHERE code = ?", (code,)).fetchone()
            return str(found[0]) if found else code
        return self._found(name) or normal(name)

    def code(self, written: str) -> str:
        found = self.sql.execute("SELECT counts FROM code WHERE code = ?", (code := credit_code(written),)).fetchone()
        return str(found[0]) if found else code

    def _found(self, name: str) -> str:
        for column, value in (("key", normal(name)), ("written", taken_apart(name).key)):
            if found := self.sql.execute(f"SELECT id FROM firm WHERE {column} = ? ORDER BY seen, key LIMIT 1", (value,)).fetchone():
                return str(found[0])
        return ""

    def has(self, name: str) -> bool:
        return bool(self._found(name))

    def ambiguous(self, name: str) -> bool:
        found = self.sql.execute("SELECT ambiguous FROM firm WHERE key = ?", (normal(name),)).fetchone()
        return bool(found and found[0])

    def shown(self, id: str) -> tuple[str, tuple[str, ...]]:
        name, aliases = self.sql.execute("SELECT name, aliases FROM shown WHERE id = ?", (id,)).fetchone()
        return name, tuple(json.loads(aliases))


def put(index: Index, firms: Firms) -> tuple[set[str], set[str]]:
    """Write how all names stand; the keys that now stand for something else, and the ids of firms that are called otherwise."""
    moved: set[str] = set()
    for table, rows in _rows(firms).items():
        before = {row[0]: tuple(row) for row in index.sql.execute(f"SELECT * FROM {table}")}
        changed = [key for key in before.keys() | rows.keys() if before.get(key) != rows.get(key)]
        index.sql.executemany(f"DELETE FROM {table} WHERE {_KEYED[table]} = ?", [(key,) for key in changed if key in before])
        marks = ",".join("?" * _COLUMNS[table])
        index.sql.executemany(f"INSERT INTO {table} VALUES ({marks})", [rows[key] for key in changed if key in rows])
        moved |= {key for one in changed for key in _keys(table, one, before.get(one), rows.get(one))}
    _put_rest(index, firms)
    return {key for key in moved if key[0] != "i"}, {key[2:] for key in moved if key[0] == "i"}


def _rows(firms: Firms) -> dict[str, dict[str, tuple[Any, ...]]]:
    shown = {}
    for id, names in firms.names.items():
        name, aliases = firms.shown(id)
        joined = firms.coded(id) and len(set(map(normal, names))) > 1
        shown[id] = id, name, json.dumps(aliases, ensure_ascii=False), int(joined)
    return {"firm": {key: (key, firms.id(key), int(firms.ambiguous(key)), taken_apart(key).key, firms.widest[key]) for key in firms.groups.of},
            "code": {code: (code, firms.id("", code), firms.code(code)) for code in firms.groups.code}, "shown": shown}


def _keys(table: str, key: str, *rows: tuple[Any, ...] | None) -> Iterable[str]:
    if table == "firm":
        return {f"f:{key}", *(f"w:{row[3]}" for row in rows if row)}
    return [f"u:{key}" if table == "code" else f"i:{key}"]


def _put_rest(index: Index, firms: Firms) -> None:
    index.sql.execute("DELETE FROM link")
    index.sql.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", [(one.name, one.to, one.how, firms.id(one.name)) for one in firms.links])
    index.sql.execute("DELETE FROM names")
    index.sql.execute("INSERT INTO names VALUES (?, ?)", (len(cases(firms)), json.dumps(firms.groups.unmet, ensure_ascii=False)))


def standing(index: Index, fresh: Collection[str]) -> tuple[int, list[Link], list[str], int]:
    """Of the firms with these ids: how many were joined by code, what was joined by itself; of all names, what is decided and
    not in the material, and how many are open."""
    [left, unmet] = index.sql.execute("SELECT open, unmet FROM names").fetchone()
    joined = [Link(name, to, how) for name, to, how, id in index.sql.execute("SELECT * FROM link ORDER BY rowid") if id in fresh]
    by_code = sum(id in fresh for id, in index.sql.execute("SELECT id FROM shown WHERE joined"))
    return by_code, joined, json.loads(unmet), left


def links(index: Index) -> list[Link]:
    """Which names were joined by themselves."""
    return [Link(*one) for one in index.sql.execute("SELECT name, to_, how FROM link ORDER BY rowid")]


def dissolved(index: Index, before: Iterable[Link]) -> list[Link]:
    """Of names that were joined before, those that are two firms now."""
    firms = FirmsOf(index)
    return [one for one in before if firms.id(one.name) != firms.id(one.to)]
