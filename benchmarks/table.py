"""One line of the result, and how the lines are shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``peer``, ``ratio`` and ``target`` are None where there is only a figure to report.

    ``spread`` is how far apart the slowest and the fastest run were, as a share of the median, of the side where
    that was more: a ratio is no better known than that.
    """

    work: str
    unit: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    target: float | None = None
    spread: float | None = None

    @property
    def met(self) -> bool:
        return self.target is None or (self.ratio is not None and self.ratio < self.target)


def wide(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cells(row: Row) -> tuple[str, str, str, str, str]:
    def figure(value: float | None) -> str:
        return "" if value is None else f"{value:,} {row.unit}"

    target = "" if row.target is None else f" (< {row.target:g}: {'met' if row.met else 'MISSED'})"
    return (row.work, figure(row.ours), figure(row.peer), "" if row.ratio is None else f"{row.ratio:g}{target}",
            "" if row.spread is None else f"{row.spread:.0%}")


def table(rows: Iterable[Row]) -> str:
    lines = [("work", "ours", "peer", "ratio (medians)", "spread"), *map(cells, rows)]
    columns = [max(map(wide, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(text + " " * (column - wide(text)) for text, column in zip(line, columns, strict=True)).rstrip()
        for line in lines
    )
