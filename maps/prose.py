"""Paragraphs and how they fill columns: measured by East Asian width, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.harmless import clean
from maps.text import wrap

LEADING = 1.34
"""Line height in em."""
_STEP = 12.0


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph; ``after`` it come so many px."""

    text: str
    size: float
    colour: str
    bold: bool = False
    after: float = 0.0


Block = Sequence[Item]
"""Paragraphs that stay together."""


def height(block: Block, width: float) -> float:
    """px that paragraphs take."""
    return sum(len(wrap(clean(i.text), width, i.size)) * i.size * LEADING + i.after for i in block)


def fitting(blocks: Sequence[Block], count: int, width: float, room: float) -> tuple[list[list[Block]], list[Block]]:
    """At most so many columns, as low as can be and no higher than ``room``; and the blocks that are left.

    A block that is higher than ``room`` by itself has a column.
    """
    heights = [height(block, width) for block in blocks]
    limit = min(room, max([sum(heights) / count, *heights]))
    while sum(map(len, found := _filled(heights, count, limit))) < len(blocks) and limit < room:
        limit = min(room, limit + _STEP)
    return [[blocks[i] for i in column] for column in found], list(blocks[sum(map(len, found)):])


def _filled(heights: Sequence[float], count: int, limit: float) -> list[list[int]]:
    """Which blocks stand in each column, one after another, as far as the columns reach."""
    columns, used = [list[int]()], 0.0
    for i, high in enumerate(heights):
        if columns[-1] and used + high > limit:
            if len(columns) == count:
                break
            columns.append([])
            used = 0.0
        columns[-1].append(i)
        used += high
    return columns
