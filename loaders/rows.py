"""Rows: the cells of a sheet, checked and parsed by its declaration, all problems of all rows at once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from graph import units
from loaders import values
from loaders.aliases import normal
from loaders.readers import Cell, Table
from loaders.sheets import SHEET, SHEETS, Column, Sheet, sheet_named
from loaders.values import Quantity, Unreadable

if TYPE_CHECKING:
    pass

NOTES = frozenset(map(normal, ("说明", "填表说明", "填报说明", "notes", "readme")))
"""Sheets of prose: no material."""

COUNTERS = frozenset({"序号", "序", "no", "seq"})
"""Columns that only count the rows."""

EXAMPLES = ("示例", "Example")
"""What the first cell of a row begins with that only shows how to fill in the sheet."""

PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "sheet": ("没有叫 {value} 的表", "no sheet is called {value}",
              "改名为最相近的: {near}; 只是说明的表叫 说明", "rename it to the nearest: {near}; call a sheet of prose 说明"),
    "header": ("不认识表头 {value}", "unknown header {value}",
               "最相近: {near}; 改表头, 或在 liantu.toml 的 [headers] 里写 {value} = \"我们的表头\" (\"\" 表示不读)",
               "nearest: {near}; rename it, or map it in liantu.toml under [headers] (\"\" leaves it out)"),
    "twice": ("表头 {value} 与 {near} 是同一列", "headers {value} and {near} are one column",
              "留一列, 另一列改名或删去", "keep one, rename or remove the other"),
    "unheaded": ("这一列没有表头, 却有内容", "the column has no header and is not empty",
                 "补上表头, 或删去这一列", "give it a header or remove it"),
    "column": ("缺少必填列 {column}", "the required column {english} is missing",
               "加上这一列; 也可写作 {near}", "add it; other spellings: {near}"),
    "missing": ("必填的 {column} 是空的", "{english} is required and blank",
                "补上 {column}; 用不着的行整行删去", "fill it in, or remove the whole row"),
    "one_of": ("{near} 都是空的", "{near} are all blank", "填其中一个", "fill in one of them"),
    "choice": ("{value} 不是可选的值", "{value} is not one of the choices", "填其中之一: {near}", "write one of: {near}"),
    "negative": ("{value} 小于 0", "{value} is below 0", "填 0 或正数; 不清楚就留空", "0 or more; blank where unknown"),
    "yield": ("{value} 不在 0 与 1 之间", "{value} is not between 0 and 1", "写 82% 或 0.82", "write 82% or 0.82"),
    "share": ("{value} 不在 0 与 100 之间", "{value} is not between 0 and 100", "写百分数, 例如 51 或 51%",
              "write per cent, for example 51 or 51%"),
    "fraction": ("{value} 是百分之几还是比例, 分不清", "{value} may be per cent or a fraction",
                 "写成带 % 的文字, 例如 51% 或 0.5%", "write it as text with %, for example 51% or 0.5%"),
    "authority": ("{value} 不是 0 到 9 的整数", "{value} is not a whole number from 0 to 9",
                  "填 0–9, 例如 5 政府文稿, 3 媒体", "0 to 9, for example 5 government text, 3 press"),
    "code": ("{value} 被表格软件存成了数, 末几位已丢失", "{value} was stored as a number: its last digits are lost",
             "把单元格格式设为文本, 重新填写", "format the cell as text and type it again"),
    "nothing": ("{value} 里没有名称", "there is no name in {value}", "填名称, 几个用 、 隔开", "names, separated by 、"),
}
"""Kind → what is wrong and the cure, each in both languages."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell, a row or (``row`` 0) a whole sheet is refused, and the cure, Chinese ' / ' English."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    why: str
    cure: str


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


def validate(table: Table, headers: Mapping[str, str] | None = None) -> tuple[list[Row], list[Problem]]:
    """Rows of a table that can be read, and the problems of all the others.

    ``headers`` maps a city's own header to ours ('' leaves a column out). Where the header itself
    has a problem no row is given, but the problems of the rows are.
    """
    sheet = sheet_named(table.sheet)
    if sheet is None:
        skipped = normal(table.sheet) in NOTES or table.hidden
        return [], [] if skipped else [_no_sheet(table)]
    columns, problems = _columns(table, sheet, headers or {})
    read = _Reader(table, sheet, columns)
    rows = [row for number, cells in table.rows if (row := read.row(number, cells))]
    return ([], problems + read.problems) if problems else (rows, read.problems)


def _say(kind: str, column: Column | None = None, **given: str) -> tuple[str, str]:
    """(why, cure) of a kind of problem, both languages."""
    given |= {"column": column.zh if column else "", "english": column.en if column else ""}
    zh, en, cure_zh, cure_en = (text.format_map(given) for text in PROBLEMS[kind])
    return f"{zh} / {en}", f"{cure_zh} / {cure_en}"


def _quoted(value: str) -> str:
    # ' / ' stands between the languages, and a name of 300 characters would hide the cure.
    short = value if len(value) <= 40 else value[:40] + "…"
    return '"' + " ".join(short.split()).replace(" / ", "/") + '"'


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else values.text(cell)


