"""Rows and records that are no answer: what ``query`` fetched, what ``info`` counted, the ids of an explanation's facts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graph.inert import inert

if TYPE_CHECKING:
    from rich.console import RenderableType

    from analysis.answers import GapRow
    from queries.catalogue import Question

Rows = list[dict[str, Any]]


def questions(catalogue: Iterable[Question]) -> Rows:
    """A row for each question: its id, what it asks, its parameters."""
    return [{"id": q.id, "zh": q.zh, "en": q.en, "parameters": ", ".join(p.name for p in q.parameters)} for q in catalogue]


def table(rows: Rows) -> RenderableType:
    """The columns of the first row, which are those of all."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(*(rows[0] if rows else ["—"]), box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        made.add_row(*(Text("" if v is None else str(v)) for v in row.values()))
    return made


KINDS = {"project": "项目 project", "investor": "投资方 investor", "investment": "总投资 investment", "adds": "新增产能 adds",
         "milestone": "里程碑 milestone", "makes": "产能 makes", "claim": "声明 claim", "goal": "目标 goal", "indicator": "指标 indicator",
         "reports": "报出 reports"}
"""What an article states, by the kind that its JSON has."""


def said(facts: Rows) -> Rows:
    """What an article says, a row a fact: kind, of what, what, figure, day, line; in the model's words, both languages."""
    from graph.model import BASES, ENDS, MILESTONES, PERMITS, SAYS

    words = {key: f"{zh} {en}" for key, zh, en in (*MILESTONES, *PERMITS, *ENDS, *BASES, *SAYS)}
    return [{"类 kind": KINDS[f["kind"]], "主体 of": f["of"],
             "内容 what": "; ".join(words.get(part) or str(part) for part in (f["basis"], f["what"], f["phase"]) if part),
             "数值 value": f["text"] if f["value"] is not None else "", "日期 day": f["day"] or f["day_text"], "范围 scope": f["scope"],
             "行 line": str(f["lines"][0])} for f in facts]


def csv_text(rows: Rows) -> str:
    """Header and rows."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([inert(v) for v in row.values()] for row in rows)
    return written.getvalue()


def json_text(found: Any) -> str:
    """Days as ISO texts, UTF-8 not escaped, with a final newline."""
    return json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n"


def info(found: dict[str, Any]) -> str:
    """A line a key; counts with their sum, the material file by file."""
    lines = []
    for key, value in found.items():
        if key == "material":
            lines.append(f"material: {len(value)}")
            lines += [f"  {entry['loaded']}  {entry['name']}  ({entry['kind']}, {entry['hash']})" for entry in value]
        elif key in ("rejects", "mended"):
            if not value:
                continue
            lines.append(f"{key}: {sum(value.values())}")
            lines += [f"  {n}  {found['reasons'][reason]} ({reason})" for reason, n in value.items()]
        elif key in ("reasons", "edges"):
            continue  # said with the counts; the facts under another name
        elif isinstance(value, dict):
            lines.append(f"{key}: {sum(value.values())} ({', '.join(f'{k} {n}' for k, n in value.items())})")
        else:
            lines.append(f"{key}: {value if value is not None else '—'}")
    return "\n".join(lines)


def fact_ids(row: GapRow) -> list[str]:
    """The facts behind each step of a derivation, by the ids that ``liantu retire`` takes."""
    steps = [(number, step.facts) for number, step in enumerate(row.derivation, start=1) if step.facts]
    head = ["", "事实标识 / ids of facts (liantu retire)"] if steps else []
    return head + [f"  {number}. {', '.join(id[:12] for id in ids)}" for number, ids in steps]
