"""A bar of statuses: how many nodes of each, as wide as they are many, with mark and number in every part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from maps import elements
from maps.faces import Text
from maps.hues import Hues
from maps.status import mark
from maps.text import ems

_PAD, _BETWEEN = 7.0, 2.0
"""px: either side of the text of a part, and between two parts."""

Place = tuple[float, float, float, float]
"""x, y, width, height, px."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of one status, from ``x`` on, ``w`` wide, px."""

    status: str
    text: str
    x: float
    w: float


def parts(counts: Mapping[str, int], width: float, size: float) -> list[Part]:
    """The statuses that occur, in the order given, over ``width`` px; each at least as wide as its text at ``size`` px.

    Where even that is too much they are narrower, all by the same share.
    """
    met = [(status, f"{mark(status)} {n:,}".strip(), n) for status, n in counts.items() if n]
    room = width - _BETWEEN * (len(met) - 1)
    least = [ems(text) * size + 2 * _PAD for _, text, _ in met]
    shrink, spare = min(1.0, room / max(sum(least), 1.0)), max(0.0, room - sum(least))
    every, found, x = sum(n for _, _, n in met), list[Part](), 0.0
    for (status, text, n), needed in zip(met, least, strict=True):
        w = needed * shrink + spare * n / every
        found.append(Part(status, text, x, w))
        x += w + _BETWEEN
    return found


def bar(parent: Xml.Element, counts: Mapping[str, int], at: Place, size: float, colours: Hues) -> None:
    """Draws it; a text is set smaller where its part is narrow."""
    x, y, width, height = at
    for part in parts(counts, width, size):
        _part(parent, part, (x + part.x, y, part.w, height), size, colours)


def _part(parent: Xml.Element, part: Part, at: Place, size: float, colours: Hues) -> None:
    (x, y, w, h), style = at, colours.statuses[part.status]
    edge = 1.0 if style.strip else style.width
    look = {"rx": "4", "fill": style.line if style.strip else style.fill, "stroke": style.line, "stroke-width": elements.short(edge)}
    elements.rect(parent, x + edge / 2, y + edge / 2, max(w - edge, 1.0), h - edge, look | elements.dashes(style.dash))
    size = min(size, (w - 4) / max(ems(part.text), 0.1))
    ink = style.on_strip if style.strip else style.ink
    elements.text(parent, Text(part.text, x + w / 2, y + h / 2 + size * 0.36, size, ink, True))
