"""Workbooks that people fill in: the template, and rows written back so that they load again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph import files
from loaders.rows import EXAMPLES, Row
from loaders.sheets import SHEETS, Column, Sheet
from loaders.values import Quantity

CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same input gives the same bytes."""
BLANK_ROWS = 500
"""How far drop-downs reach below the header."""
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def template(path: Path, nodes: Sequence[Row] = (), all_sheets: bool = False, lang: str = "zh") -> None:
    """A workbook to fill in: three sheets, or all; 环节 prefilled from ``nodes``."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _SAFE) as book:
        book.set_properties({"created": CREATED})
        for sheet in SHEETS:
            if all_sheets or sheet.short:
                _template_sheet(book, sheet, nodes)
        _notes(book, lang)
    files.write_bytes(path, buffer.getvalue())


def _template_sheet(book: Any, sheet: Sheet, nodes: Sequence[Row]) -> None:
    page = book.add_worksheet(sheet.zh)
    _header(book, page, sheet.columns, True)
    prefilled = [written(row) for row in nodes] if sheet.key == "nodes" else []
    if prefilled:
        _rows(page, sheet.columns, prefilled)
    else:
        _example(book, page, sheet)
    _drop_downs(page, sheet, sorted({str(row.values["node"]) for row in nodes}))


def _header(book: Any, page: Any, columns: Sequence[Column], both: bool) -> None:
    """中文 over English; what must be filled in is darker."""
    for number, column in enumerate(columns):
        style = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1,
                                 "bg_color": "#F4B183" if column.required else "#DDEBF7"})
        page.write_string(0, number, f"{column.zh}\n{column.en}" if both else column.zh, style)
        page.set_column(number, number, max(10, min(28, 2 * len(column.zh) + 2)))
        note = " / ".join(n for n in (column.note_zh, column.note_en) if n)
        if note and both:
            page.write_comment(0, number, note)
    page.freeze_panes(1, 0)


def _example(book: Any, page: Any, sheet: Sheet) -> None:
    style = book.add_format({"italic": True, "font_color": "#7F7F7F"})
    for number, column in enumerate(sheet.columns):
        if column.example or number == 0:
            page.write_string(1, number, f"{EXAMPLES[0]}: {column.example}" if number == 0 else column.example, style)


def _drop_downs(page: Any, sheet: Sheet, nodes: Sequence[str]) -> None:
    for number, column in enumerate(sheet.columns):
        choices = [zh for _, zh, _ in column.choices] or (["是", "否"] if column.kind == "flag" else [])
        if column.kind == "node" and sheet.key != "nodes" and nodes:
            choices = list(nodes)
        if choices and len(",".join(choices)) <= 255:  # Excel's own limit for a list in place
            page.data_validation(1, number, BLANK_ROWS, number, {
                "validate": "list", "source": choices, "ignore_blank": True, "error_type": "warning"})
        elif choices:
            page.data_validation(1, number, BLANK_ROWS, number, {
                "validate": "list", "source": "='产业链全景视图(环节)'!$B$2:$B$500", "error_type": "warning"})


def _notes(book: Any, lang: str) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 100)
    zh = ["橙色表头必填, 其余可空; 空白就是未知, 不是零。", "第一格以 “示例” 开头的行不导入。",
          "日期可写 2023-06-30, 2023年6月, 2023Q2, 2023年底; 时期按最后一天。",
          "产能可带单位: 5万吨/年, 8GW, 3×800t/d。", "表式由多地公开文书综合而成, 不是任何一地的原表。"]
    en = ["Orange headers are required, all else may be blank; blank is unknown, not zero.",
          "A row whose first cell begins with 示例 is not loaded.",
          "Days: 2023-06-30, 2023年6月, 2023Q2, 2023年底; a period is read as its last day.",
          "Capacities may carry their unit: 5万吨/年, 8GW, 3×800t/d.",
          "The forms are composed from published instruments of several places; they are no city's own."]
    for number, line in enumerate(zh + en if lang == "zh" else en + zh):
        page.write_string(number, 0, line)


def write_sheets(path: Path, sheets: Mapping[Sheet, Sequence[Mapping[str, str]]]) -> None:
    """Rows by sheet (header → cell text) as a workbook, or as a folder of CSV where ``path`` has no suffix."""
    if path.suffix:
        files.write_bytes(path, _workbook(sheets))
        return
    for sheet, rows in sheets.items():
        files.write_text(path / f"{sheet.zh}.csv", _csv(sheet, rows))


def _workbook(sheets: Mapping[Sheet, Sequence[Mapping[str, str]]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _SAFE) as book:
        book.set_properties({"created": CREATED})
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet.zh)
            columns = _used(sheet, rows)
            _header(book, page, columns, False)
            _rows(page, columns, rows)
            page.autofilter(0, 0, max(1, len(rows)), max(0, len(columns) - 1))
    return buffer.getvalue()


def _rows(page: Any, columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            if row.get(column.zh):
                page.write_string(number, place, row[column.zh])


def _used(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> list[Column]:
    return [c for c in sheet.columns if c.required or any(row.get(c.zh) for row in rows)]


def _csv(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO()
    columns = [c.zh for c in _used(sheet, rows)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(c, "") for c in columns] for row in rows)
    return out.getvalue()


def written(row: Row) -> dict[str, str]:
    """A row's cells as text that reads back to the same values, by header."""
    return {column.zh: _text(column, row.texts.get(column.key, ""), row.values[column.key])
            for column in row.sheet.columns if column.key in row.values}


def _text(column: Column, wording: str, value: Any) -> str:
    if wording and column.kind == "day":
        return wording
    if isinstance(value, Quantity):
        return value.text or f"{value.value:.15g}{value.unit}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, tuple):
        return "、".join(value)
    if column.kind == "choice":
        return next((zh for stored, zh, _ in column.choices if stored == value), str(value))
    return value.isoformat() if isinstance(value, date) else str(value)
