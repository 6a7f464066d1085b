"""The answers of several days side by side: what stood when, and what changed in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from analysis.answers import GapRow, Gaps
from analysis.words import FLAGS
from reports import words


def table(answers: Sequence[Gaps], lang: str = "zh") -> RenderableType:
    """One row a node, one column a day: verdict and ratio."""
    about = f"{answers[0].region} {answers[0].chain}"
    title = f"{about}: verdict and ratio on three days" if lang == "en" else f"{about}: 三天的判定与供需比"
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title=Text(title))
    made.add_column(words.say("node", lang), no_wrap=True)
    for answer in answers:
        made.add_column(answer.as_of.isoformat(), overflow="fold")
    days = [{row.node: row for row in answer.rows} for answer in answers]
    for row in words.sorted_rows(answers[-1].rows):
        cells = [_cell(day.get(row.node), lang) for day in days]
        made.add_row(Text(row.node), *map(Text, cells))
    return made


def changes(answers: Sequence[Gaps], lang: str = "zh") -> str:
    """From each day to the next: the nodes whose verdict or flags are others now."""
    lines = []
    for before, after in pairwise(answers):
        lines += ["", f"{before.as_of} → {after.as_of}"]
        old = {row.node: row for row in before.rows}
        changed = [_change(old.get(row.node), row, lang) for row in words.sorted_rows(after.rows)]
        lines += [f"  {line}" for line in changed if line]
        if not any(changed):
            lines.append("  nothing changed" if lang == "en" else "  没有变化")
    return "\n".join(lines)


def _cell(row: GapRow | None, lang: str) -> str:
    if row is None:
        return ""
    share = f" {row.coverage.used:.0%}" if row.coverage and row.coverage.used is not None else ""
    return words.verdict(row, lang) + share


def _change(old: GapRow | None, new: GapRow, lang: str) -> str:
    if old and (old.verdict, old.flags) == (new.verdict, new.flags):
        return ""
    verdicts = words.verdict(new, lang)
    if old and old.verdict != new.verdict:
        verdicts = f"{words.verdict(old, lang)} → {verdicts}"
    flags = old.flags if old else ()
    marks = [f"+{words.named(FLAGS, f, lang)}" for f in new.flags if f not in flags]
    marks += [f"-{words.named(FLAGS, f, lang)}" for f in flags if f not in new.flags]
    return f"{new.node}: {verdicts}" + (f"  ({', '.join(marks)})" if marks else "")
