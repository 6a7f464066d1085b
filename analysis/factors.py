"""What regions are compared by: factors with fixed bounds, judgements between them, and what a workspace says otherwise."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Any

from formulas.weights import RANDOM_INDEX, ahp, consistency, implied, most_inconsistent, not_reciprocal
from graph import units
from graph.errors import LiantuError

_KEYS = ("en", "unit", "better", "worse", "best", "movable", "why", "scopes", "but", "tiers")
INCONSISTENT = 0.1
"""CR above which judgements are refused (Saaty 1980)."""
POWER = "工业电价"
"""The factor that is looked at by itself for nodes that take much power."""


@dataclass(frozen=True, slots=True)
class Factor:
    """``worse`` and ``best`` are the fixed bounds in ``unit``, ``why`` their reason.

    ``scopes``: groups of patterns; figures of one group compare, of two they do not, and what is in none or in ``but`` is not used.
    ``tiers``: the groups are grades of one figure, the first the highest: each region stands with its highest, and they do compare.
    """

    name: str
    en: str
    unit: str
    worse: float
    best: float
    movable: bool
    why: str
    scopes: tuple[tuple[str, ...], ...]
    but: tuple[str, ...]
    tiers: bool = False

    def group(self, scope: str) -> int | None:
        """Which group a scope is in, the first that fits; None: not used."""
        if any(fnmatchcase(scope, pattern) for pattern in self.but):
            return None
        return next((i for i, group in enumerate(self.scopes) if any(fnmatchcase(scope, p) for p in group)), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """The factors of one kind of project; ``given`` are the weights of the judgements, ``cr`` their consistency ratio (None: no AHP)."""

    kind: tuple[str, str]
    factors: tuple[Factor, ...]
    given: tuple[float, ...]
    cr: float | None
    composed: bool
    cap: float
    blend: float
    objective: str
    perturb: float
    seed: int


def profile(raw: Mapping[str, Any], own: Mapping[str, Any], factors: Mapping[str, Any], nodes: Sequence[str]) -> Profile:
    """The shipped file with [compare] and [factors] of a workspace over it; LiantuError names what is wrong and its cure."""
    for key in own.keys() - {"cap", "blend", "objective", "perturb", "seed", "factors", "ahp", "weights", "power_nodes"}:
        raise _wrong(f"[compare] {key}", "可用的键 / known keys: cap, blend, objective, perturb, seed, factors, ahp, weights, power_nodes")
    if "factors" in own:
        _texts(own, "factors", "[compare] factors")
    merged = {**raw, **own}
    kind = raw["kinds"]["power" if power_nodes(raw, own).intersection(nodes) else "general"]
    chosen = own.get("factors", kind["factors"])
    known = {**raw["factors"], **factors}
    if strange := [n for n in chosen if n not in known]:
        near = difflib.get_close_matches(strange[0], known, 3, 0.3) or list(known)
        raise _wrong(f"[compare] factors 没有要素 “{strange[0]}” / [compare] factors: no such factor {strange[0]}",
                     f"你是否想写 {'、'.join(near)}; 或在 [factors.\"{strange[0]}\"] 里定义它 / one of these, or define it")
    found = tuple(factor(n, raw, factors) for n in chosen)
    if not found or len(set(chosen)) < len(chosen):
        raise _wrong("[compare] factors", "每个要素一次, 至少一个 / each factor once, at least one")
    given, cr = _weights(own, kind, chosen, [f.en for f in found])
    if "cap" not in own:
        merged["cap"] = max(merged["cap"], 1 / len(found))  # few factors cannot all stay below the shipped one
    numbers = {key: _number(merged, key, low, high) for key, low, high in
               (("cap", 1 / len(found), 1), ("blend", 0, 1), ("perturb", 0, 0.9), ("seed", 0, 1e9))}
    if merged["objective"] not in ("critic", "entropy"):
        raise _wrong("[compare] objective", "critic | entropy")
    return Profile((kind["zh"], kind["en"]), found, tuple(given), cr, bool(raw["composed"]) and "ahp" not in own and "weights" not in own,
                   numbers["cap"], numbers["blend"], merged["objective"], numbers["perturb"], int(numbers["seed"]))


def power_nodes(raw: Mapping[str, Any], own: Mapping[str, Any]) -> frozenset[str]:
    """Chain nodes that take much power: to these its price matters most."""
    return frozenset(_texts(own if "power_nodes" in own else raw, "power_nodes", "[compare] power_nodes"))


def factor(name: str, raw: Mapping[str, Any], factors: Mapping[str, Any]) -> Factor:
    """One factor of the shipped file with a workspace's keys over it."""
    return _factor(name, {**raw["factors"].get(name, {}), **factors.get(name, {})})


