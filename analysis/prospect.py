"""Prospect (远景): each node's goal for a day against what stands and what is under way, with demand at goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis import goals
from analysis.aimed import Aimed
from analysis.amounts import into
from analysis.answers import PipelineItem
from analysis.building import absorbed_step, after, building, built, late_step, sums
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.ledger import Revision, revisions
from analysis.parts import Amount, Demand, Goal, Range, Source, StageSum, Step
from analysis.pipeline import pipeline
from analysis.supply import Supply
from graph.clocks import Seen, believed

STATES: dict[str, tuple[str, str]] = {
    "open": ("有差距", "short of its goal"),
    "unknown": ("现状或目标待核", "goal or supply of unknown size"),
    "reached": ("已达目标", "goal reached"),
    "another-day": ("目标另有日期", "a goal for another day"),
    "none": ("无目标", "no goal"),
}
"""How a node stands to its goal for the day, in the order of the table."""


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """One node. ``gap`` is the vision gap V − S and never negative: what stands beyond the goal is ``over``.

    ``nearest`` is the goal nearest to the day where none is due on it. ``due_by`` is what is under construction and due by
    then, ``fills`` its share of the gap; ``left`` is what no project at any stage would fill. ``demand`` is at the goals of
    the consumers; the ``would_cover`` of ``pipeline`` and ``after_building`` (S and ``due_by``) are shares of it.
    None is unknown; where S is partial or a project unsized, gap and left are upper bounds and the derivation says so.
    """

    node: str
    state: str
    goal: Goal | None
    nearest: Goal | None
    supply: Amount | None
    gap: Amount | None
    over: Amount | None
    sums: tuple[StageSum, ...]
    due_by: StageSum | None
    fills: float | None
    left: Amount | None
    demand: Demand
    after_building: Range | None
    pipeline: tuple[PipelineItem, ...]
    revisions: tuple[Revision, ...]
    firms: tuple[str, ...]
    derivation: tuple[Step, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class IndicatorGoal:
    """A goal at an indicator of the chain: the one due on the day, else the nearest to it."""

    indicator: str
    scope: str
    goal: Goal
    stated: date
    source: str
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """Answer to: how far is this chain from its goals for a day? ``due`` is None where the chain has no goal at all."""

    question: str
    region: str
    chain: str
    as_of: date
    known_by: date
    audience: str
    due: date | None
    rows: tuple[ProspectRow, ...]
    indicators: tuple[IndicatorGoal, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def usual_due(evidence: Evidence, chain: str, indicators: Sequence[Seen]) -> date | None:
    """The nearest day on or after today that a goal of the chain is due on, a node's or an indicator's; else the last past."""
    own = {f["due"] for n in evidence.judged(chain) for f in goals.goals(evidence, n)}
    dues = own | {f["due"] for f in believed(indicators) if f.start == evidence.region and not goals.is_backwards(f)}
    ahead = [d for d in dues if d >= evidence.as_of]
    return min(ahead) if ahead else max(own or dues, default=None)


def rows(engine: GapEngine, chain: str, due: date | None) -> tuple[ProspectRow, ...]:
    """One row a node of the chain, boundary nodes left out."""
    aims = {n: f for n in engine.evidence.nodes for f in goals.goals(engine.evidence, n) if f["due"] == due}
    aimed = Aimed(engine.demands, aims)
    return tuple(_row(engine, aimed, node, due) for node in engine.evidence.judged(chain))


def _row(engine: GapEngine, aimed: Aimed, node: str, due: date | None) -> ProspectRow:
    evidence, projects, supply, aim = engine.evidence, engine.projects, engine.supplies.of(node), aimed.goals.get(node)
    family, (demand, steps) = evidence.family(node), aimed.of(node)
    nearest = None if aim or due is None else min(goals.goals(evidence, node), key=lambda f: abs((f["due"] - due).days), default=None)
    gap, over, gap_steps = _gap(supply, aim, demand.unit)
    sized, by = sums(projects, family, demand.unit), built(projects, family, demand.unit, due) if due else None
    undated = any(projects.due(u) is None for u in building(projects, family))
    fills = None if gap is None or not gap.value else _share(by, gap.value, undated)
    left, left_steps = _left(gap, sized)
    items = pipeline(evidence, projects, family, demand)
    told = tuple(r for r in revisions([f for f in evidence.all("AIMS") if f.end == node and f.start == evidence.region],
                                      evidence.nodes[node].name, evidence.region) if r.kind != "set")
    state = "none" if aim is None and nearest is None else "another-day" if aim is None else \
        "unknown" if gap is None else "reached" if over else "open"
    carried = goals.carried_over(evidence, node, aim)
    every = (*supply.steps, *gap_steps, *left_steps, *(late_step(projects, family, due) if due else ()),
             *absorbed_step(evidence, projects, projects.of(family)), *steps, *carried,
             *goals.backwards(evidence, node))
    ids = {s for step in every for s in step.sources} | {r.source for r in told} | {s.source for i in items for s in i.slips}
    ids |= {u.adds.source for u in projects.of(family)} | ({aim.source} if aim else set()) | ({nearest.source} if nearest else set())
    return ProspectRow(
        evidence.nodes[node].name, state, goals.shown(aim), goals.shown(nearest),
        None if supply.state == "unknown" else Amount(supply.value, supply.unit), gap, over, sized, by, fills, left, demand,
        after(projects, family, supply, demand, due) if due else None, items,
        tuple(r for r in told if due is None or r.kind == "backwards" or due in (r.revised, r.due)), firms(aim), every,
        tuple(evidence.source(id) for id in sorted(ids)))


def _gap(supply: Supply, aim: Seen | None, unit: str) -> tuple[Amount | None, Amount | None, tuple[Step, ...]]:
    """V − S where it is above 0, S − V where the goal is reached, and how."""
    if aim is None or aim["value"] is None:
        return None, None, ()
    facts, sources = (aim.id,), (aim.source,)
    value = into(float(aim["value"]), aim["unit"] or "", unit)
    if value is None:
        return None, None, (Step("goal.unit", f"目标以 {aim['unit']} 计, 与 {unit} 不能换算: 差距未知",
                                 f"the goal is in {aim['unit']}, which does not convert to {unit}: gap unknown", facts, sources),)
    if supply.value is None:
        return None, None, (Step("goal.supply", f"目标 {value:.6g} {unit}, 现状待核: 差距未知",
                                 f"goal {value:.6g} {unit}, supply unknown: gap unknown", facts, sources),)
    if supply.value >= value:
        over = supply.value - value
        return Amount(0.0, unit), Amount(over, unit), (Step(
            "goal.reached", f"现状 {supply.value:.6g} ≥ 目标 {value:.6g} {unit}: 已达, 超出 {over:.6g}",
            f"supply {supply.value:.6g} ≥ goal {value:.6g} {unit}: reached, {over:.6g} beyond", facts, sources),)
    most = ("; 现状只是下限, 差距是上限", "; supply is a lower bound, the gap at most that") \
        if supply.partial or supply.unsized else ("", "")
    gap = value - supply.value
    return Amount(gap, unit), None, (Step(
        "goal.gap", f"目标 {value:.6g} − 现状 {supply.value:.6g} = {gap:.6g} {unit}{most[0]}",
        f"goal {value:.6g} − supply {supply.value:.6g} = {gap:.6g} {unit}{most[1]}", facts, sources),)


def _share(by: StageSum | None, gap: float, undated: bool) -> float | None:
    """How much of the gap 在建 fills by the day; more than 1 where it exceeds it, None where its size or day is unknown."""
    if by is None:
        return None if undated else 0.0
    return None if by.capacity is None else by.capacity / gap


def _left(gap: Amount | None, sized: tuple[StageSum, ...]) -> tuple[Amount | None, tuple[Step, ...]]:
    """What no project would fill, whenever it is due: the subtraction is printed, as stages are never added up silently."""
    if gap is None or gap.value is None:
        return None, ()
    left = max(gap.value - sum(s.capacity or 0.0 for s in sized), 0.0)
    unsized = sum(s.unsized for s in sized)
    less = "".join(f" − {s.stage} {s.capacity:.6g}" for s in sized if s.capacity is not None)
    en = less.replace("在建", "under construction").replace("签约", "signed").replace("在谈", "in talks")
    most = (f"; 另有 {unsized} 个项目规模待核, 为上限", f"; {unsized} projects of unknown size: at most that") if unsized else ("", "")
    step = Step("goal.left", f"没有项目的差距: {gap.value:.6g}{less} = {left:.6g} {gap.unit}{most[0]}",
                f"without a project: {gap.value:.6g}{en} = {left:.6g} {gap.unit}{most[1]}")
    return Amount(left, gap.unit), (step,) if gap.value else ()


def firms(aim: Seen | None) -> tuple[str, ...]:
    """The firms wanted for a goal (拟引企业), one by one."""
    return tuple(f.strip() for f in re.split("[、,，;；\n]", (aim["firms"] or "") if aim else "") if f.strip())


def indicator_goals(evidence: Evidence, indicators: Sequence[Seen], due: date | None) -> tuple[IndicatorGoal, ...]:
    """The goals of R at the chain's indicators: due on the day, else the nearest to it."""
    own = [f for f in indicators if f.start == evidence.region]
    out = []
    for key in sorted({(str(f["name"] or f.end), f["scope"] or "", f.end) for f in own}):
        lines = [f for f in own if (f.end, f["scope"] or "") == (key[2], key[1])]
        aims = [f for f in believed(lines) if not goals.is_backwards(f)]
        aim = min(aims, key=lambda f: (abs((f["due"] - due).days) if due else 0, f["due"]), default=None)
        if aim is not None and (shown := goals.shown(aim)) is not None:
            told = tuple(r for r in revisions(lines, key[0], evidence.region) if r.kind != "set" and aim["due"] in (r.due, r.revised))
            out.append(IndicatorGoal(key[0], key[1], shown, aim.valid_from, aim.source, told))
    return tuple(out)


