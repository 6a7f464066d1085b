"""What is known of a project as one value by name: a figure that somebody stated, a ratio of two, or unknown with what lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.cited import Cited
from graph import units

INPUTS: dict[str, tuple[str, str]] = {
    "总投资": ("亿元", "total investment"), "用地": ("亩", "land area"), "税收": ("万元", "tax a year"),
    "工业增加值": ("万元", "value added a year"), "销售收入": ("万元", "sales a year"), "研发费用": ("万元", "R&D spending a year"),
    "能耗": ("吨标煤", "energy used a year"), "年耗电": ("万千瓦时", "power a year"), "年用水": ("万立方米", "water a year"),
    "排放量": ("吨", "emissions a year"), "用工": ("人", "jobs"), "建设周期": ("月", "months of building"),
    "容积率": ("", "floor area ratio"), "建筑系数": ("%", "share of land built on"), "产业政策符合": ("", "complies with policy and plan")}
"""Value → its unit and English name: what one can ask an investor. Others are read as they are stated."""

RATIOS: dict[str, tuple[str, str, str, str]] = {
    "投资强度": ("总投资", "用地", "万元/亩", "investment per mu"), "亩均税收": ("税收", "用地", "万元/亩", "tax per mu"),
    "亩均增加值": ("工业增加值", "用地", "万元/亩", "value added per mu"),
    "亩均销售收入": ("销售收入", "用地", "万元/亩", "sales per mu"),
    "单位能耗增加值": ("工业增加值", "能耗", "万元/吨标煤", "value added per energy"),
    "单位能耗税收": ("税收", "能耗", "万元/吨标煤", "tax per energy"),
    "单位用电税收": ("税收", "年耗电", "元/千瓦时", "tax per power"),
    "单位排放增加值": ("工业增加值", "排放量", "万元/吨", "value added per emission"),
    "全员劳动生产率": ("工业增加值", "用工", "万元/人", "value added per job"),
    "研发投入占比": ("研发费用", "销售收入", "%", "R&D share of sales")}
"""Ratio → numerator, denominator, unit, English name. Source: the wording of the instruments in data/instruments."""


FLAGS = frozenset({"产业政策符合"})
"""Values that are 1 for yes and 0 for no."""
RANK = "得分名次"
"""How far from the top a score is among all that are judged, in %."""
SHARES = frozenset({"建筑系数", RANK})
"""Values that are shares of a whole: 100 % at most."""
_NAMES = {RANK: "rank of the score from the top", "分档": "class", "可供用地": "land to give", "可供电量": "power to give",
          "可供水量": "water to give", "能耗指标": "energy quota", "工程建设必要性": "need of the project",
          "发展规划符合性": "fit to the development plan", "产业政策符合性": "fit to industrial policy", "行业准入": "entry rules of the trade"}
_BASE = "基准值"


@dataclass(frozen=True, slots=True)
class Value:
    """``value`` is None where it is unknown: ``missing`` then names the inputs that lack, ``why`` says it in both languages."""

    name: str
    value: float | None
    unit: str
    evidence: tuple[Cited, ...] = ()
    missing: tuple[str, ...] = ()
    why: tuple[str, str] = ("", "")


def english(name: str) -> str:
    """The English name of a value, or the name itself."""
    if name in INPUTS or name in RATIOS:
        return INPUTS[name][1] if name in INPUTS else RATIOS[name][3]
    if name.endswith(_BASE) and (of := english(name.removesuffix(_BASE))) != name.removesuffix(_BASE):
        return f"base of {of}"
    return _NAMES.get(name, name)


def unit_of(name: str) -> str | None:
    """The unit a value is computed in; None for one that only its sources know."""
    return INPUTS[name][0] if name in INPUTS else RATIOS[name][2] if name in RATIOS else "%" if name == RANK else None


def in_unit(value: float, unit: str, to: str) -> float | None:
    """A figure in ``to``; a yearly figure may or may not say that it is one. None where it does not convert."""
    for ours in (unit, unit.removesuffix("/年").removesuffix("/a")):
        for theirs in (to, to.removesuffix("/年").removesuffix("/a")):
            got = units.convert(value, ours, theirs) if ours or not theirs else None
            if got is not None:
                return got
    return None


def valued(name: str, unit: str, known: Mapping[str, Value]) -> Value:
    """A value in ``unit``: as stated, else the ratio of two that are."""
    if name in known:
        return _converted(known[name], unit)
    if name not in RATIOS:
        return Value(name, None, unit, (), (name,), ("未见公开数据", "no public figure"))
    over, under, own, _ = RATIOS[name]
    above, below = valued(over, INPUTS[over][0], known), valued(under, INPUTS[under][0], known)
    cited = (*above.evidence, *below.evidence)
    missing = (*above.missing, *below.missing)
    if missing:
        return Value(name, None, unit, cited, missing, (f"缺 {'、'.join(missing)}", f"lacks {', '.join(map(english, missing))}"))
    if not below.value or above.value is None:
        return Value(name, None, unit, cited, (under,), (f"{under}为 0", f"{english(under)} is 0"))
    return _converted(Value(name, _divided(above.value, INPUTS[over][0], below.value, INPUTS[under][0], own), own, cited), unit)


def _divided(over: float, over_unit: str, under: float, under_unit: str, unit: str) -> float | None:
    """One figure per another in ``unit``; by the registry, so that 亿元 per 亩 is 万元 per 亩 by no factor of ours."""
    ratio = f"({over_unit})/({under_unit})" if over_unit != under_unit else ""
    return units.convert(over / under, ratio, unit)


def _converted(given: Value, unit: str) -> Value:
    if given.value is None:
        return given
    got = in_unit(given.value, given.unit, unit)
    if got is not None:
        return Value(given.name, float(f"{got:.12g}"), unit, given.evidence)
    return Value(given.name, None, unit, given.evidence, (given.name,),
                 (f"单位 {given.unit or '(无)'} 不能换算成 {unit or '(无)'}", f"{given.unit or '(none)'} does not convert to {unit or '(none)'}"))
