"""The graph as the index knows it, and what of it a change makes otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from graph.change import Change, Gone, Placed
from graph.facts import Fact, Graph, Node
from graph.model import AUDIENCES
from graph.workspace import Material
from loaders.derive import ends
from loaders.index import Index, Key
from loaders.index_names import NamesOf
from loaders.index_text import node, node_body
from loaders.portraits import FIXED, Told, portrait
from loaders.settling import settled

_FACT = "id, line, edge, start_label, start, end_label, end_, source, audience, print, sole"
Row = tuple[str, str, str, str, str, str, str, str, int, str, int]
"""A fact as the index has it, in the order above."""


def row(fact: Fact, line: str, sole: bool = False) -> Row:
    """``print`` tells two forms of one fact apart: what can differ where the id does not."""
    told = (fact.source, fact.cell, fact.valid_from.toordinal(), fact.known_from.toordinal(), fact.authority, fact.audience, fact.text)
    return (fact.id, line, fact.edge, fact.start_label, fact.start, fact.end_label, fact.end, fact.source,
            AUDIENCES.index(fact.audience), blake2b(repr(told).encode("utf-8", "replace"), digest_size=8).hexdigest(), int(sole))


class Graphed:
    """Follows a change through the tables ``fact`` and ``node``; what was there first is remembered."""

    def __init__(self, index: Index, names: NamesOf) -> None:
        self.index, self.names = index, names
        self.materials: dict[int, Material] = index.materials()
        self.facts: dict[str, Fact] = {}
        """Facts of the touched lines as they are now, by id."""
        self.held: set[str] = set()
        self.notes: dict[Key, list[str]] = {}
        self._first: dict[str, Row | None] = {}
        self._first_nodes: dict[Key, str] = {}
        self._open: set[Key] = set()
        self._counts: dict[Key, list[int]] = {}
        self._pairs: set[tuple[str, str, str, str, str]] = set()

    # --- facts, line by line ---

    def settle(self, lines: Iterable[str], without_closures: bool = False) -> None:
        """Make these lines again from all that is said on them."""
        lines = set(lines)
        if without_closures:
            retired = [number for number, entry in self.materials.items() if entry.kind == "retire"]
            self.index.forget_lines(retired, lines)
        for line, group in self.index.on_lines(lines, self.materials).items():
            facts, held = settled(group)
            self.held = (self.held - facts.keys()) | held
            self._write(line, facts)

    def _write(self, line: str, facts: dict[str, Fact]) -> None:
        before: dict[str, Row] = {found[0]: found for found in self.index.sql.execute(f"SELECT {_FACT} FROM fact WHERE line = ?", (line,))}
        for id in before.keys() - facts.keys():
            self._first.setdefault(id, before[id])
            self.index.sql.execute("DELETE FROM fact WHERE id = ?", (id,))
            self._count(before[id], -1)
            self.facts.pop(id, None)
        for id, fact in facts.items():
            self.facts[id] = fact
            old, new = before.get(id), row(fact, line)
            if old is not None and old[:-1] == new[:-1]:
                continue
            self._first.setdefault(id, old)
            if old is not None:
                self._count(old, -1)
                new = (*new[:-1], old[-1])
            self._count(new, 1)
            self.index.sql.execute(f"INSERT OR REPLACE INTO fact ({_FACT}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", new)

    def _count(self, fact: Row, by: int) -> None:
        """How many facts speak of a node, by audience; which pairs of ends have one fact more or less."""
        _, _, edge, start_label, start, end_label, end, source, audience, _, _ = fact
        self._pairs.add((edge, start_label, start, end_label, end))
        for key in dict.fromkeys(((start_label, start), (end_label, end), ("Source", source))):
            self._counts.setdefault(key, [0, 0, 0])[audience] += by
            self._open.add(key)

    # --- nodes ---

    def touch(self, nodes: Iterable[Key]) -> None:
        """Something else is said of these nodes."""
        self._open |= set(nodes)

    redraw = touch

    def draw(self) -> None:
        """Make the touched nodes again."""
        for key, counts in self._counts.items():
            self.index.count(key, counts)
        self._counts.clear()
        told = {key: self.index.told_of(key, self.materials) for key in self._open}
        there = {key: widest for key in self._open if (widest := self._spoken_of(key, told[key])) is not None}
        names = self.names.for_drawing(there)
        for key in sorted(self._open):
            body = ""
            if key in there:
                drawn, self.notes[key] = portrait(names, *key, told[key], there[key])
                body = node_body(drawn)
            self._first_nodes.setdefault(key, self.index.put_node(key, body))
        self._open.clear()

    def _spoken_of(self, key: Key, told: Sequence[Told]) -> int | None:
        """The widest audience that anything is said to about the node; None where it is no node (any longer)."""
        counts = self.index.counts(key)
        fixed = key[0] == "Milestone" and key[1] in FIXED
        if not (any(counts) or fixed or any(one.statement.stands for one in told)):
            return None
        ranks = [rank for rank, count in enumerate(counts) if count] + [AUDIENCES.index(one.statement.audience) for one in told]
        return min(ranks, default=0)

    # --- the difference ---

    def change(self) -> Change:
        """What makes the graph there was into the one there is."""
        self._soles()
        new, moved, gone = [], [], []
        for id, first in self._first.items():
            now = self.index.sql.execute(f"SELECT {_FACT} FROM fact WHERE id = ?", (id,)).fetchone()
            if now is None:
                if first is not None:
                    gone.append(Gone(*first[2:7], id))
            elif first is None:
                new.append(Placed(self.facts[id], bool(now[-1])))
            elif now != first:
                moved.append(Placed(self.facts[id], bool(now[-1])))
        bodies = {key: self.index.node_text(key) for key in self._first_nodes}
        put = [node(*key, text) for key, text in sorted(bodies.items()) if text and text != self._first_nodes[key]]
        lost = [key for key, text in sorted(bodies.items()) if not text and self._first_nodes[key]]
        return Change(tuple(put), tuple(lost), tuple(new), tuple(moved), tuple(gone))

    def _soles(self) -> None:
        """Whether a fact is the only one of its type between its ends follows from its neighbours."""
        for pair in self._pairs:
            rows: list[Row] = self.index.between(_FACT, pair)
            for found in rows:
                if found[-1] != (len(rows) == 1):
                    self._first.setdefault(found[0], found)
                    self.index.sql.execute("UPDATE fact SET sole = ? WHERE id = ?", (int(len(rows) == 1), found[0]))
                    if found[0] not in self.facts:
                        [group] = self.index.on_lines([found[1]], self.materials).values()
                        self.facts |= settled(group)[0]
        self._pairs.clear()

    def whole(self) -> Graph:
        """The graph of the index, all of it."""
        return whole(self.index)


def whole(index: Index) -> Graph:
    """All nodes and facts, made from what is said: for a store that must be filled anew."""
    materials = index.materials()
    facts: dict[str, Fact] = {}
    for group in index.every_line(materials):
        facts |= settled(group)[0]
    nodes: list[Node] = [node(label, id, text) for label, id, text in index.sql.execute(
        "SELECT label, id, body FROM node WHERE body <> '' ORDER BY label, id")]
    return Graph(tuple(nodes), tuple(facts[id] for id in sorted(facts)))


def put_graph(index: Index, graph: Graph, lines: dict[str, str]) -> None:
    """Write a graph that was derived in full; ``lines``: fact id → line."""
    counts: dict[Key, list[int]] = {}
    pairs: dict[tuple[str, str, str, str, str], int] = {}
    for fact in graph.facts:
        pair = fact.edge, fact.start_label, fact.start, fact.end_label, fact.end
        pairs[pair] = pairs.get(pair, 0) + 1
        for key in dict.fromkeys(ends(fact)):
            counts.setdefault(key, [0, 0, 0])[AUDIENCES.index(fact.audience)] += 1
    rows = (row(f, lines[f.id], pairs[f.edge, f.start_label, f.start, f.end_label, f.end] == 1) for f in graph.facts)
    index.sql.executemany(f"INSERT INTO fact ({_FACT}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
    for one in graph.nodes:
        key = one.label, one.id
        index.count(key, counts.get(key, [0, 0, 0]))
        index.put_node(key, node_body(one))
