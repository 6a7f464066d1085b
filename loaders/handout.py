"""The workbook that hands questions to the districts: a list to read, how to fill in, then sheets whose blanks are the answers.

Its rows are facts with blanks (``analysis.supposing.Blank``, as plain dictionaries). A row loads once one of the cells
that its 请填 names is filled in; what stays blank says nothing and is never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph import files
from graph.model import AUDIENCES
from loaders.rows import ASKED, HANDOUT
from loaders.sheets import SHEET, Column, Sheet
from loaders.template import Book, figure, header, listed, notes, printable, put, validation, width

Questions = tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[str]]
"""Header, rows and foot of the list of questions."""

ROWS = {"CLAIMS": ("claims", "claimant", "node"), "MAKES": ("firms", "firm", "node"), "REPORTS": ("reports", "region", "node"),
        "FEEDS": ("feeds", "upstream", "downstream"), "SURVEYS": ("surveys", "region", "chain")}
"""Sheet of each edge, with the columns of its start and its end."""

ORDER = ("nodes", "claims", "surveys", "firms", "reports", "feeds")
HOW = (
    ("只填黄色的格; 每行的“请填”说明问的是哪几格。不知道就留空: 一格未填的行不导入, 空白不是零; 确实没有的, 数值填 0。",
     "Fill in the yellow cells only; 请填 names the cells a row asks for. Leave blank what is not known: a row with none "
     "of them filled is not loaded, and a blank is no zero. Where there is none, write 0."),
    ("数字填已建成的产能, 不含在建; 可带单位 (5万吨/年)。日期填数字所属的那一天, 不是填表日期。",
     "Figures are what is built, not what is being built, and may carry a unit (5万吨/年). The day is the day the figure "
     "is of, not the day of typing."),
    ("有几家企业就加几行。新加的行“请填”留空, 照常导入。", "Add a row for each further firm. In added rows leave 请填 blank; they load as usual."),
    ("填好后: liantu check 文件.xlsx, 再 liantu load 文件.xlsx。", "When filled in: liantu check FILE.xlsx, then liantu load FILE.xlsx."),
)
_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")


def hand_out(path: Path, questions: Questions, blanks: Sequence[tuple[int, Mapping[str, Any]]], region: str, audience: str,
             lang: str) -> None:
    """Write the workbook; ``blanks`` with the number of the question that each answers, ``region`` the workspace's.

    LiantuError where it cannot be written.
    """
    how = (*HOW, *_strict(audience))
    rows: dict[str, list[tuple[int, dict[str, str], list[Column]]]] = {}
    for number, blank in blanks:
        sheet, cells, asked = _row(blank, region)
        rows.setdefault(sheet.key, []).append((number, cells, asked))
    shown = [SHEET[key] for key in ORDER if key in rows]
    with Book() as book:
        _list(book, questions, how, lang)
        notes(book, how, shown, lang)
        for sheet in shown:
            _sheet(book, sheet, rows[sheet.key], lang)
    files.write_bytes(path, book.content)


def _strict(audience: str) -> tuple[tuple[str, str], ...]:
    """A sheet that shows stricter facts is loaded for the same eyes."""
    if audience == AUDIENCES[0]:
        return ()
    return ((f"本表受众 {audience}: 导入时加 --audience {audience}", f"for {audience} only: load it with --audience {audience}"),)


def _row(blank: Mapping[str, Any], region: str) -> tuple[Sheet, dict[str, str], list[Column]]:
    """Sheet, cells by column key, and the columns asked for. What the workspace's region finds stands on the 环节 sheet;
    only there may it say 有."""
    key, start, end = ROWS[blank["edge"]]
    if blank["edge"] == "CLAIMS" and blank["start"] == region:
        key, start = "nodes", ""
    sheet, known = SHEET[key], {name: value for name, value in blank["known"] if value not in (None, "")}
    named = {_name(column, blank["edge"]): column for column in sheet.columns}
    cells = {named[name].key: _text(named[name], value) for name, value in known.items() if name in named}
    cells |= {start: blank["name"] if start == "firm" else blank["start"]} if start else {}
    cells |= {"survey_region": region} if key == "nodes" else {}  # so that another city cannot take it for its own word
    cells[end] = blank["end"]
    if start == "firm" and _CODE.fullmatch(blank["start"]):
        cells["credit_code"] = blank["start"]
    asked = [named[name] for name in blank["asked"]]
    return sheet, {k: v for k, v in cells.items() if v}, asked


def _name(column: Column, edge: str) -> str:
    """The property of the edge that a column becomes, else its key."""
    owner, _, name = column.prop.partition(".")
    return name if owner == edge else column.key


def _text(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return figure(value)
    return {stored: zh for stored, zh, _ in column.choices}.get(value, str(value))


def _list(book: Book, questions: Questions, how: Sequence[tuple[str, str]], lang: str) -> None:
    """The questions in their order, what is known and what the answers change: read by people, skipped by a load."""
    titles, rows, foot = questions
    listed(book, HANDOUT[lang == "en"], titles, rows, [*foot, *((en if lang == "en" else zh) for zh, en in how)])


def _sheet(book: Book, sheet: Sheet, rows: Sequence[tuple[int, Mapping[str, str], Sequence[Column]]], lang: str) -> None:
    """序号 and 请填, then the columns that any row knows or asks for; what is asked for is yellow."""
    used = {key for _, cells, asked in rows for key in (*cells, *(c.key for c in asked))}
    columns = [c for c in sheet.columns if c.required or c.key in used]
    page = book.page(sheet.zh)
    yellow = {plain: book.book.add_format({"bg_color": "#FFF2CC", "border": 1} | ({} if plain else {"num_format": "@"}))
              for plain in (True, False)}
    titles = [f"{ASKED[0]}\n{ASKED[1]}", *map(header, columns)]
    page.write_string(0, 0, "序号", book.head[False])
    for place, title in enumerate(titles, start=1):
        page.write_string(0, place, title, book.head[False if place == 1 else columns[place - 2].required])
    for number, (question, cells, asked) in enumerate(rows, start=1):
        page.write_number(number, 0, question)
        page.write_string(number, 1, "、".join(c.zh for c in asked), book.grey)
        for place, column in enumerate(columns, start=2):
            plain = column.kind in ("number", "quantity")
            style = yellow[plain] if column in asked else None if plain else book.text
            if cell := printable(cells.get(column.key, "")):
                put(page, number, place, cell, plain, style)
            elif column in asked:
                page.write_blank(number, place, None, style)
    _dress(page, sheet, columns, [[t, *(c.get(k.key, "") for _, c, _ in rows)] for t, k in zip(titles[1:], columns, strict=True)],
           len(rows), lang)


def _dress(page: Any, sheet: Sheet, columns: Sequence[Column], texts: Sequence[Sequence[str]], count: int, lang: str) -> None:
    """Widths, drop-downs and the columns' own notes."""
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 20)
    for place, (column, text) in enumerate(zip(columns, texts, strict=True), start=2):
        page.set_column(place, place, max(9, min(30, 2 + max(width(line) for t in text for line in t.split("\n")))))
        if column.kind not in ("node", "nodes"):
            page.data_validation(1, place, count + 200, place, validation(sheet, column, False, lang))
    page.autofilter(0, 0, max(1, count), len(columns) + 1)
