"""Text for pictures: made harmless, measured by East Asian width, wrapped and shrunk.

Nobody measures fonts here: a wide character is one em, a narrow one about half. That is exact enough
for CJK fonts and gives the same picture on every machine; vis-network breaks only at blanks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.harmless import JOINER, clean

ELLIPSIS = "…"
_CLOSING = "，。、；：！？）》」』】〉”’…)\\],;:"
_OPENING = "（《「『【〈“‘(\\["
_TOKEN = re.compile(
    rf"[{_OPENING}]*[A-Za-z0-9.%/+\-_]+[{_CLOSING}]*|\s+|[{_OPENING}]*[^\s][{_CLOSING}]*|.", re.DOTALL
)
"""Words and single characters, each with the marks that may not begin a line and those that may not end one."""
_NARROW_WIDE = "MWmw@%"
_NARROW_THIN = " .,:;|'!()[]-/fijlrtI"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit, and the font size in px at which they do."""

    lines: tuple[str, ...]
    size: float


def cleaned(value: Any) -> Any:
    """The same JSON value with every text in it (keys too) made harmless by ``clean``."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(k): cleaned(v) for k, v in value.items()}
    return [cleaned(v) for v in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=16384)
def ems(text: str) -> float:
    """Width of a text in em."""
    return sum(_em(c) for c in text)


def _em(char: str) -> float:
    if unicodedata.combining(char) or char in JOINER or "\ufe00" <= char <= "\ufe0f":
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in _NARROW_THIN:
        return 0.36 if char != " " else 0.26
    return 0.86 if char in _NARROW_WIDE else 0.66 if char.isupper() else 0.57


def wrap(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than ``width`` px at ``size`` px; Latin words stay whole where they fit."""
    room = width / size
    lines, line = [], ""
    for token in _TOKEN.findall(text):
        if line and ems(line + token.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += token if line or not token.isspace() else ""
        while ems(line) > room and len(line) > 1:
            head = cut(line, room)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def cut(text: str, room: float) -> str:
    """The longest beginning of a text that is no wider than ``room`` em; at least one character."""
    used = 0.0
    for i, char in enumerate(text):
        used += _em(char)
        if used > room and i:
            return text[:i]
    return text


def clip(text: str, width: float, size: float) -> str:
    """One line, cut with an ellipsis where it is too wide."""
    if ems(text) * size <= width:
        return text
    return cut(text, width / size - 1).rstrip() + ELLIPSIS


def fit(text: str, width: float, size: float, least: float, most_lines: int) -> Fitted:
    """Wrapped into at most ``most_lines`` lines, at the largest size from ``size`` down to ``least`` px.

    What does not fit even then is cut with an ellipsis.
    """
    step = size
    while step >= least:
        lines = wrap(text, width, step)
        if len(lines) <= most_lines:
            return Fitted(tuple(_even(text, lines, width, step)), step)
        step -= 1
    lines = wrap(text, width, least)
    at = 0
    for line in lines[: most_lines - 1]:
        at = text.find(line, at) + len(line)
    return Fitted((*lines[: most_lines - 1], clip(text[at:].strip(), width, least)), least)


def _even(text: str, lines: list[str], width: float, size: float) -> list[str]:
    """The same number of lines, narrower, so that no single character is left alone on the last.

    Never narrower than the longest word: a word broken for looks reads worse than an uneven line.
    """
    narrow = width
    longest = max(ems(token) for token in _TOKEN.findall(text)) * size if text else 0.0
    while len(lines) > 1 and narrow - size / 2 > max(width / 2, longest):
        narrow -= size / 2
        tried = wrap(text, narrow, size)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines
