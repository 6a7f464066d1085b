"""What the parts of a workbook hold, counted as a real parser meets it; and what is too much to open."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import LiantuError
from loaders.bounds import column_number

MOST_AREA = 20 * 10**6
"""Cells of the rectangles of all sheets, 32 bytes each while a sheet is open."""
MOST_FILLED = 10 * 10**6
"""Cells that hold something, about 100 bytes each."""
MOST_WORDS = 150 * 10**6
"""Bytes of text in the cells, as UTF-8."""


@dataclass
class Extent:
    """The last row and column that hold something, how many cells do, and the bytes of their texts."""

    row: int = 0
    column: int = 0
    filled: int = 0
    words: int = 0


class Odd(Exception):
    """A part that is no sound XML, or that declares entities."""


@dataclass
class Limits:
    """What all sheets of a workbook take together; ``add`` raises LiantuError where it is too much to open."""

    name: str
    area: int = 0
    filled: int = 0
    words: int = 0

    def add(self, seen: Extent) -> None:
        """A sheet that is at an end."""
        self.check(seen)
        self.area += seen.row * seen.column
        self.filled, self.words = self.filled + seen.filled, self.words + seen.words

    def check(self, seen: Extent) -> None:
        """A sheet that goes on."""
        if self.area + seen.row * seen.column > MOST_AREA:
            raise LiantuError(f"{self.name} 有一张表用到第 {seen.row} 行、第 {seen.column} 列 / a sheet reaches that row and column",
                              "删去表外的多余单元格, 或改用 CSV / delete the stray cells beyond the table, or use CSV")
        if self.filled + seen.filled > MOST_FILLED:
            raise LiantuError(f"{self.name} 有 {MOST_FILLED:,} 个以上非空单元格 / has more filled cells than that",
                              "拆成几个文件, 或改用 CSV / split it into several files, or use CSV")
        if self.words + seen.words > MOST_WORDS:
            raise LiantuError(f"{self.name} 的文字超过 {MOST_WORDS / 1e6:,.0f} MB / holds more text than that",
                              "删去长文字, 拆成几个文件 / take the long texts out, split it into several files")


class Xlsx:
    """Counts a sheet as a reader would: a cell that does not say where it is stands beside the one before."""

    def __init__(self, total: Limits, lengths: array[int]) -> None:
        self.total, self.lengths = total, lengths
        self.seen = Extent()
        self.at_row = self.at_column = 0
        self.cell: dict[str, str] | None = None
        self.value = ""
        self.in_value = self.held = False

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.at_row, self.at_column = _whole(given.get("r", ""), self.at_row + 1), 0
        elif kind == "c":
            self._place(given.get("r", ""))
            self.cell, self.value, self.held = given, "", False
        elif self.cell is not None:
            self.held, self.in_value = True, kind == "v"

    def _place(self, written: str) -> None:
        if match := re.fullmatch(r"([A-Za-z]{1,7})([0-9]{1,10})", written):
            self.at_column, self.at_row = column_number(match[1].upper().encode()), int(match[2])
        elif written:
            raise Odd(written)
        else:
            self.at_column += 1

    def words(self, words: str) -> None:
        if self.cell is not None:
            if not self.in_value or self.cell.get("t", "n") not in ("n", "b", "s"):
                self.seen.words += 3 * len(words)
            if self.in_value and len(self.value) < 20:
                self.value += words

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        self.in_value = False
        if kind == "worksheet":
            self.total.add(self.seen)
        if kind != "c" or self.cell is None:
            return
        if self.cell.get("t") == "s":
            at = _whole(self.value.strip(), 0)
            self.seen.words += self.lengths[at] if at < len(self.lengths) else 0
        if self.held:
            self.seen.row, self.seen.column = max(self.seen.row, self.at_row), max(self.seen.column, self.at_column)
            self.seen.filled += 1
            self.total.check(self.seen)
        self.cell = None


def _whole(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,19}", written):
        raise Odd(written)
    return int(written)


_ODS_CELLS = ("table:table-cell", "table:covered-table-cell")


class Ods:
    """Counts an OpenDocument sheet, where a tag may stand for a million equal rows or cells."""

    def __init__(self, total: Limits) -> None:
        self.total = total
        self.seen, self.last, self.repeat, self.column = Extent(), 0, 0, 0
        self.line = Extent()  # of one row: its last column, its cells, their texts
        self.cell: Extent | None = None

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "table:table":
            self.seen, self.last = Extent(), 0
        elif name == "table:table-row":
            self.line, self.column = Extent(), 0
            self.repeat = _whole(given.get("table:number-rows-repeated", ""), 1)
        elif name in _ODS_CELLS:
            self.cell = Extent(column=_whole(given.get("table:number-columns-repeated", ""), 1),
                               filled=any("value" in key for key in given), words=sum(map(len, given.values())))
        elif self.cell is not None:
            self.cell.filled, self.cell.words = 1, self.cell.words + sum(map(len, given.values()))

    def words(self, words: str) -> None:
        if self.cell is not None:
            self.cell.words += 3 * len(words)

    def end(self, name: str) -> None:
        if name in _ODS_CELLS and self.cell is not None:
            self.column += self.cell.column
            if self.cell.filled:
                self.line.column = self.column
                self.line.filled += self.cell.column
                self.line.words += self.cell.words * self.cell.column
            self.cell = None
        elif name == "table:table-row":
            self.last += self.repeat
            if self.line.filled:
                self.seen.row, self.seen.column = self.last, max(self.seen.column, self.line.column)
                self.seen.filled += self.line.filled * self.repeat
                self.seen.words += self.line.words * self.repeat
                self.total.check(self.seen)
        elif name == "table:table":
            self.total.add(self.seen)
