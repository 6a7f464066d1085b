"""Additions as a person writes them, ``光伏玻璃=876kt/a*0.82@2025-12-31``, and as they count at their node on a day."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.assumed import Assumed, running
from analysis.gaps import GapEngine
from analysis.parts import Amount
from graph import units
from graph.errors import LiantuError
from queries.names import node_named

GRAMMAR = ("环节=产能[单位][*成品率][@投产日], 例 / for example: 光伏玻璃=718kt/a@2025-12-31, 光伏玻璃=876kt/a*0.82@2025-12-31 / "
           "NODE=AMOUNT[UNIT][*YIELD][@DAY]")
LEAST, MOST = 1e-15, 1e15
"""No capacity is greater in any unit; what is computed from it stays a number."""
_SIZE = re.compile(r"(?P<amount>[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?)\s*(?P<unit>[^*@]*?)\s*(?:\*\s*(?P<rate>[^*@]+?)\s*)?"
                   r"(?:@\s*(?P<day>[^@]*?)\s*)?")
_RATE = re.compile(r"(\d+\.?\d*|\.\d+)(%?)")


@dataclass(frozen=True, slots=True)
class Addition:
    """Capacity ``amount`` at a node (name or alias) from ``day`` on; in the node's unit where ``unit`` is blank.

    With ``yield_`` (0 to 1) the amount is gross. Without a day: see ``Plan.dated``.
    """

    node: str
    amount: float
    unit: str = ""
    yield_: float | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is assumed: additions, the months from their day to their opening, and the shares of their 1st, 2nd … year."""

    additions: tuple[Addition, ...]
    build: int = 0
    ramp: tuple[float, ...] = (1.0,)

    def dated(self, as_of: date | None, known_by: date) -> Plan:
        """A day for every addition: the asked one, else ``known_by``; building can only begin on the latter."""
        day = known_by if self.build or as_of is None else as_of
        return replace(self, additions=tuple(replace(a, day=a.day or day) for a in self.additions))

    def opens(self, addition: Addition) -> date:
        """The day of operation: building takes its months. The addition has a day."""
        assert addition.day is not None
        return _later(addition.day, self.build)

    def as_of(self) -> date:
        """The latest opening: the day that is asked about where nobody names another."""
        return max(self.opens(a) for a in self.additions)


def plan(additions: Sequence[Addition | str], build: int | str = 0, ramp: Sequence[float] | str = ()) -> Plan:
    """Texts (or records) read and checked; LiantuError says what is wrong and the grammar."""
    if not additions:
        raise LiantuError("没有说加什么 / nothing is added", f"--add {GRAMMAR}")
    read = tuple(_checked(addition(a) if isinstance(a, str) else a) for a in additions)
    return Plan(read, _months(build), _ramp(ramp))


def addition(text: str) -> Addition:
    """One addition as written; full-width signs, ×, and a yield in per cent are read too."""
    node, equals, size = re.sub("＝(?!.*[=＝])", "=", text, flags=re.S).rpartition("=")  # a name may hold one
    read = _SIZE.fullmatch(unicodedata.normalize("NFKC", size).replace("×", "*").strip())
    if not equals or not node.strip() or read is None:
        raise LiantuError(f"读不懂 “{text}” / cannot be read as an addition", GRAMMAR)
    rate, day = read["rate"], read["day"]
    return Addition(node.strip(), float(read["amount"].replace(",", "")), read["unit"],
                    None if rate is None else _rate(rate, text), None if day is None else _day(day, text))


