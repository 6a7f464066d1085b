"""Palettes: light for paper and bright rooms, dark for screens. Every colour of a still map stands here.

Text has a contrast of 4.5 to 1 or more with its ground (a test computes it from the drawing). What a colour says, a mark
and a kind of line say too: both themes print in grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.errors import LiantuError
from maps.status import BUILDING_INK, STYLES, Style


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Colour, width and dashes (px) of a line."""

    ink: str
    width: float
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """``ground`` is the paper, ``halo`` what a dashed line lies on; ``styles`` by status, ``lines`` by kind of edge,
    ``rings`` by what changes (``maps.targets.RINGS``), ``bands`` by 上游, 中游, 下游."""

    ground: str
    ink: str
    quiet: str
    head: str
    rule: str
    lane: str
    halo: str
    building: str
    bands: Mapping[str, str]
    other: str
    styles: Mapping[str, Style]
    lines: Mapping[str, LineStyle]
    rings: Mapping[str, LineStyle]


_EDGE, _GAP, _BACK = "#64788f", "#c8102e", "#7a4fa3"

LIGHT = Theme(
    ground="#ffffff", ink="#14263b", quiet="#4a5a6d", head="#24364b", rule="#c3cfdc", lane="#b9c6d6", halo="#ffffff",
    building=BUILDING_INK,
    bands={"上游": "#eaf1fb", "中游": "#eaf6ee", "下游": "#fdf3e7"}, other="#f3f5f8",
    styles=STYLES,
    lines={
        "line_essential": LineStyle(_EDGE, 2.2),
        "line_other": LineStyle(_EDGE, 1.1),
        "line_gap": LineStyle(_GAP, 2.0, (8, 5)),
        "line_back": LineStyle(_BACK, 2.0, (2, 5)),
    },
    rings={
        "open": LineStyle("#0b57c2", 4.0),
        "reached": LineStyle("#1b7a43", 4.0, (16, 3)),
        "unknown": LineStyle("#5b6570", 3.0, (7, 5)),
        "another-day": LineStyle("#0b57c2", 2.5, (2, 4)),
        "building": LineStyle("#8a4b00", 3.5, (14, 4, 3, 4)),
    },
)

_DARK_STYLES: dict[str, tuple[str, str, str]] = {  # fill, line, ink
    "solid": ("#123322", "#5fd08b", "#dff7e8"),
    "surplus": ("#0e3735", "#4fd6c9", "#d6f7f3"),
    "thin": ("#3a2a08", "#f0b44a", "#fdecc8"),
    "gap": ("#1c1014", "#ff7b8a", "#ffc2c9"),
    "building": ("#1c1014", "#ff7b8a", "#ffc2c9"),
    "extension": ("#251a38", "#c3a2f2", "#ebdffc"),
    "absent": ("#131c28", "#9fb0c3", "#d3dde8"),
    "unknown": ("#26303c", "#a9b4c0", "#d5dce4"),
    "boundary": ("#101823", "#6f7f92", "#c4cfdb"),
}
_DARK_EDGE, _DARK_GAP, _DARK_BACK = "#8ea3bb", "#ff7b8a", "#c3a2f2"

DARK = Theme(
    ground="#0b121b", ink="#eef3f9", quiet="#b7c4d3", head="#dbe6f2", rule="#34465a", lane="#3d5066", halo="#0b121b",
    building="#7fb2ff",
    bands={"上游": "#111d2e", "中游": "#10231a", "下游": "#271d10"}, other="#151c26",
    styles={key: replace(STYLES[key], fill=fill, line=line, ink=ink, on_strip="#08111a")
            for key, (fill, line, ink) in _DARK_STYLES.items()},
    lines={
        "line_essential": LineStyle(_DARK_EDGE, 2.2),
        "line_other": LineStyle(_DARK_EDGE, 1.1),
        "line_gap": LineStyle(_DARK_GAP, 2.0, (8, 5)),
        "line_back": LineStyle(_DARK_BACK, 2.0, (2, 5)),
    },
    rings={
        "open": LineStyle("#6fb0ff", 4.0),
        "reached": LineStyle("#5fd08b", 4.0, (16, 3)),
        "unknown": LineStyle("#b7c4d3", 3.0, (7, 5)),
        "another-day": LineStyle("#6fb0ff", 2.5, (2, 4)),
        "building": LineStyle("#f0b44a", 3.5, (14, 4, 3, 4)),
    },
)

THEMES = {"light": LIGHT, "dark": DARK}


def theme(name: str) -> Theme:
    """``LiantuError`` for any other than light and dark."""
    if name not in THEMES:
        raise LiantuError(f"unknown theme 未知配色: {name!r}", f"choose one of {', '.join(THEMES)}")
    return THEMES[name]


def contrast(one: str, other: str) -> float:
    """Of two colours ``#rrggbb``, 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance"; text needs 4.5.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
