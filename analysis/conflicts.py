"""Where sources disagree (GAPS: Conflict): near in time and far in value, an unexplained fall, an overtaken authority."""

from __future__ import annotations

from analysis.amounts import into
from analysis.evidence import Evidence
from analysis.parts import Step
from formulas.ratios import apart
from graph.clocks import Seen, choose, lines
from graph.model import EDGE

EDGES = ("MAKES", "REPORTS", "ADDS", "AIMS")


def conflicts(evidence: Evidence, node: str, projects: frozenset[str]) -> tuple[Step, ...]:
    """One step for each line of the node that disagrees with itself."""
    out = []
    for edge in EDGES:
        facts = [f for f in evidence.about(edge, node) if _here(evidence, f, projects)]
        for ranked in lines(facts).values():
            step = _conflict(evidence, ranked)
            if step:
                out.append(step)
    return tuple(out)


def _here(evidence: Evidence, fact: Seen, projects: frozenset[str]) -> bool:
    if fact.edge == "ADDS":
        return fact.start in projects
    if fact.edge == "MAKES":
        return fact["region"] in evidence.regions
    return fact.start in evidence.regions


def _conflict(evidence: Evidence, ranked: list[Seen]) -> Step | None:
    figure = EDGE[ranked[0].edge].value
    sized = [f for f in ranked if f.authority > 0 and f.holds and f[figure] is not None]
    top = choose(ranked)
    if top is None or top[figure] is None:
        return None
    limits = evidence.limits
    for index, one in enumerate(sized):
        for other in sized[index + 1:]:
            close = abs((one.valid_from - other.valid_from).days) <= limits.conflict_days
            value = into(other[figure], other["unit"], one["unit"])
            if value is not None and close and apart(one[figure], value) > limits.conflict_share:
                return _step("conflict.near", "日期相近而数值不同", "near in time, apart in value", one, other, figure)
    return _overtaken(evidence, sized, figure)


def _overtaken(evidence: Evidence, sized: list[Seen], figure: str) -> Step | None:
    """The believed value against the one it overtook."""
    limits = evidence.limits
    if len(sized) < 2:
        return None
    new, old = sized[0], sized[1]
    before = into(old[figure], old["unit"], new["unit"])
    if before is None:  # what does not convert is not compared
        return None
    if new[figure] < (1 - limits.fall) * before and not _explained(evidence, old, new):
        return _step("conflict.fall", "数值下降而没有说明原因的事实", "an unexplained fall", new, old, figure)
    if old.authority > new.authority and apart(new[figure], before) > limits.fall:
        return _step("conflict.authority", "被取代的数值权威级别更高", "the overtaken value has higher authority",
                     new, old, figure)
    return None


def _explained(evidence: Evidence, old: Seen, new: Seen) -> bool:
    """A plant stopped, or a project stalled or ended, between the two values."""
    region = new.start if new.edge == "REPORTS" else evidence.region
    stops = [f.valid_from for f in evidence.about("MAKES", new.end)
             if evidence.inside(f["region"], region) and (not f.holds or f["state"] == "stopped")]
    adds = {f.start for f in evidence.about("ADDS", new.end)
            if evidence.inside(evidence.places.get(f.start, ""), region)}
    stops += [f["day"] for f in evidence.all("REACHES")
              if f.start in adds and f.end in ("stalled", "ended") and f["basis"] == "actual"]
    return any(old.valid_from < day <= new.valid_from for day in stops)


def _step(rule: str, zh: str, en: str, one: Seen, other: Seen, figure: str) -> Step:
    values = " / ".join(f"{f[figure]:.6g} {f['unit']} ({f.valid_from})" for f in (one, other))
    return Step(rule, f"{zh}: {values}", f"{en}: {values}", (one.id, other.id), (one.source, other.source))
