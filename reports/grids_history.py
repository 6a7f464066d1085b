"""The history of a node and what changed in a chain, as grids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.causes import Cause
from analysis.changes import CHANGES, Change, Diff
from analysis.history import History, HistoryRow
from analysis.parts import Source
from analysis.words import FLAGS, STAGES, VERDICTS
from graph.model import ENDS
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

HISTORY_COLUMNS = (
    C("起", "From", "day"), C("止", "To", "day"), C("判定", "Verdict", wide=13), C("标记", "Flags", wide=20),
    C("供给", "Supply", "number"), C("供给单位", "Supply unit"), C("需求", "Demand", "number"), C("需求单位", "Demand unit"),
    C("供需比", "Ratio", "percent"), C("原因", "Cause", wide=60), C("来源", "Sources", wide=44))
DIFF_COLUMNS = (
    C("性质", "Nature", wide=14), C("变化", "Change", wide=14), C("对象", "Node or project", wide=20), C("环节", "Chain nodes", wide=16),
    C("之前", "Before", wide=16), C("之后", "After", wide=16), C("日期", "Day", "day"), C("原因", "Cause", wide=60),
    C("来源", "Sources", wide=44))
STAGE_WORDS = STAGES | {key: (zh, en) for key, zh, en in ENDS}
NATURE = (("变化", "changed"), ("只是后来才知道", "only learned"))
STAGED = ("new", "phase", "phased", "stage", "gone", "stalled", "resumed")
SIZE = {"": ("待核", "nobody has looked"), "?": ("产能待核", "size unknown")}


def history(answer: History, lang: str) -> Grid:
    sources = {s.id: s for s in answer.sources}
    began = (("起于 —: 有事实以来", "from —: as far back as anything is stated"),) if answer.rows and not answer.rows[0].day else ()
    return Grid("history" if lang == "en" else "沿革", heading(answer, f"{answer.chain} / {answer.node}", lang), HISTORY_COLUMNS,
                tuple(_span(row, sources, lang) for row in answer.rows), notes((*began, *answer.notes), lang),
                tuple(row.verdict for row in answer.rows), 2)


def _span(row: HistoryRow, sources: Mapping[str, Source], lang: str) -> tuple[Cell, ...]:
    supply, ratio, need = row.supply, row.coverage, row.demand
    return (row.day, row.until, _verdict(row.verdict, lang), words.comma(lang).join(words.named(FLAGS, f, lang) for f in row.flags),
            supply.value if supply else None, supply.unit if supply else "", need.used, need.unit,
            ratio.used if ratio else None, _why(row.causes, row.together, lang), _cited(row.causes, sources, lang))


def diff(answer: Diff, lang: str) -> Grid:
    sources = {s.id: s for s in answer.sources}
    title = f"{answer.chain} {answer.from_} → {answer.as_of}"
    return Grid("changes" if lang == "en" else "变化", heading(answer, title, lang), DIFF_COLUMNS,
                tuple(_change(row, sources, lang) for row in answer.rows), notes(answer.notes, lang))


def _change(row: Change, sources: Mapping[str, Source], lang: str) -> tuple[Cell, ...]:
    return (NATURE[row.learned][words.side(lang)], words.named(CHANGES, row.kind, lang), row.name,
            words.comma(lang).join(n for n in row.nodes if n != row.name), value(row.kind, row.before, lang),
            value(row.kind, row.after, lang), row.day, _why(row.causes, row.together, lang), _cited(row.causes, sources, lang))


def value(kind: str, key: str, lang: str) -> str:
    """What was so before or after a change of a kind, in words."""
    if kind in ("opened", "closed", "verdict"):
        return _verdict(key, lang) if key else ""
    if kind in ("supply", "size"):
        return words.named(SIZE, key, lang) if kind == "supply" or key else ""
    known = FLAGS if kind == "flag" else STAGE_WORDS if kind in STAGED else {}
    return words.permits(key.split("、"), lang) if kind == "permit" and key else words.named(known, key, lang)


def _verdict(key: str, lang: str) -> str:
    return f"{words.MARKS.get(key, '？')} {words.named(VERDICTS, key, lang)}"


def _why(causes: Sequence[Cause], together: bool, lang: str) -> str:
    """A line a cause; where no single one would undo the change, that is said first."""
    lines = [f"{c.day} {c.en if lang == 'en' else c.zh}" for c in causes]
    return "\n".join((["all of these together:" if lang == "en" else "以下各条合起来:"] if together else []) + lines)


def _cited(causes: Iterable[Cause], sources: Mapping[str, Source], lang: str) -> str:
    return "\n".join(dict.fromkeys(cited(sources.get(c.source), c.source, lang) for c in causes))


def narrowed(answer: History | Diff, lang: str) -> Grid:
    """The same rows for a terminal: value with unit, before with after, and the causes without their sources."""
    if isinstance(answer, History):
        told = history(answer, lang)
        return replace(told, columns=(*HISTORY_COLUMNS[:5], *HISTORY_COLUMNS[8:10]), rows=tuple(
            (*cells[:4], words.amount(row.supply, lang), *cells[8:10]) for row, cells in zip(answer.rows, told.rows, strict=True)))
    made = diff(answer, lang)
    return replace(made, columns=(*DIFF_COLUMNS[:3], C("之前 → 之后", "Before → after"), *DIFF_COLUMNS[6:8]), rows=tuple(
        (*cells[:3], f"{cells[4] or words.NONE} → {cells[5] or words.NONE}", *cells[6:8]) for cells in made.rows))
