"""The review of an article: a workbook, or a folder of CSV, in the material's own sheets, with 复核 and 原句 on each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph import files
from graph.errors import LiantuError
from graph.inert import inert
from loaders.article.rows import Draft
from loaders.reviewed import CHOICES, REMARK, REVIEW, SENTENCE
from loaders.sheets import SHEET, Column, Sheet
from loaders.template import Book, header, notes, printable, put, validation, width

HOW = (
    ("本表由规则从文章中读出, 只是建议: 复核 填“采用”的行才导入, “不采用”与空白都不导入。",
     "Read from the article by rules, as proposals: only rows whose Review says accept are loaded; reject and blank are not."),
    ("原句 是该行的出处, 带行号; 提示 是要核的地方。缺的必填格 (多为环节、日期) 请补上; 不确定就不采用。",
     "Sentence is where a row comes from, with its lines; Remark is what to check. Fill in what is required and blank "
     "(mostly the chain node, the day); reject what you doubt."),
    ("“填补空白”等说法记在声明表: 是声明, 不是产能。项目将建的产能是新增产能, 不是企业产能。",
     "What is said (填补空白 …) stands in 声明表: a claim and no capacity. What a project will build is its added capacity, no firm's."),
    ("复核后: liantu check 本文件, 再 liantu load 本文件。", "When reviewed: liantu check FILE, then liantu load FILE."),
)
_LONGEST = 32767


def write_review(path: Path, drafts: Sequence[Draft], lang: str = "zh") -> None:
    """Write the rows of an article to ``path``: .xlsx, or a folder of CSV where it has no suffix. LiantuError where it cannot."""
    sheets: dict[str, list[Draft]] = {}
    for draft in drafts:
        sheets.setdefault(draft.sheet, []).append(draft)
    if not path.suffix:
        for key, rows in sheets.items():
            files.write_text(path / f"{SHEET[key].zh}.csv", _csv(SHEET[key], rows))
        return
    if path.suffix.lower() != ".xlsx":
        raise LiantuError(f"复核表是 .xlsx、文件夹或 .json, 不是 {path.name} / a review is .xlsx, a folder or .json",
                          "-o 复核.xlsx")
    with Book() as book:
        for key, rows in sheets.items():
            _sheet(book, SHEET[key], rows, lang)
        notes(book, HOW, [SHEET[key] for key in sheets], lang)
    files.write_bytes(path, book.content)


def _used(sheet: Sheet, rows: Sequence[Draft]) -> list[Column]:
    """The columns a row fills, those it must, and of milestones only what is told."""
    return [c for c in sheet.columns if c.required or c.key in sheet.one_of or any(c.key in d.cells for d in rows)]


def _csv(sheet: Sheet, rows: Sequence[Draft]) -> str:
    out, columns = io.StringIO(), _used(sheet, rows)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([REVIEW[0], *(c.zh for c in columns), REMARK[0], SENTENCE[0]])
    for draft in rows:
        cells = [printable(draft.cells.get(c.key, "")) for c in columns]
        writer.writerow(["采用" if draft.accepted else "", *cells, inert(printable(draft.remark)), inert(printable(draft.sentence))])
    return "\ufeff" + out.getvalue()


def _sheet(book: Book, sheet: Sheet, rows: Sequence[Draft], lang: str) -> None:
    """复核, the columns that are filled or must be, 提示, 原句; what must be filled in and is blank is yellow."""
    columns, page = _used(sheet, rows), book.page(sheet.zh)
    titles = ["\n".join(REVIEW), *map(header, columns), "\n".join(REMARK), "\n".join(SENTENCE)]
    for place, title in enumerate(titles):
        page.write_string(0, place, title, book.head[0 < place <= len(columns) and columns[place - 1].required])
    yellow = book.book.add_format({"bg_color": "#FFF2CC", "num_format": "@"})
    wrapped = book.book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for number, draft in enumerate(rows, 1):
        if draft.accepted:
            page.write_string(number, 0, CHOICES[0][1 if lang == "en" else 0], book.text)
        _cells(book, page, number, draft, columns, yellow)
        for place, words in ((len(titles) - 2, draft.remark), (len(titles) - 1, draft.sentence)):
            page.write_string(number, place, printable(words)[:_LONGEST], wrapped)
    _dress(page, sheet, columns, rows, lang)


def _cells(book: Book, page: Any, number: int, draft: Draft, columns: Sequence[Column], yellow: Any) -> None:
    for place, column in enumerate(columns, 1):
        plain = column.kind in ("number", "quantity")
        if cell := printable(draft.cells.get(column.key, "")):
            put(page, number, place, cell, plain, None if plain else book.text)
        elif column.required:
            page.write_blank(number, place, None, yellow)


def _dress(page: Any, sheet: Sheet, columns: Sequence[Column], rows: Sequence[Draft], lang: str) -> None:
    """The drop-down of 复核 and of the columns, widths, filter."""
    choices = [choice[1 if lang == "en" else 0] for choice in CHOICES]
    page.set_column(0, 0, 9)
    page.data_validation(1, 0, len(rows) + 200, 0, {"validate": "list", "source": choices, "error_type": "warning"})
    for place, column in enumerate(columns, 1):
        texts = [*header(column).split("\n"), *(d.cells.get(column.key, "") for d in rows)]
        page.set_column(place, place, max(9, min(34, 2 + max(map(width, texts)))))
        if column.kind not in ("node", "nodes"):
            page.data_validation(1, place, len(rows) + 200, place, validation(sheet, column, False, lang))
    page.set_column(len(columns) + 1, len(columns) + 1, 40)
    page.set_column(len(columns) + 2, len(columns) + 2, 70)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(rows)), len(columns) + 2)