def notes(evidence: Evidence, found: Sequence[ProspectRow], due: date | None, given: bool) -> tuple[tuple[str, str], ...]:
    """Which day was taken and why; how the nodes stand to it."""
    names = [r.node for r in found if any(s.rule == "goal.backwards" for s in r.derivation)]
    odd = [(f"目标日期早于提出日期, 不作目标: {'、'.join(names)}", f"goals due before they were set, not counted: {', '.join(names)}")] \
        if names else []
    if due is None:
        none = ("这条链还没有可用的目标", "this chain has no goal that counts") if odd else ("这条链还没有目标", "this chain has no goal yet")
        return ((f"{none[0]}: 填“产业链招商远景视图”后 `liantu load`", f"{none[1]}: fill in 产业链招商远景视图 and `liantu load` it"), *odd)
    chosen = ("按所给日期", "as given") if given else ("截至日以后最近的目标日期", "the nearest due on or after as-of") \
        if due >= evidence.as_of else ("截至日以后没有目标, 取最后一个", "no goal on or after as-of: the last there is")
    out = [(f"目标日期 {due} ({chosen[0]})", f"goals due {due} ({chosen[1]})")]
    if due < evidence.as_of:
        out.append((f"该日已过: 现状与差距按 {evidence.as_of}; 看到期时加 --as-of {due}",
                    f"that day has passed: supply and gap are of {evidence.as_of}; for how it stood then add --as-of {due}"))
    counted = [(STATES[s], n) for s in STATES if (n := sum(r.state == s for r in found))]
    out.append(("、".join(f"{names[0]} {n}" for names, n in counted), ", ".join(f"{names[1]}: {n}" for names, n in counted)))
    other = [r for r in found if r.state == "another-day" and r.nearest]
    if other:
        out.append(("目标另有日期: " + "、".join(f"{r.node} ({r.nearest.due})" for r in other if r.nearest),
                    "goals for another day: " + ", ".join(f"{r.node} ({r.nearest.due})" for r in other if r.nearest)))
    return (*out, *odd)
