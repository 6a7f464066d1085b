"""What is written on the map: texts with place and size, the same for SVG and page."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from analysis.answers import GapRow, Panorama, PlacedNode
from analysis.words import GAP_VERDICTS
from graph.harmless import clean
from maps import labels
from maps.figures import percent
from maps.labels import say
from maps.measure import DESK
from maps.places import Band, Box, Lane, Layout
from maps.status import BUILDING_INK, BUILDING_MARK, STYLES, Style, rows_of, status
from maps.text import Fitted, ems, fit

SUB_LEAST, RATIO, RATIO_LEAST = DESK.sub_least, 18.0, 15.0
GUTTER, HEAD, NAME, PAD, ROW, STRIP, SUB = DESK.gutter, DESK.head, DESK.name, DESK.pad, DESK.row, DESK.strip, DESK.sub
text_width = DESK.text_width
_READABLE = 16.0
HEAD_INK = "#24364b"


@dataclass(frozen=True, slots=True)
class Text:
    """``x`` is where ``anchor`` (start, middle, end) is, ``y`` the base line, px; ``turn`` in degrees."""

    text: str
    x: float
    y: float
    size: float
    ink: str
    bold: bool = False
    anchor: str = "middle"
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Face:
    """A box as it looks; ``ring`` is (x, y, radius) of the circle round the mark, ``strip`` the width of the mark's strip."""

    box: Box
    status: str
    style: Style
    texts: tuple[Text, ...]
    ring: tuple[float, float, float] | None
    strip: float = STRIP


def faces(panorama: Panorama, layout: Layout, lang: str) -> tuple[Face, ...]:
    """One per box, in the order of the boxes."""
    rows = rows_of(panorama)
    return tuple(
        _face(box, node, rows.get(node.node), lang) for box, node in zip(layout.boxes, panorama.nodes, strict=True)
    )


def _face(box: Box, node: PlacedNode, row: GapRow | None, lang: str) -> Face:
    found = status(row, node.boundary)
    style = STYLES[found]
    width = text_width(box.w, node.boundary)
    middle = box.x + box.w - PAD - width / 2
    high = max(NAME, len(box.name) * box.name_size) * ROW
    top = box.y + (box.h - high - SUB * ROW) / 2
    ratio = _ratio(row)
    beside = len(box.name) == 1 and _beside(box, ratio, RATIO_LEAST) <= width
    marks, ring = _marks(box, style, found)
    texts = [*marks, *_names(box, ratio if beside else "", middle, top, high, style.ink)]
    below = _below(node, row, "" if beside else ratio, width, lang)
    texts.append(Text(below.lines[0], middle, top + high + SUB * 0.94, below.size, style.ink))
    return Face(box, found, style, tuple(texts), ring)


def _beside(box: Box, ratio: str, size: float) -> float:
    """Width in px of the name with the ratio, in that size, beside it."""
    return ems(box.name[0]) * box.name_size + ems(f" {ratio}") * size


def _names(box: Box, ratio: str, middle: float, top: float, high: float, ink: str) -> list[Text]:
    """The lines of the name; a ratio that has room stands beside it."""
    size = box.name_size
    base = top + (high - len(box.name) * size * ROW) / 2 + size * 0.98
    if not ratio:
        return [Text(line, middle, base + i * size * ROW, size, ink, True) for i, line in enumerate(box.name)]
    small = RATIO if _beside(box, ratio, RATIO) <= text_width(box.w, box.boundary) else RATIO_LEAST
    half = _beside(box, ratio, small) / 2
    name = Text(box.name[0], middle - half, base, size, ink, True, "start")
    return [name, Text(ratio, middle + half, base, small, ink, False, "end")]


def _marks(box: Box, style: Style, found: str) -> tuple[list[Text], tuple[float, float, float] | None]:
    """The mark in the middle of the strip; where building has started × is ringed and has ◆ below."""
    if not style.mark:
        return [], None
    x, y, size = box.x + STRIP / 2, box.y + box.h / 2, 24.0 if len(style.mark) == 1 else 17.0
    ink = style.on_strip if style.strip else style.line
    x += 0.2 * size if style.mark == "？" else 0.0  # Chinese fonts set it left in its square
    if found != "building":
        return [Text(style.mark, x, y + size * 0.36, size, ink, True)], None
    ring = (x, y - 11, 10.0)
    return [Text(style.mark, x, y - 4, 20, ink, True), Text(BUILDING_MARK, x, y + 23, 19, BUILDING_INK)], ring


def _below(node: PlacedNode, row: GapRow | None, ratio: str, width: float, lang: str) -> Fitted:
    """The line below the name: a verdict in words comes first, a ratio that has no room above last.

    Where that would be too small to read the words are short, and the verdict is left to the mark if there is more to say.
    """
    dot = "·" if lang == "zh" else " · "
    state = _state(node, row, lang)
    line = dot.join(p for p in (state, *_counts(node, lang), ratio) if p)
    whole = fit(line or labels.verdict(row.verdict if row else "unknown", lang), width, SUB, SUB_LEAST, 1)
    if whole.size >= _READABLE:
        return whole
    return fit(dot.join(p for p in (*_counts(node, lang, "_brief"), ratio) if p) or state or line, width, SUB, SUB_LEAST, 1)


def _counts(node: PlacedNode, lang: str, brief: str = "") -> list[str]:
    """Firms and projects met here. No "0": not typed in is not missing, and a list may be incomplete."""
    met = {f"firms{brief}": len(node.firms), f"projects{brief}": len(node.projects)}
    return [] if node.boundary else [say(key, lang, n) for key, n in met.items() if n]


def _state(node: PlacedNode, row: GapRow | None, lang: str) -> str:
    """外部, or the verdict in words where the node is not here or nobody has looked."""
    if node.boundary:
        return say("boundary", lang)
    if row is None:
        return labels.verdict("unknown", lang)
    return labels.verdict(row.verdict, lang) if _worded(row.verdict) else ""


def _worded(verdict: str) -> bool:
    """Whether the verdict itself stands in the box: where the node is not here, or nobody has looked."""
    return verdict in (*GAP_VERDICTS, "absent", "unknown")


def _ratio(row: GapRow | None) -> str:
    """Supply ÷ demand of what stands, where known; 0 % of a gap says no more than its verdict."""
    if row is None or _worded(row.verdict) or row.coverage is None or row.coverage.used is None:
        return ""
    return percent(row.coverage.used)


def lane_texts(lane: Lane, lang: str) -> list[Text]:
    """The lane's name in the gutter: Chinese upright, one character below the other, else turned."""
    name, x, middle = clean(labels.lane(lane.name, lang)), GUTTER / 2, lane.y + lane.h / 2
    if all(unicodedata.east_asian_width(c) in "WF" for c in name):
        step = min(26.0, (lane.h - 8) / len(name))
        top = middle - step * len(name) / 2
        return [Text(c, x, top + step * (i + 0.85), step * 0.84, HEAD_INK, True) for i, c in enumerate(name)]
    size = min(20.0, (lane.h - 8) / ems(name))
    return [Text(name, x + size * 0.36, middle, size, HEAD_INK, True, turn=-90)]


def band_text(band: Band, lang: str) -> Text:
    size = 24.0
    return Text(
        clean(labels.band(band.name, lang)), band.x + band.w / 2, (HEAD + size * 0.72) / 2, size, HEAD_INK, True
    )