def placed(plan: Plan, engine: GapEngine, names: Mapping[str, str]) -> tuple[Assumed, ...]:
    """The dated additions at their nodes, in the nodes' units, as they run on the day of the engine's evidence.

    ``names``: every spelling of the chain's nodes → the name. Raises QuestionError for an unknown node, LiantuError for
    a boundary node, a unit that does not convert and an amount whose unit nobody has said.
    """
    evidence, out = engine.evidence, list[Assumed]()
    ids = evidence.named
    for one in plan.additions:
        name = node_named(one.node, dict(names))
        node = evidence.nodes[ids[name]]
        if node.boundary:
            raise LiantuError(f"“{name}” 是外部环节, 不作判定 / is a boundary node and has no verdict",
                              "加在链内的环节上 / add to a node inside the chain")
        said = next((a.unit for a in out if a.node == name), "")
        size, unit = _in_unit(one, name, engine.supplies.of(node.id).unit or node.unit or said)
        opens = plan.opens(one)
        share = running(plan.ramp, opens, evidence.as_of)
        out.append(Assumed(name, size, unit, one.yield_, one.day or opens, opens, share,
                           Amount(size * share * (1.0 if one.yield_ is None else one.yield_), unit)))
    return tuple(out)


def _in_unit(one: Addition, name: str, unit: str) -> tuple[float, str]:
    size, got = one.amount, one.unit or unit
    if not got:
        raise LiantuError(f"“{name}” 没有单位, {size:.6g} 是多少? / the node has no unit: {size:.6g} of what?",
                          f"写上单位 / say the unit: {name}={size:.6g}kt/a")
    if one.unit:
        units.known(one.unit)
        size, got = units.capacity(one.amount, one.unit, unit)
    if unit and got != unit:
        raise LiantuError(f"{one.amount:.6g} {one.unit} 不能换算成 {name} 的单位 {unit} / does not convert to {unit}, "
                          f"the unit of {name}", f"换成 {unit} 再写 / write it in {unit}: {name}=…{unit}")
    if size > MOST:
        raise LiantuError(f"{name}: {size:.6g} {got} 太大 / is too much", "检查数字与单位 / look at the number and its unit")
    return size, got


def _checked(one: Addition) -> Addition:
    said = f"{one.node}={one.amount:.6g}{one.unit}"
    if not math.isfinite(one.amount):
        raise LiantuError(f"{one.node}: 不是有限的数 / not a finite number", "写成例如 718kt/a / write for example 718kt/a")
    if one.amount < LEAST:
        raise LiantuError(f"{said}: 新增产能须大于 0 / an addition must be above 0",
                          "这里只问增加会怎样, 不能减少 / only what is added can be asked, nothing can be taken away")
    if one.yield_ is not None and not 0 < one.yield_ <= 1:
        raise LiantuError(f"{said}: 成品率 {one.yield_:.6g} 须在 0 与 1 之间 / a yield lies between 0 and 1",
                          "写作 *0.82 或 *82% / write *0.82 or *82%")
    return one


def _rate(written: str, text: str) -> float:
    read = _RATE.fullmatch(written)
    if read is None:
        raise LiantuError(f"“{text}”: 成品率 “{written}” 不是数字 / the yield is not a number", GRAMMAR)
    return float(read[1]) / (100 if read[2] else 1)


def _day(written: str, text: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise LiantuError(f"“{text}”: {written or '@ 之后'} 不是日期 / is not a day",
                          "写作 @2025-12-31 / write days as @2025-12-31") from error


def _months(build: int | str) -> int:
    if not re.fullmatch(r"\d{1,3}", str(build).strip()):
        raise LiantuError(f"建设期 “{build}” 不是月数 / is no number of months of building",
                          "0 至 999 的整数 / a whole number, 0 to 999: --build 18")
    return int(build)


def _ramp(ramp: Sequence[float] | str) -> tuple[float, ...]:
    written = re.split("[,，、]", ramp) if isinstance(ramp, str) and ramp.strip() else list(ramp or (100,))
    try:
        shares = tuple(float(str(w).strip().rstrip("%％")) / 100 for w in written)
    except ValueError:
        shares = ()
    if not shares or not all(0 <= s <= 1 for s in shares):
        raise LiantuError(f"爬坡 “{ramp}” 不是逐年的百分数 / is no list of per cents, year by year",
                          "每年 0 至 100 / from 0 to 100 each year: --ramp 50,80,100")
    return shares


def _later(day: date, months: int) -> date:
    """That many months on; the last of the month where it has no such day. Past the year 9999 is no day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise LiantuError(f"{day} 之后 {months} 个月不是日期 / {months} months after {day} is no day", "改早些 / name an earlier day")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
