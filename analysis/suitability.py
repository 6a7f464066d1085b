"""落地适应性分析: a project against an instrument. Vetoes first, then points; what is unknown is an interval and a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from analysis.cited import Cited
from analysis.instruments import Both, Instrument, Rule, classed, said
from analysis.parts import Source
from analysis.project_demands import Demanded
from analysis.project_fit import Fit
from analysis.project_values import RANK, Value, english, unit_of, valued
from formulas import scorecard

CLASS = "分档"
VERDICTS = {"failed": ("有门槛未过", "a veto failed"), "unknown": ("门槛待核", "vetoes undecided"),
            "passed": ("门槛全过", "all vetoes passed"), "none": ("没有门槛", "no vetoes")}


@dataclass(frozen=True, slots=True)
class Judged:
    """One veto (``state``: passed, failed, unknown) or criterion (scored, unknown; ``low`` to ``high`` of its ``points``), or the
    class by rank (classed, unknown; ``why`` says which).

    ``high`` None of a criterion: no highest is published. ``missing`` names what lacks, ``why`` says it.
    """

    part: str
    name: str
    en: str
    value: float | None
    unit: str
    rule: Both
    points: float
    state: str
    low: float | None
    high: float | None
    evidence: tuple[Cited, ...]
    missing: tuple[str, ...]
    why: Both
    note: Both


@dataclass(frozen=True, slots=True)
class AskNext:
    """A question: by how many points its answer alone narrows the total, and with the other missing ones; None: it has no end
    until then. ``points``: of the criteria that it is part of.

    ``decides``: vetoes and the class that it decides by itself; ``helps``: those that need more answers.
    ``demands``: those on the place (land, power, water, energy) that cannot be held against what it has without the answer.
    ``whom``: investor, region, or us where it is ours to judge.
    """

    name: str
    en: str
    unit: str
    whom: str
    narrows: float | None
    with_others: float | None
    points: float
    decides: tuple[str, ...]
    helps: tuple[str, ...]
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suitability:
    """Answer to: should we take this project, by this instrument, as far as one knows? ``low`` to ``high`` is the total
    (None: no highest, as no cap or base is published); ``verdict`` is that of the vetoes."""

    question: str
    region: str
    project: str
    place: str
    phases: tuple[str, ...]
    as_of: date
    known_by: date
    audience: str
    instrument: str
    title: Both
    composed: bool
    verdict: str
    points: float
    low: float
    high: float | None
    rows: tuple[Judged, ...]
    fit: tuple[Fit, ...]
    demands: tuple[Demanded, ...]
    ask: tuple[AskNext, ...]
    sources: tuple[Source, ...]
    notes: tuple[Both, ...] = ()


def judge(instrument: Instrument, known: Mapping[str, Value], bases: Mapping[str, Value]) -> tuple[Judged, ...]:
    """Every veto, every criterion, the class; ``known``: the project's figures, ``bases``: the region's that criteria rest on."""
    return (*(_veto(r, known) for r in instrument.vetoes), *(_criterion(r, known, bases) for r in instrument.criteria),
            *_class(instrument, known))


def verdict(rows: Iterable[Judged]) -> str:
    """failed where one veto failed, else unknown where one is undecided."""
    states = {row.state for row in rows if row.part == "veto"}
    return next((state for state in ("failed", "unknown", "passed") if state in states), "none")


def total(rows: Iterable[Judged]) -> scorecard.Interval:
    """The points as [low, high], to nine digits so that both engines print one number."""
    low, high = scorecard.total((r.low or 0.0, r.high) for r in rows if r.part == "criterion")
    return round(low, 9), None if high is None else round(high, 9)


def _veto(rule: Rule, known: Mapping[str, Value]) -> Judged:
    value = valued(rule.value, rule.unit, known)
    passed, also = _passed(rule, value, known)
    if passed is None:
        missing = tuple(dict.fromkeys((*value.missing, *also.missing)))
        return _judged(rule, value, "unknown", None, None, missing, value.why if value.missing else also.why, also.evidence)
    return _judged(rule, value, "passed" if passed else "failed", None, None, (), ("", ""), also.evidence)


def _passed(rule: Rule, value: Value, known: Mapping[str, Value]) -> tuple[bool | None, Value]:
    """Whether a veto is passed, None where unknown, and the second value that it looks at."""
    also = valued(rule.by, rule.by_unit, known) if rule.by else Value("", None, "")
    if value.value is None:
        return None, also
    if rule.rule == "at_most_by":
        return _within(rule, value.value, also.value), also
    if rule.rule == "yes":
        return value.value >= 1, also
    bound = rule.bound or 0.0
    near = math.isclose(value.value, bound, rel_tol=1e-9)
    return near or (value.value >= bound if rule.rule == "at_least" else value.value <= bound), also


def _within(rule: Rule, value: float, by: float | None) -> bool | None:
    """The bound of the last step that ``by`` is above; below the first there is none. Below every bound ``by`` does not matter."""
    if by is None:
        return True if value <= min(bound for _, bound in rule.table) else None
    bounds = [bound for least, bound in rule.table if by > least]
    return not bounds or value <= bounds[-1]


def _criterion(rule: Rule, known: Mapping[str, Value], bases: Mapping[str, Value]) -> Judged:
    value = valued(rule.value, rule.unit, known)
    base = valued(rule.base_of, rule.unit, bases) if rule.base_of and rule.base is None else None
    missing = (*value.missing, *(base.missing if base else ()))
    got = None if missing or value.value is None else _points(rule, value.value, base.value if base else rule.base)
    if got is not None:
        return _judged(rule, value, "scored", got, got, (), ("", ""), base.evidence if base else ())
    why = value.why if value.missing else (f"缺 {rule.base_of}: 未见公开数据", f"lacks {rule.base_of}: no public figure") if missing else \
        (f"{value.value:.6g} 不是公布的档位或基准不可用", f"{value.value:.6g} is no published level, or the base is unusable")
    low, high = _bounds(rule)
    return _judged(rule, value, "unknown", low, high, missing or (rule.value,), why, base.evidence if base else ())


def _class(instrument: Instrument, known: Mapping[str, Value]) -> tuple[Judged, ...]:
    """Which class the rank of the score gives; nothing where the instrument has none."""
    if not instrument.classes:
        return ()
    value = valued(RANK, "%", known)
    rank = Rule("class", CLASS, "%", "rank")
    if value.value is None or value.value > 100:
        why = value.why if value.value is None else (f"{value.value:.6g} % 超过 100 %", f"{value.value:.6g} % is above 100 %")
        return (replace(_judged(rank, value, "unknown", None, None, (RANK,), why, ()), rule=classed(instrument.classes)),)
    one = next(c for c in instrument.classes if value.value <= c.upto)
    found = _judged(rank, value, "classed", None, None, (), (f"{one.name} {one.zh}", f"{one.name} ({one.en})"), ())
    return (replace(found, rule=classed(instrument.classes)),)


def _points(rule: Rule, value: float, base: float | None) -> float | None:
    if rule.rule == "ratio":
        return round(scorecard.ratio(value, base, rule.points, rule.most), 9) if base and base > 0 else None
    if rule.rule == "linear":
        return round(scorecard.linear(value, rule.low, rule.high, rule.points), 9)
    if rule.rule == "steps":
        return scorecard.steps(value, rule.table)
    levels = [points for _, points in rule.table]
    return value if (value in levels if levels else 0 <= value <= rule.points) else None


def _bounds(rule: Rule) -> scorecard.Interval:
    """The least and the most points of a criterion whose value is unknown."""
    if rule.rule == "ratio":
        return 0.0, rule.most
    if rule.rule == "linear":
        return 0.0, rule.points
    got = [points for _, points in rule.table] or [0.0, rule.points]
    return (min(got) if rule.rule == "judged" else min(0.0, *got)), max(got)


def _judged(rule: Rule, value: Value, state: str, low: float | None, high: float | None, missing: tuple[str, ...], why: Both,
            more: tuple[Cited, ...]) -> Judged:
    shown = None if value.value is None else float(f"{value.value:.9g}")
    return Judged(rule.part, rule.value, english(rule.value), shown, rule.unit, said(rule), rule.points, state, low, high,
                  tuple(dict.fromkeys((*value.evidence, *more))), tuple(dict.fromkeys(missing)), why, rule.note)


def ask_next(rows: tuple[Judged, ...], whom: Mapping[str, str], needed: tuple[Demanded, ...] = ()) -> tuple[AskNext, ...]:
    """What to ask, what narrows the total most first, then what decides most vetoes, then what a demand on the place waits for;
    equal ones by name. ``whom``: see ``asked_of``."""
    waits = {name: (d.name, d.unit, who) for d in needed for name, known, who in
             ((d.name, d.needs, "investor"), (d.indicator, d.has, "region")) if known is None}
    names = sorted({*waits, *(name for row in rows if row.state == "unknown" for name in row.missing)})
    return tuple(sorted((_question(name, rows, whom.get(name, waits.get(name, ("", "", "investor"))[2]), waits.get(name, ())[:2])
                         for name in names), key=_order))


def asked_of(instrument: Instrument) -> dict[str, str]:
    """Who knows what an investor does not: the region its bases, and what is judged is ours."""
    ours = {rule.value: "us" for rule in instrument.rules if rule.rule in ("yes", "judged")}
    return ours | {RANK: "region"} | {rule.base_of: "region" for rule in instrument.criteria if rule.base_of}


def _question(name: str, rows: tuple[Judged, ...], whom: str, waits: tuple[str, ...]) -> AskNext:
    """``waits``: the demand that waits for it, and its unit; () for none."""
    open_ = [row for row in rows if row.state == "unknown" and name in row.missing]
    alone: Callable[[Judged], bool] = lambda row: len(row.missing) == 1  # noqa: E731
    vetoes, points = [r for r in open_ if r.part != "criterion"], [r for r in open_ if r.part == "criterion"]
    return AskNext(name, english(name), unit if (unit := unit_of(name)) is not None else waits[1] if waits else open_[0].unit, whom,
                   _width(filter(alone, points)), _width(points), math.fsum(r.points for r in points),
                   tuple(dict.fromkeys(r.name for r in vetoes if alone(r))), tuple(dict.fromkeys(r.name for r in vetoes if not alone(r))),
                   waits[:1])


def _width(rows: Iterable[Judged]) -> float | None:
    """How wide the intervals of these are together; None where one has no end."""
    low, high = scorecard.total((r.low or 0.0, r.high) for r in rows)
    return None if high is None else round(high - low, 9)


def _order(one: AskNext) -> tuple[float, int, float, float, int, int, str]:
    wide = [math.inf if width is None else width for width in (one.narrows, one.with_others)]
    return -wide[0], -len(one.decides), -wide[1], -one.points, -len(one.helps), -len(one.demands), one.name
