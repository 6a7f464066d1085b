"""One cell of a known column: its value, or what is wrong with it and the cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from graph import units
from loaders import values
from loaders.aliases import normal
from loaders.readers import Cell
from loaders.sheets import Column
from loaders.values import Quantity, Unreadable

PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "sheet": ("没有叫 {value} 的表", "no sheet is called {value}",
              "改名为最相近的: {near}; 只是说明的表叫 说明", "rename it to the nearest: {near}; call a sheet of prose 说明"),
    "header": ("不认识表头 {value}", "unknown header {value}",
               "最相近: {near}; 改表头, 或在 liantu.toml 的 [headers] 里写 {value} = \"我们的表头\" (\"\" 表示不读)",
               "nearest: {near}; rename it, or map it in liantu.toml under [headers] (\"\" leaves it out)"),
    "twice": ("表头 {value} 与 {near} 是同一列", "headers {value} and {near} are one column",
              "留一列, 另一列改名或删去", "keep one, rename or remove the other"),
    "column": ("缺少必填列 {column}", "the required column {english} is missing",
               "加上这一列; 也可写作 {near}", "add it; other spellings: {near}"),
    "missing": ("必填的 {column} 是空的", "{english} is required and blank",
                "补上 {column}; 用不着的行整行删去", "fill it in, or remove the whole row"),
    "one_of": ("{near} 都是空的", "{near} are all blank", "填其中一个", "fill in one of them"),
    "choice": ("{value} 不是可选的值", "{value} is not one of the choices", "填其中之一: {near}", "write one of: {near}"),
    "negative": ("{value} 小于 0", "{value} is below 0", "填 0 或正数; 不清楚就留空", "0 or more; blank where unknown"),
    "zero": ("{value} 不大于 0", "{value} is not above 0", "不清楚就留空", "blank where unknown"),
    "yield": ("{value} 不在 0 与 1 之间", "{value} is not between 0 and 1", "写 82% 或 0.82", "write 82% or 0.82"),
    "share": ("{value} 不在 0 与 100 之间", "{value} is not between 0 and 100", "写百分数, 例如 51 或 51%",
              "write per cent, for example 51 or 51%"),
    "fraction": ("{value} 是百分之几还是比例, 分不清", "{value} may be per cent or a fraction",
                 "写成带 % 的文字, 例如 51% 或 0.5%", "write it as text with %, for example 51% or 0.5%"),
    "authority": ("{value} 不是 0 到 9 的整数", "{value} is not a whole number from 0 to 9",
                  "填 0–9, 例如 5 政府文稿, 3 媒体", "0 to 9, for example 5 government text, 3 press"),
    "code": ("{value} 被表格软件存成了数, 末几位已丢失", "{value} was stored as a number: its last digits are lost",
             "把单元格格式设为文本, 重新填写", "format the cell as text and type it again"),
    "nothing": ("{value} 里没有名称", "there is no name in {value}", "填名称, 几个用 、 隔开", "names, separated by 、"),
}
"""Kind → what is wrong and the cure, each in both languages."""


def say(kind: str, column: Column | None = None, **given: str) -> tuple[str, str]:
    """(why, cure) of a kind of problem, both languages."""
    given |= {"column": column.zh if column else "", "english": column.en if column else ""}
    zh, en, cure_zh, cure_en = (text.format_map(given) for text in PROBLEMS[kind])
    return f"{zh} / {en}", f"{cure_zh} / {cure_en}"


def quoted(value: str) -> str:
    # ' / ' stands between the languages, and a name of 300 characters would hide the cure.
    short = value if len(value) <= 40 else value[:40] + "…"
    return '"' + " ".join(short.split()).replace(" / ", "/") + '"'


def shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else values.text(cell)


def is_blank(column: Column, cell: Cell) -> bool:
    """Nothing was said; 无 is an answer where the column is a yes/no or has it among its choices."""
    if isinstance(cell, str) and column.kind in ("choice", "flag"):
        word = normal(cell)
        said = ("无",) if column.kind == "flag" else [normal(name) for choice in column.choices for name in choice]
        if word and word in said:
            return False
    return values.is_blank(cell)


def parse(column: Column, cell: Cell, unit: str = "") -> Any:
    """The value of a cell that is not blank; ``unit`` is what a bare number is in.

    str, float, bool, date, tuple of str, Quantity, or a choice's stored value. Raises Unreadable,
    its text in both languages with the column and the cell named.
    """
    try:
        return _READ[column.kind](column, cell, unit)
    except Unreadable as error:
        if '"' in error.why:
            raise
        zh, _, en = error.why.partition(" / ")
        said = quoted(shown(cell))
        raise Unreadable(f"{column.zh} {said}: {zh} / {column.en} {said}: {en or zh}", error.cure) from error


def wording(column: Column, cell: Cell, value: Any) -> str:
    """The original text, where a rule and not the eye made the value of it; else ''."""
    if isinstance(value, Quantity):
        return value.text
    if column.kind == "day":
        return "" if _is_day(cell, value) else values.text(cell)
    if column.kind == "number" and isinstance(cell, str):
        return "" if _plain(values.text(cell)) == value else values.text(cell)
    return ""


def _is_day(cell: Cell, day: date) -> bool:
    """Whether the cell says this very day: a date, or year, month and day in any spelling."""
    if isinstance(cell, date | datetime):
        return True
    figures = re.findall(r"\d+", values.text(cell))
    return [int(f) for f in figures[:3]] == [day.year, day.month, day.day] or figures == [f"{day:%Y%m%d}"]


def _plain(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _wrong(kind: str, value: Cell, near: str = "") -> Unreadable:
    return Unreadable(*say(kind, value=quoted(shown(value)), near=near))


def _text(column: Column, cell: Cell, unit: str) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        raise _wrong("code", cell)
    text = values.text(cell)
    if column.prop in UNITS:
        _known(text)
    return text


def _items(column: Column, cell: Cell, unit: str) -> tuple[str, ...]:
    # '/' joins chain and node (产业链/环节) and is part of many names.
    found = values.items(_text(column, cell, unit))
    if not found:
        raise _wrong("nothing", cell)
    return tuple(_slash(name) for name in found) if column.kind == "nodes" else found


def _slash(name: str) -> str:
    return name.replace("／", "/")


def _choice(column: Column, cell: Cell, unit: str) -> str:
    named = {normal(n): choice[0] for choice in column.choices for n in choice if n}
    if (word := normal(values.text(cell))) not in named:
        raise _wrong("choice", cell, "、".join(zh for _, zh, _ in column.choices))
    return named[word]


def _number(column: Column, cell: Cell, unit: str) -> float:
    check = _CHECKS.get(column.prop)
    return check(cell, unit) if check else values.number(cell)


def impossible(column: Column, value: Any) -> tuple[str, str]:
    """Why a value that can be read can be of nothing in the world, in both languages; ('', '') where it can."""
    amount = value.value if isinstance(value, Quantity) else value
    if amount < 0:
        return "小于 0", "below 0"
    return ("大于 100 %", "above 100 %") if column.key == "built_share" and amount > 100 else ("", "")


def _quantity(column: Column, cell: Cell, unit: str) -> Quantity:
    """年供货额 may be in another unit than its header says; elsewhere the two must agree."""
    found = values.quantity(cell) if column.prop == "SUPPLIES.amount" else values.quantity(cell, unit)
    found = found if found.unit else values.quantity(cell, unit)
    if column.prop in SIZES:
        if found.value < 0:
            raise _wrong("negative", cell)
        if found.unit != unit:
            _known(found.unit)
    return found


def _known(unit: str) -> None:
    try:
        units.known(unit)
    except units.UnknownUnit as error:
        raise Unreadable(error.message, error.cure) from error


def _yield(cell: Cell, unit: str) -> float:
    """A share of one: 0.82 or 82%; below a header of % a number above 1 is per cent."""
    found = values.quantity(cell)
    percent = found.unit == "%" or (unit == "%" and not found.unit and found.value > 1)
    share = found.value / 100 if percent else found.value
    if found.unit not in ("", "%") or not 0 < share <= 1:
        raise _wrong("yield", cell)
    return share


def _share(cell: Cell, unit: str) -> float:
    """Per cent. A cell formatted as 51% is read as the number 0.51, as is one that says 0.51 per cent."""
    found = values.quantity(cell)
    if found.unit not in ("", "%") or not 0 <= found.value <= 100:
        raise _wrong("share", cell)
    if not found.unit and 0 < found.value <= 1:
        raise _wrong("fraction", cell)
    return found.value


def _day(column: Column, cell: Cell, unit: str) -> date:
    """A period's last day; of "~2022-12/2023-01" a source is known from the later part."""
    return values.day_known(cell) if column.prop == "Source.published" else values.day(cell, first=column.first)


