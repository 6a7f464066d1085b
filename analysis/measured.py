"""Believed MEASURES, and what a project's own facts tell of it, as values by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analysis.cited import Cited
from analysis.project_values import FLAGS, INPUTS, Value, english, in_unit
from graph.clocks import Seen, believed

WHOLE_ONLY = frozenset({"容积率", "建筑系数", "产业政策符合", "建设周期"})
"""Figures that those of phases do not add up to."""
_MONTH = 365.25 / 12


def measured(facts: Iterable[Seen], names: Mapping[str, str]) -> dict[str, dict[str, Value]]:
    """Subject → indicator → its newest believed figure, one without a scope before one of a part; ``names``: indicator id → name."""
    out: dict[str, dict[str, Value]] = {}
    for fact in sorted(believed(facts), key=lambda f: (not f["scope"], f.valid_from, f.precedence, f.line)):
        if fact["value"] is not None:
            name = names.get(fact.end, fact.end)
            out.setdefault(fact.start, {})[name] = Value(name, float(fact["value"]), fact["unit"] or "", (_cited(name, fact),))
    return out


def _cited(name: str, fact: Seen) -> Cited:
    about = " ".join(part for part in (fact["period"], fact["scope"]) if part)
    (zh, en), about = written(name, float(fact["value"]), fact["unit"] or ""), f" ({about})" if about else ""
    return Cited("figure", f"{name} {zh}{about}", f"{english(name)} {en}{about}", fact.source, fact.valid_from, fact.known_from, fact.id)


def of_whole(own: Mapping[str, Value], phases: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """A project's own figures, else the sum of its phases' where every phase has one."""
    out = dict(own)
    for name in sorted({n for phase in phases for n in phase} & INPUTS.keys() - WHOLE_ONLY - own.keys()):
        unit, parts = INPUTS[name][0], [phase.get(name) for phase in phases]
        sizes = [None if p is None or p.value is None else in_unit(p.value, p.unit, unit) for p in parts]
        if None not in sizes:
            out[name] = Value(name, float(f"{sum(s for s in sizes if s is not None):.12g}"), unit,
                              tuple(c for p in parts if p for c in p.evidence))
    return out


def building(events: Iterable[Seen], whole: str, phases: Sequence[str]) -> dict[str, Value]:
    """建设周期 in months: from the first start of construction to the last opening, actual before planned; {} where one lacks."""
    days: dict[tuple[str, str], Seen] = {}
    for fact in sorted(believed(events), key=lambda f: (f["basis"] == "actual", f.precedence)):
        days[fact.start, fact.end] = fact
    starts = [days[p, "started"] for p in (whole, *phases) if (p, "started") in days]
    opens = [days[p, "operating"] for p in (phases or (whole,)) if (p, "operating") in days]
    if phases and len(opens) < len(phases):
        opens = [days[whole, "operating"]] if (whole, "operating") in days else []
    if not starts or not opens:
        return {}
    first, last = min(starts, key=lambda f: (f["day"], f.id)), max(opens, key=lambda f: (f["day"], f.id))
    months = (last["day"] - first["day"]).days / _MONTH
    if months < 0:
        return {}
    return {"建设周期": Value("建设周期", round(months, 1), "月", (_event(first, "开工", "construction starts"), _event(last, "投产", "operates")))}


def _event(fact: Seen, zh: str, en: str) -> Cited:
    planned = fact["basis"] != "actual"
    return Cited("figure", f"{'计划' if planned else ''}{zh} {fact['day']}", f"{'planned: ' if planned else ''}{en} {fact['day']}",
                 fact.source, fact.valid_from, fact.known_from, fact.id)


def written(name: str, value: float, unit: str) -> tuple[str, str]:
    """A figure in words: what complies is yes or no."""
    if name in FLAGS:
        return ("是", "yes") if value >= 1 else ("否", "no")
    said = f"{value:.9g} {unit}".rstrip()
    return said, said


def supposed(given: Mapping[str, tuple[float, str]], as_of: date, known_by: date) -> dict[str, Value]:
    """What is only assumed for this one answer (``--given``)."""
    return {name: Value(name, value, unit, (Cited("assumed", f"假设: {name} {written(name, value, unit)[0]}",
                                                  f"assumed: {english(name)} {written(name, value, unit)[1]}", "", as_of, known_by),))
            for name, (value, unit) in given.items()}
