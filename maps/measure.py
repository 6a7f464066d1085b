"""Sizes of a layout: of the desk (the interactive page), of walls and of paper. All in px of the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measure:
    """``width`` is what all columns should fit into and ``aspect`` the width to height of the room for the map.

    ``narrowest`` and ``widest`` limit the width of a box. A name is set in ``name`` px, on one line where
    ``alone`` px allow it, else on up to ``rows`` in ``least`` px at least. ``below`` tells how many lines of ``sub`` px
    stand under the name of a node: one where it tells nothing.
    """

    width: float = 1872.0
    aspect: float = 1.9
    channel: float = 50.0
    narrowest: float = 150.0
    widest: float = 236.0
    gutter: float = 42.0
    head: float = 40.0
    lane_pad: float = 13.0
    lane_gap: float = 10.0
    box_gap: float = 12.0
    strip: float = 29.0
    pad: float = 5.0
    name: float = 22.0
    alone: float = 19.0
    least: float = 14.0
    rows: int = 2
    sub: float = 20.0
    sub_least: float = 11.0
    row: float = 1.2
    band: float = 24.0
    below: Mapping[str, int] = field(default_factory=dict)

    def text_width(self, width: float, boundary: bool) -> float:
        """px for text in a box of that width: a boundary box has no strip for a mark."""
        return width - 2 * self.pad - (0 if boundary else self.strip)

    def lines(self, node: str) -> int:
        return self.below.get(node, 1)


DESK = Measure()
WALL = Measure(aspect=0.0, channel=42.0, narrowest=118.0, widest=300.0, gutter=48.0, head=34.0, lane_pad=7.0, lane_gap=6.0,
               box_gap=7.0, strip=25.0, pad=4.0, alone=20.0, least=20.0, sub_least=20.0, row=1.14)
"""No text under 20 px on 1,920 × 1,080: it is read from the back of a room."""
PRINT = Measure(aspect=0.0, channel=46.0, narrowest=118.0, widest=300.0, gutter=48.0, head=36.0, lane_pad=10.0, lane_gap=8.0,
                box_gap=10.0, strip=26.0, pad=5.0, name=21.0, alone=18.0, least=15.0, rows=3, sub=17.0, sub_least=14.0, row=1.16,
                band=22.0)
"""px of a page 1,920 px wide: on A3 16 px are 10 points."""
