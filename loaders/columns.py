"""A column at a time: which column of ours a header is, and what its cells say. Equal cells are read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from types import NoneType
from typing import Any

from graph import units
from loaders.aliases import normal
from loaders.cells import SIZES, UNITS, is_blank, parse, quoted, say, wording
from loaders.headers import Found, found, near_columns
from loaders.mapping import Own
from loaders.marks import units_told
from loaders.reviewed import is_ours
from loaders.sheets import Column, Sheet
from loaders.tables import Cell, Problem, Table
from loaders.values import LONGEST_BLANK, Unreadable, is_unusual

ASKED = ("请填", "To fill in")
"""The column of a hand-out that names the cells asked for: a row with none of them filled says nothing."""

_ASKED = frozenset(map(normal, ASKED))


@dataclass(frozen=True, slots=True)
class Seen:
    """A header as it was understood. ``how``: ours, mapping, counter, asked, review, left out or unknown; ``unit`` is what a bare
    number below it is in, and ``told`` whether the header says so, the line above the table (title), or the sheet (ours)."""

    place: int
    letter: str
    header: str
    column: Column | None
    how: str
    unit: str = ""
    told: str = ""
    near: tuple[str, ...] = ()


def is_asked(header: str) -> bool:
    return any(normal(line) in _ASKED for line in header.splitlines())


def seen(table: Table, sheet: Sheet, own: Own) -> tuple[Seen, ...]:
    """Every header of the table as it was understood."""
    ours = own.of(sheet)
    told = tuple(unit for _, line in table.above for unit in units_told(line))
    return tuple(_seen(table, sheet, place, found(sheet, table.of(place), ours), told) for place in range(len(table.header)))


def _seen(table: Table, sheet: Sheet, place: int, what: Found, told: Sequence[str]) -> Seen:
    header, letter = table.header[place], table.letter(place)
    if what.column is None:
        how = "asked" if is_asked(header) else "review" if is_ours(header) else what.how
        near = tuple(near_columns(sheet, what.mapped or header)) if how == "unknown" else ()
        return Seen(place, letter, header, None, how, near=near)
    unit, by = (what.unit, "header") if what.unit else _unit(what.column, told)
    return Seen(place, letter, header, what.column, what.how, unit, by)


def _unit(column: Column, told: Sequence[str]) -> tuple[str, str]:
    """单位:万元 above a table is of its money, 单位:万吨/年 of its capacities; what a header says itself goes first."""
    if column.kind == "quantity":
        for unit in told:
            if units.convert(1.0, unit, column.unit) is not None if column.unit else units.convert(1.0, unit, "元") is None:
                return unit, "title"
    return column.unit, "ours" if column.unit else ""


def problems(table: Table, sheet: Sheet, columns: Iterable[Seen]) -> list[Problem]:
    """What is wrong with a header: names nobody knows, one column twice, a required one missing."""
    out: list[Problem] = []
    there: dict[str, str] = {}

    def wrong(kind: str, header: str, near: str, column: Column | None = None) -> None:
        out.append(Problem(table.file, table.sheet, table.header_row, header, "" if column else header,
                           *say(kind, column, value=quoted(header), near=near)))

    for one in columns:
        if one.column:
            if one.column.key in there:
                wrong("twice", one.header, quoted(there[one.column.key]))
            there[one.column.key] = one.header
        elif one.how == "unknown":
            wrong("header", one.header, "、".join(one.near))
    for column in sheet.columns:
        if column.required and column.key not in there:
            wrong("column", column.zh, "、".join(column.aliases[:4]) or column.en, column)
    if sheet.one_of and not there.keys() & set(sheet.one_of):
        wrong("column", either(sheet), either(sheet), sheet.column(sheet.one_of[0]))
    return out


def either(sheet: Sheet) -> str:
    return "、".join(sheet.column(key).zh for key in sheet.one_of)


class _NothingSaid:
    """What 未摸排 is read as: the cell is filled, and says nothing."""


NOTHING_SAID = _NothingSaid()


@dataclass(slots=True)
class Parsed:
    """A column's values, one a row, None where blank or wrong; by the row's place the wording, and (why, cure).

    ``whole``: no value is None or NOTHING_SAID.
    """

    values: list[Any]
    texts: dict[int, str] = field(default_factory=dict)
    wrong: dict[int, tuple[str, str]] = field(default_factory=dict)
    whole: bool = False


def parsed(column: Column, cells: Sequence[Cell], unit: str, row_units: Sequence[str] = ()) -> Parsed:
    """What the cells of a column say; ``unit``: what a bare number is in, ``row_units`` the row's own where it gives one."""
    kinds = set(map(type, cells))
    if bool in kinds:  # True is 1 to a dictionary, and not to a reader of numbers
        return _parsed(column, list(zip(cells, row_units or repeat(""), map(type, cells), strict=False)), unit, {})
    if len(said := set(row_units)) == 1:
        return _parsed(column, cells, unit, {}, *said)
    if row_units:
        return _parsed(column, list(zip(cells, row_units, strict=True)), unit, {})
    plain = kinds <= {str, NoneType} and column.kind in ("text", "node") and column.prop not in UNITS
    return _parsed(column, cells, unit, _as_it_stands(set(cells)) if plain else {})


def _as_it_stands(cells: set[Any]) -> dict[Any, str]:
    """Texts with nothing in them to be made plain, trimmed: looked through all at once, for they may be a hundred thousand.
    Short ones are left out, for they may mean that nothing is known."""
    cells.discard(None)
    if is_unusual(",".join(cells)):
        return {}
    return {cell: words for cell, words in zip(cells, map(str.strip, cells), strict=True)
            if len(words) > LONGEST_BLANK and words[0] not in "-–—"}


def _parsed(column: Column, keys: Sequence[Any], unit: str, values: dict[Any, Any], every: str = "") -> Parsed:
    """``keys``: cells, or cells each with its row's unit (and its type); ``every``: the one unit of all rows."""
    texts: dict[Any, str] = {}
    wrong: dict[Any, tuple[str, str]] = {}
    for key in set(keys) - values.keys():
        cell, row_unit = (key[0], key[1]) if key.__class__ is tuple else (key, every)
        values[key] = None
        if is_blank(column, cell):
            continue
        try:
            value = _value(column, cell, unit, row_unit)
        except Unreadable as error:
            wrong[key] = (error.why, error.cure)
            continue
        values[key] = NOTHING_SAID if value == "" else value
        if said := wording(column, cell, value):
            texts[key] = said
    return Parsed(list(map(values.__getitem__, keys)), _by_row(texts, keys), _by_row(wrong, keys),
                  all(value is not None and value is not NOTHING_SAID for value in values.values()))


def _value(column: Column, cell: Cell, unit: str, row_unit: str) -> Any:
    """8GW below 产能(万吨/年) is 8 GW: of a size the header's unit is for bare numbers. What the row itself says must agree."""
    if column.prop in SIZES and not row_unit and (own := parse(column, cell)).unit:
        return own
    return parse(column, cell, row_unit or unit)


def _by_row(said: dict[Any, Any], keys: Sequence[Any]) -> dict[int, Any]:
    return {at: said[key] for at, key in enumerate(keys) if key in said} if said else {}
