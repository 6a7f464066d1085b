"""One pass over all rows that learns every name, before any row becomes a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph.model import AUDIENCES
from graph.workspace import Material
from loaders.names import Firms, Nodes, Register, normal
from loaders.project_names import Projects, projects
from loaders.rows import Problem, Row
from loaders.settled import Decision, Settled, settled
from loaders.stating import Names, SourceInfo, file_source, find_region


@dataclass(frozen=True, slots=True)
class Read:
    """What one material holds: its rows, and what could not be read."""

    entry: Material
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    unanswered: int = 0
    """Rows of a hand-out that nobody has filled in."""
    for_people: tuple[str, ...] = ()
    """Sheets that are only for people to read."""
    decided: tuple[Decision, ...] = ()
    """What people decided about names."""
    flags: tuple[str, ...] = ()
    """What was read and should be looked at, 中文 / English."""
    mended: Mapping[str, int] = field(default_factory=dict)
    """How much was read otherwise than written, by the key of loaders.rejected.MENDED."""
    unreviewed: int = 0
    """Rows of a review that nobody has looked at."""
    declined: int = 0
    """Rows of a review that were rejected."""


FIRM_CELLS = (("firm", "credit_code"), ("group", ""), ("supplier", "credit_code"), ("customer", ""), ("with", ""))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one material says of the names of firms and projects: a plain value, merged with those of the others.

    The last member of each entry is who may see it: (the sheet's and the file's place in AUDIENCES, the row's source).
    """

    firms: frozenset[tuple[str, str, tuple[int, str]]]
    """(name, credit code or '', seen by)."""
    aliases: frozenset[tuple[str, str, str, tuple[int, str]]]
    """(other name, name, credit code or '', seen by)."""
    apart: frozenset[tuple[str, str, tuple[int, str]]]
    """(name, name, seen by): two that stand as two firms in one row."""
    projects: frozenset[tuple[str, str, str, tuple[int, str]]]
    """(name, phase or '', code or '', seen by)."""


def contribution(read: Read) -> Contribution:
    """Of the rows of one material alone."""
    firms, aliases, apart, said = set(), set(), set(), set()
    for row in read.rows:
        v, seen, cells = row.values, _seen(read.entry, row), firms_of(row)
        firms |= {(name, code, seen) for name, code in cells}
        if v.get("firm"):
            aliases |= {(alias, v["firm"], v.get("credit_code", ""), seen) for alias in v.get("aliases", ())}
        apart |= {(a, b, seen) for a, b in combinations(sorted({name for name, _ in cells}), 2) if normal(a) != normal(b)}
        if row.sheet.key == "projects":
            said.add((v["project"], v.get("phase", ""), v.get("project_code", ""), seen))
    return Contribution(frozenset(firms), frozenset(aliases), frozenset(apart), frozenset(said))


BODIES = frozenset({"alumni", "chamber", "institute", "forum"})
"""Ties that are with a body and not with a firm, where the row names a kind of channel."""
CHANNEL_KINDS = frozenset(map(normal, (
    "大院大所", "院所", "科研院所", "高校", "高校院所", "大专院校", "专业协会", "行业协会", "协会", "商协会", "商会", "异地商会", "同乡会",
    "校友会", "校友", "论坛", "论坛年会", "年会", "展会", "会展", "论坛展会")))
"""What a channel is called that is a kind of channels and nobody in particular."""


def through_a_body(values: Mapping[str, Any]) -> bool:
    """Whether 关系对象 is the channel itself, as 招商渠道 names only its kind: 论坛年会, through 某大会."""
    return bool(values.get("with")) and values.get("tie") in BODIES and normal(values.get("channel") or "") in CHANNEL_KINDS


def firms_of(row: Row) -> list[tuple[str, str]]:
    """The firms a row names, each with its credit code or ''."""
    v = row.values if not through_a_body(row.values) else {key: value for key, value in row.values.items() if key != "with"}
    return [(v[name], v.get(code, "")) for name, code in FIRM_CELLS if v.get(name)] + [(n, "") for n in v.get("investors", ())]


def firm_cells(reads: Iterable[Read], widest: int) -> Iterator[tuple[str, str]]:
    """(name, cell) wherever a firm is named in what an audience may see: ``widest`` is its place in AUDIENCES."""
    rows = [(read.entry, row) for read in reads for row in read.rows]
    yield from ((name, row.cell) for rank, row in _ranked(rows) if rank <= widest for name, _ in firms_of(row))


def _seen(entry: Material, row: Row) -> tuple[int, str]:
    eyes = AUDIENCES.index(row.sheet.audience), AUDIENCES.index(entry.audience or AUDIENCES[0])
    return max(eyes), str(row.values.get("source"))


def called(contributions: Iterable[Contribution], closed: Mapping[str, str],
           said: Settled | None = None) -> tuple[Firms, Projects]:
    """Firms and projects of all material, in whatever order it came. ``closed``: source → its audience."""
    def rank(seen: tuple[int, str]) -> int:
        return max(seen[0], AUDIENCES.index(closed.get(seen[1], AUDIENCES[0])))

    every = tuple(contributions)
    firms = Firms({(n, c, rank(seen)) for one in every for n, c, seen in one.firms},
                  {(a, n, c, rank(seen)) for one in every for a, n, c, seen in one.aliases},
                  {(a, b, rank(seen)) for one in every for a, b, seen in one.apart}, said)
    return firms, projects((n, p, c, rank(seen)) for one in every for n, p, c, seen in one.projects)


