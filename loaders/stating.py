"""From a row to facts: the days, the source and the identity that every fact of a row shares."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

from graph import units
from graph.facts import STRUCTURE_DAY, Fact, Value
from graph.inert import inert
from graph.model import EDGE, stricter
from graph.workspace import Material
from loaders.names import Firms, Nodes, Register
from loaders.project_names import Projects
from loaders.rows import Problem, Row
from loaders.values import Quantity

End = tuple[str, str]
"""Label and id."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a fact takes from its source; ``published`` None where no day is known."""

    id: str
    published: date | None
    authority: int
    audience: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class NodeStatement:
    """One material says that a node has these properties; rank decides between two."""

    label: str
    id: str
    properties: Mapping[str, Value]
    rank: tuple[int, date]
    cell: str
    audience: str = "公开"
    stands: bool = False
    """Whether it is a node of the graph even where no fact has it as an end."""


@dataclass
class Names:
    """All names of all material: the same whatever the order of loading."""

    region: str
    nodes: Nodes
    regions: Register
    firms: Firms
    projects: Projects
    sources: dict[str, SourceInfo]
    alias_seen_by: Mapping[str, int] = field(default_factory=dict)
    """Alias → the widest audience of a row that gives it, as its place in AUDIENCES."""
    guests: Register = field(default_factory=Register)
    implied: set[str] = field(default_factory=set)
    """Regions known only from a cell that writes the workspace's region before them."""

    def told(self, aliases: Iterable[str], widest: int) -> tuple[str, ...]:
        """The aliases that an audience may be shown."""
        return tuple(sorted(alias for alias in aliases if self.alias_seen_by.get(alias, 0) <= widest))


