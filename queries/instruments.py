"""Instruments from their files: data/instruments/*.toml, and a workspace's own beside them; a bad file says what and where."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.instruments import RULES, Class, Instrument, Rule
from analysis.project_values import in_unit, unit_of
from graph import units
from graph.errors import LiantuError, QuestionError

DEFAULT = "composed"
_HEAD = {"name": str, "zh": str, "en": str, "place": str, "year": int, "judges": str, "composed": bool, "points": float,
         "publisher": str, "address": str, "place_en": str}
_MUST = ("name", "zh", "en", "place", "judges", "points", "publisher")
_CLASS = {"name": str, "zh": str, "en": str, "upto": float}
_RULE = {"value": str, "unit": str, "rule": str, "points": float, "bound": float, "base": float, "base_of": str, "most": float,
         "low": float, "high": float, "by": str, "by_unit": str, "table": list, "note": list}
_NEEDS: dict[str, tuple[str, ...]] = {"yes": (), "at_least": ("bound",), "at_most": ("bound",), "at_most_by": ("by", "by_unit", "table"),
                                      "ratio": (), "linear": ("low", "high"), "steps": ("table",), "judged": ()}


def instruments(*folders: Path) -> tuple[Instrument, ...]:
    """Every instrument of some folders (one that is not there holds none), the composed default first; a later folder's
    stands for an earlier one's of the same name. LiantuError for a bad file."""
    found = {one.name: one for folder in folders for path in sorted(folder.glob("*.toml")) for one in [read(path)]}
    return tuple(found[name] for name in sorted(found, key=lambda n: (n != DEFAULT, n)))


def chosen(found: Sequence[Instrument], name: str | None) -> Instrument:
    """An instrument by its name or title; the default where none is named. QuestionError with the nearest."""
    wanted = name or DEFAULT
    for one in found:
        if wanted in (one.name, one.zh, one.en):
            return one
    names = [spelling for one in found for spelling in (one.name, one.zh)]
    near = difflib.get_close_matches(wanted, names, 3, 0.3) or [n for n in names if wanted in n] or [one.name for one in found]
    raise QuestionError(f"没有评价办法 “{wanted}” / no such instrument: {wanted}",
                        f"你是否想用: {'、'.join(near)}; 列出全部 / list all: liantu suitability --list")


