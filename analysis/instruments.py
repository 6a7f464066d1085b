"""Instruments: what a place published to judge a project or a firm by. Vetoes first, then criteria with points."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.project_values import english

Both = tuple[str, str]
"""(中文, English)."""

RULES: dict[str, tuple[str, ...]] = {
    "yes": ("veto",), "at_least": ("veto",), "at_most": ("veto",), "at_most_by": ("veto",),
    "ratio": ("criterion",), "linear": ("criterion",), "steps": ("criterion",), "judged": ("criterion",)}
"""Rule → where it may stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One veto or criterion. ``value`` is what it looks at, in ``unit``; ``points`` is 0 for a veto.

    ``bound``: of at_least, at_most. ``table``: of at_most_by (more than so much of ``by`` → bound), of steps (from so much →
    points) and the levels of judged. ``base``: of ratio, or ``base_of``: the region's indicator that states it. ``most``: the
    most points that are given, None where none is published. ``low``, ``high``: of linear.
    """

    part: str
    value: str
    unit: str
    rule: str
    points: float = 0.0
    bound: float | None = None
    base: float | None = None
    base_of: str = ""
    most: float | None = None
    low: float = 0.0
    high: float = 0.0
    by: str = ""
    by_unit: str = ""
    table: tuple[tuple[float, float], ...] = ()
    note: Both = ("", "")


@dataclass(frozen=True, slots=True)
class Class:
    """A grade that goes by the rank of the score among all that are judged: the best ``upto`` % of them, less those before."""

    name: str
    zh: str
    en: str
    upto: float


@dataclass(frozen=True, slots=True)
class Instrument:
    """``points``: what the criteria add up to; 0 where there are only vetoes. ``composed``: by us, published nowhere.

    ``classes``: best first, the last up to 100 %; () where there are none.
    """

    name: str
    zh: str
    en: str
    place: str
    year: int | None
    judges: str
    composed: bool
    points: float
    publisher: str
    address: str
    rules: tuple[Rule, ...]
    notes: tuple[Both, ...] = ()
    place_en: str = ""
    classes: tuple[Class, ...] = ()

    @property
    def vetoes(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.rules if r.part == "veto")

    @property
    def criteria(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.rules if r.part == "criterion")


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument as it is listed; ``values`` are what it looks at."""

    name: str
    zh: str
    en: str
    place: str
    place_en: str
    year: int | None
    judges: str
    composed: bool
    vetoes: int
    criteria: int
    points: float
    publisher: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instruments:
    """Answer to: which instruments are there?"""

    question: str
    rows: tuple[Listed, ...]


def listed(found: tuple[Instrument, ...]) -> Instruments:
    """The default first, as given."""
    return Instruments("instruments", tuple(Listed(
        i.name, i.zh, i.en, i.place, i.place_en or i.place, i.year, i.judges, i.composed, len(i.vetoes), len(i.criteria), i.points, i.publisher,
        tuple(dict.fromkeys(r.value for r in i.rules))) for i in found))


def said(rule: Rule) -> Both:
    """The rule in words."""
    unit = f" {rule.unit}" if rule.unit else ""
    if rule.rule == "yes":
        return "须符合", "must comply"
    if rule.rule in ("at_least", "at_most"):
        sign = "≥" if rule.rule == "at_least" else "≤"
        return f"{sign} {rule.bound:.6g}{unit}", f"{sign} {rule.bound:.6g}{unit}"
    if rule.rule == "at_most_by":
        zh = "、".join(f"{rule.by}超过 {least:.6g} {rule.by_unit}: ≤ {most:.6g}{unit}" for least, most in rule.table)
        return zh, "; ".join(f"{english(rule.by)} above {least:.6g} {rule.by_unit}: ≤ {most:.6g}{unit}" for least, most in rule.table)
    if rule.rule == "ratio":
        return _ratio(rule, unit)
    if rule.rule == "linear":
        return (f"{rule.low:.6g} 至 {rule.high:.6g}{unit} 之间按比例", f"in proportion from {rule.low:.6g} to {rule.high:.6g}{unit}")
    if rule.rule == "steps":
        return ("、".join(f"≥ {a:.6g}{unit}: {b:.6g} 分" for a, b in rule.table), "; ".join(f"≥ {a:.6g}{unit}: {b:.6g}" for a, b in rule.table))
    levels = "/".join(f"{points:.6g}" for _, points in rule.table)
    return (f"判断打分 {levels}" if levels else "判断打分, 档位未见公开", f"judged {levels}" if levels else "judged, levels not seen")


def classed(classes: tuple[Class, ...]) -> Both:
    """The classes in words."""
    spans = [(c, f"{before:.6g}–{c.upto:.6g} %") for c, before in zip(classes, (0.0, *(c.upto for c in classes)), strict=False)]
    return ("得分在全部参评者中的名次: " + "、".join(f"{c.name} {c.zh} {span}" for c, span in spans),
            "rank of the score among all that are judged: " + "; ".join(f"{c.name} ({c.en}) {span}" for c, span in spans))


def _ratio(rule: Rule, unit: str) -> Both:
    most = ("不封顶", "no most is published") if rule.most is None else (f"至多 {rule.most:.6g}", f"at most {rule.most:.6g}")
    base = (f"{rule.base:.6g}{unit}", f"{rule.base:.6g}{unit}") if rule.base is not None else \
        (f"地区的{rule.base_of}", f"the region's {english(rule.base_of)}")
    return f"值 ÷ {base[0]} × {rule.points:.6g}, {most[0]}", f"value ÷ {base[1]} × {rule.points:.6g}, {most[1]}"
