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
_ABOUT = r"(?:约|共计?|总计|合计|为|达到?|近|超)*\s*$"
_SIZES = tuple((re.compile(words), re.compile(units)) for words, units in (
    (rf"(?:[长宽高]度?|直径){_ABOUT}", "k?m|米|公里"), (r"单[机台炉][^\d,，。;；]{0,8}$", ".*")))
"""Right before a figure, and its units: it is a size of one piece, whatever is produced."""
_BESIDE = tuple((re.compile(words), re.compile(units)) for words, units in (
    (rf"(?:占地|用地|建筑|面积|厂房|车间|仓库|冷库|储罐|库容|岗位|就业)(?:面积)?{_ABOUT}", ".*"),
    (rf"(?:用电|用水|电站|变电|储能)(?:电站|规模|容量|量)*{_ABOUT}", ".*"),
    (r"(?:(?<!低)[年消单]耗|耗[电水能用]|(?<!低)能耗|年需|采购|外购)[^\d,，。;；、和及与的]{0,10}$", ".*"),
    (r"(?:购置|安装|配备|设备)[^\d,，。;；、和及与的产建]{0,8}$", "[台套件只个根支]")))
"""Right before a figure, and its units: it is of land, a building, input or equipment, unless 年产 says that it is produced."""
_THEN = re.compile(r"^\s*(?:[^,，。;；、和及与]{0,2}分布式(?:光伏)?(?:发电|电站|项目|系统)*(?=[,，。;；、]|$)"
                   r"|[^,，。;；、和及与]{0,4}(?:电站|变电|升压|厂房|仓库|办公|宿舍|绿化|用地)|储能(?:设施|装置|项目)?(?=[,，。;；、]|$))")
_NEAR = re.compile(r"(?:占地|用地|建筑|面积|厂房|车间|耗|用电|用水|购置|安装|配备|设备|运输|仓库|冷库|库容|储能|电站|储罐|变电|直径)"
                   r"[^,，。;；]{0,10}$")
_NEAR_AFTER = re.compile(r"^\s*[^,，。;；]{0,4}(?:分布式|电站|储能(?!电[池芯])|变电|升压|厂房|仓|办公|宿舍|绿化|用地)")
_ANOTHERS = re.compile(r"(?:[消年]耗|需|消纳|利用|采购|外购|配套|增长)[^,，。;；]{0,10}$")
"""Words that leave open whose capacity a figure is: another product's, another firm's, what was added to one."""
_HEADED = re.compile(r"(?:年产能?力?|年产量|产能|年生产)[^\d,，。;；]{0,10}$")
_UNSURE = re.compile(r"(?:不低于|不少于|不超过|不足|超过?|近|逾|至少|最多|\d\s*[-~–—至到])\s*$")
_BOUND = re.compile(r"^\s*(?:以上|以下|以内)")
_SHARED = re.compile("[一二三四五六首]期|分期|其中|各[^种类]|原有|现有|另有|增至|提[高升]至|扩[建产]至|列[入为]|清单")
"""Words of phases, parts, totals and lists: whose capacity it is, or of when, a rule cannot tell."""


def capacities(text: str) -> Iterator[Quantity | None]:
    """Every amount in the words that may be a capacity, None for one that is a bound, a range, or perhaps another product's.

    '3条日熔量800吨' is 3×800 吨/日; areas, sizes, input, equipment and money are none.
    """
    for found, sure in _told(unicodedata.normalize("NFKC", text)):
        yield found if sure else None


def _told(words: str) -> Iterator[tuple[Quantity | None, bool]]:
    """Amounts, and whether each is surely a capacity of what the words are about."""
    for match in _CAPACITY.finditer(words):
        before, after = words[max(0, match.start() - 20):match.start()], words[match.end():match.end() + 16]
        made = bool(match["made"] or _HEADED.search(before))
        if not _beside(before, after, match["unit"], made):
            open_ends = _UNSURE.search(before) or _BOUND.search(after)
            near = not made and (_NEAR.search(before) or _NEAR_AFTER.search(after))
            yield _quantity(match, before), not (open_ends or near or _ANOTHERS.search(before))


def _beside(before: str, after: str, unit: str, made: bool) -> bool:
    """Whether a figure is tied to a size, land, input or equipment, and so surely no capacity."""
    tied = _SIZES if made else (*_SIZES, *_BESIDE)
    return any(words.search(before) and units.fullmatch(unit) for words, units in tied) or (not made and bool(_THEN.search(after)))


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
    told = list(_told(unicodedata.normalize("NFKC", text))) if node_unit and not _SHARED.search(text) else []
    fit = {(round(value, 9), sure): found for found, sure in told if found
           for value, unit in [units.capacity(found.value, found.unit, node_unit)] if unit == node_unit}
    (_, sure), found = next(iter(fit.items()), ((0.0, False), None))
    return found if sure and len(fit) == 1 and all(amount for amount, _ in told) else None
