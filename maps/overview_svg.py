"""The overview as a still picture: a wall of tiles, drawn by us as the maps are."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from analysis.overview import Overview
from maps import elements, tiles
from maps.bar import Place, bar
from maps.board import MARGIN, WIDE, begun, legend, paragraph, sized
from maps.faces import Text
from maps.hues import Hues, hues
from maps.look import USUAL, Look
from maps.text import clip, ems

_TITLE, _NAME, _STRONG, _TEXT, _SMALL = 42.0, 30.0, 24.0, 21.0, 20.0
_GAP, _PAD, _BAR, _ROW = 14.0, 16.0, 33.0, 29.0
"""px: between two tiles, within one, the height of the bar, and from one line to the next."""


def svg(overview: Overview, look: Look = USUAL) -> str:
    """A complete SVG document (without XML declaration): title block, legend, tiles, notes. Same input, same text.

    1,920 px wide; three tiles stand in a row, in Chinese four where there are more than nine. Raises LiantuError for another language or theme.
    """
    colours, lang = hues(look.theme), look.lang
    told = tiles.told(overview, lang)
    root, ground = begun(tiles.title(overview, lang), colours)
    y = _head(root, overview, lang, colours)
    y = legend(root, lang, y, colours, WIDE)
    count = min(4 if len(told) > 9 and lang == "zh" else 3, max(len(told), 1))
    who = max((len(one.who) for one in told), default=0)
    width, high = (WIDE - 2 * MARGIN - _GAP * (count - 1)) / count, _height(who, len(told[0].lines) if told else 0)
    for i, one in enumerate(told):
        row, column = divmod(i, count)
        at = (MARGIN + column * (width + _GAP), y + row * (high + _GAP), width, high)
        _tile(root, one, at, colours, (who, _labels(told)))
    y += (high + _GAP) * -(-len(told) // count) + 14
    for note in tiles.notes(overview, lang):
        y = paragraph(root, note, (MARGIN, y, WIDE - 2 * MARGIN), 18.0, colours.quiet)
    sized(root, ground, WIDE, y + 4, lang)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _head(root: Xml.Element, overview: Overview, lang: str, colours: Hues) -> float:
    title = clip(tiles.title(overview, lang), WIDE - 2 * MARGIN, _TITLE)
    elements.text(root, Text(title, MARGIN, 54, _TITLE, colours.ink, True, "start"))
    meta = "  ·  ".join(tiles.meta(overview, lang))
    if MARGIN + ems(title) * _TITLE + 40 + ems(meta) * _TEXT <= WIDE - MARGIN:
        elements.text(root, Text(meta, WIDE - MARGIN, 52, _TEXT, colours.quiet, anchor="end"))
        return 76
    return paragraph(root, meta, (MARGIN, 88, WIDE - 2 * MARGIN), _TEXT, colours.quiet) - 10


def _height(most_who: int, lines: int) -> float:
    return 44 + most_who * _ROW + _BAR + 12 + lines * _ROW + _PAD


def _labels(told: list[tiles.Words]) -> float:
    """Width of the column of labels, px: the same in all tiles, so that figures stand below each other."""
    return max((ems(line.label) for one in told for line in (*one.who, *one.lines)), default=0.0) * _SMALL + 14


def _tile(root: Xml.Element, one: tiles.Words, at: Place, colours: Hues, shape: tuple[int, float]) -> None:
    """``shape``: rows kept for who leads it, and the width of the labels."""
    x, y, w, h = at
    group = Xml.SubElement(root, "g")
    Xml.SubElement(group, "title").text = one.name
    elements.rect(group, x, y, w, h, {"rx": "8", "fill": colours.card, "stroke": colours.rule, "stroke-width": "1.5"})
    left, right = x + _PAD, x + w - _PAD
    name = clip(one.name, right - left - ems(one.size) * _SMALL - 14, _NAME)
    elements.text(group, Text(name, left, y + 38, _NAME, colours.ink, True, "start"))
    elements.text(group, Text(one.size, right, y + 38, _SMALL, colours.quiet, anchor="end"))
    for i, line in enumerate(one.who, 1):
        _line(group, line, (left, y + 40 + i * _ROW, right, shape[1]), colours)
    base = y + 40 + shape[0] * _ROW + 12
    bar(group, one.counts, (left, base, right - left, _BAR), _SMALL, colours)
    for i, line in enumerate(one.lines, 1):
        _line(group, line, (left, base + _BAR + i * _ROW, right, shape[1]), colours)


def _line(group: Xml.Element, line: tiles.Line, at: tuple[float, float, float, float], colours: Hues) -> None:
    """The label, what is said of it, and the names after it as far as they go."""
    left, base, right, labelled = at
    ink = {"alarm": colours.alarm, "good": colours.good, "quiet": colours.quiet, "": colours.ink}[line.tone]
    size = _STRONG if line.tone == "alarm" else _TEXT
    elements.text(group, Text(line.label, left, base, _SMALL, colours.quiet, anchor="start"))
    x, wider = left + labelled, 1.06 if line.tone == "alarm" else 1.0  # bold letters are wider
    size = max(min(size, size * (right - x) / max(ems(line.text) * size * wider, 1.0)), 0.85 * size)
    text = clip(line.text, (right - x) / wider, size)
    elements.text(group, Text(text, x, base, size, ink, line.tone == "alarm", "start"))
    x += ems(text) * size * wider + 14
    if line.more and right - x > 3 * _SMALL:
        elements.text(group, Text(clip(line.more, right - x, _SMALL), x, base, _SMALL, colours.quiet, anchor="start"))
