"""The colours of the overview and of the view of a large chain: those of the maps (``maps.themes``), and some more for cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maps.status import Style
from maps.themes import Theme, theme


@dataclass(frozen=True, slots=True)
class Hues:
    """``ground`` lies behind ``card``; ``ink`` and ``quiet`` are texts on either; ``alarm`` is for what is broken or missing."""

    ground: str
    card: str
    ink: str
    quiet: str
    rule: str
    accent: str
    alarm: str
    good: str
    statuses: Mapping[str, Style]
    theme: Theme


_CARDS = {
    "light": ("#f1f4f9", "#ffffff", "#0b3d91", "#a30d25", "#0f5c33"),
    "dark": ("#0b121b", "#131c28", "#8dbcff", "#ff97a3", "#7ddba3"),
}
"""Ground, card, accent, alarm, good."""


def hues(name: str) -> Hues:
    """LiantuError for any other than light and dark."""
    base = theme(name)
    ground, card, accent, alarm, good = _CARDS[name]
    return Hues(ground, card, base.ink, base.quiet, base.rule, accent, alarm, good, base.styles, base)


def variables(colours: Hues) -> str:
    """The palette as the custom properties of a style sheet."""
    named = {name: getattr(colours, name) for name in ("ground", "card", "ink", "quiet", "rule", "accent", "alarm", "good")}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in named.items()) + " }\n"