def _weights(own: Mapping[str, Any], kind: Mapping[str, Any], names: Sequence[str],
             en: Sequence[str]) -> tuple[list[float], float | None]:
    if "weights" in own and "ahp" in own:
        raise _wrong("[compare] ahp 与 [compare.weights] 同时给了 / both [compare] ahp and [compare.weights] are given", "只留一个 / keep one")
    if "weights" in own:
        return _stated(own["weights"], names), None
    if "ahp" not in own and list(names) != list(kind["factors"]):
        raise _wrong("[compare] factors", "要素变了, 请同时给 ahp 或 weights / with other factors give ahp or weights too")
    matrix = _matrix(own.get("ahp", kind["ahp"]), names)
    if (cell := not_reciprocal(matrix)) is not None:
        i, j = cell
        raise _wrong(f"AHP “{names[i]}”对“{names[j]}”: {matrix[i][j]:.4g} 与 {matrix[j][i]:.4g} 不互为倒数 / the judgements are not reciprocal: "
                     f"{en[i]} against {en[j]} (row {i + 1} column {j + 1}) {matrix[i][j]:.4g}, the other way {matrix[j][i]:.4g}",
                     "两格之积须为 1, 对角线为 1 / both cells multiply to 1, the diagonal is 1")
    if (cr := consistency(matrix)) > INCONSISTENT:
        i, j = most_inconsistent(matrix)
        others = f"{implied(matrix, i, j):.2g}"
        raise _wrong(f"AHP 判断不一致, CR = {cr:.3f} > {INCONSISTENT}; 最不一致的是“{names[i]}”对“{names[j]}” = {matrix[i][j]:.4g} / the judgements "
                     f"are inconsistent, CR = {cr:.3f} > {INCONSISTENT}; the worst is {en[i]} against {en[j]} (row {i + 1} column {j + 1}) = "
                     f"{matrix[i][j]:.4g}", f"其余判断的意思约为 {others} / the others together say about {others}")
    return ahp(matrix)[0], round(cr, 9)


def _stated(weights: Any, names: Sequence[str]) -> list[float]:
    if not isinstance(weights, Mapping) or set(weights) != set(names):
        odd = sorted(set(weights) ^ set(names)) if isinstance(weights, Mapping) else []
        raise _wrong(f"[compare.weights] {'、'.join(odd)}", f"每个要素一个, 不多不少 / one for each factor and no other: {'、'.join(names)}")
    out = [_number(weights, n, 0, 1) for n in names]
    total = math.fsum(out)
    if abs(total - 1) > 1e-6:
        raise _wrong(f"[compare.weights] 之和 {total:.6g} 不是 1 / the weights sum to {total:.6g} and not to one", "改到和为 1 / make them sum to 1")
    return out