def read(path: Path) -> Instrument:
    """One file, checked: known keys, rules and units, and criteria that add up to what the file says."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LiantuError(f"{path.name} 读不懂: {error} / cannot be read", "改正该行, 文件须为 UTF-8 / mend that line; it must be UTF-8") from error
    parts = {key: raw.pop(key, []) for key in ("veto", "criterion", "class", "note")}
    for key, entries in parts.items():
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise _wrong(path, key, key, entries, f"写成 [[{key}]] / write [[{key}]]")
    head = _typed(path, "", raw, _HEAD)
    for key in _MUST:
        if key not in head:
            raise _wrong(path, "", key, None, "必填 / required")
    rules = tuple(_rule(path, part, number, entry) for part in ("veto", "criterion") for number, entry in enumerate(parts[part], 1))
    made = Instrument(**{"year": None, "composed": False, "address": "", **head}, rules=rules,
                      notes=tuple(_note(path, n) for n in parts["note"]), classes=_classes(path, parts["class"]))
    return _adding_up(path, made)


def _classes(path: Path, entries: Sequence[Mapping[str, Any]]) -> tuple[Class, ...]:
    """Best first, up to 100 %."""
    found = []
    for number, entry in enumerate(entries, 1):
        given = _typed(path, f"class {number}", entry, _CLASS)
        for key in _CLASS:
            if given.get(key, "") == "":
                raise _wrong(path, f"class {number}", key, given.get(key), "必填 / required")
        found.append(Class(**given))
    ends = [one.upto for one in found]
    if ends and (ends != sorted(set(ends)) or ends[0] <= 0 or ends[-1] != 100):
        raise _wrong(path, "class", "upto", ends, "从小到大, 最后一档 100 / ascending, the last one 100")
    return tuple(found)


def _adding_up(path: Path, made: Instrument) -> Instrument:
    """What the file says against what stands in it; LiantuError where the two differ, or there is nothing to judge by."""
    if not made.rules:
        raise _wrong(path, "", "veto", [], "至少一条 [[veto]] 或 [[criterion]] / at least one")
    total = math.fsum(rule.points for rule in made.criteria)
    if not math.isclose(total, made.points, abs_tol=1e-9):
        raise LiantuError(f"{path.name}: 各项分值合计 {total:.6g}, 文件写 points = {made.points:.6g} / the criteria add up to {total:.6g} and "
                          f"the file says {made.points:.6g}", "改正分值或 points / mend the points of the criteria or of the file")
    return made


def _rule(path: Path, part: str, number: int, entry: Mapping[str, Any]) -> Rule:
    at = f"{part} {number}"
    given = _typed(path, at, entry, _RULE)
    for key in ("value", "rule"):
        if not given.get(key):
            raise _wrong(path, at, key, given.get(key), "必填 / required")
    kind = given["rule"]
    allowed = [r for r, where in RULES.items() if part in where]
    if kind not in allowed:
        near = difflib.get_close_matches(str(kind), allowed, 1, 0.5)
        raise _wrong(path, at, "rule", kind, f"可用的规则 / known rules: {', '.join(near or allowed)}")
    _check(path, at, part, given)
    table = tuple(_pair(path, at, row) for row in given.pop("table", []))
    if list(table) != sorted(set(table)):
        raise _wrong(path, at, "table", table, "门槛从小到大, 不重复 / thresholds ascend, each once")
    if part == "criterion" and table and max(points for _, points in table) != given["points"]:
        raise _wrong(path, at, "points", given["points"], "应等于 table 里最高的分 / must be the most points of the table")
    zh, en = [*given.pop("note", []), "", ""][:2]
    return Rule(**{"unit": "", **given}, part=part, table=table, note=(str(zh), str(en)))


def _check(path: Path, at: str, part: str, given: Mapping[str, Any]) -> None:
    for key in _NEEDS[given["rule"]]:
        if key not in given or given[key] in ("", []):
            raise _wrong(path, at, key, given.get(key), f"规则 {given['rule']} 需要它 / the rule {given['rule']} needs it")
    if (part == "criterion") != (given.get("points", 0.0) > 0):
        raise _wrong(path, at, "points", given.get("points"), "每项评分须有大于 0 的分值, 一票否决没有 / a criterion has points above 0, a veto none")
    if given["rule"] == "ratio" and not (given.get("base", 0.0) > 0 or (given.get("base_of") and "base" not in given)):
        raise _wrong(path, at, "base", given.get("base"),
                     "基准值须大于 0, 或用 base_of 写地区指标名 / above 0, or base_of names the region's indicator")
    if given["rule"] == "linear" and given["low"] == given["high"]:
        raise _wrong(path, at, "high", given["high"], "low 与 high 须不同 / low and high must differ")
    for name, unit in ((given["value"], given.get("unit", "")), (given.get("by", ""), given.get("by_unit", ""))):
        _unit(path, at, name, unit)


def _unit(path: Path, at: str, name: str, unit: str) -> None:
    try:
        units.known(unit)
    except LiantuError as error:
        raise _wrong(path, at, "unit", unit, error.cure) from error
    ours = unit_of(name)
    if ours is not None and in_unit(1.0, ours, unit) is None:
        raise _wrong(path, at, "unit", unit, f"{name} 以 {ours or '(无)'} 计 / is in {ours or '(none)'}")


def _typed(path: Path, at: str, given: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    out = {}
    for key, value in given.items():
        if key not in kinds:
            near = difflib.get_close_matches(key, kinds, 1, 0.6)
            raise _wrong(path, at, key, value, f"可用的键 / known keys: {', '.join(near or kinds)}")
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not (number if kinds[key] is float else type(value) is kinds[key]):
            raise _wrong(path, at, key, value, "数字 / a number" if kinds[key] is float else kinds[key].__name__)
        out[key] = float(value) if kinds[key] is float else value
    return out


def _pair(path: Path, at: str, row: Any) -> tuple[float, float]:
    good = isinstance(row, list) and len(row) == 2 and all(isinstance(n, int | float) and not isinstance(n, bool) for n in row)
    if not good:
        raise _wrong(path, at, "table", row, "写成 [门槛, 值] / write [threshold, value]")
    return float(row[0]), float(row[1])


def _note(path: Path, given: Mapping[str, Any]) -> tuple[str, str]:
    said = _typed(path, "note", given, {"zh": str, "en": str})
    if set(said) != {"zh", "en"}:
        raise _wrong(path, "note", "zh", dict(given), "zh 与 en 都写 / both zh and en")
    return said["zh"], said["en"]


def _wrong(path: Path, at: str, key: str, value: Any, cure: str) -> LiantuError:
    where = f" [{at}]" if at else ""
    return LiantuError(f"{path.name}{where} {key} = {value!r} 不可用 / is not usable", cure)
