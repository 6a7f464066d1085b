"""A change of the material as a change of the graph: only the lines, pairs and nodes that it touches are made again.

What is made again is made by the functions that make the whole (``settling.settled``, ``portraits.portrait``, ``derive.state``),
so the result is what ``derive`` gives for the same material; where the change reaches far, or a row is bad, ``Unfit`` says
that the whole is to be derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.facts import Fact
from graph.workspace import Material, Workspace
from loaders import closures, index_firms
from loaders.derive import Stated, closed, state
from loaders.index import Index
from loaders.index_firms import FirmsOf
from loaders.index_graph import Graphed
from loaders.index_names import NamesOf
from loaders.index_text import statement
from loaders.keys import ORDERED, looked_up, pieces, stands_for
from loaders.material import Incoming, read_one
from loaders.names import normal
from loaders.naming import Read
from loaders.settling import settled
from loaders.stating import Names, SourceInfo

FEW = 2_000
"""Rows of other material that are read again at most, or half of all: past that the whole is derived as fast."""


class Unfit(Exception):
    """The change is for the full derivation."""


@dataclass
class Step:
    """What a change came to: the graph after it, and what its new material states."""

    graph: Graphed
    stated: list[Stated] = field(default_factory=list)
    """By all material that was read."""
    fresh: list[Stated] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Of the new material, in the index."""


def step(workspace: Workspace, index: Index, leaving: Sequence[Material] = (), arriving: Sequence[Incoming] = (),
         closing: Sequence[Material] = ()) -> Step:
    """Bring the index, in its transaction, from the material it knows to that without ``leaving`` and with what arrives
    (``closing``: retirements). Raises Unfit, and what reading a file raises."""
    return _Increment(workspace, index, leaving, arriving, closing).run()


