"""The answers of several days side by side: what stood when, and what changed in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from analysis.answers import GapRow, Gaps
from analysis.changes import Key, of_nodes
from analysis.changes import changes as compared
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
        found = compared(of_nodes(before.rows), of_nodes(after.rows))
        changed = [_change(row, [(key, kind) for key, kind in found if key[1] == row.node], before, lang)
                   for row in words.sorted_rows(after.rows)]
        lines += [f"  {line}" for line in changed if line]
        if not any(changed):
            lines.append("  nothing changed" if lang == "en" else "  没有变化")
    return "\n".join(lines)


def _cell(row: GapRow | None, lang: str) -> str:
    if row is None:
        return ""
    share = f" {row.coverage.used:.0%}" if row.coverage and row.coverage.used is not None else ""
    return words.verdict(row, lang) + share


def _change(new: GapRow, found: Sequence[tuple[Key, str]], before: Gaps, lang: str) -> str:
    verdicts = words.verdict(new, lang)
    old = next((row for row in before.rows if row.node == new.node), None)
    if old and any(key[2] == "verdict" for key, _ in found):
        verdicts = f"{words.verdict(old, lang)} → {verdicts}"
    elif not any(key[2] == "verdict" or kind == "flag" for key, kind in found):
        return ""
    changed = {key[2].removeprefix("flag ") for key, kind in found if kind == "flag"}
    marks = [f"+{words.named(FLAGS, f, lang)}" for f in new.flags if f in changed]
    marks += [f"-{words.named(FLAGS, f, lang)}" for f in (old.flags if old else ()) if f in changed - set(new.flags)]
    return f"{new.node}: {verdicts}" + (f"  ({', '.join(marks)})" if marks else "")
