"""The map as slides: every box one native shape with its text, every edge a line, from the same layout.

Leaders edit slides: nothing here is a picture. The pages of evidence and sources follow the map.
"""

from __future__ import annotations

import io
from datetime import datetime

from analysis.picture import Picture
from graph.archives import undated
from maps.faces import Face, Text
from maps.flow import Block
from maps.labels import say
from maps.look import USUAL, Look
from maps.pen import Pen, Run, rgb
from maps.poster import Leaf, Map, poster
from maps.status import BUILDING_MARK
from maps.text import ems
from maps.themes import LineStyle, Theme
from maps.titles import DRAWN
from maps.words import Words

WIDTHS = {"wall": 12192000, "print": 15120000}
"""EMU: 13.33 inches of a 16 : 9 slide, 420 mm of A3."""


def pptx(picture: Picture, look: Look = USUAL) -> bytes:
    """A .pptx; a wall is one slide of 16 : 9 with the map, print are slides of A3; evidence and sources follow.

    Same input, same bytes. Raises ``LiantuError`` as ``maps.poster.poster`` does.
    """
    from pptx import Presentation  # late: whoever wants a page or a picture needs none of it
    from pptx.util import Emu

    made, deck = poster(picture, look, whole=True), Presentation()
    blank = deck.slide_layouts[6]
    for layout in [one for one in deck.slide_layouts if one != blank]:
        deck.slide_layouts.remove(layout)  # they are for slides of another size
    width = WIDTHS[look.style]
    deck.slide_width, deck.slide_height = Emu(width), Emu(round(width * made.height / made.width))
    for leaf in made.leaves:
        slide = deck.slides.add_slide(blank)
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = rgb(made.theme.ground)
        _leaf(Pen(slide.shapes, width / made.width, look.lang), leaf, made.theme)
    about, day = deck.core_properties, picture.panorama.gaps.as_of
    about.title, about.author, about.last_modified_by, about.revision = made.title[:255], "liantu", "liantu", 1
    about.created = about.modified = datetime(day.year, day.month, day.day)
    file = io.BytesIO()
    deck.save(file)
    return undated(file.getvalue())


def _leaf(pen: Pen, leaf: Leaf, theme: Theme) -> None:
    if leaf.map is not None:
        _map(pen.at(leaf.map.x, leaf.map.y, leaf.map.scale), leaf.map, theme)
    for t in leaf.texts:
        _text(pen, t)
    legend = pen.group(say("legend", pen.lang)) if leaf.samples else pen
    for face in leaf.samples:
        _sample(legend, face, theme)
    for s in leaf.lines:
        legend.line(((s.x, s.y), (s.x + s.w, s.y)), theme.lines[s.kind], s.kind)
    for block in leaf.flowed.blocks:
        _block(pen, block)
    for r in leaf.flowed.rings:
        pen.box("ROUNDED_RECTANGLE", (r.x, r.y, r.w, r.h), r.kind, line=theme.rings[r.kind])


def _map(pen: Pen, drawn: Map, theme: Theme) -> None:
    layout = drawn.layout
    for band in layout.bands:
        pen.box("RECTANGLE", (band.x, band.y, band.w, band.h), band.name, theme.bands.get(band.name, theme.other))
    for lane in layout.lanes:
        pen.box("RECTANGLE", (lane.x, lane.y, lane.w, lane.h), lane.name, line=LineStyle(theme.lane, 1.0, (6, 5)))
    for t in drawn.heads:
        _text(pen, t)
    _edges(pen.group(say("edges", pen.lang)) if layout.routes else pen, drawn, theme)
    rings = {box.node: kind for box, kind in drawn.rings}
    for face in drawn.faces:
        _node(pen.group(face.box.node), face, drawn, theme, rings.get(face.box.node, ""))


