"""How a map is drawn: what is a matter of taste and place, and not of the chain."""

from __future__ import annotations

from dataclasses import dataclass

STYLES = ("wall", "print")
THEMES = ("light", "dark")
VIEWS = ("map", "bars", "profile")


@dataclass(frozen=True, slots=True)
class Look:
    """``lang``: zh or en. ``style``: wall (a screen seen from the back of a room) or print (A3 pages).

    ``theme``: light or dark. ``view``: the map, the bars of supply and demand of each node, or the profile of the main lane.
    """

    lang: str = "zh"
    style: str = "wall"
    theme: str = "light"
    view: str = "map"


USUAL = Look()
