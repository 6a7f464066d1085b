"""What is under way for a node: one item a whole project, its phases within."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from analysis.amounts import into
from analysis.answers import PipelineItem
from analysis.building import ORDER
from analysis.demand import coverage
from analysis.evidence import Evidence
from analysis.overdue import overdue
from analysis.parts import Demand, Range, Slip
from analysis.projects import Projects, Unit


def pipeline(evidence: Evidence, projects: Projects, family: tuple[str, ...], demand: Demand) -> tuple[PipelineItem, ...]:
    """Projects for a node or its variants that are neither operating nor ended; 在建 first."""
    wholes: dict[str, list[Unit]] = defaultdict(list)
    for unit in projects.of(family):
        wholes[unit.whole].append(unit)
    items = [_whole(evidence, projects, whole, units, demand) for whole, units in wholes.items()]
    return tuple(sorted(items, key=lambda i: (ORDER.index(i.stage), i.project)))


def _whole(evidence: Evidence, projects: Projects, whole: str, units: list[Unit], demand: Demand) -> PipelineItem:
    items = [_item(evidence, projects, u, demand) for u in units]
    items.sort(key=lambda i: (i.due or date.max, i.project))
    if len(items) == 1 and units[0].project == whole:
        return items[0]
    stage = min((i.stage for i in items), key=ORDER.index)
    at_stage = [i for i in items if i.stage == stage]  # stages are never added up: what is behind stands in its phase
    unit = at_stage[0].unit
    sizes = [into(i.capacity, i.unit, unit) for i in at_stage]
    whole_size = None if None in sizes else sum(s for s in sizes if s is not None)
    slips: tuple[Slip, ...] = tuple(s for i in at_stage for s in i.slips)
    dues = [i.due for i in at_stage if i.due]  # and so are their days: the day of one and the size of another say nothing
    return PipelineItem(
        evidence.name(whole), stage, whole_size, unit,
        items[0].yield_ if len({i.yield_ for i in items}) == 1 else None, max(dues, default=None),
        tuple(dict.fromkeys(slips)), tuple(p for p in items[0].missing_permits if all(p in i.missing_permits for i in items)),
        _would_cover(whole_size, unit, demand), all(i.stalled for i in items), any(i.overdue for i in at_stage),
        tuple(dict.fromkeys(n for i in items for n in i.investors)), tuple(items))


def _item(evidence: Evidence, projects: Projects, unit: Unit, demand: Demand) -> PipelineItem:
    plan = projects.due(unit)
    rate = unit.adds["yield_rate"]
    return PipelineItem(
        evidence.name(unit.project), projects.stage(unit), unit.saleable, unit.adds["unit"] or "",
        None if rate is None else float(rate), plan["day"] if plan else None, projects.slips(unit),
        projects.missing_permits(unit), _would_cover(unit.saleable, unit.adds["unit"] or "", demand),
        projects.stalled(unit), overdue(evidence, projects, unit),
        tuple(evidence.name(i) for i in projects.investors(unit)))


def _would_cover(capacity: float | None, unit: str, demand: Demand) -> Range | None:
    return coverage(into(capacity, unit, demand.unit), demand)
