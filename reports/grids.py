"""Every answer as a grid: titled columns in both languages and rows of cells. Terminal, CSV and workbook draw from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.answers import Claims, GapRow, Gaps
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


GAP_COLUMNS = (
    C("产业链", "Chain"), C("环节", "Chain node", wide=16), C("判定", "Verdict", wide=13), C("标记", "Flags", wide=20),
    C("供给", "Supply", "number"), C("供给单位", "Supply unit"), C("需求", "Demand", "number"),
    C("需求下限", "Demand low", "number"), C("需求上限", "Demand high", "number"), C("需求单位", "Demand unit"),
    C("供需比", "Ratio", "percent"), C("供需比下限", "Ratio low", "percent"), C("供需比上限", "Ratio high", "percent"),
    C("在建/项目", "Projects", wide=44), C("目标", "Goal", "number"), C("目标单位", "Goal unit"), C("目标日期", "Goal due", "day"),
    C("外流", "Leaves"), C("邻近", "Nearby"), C("推导", "Derivation", wide=60), C("来源", "Sources", wide=44))
CLAIM_COLUMNS = (
    C("声明者", "Claimant"), C("环节", "Chain node", wide=16), C("声明", "Says"), C("范围", "Scope"), C("日期", "Day", "day"),
    C("获知日", "Known from", "day"), C("依据", "Evidence"), C("来源", "Source", wide=44))


def gaps(answer: Gaps, lang: str) -> Grid:
    rows = words.sorted_rows(answer.rows)
    return Grid(say("gaps", lang), heading(answer, answer.chain, lang), GAP_COLUMNS, tuple(_gap(row, lang) for row in rows),
                notes(answer.notes, lang), tuple(row.verdict for row in rows), 2)


def _gap(row: GapRow, lang: str) -> tuple[Cell, ...]:
    supply, ratio, goal, need = row.supply, row.coverage, row.goal, row.demand
    return (
        row.chain, row.node, words.verdict(row, lang), words.flags(row, lang), supply.value if supply else None,
        supply.unit if supply else "", need.used, need.low, need.high, need.unit, ratio.used if ratio else None,
        ratio.low if ratio else None, ratio.high if ratio else None,
        "\n".join(words.project(p, lang) for p in row.pipeline), goal.value if goal else None,
        goal.unit if goal else "", goal.due if goal else None, words.amount(row.leaves, lang) if row.leaves else "",
        row.nearby or "", "\n".join(s.en if lang == "en" else s.zh for s in row.derivation),
        "\n".join(cited(s, s.id, lang) for s in row.sources))


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


GRIDS: dict[str, Callable[[Any, str], Grid]] = {"gaps": gaps, "claims": claims}
"""By the question of the answer."""


def grid(answer: Any, lang: str) -> Grid:
    return GRIDS[answer.question](answer, lang)
