"""A fact in one sentence, in both languages: what a cause or a change rests on."""

from __future__ import annotations

from collections.abc import Callable

from analysis.causes import Cause, Event
from analysis.demand import stated
from analysis.evidence import Evidence
from graph.clocks import Seen
from graph.model import EDGE, ENDS, MILESTONES, PERMITS, SAYS, STATES

Both = tuple[str, str]
_STEPS = {key: (zh, en) for key, zh, en in (*MILESTONES, *PERMITS, *ENDS)}
_SAYS = {key: (zh, en) for key, zh, en in SAYS}
_STATES = {key: (zh, en) for key, zh, en in STATES}


def cause(evidence: Evidence, event: Event) -> Cause:
    """The event told: what became visible, or which day came or passed."""
    zh, en = told(evidence, event.fact)
    if event.kind == "since":
        zh, en = f"到了投产日期: {zh}", f"its day of opening came: {en}"
    elif event.kind == "due":
        zh, en = f"计划日期已过: {zh}", f"its planned day passed: {en}"
    return Cause(event.kind, event.fact.id, event.day, event.fact.known_from, zh, en, event.fact.source)


def told(evidence: Evidence, fact: Seen) -> Both:
    """Who, what, how much; the names as the evidence has them."""
    zh, en = _TOLD.get(fact.edge, _plain)(evidence, fact)
    if fact.holds:
        return zh, en
    return f"不再成立: {zh}", f"no longer holds: {en}"


def _name(evidence: Evidence, id: str) -> str:
    return evidence.nodes[id].name if id in evidence.nodes else evidence.name(id)


def _ends(evidence: Evidence, fact: Seen) -> Both:
    return _name(evidence, fact.start), _name(evidence, fact.end)


def _size(fact: Seen) -> Both:
    value, rate = fact[EDGE[fact.edge].value], fact["yield_rate"]
    if value is None:
        return "数值未知", "size unknown"
    saleable = "" if rate is None else f" × {rate:.4g} = {value * rate:.6g} {fact['unit']}"  # as every other answer counts it
    return (f"{value:.6g} {fact['unit']}".rstrip() + saleable,) * 2


def _plain(evidence: Evidence, fact: Seen) -> Both:
    start, end = _ends(evidence, fact)
    edge = EDGE[fact.edge]
    return f"{start} {edge.zh} {end}", f"{start} {edge.en} {end}"


def _makes(evidence: Evidence, fact: Seen) -> Both:
    (firm, node), (zh, en) = _ends(evidence, fact), _size(fact)
    state = _STATES.get(fact["state"] or "operating", (fact["state"],) * 2)
    since = f", {fact['since']}" if fact["since"] else ""
    return f"{firm} 生产{node}: {zh}, {state[0]}{since}", f"{firm} makes {node}: {en}, {state[1]}{since}"


def _reports(evidence: Evidence, fact: Seen) -> Both:
    (region, node), (zh, en) = _ends(evidence, fact), _size(fact)
    return f"{region} 报出{node} {zh} ({fact.valid_from})", f"{region} reports {node} {en} ({fact.valid_from})"


def _adds(evidence: Evidence, fact: Seen) -> Both:
    (project, node), (zh, en) = _ends(evidence, fact), _size(fact)
    return f"{project} 计划新增{node}: {zh}", f"{project} is to add {node}: {en}"


def _aims(evidence: Evidence, fact: Seen) -> Both:
    (region, node), (zh, en) = _ends(evidence, fact), _size(fact)
    return f"{region} 的{node}目标: {zh}, {fact['due']}", f"goal of {region} for {node}: {en} by {fact['due']}"


def _reaches(evidence: Evidence, fact: Seen) -> Both:
    project = _name(evidence, fact.start)
    zh, en = _STEPS.get(fact.end, (fact.end, fact.end))
    if fact["basis"] == "planned":
        return f"{project} 计划{zh}: {fact['day']}", f"{project} plans: {en} on {fact['day']}"
    return f"{project} {zh}: {fact['day']}", f"{project}: {en} on {fact['day']}"


def _claims(evidence: Evidence, fact: Seen) -> Both:
    (who, node), (zh, en) = _ends(evidence, fact), _SAYS.get(fact["says"], (fact["says"],) * 2)
    return f"{who} 称{node}: {zh} ({fact.valid_from})", f"{who} says of {node}: {en} ({fact.valid_from})"


def _feeds(evidence: Evidence, fact: Seen) -> Both:
    zh, en = _plain(evidence, fact)
    size, year = _size(fact), stated(fact)
    return f"{zh}: {year[0]}单耗 {size[0]}", f"{en}: coefficient {year[1]}, {size[1]}"


_TOLD: dict[str, Callable[[Evidence, Seen], Both]] = {
    "MAKES": _makes, "REPORTS": _reports, "ADDS": _adds, "AIMS": _aims, "REACHES": _reaches, "CLAIMS": _claims,
    "FEEDS": _feeds,
}
