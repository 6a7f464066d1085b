"""Records of a layout. All coordinates are px, the origin top left, y downwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A node's box; ``x``, ``y`` are its top left corner.

    ``name`` are the lines of the name and ``name_size`` their font size; one more line stands below.
    """

    node: str
    x: float
    y: float
    w: float
    h: float
    column: int
    lane: str
    boundary: bool
    name: tuple[str, ...]
    name_size: float


@dataclass(frozen=True, slots=True)
class Lane:
    """A swim-lane over the whole width, beside its name in the gutter."""

    name: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Column:
    """``index`` counts from 0; ``x`` and ``w`` are those of its boxes."""

    index: int
    x: float
    w: float


@dataclass(frozen=True, slots=True)
class Band:
    """上游, 中游 or 下游 over neighbouring columns and the whole height; '' where the columns name none."""

    name: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Route:
    """One edge as a polyline of right angles, from the right side of one box to the left side of another.

    ``joints`` are points where it meets the trunk of its target. A ``feedback`` edge does not run to a later
    column; it is dotted.
    """

    upstream: str
    downstream: str
    points: tuple[tuple[float, float], ...]
    joints: tuple[tuple[float, float], ...]
    essential: bool
    feedback: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A map without its title block: everything lies within ``width`` × ``height``."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    routes: tuple[Route, ...]
