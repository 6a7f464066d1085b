"""All material of a workspace → nodes and facts. The same material gives the same graph, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph import model
from graph.facts import Fact, Graph, Node
from graph.workspace import Material
from loaders import firms, places, projects, structure
from loaders.chainkg import facts as chainkg
from loaders.naming import Read, learn
from loaders.one_line import Lines, same_line
from loaders.portraits import FIXED, Told, portrait
from loaders.rows import Problem, Row
from loaders.settling import Said, place, settled, version
from loaders.sheets import SHEET
from loaders.stating import Names, NodeStatement, Stating
from loaders.words import words

CONVERT: dict[str, Callable[[Stating], None]] = {
    "nodes": structure.nodes, "feeds": structure.feeds, "regions": structure.regions, "sources": structure.sources,
    "firms": firms.firms, "suppliers": firms.suppliers, "contacts": firms.contacts, "projects": projects.projects,
    "goals": places.goals, "claims": places.claims, "reports": places.reports, "indicators": places.indicators,
    "surveys": places.surveys, "teams": places.teams, "funding": places.funding,
    **chainkg.CONVERT,
}


@dataclass
class Stated:
    """What one material states, fact by fact, and what of it was refused."""

    entry: Material
    facts: dict[str, Fact] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    """Fact id → line."""
    nodes: list[NodeStatement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    home: int = 0
    unanswered: int = 0
    unreviewed: int = 0
    declined: int = 0
    for_people: tuple[str, ...] = ()
    flags: list[str] = field(default_factory=list)
    joined: list[tuple[str, str]] = field(default_factory=list)
    """Firm id and flag: what its rows say differently, that are one line only since two names are one firm."""
    mended: Mapping[str, int] = field(default_factory=dict)
    read: Read | None = None
    """What it was made from; None of a retirement."""

    @property
    def says(self) -> bool:
        """Whether it states anything: a review of which only the source was taken does not."""
        passed_over = self.unreviewed or self.declined
        return any(count for sheet, count in self.rows.items() if not (passed_over and sheet == SHEET["sources"].zh))


@dataclass
class Derived:
    """The graph and, file by file, which file states which fact (the workspace's index)."""

    graph: Graph
    stated: list[Stated]
    names: Names
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """By node: what is said of it differently, or left out."""
    held_back: set[str] = field(default_factory=set)
    contradicted: bool = False
    """Whether a source means two things in two files."""

    def id_of(self, label: str, name: str, id: str) -> str:
        """The id a node has now, that once had this id and name."""
        if (label, id) in self._names:
            return id
        if label == "Firm" and self.names.firms.has(name):
            return self.names.firms.id(name)
        return next((n.id for n in self.graph.nodes if n.label == label and name in (n.name, *n.aliases)), id)

    def called(self, label: str, id: str) -> str:
        """The name of a node; its id where it is unknown."""
        return self._names.get((label, id), id)

    def sentence(self, fact: Fact) -> str:
        """A fact in a line of words."""
        return sentence(fact, self.called)

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        return {(n.label, n.id): n.name for n in self.graph.nodes}


def sentence(fact: Fact, called: Callable[[str, str], str]) -> str:
    """A fact in a line of words; ``called``: the name of a node by label and id."""
    start, end = called(fact.start_label, fact.start), called(fact.end_label, fact.end)
    own = ", ".join(f"{p.zh} {words(p, fact.properties[p.name])}" for p in model.EDGE[fact.edge].properties
                    if fact.properties[p.name] not in (None, ""))
    return f"{start} —{model.EDGE[fact.edge].zh}→ {end}" + (f" ({own})" if own else "")


def derive(region: str, reads: Iterable[Read], closures: Iterable[tuple[Material, list[Fact]]] = ()) -> Derived:
    """Facts of every material, merged: a fact that two files state is one fact."""
    reads = list(reads)
    names, contradictions = learn(region, reads)
    stated = [state(names, read) for read in reads]
    if stated:
        stated[-1].problems += contradictions
    stated += [closed(entry, facts) for entry, facts in closures]
    facts, held_back = _facts(stated)
    nodes, notes = _nodes(names, stated, facts)
    return Derived(Graph(nodes, facts), stated, names, notes, held_back, bool(contradictions))


def with_nodes(derived: Derived, others: list[Stated]) -> Derived:
    """The same graph, its nodes told again with what other material says of them."""
    if not others:
        return derived
    nodes, notes = _nodes(derived.names, [*derived.stated, *others], derived.graph.facts)
    return replace(derived, graph=Graph(nodes, derived.graph.facts), notes=notes)


def closed(entry: Material, facts: Iterable[Fact]) -> Stated:
    """What a retirement states."""
    by_id = {f.id: f for f in facts}
    return Stated(entry, by_id, lines={id: f.line for id, f in by_id.items()})


def _facts(stated: list[Stated]) -> tuple[tuple[Fact, ...], set[str]]:
    """All facts by id, line by line; and which are held back."""
    by_line: dict[str, list[Said]] = {}
    for number, one in enumerate(stated):
        where, which = place(one.entry, number), version(one.entry)
        for id, fact in one.facts.items():
            by_line.setdefault(one.lines[id], []).append(Said(where, which, id, one.lines[id], fact))
    found: dict[str, Fact] = {}
    held: set[str] = set()
    for group in by_line.values():
        facts, back = settled(group)
        found |= facts
        held |= back
    return tuple(found[id] for id in sorted(found)), held


def state(names: Names, read: Read) -> Stated:
    out = Stated(read.entry, problems=list(read.problems), unanswered=read.unanswered, unreviewed=read.unreviewed, declined=read.declined,
                 for_people=read.for_people, flags=list(read.flags), mended=read.mended, read=read)
    if read.decided:
        out.rows["企业名称核对"] = len(read.decided)
    lines: Lines = {}
    before: Stating | None = None
    for row in read.rows:
        stating = Stating(names, read.entry, row)
        CONVERT[row.sheet.key](stating)
        stating_lines = [fact.line for fact in stating.facts]
        for fact, line in zip(stating.facts, stating_lines, strict=True):
            same_line(lines, fact, line, stating, out.joined)
        again = before if before and _one_row(before.row, row) else None
        if not again:
            out.rows[row.sheet.zh] = out.rows.get(row.sheet.zh, 0) + 1
        out.problems += [one for one in stating.problems if not (again and one in again.problems)]
        before = stating
        out.flags += stating.flags
        if not stating.problems:
            for fact, line in zip(stating.facts, stating_lines, strict=True):
                id = fact.id  # a hash: made once
                out.facts.setdefault(id, fact)
                out.lines.setdefault(id, line)
            out.nodes += stating.nodes
            out.home += stating.home and not again
            if stating.day_from and not again:
                out.days[stating.day_from] = out.days.get(stating.day_from, 0) + 1
    return out


def _one_row(one: Row, other: Row) -> bool:
    """Whether they are one row of the file, that names several chain nodes."""
    return one.number == other.number and (one.sheet.key, one.file, one.tab) == (other.sheet.key, other.file, other.tab)


def _nodes(names: Names, stated: list[Stated], facts: tuple[Fact, ...]) -> tuple[
        tuple[Node, ...], dict[tuple[str, str], list[str]]]:
    """A node for each end and each source of a fact, and for each milestone."""
    told: dict[tuple[str, str], list[Told]] = {}
    for number, one in enumerate(stated):
        for n in one.nodes:
            told.setdefault((n.label, n.id), []).append(Told(place(one.entry, number), version(one.entry), n))
    widest = _seen_by(told, facts)
    known = {("Milestone", id) for id in FIXED} | {end for f in facts for end in ends(f)}
    known |= {(n.label, n.id) for one in stated for n in one.nodes if n.stands}
    drawn = {node: portrait(names, *node, told.get(node, ()), widest.get(node, 0)) for node in sorted(known)}
    return tuple(node for node, _ in drawn.values()), {node: notes for node, (_, notes) in drawn.items() if notes}


def ends(fact: Fact) -> tuple[tuple[str, str], ...]:
    """The nodes that a fact makes known: its two ends and its source."""
    return (fact.start_label, fact.start), (fact.end_label, fact.end), ("Source", fact.source)


def _seen_by(told: Mapping[tuple[str, str], Sequence[Told]], facts: Iterable[Fact]) -> dict[tuple[str, str], int]:
    """The widest audience that anything is said to about a node, as its place in AUDIENCES."""
    widest = {node: min(model.AUDIENCES.index(one.statement.audience) for one in said) for node, said in told.items()}
    for fact in facts:
        rank = model.AUDIENCES.index(fact.audience)
        for node in ends(fact):
            widest[node] = min(widest.get(node, rank), rank)
    return widest
