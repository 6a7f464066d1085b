"""The pipeline in three sums that are never added up, and the coverage once what is under construction runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.demand import coverage
from analysis.evidence import Evidence
from analysis.overdue import absorbed
from analysis.parts import Demand, Range, StageSum, Step
from analysis.projects import Projects, Unit
from analysis.supply import Supply

ORDER = ("在建", "签约", "在谈")


def sums(projects: Projects, family: tuple[str, ...], to: str) -> tuple[StageSum, ...]:
    """One sum a stage that occurs, in ``to``; by phases, so that a whole whose phases differ is split."""
    units = projects.of(family)
    by_stage = ((stage, [u for u in units if projects.stage(u) == stage]) for stage in ORDER)
    return tuple(_sum(stage, found, to) for stage, found in by_stage if found)


def _sum(stage: str, units: Sequence[Unit], to: str) -> StageSum:
    to = to or next((u.adds["unit"] for u in units if u.saleable is not None), "")
    sized = [s for u in units if (s := u.size(to)) is not None]
    return StageSum(stage, sum(sized) if sized else None, to, len(units), len(units) - len(sized))


def building(projects: Projects, family: tuple[str, ...], by: date | None = None) -> list[Unit]:
    """What is under construction; with a day only what is believed to be planned to run by then.

    What is late is under construction still, but nobody plans it for any day that is yet to come.
    """
    started, today = [u for u in projects.of(family) if projects.stage(u) == "在建"], projects.evidence.as_of
    return [u for u in started if by is None or ((plan := projects.due(u)) is not None and today <= plan["day"] <= by)]


def built(projects: Projects, family: tuple[str, ...], to: str, by: date | None = None) -> StageSum | None:
    """The sum of 在建, due by a day where one is given; None where there is none."""
    found = building(projects, family, by)
    return _sum("在建", found, to) if found else None


def after(projects: Projects, family: tuple[str, ...], supply: Supply, demand: Demand, by: date | None = None) -> Range | None:
    """(S + 在建) / D with the demand that is given; a lower bound where a project's size is blank.

    None where S or D is unknown, and where all that is under construction is unsized.
    """
    adds = built(projects, family, demand.unit, by)
    if supply.state not in ("known", "zero") or supply.value is None or (adds and adds.capacity is None):
        return None
    return coverage(supply.value + ((adds.capacity or 0.0) if adds else 0.0), demand)


def after_steps(evidence: Evidence, projects: Projects, family: tuple[str, ...], supply: Supply,
                demand: Demand) -> tuple[Step, ...]:
    """How the coverage after 在建 came about, whole and by each planned day, with today's demand."""
    units = building(projects, family)
    whole = _after_step(evidence, projects, family, supply, demand, None) if units else None
    if whole is None:
        return ()
    days = sorted({plan["day"] for u in units if (plan := projects.due(u)) and plan["day"] > evidence.as_of})
    dated = (_after_step(evidence, projects, family, supply, demand, day) for day in days)
    undated = [evidence.name(u.project) for u in units if projects.due(u) is None]
    return (whole, *(s for s in dated if s), *((_undated(undated),) if undated and days else ()),
            *absorbed_step(evidence, projects, units))


def late_step(projects: Projects, family: tuple[str, ...], by: date) -> tuple[Step, ...]:
    """What is under construction but late: it fills nothing by a day, and is in the sum of its stage all the same."""
    today = projects.evidence.as_of
    late = [(u, plan) for u in building(projects, family) if (plan := projects.due(u)) is not None and plan["day"] < min(today, by)]
    named = [f"{projects.evidence.name(u.project)} ({plan['day']})" for u, plan in late]
    return (Step("pipeline.late", f"计划投产日已过而没有投产, 不计入到 {by} 的填补, 仍计入在建: {'、'.join(named)}",
                 f"past their planned day and not known to run: not in what is filled by {by}, still under construction: "
                 f"{', '.join(named)}", tuple(plan.id for _, plan in late),
                 tuple(dict.fromkeys(plan.source for _, plan in late))),) if late else ()


def absorbed_step(evidence: Evidence, projects: Projects, units: Sequence[Unit]) -> tuple[Step, ...]:
    """A caution where what is under construction may be counted twice: no source says that it opened, the figure rose."""
    names = [evidence.name(u.project) for u in units if absorbed(evidence, projects, u)]
    return (Step("pipeline.absorbed", f"计划投产日已过而地区数值已相应上升, 可能已含在现状内: {'、'.join(names)}",
                 f"past their planned day and the region's figure has risen by their size, perhaps in supply already: "
                 f"{', '.join(names)}"),) if names else ()


def _after_step(evidence: Evidence, projects: Projects, family: tuple[str, ...], supply: Supply, demand: Demand,
                by: date | None) -> Step | None:
    ratio, adds = after(projects, family, supply, demand, by), built(projects, family, demand.unit, by)
    if ratio is None or ratio.used is None or adds is None:
        return None
    units = building(projects, family, by)
    sum_ = f"({supply.value:.6g} + {adds.capacity:.6g}) ÷ {demand.used:.6g} {demand.unit} = {ratio.used:.1%}"
    least = (f"; {adds.unsized} 个规模待核, 为下限", f"; the size of {adds.unsized} is unknown: at least") \
        if adds.unsized else ("", "")
    zh, en = (f"到 {by} 在建投产后", f"after what is due by {by}") if by else ("在建全部投产后", "after all under construction")
    late = [evidence.name(u.project) for u in units if projects.stalled(u)]
    stalled = (f"; 其中停滞: {'、'.join(late)}", f"; stalled among them: {', '.join(late)}") if late else ("", "")
    return Step("pipeline.after" if by is None else "pipeline.by", f"{zh}供需比 {sum_}, 需求按截至日{least[0]}{stalled[0]}",
                f"ratio {en}: {sum_}, demand as of today{least[1]}{stalled[1]}",
                tuple(u.adds.id for u in units), tuple(dict.fromkeys(u.adds.source for u in units)))


def _undated(names: list[str]) -> Step:
    return Step("pipeline.undated", f"在建而没有计划投产日, 不计入按日的供需比: {'、'.join(names)}",
                f"under construction without a planned day, in no ratio by day: {', '.join(names)}")
