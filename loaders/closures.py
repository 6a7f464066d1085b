"""Retiring: a fact stops holding from a day on. Kept as material by names and not by ids, and replayed."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from graph.errors import LiantuError
from graph.facts import Fact
from graph.model import EDGE
from graph.workspace import Material, Workspace

if TYPE_CHECKING:
    from loaders.derive import Derived


def record(fact: Fact, derived: Derived, day: date, why: str) -> dict[str, Any]:
    """What to remember of a fact that is retired: its line by the names that people use."""
    if day < fact.valid_from:
        raise LiantuError(f"{day} 早于该事实的生效日 {fact.valid_from} / is before the day the fact began",
                          "换一个日期; 从未成立的用 liantu withdraw 撤回其文件 / choose a later day; "
                          "what was never true is withdrawn with its file")
    names = {(n.label, n.id): n.name for n in derived.graph.nodes}
    line = {name: fact.properties[name] for name in EDGE[fact.edge].line_properties}
    return {"edge": fact.edge, "start": [fact.start_label, names[fact.start_label, fact.start]],
            "end": [fact.end_label, names[fact.end_label, fact.end]], "ids": [fact.start, fact.end],
            "line": {k: str(v) for k, v in line.items()}, "from": day.isoformat(), "why": why}


def text(records: list[dict[str, Any]]) -> str:
    return json.dumps({"retire": records}, ensure_ascii=False, indent=1) + "\n"


def entry(content: str, today: date) -> Material:
    """How a retirement stands in the manifest."""
    digest = sha256(content.encode()).hexdigest()
    name = f"retire-{digest[:8]}.json"
    return Material(name, name, digest, today, today, "retire")


def replay(workspace: Workspace, entries: list[Material], derived: Derived) -> list[tuple[Material, list[Fact]]]:
    """The closing facts of every retirement; one whose line is gone closes nothing."""
    out = []
    for entry in entries:
        records = json.loads((workspace.material / entry.kept).read_text(encoding="utf-8"))["retire"]
        out.append((entry, [f for r in records if (f := _closing(entry, r, derived)) is not None]))
    return out


def _closing(entry: Material, record: dict[str, Any], derived: Derived) -> Fact | None:
    alike = [f for f in derived.graph.facts if f.holds and _matches(record, f, derived)]
    if not alike:
        return None
    last = max(alike, key=lambda f: f.precedence)
    day = date.fromisoformat(record["from"])
    return Fact(last.edge, last.start_label, last.start, last.end_label, last.end, last.properties, last.source,
                f"{entry.name}", max(day, last.valid_from) if last.is_event else day, entry.loaded,
                max(f.authority for f in alike), last.audience, record["why"], holds=False)


def _matches(record: dict[str, Any], fact: Fact, derived: Derived) -> bool:
    if fact.edge != record["edge"] or [fact.start_label, fact.end_label] != [record["start"][0], record["end"][0]]:
        return False
    ids = [derived.id_of(record[end][0], record[end][1], record["ids"][place])
           for place, end in enumerate(("start", "end"))]
    line = {k: str(fact.properties[k]) for k in EDGE[fact.edge].line_properties}
    return [fact.start, fact.end] == ids and line == record["line"]
