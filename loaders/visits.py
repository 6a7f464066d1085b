"""目标企业和签约项目清单 as one workbook: lists to read, and one sheet whose edited rows load back.

The lists are left alone by a load. 产业链关联客户库 is the sheet of that name: a row for each target and team, with what is
known of the talks; contact stage, next step and who owns the contact (专班, 对接人) are edited there. A row without a team
states nothing but the firm's name, so nothing is made up by loading the workbook as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph import files
from graph.model import AUDIENCES
from loaders.for_people import LISTS
from loaders.reviewed import REMARK
from loaders.sheets import SHEET
from loaders.template import Book, header, listed, notes, printable, put, validation

List = tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[str]]
"""Header, rows and foot of a list."""

EDITED = ("team", "stage", "next_step", "person", "first", "last")
"""Keys of the columns that people fill in."""
KNOWN = ("firm", "node", "credit_code")
HOW = (
    ("只改黄色的格: 专班、接触阶段、下一步、对接人、首次对接、最近对接。改了接触阶段或下一步, 请把“最近对接”改为当天。其余各表只供阅读, 导入时略过。",
     "Edit the yellow cells only: team, stage, next step, person, first and last contact. Whoever changes the stage or the next step "
     "writes that day into 最近对接. The other sheets are for reading and are left alone by a load."),
    ("没有填专班的行不记对接, 也不算已接触; 填了接触阶段或下一步的行须填专班。",
     "A row without a team records no contact; it does not say that there was one. With a stage or a next step it needs a team."),
    ("改好后: liantu check 文件.xlsx, 再 liantu load 文件.xlsx。", "When edited: liantu check FILE.xlsx, then liantu load FILE.xlsx."),
)


def write(path: Path, lists: Mapping[str, List], contacts: Sequence[Mapping[str, str]], audience: str, lang: str = "zh") -> None:
    """The workbook. ``lists`` by the keys of ``for_people.LISTS``; ``contacts``: cells by column key of 产业链关联客户库, and ``remark``.

    LiantuError where it cannot be written.
    """
    how = (*HOW, (f"本表受众 {audience}; 对接一律只给 {AUDIENCES[-1]}", f"this workbook is for {audience}; contacts are for {AUDIENCES[-1]} only"))
    with Book() as book:
        for key, (titles, rows, foot) in lists.items():
            listed(book, LISTS[key][lang == "en"], titles, rows, foot)
        _contacts(book, contacts, lang)
        notes(book, how, [SHEET["contacts"]], lang)
    files.write_bytes(path, book.content)


def _contacts(book: Book, contacts: Sequence[Mapping[str, str]], lang: str) -> None:
    sheet = SHEET["contacts"]
    columns = [sheet.column(key) for key in (*KNOWN, *EDITED)]
    page, yellow = book.page(sheet.zh), book.book.add_format({"bg_color": "#FFF2CC", "border": 1, "num_format": "@"})
    for place, title in enumerate([*map(header, columns), f"{REMARK[0]}\n{REMARK[1]}"]):
        page.write_string(0, place, title, book.head[place < len(columns) and columns[place].required])
        page.set_column(place, place, 40 if place == len(columns) else 16, book.text)
    for number, row in enumerate(contacts, start=1):
        for place, column in enumerate(columns):
            style = yellow if column.key in EDITED else book.text
            if cell := printable(row.get(column.key, "")):
                put(page, number, place, cell, False, style)
            elif style is yellow:
                page.write_blank(number, place, None, yellow)
        put(page, number, len(columns), printable(row.get("remark", "")), False, book.grey)
    for place, column in enumerate(columns):
        if column.key in EDITED:
            page.data_validation(1, place, max(1, len(contacts)), place, validation(sheet, column, False, lang))
    page.autofilter(0, 0, max(1, len(contacts)), len(columns))
