"""How target firms are graded: an ordered list of rules over kinds of evidence, in liantu.toml; the default is shipped."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
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
AGAINST = {"stopped": ("停产", "stopped"), "cancelled": ("停滞或终止", "stalled or ended")}
"""Kinds of evidence that speak against a firm."""
TIED = ("supplies", "customer", "parent", "tie", "contact")
"""Kinds of evidence that join a firm to us."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``grade`` where every kind of ``all`` is there, one of ``any`` unless that is empty, and none of ``without``.

    ``without`` may name kinds that speak against a firm too. ``name`` is (中文, English), ("", "") where it has none.
    """

    grade: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    name: tuple[str, str] = ("", "")

    def fires(self, kinds: frozenset[str]) -> bool:
        return kinds.issuperset(self.all) and (not self.any or not kinds.isdisjoint(self.any)) and kinds.isdisjoint(self.without)


LAST = Rule("watch", name=("其余", "all others"))
RULES = (
    Rule("A", ("makes", "expands"), TIED, name=("在产在扩, 又有联系", "makes it, expands, and is tied to us")),
    Rule("B", ("makes",), ("expands", "surplus", *TIED), name=("在产, 另有一项", "makes it, and one thing more")),
    Rule("B", ("expands",), TIED, name=("在扩, 又有联系", "expands, and is tied to us")),
    Rule("C", (), ("makes", "expands", "adjacent"), name=("在产、在扩或能力相近", "makes it, expands, or could")), LAST)
"""The first that fires; the last always does. Composed by this project, after no published instrument."""


@dataclass(frozen=True, slots=True)
class Grading:
    """``months``: how far back an expansion counts; ``power_price``: what cheap power is, in 元/千瓦时. Composed defaults."""

    rules: tuple[Rule, ...] = RULES
    months: float = 24
    power_price: float = 0.40


def grading(path: Path, raw: dict[str, Any]) -> Grading:
    """Section [targets]; LiantuError names the key that is wrong and its cure."""
    section = raw.get("targets", {})
    if not isinstance(section, dict):
        raise _wrong(path, "targets", section, "写成一节 [targets] / write a section [targets]")
    for key in section.keys() - {"grades", "months", "power_price"}:
        raise _wrong(path, key, section[key], "可用的键 / known keys: grades, months, power_price; "
                     "耗电大的环节 / nodes that take much power: [compare] power_nodes")
    found: dict[str, Any] = {key: _positive(path, key, section[key]) for key in ("months", "power_price") if key in section}
    if "grades" in section:
        found["rules"] = _rules(path, section["grades"])
    return Grading(**found)


def _rules(path: Path, given: Any) -> tuple[Rule, ...]:
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise _wrong(path, "grades", given, "写成几节 [[targets.grades]] / write sections [[targets.grades]]")
    rules = tuple(_rule(path, one) for one in given)
    return rules if rules[-1].fires(frozenset()) and not rules[-1].without else (*rules, LAST)


def _rule(path: Path, given: dict[str, Any]) -> Rule:
    for key in given.keys() - {"grade", *_LISTS, "name"}:
        raise _wrong(path, key, given[key], "可用的键 / known keys: grade, all, any, without, name")
    if given.get("grade") not in GRADES:
        raise _wrong(path, "grade", given.get("grade"), " | ".join(GRADES))
    kinds = {key: _kinds(path, key, given.get(key, [])) for key in _LISTS}
    for kind in kinds["without"]:
        if kind in kinds["all"] or kinds["any"] == (kind,):
            raise _wrong(path, "without", kind, "同一条里又要有又不能有, 永不成立; 去掉一处 / wanted and unwanted in one rule: it never holds")
    return Rule(given["grade"], kinds["all"], kinds["any"], kinds["without"], _name(path, given.get("name", "")))


_LISTS = ("all", "any", "without")


def _kinds(path: Path, key: str, given: Any) -> tuple[str, ...]:
    known = {**KINDS, **AGAINST} if key == "without" else KINDS
    for kind in (named := _texts(path, key, given)):
        if kind not in known:
            near = difflib.get_close_matches(kind, known, 3, 0.3) or list(known)
            raise _wrong(path, key, kind, f"依据的种类 / kinds of evidence: {', '.join(near)}")
    return named


def _name(path: Path, given: Any) -> tuple[str, str]:
    """One text for both languages, or one for each."""
    if isinstance(given, str):
        return given, given
    if isinstance(given, dict) and given.keys() == {"zh", "en"} and all(isinstance(one, str) and one for one in given.values()):
        return given["zh"], given["en"]
    raise _wrong(path, "name", given, '写成 name = "名称" 或 name = { zh = "名称", en = "Name" } / one text, or one for each language')


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

    out = ["", "# 目标企业分级: 依次看, 先成立的算; all 都要有, any 有一项即可, without 都不能有 / grades: the first rule that holds",
           "[targets]", f"months = {given.months:g}", f"power_price = {given.power_price:g}"]
    for rule in given.rules:
        out += ["[[targets.grades]]", f'grade = "{rule.grade}"', f"all = {listed(rule.all)}", f"any = {listed(rule.any)}"]
        out += [f"without = {listed(rule.without)}"] if rule.without else []
        out += ["name = {{ zh = {}, en = {} }}".format(*(json.dumps(one, ensure_ascii=False) for one in rule.name))] if all(rule.name) else []
    return out
