"""What an article says, fact by fact, for a person to accept or reject."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

UNNAMED = "〔未具名"
"""What the name of a project begins with that the text does not name."""

Kind = Literal["project", "investor", "investment", "adds", "milestone", "makes", "reports", "claim", "goal", "indicator"]


@dataclass(frozen=True, slots=True)
class Said:
    """One proposed fact.

    ``of`` is the project, firm or region it is of ('' where the text does not name it), ``what`` the investor, step,
    indicator, or the words for a chain node. ``basis``: actual or planned; of a claim what it says. ``day`` is None where
    the text and its day of publication do not tell it; ``day_text`` the wording. ``value`` is in ``unit`` as written.
    """

    kind: Kind
    of: str
    what: str = ""
    value: float | None = None
    unit: str = ""
    text: str = ""
    day: date | None = None
    day_text: str = ""
    basis: str = ""
    scope: str = ""
    phase: str = ""
    sentence: str = ""
    lines: tuple[int, int] = (0, 0)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was read: what it is, and what it says. ``region``: the one it is about, '' where none is found."""

    file: str
    title: str
    publisher: str
    published: date | None
    region: str
    sentences: int
    said: tuple[Said, ...] = field(default=())


def plain(article: Article) -> dict[str, Any]:
    """An article as dictionaries, for JSON: every field of every fact, days as ISO texts."""
    def told(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    return {key: told(value) for key, value in asdict(article).items() if key != "said"} | {
        "said": [{key: told(value) for key, value in asdict(one).items()} for one in article.said]}
