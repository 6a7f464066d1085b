"""The still picture: for walls, print and documents. Built as a tree, so every name is escaped by the writer.

Only presentation attributes are used, no style attribute: the page embeds this picture under a policy that
would block those.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from analysis.picture import Picture
from maps import elements, titles
from maps.elements import short
from maps.faces import Face, band_text, faces, lane_texts
from maps.layout import place
from maps.look import USUAL, Look
from maps.places import Layout
from maps.sheet import Sheet, sample, sheet
from maps.status import statuses
from maps.text import clean

FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Source Han Sans CN','Microsoft YaHei','PingFang SC',"
    "'Hiragino Sans GB','WenQuanYi Micro Hei','WenQuanYi Zen Hei',SimHei,sans-serif"
)


def svg(picture: Picture, look: Look = USUAL) -> str:
    """A complete SVG document (without XML declaration) with title block, legend, own list and sources.

    At least 1,920 px wide, larger where the chain is. Same input, same text.
    Raises ``LiantuError`` as ``maps.layout.place`` does, and for another language.
    """
    panorama, lang = picture.panorama, look.lang
    layout = place(panorama)
    page = sheet(panorama, layout, lang)
    root = _root(page, lang)
    Xml.SubElement(root, "title").text = titles.title(panorama, lang)
    elements.rect(root, 0, 0, page.width, page.height, {"fill": "#ffffff"})
    _sheet(root, page)
    group = Xml.SubElement(root, "g", {"transform": f"translate({short(page.map_x)} {short(page.map_y)})"})
    _ground(group, layout, lang)
    _routes(group, layout, statuses(panorama))
    for face in faces(panorama, layout, lang):
        _face(group, face)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _root(page: Sheet, lang: str) -> Xml.Element:
    width, height = short(page.width), short(page.height)
    attributes = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "width": width}
    attributes |= {"height": height, "font-family": FONTS, "role": "img", "lang": "zh-CN" if lang == "zh" else "en"}
    return Xml.Element("svg", attributes)


def _sheet(root: Xml.Element, page: Sheet) -> None:
    for t in page.texts:
        elements.text(root, t)
    for face in page.samples:
        _face(root, face, strip=False)
    for s in page.lines:
        style = titles.LINE_STYLES[s.kind]
        elements.line(root, [(s.x, s.y), (s.x + s.w, s.y)], style.ink, style.width, style.dash)


def _ground(group: Xml.Element, layout: Layout, lang: str) -> None:
    for band in layout.bands:
        fill = titles.BAND_GROUND.get(band.name, titles.OTHER_GROUND)
        elements.rect(group, band.x, band.y, band.w, band.h, {"fill": fill})
        elements.text(group, band_text(band, lang))
    for lane in layout.lanes:
        look = {"fill": "none", "stroke": "#b9c6d6", "stroke-dasharray": "6 5"}
        elements.rect(group, lane.x, lane.y, lane.w, lane.h, look)
        for t in lane_texts(lane, lang):
            elements.text(group, t)


def _routes(group: Xml.Element, layout: Layout, found: dict[str, str]) -> None:
    """Ordinary lines first: what comes from a gap, and feedback, stays visible on a shared trunk."""
    kinds = [(titles.line_kind(r.feedback, r.essential, found[r.upstream]), r) for r in layout.routes]
    for kind, route in sorted(kinds, key=lambda pair: titles.DRAWN.index(pair[0])):
        style = titles.LINE_STYLES[kind]
        elements.line(group, list(route.points), style.ink, style.width, style.dash)
    for kind, route in kinds:  # last, or the white below a dashed line would hide them
        for x, y in route.joints:
            elements.dot(group, x, y, titles.LINE_STYLES[kind].ink)


def _face(parent: Xml.Element, face: Face, strip: bool = True) -> None:
    """A box; a legend's small one is all strip."""
    box, style = face.box, face.style
    node = Xml.SubElement(parent, "g")
    if box.node:
        Xml.SubElement(node, "title").text = clean(box.node)
    elements.plate(node, box.x, box.y, box.w, box.h, style, strip)
    if face.ring:
        elements.ring(node, *face.ring, style.line)
    for t in face.texts:
        elements.text(node, t)


def legend_sample(key: str) -> str:
    """A small picture of that status for the page's legend, 34 × 26 px."""
    root = _small()
    _face(root, sample(key, 2, 2, 32, 22), strip=False)
    return Xml.tostring(root, encoding="unicode")


def legend_line(kind: str) -> str:
    """A small picture of that kind of edge."""
    root, style = _small(), titles.LINE_STYLES[kind]
    elements.line(root, [(1, 13), (35, 13)], style.ink, style.width, style.dash)
    return Xml.tostring(root, encoding="unicode")


def _small() -> Xml.Element:
    return Xml.Element("svg", {"viewBox": "0 0 36 26", "width": "36", "height": "26", "aria-hidden": "true"})
