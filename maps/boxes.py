"""Boxes of walls and paper as they look: name, mark, figures, names of firms; in the colours of a theme."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from analysis.answers import Panorama
from graph.harmless import clean
from maps import labels
from maps.faces import Face, Text
from maps.measure import Measure
from maps.places import Band, Box, Lane, Layout
from maps.status import BUILDING_MARK, Style, statuses
from maps.text import clip, ems, wrap
from maps.themes import Theme
from maps.words import Words

LOW, WIDE_STRIP = 48.0, 38.0
"""px: below this height two marks do not stand one above the other, and then this is the width of their strip."""


def boxes(panorama: Panorama, layout: Layout, told: Mapping[str, Words], measure: Measure, theme: Theme) -> tuple[Face, ...]:
    """One face per box of the layout, in its order."""
    found = statuses(panorama)
    return tuple(_face(b, found[b.node], told[b.node], measure, theme) for b in layout.boxes)


def _face(box: Box, status: str, told: Words, measure: Measure, theme: Theme) -> Face:
    style = theme.styles[status]
    strip = WIDE_STRIP if len(style.mark) > 1 and box.h < LOW else measure.strip
    marks, ring = _marks(box, style, status, strip, theme)
    return Face(box, status, style, (*marks, *_texts(box, told, style.ink, measure, (strip - measure.strip) / 2)), ring, strip)


def _texts(box: Box, told: Words, ink: str, measure: Measure, aside: float) -> list[Text]:
    width = measure.text_width(box.w, box.boundary)
    middle, size = box.x + box.w - measure.pad - width / 2 + aside, box.name_size
    high = (max(measure.name, len(box.name) * size) + len(told.lines) * measure.sub) * measure.row
    y = box.y + (box.h - high) / 2 + max(0.0, measure.name - len(box.name) * size) / 2
    texts = []
    for line in box.name:
        texts.append(Text(line, middle, y + size * 0.92, size, ink, True))
        y += size * measure.row
    if told.beside:
        texts = _beside(texts[0], told.beside, measure.sub, ink)
    y = box.y + (box.h + high) / 2 - len(told.lines) * measure.sub * measure.row
    for line in told.lines:
        fits = min(measure.sub, max(measure.sub_least, width / max(ems(line), 0.1)))
        texts.append(Text(line, middle, y + measure.sub * 0.92, fits, ink))
        y += measure.sub * measure.row
    return texts


def _beside(name: Text, ratio: str, size: float, ink: str) -> list[Text]:
    half = (ems(name.text) * name.size + ems(f" {ratio}") * size) / 2
    return [Text(name.text, name.x - half, name.y, name.size, ink, True, "start"),
            Text(ratio, name.x + half, name.y, size, ink, False, "end")]


def _marks(
    box: Box, style: Style, status: str, strip: float, theme: Theme
) -> tuple[list[Text], tuple[float, float, float] | None]:
    """The mark in the middle of the strip; where building has started × is ringed and has ◆ below, or at the far corner."""
    if not style.mark:
        return [], None
    size = 22.0 if len(style.mark) == 1 else 20.0
    x, y = box.x + strip / 2, box.y + box.h / 2
    ink = style.on_strip if style.strip else style.line
    if len(style.mark) > 1 and box.h < LOW:
        return [Text(style.mark, x, y + 7, 20.0, ink, True)], None
    if len(style.mark) > 1:  # one above the other: side by side they are wider than the strip
        return [Text(c, x, y + (i - 0.5) * 18 + 7, 20.0, ink, True) for i, c in enumerate(style.mark)], None
    x += 0.2 * size if style.mark == "？" else 0.0  # Chinese fonts set it left in its square
    if status != "building":
        return [Text(style.mark, x, y + size * 0.36, size, ink, True)], None
    if box.h < LOW:
        corner = Text(BUILDING_MARK, box.x + box.w - 2, box.y + 9, 20, theme.building)
        return [Text(style.mark, x, y + 7, 20, ink, True), corner], (x, y, 10.0)
    return [Text(style.mark, x, y - 5, 20, ink, True), Text(BUILDING_MARK, x, y + 22, 20, theme.building)], (x, y - 12, 10.0)


def lane_texts(lane: Lane, lang: str, measure: Measure, ink: str, least: float) -> list[Text]:
    """The lane's name in the gutter: Chinese in rows of one or two characters, else in words below one another."""
    name, wide = clean(labels.lane(lane.name, lang)), measure.gutter - 4
    if all(unicodedata.east_asian_width(c) in "WF" for c in name):
        across = 1 if len(name) * least * 1.1 <= lane.h - 6 else 2
        rows = [name[i : i + across] for i in range(0, len(name), across)]
    else:
        rows = wrap(name, wide, least)
    most = max(1, int((lane.h - 2) / (least * 1.04)))
    if len(rows) > most:
        rows = [*rows[: most - 1], clip("".join(rows[most - 1 :]) + "…", wide, least)]
    size = min(24.0, (lane.h - 6) / len(rows) / 1.04, wide / max(map(ems, rows)))
    size = max(size, least)
    step = size * (1.1 if len(rows) * size * 1.1 <= lane.h else 1.02)
    top = lane.y + lane.h / 2 - len(rows) * step / 2
    return [Text(row, measure.gutter / 2, top + i * step + size * 0.9, size, ink, True) for i, row in enumerate(rows)]


def band_text(band: Band, lang: str, measure: Measure, ink: str) -> Text:
    middle, base = band.x + band.w / 2, (measure.head + measure.band * 0.72) / 2
    return Text(clip(clean(labels.band(band.name, lang)), band.w, measure.band), middle, base, measure.band, ink, True)
