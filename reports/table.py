"""Answers on a terminal: rich tables and lines of explanation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.answers import Claim, Claims, GapRow, Gaps, PipelineItem
from analysis.words import GAP_VERDICTS
from reports import following, words
from reports.grids import Cell, cited, grid, heading
from reports.words import say

STYLES = {
    "unknown": "bright_black", "broken": "bold red", "missing": "bold red", "extension": "magenta",
    "absent": "", "weak": "yellow", "short": "yellow", "balanced": "green", "surplus": "cyan", "present": "green",
}
GAP_COLUMNS = ("node", "verdict", "flags", "supply", "demand", "coverage", "pipeline", "goal")
CLAIM_COLUMNS = ("claimant", "node", "says", "scope", "day", "evidence", "source")


def gaps(answer: Gaps, lang: str = "zh") -> RenderableType:
    """空白点 first, then the others in the order of the verdicts; the notes at the foot."""
    table = _table(GAP_COLUMNS, lang)
    for row in words.sorted_rows(answer.rows):
        style = STYLES.get(row.verdict, "")
        table.add_row(_safe(row.node, style), _safe(words.verdict(row, lang), style), *map(_safe, _cells(row, lang)))
    count = sum(row.verdict in GAP_VERDICTS for row in answer.rows)
    unseen = sum(row.verdict == "unknown" for row in answer.rows)
    found = f"{len(answer.rows)} nodes, {count} gaps, {unseen} nobody has looked at" if lang == "en" else \
        f"{len(answer.rows)} 个环节, {count} 个空白点, {unseen} 个待核"
    arrow = [say("arrow", lang)] if any(p.would_cover for row in answer.rows for p in row.pipeline) else []
    foot = [found, *arrow, *(note[words.side(lang)] for note in answer.notes),
            *following.risks(words.sorted_rows(answer.rows), lang), *following.chain(answer.figures, lang)]
    return Group(_safe(heading(answer, f"{answer.chain} {say('missing', lang)}", lang), "bold"), table,
                 *(_safe(f"· {line}") for line in foot))


def claims(answer: Claims, lang: str = "zh") -> RenderableType:
    """One line a claim, with what the evidence says of it."""
    table = _table(CLAIM_COLUMNS, lang)
    sources = {source.id: source for source in answer.sources}
    for row in answer.rows:
        table.add_row(*map(_safe, (row.claimant, row.node, words.says(row.says, lang), row.scope, row.day.isoformat(),
                                   words.evidence(row.evidence, lang), cited(sources.get(row.source), row.source, lang))))
    title = f"{answer.chain or say('all_chains', lang)} {say('unbacked', lang)}"
    none = "no claim of filled or complete that lacks evidence" if lang == "en" else "没有缺少依据的填补、完整声明"
    return Group(_safe(heading(answer, title, lang), "bold"), table if answer.rows else _safe(none))


def drawn(answer: Any, lang: str = "zh") -> RenderableType:
    """Any answer by its grid; the notes at the foot."""
    shown = grid(answer, lang, narrow=True)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for title in shown.header(lang):
        table.add_column(title, overflow="fold")
    for row in shown.rows:
        table.add_row(*(_safe(written(cell, column.kind)) for cell, column in zip(row, shown.columns, strict=True)))
    return Group(_safe(shown.title, "bold"), table, *(_safe(f"· {line}") for line in shown.notes))


def written(cell: Cell, kind: str) -> str:
    """A cell as words; '—' where it is unknown or blank."""
    if cell is None or cell == "":
        return words.NONE
    if isinstance(cell, str):
        return cell
    return cell.isoformat() if isinstance(cell, date) else words.percent(cell) if kind == "percent" else words.number(cell)


def explain(row: GapRow, answer: Gaps, lang: str = "zh") -> str:
    """Why a row says what it says: verdict, flags, figures, derivation, claims, projects, sources."""
    lines = [heading(answer, f"{row.chain} / {row.node}", lang), "",
             f"{say('verdict', lang)}  {words.verdict(row, lang)}",
             f"{say('flags', lang)}  {words.flags(row, lang) or words.NONE}",
             f"{say('supply', lang)}  {words.amount(row.supply, lang)}"
             + (f" ({say('own', lang)} {words.amount(row.own, lang)})" if row.own != row.supply else ""),
             f"{say('demand', lang)}  {words.demand(row.demand, lang)}",
             f"{say('coverage', lang)}  {words.ratio(row.coverage)}", f"{say('goal', lang)}  {words.goal(row.goal, lang)}"]
    lines += following.lines(row, lang)
    if row.leaves:
        lines.append(f"{say('leaves', lang)}  {words.amount(row.leaves, lang)}")
    if row.nearby:
        lines.append(f"{say('nearby', lang)}  {row.nearby}")
    steps = [f"{number}. {(step.en if lang == 'en' else step.zh)}" + (f"  [{', '.join(step.sources)}]" if step.sources else "")
             for number, step in enumerate(row.derivation, start=1)]
    parts = {"derivation": steps, "claims": [_claim(c, lang) for c in row.claims],
             "pipeline": [line for item in row.pipeline for line in _project(item, lang)],
             "sources": [f"{s.id}  {cited(s, s.id, lang)}" for s in row.sources]}
    for key, found in parts.items():
        lines += ["", say(key, lang), *(f"  {line}" for line in found)] if found else []
    return _printable("\n".join(lines))


def _table(columns: tuple[str, ...], lang: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for key in columns:
        # a name or a verdict broken over two lines is hard to find again
        table.add_column(say(key, lang), overflow="fold", no_wrap=key in ("node", "verdict"),
                         min_width=11 if key == "goal" else None)
    return table


def _cells(row: GapRow, lang: str) -> tuple[str, ...]:
    return (words.flags(row, lang), words.amount(row.supply, lang), words.demand(row.demand, lang),
            words.ratio(row.coverage), words.projects(row.pipeline, lang), words.goal(row.goal, lang))


def _safe(text: str, style: str = "") -> Text:
    """Text and never markup: a firm may be called '[bold]'."""
    return Text(_printable(text), style=style)


def _printable(text: str) -> str:
    """Control characters could move the cursor, and marks of direction turn a line around."""
    return "".join(c for c in text if c.isprintable() or c in "\n\u3000")


def _claim(claim: Claim, lang: str) -> str:
    over = "" if claim.holds else f" ({say('withdrawn', lang)})"
    scope = f" ({claim.scope})" if claim.scope else ""
    # only who says that something is here must show it
    judged = "" if claim.says in ("none", "wanted") else f" — {words.evidence(claim.evidence, lang)}"
    return f"{claim.day} {claim.claimant}: {words.says(claim.says, lang)}{scope}{over}{judged}  [{claim.source}]"


def _project(item: PipelineItem, lang: str, indent: str = "") -> list[str]:
    lines = [indent + words.project(item, lang)]
    details = []
    if item.investors:
        details.append(f"{say('investors', lang)}: {words.comma(lang).join(item.investors)}")
    if item.yield_ is not None:
        details.append(f"{say('yield', lang)} {item.yield_:.4g}")
    if item.missing_permits:
        details.append(f"{say('permits', lang)}: {words.permits(item.missing_permits, lang)}")
    details += [words.slip(slip, lang) for slip in item.slips]
    lines += [f"{indent}  {detail}" for detail in details]
    return lines + [line for phase in item.phases for line in _project(phase, lang, indent + "    ")]


def _checked(answer: Any, lang: str) -> RenderableType:
    from reports import checked

    return checked.drawn(answer, lang)


TABLES: dict[str, Callable[[Any, str], RenderableType]] = {"gaps": gaps, "claims": claims, "check": _checked}
"""Answers that a terminal shows otherwise than by their grid."""


def shown(answer: Any, lang: str = "zh") -> RenderableType:
    return TABLES.get(answer.question, drawn)(answer, lang)
