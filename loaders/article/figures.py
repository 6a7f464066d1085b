"""Figures in running text: sums of money, and capacities with what they are capacities of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph import units
from loaders import prose
from loaders.values import Quantity, Unreadable, quantity

NUMBER = r"\d[\d,]*(?:\.\d+)?"
MONEY = rf"{NUMBER}(?:万亿|千万|百万|亿|万)?(?:元人民币|元|美元|欧元)"
_SIZE = (r"(?:GWh|MWh|KWh|kWh|GW|MW|kW|KW|MVA|吉瓦时|兆瓦时|千瓦时|吉瓦|兆瓦|千瓦|吨|k?t(?![A-Za-z])|公斤|千克|台套|台\(套\)|立方米|标方"
         r"|平方米|平米|㎡|m2|公里|千米|[只片套台件支辆颗块根枚座羽瓶卷张米])(?:/年|/a|/d|/日|/天|/月|每年)?")
QUANTITY = rf"{NUMBER}(?:万亿|千万|百万|十万|亿|万|千)?{_SIZE}"
_MADE = r"年(?:产|生产|加工|处理|封测|回收|组装|销)"
_ABOUT = r"(?:能力|规模)?(?:将)?(?:约|达到|达|可达|为|超过|超|突破|不低于|近)*(?:到)?"
_CAPACITY = r"(?:产能|生产能力|加工能力|处理能力)"
_STOP = (rf"(?:[与和及暨](?={NUMBER})|项目|生产线|产线|生产基地|基地|产业园|工厂|装置|车间|工程|{_CAPACITY}|、|"
         rf"[,。;:!?()“”\"]|以及|并|(?={QUANTITY})|的(?={_CAPACITY})|的|等|建成|正式|成功|已|将|$)")
_NODE = r"[^\W\d_][^,。;:!?()“”\"、]{0,18}?"
_QUANTITY = re.compile(QUANTITY)
_RIGHT = re.compile(rf"(?:规模)?的?(?P<node>{_NODE})(?P<stop>{_STOP})")
_LEFT_MADE = re.compile(rf"(?P<verb>{_MADE})(?P<node>[^,。;:!?、“”]{{0,16}}?){_ABOUT}$")
_LEFT_SIZE = re.compile(rf"(?P<node>[^,。;:!?、“”\d]{{0,16}}?)(?:总|年|设计|新增|现有)*{_CAPACITY}{_ABOUT}$")
_ALONE = re.compile(r"[^\W\d_]{2,12}(?=[,。;]|$)")
_AREA = re.compile(r"(?:占地|用地|建筑|面积|厂房|仓库)[^,]{0,8}$")
_LIST_GOES_ON = re.compile(rf"^{_NODE}[、和及与暨]{QUANTITY}")
_COMMON = re.compile(r"(?:产业化|一体化|生产|制造|加工|建设|扩建|技改|改造|配套)+$")
_LEADING = re.compile(
    r"^(?:以上|以下|集团|公司|已形成|已|届时|将|新增|形成|实现|新建|建设|建成|规划|具备|扩建|使|其|企业|我[市县区省]|全[市县区省]|"
    r"的|总|年|目前|已|拥有|改造后|达产后|投产后|建成后|一期|二期|三期)+")


_FAR = 20
"""Characters before a figure that may count its lines."""
_NEAR = 120
"""Characters before a figure that may say of what it is."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """A capacity and what it is of ('' where the text names nothing beside it), with its place in the sentence.

    ``text`` is as a cell is written; ``words`` as the article has it where that differs (3条日熔量1000吨).
    """

    size: Quantity
    text: str
    node: str
    start: int
    end: int
    words: str = ""


def capacities(words: str) -> tuple[Capacity, ...]:
    """The capacities a sentence names: 年产 before the figure, 产能 beside it, or a plant of that size after it."""
    return tuple(_capacities(words))


def amount(text: str) -> Quantity | None:
    """A figure as a cell of a sheet is read; None where it is none, or its unit is unknown."""
    try:
        found = quantity(text.replace("每年", "/年").replace("㎡", "m2").replace("元人民币", "元"))
        units.known(found.unit)
    except (Unreadable, units.UnknownUnit):
        return None
    return found


def _capacities(words: str) -> Iterator[Capacity]:
    listed, ended = False, -1
    for match in _QUANTITY.finditer(words):
        left, right = words[max(0, match.start() - _NEAR):match.start()], words[match.end():]
        listed = (listed and left.endswith(("、", "和", "及", "与", "暨"))) or ended == match.start()
        node = None if _AREA.search(left) or re.search(r"\d[—–~至到-]$", left) else _node(left, right, listed)
        if node is None:
            continue
        listed = bool(_LIST_GOES_ON.match(right))
        ended = match.end() + len(node) if right.startswith(node) else -1
        cell, start = prose.as_cell(left[-_FAR:], match[0])
        if size := amount(cell):
            name = re.sub(r"^\d+[A-Za-z]+", "", _LEADING.sub("", node))
            told = left[len(left) - len(left[-_FAR:]) + start:] + match[0] if cell != match[0] else ""
            yield Capacity(size, cell, _COMMON.sub("", name) or name, match.start(), match.end(), told)


def _node(left: str, right: str, listed: bool) -> str | None:
    """What the figure between ``left`` and ``right`` is a capacity of; None where it is no capacity."""
    after = _RIGHT.match(right)
    made = _LEFT_MADE.search(left)
    if made and _QUANTITY.search(made["node"]):  # 年产25GW甲暨20GW乙: the second of a list
        return after["node"] if after else ""
    if made:
        verb = made["verb"][1:]
        own = "" if made["node"] in ("能", "能力") else made["node"]
        return own + (verb if own and verb not in ("产", "生产", "销") else "") or (after["node"] if after else "")
    if size := _LEFT_SIZE.search(left):
        behind = after["node"] if after and after["stop"] != "的" and not left.endswith(("达", "为", "到")) else ""
        return _LEADING.sub("", size["node"]) or behind
    if after and after["stop"] == "的" and re.match(_CAPACITY, right[after.end():]):
        return after["node"]
    plant = after and re.match(r"项目|生产线|产线|生产基地|基地|装置|工厂|产能|生产能力", after["stop"])
    if after and (plant or listed or (_LIST_GOES_ON.match(right) and re.search(rf"^[^,。;]*{_CAPACITY}", right))):
        return after["node"]
    alone = _ALONE.match(right) if left.endswith((",", ":")) else None
    return alone[0] if alone else None