@dataclass
class Stating:
    """Collects what one row states: facts, node statements and problems."""

    names: Names
    entry: Material
    row: Row
    facts: list[Fact] = field(default_factory=list)
    nodes: list[NodeStatement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    """What was read and should be looked at, 中文 / English."""
    day_from: str = ""
    home: bool = False

    def __getitem__(self, key: str) -> Any:
        return self.row.values.get(key)

    def text(self, key: str) -> str:
        return str(self.row.values.get(key) or "")

    def problem(self, key: str, why: str, cure: str, value: str | None = None, paste: str = "") -> None:
        column = next((c.zh for c in self.row.sheet.columns if c.key == key), key)
        shown = self.text(key) if value is None else value
        self.problems.append(Problem(self.row.file, self.row.sheet.zh, self.row.number, column, shown, why, cure, paste=paste))

    @property
    def source(self) -> SourceInfo:
        """The row's source; the file itself where the row names none."""
        written = self.text("source")
        if self.row.sheet.key == "sources" or not written:
            audience = self.entry.audience or "公开"
            return SourceInfo(file_source(self.entry), self.entry.loaded, 5, audience, own=False)
        return self.names.sources[written]

    def valid(self, *own: str) -> tuple[date, bool]:
        """Day a state or plan began and whether the row itself gives it."""
        for key in ("day", *own):
            if self[key]:
                self.day_from = "row"
                return self[key], True
        # a fact that the row dates itself counts the row, whatever its others are dated by
        if self.source.own and self.source.published:
            self.day_from = self.day_from or "source"
            return self.source.published, True
        self.day_from = self.day_from or "file"
        return self.entry.data_date, False

    def state(self, edge: str, start: End, end: End, properties: Mapping[str, Value] | None = None,
              *own_days: str, **more: Any) -> None:
        """A state or plan: valid from 数据日期, the row's own day, the source's, the file's."""
        day, own = self.valid(*own_days)
        self.fact(edge, start, end, properties, day, own_day=own, **more)

    def structure(self, edge: str, start: End, end: End, properties: Mapping[str, Value] | None = None) -> None:
        """A timeless fact: the first day on both clocks."""
        self.fact(edge, start, end, properties, STRUCTURE_DAY, known=STRUCTURE_DAY)

    def fact(self, edge: str, start: End, end: End, properties: Mapping[str, Value] | None, valid: date, *,
             known: date | None = None, own_day: bool = True, authority: int | None = None,
             audience: str = "") -> None:
        """One fact of this row; properties the row does not give are filled with '' or None."""
        source = self.source
        given = dict(properties or {})
        own = {p.name: given.get(p.name, "" if p.type == "text" else None) for p in EDGE[edge].properties}
        self.facts.append(Fact(
            edge, *start, *end, own, source.id, self.row.cell, valid, known or source.published or self.entry.loaded,
            source.authority if authority is None else authority,
            stricter(self.eyes(source), audience or "公开"),
            "; ".join(dict.fromkeys(self.row.texts.values())), own_source=source.own, own_day=own_day))

    def eyes(self, source: SourceInfo) -> str:
        """Who may see what this row states of that source: the strictest of source, sheet and file."""
        return reduce(stricter, (source.audience, self.row.sheet.audience, self.entry.audience or "公开"))

    def node_properties(self, label: str, id: str, properties: Mapping[str, Value]) -> None:
        known = {k: v for k, v in properties.items() if v not in (None, "")}
        if known:
            source = self.source
            self.nodes.append(NodeStatement(
                label, id, known, (source.authority, source.published or self.entry.loaded), self.row.cell,
                self.eyes(source)))

    def stands(self, label: str, id: str) -> None:
        """A node that is there by itself: a data set lists what nobody makes or needs."""
        self.nodes.append(NodeStatement(label, id, {}, (0, self.entry.loaded), self.row.cell, self.eyes(self.source), True))

    def node(self, key: str, written: str | None = None) -> End | None:
        """The chain node a cell names; a problem where there is none or more than one."""
        name = self.text(key) if written is None else written
        found = self.names.nodes.find(name)
        if len(found) == 1:
            return "ChainNode", next(iter(found))
        if found:
            self.problem(key, f"有 {len(found)} 个环节叫 “{name}” / {len(found)} chain nodes have that name",
                         f"写成 产业链/环节: {', '.join(sorted(found))} / write chain/node", name)
        else:
            near = ", ".join(self.names.nodes.near(name)) or "—"
            self.problem(key, f"没有环节 “{name}” / no such chain node",
                         f"最相近: {near}; 或先加进 产业链全景视图(环节), 或用 --new-nodes / nearest: {near}; "
                         "or add it to the panorama sheet, or use --new-nodes", name)
        return None

    def place(self, key: str, guest: bool = False) -> End | None:
        """The region a cell names; the workspace's where blank. A guest may stand anywhere."""
        name = self.text(key)
        if not name:
            self.home = True
            return "Region", self.names.region
        found = find_region(self.names, name)
        if found:
            if found in self.names.implied:
                self.structure("WITHIN", ("Region", found), ("Region", self.names.region))
            return "Region", found
        if guest:
            return "Region", self.names.guests.add(name, name)
        near = ", ".join(self.names.regions.near(name))
        line = _line(name, self.names.region)
        self.problem(key, f"地区表里没有 “{name}” / the region is not in 地区表",
                     f"在 地区表 (地区,上级地区) 加一行, 例如 {line}, 或留空表示{self.names.region}{f'; 最相近: {near}' if near else ''} / "
                     f"add it to 地区表 with its 上级地区, or leave blank{f'; nearest: {near}' if near else ''}", paste=line)
        return None

    def firm(self, key: str, code: str = "", written: str | None = None) -> End | None:
        name = self.text(key) if written is None else written
        if not code and self.names.firms.ambiguous(name):
            self.problem(key, f"“{name}” 对应几个统一社会信用代码 / several credit codes carry this name",
                         "填统一社会信用代码; 或 `liantu names accept 名称 代码` 说明是哪一家 / give the credit code, or say whose name it is: "
                         "`liantu names accept NAME CODE`", name)
            return None
        return "Firm", self.names.firms.id(name, code)

    def chain(self, key: str = "chain") -> End | None:
        name = self.text(key)
        if name in self.names.nodes.chains:
            return "Chain", name
        known = ", ".join(sorted(self.names.nodes.chains)) or "—"
        self.problem(key, f"没有产业链 “{name}” / no such chain",
                     f"已有: {known}; 或先导入它的 产业链全景视图(环节) / known: {known}; or load its panorama sheet first")
        return None

    def project(self, name: str, phase: str = "") -> End:
        return "Project", self.names.projects.id(name, phase)

    def sized(self, key: str, quantity: Quantity, node: str, tell: bool = True) -> tuple[float, str]:
        """A size in its chain node's unit, the wording kept; told where it does not convert, for then nobody can add it up."""
        unit, theirs = quantity.unit or self.text("unit"), self.names.nodes.units.get(node, "")
        value, canonical = units.capacity(quantity.value, unit, theirs)
        if (value, canonical) != (quantity.value, unit):
            self.row.texts.setdefault(key, quantity.text or f"{quantity.value:g}{unit}")
        if tell and theirs.strip() and unit.strip() and canonical != theirs:
            shown, name = f"{quantity.value:.15g} {unit}", self.names.nodes.names.get(node, node)
            self.flags.append(f"单位不能换算: {shown} 换不成 {name} 的 {theirs}, 不计入 [{self.row.cell}] / the unit does not convert: {shown} into "
                              f"the {theirs} of {name}; it is not counted")
        return value, canonical

    def code(self) -> str:
        """The credit code of the row as it counts, '' where it has none."""
        return self.names.firms.code(self.text("credit_code"))


def _line(*cells: str) -> str:
    """Cells as a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(map(inert, cells))
    return out.getvalue()


def file_source(entry: Material) -> str:
    """Id of the source made for a file whose rows name none; the same for all its versions."""
    return f"文件:{entry.name}"


def find_region(names: Names, written: str) -> str:
    """Id of a region by name, alias, or with the workspace's region written before it."""
    found = names.regions.find(written)
    if not found and written.startswith(names.region):
        found = names.regions.find(written.removeprefix(names.region))
    return next(iter(found)) if len(found) == 1 else ""
