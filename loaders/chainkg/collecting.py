"""Rows and refusals as the files are read: what is left out has its file, line, reason and cure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx

from loaders.chainkg import lines, rules
from loaders.chainkg.lines import Line
from loaders.chainkg.sheets import NODES, SOURCE, VARIANTS
from loaders.names import normal
from loaders.rejected import why
from loaders.rows import Problem, Row
from loaders.sheets import Sheet


@dataclass
class NodeNames:
    """Products by name; of spellings that differ in nothing that matters the first is the node's."""

    by_key: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    unclean: set[str] = field(default_factory=set)
    """Wordings of the known names that had to be cleaned."""
    aliases: dict[str, set[str]] = field(default_factory=dict)

    def add(self, written: str) -> str:
        """The node of that name, a new one where there is none."""
        self.by_key.setdefault(rules.key(rules.clean(written)), rules.clean(written))
        return self.find(written)

    def find(self, written: str) -> str:
        """The node of that name, '' where there is none; another wording becomes an alias of it."""
        if not (found := self.known.get(written, "")) and (found := self.by_key.get(rules.key(rules.clean(written)), "")):
            self.known[written] = found
            if rules.clean(written) != written:
                self.unclean.add(written)
            if normal(rules.visible(written)) != normal(found):
                self.aliases.setdefault(found, set()).add(rules.visible(written))
        return found


@dataclass
class Collected:
    """What was learned of the files so far: rows, refusals, and what later files are checked against."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    nodes: NodeNames = field(default_factory=NodeNames)
    declared: dict[str, Line] = field(default_factory=dict)
    """Products, each with the line that gives it first."""
    industries: dict[str, str] = field(default_factory=dict)
    """Code → name."""
    placed: dict[str, str] = field(default_factory=dict)
    """Code of an industry below a chain → its node."""
    tops: set[str] = field(default_factory=set)
    """Codes of the industries that are chains."""
    firms: dict[str, str] = field(default_factory=dict)
    """Stock code → full name."""
    said: dict[tuple[str, str, str], str] = field(default_factory=dict)
    kinds: list[tuple[Line, str, str]] = field(default_factory=list)

    def good(self, file: Path) -> Iterator[Line]:
        """Lines that are rows of the layout and no copy of an earlier one."""
        seen: dict[tuple[str, ...], int] = {}
        for line in lines.lines(file):
            if line.wrong:
                self.reject("unreadable", line, "", line.wrong)
                continue
            before = seen.setdefault(tuple(line.fields.values()), line.number)
            if before == line.number:
                yield line
            else:
                self.reject("duplicate", line, "", " ".join(line.fields.values()), f"{line.file}:{before}")

    def reject(self, reason: str, line: Line, column: str, value: str, near: str = "") -> None:
        self.problems.append(Problem(line.file, "", line.number, column, rules.visible(value),
                                     *why(reason, rules.visible(near)), reason))

    def row(self, sheet: Sheet, line: Line, text: str = "", **values: Any) -> None:
        values["source"] = SOURCE
        self.rows.append(Row(line.file, sheet, line.number, values, {"text": rules.visible(text)} if text else {}))

    def node(self, line: Line, column: str) -> str:
        """The node that a cell names; '' where it is refused, and that is said."""
        written = line.fields[column]
        if found := self.nodes.find(written):
            self.mended["name"] += written in self.nodes.unclean
            return found
        reason = ("nameless" if not rules.clean(written) else
                  "accounting" if rules.is_accounting(rules.clean(written)) else "dangling")
        self.reject(reason, line, column, written, written)
        return ""

    def firm(self, line: Line) -> str:
        """The firm of a row's stock code; '' where it is refused."""
        written = line.fields["company_code"]
        code = rules.stock_code(written)
        self.mended["code"] += bool(code) and code != written
        if code not in self.firms:
            self.reject("dangling" if code else "broken_code", line, "company_code", written, written)
        return self.firms.get(code, "")

    def between(self, edge: str, line: Line, start: str, end: str) -> bool:
        """Whether the rows so far have not said this of two nodes that are two; else it is refused."""
        if not start or not end:
            return False  # the end that is wrong was told when it was read
        before = self.said.setdefault((edge, start, end), f"{line.file}:{line.number}")
        if start == end:
            self.reject("self_loop", line, "", start)
        elif before != f"{line.file}:{line.number}":
            self.reject("duplicate", line, "", f"{start} → {end}", before)
        else:
            return True
        return False

    def kind_of(self, line: Line, start: str, end: str) -> None:
        if self.between("VARIANT_OF", line, start, end):
            self.kinds.append((line, start, end))

    def close(self) -> None:
        """What could only be told at the end: other spellings of the nodes, and rings of kinds."""
        for name, line in self.declared.items():
            self.row(NODES, line, node=name, name=name, aliases=tuple(sorted(self.nodes.aliases.get(name, ()))))
        for (line, start, end), ring in zip(self.kinds, rings([(s, e) for _, s, e in self.kinds]), strict=True):
            if ring:
                self.reject("cycle", line, "", start, " → ".join(ring))
            else:
                self.row(VARIANTS, line, line.fields["rel"], start=start, end=end)


def rings(edges: list[tuple[str, str]]) -> Iterable[tuple[str, ...]]:
    """For each edge the ring that it would close with the earlier ones that closed none; () for almost all."""
    places = {node: at for at, group in enumerate(networkx.strongly_connected_components(networkx.DiGraph(edges)))
              for node in group}
    kept = networkx.DiGraph()
    for start, end in edges:
        if places[start] != places[end]:
            yield ()  # on no ring at all
        elif start in kept and end in kept and networkx.has_path(kept, end, start):
            yield (start, *networkx.shortest_path(kept, end, start))
        else:
            kept.add_edge(start, end)
            yield ()
