"""The colours of the views that are no map (bars, profile, two days): those of the theme, and their own beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maps.themes import Theme, theme


@dataclass(frozen=True, slots=True)
class Ink:
    """``supply`` … ``goal``: bars; ``bad``: gaps and bottlenecks; ``ring``: what changed; ``learned``: what was only learned."""

    theme: Theme
    ground: str
    text: str
    quiet: str
    rule: str
    bad: str
    supply: str
    track: str
    head: str
    variants: str
    demand: str
    building: str
    signed: str
    talking: str
    goal: str
    hatch: str
    ring: str
    learned: str


_OWN: dict[str, dict[str, Any]] = {
    "light": {
        "track": "#f1f4f8", "head": "#e6edf7", "variants": "#7fbf98", "demand": "#a9b6c8", "building": "#1f5fbf",
        "signed": "#6f9be0", "talking": "#b9cdf0", "goal": "#6a3aa2", "hatch": "#8a939d", "ring": "#c2410c", "learned": "#5b3fb0",
    },
    "dark": {
        "track": "#172334", "head": "#1a2b44", "variants": "#2b7a52", "demand": "#5d6f86", "building": "#74adff",
        "signed": "#5286d3", "talking": "#41659f", "goal": "#c79bff", "hatch": "#7d8b9c", "ring": "#ff9d5c", "learned": "#b9a4ff",
    },
}


def ink(name: str) -> Ink:
    """``LiantuError`` for any other theme than light and dark."""
    found = theme(name)
    return Ink(found, found.ground, found.ink, found.quiet, found.rule, found.styles["gap"].line, found.styles["solid"].line,
               **_OWN[name])
