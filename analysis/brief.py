"""What one visit needs on one page: who they are, what they would fill here, what we offer, who introduces us, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.parts import Source

SECTIONS: dict[str, tuple[str, str]] = {
    "who": ("企业概况", "Who they are"),
    "fills": ("能补什么", "What they would fill here"),
    "leads": ("我们的优势", "Where we lead"),
    "lags": ("我们的不足", "Where we do not"),
    "introduction": ("引荐路径", "Who introduces us"),
    "open": ("待问待核", "Open questions"),
}
"""In the order of the page; a section without a line says that nothing is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement in both languages, with the ids of its sources."""

    text: str
    en: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one of ``SECTIONS``; without any nothing is known, which is said."""

    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Answer to: what should we know before we visit this firm? ``sections`` are in the order of ``SECTIONS``, each once."""

    question: str
    region: str
    firm: str
    as_of: date
    known_by: date
    audience: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def numbered(brief: Brief) -> dict[str, int]:
    """Source id → its number on the page, in the order of the first line that cites it."""
    cited = dict.fromkeys(id for section in brief.sections for line in section.lines for id in line.sources)
    return {id: at for at, id in enumerate(cited, 1)}
