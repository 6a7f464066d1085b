"""The sheet round a still map: title block and legend above, own list, notes and sources below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.answers import Panorama
from maps import titles
from maps.faces import Face, Text
from maps.labels import say
from maps.places import Box, Layout
from maps.status import BUILDING_MARK, STYLES
from maps.text import clip, ems, wrap

WALL, MARGIN = 1920.0, 24.0
_TITLE, _META, _LEGEND, _HEADING, _ITEM, _SOURCE = 42.0, 21.0, 20.0, 22.0, 19.0, 16.0
_INK, _QUIET = "#14263b", "#4a5a6d"
_SAMPLE = (34.0, 26.0)


@dataclass(frozen=True, slots=True)
class LineSample:
    """An edge of that kind in the legend, from x to x + w."""

    kind: str
    x: float
    y: float
    w: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """px; the map's own origin lies at ``map_x``, ``map_y``."""

    width: float
    height: float
    map_x: float
    map_y: float
    texts: tuple[Text, ...]
    samples: tuple[Face, ...]
    lines: tuple[LineSample, ...]


def sheet(panorama: Panorama, layout: Layout, lang: str) -> Sheet:
    """At least a wall page wide; as high as its lists need."""
    width = max(WALL, layout.width + 2 * MARGIN)
    above, y = _head(panorama, width, lang)
    samples, lines, words, y = _legend(panorama, width, y, lang)
    below, bottom = _foot(panorama, width, y + layout.height + 34, lang)
    texts = (*above, *words, *below)
    return Sheet(width, bottom + MARGIN / 2, (width - layout.width) / 2, y, texts, tuple(samples), tuple(lines))


def _head(panorama: Panorama, width: float, lang: str) -> tuple[list[Text], float]:
    """The title, and what it is of and when beside it, or below where there is no room."""
    title = clip(titles.title(panorama, lang), width - 2 * MARGIN, _TITLE)
    texts = [Text(title, MARGIN, 52, _TITLE, _INK, True, "start")]
    meta = "  ·  ".join(titles.meta(panorama, lang))
    left = MARGIN + ems(title) * _TITLE + 40
    if left + ems(meta) * _META <= width - MARGIN:
        return [*texts, Text(meta, width - MARGIN, 50, _META, _QUIET, anchor="end")], 74
    rows = wrap(meta, width - 2 * MARGIN, _META)
    texts += [Text(row, MARGIN, 86 + i * _META * 1.4, _META, _QUIET, anchor="start") for i, row in enumerate(rows)]
    return texts, 74 + len(rows) * _META * 1.4 + 6


def _legend(
    panorama: Panorama, width: float, top: float, lang: str
) -> tuple[list[Face], list[LineSample], list[Text], float]:
    """Every status with its count, then every kind of edge; set in rows."""
    samples, lines, words = [], [], []
    x, y, (w, h) = MARGIN, top, _SAMPLE
    entries = [(key, f"{name} {n}") for key, name, n in titles.legend(panorama, lang)]
    for key, label in [*entries, *((kind, say(kind, lang)) for kind in titles.LINES)]:
        wide = w + 8 + ems(label) * _LEGEND + 15
        if x + wide > width - MARGIN + 15 and x > MARGIN:
            x, y = MARGIN, y + h + 12
        if key in STYLES:
            samples.append(sample(key, x, y, w, h))
        else:
            lines.append(LineSample(key, x, y + h / 2, w))
        words.append(Text(label, x + w + 8, y + h / 2 + 7, _LEGEND, _INK, anchor="start"))
        x += wide
    return samples, lines, words, y + h + 14


def sample(key: str, x: float, y: float, w: float, h: float) -> Face:
    """A small box of that status, its mark in the middle; ◆ beside the ringed ×."""
    style, box = STYLES[key], Box("", x, y, w, h, 0, "", key == "boundary", (), 0)
    middle, base = x + w / 2, y + h / 2 + 6.5
    ink = "#ffffff" if style.strip else style.line
    if style.ringed:
        marks = (Text(style.mark, x + 11, base - 1, 16, ink, True), Text(BUILDING_MARK, x + 26, base, 15, "#1f5fbf"))
        return Face(box, key, style, marks, (x + 11, y + h / 2, 8.0))
    return Face(box, key, style, (Text(style.mark, middle, base, 18, ink, True),) if style.mark else (), None)


def _foot(panorama: Panorama, width: float, top: float, lang: str) -> tuple[list[Text], float]:
    """Left the gaps, the unknown nodes and the notes; right the sources in two columns."""
    gap = 40.0
    left = (width - 2 * MARGIN) * 0.44
    third = (width - 2 * MARGIN - left - 2 * gap) / 2
    texts, bottom = _paragraphs(_own_list(panorama, lang), MARGIN, top, left)
    cited = [
        (f"[{i}] {titles.source_text(s, lang)}", _SOURCE, False) for i, s in enumerate(titles.sources(panorama), 1)
    ]
    half = (len(cited) + 1) // 2
    x = MARGIN + left + gap
    texts.append(Text(f"{say('sources', lang)} {len(cited)}", x, top, _HEADING, _INK, True, "start"))
    ends = [bottom]
    for column in (cited[:half], cited[half:]):
        lines, end = _paragraphs(column, x, top + 30, third)
        texts += lines
        ends.append(end)
        x += third + gap
    return texts, max(ends)


def _own_list(panorama: Panorama, lang: str) -> list[tuple[str, float, bool]]:
    gaps = titles.gap_lines(panorama, lang)
    heading = f"{say('gaps', lang)} {len(gaps)}" if gaps else say("no_gaps", lang)
    items = [(f"{STYLES[key].mark} {node}　{words}", _ITEM, False) for node, key, words in gaps]
    unknown, notes = titles.unknown_nodes(panorama), titles.notes(panorama, lang)
    found = [(heading, _HEADING, True), *items]
    if unknown:
        found += [(f"{say('unknowns', lang)} {len(unknown)}", _HEADING, True)]
        found += [(say("list_comma", lang).join(unknown), _ITEM, False)]
    return [*found, *([(say("notes", lang), _HEADING, True)] if notes else []), *((n, _ITEM, False) for n in notes)]


def _paragraphs(items: Iterable[tuple[str, float, bool]], x: float, y: float, width: float) -> tuple[list[Text], float]:
    """Wrapped one below the other, nothing cut: texts, and the y below the last."""
    texts = []
    start = y
    for content, size, bold in items:
        y += 14 if bold and y > start else 0
        for row in wrap(content, width, size):
            texts.append(Text(row, x, y, size, _INK if bold else _QUIET, bold, "start"))
            y += size * 1.42
        y += size * (0.3 if bold else 0.1)
    return texts, y
