"""The picture of a chain too large for boxes: cells of lanes × columns with bars by status, and the gaps that matter most."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from analysis.answers import GapRow
from analysis.picture import Picture
from graph.harmless import clean
from maps import elements, labels, titles
from maps.aggregate import Aggregate, Cell, Stretch, aggregate
from maps.board import MARGIN, WIDE, begun, legend, paragraph, sized
from maps.faces import Text
from maps.hues import Hues, hues
from maps.labels import say
from maps.layout import MOST_NODES
from maps.look import USUAL, Look
from maps.status import BREAKS, mark, status, under_construction
from maps.text import clip, cut, ems

_NOTE = 300
"""em of a note that names what it counts: with thousands of names it would be a book."""
_GUTTER, _GAP, _PAD = 150.0, 10.0, 10.0
_HEAD, _CELL, _ROW, _TEXT, _SMALL = 92.0, 34.0, 25.0, 20.0, 18.0
"""px: above the cells, the head of a cell, one of its rows, and sizes of type."""


def svg(picture: Picture, look: Look = USUAL) -> str:
    """A complete SVG document, 1,920 px wide, of a chain of any size. Same input, same text.

    Raises LiantuError for another language or theme.
    """
    panorama, lang, colours = picture.panorama, look.lang, hues(look.theme)
    found = aggregate(panorama)
    root, ground = begun(titles.title(panorama, lang), colours)
    elements.text(root, Text(clip(titles.title(panorama, lang), WIDE - 2 * MARGIN, 42), MARGIN, 54, 42, colours.ink, True, "start"))
    meta = "  ·  ".join(titles.meta(panorama, lang)[:5])
    y = paragraph(root, meta, (MARGIN, 90, WIDE - 2 * MARGIN), 21, colours.quiet)
    notice = say("sum_aggregate", lang, f"{len(panorama.nodes):,}", f"{MOST_NODES:,}")
    y = paragraph(root, notice, (MARGIN, y + 2, WIDE - 2 * MARGIN), 21, colours.alarm, True)
    y = legend(root, lang, y - 12, colours, WIDE, dict(found.counts))
    y = _grid(root, found, y + 4, lang, colours)
    y = _gaps(root, found, y + 34, lang, colours)
    for note in titles.notes(panorama, lang):
        short = note if ems(note) <= _NOTE else cut(note, _NOTE) + "…"
        y = paragraph(root, short, (MARGIN, y + 6, WIDE - 2 * MARGIN), _SMALL, colours.quiet)
    count = say("sum_sources_counted", lang, f"{len(titles.sources(panorama)):,}")
    y = paragraph(root, count, (MARGIN, y + 6, WIDE - 2 * MARGIN), _SMALL, colours.quiet)
    sized(root, ground, WIDE, y + 4, lang)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _grid(root: Xml.Element, found: Aggregate, top: float, lang: str, colours: Hues) -> float:
    """Heads of the columns, then lane by lane; gives the y below."""
    width = (WIDE - 2 * MARGIN - _GUTTER) / max(len(found.stretches), 1)
    lefts = [MARGIN + _GUTTER + i * width for i in range(len(found.stretches))]
    _heads(root, found.stretches, lefts, (top, width), lang, colours)
    most = max((n for cell in found.cells for _, n in cell.counts), default=1)
    y = top + _HEAD
    for index, name in enumerate(found.lanes):
        cells = [c for c in found.cells if c.lane == index]
        high = max(_CELL + _ROW * len(c.counts) + _PAD for c in cells)
        title = labels.lane(name, lang) if name else say("sum_more_lanes", lang, found.merged)
        elements.text(root, Text(clip(clean(title), _GUTTER - 14, 22), MARGIN, y + high / 2 + 8, 22, colours.ink, True, "start"))
        for cell in cells:
            _cell(root, cell, (lefts[cell.stretch], y, width - _GAP, high), most, lang, colours)
        y += high + _GAP
    if any(s.onward or s.back for s in found.stretches):
        elements.text(root, Text(say("sum_arrows", lang), WIDE - MARGIN, y + 14, _SMALL, colours.quiet, anchor="end"))
    return y


def _heads(root: Xml.Element, stretches: Sequence[Stretch], lefts: Sequence[float], at: tuple[float, float], lang: str,
           colours: Hues) -> None:
    """The band where it begins, the columns, and in the channel right of them what crosses it."""
    top, width = at
    for i, (s, x) in enumerate(zip(stretches, lefts, strict=True)):
        if s.band and (not i or stretches[i - 1].band != s.band):
            elements.text(root, Text(clip(clean(labels.band(s.band, lang)), width, 24), x, top + 24, 24, colours.ink, True, "start"))
        name = say("sum_column", lang, s.first) if s.first == s.last else say("sum_columns", lang, s.first, s.last)
        elements.text(root, Text(clip(name, width - _GAP, _SMALL), x, top + 52, _SMALL, colours.quiet, anchor="start"))
        crossing = [say(key, lang, f"{n:,}") for key, n in (("sum_feeds_on", s.onward), ("sum_feeds_back", s.back)) if n]
        text = clip("  ".join(crossing), width - _GAP, 16)
        elements.text(root, Text(text, x + width - _GAP, top + 78, 16, colours.quiet, anchor="end"))


def _cell(root: Xml.Element, cell: Cell, at: tuple[float, float, float, float], most: int, lang: str, colours: Hues) -> None:
    """How many nodes, then a row a status: mark, number, and a bar as long as they are many."""
    x, y, w, h = at
    elements.rect(root, x, y, w, h, {"rx": "6", "fill": colours.card, "stroke": colours.rule, "stroke-width": "1.2"})
    elements.text(root, Text(say("tile_nodes_counted", lang, f"{cell.nodes:,}"), x + _PAD, y + 25, _SMALL, colours.quiet, anchor="start"))
    wide = ems(f"{most:,}") * _TEXT + 46
    for i, (key, n) in enumerate(cell.counts):
        style, base = colours.statuses[key], y + _CELL + (i + 1) * _ROW - 7
        ink = style.ink if style.ink != "#ffffff" else colours.ink
        elements.text(root, Text(mark(key) or "□", x + _PAD + 16, base, _TEXT, style.line, True))
        elements.text(root, Text(f"{n:,}", x + wide, base, _TEXT, ink, key in BREAKS, "end"))
        room = w - wide - 2 * _PAD
        look = {"fill": style.line if style.strip else style.fill, "stroke": style.line, "stroke-width": "1.5"}
        elements.rect(root, x + wide + 8, base - 15, max(room * n / most, 2.0), 16, look | elements.dashes(style.dash))


def _gaps(root: Xml.Element, found: Aggregate, top: float, lang: str, colours: Hues) -> float:
    """The weightiest in two columns, and how many more there are; gives the next base line."""
    head = say("sum_most_gaps", lang, len(found.gaps), f"{found.all_gaps:,}") if found.gaps else say("no_gaps", lang)
    y = paragraph(root, head, (MARGIN, top, WIDE - 2 * MARGIN), 24, colours.ink, True)
    half, width = -(-len(found.gaps) // 2), (WIDE - 2 * MARGIN - 40) / 2
    for i, row in enumerate(found.gaps):
        column, line = divmod(i, half)
        _gap(root, row, (MARGIN + column * (width + 40), y + line * 29, width), lang, colours)
    y += half * 29
    if found.all_gaps > len(found.gaps):
        y = paragraph(root, say("sum_more_gaps", lang, f"{found.all_gaps - len(found.gaps):,}"), (MARGIN, y, width), _TEXT, colours.alarm)
    if found.gaps:
        y = paragraph(root, say("sum_gap_order", lang), (MARGIN, y, WIDE - 2 * MARGIN), _SMALL, colours.quiet)
    return y


def _gap(root: Xml.Element, row: GapRow, at: tuple[float, float, float], lang: str, colours: Hues) -> None:
    (x, y, width), style = at, colours.statuses[status(row)]
    said = [labels.verdict(row.verdict, lang), *(labels.flag(f, lang) for f in row.flags if f in ("essential", "claimed"))]
    said += [f"{labels.stage('在建', lang)} {clean(p.project)}" for p in row.pipeline if under_construction(p)][:1]
    elements.text(root, Text(mark(status(row)), x + 18, y, _TEXT, style.line, True))
    name = clip(clean(row.node), width * 0.6, _TEXT)
    elements.text(root, Text(name, x + 44, y, _TEXT, colours.ink, True, "start"))
    after = x + 44 + ems(name) * _TEXT + 16
    elements.text(root, Text(clip(clean(" · ".join(said)), x + width - after, _SMALL), after, y, _SMALL, colours.quiet, anchor="start"))
