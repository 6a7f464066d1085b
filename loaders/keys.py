"""What one material says of names, in small pieces that are found by key; and the keys that its rows look up.

All names of a workspace follow from all pieces (``learn`` over them), and what a key stands for follows from the pieces
under it and those they lead to. So a change of a few names asks for a few pieces, and for the materials that used them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from graph.workspace import Material
from loaders.codes import credit_code
from loaders.matching import taken_apart
from loaders.names import Nodes, normal
from loaders.naming import FIRM_CELLS, Read, firms_of, learn, through_a_body
from loaders.rows import Problem, Row
from loaders.settled import Decision
from loaders.sheets import Sheet
from loaders.stating import Names, file_source

NODE_CELLS = ("node", "upstream", "downstream", "variant_of", "start", "end")
PLACE_CELLS = ("place", "region", "within", "survey_region", "claimant")
CELLS = "cells"
"""The sheet of a piece that is not a whole row: cells that name something, wherever they stood."""
ORDERED = frozenset({"", "nodes", "regions", "sources"})
"""Sheets of which the later or the earlier row may win: here the same row twice is not the same as once."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Cells of one row that name something. ``keys`` find it; ``leads`` are those of them whose pieces are needed to read it."""

    keys: tuple[str, ...]
    leads: tuple[str, ...]
    sheet: str
    audience: str
    values: dict[str, Any] = field(hash=False)

    @property
    def content(self) -> str:
        return repr((self.sheet, self.audience, sorted(self.values.items(), key=lambda one: one[0])))


def pieces(read: Read, home: str) -> list[Piece]:
    """Each once, in the order of the rows; of the ordered sheets every row."""
    found: list[Piece] = []
    seen: set[str] = set()
    if read.rows:
        found.append(Piece((f"s:{file_source(read.entry)}",), (), "", "公开", {}))
    for row in read.rows:
        for piece in _of(row, read.entry, home, seen):
            if piece.sheet in ORDERED or piece.content not in seen:
                seen.add(piece.content)
                found.append(piece)
    return found


def _of(row: Row, entry: Material, home: str, seen: set[str]) -> Iterator[Piece]:
    v, sheet = row.values, row.sheet
    source = {"source": v["source"]} if v.get("source") else {}

    def piece(values: dict[str, Any], *keys: str, leads: tuple[str, ...] | None = None, whole: str = CELLS) -> Piece:
        called = (f"a:{alias}" for alias in values.get("aliases", ()))
        return Piece(tuple(dict.fromkeys((*keys, *called))), keys if leads is None else leads, whole, sheet.audience, {**values, **source})

    if sheet.key == "sources":
        named = ("source", "title", "publisher", "published", "authority", "audience")
        yield piece({k: v[k] for k in named if k in v}, f"s:{v['source']}", leads=(), whole=sheet.key)
        return
    if source:
        yield piece({}, f"s:{v['source']}", leads=())
    if sheet.key == "nodes":
        yield _declared(row, piece, seen)
    elif sheet.key == "guests":
        yield _guest(row, piece, seen)
    elif sheet.key == "regions":
        yield _region(row, piece, seen)
    elif sheet.key == "projects":
        codes = (f"o:{credit_code(v['project_code'])}",) if v.get("project_code") else ()
        yield piece({k: v[k] for k in ("project", "phase", "project_code") if k in v}, f"p:{normal(v['project'])}", *codes, whole=sheet.key)
    yield from _places(row, home, piece)
    yield from _firms(row, piece)
    if entry.new_nodes and sheet.key != "nodes":
        for key in ("node", "upstream", "downstream"):
            yield from (piece({key: (name,)}, *node_keys(name)) for name in _texts(v.get(key)))


def _declared(row: Row, piece: Callable[..., Piece], seen: set[str]) -> Piece:
    v, scratch = row.values, Nodes()
    id = scratch.declare(v["chain"], v["node"], v.get("aliases", ()))
    chain = _first(seen, f"c:{normal(v['chain'])}", v["chain"])
    return piece({k: v[k] for k in ("chain", "node", "aliases", "unit") if k in v}, *(f"n:{k}" for k in scratch.spellings),
                 *chain, leads=(f"n:{normal(scratch.names[id])}",), whole="nodes")


def _guest(row: Row, piece: Callable[..., Piece], seen: set[str]) -> Piece:
    """A node of a data set; it may be the node that a panorama sheet declares."""
    v = row.values
    chain = _first(seen, f"c:{normal(v['chain'])}", v["chain"]) if v.get("chain") else ()
    own = tuple(dict.fromkeys((f"n:{normal(v['node'])}", f"n:{normal(v['name'])}")))
    return piece({k: v[k] for k in ("node", "name", "chain", "aliases") if k in v}, *own, *(f"n:{normal(a)}" for a in v.get("aliases", ())),
                 *chain, leads=own, whole="guests")


def _region(row: Row, piece: Callable[..., Piece], seen: set[str]) -> Piece:
    v = row.values
    parent = _first(seen, f"r:{normal(v['within'])}", v["within"]) if v.get("within") else ()
    return piece({k: v[k] for k in ("region", "within", "aliases") if k in v}, f"r:{normal(v['region'])}",
                 *(f"r:{normal(alias)}" for alias in v.get("aliases", ())), *parent, leads=(), whole="regions")


def _first(seen: set[str], key: str, written: str) -> tuple[str, ...]:
    """The key where this material names it for the first time: a chain or a parent needs to be heard of once."""
    mark = f"{key} {written}"
    if mark in seen:
        return ()
    seen.add(mark)
    return (key,)


