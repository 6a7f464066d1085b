"""How target firms are graded: an ordered list of rules over kinds of evidence, in liantu.toml; the default is shipped."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import LiantuError

GRADES = ("A", "B", "C", "watch")
KINDS: dict[str, tuple[str, str]] = {
    "makes": ("在外地生产", "makes it elsewhere"),
    "expands": ("近期在外地扩产", "expands elsewhere"),
    "supplies": ("供货本地企业", "supplies a local firm"),
    "customer": ("本地企业的客户", "buys from a local firm"),
    "surplus": ("投入在本地富余", "its input is in surplus here"),
    "parent": ("驻地企业的总部或同集团", "parent or group of a local firm"),
    "tie": ("有渠道联系", "a channel knows it"),
    "factors": ("要素相配", "fits the place's factors"),
    "listed": ("上市或500强", "listed or 500-largest"),
    "contact": ("已对接", "in contact"),
    "adjacent": ("能力相近 (推断)", "adjacent capability (inferred)"),
}
"""Kinds of evidence: (中文, English)."""
_TIED = ("supplies", "customer", "parent", "tie", "contact")


@dataclass(frozen=True, slots=True)
class Rule:
    """``grade`` where every kind of ``all`` and, unless it is empty, one of ``any`` is there."""

    grade: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()

    def fires(self, kinds: frozenset[str]) -> bool:
        return kinds.issuperset(self.all) and (not self.any or not kinds.isdisjoint(self.any))


RULES = (
    Rule("A", ("makes", "expands"), _TIED), Rule("B", ("makes",), ("expands", "surplus", *_TIED)), Rule("B", ("expands",), _TIED),
    Rule("C", (), ("makes", "expands", "adjacent")), Rule("watch"))
"""The first that fires; the last always does. Composed by this project, after no published instrument."""


@dataclass(frozen=True, slots=True)
class Grading:
    """``months``: how far back an expansion counts. ``power_hungry``: chain nodes to which cheap power matters, ``power_price`` what
    cheap is, in 元/千瓦时. All of them composed defaults."""

    rules: tuple[Rule, ...] = RULES
    months: float = 24
    power_price: float = 0.40
    power_hungry: tuple[str, ...] = field(default=("多晶硅", "颗粒硅", "单晶棒", "工业硅", "光伏玻璃", "铝", "电解铝"))


def grading(path: Path, raw: dict[str, Any]) -> Grading:
    """Section [targets]; LiantuError names the key that is wrong and its cure."""
    section = raw.get("targets", {})
    if not isinstance(section, dict):
        raise _wrong(path, "targets", section, "写成一节 [targets] / write a section [targets]")
    for key in section.keys() - {"grades", "months", "power_price", "power_hungry"}:
        raise _wrong(path, key, section[key], "可用的键 / known keys: grades, months, power_price, power_hungry")
    found: dict[str, Any] = {key: _positive(path, key, section[key]) for key in ("months", "power_price") if key in section}
    if "power_hungry" in section:
        found["power_hungry"] = _texts(path, "power_hungry", section["power_hungry"])
    if "grades" in section:
        found["rules"] = _rules(path, section["grades"])
    return Grading(**found)


def _rules(path: Path, given: Any) -> tuple[Rule, ...]:
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise _wrong(path, "grades", given, "写成几节 [[targets.grades]] / write sections [[targets.grades]]")
    rules = tuple(_rule(path, one) for one in given)
    if rules[-1].all or rules[-1].any:
        rules = (*rules, Rule("watch"))
    return rules


def _rule(path: Path, given: dict[str, Any]) -> Rule:
    for key in given.keys() - {"grade", "all", "any"}:
        raise _wrong(path, key, given[key], "可用的键 / known keys: grade, all, any")
    if given.get("grade") not in GRADES:
        raise _wrong(path, "grade", given.get("grade"), " | ".join(GRADES))
    kinds = {key: _texts(path, key, given.get(key, [])) for key in ("all", "any")}
    for key, named in kinds.items():
        for kind in named:
            if kind not in KINDS:
                near = difflib.get_close_matches(kind, KINDS, 3, 0.3) or list(KINDS)
                raise _wrong(path, key, kind, f"依据的种类 / kinds of evidence: {', '.join(near)}")
    return Rule(given["grade"], kinds["all"], kinds["any"])


def _texts(path: Path, key: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise _wrong(path, key, given, "写成一列文字 / a list of texts: [\"…\", \"…\"]")
    return tuple(given)


def _positive(path: Path, key: str, given: Any) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 < given < 1e9:
        raise _wrong(path, key, given, "填正数 / a number > 0")
    return float(given)


def _wrong(path: Path, key: str, value: Any, cure: str) -> LiantuError:
    return LiantuError(f"{path} [targets] {key} = {value!r} 不可用 / is not usable", cure)


def text(given: Grading) -> list[str]:
    """The section as lines of a liantu.toml."""
    import json

    def listed(texts: tuple[str, ...]) -> str:
        return json.dumps(list(texts), ensure_ascii=False)

    out = ["", "# 目标企业分级: 依次看, 先成立的算; all 都要有, any 有一项即可 / grades: the first rule that holds",
           "[targets]", f"months = {given.months:g}", f"power_price = {given.power_price:g}", f"power_hungry = {listed(given.power_hungry)}"]
    for rule in given.rules:
        out += ["[[targets.grades]]", f'grade = "{rule.grade}"', f"all = {listed(rule.all)}", f"any = {listed(rule.any)}"]
    return out
