"""Projects whose planned operating day has passed: overdue, or absorbed by a figure that has since risen (GAPS: Pipeline)."""

from __future__ import annotations

from collections import defaultdict

from analysis.amounts import into
from analysis.evidence import Evidence, outward
from analysis.projects import Projects, Unit
from graph.clocks import Seen


def overdue(evidence: Evidence, projects: Projects, unit: Unit) -> bool:
    """Planned before today and not operating; dropped where the figure that covers it has since risen by its size."""
    return projects.overdue(unit, evidence.as_of) and not _risen(evidence, projects, unit)


def absorbed(evidence: Evidence, projects: Projects, unit: Unit) -> bool:
    """Planned before today, and the figure has since risen by its size: it may stand within S already."""
    return projects.overdue(unit, evidence.as_of) and _risen(evidence, projects, unit)


def _risen(evidence: Evidence, projects: Projects, unit: Unit) -> bool:
    plan = projects.due(unit)
    figures = _covering(evidence, unit.node, projects.place(unit))
    before = [f for f in figures if plan and f.valid_from <= plan["day"]]
    since = [f for f in figures if plan and f.valid_from > plan["day"]]
    if not before or not since:
        return False
    had, has = (into(float(f["value"]), f["unit"], since[-1]["unit"]) for f in (before[-1], since[-1]))
    added = unit.size(since[-1]["unit"])
    return had is not None and has is not None and added is not None and has - had >= added


def _covering(evidence: Evidence, node: str, place: str) -> list[Seen]:
    """What the figure that covers a place said, oldest first: R's own, else that of the nearest region below it.

    A variant without a figure of its own is within its node's.
    """
    told: dict[str, list[Seen]] = defaultdict(list)
    for fact in sorted(evidence.about("REPORTS", node), key=lambda f: f.precedence):
        if fact["measure"] == "capacity" and fact.authority > 0 and fact.holds and fact["value"] is not None:
            told[fact.start].append(fact)
    path = [r for r in outward(place, evidence.parent) if r in evidence.regions]
    found = next((told[region] for region in reversed(path) if told[region]), [])
    whole = evidence.whole_of.get(node)
    return found or (_covering(evidence, whole, place) if whole else [])
