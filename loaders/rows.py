"""Rows of a table against the declared sheet: what is good, and everything that is not, at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph import units
from graph.model import AUDIENCES
from loaders import values
from loaders.readers import Table
from loaders.sheets import SHEETS, Column, Sheet, normal, sheet_named

EXAMPLE = ("示例", "例:", "Example")
"""A row whose first cell begins so is the template's own and is skipped."""
NOTES = ("说明", "notes", "readme")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, where, why, and the cure; row 0 is the whole sheet."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    why: str
    cure: str


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: parsed cells by column key (blank ones left out), wording that a rule read."""

    file: str
    sheet: Sheet
    number: int
    values: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def cell(self) -> str:
        return f"{self.file}/{self.sheet.zh}/{self.number}"


def validate(table: Table, headers: Mapping[str, str] = {}) -> tuple[list[Row], list[Problem]]:
    """Good rows and problems of a table; ``headers`` maps a city's own header to ours."""
    sheet = sheet_named(table.sheet)
    if sheet is None:
        return [], _unknown_sheet(table)
    columns, problems = _columns(table, sheet, headers)
    if problems:
        return [], problems
    rows: list[Row] = []
    for number, cells in table.rows:
        if cells and str(cells[0] or "").startswith(EXAMPLE):
            continue
        row, bad = _row(table, sheet, number, dict(zip(columns, cells, strict=False)))
        problems += bad
        rows += [row] if not bad else []
    return rows, problems


def _unknown_sheet(table: Table) -> list[Problem]:
    if normal(table.sheet) in NOTES or (not table.header and not table.rows):
        return []
    names = {n: s.zh for s in SHEETS for n in (s.zh, s.en, *s.aliases)}
    near = [names[n] for n in difflib.get_close_matches(table.sheet, names, n=3, cutoff=0.3)]
    shown = "、".join(dict.fromkeys(near)) or "、".join(s.zh for s in SHEETS)
    return [Problem(table.file, table.sheet, 0, "", table.sheet, f"不认识的表 “{table.sheet}” / unknown sheet",
                    f"改名为: {shown} / rename it to one of these; `liantu template --all`")]


def _columns(table: Table, sheet: Sheet, headers: Mapping[str, str]) -> tuple[list[Column | None], list[Problem]]:
    """The column of each header; problems for what is unknown, doubled or lacking."""
    named = _spellings(sheet)
    mine = {normal(k): v for k, v in headers.items()}
    found: list[Column | None] = []
    problems: list[Problem] = []
    for header in table.header:
        column = _column(named, mine.get(normal(header), header))
        if column is None and header.strip():
            problems.append(_unknown_header(table, sheet, header))
        elif column is not None and column in found:
            problems.append(_whole(table, sheet, header, f"两列都是 “{column.zh}” / two columns are the same",
                                   "删去一列 / remove one"))
        found.append(column)
    for column in sheet.columns:
        if column.required and column not in found:
            problems.append(_whole(table, sheet, column.zh, f"缺少必填列 “{column.zh}” / a required column is missing",
                                   f"加上表头 “{column.zh}” / add the header"))
    return found, problems


def _spellings(sheet: Sheet) -> dict[str, Column]:
    out: dict[str, Column] = {}
    for column in sheet.columns:
        for name in (column.zh, column.en, column.key, *column.aliases):
            out.setdefault(normal(name), column)
    for column in sheet.columns:
        out.setdefault(normal(_bare(column.zh)), column)
        out.setdefault(normal(column.zh + column.en), column)
    return out


def _bare(header: str) -> str:
    """产值(万元) → 产值."""
    text = values.text(header)
    return text.replace("（", "(").partition("(")[0].strip().strip("*")


def _column(named: dict[str, Column], header: str) -> Column | None:
    """By the whole header, without what stands in brackets, or by one of its lines (bilingual)."""
    for form in (header, _bare(header), *header.splitlines()):
        if form and normal(form) in named:
            return named[normal(form)]
    return None


def _unknown_header(table: Table, sheet: Sheet, header: str) -> Problem:
    names = [n for c in sheet.columns for n in (c.zh, c.en, *c.aliases)]
    near = difflib.get_close_matches(header, names, n=1, cutoff=0.2)
    shown = next((c.zh for c in sheet.columns if near and near[0] in (c.zh, c.en, *c.aliases)), "")
    nearest = f"; 最相近: {shown} / nearest: {shown}" if shown else ""
    return _whole(table, sheet, header, f"不认识的表头 “{header}” / unknown header",
                  f"改表头, 删去该列, 或在 liantu.toml [headers] 里对应{nearest} / rename or remove it, or map it in liantu.toml")


def _whole(table: Table, sheet: Sheet, column: str, why: str, cure: str) -> Problem:
    return Problem(table.file, sheet.zh, 0, column, column, why, cure)


