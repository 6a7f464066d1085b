"""All that one map draws of a chain: as it stands, its goals, how it stood before, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.answers import Panorama
from analysis.changes import Diff
from analysis.prospect import Prospect
from analysis.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Picture:
    """``prospect`` makes it a prospect map (远景图); ``before`` is the same chain on an earlier day, on the same places.

    Both days are seen by the same knowledge; ``diff`` is what changed between them, and apart from it what was only learned.
    ``timeline`` is the chain on every day up to the panorama's on which something changed: pages alone show it.
    """

    panorama: Panorama
    prospect: Prospect | None = None
    before: Panorama | None = None
    diff: Diff | None = None
    timeline: Timeline | None = None
