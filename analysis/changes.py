"""What changed in a chain between two moments: gaps, verdicts, flags, figures, goals, and its projects.

A moment is taken down as texts by (about, name, aspect); two of them are compared, whatever they are of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analysis.answers import GapRow
from analysis.causes import Cause
from analysis.gaps import GapEngine
from analysis.parts import Source
from analysis.projects import Unit
from analysis.words import GAP_VERDICTS

CHANGES: dict[str, tuple[str, str]] = {
    "opened": ("出现空白点", "a gap appeared"),
    "closed": ("空白点已补", "a gap closed"),
    "verdict": ("判定变化", "verdict changed"),
    "flag": ("标记变化", "flag set or lifted"),
    "supply": ("供给变化", "supply changed"),
    "goal": ("目标变化", "goal changed"),
    "new": ("新项目", "new project"),
    "phase": ("新列分期", "a phase is listed"),
    "phased": ("改为分期列示", "listed by its phases now"),
    "stage": ("阶段变化", "stage moved"),
    "stalled": ("停滞", "stalled"),
    "resumed": ("恢复推进", "resumed"),
    "dated": ("提出投产日期", "planned day set"),
    "slipped": ("推迟", "slipped"),
    "advanced": ("提前", "brought forward"),
    "undated": ("投产日期撤回", "planned day withdrawn"),
    "permit": ("手续变化", "missing permits changed"),
    "size": ("规模变化", "size changed"),
    "gone": ("不再在列", "no longer listed"),
}
"""Kinds of change, in the order in which they are listed."""
STANDS = ("weak", "short", "balanced", "surplus", "present")
OPERATING, ENDED = "投产", "ended"
"""Stages of projects that are not under way any more; the second is that of one given up."""

Key = tuple[str, str, str]
State = dict[Key, str]
"""(node or project, its name, aspect) → what is so, as a key or a figure; what is not so is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise now. ``about``: node or project; ``nodes``: those it is about.

    ``before`` and ``after`` are '' (nothing; of a supply: nobody has looked), '?' (a size that is unknown), or by kind:
    keys of verdicts, flags, stages (or 'ended'), permits joined by '、'; figures with their unit; days as ISO texts.
    ``learned``: it was so on the earlier day already and only became known since. ``day`` is that on which it became
    so, or known. ``causes`` and ``together`` as in ``HistoryRow``.
    """

    kind: str
    about: str
    name: str
    nodes: tuple[str, ...]
    before: str
    after: str
    learned: bool = False
    day: date | None = None
    causes: tuple[Cause, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """Answer to: what changed in this chain between two days, and what was only learned about the first?

    ``from_`` and ``as_of`` are the two days. The first was seen by what was known then, the second by ``known_by``.
    """

    question: str
    region: str
    chain: str
    from_: date
    as_of: date
    known_by: date
    audience: str
    rows: tuple[Change, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def of_nodes(rows: Iterable[GapRow]) -> State:
    """The nodes of a gap answer."""
    out: State = {}
    for row in rows:
        out[("node", row.node, "verdict")] = row.verdict
        out |= {("node", row.node, f"flag {flag}"): flag for flag in row.flags}
        if row.supply is not None:
            out[("node", row.node, "supply")] = _figure(row.supply.value, row.supply.unit)
        if row.goal is not None:
            out[("node", row.node, "goal")] = f"{_figure(row.goal.value, row.goal.unit)} ({row.goal.due})"
    return out


def of_projects(engine: GapEngine, chain: str) -> State:
    """The projects (or their phases) of a chain, each with the names of the nodes that it is for."""
    out: State = {}
    members = set(engine.evidence.judged(chain))
    for unit in engine.projects.units:
        if unit.node in members:
            name, node = engine.evidence.name(unit.project), engine.evidence.nodes[unit.node].name
            out |= {("project", name, aspect): value for aspect, value in _project(engine, unit).items() if value}
            out["project", name, f"for {node}"] = node
            if unit.whole != unit.project:
                whole = engine.evidence.name(unit.whole)
                out["project", name, "of"] = whole
                out["project", whole, "phases"] = "、".join(filter(None, (out.get(("project", whole, "phases")), name)))
    return out


def nodes_of(key: Key, state: Mapping[Key, str]) -> tuple[str, ...]:
    """The nodes that a change is about."""
    if key[0] == "node":
        return (key[1],)
    return tuple(sorted(v for (about, name, aspect), v in state.items()
                        if (about, name) == key[:2] and aspect.startswith("for ")))


def _project(engine: GapEngine, unit: Unit) -> dict[str, str]:
    projects = engine.projects
    plan = projects.due(unit)
    return {"stage": ENDED if projects.ended(unit) else projects.stage(unit),
            "stalled": "stalled" if projects.stalled(unit) else "",
            "due": plan["day"].isoformat() if plan and projects.under_way(unit) else "",
            "permit": "、".join(projects.missing_permits(unit)) if projects.under_way(unit) else "",
            f"size {engine.evidence.nodes[unit.node].name}": "" if unit.saleable is None else _figure(unit.saleable, unit.adds["unit"])}


def changes(before: Mapping[Key, str], after: Mapping[Key, str]) -> list[tuple[Key, str]]:
    """Keys of what is otherwise, with the kind of change, in the order of CHANGES."""
    out = []
    for key in sorted({*before, *after}):
        if before.get(key, "") != after.get(key, "") and not _told(key, before, after):
            out.append((key, _kind(key, before, after)))
    order = list(CHANGES)
    return sorted(out, key=lambda found: (order.index(found[1]), found[0]))


def _told(key: Key, before: Mapping[Key, str], after: Mapping[Key, str]) -> bool:
    """Whether another change says it already: a verdict that nobody had looked and now it is 0; the stage of a project
    that is new, gone, operating or ended what became of its days and permits."""
    about, name, aspect = key
    if about == "node":
        sides = {before.get(key, ""), after.get(key, "")}
        return aspect == "supply" and "" in sides and any(side.startswith("0 ") or side == "0" for side in sides)
    if aspect == "stage":
        return False
    old, new = before.get((about, name, "stage"), ""), after.get((about, name, "stage"), "")
    return aspect in ("of", "phases") or aspect.startswith("for ") or not old or not new or (
        old != new and new in (OPERATING, ENDED))


def _kind(key: Key, before: Mapping[Key, str], after: Mapping[Key, str]) -> str:
    aspect, old, new = key[2].partition(" ")[0], before.get(key, ""), after.get(key, "")
    if aspect == "verdict":
        return "opened" if new in GAP_VERDICTS and old not in GAP_VERDICTS else \
            "closed" if old in GAP_VERDICTS and new in STANDS else "verdict"
    if aspect == "stage":
        return _listed(key, before, after) if not old or not new else "stage"
    if aspect == "stalled":
        return "stalled" if new else "resumed"
    if aspect == "due":
        return "dated" if not old else "undated" if not new else "slipped" if new > old else "advanced"
    return aspect


def _listed(key: Key, before: Mapping[Key, str], after: Mapping[Key, str]) -> str:
    """New or gone; or only listed by its phases now, which are no new projects."""
    about, name, _ = key
    if key not in after:
        return "phased" if (about, name, "phases") in after else "gone"
    whole = after.get((about, name, "of"), "")
    return "phase" if {(about, whole, "stage"), (about, whole, "phases")} & before.keys() else "new"


def _figure(value: float | None, unit: str) -> str:
    return "?" if value is None else f"{value:.6g} {unit}".rstrip()
