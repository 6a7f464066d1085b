"""What is under way for a node: one item a whole project, its phases within."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from analysis.answers import PipelineItem
from analysis.demand import coverage
from analysis.evidence import Evidence
from analysis.parts import Demand, Range, Slip
from analysis.projects import Projects, Unit

_ORDER = ("在建", "签约", "在谈")


def pipeline(evidence: Evidence, projects: Projects, family: tuple[str, ...], demand: Demand) -> tuple[PipelineItem, ...]:
    """Projects for a node or its variants that are neither operating nor ended; 在建 first."""
    wholes: dict[str, list[Unit]] = defaultdict(list)
    for unit in projects.of(family):
        if projects.under_way(unit) and projects.unproven(unit) is None:
            wholes[unit.whole].append(unit)
    items = [_whole(evidence, projects, whole, units, demand) for whole, units in wholes.items()]
    return tuple(sorted(items, key=lambda i: (_ORDER.index(i.stage), i.project)))


def _whole(evidence: Evidence, projects: Projects, whole: str, units: list[Unit], demand: Demand) -> PipelineItem:
    items = [_item(evidence, projects, u, demand) for u in units]
    items.sort(key=lambda i: (i.due or date.max, i.project))
    if len(items) == 1 and units[0].project == whole:
        return items[0]
    stage = min((i.stage for i in items), key=_ORDER.index)
    at_stage = [i for i in items if i.stage == stage]  # stages are never added up: what is behind stands in its phase
    sized = len({i.unit for i in at_stage}) == 1 and None not in [i.capacity for i in at_stage]
    whole_size = sum(i.capacity or 0.0 for i in at_stage) if sized else None
    slips: tuple[Slip, ...] = tuple(s for i in items for s in i.slips)
    dues = [i.due for i in items if i.due]
    return PipelineItem(
        evidence.name(whole), stage, whole_size, at_stage[0].unit,
        items[0].yield_ if len({i.yield_ for i in items}) == 1 else None, max(dues, default=None),
        tuple(dict.fromkeys(slips)), tuple(p for p in items[0].missing_permits if all(p in i.missing_permits for i in items)),
        _would_cover(whole_size, at_stage[0].unit, demand), all(i.stalled for i in items), any(i.overdue for i in items),
        tuple(dict.fromkeys(n for i in items for n in i.investors)), tuple(items))


def _item(evidence: Evidence, projects: Projects, unit: Unit, demand: Demand) -> PipelineItem:
    plan = projects.due(unit)
    rate = unit.adds["yield_rate"]
    return PipelineItem(
        evidence.name(unit.project), projects.stage(unit), unit.saleable, unit.adds["unit"] or "",
        None if rate is None else float(rate), plan["day"] if plan else None, projects.slips(unit),
        projects.missing_permits(unit), _would_cover(unit.saleable, unit.adds["unit"], demand),
        projects.stalled(unit), _overdue(evidence, projects, unit),
        tuple(evidence.name(i) for i in projects.investors(unit)))


def _would_cover(capacity: float | None, unit: str, demand: Demand) -> Range | None:
    return coverage(capacity, demand) if unit == demand.unit else None


def _overdue(evidence: Evidence, projects: Projects, unit: Unit) -> bool:
    """Planned before today and not operating; dropped where R's figure has since risen by its size."""
    plan = projects.due(unit)
    if plan is None or not projects.overdue(unit, evidence.as_of):
        return False
    figures = sorted((f for f in evidence.about("REPORTS", unit.node) if f["measure"] == "capacity"
                      and f.start == evidence.region and f.authority > 0 and f.holds and f["value"] is not None),
                     key=lambda f: f.precedence)
    before = [f for f in figures if f.valid_from <= plan["day"]]
    since = [f for f in figures if f.valid_from > plan["day"]]
    if not before or not since or unit.saleable is None or since[-1]["unit"] != unit.adds["unit"]:
        return True
    return bool(since[-1]["value"] - before[-1]["value"] < unit.saleable)
