"""One pass over all rows that learns every name, before any row becomes a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.model import AUDIENCES
from graph.workspace import Material
from loaders.names import Firms, Nodes, Register, project_id
from loaders.rows import Problem, Row
from loaders.stating import Names, SourceInfo, file_source, find_region


@dataclass(frozen=True, slots=True)
class Read:
    """What one material holds: its rows, and what could not be read."""

    entry: Material
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    unanswered: int = 0
    """Rows of a hand-out that nobody has filled in."""
    unreviewed: int = 0
    """Rows of a review that nobody has looked at."""
    declined: int = 0
    """Rows of a review that were rejected."""
    for_people: tuple[str, ...] = ()
    """Sheets that are only for people to read."""


FIRM_CELLS = (("firm", "credit_code"), ("group", ""), ("supplier", "credit_code"), ("customer", ""), ("with", ""))


def learn(region: str, reads: Iterable[Read]) -> tuple[Names, list[Problem]]:
    """All names of all material, and what contradicts itself between files."""
    reads = tuple(reads)
    rows = [(read.entry, row) for read in reads for row in read.rows]
    sources, problems = _sources(rows)
    names = Names(region, _nodes(rows), _regions(region, rows), _firms(rows), _projects(rows), sources, _eyes(rows))
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
    closed = {str(r.values["source"]): r.values.get("audience", AUDIENCES[0]) for _, r in _of(rows, "sources")}
    for entry, row in rows:
        seen_by = (row.sheet.audience, entry.audience or AUDIENCES[0],
                   closed.get(str(row.values.get("source")), AUDIENCES[0]))
        yield max(map(AUDIENCES.index, seen_by)), row


def _eyes(rows: list[tuple[Material, Row]]) -> dict[str, int]:
    """Alias → the widest audience of a row that gives it."""
    widest: dict[str, int] = {}
    for rank, row in _ranked(rows):
        for alias in row.values.get("aliases", ()):
            widest[alias] = min(widest.get(alias, rank), rank)
    return widest


def _firms(rows: list[tuple[Material, Row]]) -> Firms:
    stated: list[tuple[str, str, int]] = []
    for rank, row in _ranked(rows):
        v = row.values
        stated += [(v[name], v.get(code, ""), rank) for name, code in FIRM_CELLS if v.get(name)]
        stated += [(name, "", rank) for name in v.get("investors", ())]
    return Firms(stated)


def _projects(rows: list[tuple[Material, Row]]) -> Register:
    projects = Register()
    for _, row in _of(rows, "projects"):
        name, phase = row.values["project"], row.values.get("phase", "")
        projects.add(project_id(name), name)
        if phase:
            projects.add(project_id(name, phase), f"{name} {phase}")
    return projects


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
