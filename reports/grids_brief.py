"""A visit's brief as a grid: its lines, section by section."""

from __future__ import annotations

from analysis.brief import TITLE, Brief, cited, written
from reports import words
from reports.grids import C, Grid, heading, notes

COLUMNS = (C("部分", "Part", wide=14), C("内容", "What", wide=80), C("来源号", "Sources"))


def brief(answer: Brief, lang: str) -> Grid:
    rows = tuple((name, text, marks) for name, lines in written(answer, lang) for text, marks in lines)
    foot = tuple(f"[{number}] {source}" for number, source in enumerate(cited(answer, lang), 1))
    title = TITLE[words.side(lang)]
    return Grid(title, heading(answer, f"{answer.firm} {title}", lang), COLUMNS, rows, (*notes(answer.notes, lang), *foot))
