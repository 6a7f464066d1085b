"""What one visit needs on one page: who they are, what they would fill here, what we offer, who introduces us, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.parts import Source

SECTIONS: dict[str, tuple[str, str]] = {
    "who": ("企业概况", "Who they are"),
    "fills": ("能补什么", "What they would fill here"),
    "leads": ("我们不落后的要素", "What we offer"),
    "lags": ("我们落后的要素", "Where we are behind"),
    "alone": ("对手未见公开数据, 无从比较", "Not comparable: no public figure of the others"),
    "introduction": ("谁引荐", "Who introduces us"),
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


TITLE = ("拜访要点", "Visit brief")
NOTHING = ("未见公开数据", "no public figure")
NONE = ("无", "none")
SOURCES = ("来源", "Sources")


def title(brief: Brief, lang: str) -> str:
    return f"{TITLE[lang == 'en']}{': ' if lang == 'en' else '：'}{brief.firm}"


def about(brief: Brief, lang: str) -> tuple[str, ...]:
    """What every output states: region, both days, audience."""
    if lang == "en":
        return brief.region, f"as of {brief.as_of}", f"known by {brief.known_by}", f"audience {brief.audience}"
    return brief.region, f"截至 {brief.as_of}", f"据 {brief.known_by} 所知", f"受众 {brief.audience}"


def written(brief: Brief, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each section's name with its lines and the marks of their sources: '[1][3]', '' without any; never an empty section."""
    number = numbered(brief)
    return [(SECTIONS[section.key][lang == "en"],
             [(line.en if lang == "en" else line.text, "".join(f"[{number[id]}]" for id in line.sources)) for line in section.lines]
             or [((NONE if section.key in ("leads", "lags", "alone", "open") else NOTHING)[lang == "en"], "")]) for section in brief.sections]


def cited(brief: Brief, lang: str) -> list[str]:
    """The sources in the order of their numbers: title, outlet and day; the id of one that the answer does not carry."""
    known = {source.id: source for source in brief.sources}
    return [_source(known[id], lang) if id in known else id for id in numbered(brief)]


def _source(source: Source, lang: str) -> str:
    undated, no_outlet = ("undated", "no outlet given") if lang == "en" else ("未注日期", "未注发布机构")
    day = source.published.isoformat() if source.published else undated
    return f"{source.title}, {source.publisher or no_outlet}, {day}"