def _matrix(rows: Any, names: Sequence[str]) -> list[list[float]]:
    if not isinstance(rows, list) or len(rows) != len(names) or any(not isinstance(r, list) or len(r) != len(names) for r in rows):
        raise _wrong("AHP", f"须为 {len(names)} × {len(names)} / must be {len(names)} by {len(names)}: {'、'.join(names)}")
    if len(names) >= len(RANDOM_INDEX):
        raise _wrong("AHP", f"至多 {len(RANDOM_INDEX) - 1} 个要素 / at most {len(RANDOM_INDEX) - 1} factors")
    try:
        found = [[float(Fraction(str(cell))) for cell in row] for row in rows]
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise _wrong(f"AHP: {error}", '数或分数, 例 3、"1/3" / numbers or fractions') from error
    for i, row in enumerate(found):
        for j, cell in enumerate(row):
            if not 1 / 9 - 1e-9 <= cell <= 9 + 1e-9:
                raise _wrong(f"AHP “{names[i]}”对“{names[j]}”: {cell:.4g} 不在 1/9 与 9 之间 / AHP row {i + 1} column {j + 1}: {cell:.4g} is not "
                             "between 1/9 and 9", "按 Saaty 的九级标度 / Saaty's scale of nine")
    return found


def _factor(name: str, raw: Mapping[str, Any]) -> Factor:
    for key in ("unit", "better", "worse", "best"):
        if key not in raw:
            raise _wrong(f'[factors."{name}"] 缺 {key} / [factors."{name}"] lacks {key}', "要素须有 unit, better, worse, best / a factor needs these")
    for key in raw.keys() - _KEYS:
        raise _wrong(f'[factors."{name}"] {key}', f"可用的键 / known keys: {', '.join(_KEYS)}")
    for key in ("movable", "tiers"):
        if not isinstance(raw.get(key, False), bool):
            raise _wrong(f'[factors."{name}"] {key} = {raw[key]!r}', "true | false")
    try:
        units.known(str(raw["unit"]))
    except LiantuError as error:
        raise _wrong(f'[factors."{name}"] unit = {raw["unit"]!r}', error.cure) from error
    if raw["better"] not in ("more", "less"):
        raise _wrong(f'[factors."{name}"] better = {raw["better"]!r}', "more | less")
    for key in ("en", "why"):
        if not isinstance(raw.get(key, ""), str):
            raise _wrong(f'[factors."{name}"] {key} = {raw[key]!r}', "填文字, 用引号 / a text in quotes")
    worse, best = (_number(raw, key, -1e12, 1e12) for key in ("worse", "best"))
    if worse == best or (best > worse) != (raw["better"] == "more"):
        raise _wrong(f'[factors."{name}"] worse = {worse:g}, best = {best:g}, better = {raw["better"]!r}',
                     "more: best > worse; less: best < worse")
    return Factor(name, str(raw.get("en") or name), str(raw["unit"]), worse, best, raw.get("movable") is True, str(raw.get("why", "")),
                  _groups(raw, f'[factors."{name}"] scopes'), _texts(raw, "but", f'[factors."{name}"] but'), raw.get("tiers") is True)


def _groups(raw: Mapping[str, Any], said: str) -> tuple[tuple[str, ...], ...]:
    """A list of texts is one group; a list of lists is several."""
    found = raw.get("scopes", ["*"])
    if isinstance(found, list | tuple) and found and all(isinstance(group, list | tuple) for group in found):
        return tuple(_texts({"scopes": group}, "scopes", said) for group in found)
    return (_texts(raw, "scopes", said, "*"),)


def _texts(raw: Mapping[str, Any], key: str, said: str, *usual: str) -> tuple[str, ...]:
    found = raw.get(key, usual)
    if not isinstance(found, list | tuple) or any(not isinstance(text, str) for text in found):
        raise _wrong(f"{said} = {found!r}", '一列文字 / a list of texts: ["…"]')
    return tuple(found)


def _number(raw: Mapping[str, Any], key: str, low: float, high: float) -> float:
    value = raw.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not low - 1e-12 <= value <= high:
        raise _wrong(f"{key} = {value!r}", f"{low:.4g} – {high:.4g}")
    return float(value)


def _wrong(what: str, cure: str) -> LiantuError:
    """``what`` may be said in both languages, parted by a slash between blanks."""
    zh, _, en = what.partition(" / ")
    return LiantuError(f"竞争比较: {zh} 不可用 / comparison, not usable: {en or zh}", cure)
