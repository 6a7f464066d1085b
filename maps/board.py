"""What the overview and the view of a large chain have in common: a sheet in a theme, its legend, its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as Xml

from maps import elements
from maps.elements import short
from maps.faces import Text
from maps.hues import Hues
from maps.labels import say
from maps.sheet import sample
from maps.status import STYLES
from maps.svg import FONTS
from maps.text import ems, wrap

WIDE, MARGIN, _SMALL = 1920.0, 24.0, 20.0
"""px: of a sheet, of its border, and of the type of the legend."""


def begun(title: str, colours: Hues) -> tuple[Xml.Element, Xml.Element]:
    """The root of a drawing and the ground in it; ``sized`` gives both their size in the end."""
    root = Xml.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONTS, "role": "img"})
    Xml.SubElement(root, "title").text = title
    return root, Xml.SubElement(root, "rect", {"x": "0", "y": "0", "fill": colours.ground})


def sized(root: Xml.Element, ground: Xml.Element, width: float, height: float, lang: str) -> None:
    size = {"width": short(width), "height": short(height)}
    ground.attrib |= size
    root.attrib |= {"viewBox": f"0 0 {size['width']} {size['height']}", **size, "lang": "zh-CN" if lang == "zh" else "en"}


def paragraph(root: Xml.Element, content: str, at: tuple[float, float, float], size: float, ink: str, bold: bool = False) -> float:
    """Wrapped into a width, nothing cut: ``at`` is x, the first base line and the width; gives the next base line."""
    x, y, width = at
    for line in wrap(content, width, size):
        elements.text(root, Text(line, x, y, size, ink, bold, "start"))
        y += size * 1.42
    return y


def legend(root: Xml.Element, lang: str, y: float, colours: Hues, width: float, counts: Mapping[str, int] | None = None) -> float:
    """Every status with its mark, and its count where counts are given, else without those outside the chain; gives the y below."""
    x = MARGIN
    for key in (k for k in STYLES if counts is not None or k != "boundary"):
        label = say(key, lang) if counts is None else f"{say(key, lang)} {counts.get(key, 0):,}"
        wide = 42 + ems(label) * _SMALL + 18
        if x + wide > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 36
        _sample(root, key, x, y, colours)
        elements.text(root, Text(label, x + 42, y + 20, _SMALL, colours.ink, anchor="start"))
        x += wide
    return y + 42


def _sample(root: Xml.Element, key: str, x: float, y: float, colours: Hues) -> None:
    """A small box of that status, 34 × 26 px, in these colours."""
    face = sample(key, x, y, 34, 26, colours.theme)
    elements.plate(root, x, y, 34, 26, face.style, strip=0.0)
    if face.ring:
        elements.ring(root, *face.ring, face.style.line)
    for t in face.texts:
        elements.text(root, t)


def legend_sample(key: str, colours: Hues) -> str:
    """The same for the legend of a page."""
    root = Xml.Element("svg", {"viewBox": "0 0 38 30", "width": "38", "height": "30", "font-family": FONTS, "aria-hidden": "true"})
    _sample(root, key, 2, 2, colours)
    return Xml.tostring(root, encoding="unicode")