def _places(row: Row, home: str, piece: Callable[..., Piece]) -> Iterator[Piece]:
    """Cells that write the workspace's region before another: they may say where that lies."""
    for key in ("place", "region"):
        written = str(row.values.get(key) or "")
        if row.sheet.key != "regions" and written != home and written.startswith(home):
            yield piece({key: written}, *place_keys(written, home))


def _firms(row: Row, piece: Callable[..., Piece]) -> Iterator[Piece]:
    """All firms of a row together: that they stand in one row says that they are several."""
    named = ("credit_code", "investors", *(name for name, _ in FIRM_CELLS), *(["aliases"] if row.values.get("firm") else []))
    body = {"with"} if through_a_body(row.values) else set()
    if found := firms_of(row):
        yield piece({k: row.values[k] for k in named if k in row.values and k not in body}, *(f"f:{normal(name)}" for name, _ in found), leads=())


def _texts(value: Any) -> tuple[str, ...]:
    """One name, several, or none."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def node_keys(written: str) -> tuple[str, ...]:
    """Where 产业链/环节 is written either part may be what is known."""
    prefix, _, rest = written.partition("/")
    return (f"n:{normal(written)}", *((f"n:{normal(rest)}", f"c:{normal(prefix)}") if rest else ()))


def place_keys(written: str, home: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"r:{normal(written)}", f"r:{normal(written.removeprefix(home))}")))


def looked_up(read: Read, home: str) -> set[str]:
    """Every key that the rows of a material may look up."""
    keys: set[str] = set()
    for row in read.rows:
        v = row.values
        keys.update(key for cell in NODE_CELLS for name in _texts(v.get(cell)) for key in node_keys(name))
        if row.sheet.key == "nodes":
            keys.update(node_keys(f"{v['chain']}/{v['node']}"))
        keys.update(key for cell in PLACE_CELLS for name in _texts(v.get(cell)) for key in place_keys(name, home))
        keys.update(f"f:{normal(name)}" for name in (*(name for name, _ in firms_of(row)), *_texts(v.get("maker"))))
        for name in _texts(v.get("claimant")):
            keys.update((f"f:{normal(name)}", f"w:{taken_apart(name).key}", f"p:{normal(name)}"))
        if v.get("credit_code"):
            keys.add(f"u:{credit_code(v['credit_code'])}")
        if v.get("project"):
            keys.add(f"p:{normal(v['project'])}")
        if v.get("source"):
            keys.add(f"s:{v['source']}")
        if v.get("chain"):
            keys.add(f"c:{normal(v['chain'])}")
    return keys


def drawn_by(label: str, id: str) -> set[str]:
    """The keys that a node's name, aliases and default properties follow from."""
    if label == "ChainNode":
        return {f"n:{normal(id)}", *(f"n:{normal(id[at + 1:])}" for at, c in enumerate(id) if c == "/")}
    if label == "Project":  # a phase is named after the whole
        return {f"p:{id}", *(f"p:{id[:at]}" for at, c in enumerate(id) if c == "/")}
    return {f"r:{normal(id)}"} if label == "Region" else {f"s:{id}"} if label == "Source" else set()


# --- names from pieces ---


@lru_cache(maxsize=256)
def _sheet(key: str, audience: str) -> Sheet:
    return Sheet(key, key, key, (), audience)


def named(home: str, found: Iterable[tuple[Material, Piece]], decided: Iterable[Decision] = ()) -> tuple[Names, list[Problem]]:
    """Names from pieces in the order of their materials, and from what people decided, in order."""
    reads: list[tuple[Material, list[Row]]] = []
    for entry, piece in found:
        if not reads or reads[-1][0] is not entry:
            reads.append((entry, []))
        reads[-1][1].append(Row("", _sheet(piece.sheet, piece.audience), 0, piece.values))
    said = [Read(_NOBODY, (), decided=tuple(decided))]
    return learn(home, [Read(entry, tuple(rows)) for entry, rows in reads] + said)


_NOBODY = Material("", "", "", date.min, date.min)


def stands_for(names: Names, key: str) -> object:
    """All that looking up a key can tell: two names that say the same here make the same facts."""
    kind, name = key[0], key[2:]
    if kind == "n":
        chains = names.nodes.chains
        guests = sorted(one for one in names.nodes.guests.items() if normal(one[0]) == name)
        return guests, sorted((id, names.nodes.units.get(id, ""), sorted(c for c in chains if id in chains[c]))
                              for id in names.nodes.spellings.get(name, ()))
    if kind == "c":
        return [chain for chain in names.nodes.chains if normal(chain) == name]
    if kind == "r":
        return sorted((id, id in names.implied) for id in names.regions.spellings.get(name, ()))
    if kind == "p":
        projects = names.projects
        whole = projects.id(name)
        return (whole, sorted((of, sorted(codes)) for of, codes in projects.codes.items() if of[0] == name),
                sorted(id for id in projects.names if id == whole or id.startswith(f"{whole}/")))
    return names.sources.get(name) if kind == "s" else None


def encoded(piece: Piece) -> list[Any]:
    """As JSON takes it."""
    return [piece.keys, piece.leads, piece.sheet, piece.audience,
            {k: {"day": v.isoformat()} if isinstance(v, date) else v for k, v in piece.values.items()}]


def decoded(told: list[Any]) -> Piece:
    keys, leads, sheet, audience, values = told
    return Piece(tuple(keys), tuple(leads), sheet, audience, {k: _value(v) for k, v in values.items()})


def _value(told: Any) -> Any:
    if isinstance(told, dict):
        return date.fromisoformat(told["day"])
    return tuple(told) if isinstance(told, list) else told
