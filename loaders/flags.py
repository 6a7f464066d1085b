"""Figures of one sheet that contradict each other by ten times: a total or a heading against its rows, words against a cell.

1075亿元 in the heading and 107.5 in the row: nobody can tell which is right, so both are shown and nothing is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from graph import units
from loaders import values
from loaders.columns import Seen
from loaders.rows import Reading, Row
from loaders.tables import Passed
from loaders.values import Quantity, Unreadable

_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*((?:万亿|亿|千万|百万|万)元?)")
_INVESTED = re.compile(r"(?:总投资|投资总?额|计划投资|投资)[^\d,，。;；]{0,6}(\d[\d,]*(?:\.\d+)?)\s*((?:万亿|亿|千万|百万|万)元?)")
_NEAR = 0.006
"""How near to a power of ten two figures must be: what rounding to three digits leaves."""


def flags(read: Reading) -> tuple[str, ...]:
    """What of a sheet should be looked at, 中文 / English."""
    if read.sheet is None or not read.rows:
        return read.flags
    figures = {one.column.key: one for one in read.columns if one.column and one.column.kind in ("quantity", "number")}
    sums = {key: _sum(read.rows, key, one) for key, one in figures.items()}
    out = list(read.flags)
    out += [line for one in read.passed if one.kind == "total" and _whole(one) for line in _total(read, one, figures, sums)]
    out += [line for number, words in _headings(read) for line in _heading(read, number, words, figures, sums)]
    out += [line for row in read.rows if row.values.get("content") for line in _content(row)]
    return tuple(out)


def tenfold(one: float | None, other: float | None) -> int:
    """The power of ten by which two figures differ, 0 where they differ otherwise or not at all."""
    if not one or not other or one * other <= 0:
        return 0
    for power in (1, 2, 3, 4, 8, -1, -2, -3, -4, -8):
        if abs(one / other / 10.0 ** power - 1) < _NEAR:
            return power
    return 0


def _whole(total: Passed) -> bool:
    """A total of the whole table, not of a part of it."""
    words = "".join(total.text.split())
    return "小计" not in words and "sub" not in words.lower()


def _headings(read: Reading) -> Iterator[tuple[int, str]]:
    yield from read.table.above
    yield from ((one.number, one.text) for one in read.passed if one.kind in ("section", "note"))


def _amount(value: Any, unit: str, to: str) -> float | None:
    """A value in the unit of its column, else as it is."""
    if isinstance(value, Quantity):
        own = value.unit or unit
        return value.value if own == to else units.convert(value.value, own, to)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _sum(rows: Sequence[Row], key: str, one: Seen) -> float | None:
    """The rows' sum in the column's unit; None where a row has another or none has any."""
    amounts = [_amount(row.values[key], one.unit, one.unit) for row in rows if key in row.values]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def _total(read: Reading, total: Passed, figures: dict[str, Seen], sums: dict[str, float | None]) -> Iterator[str]:
    for key, one in figures.items():
        cell = total.cells[one.place] if one.place < len(total.cells) else None
        try:
            said = _amount(values.quantity(cell, one.unit), one.unit, one.unit)
        except Unreadable:
            continue
        if power := tenfold(said, sums[key]):
            yield _line(read, total.number, f"合计 {one.header}", f"total {one.header}", said, sums[key], one.unit, power)


def _heading(read: Reading, number: int, words: str, figures: dict[str, Seen], sums: dict[str, float | None]) -> Iterator[str]:
    """An amount of money in a heading against the sum of the column, and against a row of the very same digits."""
    for amount, unit in _MONEY.findall(unicodedata.normalize("NFKC", words)):
        for key, one in figures.items():
            to = one.unit
            said = units.convert(float(amount.replace(",", "")), unit if unit.endswith("元") else unit + "元", to) if to.endswith("元") else None
            rows = [value for row in read.rows if (value := _amount(row.values.get(key), to, to)) is not None]
            if power := tenfold(said, sums[key]):
                yield _line(read, number, f"标题 {amount}{unit}", f"heading {amount}{unit}", said, sums[key], to, power)
            elif len(amount.strip("0.").replace(".", "").replace(",", "")) >= 3 and (
                    odd := next((value for value in rows if tenfold(said, value)), None)) is not None:
                yield _line(read, number, f"标题 {amount}{unit}", f"heading {amount}{unit}", said, odd, to, tenfold(said, odd), "某行", "a row")


def _content(row: Row) -> Iterator[str]:
    """总投资 in the words of 建设内容及规模 against the cell of that name."""
    cell = row.values.get("total_investment")
    match = _INVESTED.search(unicodedata.normalize("NFKC", str(row.values["content"])))
    if not match or not isinstance(cell, Quantity):
        return
    unit = match[2] if match[2].endswith("元") else match[2] + "元"
    said, given = units.convert(float(match[1].replace(",", "")), unit, "亿元"), units.convert(cell.value, cell.unit, "亿元")
    if power := tenfold(said, given):
        yield (f"建设内容写 {match[1]}{unit}, 总投资写 {given:g} 亿元, 相差 10^{abs(power)} 倍 [{row.cell}] / the words say {match[1]}{unit}, the "
               f"cell {given:g} 亿元: 10^{abs(power)} times apart")


def _line(read: Reading, number: int, zh: str, en: str, said: float | None, rows: float | None, unit: str, power: int,
          what: str = "各行之和", english: str = "the rows' sum") -> str:
    times = 10 ** abs(power)
    return (f"{zh} 是 {said:g}{unit}, {what} 是 {rows:g}{unit}, 相差 {times:,} 倍, 请核对 [{read.table.file}/{read.table.sheet}/{number}] / "
            f"{en}: {said:g}{unit} against {rows:g}{unit} of {english}, {times:,} times apart")
