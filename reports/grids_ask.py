"""What to find out next as a grid: the question, whom it is put to, what is known, what its answer changes and why it comes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.finding_out import FindOut, Question, Shift, VerdictChange
from analysis.words import VERDICTS
from reports import following, words
from reports.grids import C, Cell, Grid, cited, heading, notes
from reports.words import NONE, named, percent, say

COLUMNS = (
    C("序号", "No.", "number", 6), C("问题", "Question", wide=44), C("问谁", "Ask", wide=12), C("产业链", "Chain", wide=14),
    C("环节", "Chain node", wide=14), C("类型", "Kind", wide=10), C("答案会改变的判定", "Verdicts that may change", wide=40),
    C("环节齐备率", "Completeness", wide=24), C("限产", "Output at risk", wide=20), C("排序依据", "Why this first", wide=34),
    C("目前所知", "Known now", wide=44), C("来源", "Sources", wide=44))
SHORT = {"序号", "问题", "问谁", "答案会改变的判定", "环节齐备率", "排序依据"}
KINDS = {
    "list": ("名单", "list"), "state": ("有无", "is it here"), "conflict": ("数据不一", "sources disagree"),
    "figure": ("合计", "sum"), "size": ("产能", "size"), "coefficient": ("单耗", "coefficient"),
}


def ask(answer: FindOut, lang: str) -> Grid:
    title = heading(answer, f"{answer.chain or say('all_chains', lang)} {'what to find out next' if lang == 'en' else '摸排清单'}", lang)
    return Grid("What to find out" if lang == "en" else "摸排清单", title, COLUMNS, tuple(_row(q, lang) for q in answer.rows),
                notes(answer.notes, lang))


def _row(q: Question, lang: str) -> tuple[Cell, ...]:
    side = words.side(lang)
    return (
        float(q.rank.place), (q.zh, q.en)[side], q.to, words.comma(lang).join(q.chains), q.node, named(KINDS, q.kind, lang),
        changes(q.changes, lang), "\n".join(_shift(s) for s in q.shifts), following.at_risk(q.at_risk, lang),
        why(q, lang), _few([(s.zh, s.en)[side] for s in q.known], lang),
        _few([cited(s, s.id, lang) for s in q.sources], lang))


def short(answer: FindOut, lang: str) -> Grid:
    """What a terminal has room for."""
    whole = ask(answer, lang)
    kept = [place for place, column in enumerate(COLUMNS) if column.zh in SHORT]
    return replace(whole, columns=tuple(COLUMNS[i] for i in kept), rows=tuple(tuple(row[i] for i in kept) for row in whole.rows))


def why(q: Question, lang: str) -> str:
    """The parts it was ranked by, in their order."""
    return " · ".join(part[1 + words.side(lang)] for part in q.rank.parts)


def changes(given: tuple[VerdictChange, ...], lang: str) -> str:
    """光伏玻璃 缺链 → 断链, a line each."""
    return _few([f"{c.node} {named(VERDICTS, c.now, lang)} → {'/'.join(named(VERDICTS, v, lang) for v in c.may)}" for c in given], lang)


def _few(lines: Sequence[str], lang: str, most: int = 6) -> str:
    """A line each; the rest as a number: JSON tells them all."""
    more = len(lines) - most
    last = [] if more <= 0 else [f"and {more} more" if lang == "en" else f"另 {more} 个"]
    return "\n".join([*lines[:most], *last])


def _shift(given: Shift) -> str:
    now = NONE if given.now is None else percent(given.now)
    return f"{given.chain} {now} → {percent(given.low)}–{percent(given.high)}"
