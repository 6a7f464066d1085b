"""A capacity that is told only in words: 建成后年产15万吨多晶硅 in 建设内容及规模, where 新增产能 is blank.

Read only where the words hold one capacity in a unit that the chain node is counted in; two, or none, are left to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from graph import units
from loaders.values import Quantity, Unreadable, quantity

_POWER = "万亿|千万|百万|十万|亿|万|千|百"
_WORD = (r"(?:[GMkT]?W[hp]?|[kM]?t|kg|吨|千克|公斤|只|片|套|台|件|块|根|支|颗|个|辆|副|平方米|平米|m[2²]|㎡|立方米|m[3³]|米|km|公里"
         r"|[千兆吉]?瓦时?)")
_SPAN = r"(?:/|每|per)\s*(?:年|a|yr|year|日|天|d|day|月|小时|h)"
_MADE = "年产能?力?|年产量|日产能?|日熔量|月产能?|产能|年处理|年生产"
_MADE_BEFORE = re.compile(rf"({_MADE})\s*(?:约|达到?|为|各)?\s*$")
_CAPACITY = re.compile(
    rf"(?P<made>{_MADE})?\s*(?:约|达到?|为|各)?\s*"
    rf"(?P<figure>(?:\d+(?:\.\d+)?\s*[×xX*]\s*)?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>(?:{_POWER})?{_WORD}(?:{_SPAN})?)(?!(?<=[A-Za-z])[A-Za-z])")
_LINES = re.compile(r"(\d+|[一二两三四五六七八九十])\s*条\s*(?:(?!产线)[^,，。;；]){0,6}?$")
_FACTOR = re.compile(r"(\d+)\s*[×xX*]\s*$")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_OTHER = re.compile(r"(?:占地|用地|建筑|面积|厂房|耗|需|用电|用水|消纳|利用|采购|外购|购置|安装|配备|设备|运输|库|税|产值|投资|就业|储能|电站"
                    r"|储罐|变电|长|宽|高|直径|单[机台炉])[^,，。;；]{0,10}$")
_THEN = re.compile(r"^\s*[^,，。;；]{0,4}(?:分布式|电站|储能|变电|升压|厂房|仓|办公|宿舍|绿化|用地)")
_UNSURE = re.compile(r"(?:不低于|不少于|不超过|不足|超过?|近|逾|至少|最多|\d\s*[-~–—至到])\s*$")
_BOUND = re.compile(r"^\s*(?:以上|以下|以内)")
_SHARED = re.compile("[一二三四五六首]期|分期|其中|各[^种类]|原有|现有|另有|增至|提[高升]至|扩[建产]至|列[入为]|清单")
"""Words of phases, parts, totals and lists: whose capacity it is, or of when, a rule cannot tell."""


def capacities(text: str) -> Iterator[Quantity | None]:
    """Every amount in the words that may be a capacity, None for one that is a bound or a range.

    '3条日熔量800吨' is 3×800 吨/日; areas, power used and money are none.
    """
    words = unicodedata.normalize("NFKC", text)
    for match in _CAPACITY.finditer(words):
        before, after = words[max(0, match.start() - 20):match.start()], words[match.end():match.end() + 8]
        if _OTHER.search(before) or _THEN.search(after):
            continue
        yield None if _UNSURE.search(before) or _BOUND.search(after) else _quantity(match, before)


def _quantity(match: re.Match[str], before: str) -> Quantity | None:
    unit = _over(match["made"] or "", match["unit"].replace(" ", ""))
    try:
        found = quantity(match["figure"].replace(" ", "") + unit)
    except Unreadable:
        return None
    times, start = _lines(before)
    said = before[start:] + match[0].lstrip("为达到各 ")
    return Quantity(found.value * times, found.unit, said.strip())


def _over(made: str, unit: str) -> str:
    """A unit with the time that 日熔量, 月产 or 年产 before the figure gives it."""
    span = {"日": "/日", "月": "/月", "年": "/年"}.get(made[:1], "")
    return unit if "/" in unit or "每" in unit else unit + span


def _lines(before: str) -> tuple[int, int]:
    """(how many lines of a size the words before it count, where they begin): 3条, 两条."""
    lines = _LINES.search(before)
    return (_DIGITS.get(lines[1]) or int(lines[1]), lines.start()) if lines else (1, len(before))


def as_cell(before: str, figure: str) -> tuple[str, int]:
    """(a figure with its unit as a cell is written, where its words begin), by the words before it.

    '3×1000吨/日' of 1000吨 after 3条日熔量; what is of a year, or of no time, keeps its unit.
    """
    made = _MADE_BEFORE.search(before)
    start = made.start() if made else len(before)
    times, start = _lines(before[:start])
    if times == 1 and (factor := _FACTOR.search(before)):
        times, start = int(factor[1]), factor.start()
    per = _over(made[1], figure) if made and made[1][0] in "日月" else figure
    return f"{times}×{per}" if times > 1 else per, start if per != figure or times > 1 else len(before)


def capacity(text: str, node_unit: str) -> Quantity | None:
    """The one capacity in the words that converts to the node's unit; None where there is none, or where it is not sure."""
    told = list(capacities(text)) if node_unit and not _SHARED.search(text) else []
    fit = {round(value, 9): found for found in told if found
           for value, unit in [units.capacity(found.value, found.unit, node_unit)] if unit == node_unit}
    return next(iter(fit.values())) if len(fit) == 1 and None not in told else None
