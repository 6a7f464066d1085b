"""Sheets that are reviewed before they are loaded: a row counts once a person has written 采用 into its 复核.

A sheet without that column is as ever.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from loaders import values
from loaders.aliases import normal
from loaders.tables import Cell
from loaders.values import Unreadable

REVIEW = ("复核", "Review")
"""The column that says whether a row is accepted; blank is not reviewed."""

SENTENCE = ("原句", "Sentence")
"""The words that a row came from; a fact of it keeps them as its wording."""

REMARK = ("提示", "Remark")
"""What the reviewer should look at; read by nobody else."""

CHOICES = (("采用", "accept"), ("不采用", "reject"))

_YES = frozenset({"采用", "是", "对", "√", "✓", "✔", "accept", "accepted", "yes", "y", "ok"})
_NO = frozenset({"不采用", "否", "错", "×", "✗", "✘", "reject", "rejected", "no", "n"})


def place(header: Sequence[str], name: tuple[str, str]) -> int | None:
    """Where a column of one of the names above stands; None where there is none."""
    named = set(map(normal, name))
    return next((i for i, written in enumerate(header) if any(normal(line) in named for line in written.splitlines())), None)


def is_ours(header: str) -> bool:
    """Whether a header is one of a review's own columns."""
    return any(place((header,), name) is not None for name in (REVIEW, SENTENCE, REMARK))


def accepted(cell: Cell) -> bool | None:
    """采用 True, 不采用 False, blank None; raises Unreadable for any other word."""
    word = unicodedata.normalize("NFKC", values.text(cell)).strip().casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(f'复核 "{word[:40]}" 不是 采用 或 不采用 / Review "{word[:40]}" is neither accept nor reject',
                     "填 采用 或 不采用; 留空表示未复核, 不导入 / write accept or reject; blank: not reviewed, not loaded")
