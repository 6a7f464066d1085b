"""Small pictures for the legend of the page: a status, a kind of edge, a ring; each in both themes, of which the style shows one."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as Xml

from maps.elements import dashes, short
from maps.status import BUILDING_MARK, Style
from maps.themes import THEMES, LineStyle, Theme

_X, _Y, _W, _H = 2, 2, 32, 22


def status(key: str) -> str:
    """A box of that status, 36 × 26 px."""
    return _both(lambda root, theme: _box(root, theme.styles[key], theme))


def line(kind: str) -> str:
    """An edge of that kind, with its arrow head."""
    return _both(lambda root, theme: _line(root, theme.lines[kind]))


def ring(kind: str) -> str:
    """A ring round what changes for the goals."""
    return _both(lambda root, theme: _rect(root, _X + 1, _W - 2, "none", theme.rings[kind]))


def _both(draw: Callable[[Xml.Element, Theme], None]) -> str:
    out = []
    for name, theme in THEMES.items():
        root = Xml.Element("svg", {"viewBox": "0 0 36 26", "width": "36", "height": "26", "aria-hidden": "true", "class": f"on-{name}"})
        draw(root, theme)
        out.append(Xml.tostring(root, encoding="unicode"))
    return "".join(out)


def _box(root: Xml.Element, style: Style, theme: Theme) -> None:
    """Where the map has a strip with the mark, the small box is all strip."""
    _rect(root, _X, _W, style.line if style.strip else style.fill, LineStyle(style.line, style.width, style.dash))
    ink = style.on_strip if style.strip else style.line
    if style.ringed:
        Xml.SubElement(root, "circle", {"cx": "14", "cy": "13", "r": "8", "fill": "none", "stroke": style.line, "stroke-width": "1.5"})
        _text(root, style.mark, 14, 15, ink)
        _text(root, BUILDING_MARK, 27, 13, theme.building)
    else:
        _text(root, style.mark, 18, 16 if len(style.mark) == 1 else 13, ink)


def _rect(root: Xml.Element, x: float, width: float, fill: str, style: LineStyle) -> None:
    place = {"x": short(x), "y": short(_Y), "width": short(width), "height": short(_H), "rx": "4"}
    look = {"fill": fill, "stroke": style.ink, "stroke-width": short(min(style.width, 3))}
    Xml.SubElement(root, "rect", place | look | dashes(style.dash))


def _text(root: Xml.Element, words: str, x: float, size: float, ink: str) -> None:
    place = {"x": short(x), "y": short(13 + size * 0.36), "font-size": short(size), "text-anchor": "middle", "font-weight": "700", "fill": ink}
    Xml.SubElement(root, "text", place).text = words


def _line(root: Xml.Element, style: LineStyle) -> None:
    look = {"points": "1,13 26,13", "fill": "none", "stroke": style.ink, "stroke-width": short(style.width)}
    Xml.SubElement(root, "polyline", look | dashes(style.dash))
    Xml.SubElement(root, "polygon", {"points": "35,13 24,8 24,18", "fill": style.ink})
