"""A chain over time: on which days something of a node changed, and what it was from then on; what a slider moves over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from analysis.answers import GapRow, PipelineItem
from analysis.changes import STANDS
from analysis.parts import Amount, Range
from analysis.words import GAP_VERDICTS

LOOKED_AT, KEPT, MOST = 120, 60, 240
"""Days computed at most (beside those that a change of verdict is traced to), and days kept at most."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A project of the pipeline on a day. ``late``: it stalls or is overdue."""

    project: str
    stage: str
    late: bool
    phases: tuple[UnderWay, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeState:
    """What a box shows of a node, from a day on; ``ratio`` is supply ÷ demand, ``firms`` and ``projects`` those met here."""

    node: str
    verdict: str
    flags: tuple[str, ...]
    supply: Amount | None
    ratio: Range | None
    pipeline: tuple[UnderWay, ...]
    firms: tuple[str, ...]
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """``changes`` are the nodes that are otherwise than on the day before in the list (on the first: every node).

    ``opened`` and ``closed`` name the nodes that became a gap, and those that were one and stand now.
    """

    day: date
    changes: tuple[NodeState, ...]
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first day is the one before anything changed, the last the day that was asked about."""

    days: tuple[TimelineDay, ...]
    notes: tuple[tuple[str, str], ...] = ()


States = Mapping[str, NodeState]
"""A chain on one day, by node."""


def state(row: GapRow, firms: tuple[str, ...], projects: tuple[str, ...]) -> NodeState:
    """What of a gap row a box shows."""
    items = tuple(map(_under_way, row.pipeline))
    return NodeState(row.node, row.verdict, row.flags, row.supply, row.coverage, items, firms, projects)


def _under_way(item: PipelineItem) -> UnderWay:
    return UnderWay(item.project, item.stage, item.stalled or item.overdue, tuple(map(_under_way, item.phases)))


def looked_at(days: Sequence[date], at: Callable[[date], States], most: int = LOOKED_AT) -> list[tuple[date, States]]:
    """The chain on each of the days; of more than ``most`` on some, and on those to which a change of verdict is traced.

    ``days`` are in order and those on which something may change; the last one is always looked at.
    """
    found = {days[place]: at(days[place]) for place in _evenly(len(days), most)}

    def trace(early: int, late: int) -> None:
        if late - early > 1 and _verdicts(found[days[early]]) != _verdicts(found[days[late]]):
            middle = (early + late) // 2
            found[days[middle]] = at(days[middle])
            trace(early, middle)
            trace(middle, late)

    for one, other in pairwise(sorted(found)):
        trace(bisect_left(days, one), bisect_left(days, other))
    return sorted(found.items())


def _evenly(count: int, most: int) -> list[int]:
    """Places of at most ``most`` of ``count``, first and last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})


def _verdicts(states: States) -> dict[str, str]:
    return {node: found.verdict for node, found in states.items()}


def timeline(by_day: Sequence[tuple[date, States]], may_change: int, most: int = KEPT) -> Timeline:
    """Of the days looked at those on which something changed, at most ``most`` of them, and the last.

    All days with a change of verdict are kept, up to ``MOST``; of the others some, evenly. ``may_change`` is the number of
    days on which something may have changed: where fewer were looked at a note says so.
    """
    if not by_day:
        return Timeline(())
    first, last = by_day[0], by_day[-1]
    changed = [after for before, after in pairwise(by_day) if before[1] != after[1]]
    kept = _chosen([first, *changed], most - 2)
    start = max(changed[0][0] if changed else last[0], date.min + timedelta(1)) - timedelta(1)
    shown = [(start, first[1]), *kept, *([last] if not kept or kept[-1][0] != last[0] else [])]
    days = (TimelineDay(start, tuple(first[1].values())), *(_day(one[1], day, now) for one, (day, now) in pairwise(shown)))
    return Timeline(days, _notes(may_change - len(by_day), len(changed) - len(kept)))


def _chosen(by_day: Sequence[tuple[date, States]], most: int) -> list[tuple[date, States]]:
    """Of all but the first: those with another verdict than the one before, and of the others some."""
    told = [_verdicts(one[1]) != _verdicts(other[1]) for one, other in pairwise(by_day)]
    others = [i for i, verdict in enumerate(told) if not verdict]
    if sum(told) > MOST:
        turns = [i for i, verdict in enumerate(told) if verdict]
        return [by_day[turns[i] + 1] for i in _evenly(len(turns), MOST)]
    room = max(most - sum(told), 0)
    some = {others[i] for i in _evenly(len(others), room)} if room > 1 else set(others[-room:] if room else ())
    return [found for i, found in enumerate(by_day[1:]) if told[i] or i in some]


def _day(before: States, day: date, now: States) -> TimelineDay:
    changes = tuple(found for node, found in now.items() if before.get(node) != found)
    was = {node: found.verdict for node, found in before.items()}
    opened = tuple(c.node for c in changes if c.verdict in GAP_VERDICTS and was.get(c.node) not in GAP_VERDICTS)
    closed = tuple(c.node for c in changes if c.verdict in STANDS and was.get(c.node) in GAP_VERDICTS)
    return TimelineDay(day, changes, opened, closed)


def _notes(not_looked_at: int, left_out: int) -> tuple[tuple[str, str], ...]:
    out = []
    if not_looked_at > 0:
        out.append((f"时间轴: 事实很多, 有 {not_looked_at} 天未逐日计算; 判定的变化都追到当天, 其间的来回变化可能略过",
                    f"time axis: facts are many, {not_looked_at} days were not computed; a changed verdict is traced to its day, "
                    "one that changed and changed back in between may be missed"))
    if left_out > 0:
        out.append((f"时间轴: 判定变化的日子全列; 只有数字、标记变化的日子略去 {left_out} 天, 并入其后一天",
                    f"time axis: every day with a changed verdict is there; {left_out} days on which only figures or flags changed "
                    "are told with the next"))
    return tuple(out)