def learn(region: str, reads: Iterable[Read]) -> tuple[Names, list[Problem]]:
    """All names of all material, and what contradicts itself between files. Only the order of decisions matters."""
    reads = tuple(reads)
    rows = [(read.entry, row) for read in reads for row in read.rows]
    sources, problems = _sources(rows)
    firms, found = called(map(contribution, reads), _closed(rows),
                          settled(one for read in reads for one in read.decided))
    names = Names(region, _nodes(rows), _regions(region, rows), firms, found, sources, _eyes(rows))
    _implied(names, rows)
    _new_nodes(names, rows)
    return names, problems


def _of(rows: Iterable[tuple[Material, Row]], *keys: str) -> Iterable[tuple[Material, Row]]:
    return ((entry, row) for entry, row in rows if row.sheet.key in keys)


def _nodes(rows: list[tuple[Material, Row]]) -> Nodes:
    nodes = Nodes()
    for _, row in _of(rows, "nodes"):
        v = row.values
        nodes.declare(v["chain"], v["node"], v.get("aliases", ()), v.get("unit", ""))
    for v in sorted((row.values for _, row in _of(rows, "guests")), key=lambda v: (v.get("chain", ""), v["node"])):
        nodes.guest(v["node"], v["name"], v.get("aliases", ()), v.get("chain", ""))
    return nodes


def _new_nodes(names: Names, rows: list[tuple[Material, Row]]) -> None:
    """Nodes a table names that no panorama sheet has, where its load asked for them."""
    for entry, row in rows:
        if not entry.new_nodes or row.sheet.key == "nodes":
            continue
        for key in ("node", "upstream", "downstream"):
            written = row.values.get(key, ())
            for name in (written,) if isinstance(written, str) else written:
                if not names.nodes.find(name):
                    names.nodes.declare("", name)


def _regions(region: str, rows: list[tuple[Material, Row]]) -> Register:
    regions = Register()
    regions.add(region, region)
    for _, row in _of(rows, "regions"):
        regions.add(row.values["region"], row.values["region"], row.values.get("aliases", ()))
    for _, row in _of(rows, "regions"):
        parent = row.values.get("within")
        if parent and not regions.find(parent):
            regions.add(parent, parent)
    return regions


def _implied(names: Names, rows: list[tuple[Material, Row]]) -> None:
    """包头市固阳县 says itself that 固阳县 lies within 包头市."""
    for _, row in rows:
        for key in ("place", "region"):
            written = str(row.values.get(key) or "")
            if written.startswith(names.region) and not find_region(names, written):
                rest = written.removeprefix(names.region)
                names.implied.add(names.regions.add(rest, rest))


def _ranked(rows: list[tuple[Material, Row]]) -> Iterator[tuple[int, Row]]:
    """Each row with who may see it: the strictest of sheet, file and source, as its place in AUDIENCES."""
    closed = _closed(rows)
    for entry, row in rows:
        eyes, source = _seen(entry, row)
        yield max(eyes, AUDIENCES.index(closed.get(source, AUDIENCES[0]))), row


def _closed(rows: list[tuple[Material, Row]]) -> dict[str, str]:
    return {str(r.values["source"]): r.values.get("audience", AUDIENCES[0]) for _, r in _of(rows, "sources")}


def _eyes(rows: list[tuple[Material, Row]]) -> dict[str, int]:
    """Alias → the widest audience of a row that gives it."""
    widest: dict[str, int] = {}
    for rank, row in _ranked(rows):
        for alias in row.values.get("aliases", ()):
            widest[alias] = min(widest.get(alias, rank), rank)
    return widest


def _sources(rows: list[tuple[Material, Row]]) -> tuple[dict[str, SourceInfo], list[Problem]]:
    """Registered sources; a source that is named and not registered is titled by its name."""
    found: dict[str, SourceInfo] = {}
    said: dict[str, tuple[str, str, Row]] = {}
    problems: list[Problem] = []
    for entry, row in _of(rows, "sources"):
        v, id = row.values, row.values["source"]
        identity = (str(v.get("title", "")), str(v.get("publisher", "")))
        before = said.setdefault(id, (entry.name, "|".join(identity), row))
        if before[0] != entry.name and before[1] != "|".join(identity):
            problems.append(_twice(row, id, before[2]))
        found[id] = SourceInfo(id, v.get("published"), _authority(v.get("authority")), v.get("audience") or "公开")
    for _, row in rows:
        id = row.values.get("source")
        if id and row.sheet.key != "sources" and id not in found:
            found[id] = SourceInfo(id, None, 5, "公开")
    found |= {s.id: s for s in (_file(entry) for entry, _ in rows) if s.id not in found}
    return found, problems


def _authority(value: float | None) -> int:
    """Unsigned where nobody says: the lowest that is still counted."""
    return 1 if value is None else int(value)


def _file(entry: Material) -> SourceInfo:
    return SourceInfo(file_source(entry), entry.loaded, 5, entry.audience or "公开", own=False)


def _twice(row: Row, id: str, other: Row) -> Problem:
    return Problem(row.file, row.sheet.zh, row.number, "来源编号", id,
                   f"来源编号 “{id}” 在 {other.cell} 指另一来源 / names another source in {other.cell}",
                   "换一个编号 / use another number")