def _authority(cell: Cell, unit: str) -> float:
    if (level := values.number(cell)) not in range(10):
        raise _wrong("authority", cell)
    return level


def _coefficient(cell: Cell, unit: str) -> float:
    if (value := values.number(cell)) <= 0:
        raise _wrong("zero", cell)
    return value


SIZES = frozenset({"MAKES.capacity", "ADDS.capacity", "REPORTS.value"})
"""What is counted in the unit of its chain node, which is not the same in every row."""

MEASURED = frozenset({"total_investment", "stake", "land", "power", "energy", "water", "emissions", "built_share", "floor_ratio", "jobs",
                      "planned_investment", "spent"})
"""Columns of firms and projects that nothing in the world is below nought in; money that was booked may be, where it was paid back."""

UNITS = frozenset({"MAKES.unit", "ADDS.unit", "REPORTS.unit", "ChainNode.unit", "FEEDS.unit"})
_CHECKS: dict[str, Callable[[Cell, str], float]] = {
    "MAKES.yield_rate": _yield, "ADDS.yield_rate": _yield, "OWNS.share": _share, "Source.authority": _authority,
    "FEEDS.coefficient": _coefficient,
}
_READ: dict[str, Callable[[Column, Cell, str], Any]] = {
    "text": _text, "number": _number, "quantity": _quantity, "choice": _choice, "items": _items, "nodes": _items,
    "node": lambda column, cell, unit: _slash(_text(column, cell, unit)),
    "flag": lambda column, cell, unit: values.flag(cell),
    "day": _day,
}