def _edges(pen: Pen, drawn: Map, theme: Theme) -> None:
    both = zip(drawn.kinds, drawn.layout.routes, strict=True)
    for kind, route in sorted(both, key=lambda pair: DRAWN.index(pair[0])):
        pen.line(route.points, theme.lines[kind], f"{route.upstream} → {route.downstream}")
    for kind, route in zip(drawn.kinds, drawn.layout.routes, strict=True):
        for x, y in route.joints:
            pen.box("OVAL", (x - 3, y - 3, 6, 6), "·", theme.lines[kind].ink)


def _node(pen: Pen, face: Face, drawn: Map, theme: Theme, ring: str) -> None:
    """The box with its text, the strip with its mark, and the ring of what changes: one group, named by its node."""
    box, style = face.box, face.style
    plate = pen.box("ROUNDED_RECTANGLE", (box.x, box.y, box.w, box.h), box.node, style.fill, LineStyle(style.line, style.width, style.dash))
    m = drawn.measure
    inset = (m.pad if box.boundary else m.pad + face.strip, m.pad)
    pen.write(plate, _lines(drawn.told[box.node], face, m.sub), inset=inset, lead=m.row)
    if style.mark:
        _mark(pen, face, theme)
    if ring:
        place = (box.x - 3.5, box.y - 3.5, box.w + 7, box.h + 7)
        pen.box("ROUNDED_RECTANGLE", place, ring, line=theme.rings[ring])


def _lines(told: Words, face: Face, sub: float) -> list[list[Run]]:
    """The lines of the box: the name, what stands beside it, and what stands below."""
    ink, size = face.style.ink, face.box.name_size
    found = [[Run(line, size, ink, True)] for line in face.box.name]
    if told.beside:
        found[0].append(Run(f" {told.beside}", sub, ink))
    return [*found, *([Run(line, sub, ink)] for line in told.lines)]


def _mark(pen: Pen, face: Face, theme: Theme) -> None:
    box, style = face.box, face.style
    place = (box.x, box.y, face.strip, box.h)
    shape = pen.box("RECTANGLE", place, style.mark, style.line if style.strip else "")
    ink = style.on_strip if style.strip else style.line
    built = [[Run(BUILDING_MARK, 18.0, theme.building)]] if style.ringed else []
    marks = [style.mark] if len(style.mark) == 1 or face.strip > 30 else list(style.mark)
    pen.write(shape, [*([Run(m, 20.0, ink, True)] for m in marks), *built], lead=1.0)
    if face.ring:
        x, y, radius = face.ring
        pen.box("OVAL", (x - radius, y - radius, 2 * radius, 2 * radius), "ring", line=LineStyle(style.line, 2.0))


def _sample(pen: Pen, face: Face, theme: Theme) -> None:
    """A legend's small box: all strip, with its marks."""
    box, style = face.box, face.style
    fill = style.line if style.strip else style.fill
    shape = pen.box("ROUNDED_RECTANGLE", (box.x, box.y, box.w, box.h), face.status, fill, LineStyle(style.line, style.width, style.dash))
    ink = style.on_strip if style.strip else style.line
    runs = [Run(style.mark, 18.0, ink, True), *([Run(BUILDING_MARK, 16.0, theme.building)] if style.ringed else [])]
    pen.write(shape, [runs if style.mark else []], lead=1.0)


def _text(pen: Pen, t: Text) -> None:
    """One line round its anchor; wider than we measure it, as other fonts may be."""
    wide = ems(t.text) * t.size * 1.15 + 8
    left = {"start": t.x, "middle": t.x - wide / 2, "end": t.x - wide}[t.anchor]
    align = {"start": "LEFT", "middle": "CENTER", "end": "RIGHT"}[t.anchor]
    pen.text((left, t.y - t.size * 1.02, wide, t.size * 1.3), [Run(t.text, t.size, t.ink, t.bold)], t.text, align)


def _block(pen: Pen, block: Block) -> None:
    """A paragraph that may be edited: its lines break anew."""
    p, a = block.para, block.area
    pen.text((a.x, a.y, a.w + p.size * 0.6, a.h), [Run(p.text, p.size, p.ink, p.bold)], p.text, wrap=True)
