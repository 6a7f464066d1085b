"""Elements of an SVG tree: few attributes, short numbers, every text escaped by the writer."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from maps.faces import Text
from maps.status import Style
from maps.themes import LineStyle

ROUND = 6.0


def short(value: float) -> str:
    """At most one decimal: 12.0 → 12."""
    return f"{value:.1f}".removesuffix(".0")


def dashes(dash: tuple[int, ...]) -> dict[str, str]:
    return {"stroke-dasharray": " ".join(map(str, dash))} if dash else {}


def rect(parent: Xml.Element, x: float, y: float, w: float, h: float, attributes: dict[str, str]) -> None:
    place = {"x": short(x), "y": short(y), "width": short(w), "height": short(h)}
    Xml.SubElement(parent, "rect", place | attributes)


def line(
    parent: Xml.Element,
    points: list[tuple[float, float]],
    ink: str,
    width: float,
    dash: tuple[int, ...],
    halo: str = "#ffffff",
) -> None:
    """A polyline, and an arrow head at its end.

    A dashed one lies on a ``halo`` of the ground, so that a full line on the same trunk does not show through its gaps.
    """
    x, y = points[-1]
    ends = " ".join(f"{short(a)},{short(b)}" for a, b in [*points[:-1], (x - 9, y)])
    look = {"points": ends, "fill": "none", "stroke": ink, "stroke-width": short(width), "stroke-linejoin": "round"}
    if dash:
        Xml.SubElement(parent, "polyline", look | {"stroke": halo, "stroke-width": short(width + 1)})
    Xml.SubElement(parent, "polyline", look | dashes(dash))
    tip = f"{short(x)},{short(y)} {short(x - 11)},{short(y - 5)} {short(x - 11)},{short(y + 5)}"
    Xml.SubElement(parent, "polygon", {"points": tip, "fill": ink})


def dot(parent: Xml.Element, x: float, y: float, ink: str) -> None:
    Xml.SubElement(parent, "circle", {"cx": short(x), "cy": short(y), "r": "3", "fill": ink})


def ring(parent: Xml.Element, x: float, y: float, radius: float, ink: str) -> None:
    place = {"cx": short(x), "cy": short(y), "r": short(radius)}
    Xml.SubElement(parent, "circle", place | {"fill": "none", "stroke": ink, "stroke-width": "2"})


def frame(parent: Xml.Element, x: float, y: float, w: float, h: float, style: LineStyle, off: float = 3.5) -> None:
    """A ring of that style round a box, ``off`` px from it."""
    look = {"rx": short(ROUND + off), "fill": "none", "stroke": style.ink, "stroke-width": short(style.width)}
    rect(parent, x - off, y - off, w + 2 * off, h + 2 * off, look | dashes(style.dash))


def plate(parent: Xml.Element, x: float, y: float, w: float, h: float, style: Style, strip: float) -> None:
    """The ground of a box, with a strip of that width for its mark; without one a style that has it is all strip."""
    fill = style.line if style.strip and not strip else style.fill
    look = {"rx": short(ROUND), "fill": fill, "stroke": style.line, "stroke-width": short(style.width)}
    rect(parent, x, y, w, h, look | dashes(style.dash))
    if style.strip and strip:
        r = short(ROUND)
        outline = f"M{short(x + strip)} {short(y)}H{short(x + ROUND)}a{r} {r} 0 0 0 -{r} {r}V{short(y + h - ROUND)}"
        outline += f"a{r} {r} 0 0 0 {r} {r}H{short(x + strip)}Z"
        Xml.SubElement(parent, "path", {"d": outline, "fill": style.line})


def text(parent: Xml.Element, t: Text) -> None:
    """One text; its direction is isolated, so that a right-to-left name turns round nothing beside it."""
    look = {"x": short(t.x), "y": short(t.y), "font-size": short(t.size), "fill": t.ink, "unicode-bidi": "isolate"}
    if t.anchor != "start":
        look["text-anchor"] = t.anchor
    if t.bold:
        look["font-weight"] = "700"
    if t.turn:
        look["transform"] = f"rotate({t.turn} {short(t.x)} {short(t.y)})"
    Xml.SubElement(parent, "text", look).text = t.text