class _Increment:
    def __init__(self, workspace: Workspace, index: Index, leaving: Sequence[Material], arriving: Sequence[Incoming],
                 closing: Sequence[Material]) -> None:
        self.workspace, self.index = workspace, index
        self.home = workspace.settings.region
        known = {entry.kept: number for number, entry in index.materials().items()}
        self.leaving = [known[entry.kept] for entry in leaving]
        self.arriving, self.closing = arriving, closing
        self.names = NamesOf(index, self.home)
        self.graph = Graphed(index, self.names)

    def run(self) -> Step:
        reads = [read_one(self.workspace, one.entry, one.path) for one in self.arriving]
        self.pieces = [pieces(read, self.home) for read in reads]
        altered = self.names.together(self._altered(reads))
        before = self.names.of(altered)
        decided = any(read.decided for read in reads) or any(self.index.decided_by(number) for number in self.leaving)
        numbers = self._exchange(reads)
        self.graph.materials = self.index.materials()
        firms = self._firms() if decided or any(key[0] == "f" for key in altered) else set()
        touched = self._reached(before, altered, firms, set(numbers))
        stated = self._stated(dict(zip(numbers, reads, strict=True)), touched)
        lines = self.lost_lines | {line for number, one in stated.items() for line in self._restated(number, one)}
        self.graph.settle(lines, without_closures=True)
        self.graph.redraw(self._drawn(before, altered))
        self.graph.draw()
        self._close()
        self.graph.draw()
        return Step(self.graph, list(stated.values()), [stated[number] for number in numbers], numbers)

    # --- names ---

    def _altered(self, reads: Iterable[Read]) -> set[str]:
        """Keys under which something is said that was not said before, or is said no more."""
        changed = [(one.entry.audience, piece) for one, found in zip(reads, self.pieces, strict=True) for piece in found]
        for number in self.leaving:
            audience = self.graph.materials[number].audience
            changed += [(audience, piece) for piece in self.index.pieces_of(number)]
        said = self._said_elsewhere(key for _, piece in changed for key in piece.keys)
        return self._shared({key for audience, piece in changed if piece.sheet in ORDERED or (audience, piece.content) not in said
                             for key in piece.keys})

    def _shared(self, keys: set[str]) -> set[str]:
        """With the names of projects that share a code with one of them: what one is called moves them all."""
        fresh = {key for key in keys if key[0] in "op"}
        while fresh:
            keys = keys | fresh
            fresh = {key for _, _, piece in self.index.pieces(fresh) for key in piece.keys if key[0] in "op"} - keys
        return keys

    def _said_elsewhere(self, keys: Iterable[str]) -> set[tuple[str, str]]:
        materials, leaving = self.graph.materials, set(self.leaving)
        return {(materials[number].audience, piece.content) for _, number, piece in self.index.pieces(set(keys)) if number not in leaving}

    def _exchange(self, reads: Sequence[Read]) -> list[int]:
        """What leaves says no more; what arrives has a number, its names and what it looks up."""
        self.lost_lines = {line for number in self.leaving for line, _ in self.index.said_by(number).values()}
        self.graph.touch((label, id) for number in self.leaving for label, id, _ in self.index.told_by(number))
        for number in self.leaving:
            self.index.forget(number, "key", "piece", "used", "said", "told", "closing", "decided", "material")
        numbers = []
        for read, found in zip(reads, self.pieces, strict=True):
            numbers.append(self.index.add_material(read.entry, len(read.rows)))
            self.index.add_names(numbers[-1], found, looked_up(read, self.home))
            self.index.add_decided(numbers[-1], read.decided)
        for entry in self.closing:
            self.index.add_closing(self.index.add_material(entry, 0), closures.records(self.workspace, entry))
        return numbers

    def _firms(self) -> set[str]:
        """Firms as they are called now; the keys that stand for another firm."""
        moved, ids = index_firms.put(self.index, self.names.firms())
        self.graph.touch(("Firm", id) for id in ids)
        return moved

    def _reached(self, before: Names, keys: set[str], firms: set[str], new: set[int]) -> set[int]:
        """Other material of which a name now stands for something else."""
        self.after = self.names.of(keys)
        moved = firms | {key for key in keys if stands_for(before, key) != stands_for(self.after, key)}
        for key in (key for key in moved if key[0] == "s"):
            _same_eyes(before.sources.get(key[2:]), self.after.sources.get(key[2:]))
        reached = self.index.users(moved) - new
        if self.index.rows(reached) > max(FEW, self.index.rows() // 2):
            raise Unfit
        return reached

    def _drawn(self, before: Names, keys: set[str]) -> set[tuple[str, str]]:
        """The nodes that may be called otherwise."""
        return {node for names in (before, self.after) for key in keys for node in _nodes_of(names, key)} | {
            node for key in keys if key[0] == "a" for node in self.index.of_name(key[2:])}

    # --- facts ---

    def _stated(self, reads: dict[int, Read], reached: Iterable[int]) -> dict[int, Stated]:
        for number in sorted(reached):
            entry = self.graph.materials[number]
            reads[number] = read_one(self.workspace, entry, self.workspace.material / entry.kept)
        names = self.names.of({key for number in reads for key in self.index.used_by(number)})
        stated = {number: state(names, read) for number, read in reads.items()}
        for number, one in stated.items():
            if one.problems != list(reads[number].problems):
                raise Unfit  # a name that is not known: the message wants the nearest of all
        self._sound([stated[number] for number in list(stated)[:len(self.arriving)]])
        return stated

    def _sound(self, fresh: Sequence[Stated]) -> None:
        """Whatever is refused is refused by the full derivation, with every problem."""
        bad = any(p.row == 0 or not one.entry.keep_good for one in fresh for p in one.problems)
        if bad or (fresh and not any(one.facts or (one.rows and not one.problems) for one in fresh)):
            raise Unfit

    def _restated(self, number: int, stated: Stated) -> set[str]:
        """Write what a material states now; the lines on which that is something else."""
        had, told = self.index.said_by(number), self.index.told_by(number)
        said = [(id, stated.lines[id], fact) for id, fact in stated.facts.items()]
        self.index.forget(number, "said", "told")
        self.index.add_said(number, said)
        self.index.add_told(number, stated.nodes)
        now = self.index.said_by(number)
        tells = [(one.label, one.id, statement(one)) for one in stated.nodes]
        if told != tells:
            self.graph.touch((label, id) for label, id, _ in {*told, *tells})
        return {line for id in had.keys() | now.keys() if had.get(id) != now.get(id)
                for line, _ in (had.get(id) or now[id], now.get(id) or had[id])}

    def _close(self) -> None:
        """Retirements again, as they follow from the facts that are there now."""
        lines: set[str] = set()
        for number, entry in self.graph.materials.items():
            if entry.kind == "retire":
                lines |= self._restated(number, closed(entry, self._closings(number, entry)))
        self.graph.settle(lines)

    def _closings(self, number: int, entry: Material) -> Iterable[Fact]:
        for record in self.index.closings(number):
            pair = closures.meant(record, self._id_of)
            found = self.index.on_lines(self.index.lines_between(pair), self.graph.materials)
            between = [fact for group in found.values()
                       for fact in settled(one for one in group if not one.place[0])[0].values() if closures.pair(fact) == pair]
            if (fact := closures.closing(entry, record, between)) is not None:
                yield fact

    def _id_of(self, label: str, name: str, id: str) -> str:
        """As ``Derived.id_of``."""
        firms = FirmsOf(self.index)
        if label == "Firm" and not self.index.is_node((label, id)) and firms.has(name):
            return firms.id(name)
        return self.index.id_of(label, name, id)


def _same_eyes(one: SourceInfo | None, other: SourceInfo | None) -> None:
    """Who may see a source decides on names wherever it is cited."""
    if one and other and one.audience != other.audience:
        raise Unfit


def _nodes_of(names: Names, key: str) -> Iterable[tuple[str, str]]:
    """The nodes that a key may be drawn from."""
    kind, name = key[0], key[2:]
    if kind == "n":
        guests = [("ChainNode", id) for written, id in names.nodes.guests.items() if normal(written) == name]
        return [("ChainNode", id) for id in names.nodes.spellings.get(name, ())] + guests
    if kind == "r":
        return [("Region", id) for id in names.regions.spellings.get(name, ())]
    if kind == "p":
        return [("Project", id) for id in names.projects.names]
    return [("Source", name)] if kind == "s" else []
