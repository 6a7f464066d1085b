"""Retiring: a fact stops holding from a day on. Kept as material by names and not by ids, and replayed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from graph.errors import LiantuError
from graph.facts import Fact
from graph.model import EDGE
from graph.workspace import Material, Workspace

if TYPE_CHECKING:
    from loaders.derive import Derived


def record(fact: Fact, called: Callable[[str, str], str], day: date, why: str) -> dict[str, Any]:
    """What to remember of a fact that is retired: its line by the names that people use (``called``: label, id → name)."""
    if day < fact.valid_from:
        raise LiantuError(f"{day} 早于该事实的生效日 {fact.valid_from} / is before the day the fact began",
                          "换一个日期; 从未成立的用 liantu withdraw 撤回其文件 / choose a later day; "
                          "what was never true is withdrawn with its file")
    line = {name: fact.properties[name] for name in EDGE[fact.edge].line_properties}
    return {"edge": fact.edge, "start": [fact.start_label, called(fact.start_label, fact.start)],
            "end": [fact.end_label, called(fact.end_label, fact.end)], "ids": [fact.start, fact.end],
            "line": {k: str(v) for k, v in line.items()}, "from": day.isoformat(), "why": why}


def text(records: list[dict[str, Any]]) -> str:
    return json.dumps({"retire": records}, ensure_ascii=False, indent=1) + "\n"


def entry(content: str, today: date) -> Material:
    """How a retirement stands in the manifest."""
    digest = sha256(content.encode()).hexdigest()
    name = f"retire-{digest[:8]}.json"
    return Material(name, name, digest, today, today, "retire")


Pair = tuple[str, str, str, str, str]
"""Edge, label and id of the start, label and id of the end."""


def replay(workspace: Workspace, entries: list[Material], derived: Derived) -> list[tuple[Material, list[Fact]]]:
    """The closing facts of every retirement; one whose line is gone closes nothing."""
    between: dict[Pair, list[Fact]] = {}
    for one in derived.graph.facts:
        between.setdefault(pair(one), []).append(one)
    return [(entry, [fact for record in records(workspace, entry)
                     if (fact := closing(entry, record, between.get(meant(record, derived.id_of), ()))) is not None])
            for entry in entries]


def records(workspace: Workspace, entry: Material) -> list[dict[str, Any]]:
    """What was kept of a retirement."""
    found: list[dict[str, Any]] = json.loads((workspace.material / entry.kept).read_text(encoding="utf-8"))["retire"]
    return found


def pair(fact: Fact) -> Pair:
    return fact.edge, fact.start_label, fact.start, fact.end_label, fact.end


def meant(record: dict[str, Any], id_of: Callable[[str, str, str], str]) -> Pair:
    """The ends a record speaks of; ``id_of`` gives the id now of the node that once had this label, name and id."""
    (start_label, start), (end_label, end) = record["start"], record["end"]
    return (record["edge"], start_label, id_of(start_label, start, record["ids"][0]),
            end_label, id_of(end_label, end, record["ids"][1]))


def closing(entry: Material, record: dict[str, Any], between: Iterable[Fact]) -> Fact | None:
    """The fact that closes the line of a record, from all facts of its type between its ends."""
    alike = [f for f in between if f.holds and {k: str(f.properties[k]) for k in EDGE[f.edge].line_properties} == record["line"]]
    if not alike:
        return None
    last = max(alike, key=lambda f: f.precedence)
    day = date.fromisoformat(record["from"])
    return Fact(last.edge, last.start_label, last.start, last.end_label, last.end, last.properties, last.source,
                f"{entry.name}", max(day, last.valid_from) if last.is_event else day, entry.loaded,
                max(f.authority for f in alike), last.audience, record["why"], holds=False)
