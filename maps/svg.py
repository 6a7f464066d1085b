"""The still picture: for walls, print and documents. Built as a tree, so every name is escaped by the writer.

Only presentation attributes are used, no style attribute: the page embeds this picture under a policy that
would block those.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Xml

from analysis.picture import Picture
from graph.harmless import clean
from maps import elements, titles
from maps.elements import short
from maps.faces import Face
from maps.look import USUAL, Look
from maps.places import Layout
from maps.poster import Leaf, Map, Poster, poster
from maps.themes import Theme

FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Source Han Sans CN','Microsoft YaHei','PingFang SC',"
    "'Hiragino Sans GB','WenQuanYi Micro Hei','WenQuanYi Zen Hei',SimHei,sans-serif"
)
A3_MM = (420.0, 297.0)
"""Width and height of a printed page."""


def svg(picture: Picture, look: Look = USUAL) -> str:
    """A complete SVG document (without XML declaration) with title block, legend and list of its own.

    A wall is 1,920 × 1,080 px; print is as many pages of A3 (in mm) as it takes, one below the other, the map on the
    first. Same input, same text. Raises ``LiantuError`` as ``maps.poster.poster`` does.
    """
    made = poster(picture, look)
    return drawing(made, look, "mm" if look.style == "print" else "px")


def drawing(made: Poster, look: Look, unit: str) -> str:
    """A poster as a document whose width and height are in ``unit``, px or mm."""
    root = _root(made, look, unit)
    Xml.SubElement(root, "title").text = made.title
    elements.rect(root, 0, 0, made.width, made.height * len(made.leaves), {"fill": made.theme.ground})
    for i, leaf in enumerate(made.leaves):
        _leaf(root if not i else Xml.SubElement(root, "g", _moved(0, made.height * i)), leaf, made.theme)
    return Xml.tostring(root, encoding="unicode") + "\n"


def pages(picture: Picture, look: Look = USUAL) -> list[str]:
    """The same, each page as a document of its own: for a page that breaks them itself."""
    made = poster(picture, look)
    unit = "mm" if look.style == "print" else "px"
    return [drawing(replace(made, leaves=(leaf,)), look, unit) for leaf in made.leaves]


def _root(made: Poster, look: Look, unit: str) -> Xml.Element:
    width, height = made.width, made.height * len(made.leaves)
    size = (short(width), short(height))
    if unit == "mm":
        size = (f"{short(A3_MM[0])}mm", f"{short(A3_MM[1] * len(made.leaves))}mm")
    attributes = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {short(width)} {short(height)}"}
    attributes |= {"width": size[0], "height": size[1], "font-family": FONTS, "role": "img"}
    return Xml.Element("svg", attributes | {"lang": "zh-CN" if look.lang == "zh" else "en"})


def _moved(x: float, y: float, scale: float = 1.0) -> dict[str, str]:
    by = "" if scale == 1 else f" scale({scale:.4f})"
    return {"transform": f"translate({short(x)} {short(y)}){by}"}


def _leaf(parent: Xml.Element, leaf: Leaf, theme: Theme) -> None:
    for t in (*leaf.texts, *leaf.flowed.texts):
        elements.text(parent, t)
    for face in leaf.samples:
        draw_face(parent, face, strip=False)
    for s in leaf.lines:
        style = theme.lines[s.kind]
        elements.line(parent, [(s.x, s.y), (s.x + s.w, s.y)], style.ink, style.width, style.dash, theme.halo)
    for r in leaf.flowed.rings:
        elements.frame(parent, r.x, r.y, r.w, r.h, theme.rings[r.kind], 0)
    if leaf.map is not None:
        draw_map(Xml.SubElement(parent, "g", _moved(leaf.map.x, leaf.map.y, leaf.map.scale)), leaf.map, theme)


def draw_map(group: Xml.Element, drawn: Map, theme: Theme) -> None:
    _bands(group, drawn.layout, theme)
    for t in drawn.heads:
        elements.text(group, t)
    _lines(group, drawn.layout, drawn.kinds, theme)
    for face in drawn.faces:
        draw_face(group, face)
    for box, kind in drawn.rings:
        elements.frame(group, box.x, box.y, box.w, box.h, theme.rings[kind])


def _bands(group: Xml.Element, layout: Layout, theme: Theme) -> None:
    for band in layout.bands:
        elements.rect(group, band.x, band.y, band.w, band.h, {"fill": theme.bands.get(band.name, theme.other)})
    for lane in layout.lanes:
        look = {"fill": "none", "stroke": theme.lane, "stroke-dasharray": "6 5"}
        elements.rect(group, lane.x, lane.y, lane.w, lane.h, look)


def _lines(group: Xml.Element, layout: Layout, kinds: tuple[str, ...], theme: Theme) -> None:
    """Ordinary lines first: what comes from a gap, and feedback, stays visible on a shared trunk."""
    both = list(zip(kinds, layout.routes, strict=True))
    for kind, route in sorted(both, key=lambda pair: titles.DRAWN.index(pair[0])):
        style = theme.lines[kind]
        elements.line(group, list(route.points), style.ink, style.width, style.dash, theme.halo)
    for kind, route in both:  # last, or the ground below a dashed line would hide them
        for x, y in route.joints:
            elements.dot(group, x, y, theme.lines[kind].ink)


def draw_face(parent: Xml.Element, face: Face, strip: bool = True) -> None:
    """A box; a legend's small one is all strip."""
    box, style = face.box, face.style
    node = Xml.SubElement(parent, "g")
    if box.node:
        Xml.SubElement(node, "title").text = clean(box.node)
    elements.plate(node, box.x, box.y, box.w, box.h, style, face.strip if strip else 0.0)
    if face.ring:
        elements.ring(node, *face.ring, style.line)
    for t in face.texts:
        elements.text(node, t)
