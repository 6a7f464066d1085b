"""Grids as CSV and as a workbook: strings as strings, the same input the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph import files
from graph.inert import inert
from reports.grids import Cell, Column, Grid, grid

CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same input gives the same bytes."""
FILLS = {
    "unknown": ("#ECEEF1", "#4D555E"), "broken": ("#FDE7EA", "#A30D25"), "missing": ("#FDE7EA", "#A30D25"),
    "extension": ("#F3ECFB", "#45216F"), "absent": ("#FBFCFD", "#3F4C5A"), "weak": ("#FFF1CF", "#4A2B00"),
    "short": ("#FFF1CF", "#4A2B00"), "balanced": ("#E6F4EA", "#0F3D22"), "surplus": ("#D5EFE9", "#07403C"),
    "present": ("#E6F4EA", "#0F3D22"),
}
FORMATS = {"percent": {"num_format": "0 %"}, "day": {"num_format": "yyyy-mm-dd"}}


def csv_text(answer: Any, lang: str = "zh") -> str:
    """Header and rows; a blank is unknown. Whoever writes the file for Excel puts a BOM before it."""
    out, drawn = io.StringIO(), grid(answer, lang)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(drawn.header(lang))
    writer.writerows([_csv_cell(cell) for cell in row] for row in drawn.rows)
    return out.getvalue()


def xlsx(answer: Any, path: Path, lang: str = "zh") -> None:
    """One sheet, A3 landscape, its header repeated on every page; written whole or not at all."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": CREATED})
        _page(book, grid(answer, lang), lang)
    files.write_bytes(path, buffer.getvalue())


def _csv_cell(cell: Cell) -> str:
    """As CSV text; what begins like a formula is made text."""
    if isinstance(cell, str):
        return inert(cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else f"{cell:.10g}"


def _page(book: Any, drawn: Grid, lang: str) -> None:
    page = book.add_worksheet(drawn.name)
    base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFC5CC"}
    top = book.add_format({**base, "bold": True, "bg_color": "#DDEBF7"})
    styles = {kind: book.add_format({**base, **more}) for kind, more in {**FORMATS, "": {}}.items()}
    colours = {name: book.add_format({**base, "bold": True, "bg_color": ground, "font_color": ink})
               for name, (ground, ink) in FILLS.items()}
    for place, column in enumerate(drawn.columns):
        page.write_string(0, place, column.title(lang), top)
        page.set_column(place, place, column.wide)
    for number, row in enumerate(drawn.rows):
        for place, (column, cell) in enumerate(zip(drawn.columns, row, strict=True)):
            style = styles.get(_kind(column, cell), styles[""])
            coloured = colours.get(drawn.verdicts[number], style) if place == drawn.coloured else style
            _write(page, number + 1, place, cell, coloured)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(drawn.rows)), len(drawn.columns) - 1)
    _paper(page, drawn)


def _kind(column: Column, cell: Cell) -> str:
    return "day" if isinstance(cell, date) else column.kind


def _paper(page: Any, drawn: Grid) -> None:
    page.set_paper(8)  # A3
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header("&L" + drawn.title[:200].replace("&", "&&"))  # Excel takes 255 characters; & begins a code
    page.set_footer("&R&P / &N")
    for number, line in enumerate([drawn.title, *drawn.notes], start=len(drawn.rows) + 2):
        page.write_string(number, 0, line)


def _write(page: Any, number: int, place: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(number, place, None, style)
    elif isinstance(cell, str):
        page.write_string(number, place, cell[:32767], style)  # Excel's own limit for a cell
    elif isinstance(cell, date):
        page.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), style)
    else:
        page.write_number(number, place, float(f"{cell:.12g}"), style)  # 529.32 and not 529.3199999999999
