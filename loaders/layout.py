"""From the cells of a sheet to a table: what stands above the header, the rows under it, and what is passed over."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from graph.errors import LiantuError
from loaders import heads, marks
from loaders.aliases import normal
from loaders.counting import MOST_FILLED
from loaders.headers import found
from loaders.heads import Merges, Rows, Taken
from loaders.mapping import Own
from loaders.sheets import SHEETS
from loaders.tables import Cell, Passed, Problem, Table, letters
from loaders.values import text

PROSE = frozenset(map(normal, ("说明", "填表说明", "填报说明", "notes", "readme")))
"""Sheets of prose: they have no header and are no material."""

MOST_ROWS = 300_000
MOST_COLUMNS = 1_000
_PLAIN_ROWS = 2 * heads.FIRST_ROWS
_NAMES = frozenset(name for s in SHEETS for c in s.columns for name in (c.zh, c.en, *c.aliases))


@dataclass(frozen=True, slots=True)
class Sheetful:
    """The cells of one sheet: ``left`` columns are left out of every row, ``ranges`` are its merged cells from (0, 0)."""

    file: str
    stem: str
    name: str
    rows: Iterable[Sequence[object]]
    left: int = 0
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    hidden: bool = False
    alone: bool = False


def laid_out(given: Sheetful, own: Own) -> Table | None:
    """The sheet as a table; None where it is blank or prose."""
    if normal(given.name) in PROSE:
        return None
    rows = _filled(given)
    if not rows:
        return None
    merges = Merges(given.ranges, given.left)
    taken = heads.taken(given.name, given.stem, rows, merges, own, given.alone, given.hidden)
    return _table(given, rows, merges, taken, own)


def _filled(given: Sheetful) -> Rows:
    """The rows that are not blank, with their numbers; '' is None. Blanks and odd kinds of cells are made plain where a
    header may be; below, whoever reads a column does. Never more of them than can be held in memory."""
    out: list[tuple[int, tuple[Any, ...]]] = []
    cells_held = 0
    for number, row in enumerate(given.rows, 1):
        blanks = row.count("")
        if blanks == len(row):
            continue
        cells = tuple([cell if cell != "" else None for cell in row]) if blanks else tuple(row)
        if len(out) < _PLAIN_ROWS:
            cells = tuple(map(_cell, cells))
            if cells.count(None) == len(cells):
                continue
        out.append((number, cells))
        cells_held += len(cells) - blanks
        if len(out) > MOST_ROWS or cells_held > MOST_FILLED:
            raise LiantuError(f"{given.file} / {given.name}: 非空行超过 {MOST_ROWS:,}, 或非空单元格超过 {MOST_FILLED:,} / more filled rows, or "
                              "cells, than that", "拆成几个文件分别导入 / split it into several files and load each")
    return out


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    return value if isinstance(value, (bool, int, float, date)) else None if value is None else str(value)


def _table(given: Sheetful, rows: Rows, merges: Merges, taken: Taken, own: Own) -> Table:
    head = taken.head
    last = head.places[-1] if head.places else 0
    columns = sorted(head.parts)
    if len(columns) > MOST_COLUMNS:
        raise LiantuError(f"{given.file} / {given.name}: 表头有 {len(columns):,} 列, 上限 {MOST_COLUMNS:,} / the header has more columns than any "
                          "table", "只保留需要的列 / keep the columns that are needed")
    body = _Body(given, taken, columns, merges, own.of(taken.sheet) if taken.sheet else {})
    body.take(rows[last + 1:])
    above = tuple((number, line) for number, cells in rows[:head.places[0]] if (line := " ".join(map(text, filter(None, cells)))))
    return Table(given.file, given.name, tuple("/".join(head.parts[c]) for c in columns), rows[head.places[0]][0],
                 tuple(body.rows), given.hidden, tuple(rows[place][0] for place in head.places),
                 tuple(head.parts[c] for c in columns), tuple(letters(c + given.left) for c in columns),
                 taken.sheet.key if taken.sheet else "", taken.why, taken.saw, above, tuple(body.passed),
                 tuple(body.problems), tuple(body.merged))


@dataclass
class _Stray:
    """The cells of a column that has no header: the first, how many, and whether they only count the rows."""

    number: int
    cell: Cell
    count: int = 0
    serial: bool = True

    def add(self, cell: Cell) -> None:
        self.count += 1
        self.serial = self.serial and not isinstance(cell, bool) and text(cell) == str(self.count)

    def counts_rows(self) -> bool:
        return self.serial and self.count > 1


@dataclass
class _Body:
    """Goes down the rows under a header once."""

    given: Sheetful
    taken: Taken
    columns: Sequence[int]
    merges: Merges
    ours: Mapping[str, str]
    rows: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    stray: dict[int, _Stray] = field(default_factory=dict)
    noted: bool = False

    def take(self, rows: Rows) -> None:
        rows = self._filled_down(rows)
        picked, must = self._picked(rows), self._must()
        odd = self._odd(picked, must)
        stray = [c for c in range(max((len(cells) for _, cells in rows), default=0)) if c not in self.taken.head.parts]
        for at, (number, row) in enumerate(picked):
            if at in odd or self.noted:
                cells = rows[at][1]
                if self._another_table(cells, row):
                    self._tell_table(number, row)
                    break
                if kind := self._kind(number, cells, row, must, at):
                    self.passed.append(Passed(number, kind, _words(cells), row))
                    continue
            if stray:
                self._no_header(number, rows[at][1], stray)
            self.rows.append((number, row))
        self._tell_stray()

    def _picked(self, rows: Rows) -> Rows:
        """The rows as long as the header: most sheets have nothing else."""
        width, widths = len(self.columns), {len(cells) for _, cells in rows}
        if self.columns == list(range(width)) and widths == {width}:
            return rows
        if width > 1 and min(widths, default=0) > self.columns[-1]:
            pick = itemgetter(*self.columns)
            return [(number, pick(cells)) for number, cells in rows]
        return [(number, tuple([cells[c] if c < len(cells) else None for c in self.columns])) for number, cells in rows]

    def _must(self) -> list[int]:
        """Places of the required columns; of a sheet that is not known the first."""
        sheet, parts = self.taken.sheet, self.taken.head.parts
        said = [found(sheet, parts[c], self.ours).column if sheet else None for c in self.columns]
        return [place for place, column in enumerate(said) if column and column.required] or [0][:len(self.columns)]

    def _odd(self, rows: Rows, must: Sequence[int]) -> set[int]:
        """Places of the rows that may be no material: a required cell is blank, or one is a header or speaks of a sum."""
        found = {0}  # the numbers of the columns stand there
        columns = list(zip(*(row for _, row in rows), strict=True))
        for place in must if columns else ():
            if None in (said := set(columns[place])) or not _NAMES.isdisjoint(said):
                found.update([at for at, cell in enumerate(columns[place]) if cell is None or cell in _NAMES])
        for column in columns[:3]:
            if any(isinstance(cell, str) and ("计" in cell or "otal" in cell) for cell in set(column)):
                found.update([at for at, cell in enumerate(column) if isinstance(cell, str) and ("计" in cell or "otal" in cell)])
        return found

    def _kind(self, number: int, cells: tuple[Cell, ...], row: tuple[Cell, ...], must: Sequence[int], at: int) -> str:
        given = [cell for cell in cells if cell is not None]
        if any(map(marks.is_total, given[:3])):
            return "total"
        if self._is_header(row):
            return "repeat"
        if at == 0 and marks.are_numbers(given):
            return "numbers"
        if all(map(marks.is_note, given)):
            self.noted = True
            return "note"
        if all(row[place] is not None for place in must):
            return ""
        if marks.is_note(given[0]) or (self.noted and len(given) <= 2):
            self.noted = True
            return "note"
        alone = len(given) == 1 and (self.merges.width(number, cells.index(given[0])) > 2 or marks.is_section(given[0]))
        return "section" if alone else ""

    def _is_header(self, row: tuple[Cell, ...]) -> bool:
        """The header once more, as printed tables have it on every page: any of its rows."""
        said = [(texts, normal(cell)) for c, cell in zip(self.columns, row, strict=True)
                if isinstance(cell, str) for texts in (self.taken.head.parts[c],)]
        same = sum(words in map(normal, texts) for texts, words in said)
        return same >= 2 and same * 2 > len(said)

    def _another_table(self, cells: tuple[Cell, ...], row: tuple[Cell, ...]) -> bool:
        """A header of other columns: most of the row is known headers of one sheet, and it is not this header again."""
        words = [text(cell) for cell in cells[:heads.FIRST_COLUMNS] if isinstance(cell, str)]
        if len(words) < 3 or sum(word in _NAMES for word in words) < 2 or len(words) < sum(c is not None for c in cells):
            return False
        head = heads.best([(1, cells)], Merges(), SHEETS, Own())
        return head.known >= 3 and head.known * 3 >= 2 * len(words) and not self._is_header(row)

    def _tell_table(self, number: int, row: tuple[Cell, ...]) -> None:
        self.problems.append(Problem(
            self.given.file, self.given.name, number, "", _words(row),
            f"从第 {number} 行起是另一张表 / another table begins in row {number}",
            "一张工作表只放一张表: 把它移到另一张工作表, 用标准表名 / one table a sheet: move it to a sheet of its own name"))

    def _no_header(self, number: int, cells: tuple[Cell, ...], columns: Sequence[int]) -> None:
        for column in columns:
            cell = cells[column] if column < len(cells) else None
            if cell is not None and not (isinstance(cell, str) and cell.isspace()):
                self.stray.setdefault(column, _Stray(number, cell)).add(cell)

    def _tell_stray(self) -> None:
        for column, stray in self.stray.items():
            if stray.counts_rows():
                continue
            place = f"{letters(column + self.given.left)}{stray.number}"
            more = (f" (共 {stray.count} 格)", f" ({stray.count} cells)") if stray.count > 1 else ("", "")
            self.problems.append(Problem(
                self.given.file, self.given.name, stray.number, place, text(stray.cell)[:40],
                f"{place} 上面没有表头{more[0]} / {place} has no header above it{more[1]}",
                "补上表头或删去该格, 说明文字放进名为 说明 的表 / name the column or delete the cell; notes go to a sheet named 说明"))

    def _filled_down(self, rows: Rows) -> Rows:
        """What is merged over several rows stands in each of them; a cell that is merely empty is blank."""
        place = {column: i for i, column in enumerate(self.columns)}
        numbers = [number for number, _ in rows]
        tall = sorted((column, top, bottom) for top, column, bottom in self.merges.tall if column in place)
        if not tall or not rows:
            return rows
        filled, reached = [list(cells) for _, cells in rows], (-1, 0)
        for column, top, bottom in tall:
            first, last = bisect_left(numbers, top + 1), bisect_right(numbers, bottom + 1)
            if first >= len(rows) or numbers[first] != top + 1 or (column, top) < reached:
                continue  # above the rows, blank, or over another: no program writes merged cells that overlap
            reached = (column, bottom + 1)
            for cells in filled[first + 1:last]:
                cells[column] = filled[first][column]
            if last > first + 1 and filled[first][column] is not None:
                self.merged.append((top + 1, numbers[last - 1], place[column]))
        return [(number, tuple(cells)) for number, cells in zip(numbers, filled, strict=True)]


def _words(cells: Iterable[Cell]) -> str:
    words = " ".join(text(cell) for cell in cells if cell is not None)
    return words if len(words) <= 80 else words[:80] + "…"

