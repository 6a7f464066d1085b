"""Sheets as offices make them: real merged cells, titles, totals, footnotes. All names and figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from loaders.flags import flags
from loaders.mapping import NONE, Own
from loaders.readers import read
from loaders.rows import Reading, reading

FIRMS = "产业链重点企业表"
HEADER = ["企业名称", "环节", "产能", "单位"]
ONE, TWO = ["造名甲公司", "硅片", 46, "GW"], ["造名乙公司", "电池", 8, "GW"]


def merged_book(path: Path, rows: Sequence[Sequence[Any]], *merged: str, sheet: str = FIRMS) -> Path:
    """A workbook of one sheet with cells merged as 'A1:D1'; None is an empty cell."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            if cell is not None:
                page.cell(number, place, cell)
    for ranged in merged:
        page.merge_cells(ranged)
    book.save(path)
    return path


def understood(path: Path, own: Own = NONE) -> Reading:
    """The one sheet of a file as it was understood."""
    table, = read(path, own)
    return reading(table, own)


def sheet(folder: Path, rows: Sequence[Sequence[Any]], *merged: str, name: str = FIRMS, own: Own = NONE) -> Reading:
    return understood(merged_book(folder / "材料.xlsx", rows, *merged, sheet=name), own)


def values(found: Reading) -> list[dict[str, Any]]:
    """What the rows say; a test that asks so wants no problem."""
    assert found.problems == (), found.problems
    return [row.values for row in found.rows]


def columns(found: Reading) -> dict[str, str]:
    """Header → the key of our column, or how it was taken."""
    return {one.header: one.column.key if one.column else one.how for one in found.columns}


def passed(found: Reading) -> list[tuple[int, str]]:
    return [(one.number, one.kind) for one in found.passed]


def flagged(found: Reading) -> str:
    return "\n".join(flags(found))
