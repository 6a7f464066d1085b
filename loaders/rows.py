"""Rows: a table checked against its declared sheet, all problems of all rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loaders import values
from loaders.aliases import normal
from loaders.cells import is_blank, quoted, say, shown
from loaders.columns import ASKED as ASKED
from loaders.columns import NOTHING_SAID, Parsed, Seen, either, parsed, problems, seen
from loaders.headers import column_named, nearest
from loaders.layout import PROSE
from loaders.mapping import LEFT_OUT, NONE, Own, headers_only
from loaders.sheets import SHEET, SHEETS, Column, Sheet, sheet_named
from loaders.tables import Cell, Passed, Table
from loaders.tables import Problem as Problem

HANDOUT = ("摸排清单", "What to find out")
"""The list of questions that opens a hand-out (``liantu ask``): for people, no material."""

_HANDOUTS = frozenset(map(normal, HANDOUT))

EXAMPLES = ("示例", "Example")
"""What the first cell of a row begins with that only shows how to fill in the sheet."""

SHARED = frozenset({"MAKES.capacity", "ADDS.capacity", "REPORTS.value", "SUPPLIES.amount", "FUNDED.amount", "AIMS.value"})
"""Figures that several rows cannot share: merged over them, one says of none how much of it is its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: the values of its cells that are not blank, by column key.

    Values are str, float, bool, date, tuple (items, nodes), Quantity, or the model's stored choice.
    ``texts`` keeps the wording of a cell that a rule has read. ``tab`` is the sheet's name in the file.
    """

    file: str
    sheet: Sheet
    number: int
    values: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)
    tab: str = ""

    @property
    def cell(self) -> str:
        return f"{self.file}/{self.tab or self.sheet.zh}/{self.number}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says: its sheet (None where it is no material or not known), columns, rows and problems.

    ``passed`` are the rows that are no material, ``flags`` (中文 / English) what was read and should be looked at.
    """

    table: Table
    sheet: Sheet | None
    columns: tuple[Seen, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: tuple[Passed, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def unanswered(self) -> int:
        """How many rows of a hand-out nobody has filled in."""
        return sum(one.kind == "unanswered" for one in self.passed)


def validate(table: Table, headers: Mapping[str, str] | Own | None = None) -> tuple[list[Row], list[Problem]]:
    """Rows of a table that can be read, and the problems of all the others.

    ``headers`` maps a city's own header to ours ('' leaves a column out). Where the header itself
    has a problem no row is given, but the problems of the rows are.
    """
    found = reading(table, headers if isinstance(headers, Own) else headers_only(headers or {}))
    return list(found.rows), list(found.problems)


def reading(table: Table, own: Own = NONE) -> Reading:
    """The table against its sheet; the same as ``validate``, with what was understood on the way."""
    sheet = SHEET.get(table.meant) or (sheet_named(table.sheet) if not table.why else None)
    if sheet is None:
        skipped = normal(table.sheet) in PROSE | _HANDOUTS or table.hidden or table.why == "left out"
        return Reading(table, None, problems=() if skipped else (_no_sheet(table),))
    columns = seen(table, sheet, own)
    wrong = problems(table, sheet, columns)
    reader = _Reader(table, sheet, columns)
    rows = reader.read()
    return Reading(table, sheet, columns, () if wrong else tuple(rows), (*wrong, *table.problems, *reader.problems),
                   tuple(sorted((*table.passed, *reader.passed), key=lambda one: one.number)), tuple(reader.flags))


def for_people(table: Table) -> bool:
    """Whether it is a list of questions, which a load leaves alone and names."""
    return not table.meant and sheet_named(table.sheet) is None and normal(table.sheet) in _HANDOUTS


def unanswered(table: Table, headers: Mapping[str, str] | Own | None = None) -> int:
    """How many rows of a hand-out nobody has filled in."""
    return reading(table, headers if isinstance(headers, Own) else headers_only(headers or {})).unanswered


def _no_sheet(table: Table) -> Problem:
    """Names the nearest sheets, else the sheets whose columns this one has, with how many."""
    likely = max(SHEETS, key=lambda s: sum(column_named(s, header) is not None for header in table.header))
    names = {normal(name): s.zh for s in SHEETS for name in (*s.aliases, s.en, s.zh)}
    near = nearest(table.sheet, names, cutoff=0.6) or [zh for zh, _ in table.saw] or [likely.zh]
    why, cure = say("sheet", value=quoted(table.sheet), near="、".join(near))
    if table.saw:
        zh, _, en = why.partition(" / ")
        told = ", ".join(f"{name} {count}" for name, count in table.saw)
        why = f"{zh}, 也没有一张表独有这些表头 (认得的列数: {told}) / {en}, and its headers are no single sheet's (columns known: {told})"
    return Problem(table.file, table.sheet, 0, "", table.sheet, why, cure)


class _Reader:
    """Reads the rows of one table column by column; ``problems``, ``passed`` and ``flags`` grow as it goes."""

    def __init__(self, table: Table, sheet: Sheet, columns: Sequence[Seen]) -> None:
        self.table, self.sheet = table, sheet
        self.named = {one.column.key: one for one in columns if one.column}
        self.asked = next((one.place for one in columns if one.how == "asked"), None)
        self.numbers = [number for number, _ in table.rows]
        self.cells: list[Sequence[Cell]] = list(zip(*(cells for _, cells in table.rows), strict=False))
        self.problems: list[Problem] = []
        self.passed: list[Passed] = []
        self.flags: list[str] = []

    def read(self) -> list[Row]:
        if not self.cells or not self.named:
            return []
        read = {key: parsed(self._column(key), self.cells[one.place], self._units(key)) for key, one in self.named.items()}
        for key, column in read.items():
            self._undivided(key, column)
        skipped = self._skipped(read)
        bad = self._refused(read, skipped)
        return self._rows(read, skipped | bad)

    def _column(self, key: str) -> Column:
        found = self.named[key].column
        if found is None:
            raise LookupError(key)
        return found

    def _units(self, key: str) -> str | list[str]:
        """What a bare number is in: the column's own unit, else the row's 单位, else the header's."""
        own = self.named[key].unit
        if self._column(key).unit or self._column(key).kind != "quantity" or "unit" not in self.named:
            return own
        cells = self.cells[self.named["unit"].place]
        written = {cell: values.text(cell) or own for cell in set(cells)}
        return [written[cell] for cell in cells]

    def _undivided(self, key: str, column: Parsed) -> None:
        """A figure merged over several rows is none's."""
        if self._column(key).prop not in SHARED:
            return
        for first, last, place in self.table.merged:
            if place != self.named[key].place:
                continue
            rows = [at for at, number in enumerate(self.numbers) if first <= number <= last]
            cell = quoted(shown(self.cells[place][rows[0]])) if rows else ""
            zh = f"{self._column(key).zh} {cell} 是第 {first}–{last} 行合并的单元格, 分不出各行是多少"
            en = f"{self._column(key).en} {cell} is merged over rows {first}–{last}: what each has cannot be told"
            for at in rows:
                column.values[at] = None
                column.texts.pop(at, None)
                if self._column(key).required:
                    column.wrong[at] = (f"{zh} / {en}", "拆开合并的单元格, 各行写各行的数 / unmerge it and give each row its own")
            if not self._column(key).required:
                self.flags.append(f"{self.table.file}/{self.table.sheet}: {zh}, 未采用 / {en}, left out")

    def _skipped(self, read: Mapping[str, Parsed]) -> set[int]:
        """Places of the rows that say nothing: examples, blanks, and those of a hand-out that were not filled in."""
        kinds: dict[int, str] = {}
        if self.asked is not None:
            kinds |= {at: "unanswered" for at, (_, cells) in enumerate(self.table.rows) if self._unanswered(cells)}
        blank = zip(*(column.values for column in read.values()), strict=True)
        wrong = {at for column in read.values() for at in column.wrong}
        kinds |= {at: "blank" for at, row in enumerate(blank) if row.count(None) == len(row) and at not in wrong}
        for place in {0, next(iter(self.named.values())).place}:
            kinds |= {at: "example" for at, cell in enumerate(self.cells[place])
                      if cell.__class__ is str and cell.lstrip().startswith(EXAMPLES)}  # type: ignore[union-attr]
        self.passed += [Passed(self.numbers[at], kind) for at, kind in kinds.items()]
        return set(kinds)

    def _unanswered(self, cells: Sequence[Cell]) -> bool:
        """Whether the row asks for cells (请填) and none of them is filled."""
        if self.asked is None:
            return False
        wanted = {column.key for name in values.text(cells[self.asked]).replace(",", "、").split("、")
                  if (column := column_named(self.sheet, name.strip()))}
        given = {key: cells[one.place] for key, one in self.named.items()}
        return bool(wanted) and all(key not in given or is_blank(self._column(key), given[key]) for key in wanted)

    def _refused(self, read: Mapping[str, Parsed], skipped: set[int]) -> set[int]:
        """Places of the rows with a problem; every problem is told."""
        said: list[tuple[int, str, tuple[str, str]]] = []
        for key, column in read.items():
            said += [(at, key, why) for at, why in column.wrong.items()]
            if self._column(key).required and None in column.values:
                missing = say("missing", self._column(key))
                said += [(at, key, missing) for at, value in enumerate(column.values) if value is None and at not in column.wrong]
        if some := [key for key in self.sheet.one_of if key in self.named]:
            nobody = zip(*(read[key].values for key in some), strict=True)
            said += [(at, some[0], say("one_of", near=either(self.sheet))) for at, row in enumerate(nobody)
                     if row.count(None) == len(row)]
        said = sorted((one for one in said if one[0] not in skipped), key=lambda one: one[0])
        self.problems += [self._problem(*one) for one in said]
        return {at for at, _, _ in said}

    def _problem(self, at: int, key: str, said: tuple[str, str]) -> Problem:
        cell = self.cells[self.named[key].place][at]
        value = "" if is_blank(self._column(key), cell) else shown(cell)
        return Problem(self.table.file, self.table.sheet, self.numbers[at], self._column(key).zh, value, *said)

    def _rows(self, read: Mapping[str, Parsed], without: set[int]) -> list[Row]:
        keys, file, sheet, tab = tuple(read), self.table.file, self.sheet, self.table.sheet
        texts: dict[int, dict[str, str]] = {}
        for key, column in read.items():
            for at, said in column.texts.items():
                texts.setdefault(at, {})[key] = said
        out = []
        for at, row in enumerate(zip(*(column.values for column in read.values()), strict=True)):
            if at not in without:
                given = {key: value for key, value in zip(keys, row, strict=True)
                         if value is not None and value is not NOTHING_SAID}
                out.append(Row(file, sheet, self.numbers[at], given, texts.get(at) or {}, tab))
        return out
