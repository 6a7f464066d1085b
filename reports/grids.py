"""Every answer as a grid: titled columns in both languages and rows of cells. Terminal, CSV and workbook draw from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from analysis.answers import Claims
from analysis.parts import Source
from reports import words
from reports.words import say

Cell = str | float | date | None
"""Numbers are numbers; None is unknown."""


@dataclass(frozen=True, slots=True)
class Column:
    """``kind``: text, number, percent (a share, 1 is 100 %) or day. ``wide`` is its width in a workbook."""

    zh: str
    en: str
    kind: str = "text"
    wide: int = 12

    def title(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Grid:
    """``name`` is the sheet's; ``title`` states region, days and audience; ``notes`` are the foot.

    ``verdicts`` colours the rows whose verdict stands in ``coloured`` (the place of a column).
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    coloured: int = -1

    def header(self, lang: str) -> list[str]:
        return [column.title(lang) for column in self.columns]


def C(zh: str, en: str, kind: str = "text", wide: int = 12) -> Column:
    return Column(zh, en, kind, wide)


CLAIM_COLUMNS = (
    C("声明者", "Claimant"), C("环节", "Chain node", wide=16), C("声明", "Says"), C("范围", "Scope"), C("日期", "Day", "day"),
    C("获知日", "Known from", "day"), C("依据", "Evidence"), C("来源", "Source", wide=44))


def claims(answer: Claims, lang: str) -> Grid:
    sources = {source.id: source for source in answer.sources}
    rows = tuple((c.claimant, c.node, words.says(c.says, lang), c.scope, c.day, c.known_from,
                  words.evidence(c.evidence, lang), cited(sources.get(c.source), c.source, lang)) for c in answer.rows)
    return Grid(say("claims", lang), heading(answer, answer.chain or say("all_chains", lang), lang), CLAIM_COLUMNS, rows)


def notes(given: Sequence[tuple[str, str]], lang: str) -> tuple[str, ...]:
    """The side of the language of each (中文, English)."""
    return tuple(note[words.side(lang)] for note in given)


def heading(answer: Any, title: str, lang: str) -> str:
    """Every output states its region, its days and its audience."""
    known = f"known by {answer.known_by}" if lang == "en" else f"据 {answer.known_by} 所知"
    return f"{answer.region} · {title} · {say('as_of', lang)} {answer.as_of} · {known} · {say('audience', lang)} {answer.audience}"


def cited(source: Source | None, id: str, lang: str) -> str:
    """Title, outlet and day; the id where the source is not among the answer's."""
    if source is None:
        return id
    day = source.published.isoformat() if source.published else say("undated", lang)
    return f"{source.title}, {source.publisher or say('outlet', lang)}, {day}"


GRIDS: dict[str, str] = {
    "gaps": "grids_gaps.gaps", "everything": "grids_everything.everything", "claims": "grids.claims",
    "prospect": "grids_prospect.prospect", "slips": "grids_prospect.slips",
    "whatif": "grids_whatif.whatif", "history": "grids_history.history", "diff": "grids_history.diff", "ask": "grids_ask.ask",
    "targets": "grids_targets.targets", "check": "grids_check.checked",
    "suitability": "grids_suitability.suitability", "instruments": "grids_suitability.instruments",
    "compare": "grids_compare.compare", "brief": "grids_brief.brief",
    "introduce": "grids_introduce.introduce",
    "adjacent": "grids_adjacent.adjacent",
}
"""Module and function in this room, by the question of the answer: only what is asked for is imported."""
NARROW: dict[str, str] = {
    "prospect": "grids_prospect.narrow_prospect", "slips": "grids_prospect.narrow_slips", "whatif": "grids_whatif.narrow",
    "history": "grids_history.narrowed", "diff": "grids_history.narrowed", "everything": "grids_everything.narrowed",
    "targets": "grids_targets.narrow", "ask": "grids_ask.short", "suitability": "grids_suitability.narrow",
    "compare": "grids_compare.narrow",
    "introduce": "grids_introduce.narrow",
    "adjacent": "grids_adjacent.narrow",
}
"""The same for a terminal, where an answer has more columns than it can show."""


def grid(answer: Any, lang: str, narrow: bool = False) -> Grid:
    module, function = ({**GRIDS, **NARROW} if narrow else GRIDS)[answer.question].split(".")
    made: Grid = getattr(import_module(f"reports.{module}"), function)(answer, lang)
    return made
