"""A sheet as it was found: its header, the rows under it, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from loaders.sheets import Sheet

Cell = str | float | int | bool | date | datetime | None

PASSED = {"total": ("合计行", "total"), "note": ("表下说明", "footnote"), "section": ("小标题", "section title"),
          "repeat": ("重复的表头", "header again"), "numbers": ("列号", "column numbers"), "example": ("示例", "example"),
          "unanswered": ("未填", "not filled in"), "unreviewed": ("未复核", "not reviewed"), "declined": ("不采用", "rejected"),
          "blank": ("空行", "blank")}
"""Why a row under the header is no material: kind → 中文, English."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell, a row or (``row`` 0) a whole sheet is refused, and the cure, Chinese ' / ' English.

    ``reason`` is a key of ``loaders.rejected.REASONS`` where problems of its kind are counted.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    why: str
    cure: str
    reason: str = ""
    rows: tuple[int, ...] = ()
    """All rows of which it is told, where it is told once of several: the first is ``row``."""
    paste: str = ""
    """A row of 地区表 (地区, 上级地区) that would mend it."""


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The same said of several rows, said once with all of them; in the order in which each was first said."""
    groups: dict[Problem, list[int]] = {}
    for one in problems:
        groups.setdefault(replace(one, row=min(one.row, 1), rows=()), []).extend(one.rows or (one.row,))
    return [replace(one, row=min(rows), rows=tuple(sorted(rows)) if len(rows) > 1 else ())
            for one, numbers in groups.items() for rows in [set(numbers)]]


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that was passed over: its number, the kind (``PASSED``), its first words and its cells by column."""

    number: int
    kind: str
    text: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its header, and the rows under it that are not blank.

    ``header_row`` (the first of ``header_rows``) and the number of each row count from 1 as the sheet shows them; every
    row is as long as the header. ``parts`` are a header's texts from top to bottom where it has several rows,
    ``letters`` the columns as the sheet names them. ``hidden`` sheets are often lists for drop-downs. ``meant`` is the key
    of our sheet and ``why`` by what it was known: mapping, name, like, file, headers; both '' where nothing tells.
    ``saw`` tells how many headers of which sheets were seen. ``merged`` are (first row, last row, column) of the cells that
    stand for several rows.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden: bool = False
    header_rows: tuple[int, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    letters: tuple[str, ...] = ()
    meant: str = ""
    why: str = ""
    saw: tuple[tuple[str, int], ...] = ()
    above: tuple[tuple[int, str], ...] = ()
    passed: tuple[Passed, ...] = ()
    problems: tuple[Problem, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()

    def of(self, place: int) -> tuple[str, ...]:
        """The texts of a header cell, top to bottom."""
        return self.parts[place] if self.parts else (self.header[place],)

    def letter(self, place: int) -> str:
        return self.letters[place] if self.letters else letters(place)


@dataclass(slots=True)  # not frozen: a hundred thousand are made, and each would take three times as long
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


def letters(column: int) -> str:
    """0 → A, 26 → AA, as the sheet shows it."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
