"""All material of a workspace → nodes and facts. The same material gives the same graph, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graph import model
from graph.facts import Fact, Graph, Node, Value
from graph.workspace import Material
from loaders import firms, places, projects, structure, suspect
from loaders.naming import Read, learn
from loaders.rows import Problem
from loaders.sheets import SHEET
from loaders.stating import Names, NodeStatement, Stating

CONVERT: dict[str, Callable[[Stating], None]] = {
    "nodes": structure.nodes, "feeds": structure.feeds, "regions": structure.regions, "sources": structure.sources,
    "firms": firms.firms, "suppliers": firms.suppliers, "contacts": firms.contacts, "projects": projects.projects,
    "goals": places.goals, "claims": places.claims, "reports": places.reports, "indicators": places.indicators,
    "surveys": places.surveys, "teams": places.teams, "funding": places.funding,
}


@dataclass
class Stated:
    """What one material states, fact by fact, and what of it was refused."""

    entry: Material
    facts: dict[str, Fact] = field(default_factory=dict)
    nodes: list[NodeStatement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    home: int = 0
    unanswered: int = 0
    unreviewed: int = 0
    declined: int = 0
    for_people: tuple[str, ...] = ()

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
    notes: list[str] = field(default_factory=list)
    held_back: set[str] = field(default_factory=set)

    def id_of(self, label: str, name: str, id: str) -> str:
        """The id a node has now, that once had this id and name."""
        if any(n.label == label and n.id == id for n in self.graph.nodes):
            return id
        return next((n.id for n in self.graph.nodes if n.label == label and name in (n.name, *n.aliases)), id)

    def sentence(self, fact: Fact) -> str:
        """A fact in a line of words."""
        names = {(n.label, n.id): n.name for n in self.graph.nodes}
        ends = [names.get(end, end[1]) for end in ((fact.start_label, fact.start), (fact.end_label, fact.end))]
        own = ", ".join(f"{p.zh} {_plain(fact.properties[p.name])}" for p in model.EDGE[fact.edge].properties
                        if fact.properties[p.name] not in (None, ""))
        return f"{ends[0]} —{model.EDGE[fact.edge].zh}→ {ends[1]}" + (f" ({own})" if own else "")


def derive(region: str, reads: Iterable[Read], closures: Iterable[tuple[Material, list[Fact]]] = ()) -> Derived:
    """Facts of every material, merged: a fact that two files state is one fact."""
    reads = list(reads)
    names, contradictions = learn(region, reads)
    stated = [_state(names, read) for read in reads]
    if stated:
        stated[-1].problems += contradictions
    stated += [Stated(entry, {f.id: f for f in facts}) for entry, facts in closures]
    _correct(stated)
    facts = _merge(stated)
    held_back = suspect.tenfold(facts)
    facts = tuple(replace(f, authority=0) if f.id in held_back else f for f in facts)
    nodes, notes = _nodes(names, stated, facts)
    return Derived(Graph(nodes, facts), stated, names, notes, held_back)


def _state(names: Names, read: Read) -> Stated:
    out = Stated(read.entry, problems=list(read.problems), unanswered=read.unanswered,
                 unreviewed=read.unreviewed, declined=read.declined,
                 for_people=read.for_people)
    lines: dict[tuple[str, str, date, str, str], Fact] = {}
    for row in read.rows:
        stating = Stating(names, read.entry, row)
        CONVERT[row.sheet.key](stating)
        for fact in stating.facts:
            _same_line(lines, fact, stating)
        out.rows[row.sheet.zh] = out.rows.get(row.sheet.zh, 0) + 1
        out.problems += stating.problems
        if not stating.problems:
            out.facts |= {f.id: f for f in stating.facts if f.id not in out.facts}
            out.nodes += stating.nodes
            out.home += stating.home
            if stating.day_from:
                out.days[stating.day_from] = out.days.get(stating.day_from, 0) + 1
    return out


def _plain(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


_CURES = {
    "MAKES": ("plant", "填写 厂区/期 把两行分开 / tell the rows apart by 厂区/期"),
    "ADDS": ("phase", "填写 期 把两行分开 / tell the rows apart by 期"),
    "REPORTS": ("measure", "填写 口径 或不同的 日期 / tell the rows apart by 口径 or 日期"),
    "REACHES": ("phase", "填写 期 把两行分开, 或给另一行填另一来源 / tell the rows apart by 期, or give the other its own source"),
    "FUNDED": ("scope", "填写 口径、本月/累计、上报/核实 / tell the rows apart by 口径, 本月/累计, 上报/核实"),
}


def _same_line(lines: dict[tuple[str, str, date, str, str], Fact], fact: Fact, row: Stating) -> None:
    """One line, one day, one source, two values in one sheet: two things taken for one."""
    # an event's day is its value: two days for one event are two values
    day = date.min if fact.is_event else fact.valid_from
    key = (row.row.sheet.key, fact.line, day, fact.source, row.row.file)
    before = lines.setdefault(key, fact)
    if not _differ(before, fact):
        return
    column, cure = _CURES.get(fact.edge, ("", "保留一行, 或给另一行填不同的日期或来源 / keep one row, or give the other "
                                              "its own day or source"))
    row.problem(column or "—", f"与 {before.cell} 同一{model.EDGE[fact.edge].zh}、同一天、同一来源, 数值却不同 / "
                f"the same line as {before.cell} on the same day with another value", cure, _shown(fact))


def _shown(fact: Fact) -> str:
    figure = model.EDGE[fact.edge].value
    return str(fact.properties.get(figure or "day", fact.end)) if figure or "day" in fact.properties else fact.end


def _differ(one: Fact, other: Fact) -> bool:
    edge = model.EDGE[one.edge]
    if edge.value:
        compared = (edge.value, "state", "since", "yield_rate")
        return any(a != b for name in compared if (a := one.properties.get(name)) not in (None, "")
                   and (b := other.properties.get(name)) not in (None, ""))
    return (one.start, one.end, one.properties) != (other.start, other.end, other.properties)


def _correct(stated: list[Stated]) -> None:
    """A newer version loaded on the very day of the older one corrects it line by line.

    Both would share every clock, so no question could tell them apart; what the newer version
    does not restate stays.
    """
    for index, old in enumerate(stated):
        for new in stated[index + 1:]:
            if new.entry.kind == "retire" or _version(old.entry) != _version(new.entry):
                continue
            said = {(f.line, f.valid_from, f.source) for f in new.facts.values()}
            old.facts = {id: f for id, f in old.facts.items()
                         if id in new.facts or (f.line, f.valid_from, f.source) not in said}
            restated = {(n.label, n.id, p) for n in new.nodes for p in n.properties}
            old.nodes = [replace(n, properties={p: v for p, v in n.properties.items()
                                                if (n.label, n.id, p) not in restated}) for n in old.nodes]


def _version(entry: Material) -> tuple[str, date, str]:
    """What two versions of one file have in common where the newer corrects the older."""
    return entry.name, entry.loaded, entry.kind


def _merge(stated: list[Stated]) -> tuple[Fact, ...]:
    """One fact per id: its earliest days, the widest audience that states it, its first cell."""
    by_id: dict[str, list[Fact]] = {}
    for one in stated:
        for id, fact in one.facts.items():
            by_id.setdefault(id, []).append(fact)
    merged = {id: _one(group) for id, group in by_id.items()}
    return tuple(merged[id] for id in sorted(merged))


def _one(group: list[Fact]) -> Fact:
    widest = min((f.audience for f in group), key=model.AUDIENCES.index)
    group = [f for f in group if f.audience == widest]  # a stricter file leaves no trace in a wider answer
    first = min(group, key=lambda f: (f.known_from, f.valid_from, -f.authority, f.source, f.cell))
    return replace(first, valid_from=min(f.valid_from for f in group))


def _nodes(names: Names, stated: list[Stated], facts: tuple[Fact, ...]) -> tuple[tuple[Node, ...], list[str]]:
    ends = {(f.start_label, f.start) for f in facts} | {(f.end_label, f.end) for f in facts}
    ends |= {("Source", f.source) for f in facts}
    ends |= {("Milestone", m[0]) for m in (*model.MILESTONES, *model.PERMITS, *model.ENDS)}
    seen_by = _seen_by(stated, facts)
    properties, notes = _properties(stated, seen_by)
    for id, info in names.sources.items():
        file = {"title": id, "publisher": names.region, "published": info.published,
                "authority": info.authority, "audience": info.audience}
        properties.setdefault(("Source", id), dict(file))
    for number, (key, _zh, _en) in enumerate(model.MILESTONES):
        properties[("Milestone", key)] = {"kind": "ladder", "rank": float(number)}
    for key, *_ in model.PERMITS:
        properties[("Milestone", key)] = {"kind": "permit"}
    return tuple(_node(names, label, id, properties.get((label, id), {}), seen_by.get((label, id), 0)) for label, id in sorted(ends)), notes


def _seen_by(stated: list[Stated], facts: tuple[Fact, ...]) -> dict[tuple[str, str], int]:
    """The widest audience that anything is said to about a node, as its place in AUDIENCES."""
    widest: dict[tuple[str, str], int] = {}
    said = [(end, f.audience) for f in facts for end in ((f.start_label, f.start), (f.end_label, f.end), ("Source", f.source))]
    said += [((n.label, n.id), n.audience) for s in stated for n in s.nodes]
    for node, audience in said:
        widest[node] = min(widest.get(node, len(model.AUDIENCES)), model.AUDIENCES.index(audience))
    return widest


def _node(names: Names, label: str, id: str, properties: dict[str, Value], widest: int) -> Node:
    """What a stricter file alone calls it is read there, and shown to nobody: a node carries no audience."""
    name = id
    aliases: tuple[str, ...] = ()
    if label == "ChainNode":
        name, aliases = names.nodes.names[id], names.told(names.nodes.aliases.get(id, ()), widest)
    elif label == "Region":
        name, aliases = id, names.told(names.regions.aliases.get(id, ()), widest)
    elif label == "Firm":
        name, aliases = names.firms.shown(id)
    elif label == "Project":
        name = names.projects.names[id]
    elif label == "Milestone":
        name = next(zh for key, zh, _ in (*model.MILESTONES, *model.PERMITS, *model.ENDS) if key == id)
    return Node(label, id, name, aliases, properties)


def _properties(stated: list[Stated], seen_by: Mapping[tuple[str, str], int]) -> tuple[
        dict[tuple[str, str], dict[str, Value]], list[str]]:
    """Where two sources give a property differently the greater precedence wins, and it is reported.

    What a stricter file says of a node that a wider audience sees too is left out, and that is reported.
    """
    best: dict[tuple[str, str], dict[str, tuple[tuple[int, date, str], Value]]] = {}
    notes: set[str] = set()
    for statement in (n for s in stated for n in s.nodes):
        if model.AUDIENCES.index(statement.audience) > seen_by[statement.label, statement.id]:
            wider = model.AUDIENCES[seen_by[statement.label, statement.id]]
            notes.add(f"{statement.id}: {statement.cell} 比已有材料更严, 其 {'、'.join(statement.properties)} 未采用 (节点属性不分受众) / "
                      f"stricter than what {wider} sees of it: its properties are left out")
            continue
        known = best.setdefault((statement.label, statement.id), {})
        for name, value in statement.properties.items():
            rank = (*statement.rank, str(value))
            before = known.get(name)
            if before and before[1] != value:
                kept, left = (value, before[1]) if rank > before[0] else (before[1], value)
                notes.add(f"{statement.id} {name}: 采用 “{kept}”, 未采用 “{left}” / kept the first, not the second")
            if not before or rank > before[0]:
                known[name] = (rank, value)
    return {key: {name: value for name, (_, value) in known.items()} for key, known in best.items()}, sorted(notes)
