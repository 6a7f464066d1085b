"""The colours of the overview and of the view of a large chain: a light and a dark palette, each with its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.errors import LiantuError
from maps.status import STYLES, Style


@dataclass(frozen=True, slots=True)
class Hues:
    """``ground`` lies behind ``card``; ``ink`` and ``quiet`` are texts on either; ``alarm`` is for broken and missing."""

    ground: str
    card: str
    ink: str
    quiet: str
    rule: str
    accent: str
    alarm: str
    good: str
    statuses: Mapping[str, Style]


_DARK = {
    "solid": ("#143d27", "#2f9e5c", "#eafff2"),
    "surplus": ("#0f3d39", "#1f9a90", "#e6fffb"),
    "thin": ("#4a3300", "#d99a1c", "#fff3d6"),
    "gap": ("#16222f", "#ff6b78", "#ff97a0"),
    "building": ("#16222f", "#ff6b78", "#ff97a0"),
    "extension": ("#2a1f3d", "#b48ae6", "#dcc4ff"),
    "absent": ("#16222f", "#8496a8", "#b9c6d3"),
    "unknown": ("#2a333d", "#8d99a6", "#c3ccd5"),
    "boundary": ("#16222f", "#6f7c89", "#a9b4bf"),
}
"""Status: fill, line and ink on a dark ground; marks, widths and dashes stay."""

HUES = {
    "light": Hues("#f3f6fa", "#ffffff", "#14263b", "#4a5a6d", "#cfd8e3", "#0b3d91", "#a30d25", "#0f5c33", STYLES),
    "dark": Hues("#0d1722", "#16222f", "#f0f4f8", "#aebccb", "#33465a", "#8dbcff", "#ff97a0", "#7ddba3",
                 {key: replace(STYLES[key], fill=fill, line=line, ink=ink) for key, (fill, line, ink) in _DARK.items()}),
}


def hues(theme: str) -> Hues:
    """LiantuError for a theme of no known name."""
    if theme not in HUES:
        raise LiantuError(f"unknown theme 未知配色: {theme!r}", f"choose one of 请用 {', '.join(HUES)}")
    return HUES[theme]


def variables(colours: Hues) -> str:
    """The palette as the custom properties of a style sheet."""
    named = {name: getattr(colours, name) for name in ("ground", "card", "ink", "quiet", "rule", "accent", "alarm", "good")}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in named.items()) + " }\n"
