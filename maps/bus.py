"""Edges as a bus: one vertical trunk per target, in the channel left of it.

A line that has to pass other columns first turns (a *jog*) in the channel right of its source. In each
channel the jogs stand left, near their sources, and the trunks right, near their targets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maps.routes import Plan

MARGIN, TRACK, LEAST = 15.0, 9.0, 38.0
"""px: either side of the tracks (an arrow head needs it), between two tracks, and of a channel at least."""
_APART = 6.0

Points = tuple[tuple[float, float], ...]
_Key = tuple[int, str]
"""Channel, and the source of a jog or the target of a trunk."""


class Bus:
    """Tracks of all plans; ``width`` may be asked before the columns have their x, ``points`` after."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans = plans
        self._jogs = _tracks(plans, _jog, lambda p: (p.exit, p.level))
        self._trunks = _tracks(plans, _trunk, lambda p: (p.level, p.entry))
        self._jog_count = _count(self._jogs)
        self._trunk_count = _count(self._trunks)
        self._levels: dict[str, list[float]] = {}
        for p in plans:
            self._levels.setdefault(p.wish.downstream, []).append(p.level)

    def width(self, channel: int) -> float:
        """px of a channel."""
        tracks = self._jog_count.get(channel, 0) + self._trunk_count.get(channel, 0)
        return max(LEAST, 2 * MARGIN + TRACK * tracks)

    def points(self, p: Plan, xs: Sequence[float], box: float) -> Points:
        """The polyline of a plan; ``xs`` are the left edges of the columns, ``box`` their width."""
        found = [(xs[p.first - 1] + box, p.exit)]
        if p.level != p.exit:
            x = self._x(p.first, self._jogs[_jog(p)], xs, box)
            found += [(x, p.exit), (x, p.level)]
        if p.level != p.entry:
            x = self._trunk_x(p, xs, box)
            found += [(x, p.level), (x, p.entry)]
        return (*found, (xs[p.last], p.entry))

    def joints(self, p: Plan, xs: Sequence[float], box: float) -> Points:
        """Where the line meets a trunk that runs on: a dot there tells a joint from a crossing."""
        reach = [*self._levels[p.wish.downstream], p.entry]
        through = min(reach) < p.level < max(reach) or (p.level == p.entry and min(reach) < max(reach))
        return ((self._trunk_x(p, xs, box), p.level),) if through else ()

    def _trunk_x(self, p: Plan, xs: Sequence[float], box: float) -> float:
        return self._x(p.last, self._jog_count.get(p.last, 0) + self._trunks[_trunk(p)], xs, box)

    def _x(self, channel: int, track: int, xs: Sequence[float], box: float) -> float:
        left = xs[channel] - self.width(channel) if channel < len(xs) else xs[-1] + box
        tracks = self._jog_count.get(channel, 0) + self._trunk_count.get(channel, 0)
        return left + self.width(channel) / 2 + TRACK * (track - (tracks - 1) / 2)


def _jog(p: Plan) -> _Key:
    return p.first, p.wish.upstream


def _trunk(p: Plan) -> _Key:
    return p.last, p.wish.downstream


def _tracks(
    plans: Sequence[Plan], key: Callable[[Plan], _Key], ends: Callable[[Plan], tuple[float, float]]
) -> dict[_Key, int]:
    """Track within the channel: greedy colouring, lines that do not meet share one."""
    spans: dict[_Key, tuple[float, float]] = {}
    for p in plans:
        one, other = ends(p)
        if one != other:
            low, high = spans.get(key(p), (one, one))
            spans[key(p)] = (min(low, one, other), max(high, one, other))
    taken: dict[int, list[float]] = {}
    tracks: dict[_Key, int] = {}
    for (channel, node), (start, end) in sorted(spans.items(), key=lambda item: (item[1], item[0])):
        ends_at = taken.setdefault(channel, [])
        track = next((i for i, last in enumerate(ends_at) if last + _APART < start), len(ends_at))
        ends_at[track : track + 1] = [end]
        tracks[channel, node] = track
    return tracks


def _count(tracks: dict[_Key, int]) -> dict[int, int]:
    most: dict[int, int] = {}
    for (channel, _), track in tracks.items():
        most[channel] = max(most.get(channel, 0), track + 1)
    return most
