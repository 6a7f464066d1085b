"""The list of open names as a workbook that people fill in and load back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph import files
from loaders.decisions import COLUMNS, SAYS, SHEET
from loaders.review import Case
from loaders.template import Book, printable, put, width

_HOW = (
    ("在“决定”列选: 同一 (名称就是这个候选)、不同 (是两家企业)、单独 (这个名称自成一家, 候选可空); 未定就留空。",
     "In Decision choose: same (the name is this candidate), different (two firms), alone (a firm by itself); blank leaves it open."),
    ("填好后: liantu load 文件.xlsx。决定作为材料保存, liantu withdraw 可撤回。",
     "When filled in: liantu load FILE.xlsx. Decisions are kept as material; liantu withdraw takes them back."),
)
"""Two lines under 说明 / Notes."""


def rows(cases: Sequence[Case]) -> list[dict[str, str | int | float]]:
    """A row for each candidate, by the keys of COLUMNS; what people fill in is blank."""
    return [{"name": case.name, "cells": "; ".join(case.cells[:3]) + (f" … {len(case.cells)}" if len(case.cells) > 3 else ""),
             "facts": case.facts, "candidate": one.name, "code": one.code, "score": one.score, "basis": one.why, "say": "", "by": "", "why": ""}
            for case in cases for one in case.candidates]


def titled(cases: Sequence[Case], lang: str = "zh", blanks: bool = True) -> list[dict[str, str | int | float]]:
    """The same rows under the headers of a language, with or without what people fill in."""
    side = 1 if lang == "en" else 0
    return [{COLUMNS[key][side]: value for key, value in row.items() if blanks or key not in ("say", "by", "why")}
            for row in rows(cases)]


def write(path: Path, cases: Sequence[Case], lang: str = "zh") -> None:
    """The workbook: 决定 is a drop-down, codes are text. LiantuError where it cannot be written."""
    side = 1 if lang == "en" else 0
    with Book() as book:
        page = book.page(SHEET[side])
        filled = rows(cases)
        for place, (key, both) in enumerate(COLUMNS.items()):
            page.write_string(0, place, both[side], book.head[key == "say"])
            texts = [printable(str(row[key])) for row in filled]
            page.set_column(place, place, max(9, min(40, 2 + max(map(width, (both[side], *texts))))), book.text)
            for number, cell in enumerate(texts, start=1):
                if cell:
                    put(page, number, place, cell, key in ("facts", "score"), book.text)
            if key == "say" and filled:
                page.data_validation(1, place, len(filled), place, {"validate": "list", "source": [s[side] for s in SAYS.values()]})
        page.autofilter(0, 0, max(1, len(filled)), len(COLUMNS) - 1)
        notes = book.page("说明")
        notes.set_column(0, 0, 120)
        for number, (zh, en) in enumerate(_HOW):
            notes.write_string(number, 0, f"{en} / {zh}" if side else f"{zh} / {en}")
    files.write_bytes(path, book.content)
