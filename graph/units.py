"""Units as engineers and offices write them: 15万吨/年, 800 t/d, 8GW, 1.6亿只, 20亿元.

pint's own definitions are not used: its ``kt`` is a knot and its year has 365.25 days. Energy
and power are dimensions of their own, so that a node in GWh (cells) never meets one in GW, and
so is every counting word: 只 converts into 万只, never into 套. pint is imported when it is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from graph.errors import LiantuError

YEAR_DAYS = 365

# (pint's name, its definition, spellings, whether k M G T may stand before them)
_UNITS: tuple[tuple[str, str, str, bool], ...] = (
    ("gram", "[mass]", "g 克", False),
    ("kilogram", "1000 * gram", "kg 公斤 千克", False),
    ("tonne", "1000000 * gram", "t 吨 公吨", True),
    ("tonne_k", "1000 * tonne", "千吨", False),
    ("weight_box", "50 * kilogram", "重量箱 重箱", False),  # float glass is sold by the box of 50 kg
    ("watt", "[power]", "W Wp 瓦", True),
    ("watt_k", "1000 * watt", "千瓦", False),
    ("watt_M", "1000000 * watt", "兆瓦", False),
    ("watt_G", "1000000000 * watt", "吉瓦", False),
    ("watt_hour", "[energy]", "Wh 瓦时", True),
    ("watt_hour_k", "1000 * watt_hour", "千瓦时 千瓦小时 度", False),
    ("watt_hour_M", "1000000 * watt_hour", "兆瓦时", False),
    ("watt_hour_G", "1000000000 * watt_hour", "吉瓦时", False),
    ("joule", "watt_hour / 3600", "J 焦", True),
    ("coal", "[coal]", "tce 吨标煤 吨标准煤", False),  # 当量值 or 等价值 is not said: no way to kWh
    ("volt_ampere", "[apparent]", "VA", True),
    ("volt_ampere_k", "1000 * volt_ampere", "千伏安", False),
    ("square", "[area]", "m2 平方米 平米", False),
    ("square_M", "1000000 * square", "Mm2 km2 平方公里 平方千米", False),
    ("mu", "2000 / 3 * square", "亩", False),
    ("hectare", "10000 * square", "ha 公顷", False),
    ("cubic", "[volume]", "m3 Nm3 立方米 立方 标方", False),
    ("cubic_M", "1000000 * cubic", "Mm3", False),
    ("litre", "cubic / 1000", "L 升", False),
    ("metre", "[length]", "m 米", False),
    ("metre_k", "1000 * metre", "km 千米 公里", False),
    ("day", "[time]", "d 天 日 day", False),
    ("year", f"{YEAR_DAYS} * day", "a 年 yr year", False),
    ("month", "year / 12", "月 个月 month", False),
    ("hour", "day / 24", "h 小时 hour", False),
    ("yuan", "[money]", "元 人民币 元人民币 CNY RMB", False),
    ("dollar", "[dollar]", "美元 USD", False),
    ("percent", "0.01", "% 百分点 个百分点", False),
    ("permille", "0.001", "‰", False),
)
_COUNTS = (*"只片套台件支辆个颗块根条枚张卷箱瓶桶粒艘架座门副双对袋盒组项家户人名次头羽车株册份栋间处种款所", "台套")
_SI = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
CHINESE_POWERS = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "十万": 1e5, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
"""What a Chinese word before a unit or after a figure multiplies by."""
_UNCLEAR = {"g", "m", "mt", "mm2", "mm3"}
"""Not read in another case: G may be giga, M million, MT a megatonne or a metric ton, mm2 no Mm2."""

_CANONICAL = {"gram": "kt/a", "watt": "GW", "watt_hour": "GWh", "square": "Mm2/a", "yuan": "亿元",
              "dollar": "亿美元", "metre": "km/a", "cubic": "Mm3/a"}
_LAND = ("亩", "公顷", "ha")
_LONGEST = 40
_EXAMPLES = "kt/a, 万吨/年, t/d, GW, 万千瓦时, 亿平方米/年, 万只/年, 亿元"


class UnknownUnit(LiantuError):
    """A unit that nobody knows; the message names its nearest neighbours."""


def capacity(value: float, unit: str, node_unit: str = "") -> tuple[float, str]:
    """A capacity or a yearly figure in ``node_unit``, where it converts.

    A mass, count or area without a time is one per year; a day is 1/365 of a year. Where
    ``node_unit`` is blank or does not convert: the canonical unit of the dimension (kt/a, GW,
    GWh, Mm2/a, 亿元, 只/a …). What has none (a blank or unknown unit, %, 亩, prices) is kept
    as written.
    """
    ours = _yearly(unit)
    theirs = _yearly(node_unit) if node_unit.strip() else None
    if ours is None or not unit.strip():
        return value, unit
    if theirs and theirs[1] == ours[1]:
        return _times(value, ours[0] / theirs[0]), node_unit
    canonical = "" if any(word in unit for word in _LAND) else _canonical(ours[1])
    target = _yearly(canonical) if canonical else None
    return (_times(value, ours[0] / target[0]), canonical) if target else (value, unit)


def coefficient(value: float, unit: str, upstream_unit: str, downstream_unit: str) -> tuple[float, str]:
    """Upstream per downstream in the units of the two nodes, both per year.

    1 t/GW between kt/a and GW is (0.001, "kt/GW"). What does not convert is kept as written.
    """
    factor = per(unit, upstream_unit, downstream_unit)
    if factor is None:
        return value, unit
    low = f"({low})" if "/" in (low := _undated(downstream_unit)) else low
    return _times(value, factor), f"{_undated(upstream_unit)}/{low}"


def per(unit: str, upstream_unit: str, downstream_unit: str) -> float | None:
    """What makes a coefficient in ``unit`` one between the units of two nodes; None where it does not convert."""
    ours, above, below = _yearly(unit), _yearly(upstream_unit), _yearly(downstream_unit)
    if not (ours and above and below and upstream_unit.strip() and downstream_unit.strip()):
        return None
    if ours[1] != _dimensions(above[2] / below[2]):
        return None
    return float(ours[0] * below[0] / above[0])


def convert(value: float, unit: str, to: str) -> float | None:
    """``value`` in ``to``; None where the two do not convert (per year into no time does not)."""
    if _tidy(unit) == _tidy(to):
        return value
    ours, theirs = _parse(unit), _parse(to)
    if ours is None or theirs is None or _dimensions(ours) != _dimensions(theirs):
        return None
    return _times(value, ours.magnitude / theirs.magnitude)


def money(value: float, unit: str, to: str) -> float | None:
    """A sum of 元, 万元, 亿元 (or 万, 亿 alone) in ``to``; None where either is no Chinese money."""
    ours, theirs = (_parse(_sum(u)) for u in (unit, to))
    if ours is None or theirs is None or not _dimensions(ours) == _dimensions(theirs) == (("yuan", 1.0),):
        return None
    return _times(value, ours.magnitude / theirs.magnitude)


def known(unit: str) -> None:
    """Raise UnknownUnit where ``unit`` cannot be read; a blank unit is no unknown one."""
    if _spelled(unit) or _parse(unit) is not None:
        return
    near = list(_near(_tidy(unit)))
    cure = f"是否 / did you mean {', '.join(near)}?" if near else f"写成例如 / write for example {_EXAMPLES}"
    raise UnknownUnit(f"不认识单位 {unit!r} / unknown unit", cure)


def _spelled(unit: str) -> bool:
    """A word, or one per another: known without pint, which takes a third of a second to import."""
    words = _tidy(unit[:_LONGEST + 1]).split("/")
    try:
        return len(unit) <= _LONGEST and len(words) < 3 and all(map(_word, words))
    except KeyError:
        return False


def _sum(unit: str) -> str:
    unit = _tidy(unit)
    return unit + "元" if unit in CHINESE_POWERS else unit


def _times(value: float, factor: float) -> float:
    # Fifteen digits: 800 t/d are 292 kt/a in a derivation, not 292.00000000000006.
    return float(f"{value * float(f'{factor:.15g}'):.15g}")


def _tidy(unit: str) -> str:
    unit = re.sub(r"\bper\b|每", "/", unicodedata.normalize("NFKC", unit))
    unit = unit.replace("台(套)", "台套").replace("台/套", "台套").replace("(人民币)", "")
    return re.sub(r"[\s^]+", "", unit).replace("•", "·").replace("*", "·")


def _undated(unit: str) -> str:
    return re.sub(r"/(a|年|yr|year)$", "", _tidy(unit), flags=re.IGNORECASE)


def _canonical(dimensions: tuple[tuple[str, float], ...]) -> str:
    if len(dimensions) != 1 or dimensions[0][1] != 1:
        return ""
    name = dimensions[0][0]
    return f"{_COUNTS[int(name[5:])]}/a" if name.startswith("count") else _CANONICAL.get(name, "")


def _dimensions(quantity: Any) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((str(name), float(power)) for name, power in quantity.unit_items()))


@lru_cache(maxsize=4096)
def _yearly(unit: str) -> tuple[float, tuple[tuple[str, float], ...], Any] | None:
    """(factor, dimensions, quantity) of a unit per year, its time dropped; None where it cannot be."""
    quantity = _parse(unit)
    if quantity is None:
        return None
    time = dict(_dimensions(quantity)).get("day", 0.0)
    if time not in (0.0, -1.0):
        return None
    yearly = quantity if time == 0 else (quantity * _registry().Quantity(1, "year")).to_root_units()
    return yearly.magnitude, _dimensions(yearly), yearly


@lru_cache(maxsize=4096)
def _parse(unit: str) -> Any | None:
    """The unit as a quantity in root units (pint's), None where it is not known. A blank is 1."""
    if len(unit) > _LONGEST:
        return None
    tokens = re.findall(r"[/·()]|[^/·()]+", _tidy(unit))[::-1]
    try:
        quantity = _ratio(tokens) if tokens else _registry().Quantity(1.0)
    except (KeyError, IndexError):
        return None
    return None if tokens else quantity.to_root_units()


def _ratio(tokens: list[str]) -> Any:
    # 元/t·km is 元/(t·km), as engineers write it: the dot binds before the stroke.
    quantity = _product(tokens)
    while tokens and tokens[-1] == "/":
        tokens.pop()
        quantity = quantity / _product(tokens)
    return quantity


def _product(tokens: list[str]) -> Any:
    quantity = _atom(tokens)
    while tokens and tokens[-1] == "·":
        tokens.pop()
        quantity = quantity * _atom(tokens)
    return quantity


def _atom(tokens: list[str]) -> Any:
    token = tokens.pop()
    if token == "(":
        quantity = _ratio(tokens)
        if tokens.pop() != ")":
            raise KeyError(token)
        return quantity
    factor, name = _word(token)
    return _registry().Quantity(factor, name)


def _word(word: str) -> tuple[float, str]:
    """(multiplier, pint's name) of one word: kt, 万吨, GWh; KeyError where it is none."""
    if word in _words():
        return _words()[word]
    for prefix, factor in CHINESE_POWERS.items():
        if word.startswith(prefix) and len(word) > len(prefix):
            inner, name = _word(word[len(prefix):])
            return factor * inner, name
    if (folded := word.casefold()) in _UNCLEAR:
        raise KeyError(word)
    return _folded()[folded]


@cache
def _words() -> dict[str, tuple[float, str]]:
    units = ((prefix + word, (factor, name)) for name, _, words, si in _UNITS for word in words.split()
             for prefix, factor in _SI.items() if (si and word.isascii()) or not prefix)
    return dict(chain(units, ((word, (1.0, f"count{i}")) for i, word in enumerate(_COUNTS))))


@cache
def _folded() -> dict[str, tuple[float, str]]:
    return {word.casefold(): found for word, found in _words().items()}


def _near(unit: str) -> Iterator[str]:
    """Known spellings near the words of ``unit`` that are not known."""
    usual = ("吨", "元", "只", "套", "平方米", "千瓦时")
    written = [*_words(), *(power + word for power in "万亿" for word in usual)]
    for word in re.findall(r"[^/·()]+", unit)[:4]:
        if word in CHINESE_POWERS:
            yield from (f"{word}元", f"{word}只", f"{word}吨")
        elif _parse(word) is None:
            yield from get_close_matches(word, written, 3, 0.5)


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(None)
    for name, definition, _, _ in _UNITS:
        registry.define(f"{name} = {definition}")
    for i in range(len(_COUNTS)):
        registry.define(f"count{i} = [count{i}]")
    return registry
