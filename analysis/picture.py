"""All that one map draws of a chain: as it stands, its goals, how it stood before, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.answers import Panorama
from analysis.prospect import Prospect


@dataclass(frozen=True, slots=True)
class Picture:
    """``prospect`` makes it a prospect map (远景图); ``before`` is the same chain on an earlier day, on the same places."""

    panorama: Panorama
    prospect: Prospect | None = None
    before: Panorama | None = None
