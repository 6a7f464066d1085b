"""Paragraphs in columns: wrapped, never split between an entry's lines where it can be helped, nothing lost unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from maps.faces import Text
from maps.text import wrap

LEAD = 1.36
"""Line height in em."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a sheet, px."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph. ``keep`` holds it with the next; ``before`` is px above it; ``ring`` a kind of ring drawn before it."""

    text: str
    size: float
    ink: str
    bold: bool = False
    keep: bool = False
    before: float = 0.0
    indent: float = 0.0
    ring: str = ""


@dataclass(frozen=True, slots=True)
class RingSample:
    """A small box in a ring of that kind."""

    kind: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Block:
    """A whole paragraph where it stands, for whoever breaks its lines anew; ``area`` is that of its text."""

    para: Para
    area: Area


@dataclass(frozen=True, slots=True)
class Flowed:
    """What came to stand where; ``bottom`` below the lowest line, ``rest`` what found no room."""

    texts: tuple[Text, ...]
    rings: tuple[RingSample, ...]
    blocks: tuple[Block, ...]
    bottom: float
    rest: tuple[Para, ...]


def flow(paras: Sequence[Para], area: Area, columns: int = 1, gap: float = 36.0) -> Flowed:
    """From the top of the first column to the foot of the last."""
    width = (area.w - gap * (columns - 1)) / columns
    texts: list[Text] = []
    rings: list[RingSample] = []
    blocks: list[Block] = []
    column, y, bottom, i = 0, area.y, area.y, 0
    paras = _split(paras, width, area.h)
    while i < len(paras):
        group = _kept(paras, i)
        if y + _high(group, width, y == area.y) > area.y + area.h + 0.5:
            if y > area.y and column < columns - 1:
                column, y = column + 1, area.y
                continue
            group = _prefix(group, width, area.y + area.h - y) if y == area.y else ()
            if not group:
                return Flowed(tuple(texts), tuple(rings), tuple(blocks), bottom, tuple(paras[i:]))
        for para in group:
            x = area.x + column * (width + gap)
            y += 0 if y == area.y else para.before
            top, y = y, _put(para, x, y, width, texts, rings)
            blocks.append(Block(para, Area(x + _lead(para), top, width - _lead(para), y - top)))
        bottom, i = max(bottom, y), i + len(group)
    return Flowed(tuple(texts), tuple(rings), tuple(blocks), bottom, ())


def need(paras: Sequence[Para], width: float, columns: int, most: float, gap: float = 36.0) -> float | None:
    """The least height (in steps of 4 px) in which all of it stands; None where ``most`` is too low."""
    high = 0.0
    while (high := high + 4) <= most:
        if not flow(paras, Area(0, 0, width, high), columns, gap).rest:
            return high
    return None


def _split(paras: Sequence[Para], width: float, high: float) -> Sequence[Para]:
    """A paragraph that is higher than a column is as many as its lines need."""
    found: list[Para] = []
    for para in paras:
        most = max(1, int(high / (para.size * LEAD)))
        rows = _rows(para, width)
        if len(rows) <= most:
            found.append(para)
            continue
        parts = [" ".join(rows[i : i + most]) for i in range(0, len(rows), most)]
        found += [replace(para, text=part, keep=False, before=0.0) for part in parts]
    return found


def _kept(paras: Sequence[Para], start: int) -> Sequence[Para]:
    end = start
    while end < len(paras) - 1 and paras[end].keep:
        end += 1
    return paras[start : end + 1]


def _prefix(group: Sequence[Para], width: float, room: float) -> Sequence[Para]:
    """As many of a group that is higher than a column as stand in it."""
    count = len(group)
    while count and _high(group[:count], width, True) > room + 0.5:
        count -= 1
    return group[:count]


def _lead(para: Para) -> float:
    """px that a ring's sample takes before the text."""
    return para.indent + (para.size * 2.1 if para.ring else 0.0)


def _rows(para: Para, width: float) -> tuple[str, ...]:
    return _wrapped(para.text, width - _lead(para), para.size)


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The same paragraph is tried at many heights."""
    return tuple(wrap(text, width, size))


def _high(group: Sequence[Para], width: float, top: bool) -> float:
    high = sum(len(_rows(p, width)) * p.size * LEAD + p.before for p in group)
    return high - (group[0].before if top else 0)


def _put(para: Para, x: float, y: float, width: float, texts: list[Text], rings: list[RingSample]) -> float:
    if para.ring:
        rings.append(RingSample(para.ring, x + 4, y + para.size * 0.2, para.size * 1.5, para.size * 0.9))
    for row in _rows(para, width):
        texts.append(Text(row, x + _lead(para), y + para.size * 1.02, para.size, para.ink, para.bold, "start"))
        y += para.size * LEAD
    return y

