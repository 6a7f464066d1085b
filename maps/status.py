"""Status of a box: colour, mark and line together, so that it prints in grey and serves the colour-blind."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.answers import GapRow, Panorama, PipelineItem
from analysis.words import GAP_VERDICTS


@dataclass(frozen=True, slots=True)
class Style:
    """How a status looks: mark glyph, colours, line width and dashes in px (empty: a full line)."""

    mark: str
    fill: str
    line: str
    ink: str
    width: float
    dash: tuple[int, ...] = ()
    ringed: bool = False
    strip: bool = False
    """The mark stands in ``on_strip`` on a strip of the line's colour; else coloured on the box's own ground."""
    on_strip: str = "#ffffff"


STYLES: dict[str, Style] = {
    "solid": Style("●", "#e6f4ea", "#1b7a43", "#0f3d22", 2, strip=True),
    "surplus": Style("●+", "#d5efe9", "#0b5f59", "#07403c", 3, strip=True),
    "thin": Style("▲", "#fff1cf", "#a65f00", "#4a2b00", 2, strip=True),
    "gap": Style("×", "#ffffff", "#c8102e", "#a30d25", 3, (9, 5)),
    "building": Style("×", "#ffffff", "#c8102e", "#a30d25", 3, (9, 5), ringed=True),
    "extension": Style("＋", "#f3ecfb", "#6a3aa2", "#45216f", 2, (2, 4)),
    "absent": Style("○", "#fbfcfd", "#5d6b7c", "#3f4c5a", 1.5),
    "unknown": Style("？", "#eceef1", "#616a74", "#4d555e", 1.5, (5, 4)),
    "boundary": Style("", "#ffffff", "#a3abb5", "#525b66", 1.2),
}
"""In the order of the legend."""

BUILDING_MARK = "◆"
BUILDING_INK = "#1f5fbf"

_OF_VERDICT = {
    "present": "solid",
    "balanced": "solid",
    "surplus": "surplus",
    "weak": "thin",
    "short": "thin",
    "broken": "gap",
    "missing": "gap",
    "extension": "extension",
    "absent": "absent",
}


GAPS, BREAKS = ("gap", "building", "extension"), ("gap", "building")
"""Statuses of 空白点, and those from which no line comes."""


def mark(status: str) -> str:
    """The mark of a status; ◆ beside × where building has started."""
    return STYLES[status].mark + (BUILDING_MARK if STYLES[status].ringed else "")


def status(row: GapRow | None, boundary: bool = False) -> str:
    """Key into ``STYLES``; a node that has no row or a verdict of no known name is ``unknown``."""
    if boundary:
        return "boundary"
    found = _OF_VERDICT.get(row.verdict, "unknown") if row else "unknown"
    return "building" if row and found == "gap" and any(map(under_construction, row.pipeline)) else found


def under_construction(item: PipelineItem) -> bool:
    """Whether the project or one of its phases has started building."""
    return item.stage == "在建" or any(map(under_construction, item.phases))


def rows_of(panorama: Panorama) -> dict[str, GapRow]:
    """The gaps answer by node."""
    return {row.node: row for row in panorama.gaps.rows}


def statuses(panorama: Panorama) -> dict[str, str]:
    """Status of every placed node, by name, in the order of the panorama."""
    rows = rows_of(panorama)
    return {n.node: status(rows.get(n.node), n.boundary) for n in panorama.nodes}


def counts(panorama: Panorama) -> dict[str, int]:
    """How many boxes each status has; every status occurs, with 0 where it has none."""
    found = list(statuses(panorama).values())
    return {key: found.count(key) for key in STYLES}


def gap_rows(panorama: Panorama) -> list[GapRow]:
    """The map's own list: 空白点 that stand on the map, worst first, then as the answer has them."""
    placed = statuses(panorama)
    rows = [r for r in panorama.gaps.rows if r.verdict in GAP_VERDICTS and placed.get(r.node, "boundary") != "boundary"]
    return sorted(rows, key=lambda r: GAP_VERDICTS.index(r.verdict))