# ── the header ──────────────────────────────────────────────────────────────────────────────

def _bare(name: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】", "", unicodedata.normalize("NFKC", name))


@cache
def _names(key: str) -> dict[str, Column]:
    """Every normalised spelling of a sheet's headers; a full name goes before one without its brackets.

    The permit 用地 and the area 用地(亩) stand on one sheet.
    """
    columns = SHEET[key].columns
    full = {normal(n): c for c in columns for n in (c.zh, c.en, c.zh + c.en, c.en + c.zh, c.key, *c.aliases)}
    bare = {normal(n): c for c in columns for n in (_bare(c.zh), _bare(c.zh) + c.en)}
    return bare | full | {normal(c.zh): c for c in columns}


def _column(sheet: Sheet, header: str) -> Column | None:
    spellings = (header, *header.splitlines(), _bare(header), *map(_bare, header.splitlines()))
    return next((c for s in spellings if normal(s) and (c := _names(sheet.key).get(normal(s)))), None)


def _columns(table: Table, sheet: Sheet, headers: Mapping[str, str]) -> tuple[dict[int, Column], list[Problem]]:
    """Place → column, and what is wrong with the header."""
    ours = {normal(theirs): mine for theirs, mine in headers.items()}
    found: dict[int, Column] = {}
    problems: list[Problem] = []

    def wrong(kind: str, header: str, column: Column | None = None, near: str = "", row: int = 0) -> None:
        value = "" if column and kind == "column" else header
        problems.append(Problem(table.file, table.sheet, row or table.header_row, header, value,
                                *_say(kind, column, value=_quoted(header), near=near)))

    for place, written in enumerate(table.header):
        header = ours.get(normal(written), written)
        if not normal(header):
            if header == written and (row := _filled(table, place)):
                wrong("unheaded", f"第{place + 1}列", row=row)
        elif column := _column(sheet, header):
            if column in found.values():
                wrong("twice", written, near=table.header[next(p for p, c in found.items() if c is column)])
            found[place] = column
        elif normal(header) not in COUNTERS:
            wrong("header", written, near=_near_columns(sheet, header))
    for column in sheet.columns:
        if column.required and column not in found.values():
            wrong("column", column.zh, column, "、".join(column.aliases[:4]) or column.en)
    if sheet.one_of and not {c.key for c in found.values()} & set(sheet.one_of):
        column = sheet.column(sheet.one_of[0])
        wrong("column", _either(sheet), column, _either(sheet))
    return found, problems


def _filled(table: Table, place: int) -> int:
    return next((n for n, cells in table.rows if place < len(cells) and not values.is_blank(cells[place])), 0)


def _either(sheet: Sheet) -> str:
    return "、".join(sheet.column(key).zh for key in sheet.one_of)


def _nearest(name: str, known: Mapping[str, str]) -> list[str]:
    hits = difflib.get_close_matches(normal(name), known, n=6, cutoff=0.4)
    return list(dict.fromkeys(known[hit] for hit in hits))[:3]


def _near_columns(sheet: Sheet, header: str) -> str:
    near = _nearest(_bare(header), {name: column.zh for name, column in _names(sheet.key).items()})
    return "、".join(near or [column.zh for column in sheet.columns if column.required])


def _no_sheet(table: Table) -> Problem:
    """The nearest names of sheets, else the sheet whose columns this one has."""
    near = _nearest(table.sheet, {normal(n): s.zh for s in SHEETS for n in (*s.aliases, s.en, s.zh)})
    likely = max(SHEETS, key=lambda s: sum(_column(s, header) is not None for header in table.header))
    names = "、".join(near or [likely.zh])
    return Problem(table.file, table.sheet, 0, "", table.sheet, *_say("sheet", value=_quoted(table.sheet), near=names))


# ── the cells ───────────────────────────────────────────────────────────────────────────────

def _wrong(kind: str, value: Cell, near: str = "") -> Unreadable:
    return Unreadable(*_say(kind, value=_quoted(_shown(value)), near=near))


def _text(column: Column, cell: Cell, unit: str) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        raise _wrong("code", cell)
    text = values.text(cell)
    if column.prop in _UNITS:
        _known(text)
    return text


def _items(column: Column, cell: Cell, unit: str) -> tuple[str, ...]:
    # '/' joins chain and node (产业链/环节) and is part of many names.
    found = values.items(_text(column, cell, unit))
    if not found:
        raise _wrong("nothing", cell)
    return tuple(_slash(name) for name in found) if column.kind == "nodes" else found


def _slash(name: str) -> str:
    return name.replace("／", "/")


def _choice(column: Column, cell: Cell, unit: str) -> str:
    named = {normal(n): choice[0] for choice in column.choices for n in choice if n}
    if (word := normal(values.text(cell))) not in named:
        raise _wrong("choice", cell, "、".join(zh for _, zh, _ in column.choices))
    return named[word]


def _number(column: Column, cell: Cell, unit: str) -> float:
    check = _CHECKS.get(column.prop)
    return check(cell, unit) if check else values.number(cell)


def _quantity(column: Column, cell: Cell, unit: str) -> Quantity:
    """年供货额 may be in another unit than its header says; elsewhere the two must agree."""
    found = values.quantity(cell) if column.prop == "SUPPLIES.amount" else values.quantity(cell, unit)
    found = found if found.unit else values.quantity(cell, unit)
    if column.prop in _SIZES:
        if found.value < 0:
            raise _wrong("negative", cell)
        if found.unit != unit:
            _known(found.unit)
    return found


def _known(unit: str) -> None:
    try:
        units.known(unit)
    except units.UnknownUnit as error:
        raise Unreadable(error.message, error.cure) from error


def _yield(cell: Cell, unit: str) -> float:
    """A share of one: 0.82 or 82%; below a header of % a number above 1 is per cent."""
    found = values.quantity(cell)
    percent = found.unit == "%" or (unit == "%" and not found.unit and found.value > 1)
    share = found.value / 100 if percent else found.value
    if found.unit not in ("", "%") or not 0 < share <= 1:
        raise _wrong("yield", cell)
    return share


def _share(cell: Cell, unit: str) -> float:
    """Per cent. A cell formatted as 51% is read as the number 0.51, as is one that says 0.51 per cent."""
    found = values.quantity(cell)
    if found.unit not in ("", "%") or not 0 <= found.value <= 100:
        raise _wrong("share", cell)
    if not found.unit and 0 < found.value <= 1:
        raise _wrong("fraction", cell)
    return found.value


def _authority(cell: Cell, unit: str) -> float:
    if (level := values.number(cell)) not in range(10):
        raise _wrong("authority", cell)
    return level


def _not_negative(cell: Cell, unit: str) -> float:
    if (value := values.number(cell)) < 0:
        raise _wrong("negative", cell)
    return value


_SIZES = frozenset({"MAKES.capacity", "ADDS.capacity", "REPORTS.value"})
_UNITS = frozenset({"MAKES.unit", "ADDS.unit", "REPORTS.unit", "ChainNode.unit", "FEEDS.unit"})
_CHECKS: dict[str, Callable[[Cell, str], float]] = {
    "MAKES.yield_rate": _yield, "ADDS.yield_rate": _yield, "OWNS.share": _share, "Source.authority": _authority,
    "FEEDS.coefficient": _not_negative,
}
_READ: dict[str, Callable[[Column, Cell, str], Any]] = {
    "text": _text, "number": _number, "quantity": _quantity, "choice": _choice, "items": _items, "nodes": _items,
    "node": lambda column, cell, unit: _slash(_text(column, cell, unit)),
    "flag": lambda column, cell, unit: values.flag(cell),
    "day": lambda column, cell, unit: values.day(cell, first=column.first),
}


class _Reader:
    """Reads the rows of one table; collects every problem."""

    def __init__(self, table: Table, sheet: Sheet, columns: Mapping[int, Column]) -> None:
        self.table = table
        self.sheet = sheet
        self.columns = columns
        self.problems: list[Problem] = []

    def row(self, number: int, cells: tuple[Cell, ...]) -> Row | None:
        """The row, or None where it is an example, blank or has a problem."""
        if not cells or str(next((c for c in cells if c is not None), "")).strip().startswith(EXAMPLES):
            return None
        given = {self.columns[place]: cell for place, cell in enumerate(cells) if place in self.columns}
        row = Row(self.table.file, self.sheet, number, {}, {}, self.table.sheet)
        before = len(self.problems)
        unit = next((values.text(c) for column, c in given.items() if column.key == "unit" and not values.is_blank(c)), "")
        for column, cell in given.items():
            if not _is_blank(column, cell):
                self._cell(row, column, cell, unit)
        if not row.values and len(self.problems) == before:
            return None
        self._lacking(row, before)
        return row if len(self.problems) == before else None

    def _cell(self, row: Row, column: Column, cell: Cell, unit: str) -> None:
        try:
            read = _READ[column.kind](column, cell, unit or column.unit)
        except Unreadable as error:
            self._problem(row, column, _shown(cell), error.why, error.cure)
            return
        if column.key == "published":
            read = values.day_known(cell)
        row.values[column.key] = read
        wording = values.text(cell)
        if column.kind == "day" and wording != read.isoformat():
            row.texts[column.key] = wording

    def _lacking(self, row: Row, before: int) -> None:
        said = {p.column for p in self.problems[before:]}
        for column in self.sheet.columns:
            if column.required and column.key not in row.values and column.zh not in said:
                self._problem(row, column, "", *_say("missing", column))
        if self.sheet.one_of and not set(self.sheet.one_of) & set(row.values):
            column = self.sheet.column(self.sheet.one_of[0])
            self._problem(row, column, "", *_say("one_of", column, near=_either(self.sheet)))

    def _problem(self, row: Row, column: Column, value: str, why: str, cure: str) -> None:
        self.problems.append(Problem(row.file, self.table.sheet, row.number, column.zh, value, why, cure))


def _is_blank(column: Column, cell: Cell) -> bool:
    """无 is an answer where it is a choice or a yes/no."""
    if column.kind in ("choice", "flag"):
        return values.text(cell) in ("", "-", "/")
    return values.is_blank(cell)