def _row(table: Table, sheet: Sheet, number: int, cells: dict[Column | None, Any]) -> tuple[Row, list[Problem]]:
    row = Row(table.file, sheet, number, {})
    problems: list[Problem] = []

    def wrong(column: Column, value: object, why: str, cure: str) -> None:
        problems.append(Problem(table.file, sheet.zh, number, column.zh, str(value), why, cure))

    for column, cell in cells.items():
        if column is None or _blank(column, cell):
            continue
        try:
            row.values[column.key] = _parse(column, cell, row)
        except values.Unreadable as error:
            wrong(column, cell, error.why, error.cure)
    _required(sheet, row, problems, wrong)
    _check(sheet, row, wrong)
    return row, problems


Wrong = Callable[[Column, object, str, str], None]


def _blank(column: Column, cell: object) -> bool:
    """无 is a blank, but not where it is a choice or a yes/no."""
    if column.kind in ("choice", "flag"):
        return values.text(cell) in ("", "-", "/")
    return values.is_blank(cell)


def _required(sheet: Sheet, row: Row, problems: list[Problem], wrong: Wrong) -> None:
    said = {p.column for p in problems}
    for column in sheet.columns:
        if column.required and column.key not in row.values and column.zh not in said:
            wrong(column, "", f"“{column.zh}” 必填 / is required", "填上, 或删去这一行 / fill it in, or remove the row")
    if sheet.one_of and not any(key in row.values for key in sheet.one_of):
        first = sheet.column(sheet.one_of[0])
        names = " / ".join(sheet.column(k).zh for k in sheet.one_of)
        wrong(first, "", f"{names} 至少填一个 / fill in at least one", "填上其中一个 / fill in one of them")


def _parse(column: Column, cell: Any, row: Row) -> Any:
    if column.kind == "day":
        return _day(column, cell, row)
    if column.kind == "quantity":
        return _quantity(column, cell)
    if column.kind == "number":
        return _number(cell)
    if column.kind == "flag":
        return values.flag(cell)
    if column.kind == "choice":
        return _choice(column, values.text(cell))
    if column.kind in ("items", "nodes"):
        return values.items(cell)
    return values.text(cell)


def _day(column: Column, cell: Any, row: Row) -> date:
    """The day; the wording is kept where a period was read. A source is known from the later end of a span."""
    read = values.day_known(cell) if column.key == "published" else values.day(cell, first=column.first)
    written = values.text(cell)
    if not isinstance(cell, date) and written != read.isoformat():
        row.texts[column.key] = written
    return read


def _quantity(column: Column, cell: Any) -> values.Quantity:
    return values.quantity(cell)


def _number(cell: Any) -> float:
    """A number; 82% is 0.82."""
    written = values.text(cell)
    return values.number(written[:-1]) / 100 if written.endswith("%") else values.number(cell)


def _choice(column: Column, written: str) -> str:
    for stored, zh, en in column.choices:
        if normal(written) in (normal(stored), normal(zh), normal(en)):
            return stored
    known = "、".join(zh for _, zh, _ in column.choices)
    raise values.Unreadable(f"“{written}” 不在可选值内 / is not a choice", f"可选: {known} / choose one")


def _check(sheet: Sheet, row: Row, wrong: Wrong) -> None:
    """What a parsed value may be."""
    for column in sheet.columns:
        value = row.values.get(column.key)
        if value is None:
            continue
        if column.key in ("capacity", "amount") and value.value < 0:
            wrong(column, value.value, "不能小于 0 / must not be below 0", "不清楚就留空 / leave it blank where unknown")
        if column.key == "yield" and not 0 < value <= 1:
            wrong(column, value, "成品率应在 0 到 1 之间 / must lie above 0 and not above 1", "如 0.82 或 82% / 0.82 or 82%")
        if column.key == "share" and not 0 <= value <= 100:
            wrong(column, value, "持股应在 0 到 100 之间 / must lie between 0 and 100", "填百分数 / a percentage")
        if column.key == "coefficient" and value <= 0:
            wrong(column, value, "单耗须大于 0 / must be above 0", "不清楚就留空 / leave it blank where unknown")
        if column.key == "authority" and value not in range(10):
            wrong(column, value, "权威级别应为 0–9 的整数 / a whole number from 0 to 9", "9 法规 … 3 媒体 … 0 只列示")
        if column.key == "audience" and value not in AUDIENCES:
            wrong(column, value, "受众不对 / unknown audience", " / ".join(AUDIENCES))
        _unit(sheet, column, row, wrong)


def _unit(sheet: Sheet, column: Column, row: Row, wrong: Wrong) -> None:
    """A capacity's unit must be one that is known; an indicator may be counted in anything."""
    value = row.values[column.key]
    written = value.unit if column.kind == "quantity" else value if column.key == "unit" else ""
    if not written or sheet.key in ("indicators", "goals"):
        return
    try:
        units.known(str(written))
    except units.UnknownUnit as error:
        wrong(column, written, error.message, error.cure)
