"""From a header as a city writes it to our column, its unit, or the nearest names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cache

from graph import units
from loaders.aliases import normal
from loaders.sheets import SHEET, Column, Sheet


def bare(name: str) -> str:
    """A header without its brackets: 总投资(亿元) → 总投资."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】", "", unicodedata.normalize("NFKC", name))


def unit_of(header: str) -> str:
    """The unit a header gives in brackets, 总投资(单位:万元) → 万元; '' where the brackets hold none."""
    found = re.findall(r"\(([^()]+)\)|\[([^\[\]]+)\]", unicodedata.normalize("NFKC", header))
    for unit in (re.sub(r"^单位[::]?", "", one or other).strip() for one, other in found):
        with suppress(units.UnknownUnit):
            units.known(unit)
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
    spellings = (header, *header.splitlines(), bare(header), *map(bare, header.splitlines()))
    return next((c for s in map(normal, spellings) if s and (c := _spellings(sheet.key).get(s))), None)


def nearest(name: str, known: Mapping[str, str], cutoff: float = 0.4) -> list[str]:
    """Of {normalised name: name to show} the three most like ``name``."""
    hits = get_close_matches(normal(bare(name)), known, n=6, cutoff=cutoff)
    return list(dict.fromkeys(known[hit] for hit in hits))[:3]


def near_columns(sheet: Sheet, header: str) -> list[str]:
    """Headers most like an unknown one; the required ones where none is like it."""
    near = nearest(header, {name: column.zh for name, column in _spellings(sheet.key).items()})
    return near or [column.zh for column in sheet.columns if column.required]
