"""From a header as a city writes it to our column, its unit, or the nearest names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from graph import units
from loaders.aliases import normal
from loaders.sheets import SHEET, Column, Sheet

COUNTERS = frozenset({"序号", "序", "编号", "no", "seq", "行号", "项次"})
"""Columns that only count the rows."""

_PLAIN = frozenset(map(normal, ("数值", "数量", "数", "值", "数额", "金额", "规模", "名称", "全称", "现状", "现有", "实际", "内容", "具体内容")))
"""Words of a lower header that say nothing by themselves: the group above them is meant."""

_PLANNED = re.compile("计划|规划|预计|目标|拟|planned", re.IGNORECASE)


def bare(name: str) -> str:
    """A header without its brackets: 总投资(亿元) → 总投资."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】", "", unicodedata.normalize("NFKC", name))


@lru_cache(maxsize=4096)
def unit_of(header: str) -> str:
    """The unit a header gives in brackets, 总投资(单位:万元) → 万元; '' where the brackets hold none."""
    found = re.findall(r"\(([^()]+)\)|\[([^\[\]]+)\]", unicodedata.normalize("NFKC", header))
    for unit in (re.sub(r"^单位[::]?", "", one or other).strip() for one, other in found):
        with suppress(units.UnknownUnit):
            units.known(unit)
            return unit
    return ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a header was taken for: ``how`` is ours, mapping, counter, asked, left out or unknown."""

    column: Column | None
    how: str
    unit: str = ""
    mapped: str = ""


def found(sheet: Sheet, parts: Sequence[str], ours: Mapping[str, str]) -> Found:
    """The column that a header of one or several rows means on this sheet; ``ours`` is the city's own mapping.

    Of 产能 over 数值 and 单位 the first is 产能, the second 单位; of 开工 over 计划 and 实际 the first is 计划开工. A plan is never
    taken for what stands: 产能 under 规划 is no capacity of a firm.
    """
    names = _names(tuple(parts))
    for name in names if ours else ():
        if (mapped := ours.get(normal(name))) is not None:
            column = column_named(sheet, mapped) if mapped else None
            return Found(column, "mapping" if column else "left out", _unit(parts) or unit_of(mapped), mapped)
    for name in names:
        if column := column_named(sheet, name):
            column = _as_planned(sheet, column, parts)
            return Found(column, "ours", _unit(parts)) if column else Found(None, "unknown")
    return Found(None, "counter" if normal(parts[-1]) in COUNTERS or normal(parts[0]) in COUNTERS else "unknown")


@lru_cache(maxsize=4096)
def _names(parts: tuple[str, ...]) -> tuple[str, ...]:
    """How the column may be called, likeliest first; a row of units below the header names none."""
    said = tuple(dict.fromkeys(part for part in parts if not is_unit(part))) or parts
    if len(said) == 1:
        return said
    *groups, last = said
    above = [said[0], "".join(groups)] if normal(bare(last)) in _PLAIN else []
    return tuple(dict.fromkeys(["".join(said), "".join(reversed(said)), f"{last}{groups[-1]}", last, *above]))


def _as_planned(sheet: Sheet, column: Column, parts: Sequence[str]) -> Column | None:
    """Below 计划 an actual day is a planned one, and a firm's capacity is none."""
    if len(parts) < 2 or not any(map(_PLANNED.search, parts)) or _PLANNED.search(column.zh):
        return column
    if column.key.startswith("actual:"):
        return next((c for c in sheet.columns if c.key == f"planned:{column.key[7:]}"), None)
    return None if column.prop == "MAKES.capacity" else column


@lru_cache(maxsize=4096)
def is_unit(part: str) -> bool:
    """A header cell that is nothing but a unit: (万元), 万吨/年."""
    words = unicodedata.normalize("NFKC", part).strip().strip("()[]")
    if not words or not re.search(r"[A-Za-z%元吨只片套亩人瓦米年]", words) or len(words) > 12:
        return False
    with suppress(units.UnknownUnit):
        units.known(words)
        return True
    return False


def _unit(parts: Sequence[str]) -> str:
    """The unit that stands lowest in a header: in brackets, or as a row of its own."""
    for part in reversed(parts):
        if unit := unit_of(part) or (unicodedata.normalize("NFKC", part).strip().strip("()[]") if is_unit(part) and len(parts) > 1 else ""):
            return unit
    return ""


@cache
def _spellings(key: str) -> dict[str, Column]:
    """Every spelling of a sheet's headers. A full name goes before one without its brackets:
    the permit 用地 and the area 用地(亩) stand on one sheet."""
    sheet = SHEET[key]
    full = {normal(n): c for c in sheet.columns for n in (c.zh, c.en, c.zh + c.en, c.en + c.zh, c.key, *c.aliases)}
    short = {normal(n): c for c in sheet.columns for n in (bare(c.zh), bare(c.zh) + c.en)}
    return short | full | {normal(c.zh): c for c in sheet.columns}


def column_named(sheet: Sheet, header: str) -> Column | None:
    """The column a header means, in either language or both (企业名称 Firm); None where there is none."""
    return _column_named(sheet.key, header)


@lru_cache(maxsize=8192)
def _column_named(key: str, header: str) -> Column | None:
    spellings = (header, *header.splitlines(), bare(header), *map(bare, header.splitlines()))
    return next((c for s in map(normal, spellings) if s and (c := _spellings(key).get(s))), None)


def nearest(name: str, known: Mapping[str, str], cutoff: float = 0.4) -> list[str]:
    """Of {normalised name: name to show} the three most like ``name``."""
    hits = get_close_matches(normal(bare(name)), known, n=6, cutoff=cutoff)
    return list(dict.fromkeys(known[hit] for hit in hits))[:3]


def like_columns(sheet: Sheet, header: str) -> list[str]:
    """Headers most like an unknown one; none where none is like it."""
    return nearest(header, {name: column.zh for name, column in _spellings(sheet.key).items()})


def near_columns(sheet: Sheet, header: str) -> list[str]:
    """Headers most like an unknown one; the required ones where none is like it."""
    return like_columns(sheet, header) or [column.zh for column in sheet.columns if column.required]
