"""The slippage ledger: every planned day and goal, how it was revised, and when each word of it became known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.amounts import into
from analysis.evidence import Evidence
from analysis.goals import is_backwards, same
from analysis.parts import Source
from analysis.projects import Projects, in_turn
from graph.clocks import Seen, lines

KINDS: dict[str, tuple[str, str]] = {
    "slipped": ("推迟", "slipped"),
    "advanced": ("提前", "brought forward"),
    "withdrawn": ("撤回", "withdrawn"),
    "carried-over": ("目标顺延", "goal carried over"),
    "raised": ("目标上调", "goal raised"),
    "lowered": ("目标下调", "goal lowered"),
    "changed": ("口径改变", "stated in another measure"),
    "backwards": ("目标日期早于提出日期", "due before it was set"),
    "set": ("首次提出", "first stated"),
}
"""What a statement did to the plan before it; a plan restated unchanged did nothing and stands nowhere."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One statement of a plan or goal and what it replaced: ``due`` gave way to ``revised``, ``value`` to ``revised_value``.

    ``subject``: a project or phase, or the node or indicator of a goal (``region`` says whose). ``nodes`` are the nodes that a
    project adds to, or the chain or node that an indicator is of.
    ``what``: the planned milestone or permit, or ``goal``. ``kind``: one of ``KINDS``; of ``set``
    the sides before are None, of ``withdrawn`` those after. ``days`` and ``quarters``: how far the day moved, later is
    positive; quarters are counted from the quarter a day lies in to the other's.
    """

    subject: str
    region: str
    nodes: tuple[str, ...]
    what: str
    kind: str
    due: date | None
    revised: date | None
    value: float | None
    revised_value: float | None
    unit: str
    stated: date
    known_from: date
    source: str
    days: int | None
    quarters: int | None
    fact: str


@dataclass(frozen=True, slots=True)
class Slips:
    """Answer to: which planned days and goals were revised, and when did that become known? ``chain`` None: all chains."""

    question: str
    region: str
    chain: str | None
    as_of: date
    known_by: date
    audience: str
    rows: tuple[Revision, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def ledger(evidence: Evidence, projects: Projects, indicators: Sequence[Seen] = ()) -> tuple[Revision, ...]:
    """Every statement about the asked chains; what was revised before what was only set, a subject's in turn.

    ``indicators`` are the visible goals (AIMS) at indicators of the chains, with the indicator's ``name``.
    """
    rows = [*_plans(evidence, projects), *_goals(evidence, indicators)]
    revised = {(r.subject, r.region, r.what) for r in rows if r.kind != "set"}
    return tuple(sorted(rows, key=lambda r: ((r.subject, r.region, r.what) not in revised, r.what == "goal", r.subject,
                                             r.region, r.what, r.stated, r.revised or date.max, r.fact)))


def _plans(evidence: Evidence, projects: Projects) -> Iterator[Revision]:
    nodes: dict[str, list[str]] = defaultdict(list)
    about = {n for chain in evidence.chains.values() for one in chain for n in evidence.family(one)}
    for unit in projects.units:
        for project in dict.fromkeys((unit.project, unit.whole)) if unit.node in about else ():
            nodes[project].append(evidence.nodes[unit.node].name)
    for said in lines(f for f in evidence.all("REACHES") if f["basis"] == "planned" and f.start in nodes).values():
        before: Seen | None = None
        for fact in (f for f in in_turn(said) if f["day"] is not None):
            kind = _moved(before, fact)
            if kind:
                yield _revision(evidence.name(fact.start), "", tuple(dict.fromkeys(nodes[fact.start])), fact.end, kind,
                                before, fact, "day")
            before = fact if fact.holds else None


def _moved(before: Seen | None, fact: Seen) -> str:
    if before is None:
        return "set" if fact.holds else ""
    if not fact.holds:
        return "withdrawn"
    return "slipped" if fact["day"] > before["day"] else "advanced" if fact["day"] < before["day"] else ""


def _goals(evidence: Evidence, indicators: Sequence[Seen]) -> Iterator[Revision]:
    about = {n for chain in evidence.chains.values() for n in chain}
    found = [(evidence.nodes[f.end].name, f) for f in evidence.all("AIMS") if f.end in about]
    found += [(str(f["name"] or f.end), f) for f in indicators]
    subjects: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for name, fact in found:
        subjects[(name, fact.start, fact["scope"] or "")].append(fact)
    for (name, region, scope), facts in subjects.items():
        for revision in revisions(facts, name, region):
            yield revision if not scope or scope == name else _scoped(revision, scope)


def _scoped(revision: Revision, scope: str) -> Revision:
    return replace(revision, nodes=(scope,))


def revisions(facts: Sequence[Seen], name: str, region: str) -> Iterator[Revision]:
    """What the visible goals of one region at one node or indicator did to one another."""
    by_due = {said[0]["due"]: [f for f in in_turn(said) if f["value"] is not None or not f.holds] for said in lines(facts).values()}
    for said in by_due.values():
        before: Seen | None = None
        for fact in said:
            for kind, old in _aimed(before, fact, by_due):
                yield _revision(name, region, (), "goal", kind, old, fact, "due")
            before = fact if fact.holds else None


def _aimed(before: Seen | None, fact: Seen, by_due: dict[date, list[Seen]]) -> Iterator[tuple[str, Seen | None]]:
    """What a goal did: to the one before it of the same day, and to an equal one of an earlier day."""
    if not fact.holds:
        if before is not None:
            yield "withdrawn", before
        return
    if is_backwards(fact):
        yield "backwards", before
        return
    if before is not None and same(before, fact):
        return
    carried = _carried(fact, by_due)
    if before is not None:
        value = into(float(before["value"]), before["unit"] or "", fact["unit"] or "")
        yield "changed" if value is None else "raised" if fact["value"] > value else "lowered", before
    elif carried is None:
        yield "set", None
    if carried is not None:
        yield "carried-over", carried


def _carried(fact: Seen, by_due: dict[date, list[Seen]]) -> Seen | None:
    """The goal of the nearest earlier day that stood, with the same value, when this one was set."""
    for due in sorted((d for d in by_due if d < fact["due"]), reverse=True):
        standing = [f for f in by_due[due] if f.valid_from < fact.valid_from]
        if standing and standing[-1].holds and not is_backwards(standing[-1]) and same(standing[-1], fact):
            return standing[-1]
    return None


def _revision(subject: str, region: str, nodes: tuple[str, ...], what: str, kind: str, before: Seen | None, fact: Seen,
              day: str) -> Revision:
    due: date | None = before[day] if before else None
    revised: date | None = fact[day] if fact.holds else None
    value = None if before is None or before["value"] is None else \
        into(float(before["value"]), before["unit"] or "", fact["unit"] or "")
    days, quarters = (None, None) if due is None or revised is None else ((revised - due).days, quarter(revised) - quarter(due))
    return Revision(subject, region, nodes, what, kind, due, revised, value, fact["value"] if fact.holds else None,
                    fact["unit"] or "", fact.valid_from, fact.known_from, fact.source, days, quarters, fact.id)


def quarter(day: date) -> int:
    """The number of a day's quarter, counted on through the years."""
    return day.year * 4 + (day.month - 1) // 3


def summary(rows: Sequence[Revision]) -> tuple[tuple[str, str], ...]:
    """The foot: how many plans and goals there are, and what became of them."""
    plans = len({(r.subject, r.region, r.what, r.revised if r.what == "goal" else None) for r in rows if r.revised})
    counted = [(KINDS[kind], n) for kind in KINDS if kind != "set" and (n := sum(r.kind == kind for r in rows))]
    zh = "、".join(f"{names[0]} {n}" for names, n in counted) or "没有变动"
    en = ", ".join(f"{names[1]} {n}" for names, n in counted) or "none revised"
    return ((f"{plans} 个计划与目标: {zh}; 原样重提不算推迟", f"{plans} plans and goals: {en}; one restated unchanged is no slip"),)
