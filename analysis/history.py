"""The verdict of one node over time: on which days it may change, and which rows those days make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analysis.answers import GapRow
from analysis.causes import Cause, Moment, turns
from analysis.parts import Amount, Demand, Range, Source
from graph.clocks import Seen


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What was so from ``day`` (None: as far back as anything is stated) to ``until`` (None: it still is), both included.

    Supply, demand and coverage are those of its first day. Without any one of the ``causes`` it would
    still be as before; with ``together`` only without all of them.
    """

    day: date | None
    until: date | None
    verdict: str
    flags: tuple[str, ...]
    supply: Amount | None
    demand: Demand
    coverage: Range | None
    causes: tuple[Cause, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Answer to: how did the verdict of this node change, and by which facts?

    ``as_of`` is the last day looked at. ``as_known`` False: told by what is known by ``known_by``; True: each day by
    what was known on it.
    """

    question: str
    region: str
    chain: str
    node: str
    as_of: date
    known_by: date
    audience: str
    as_known: bool
    rows: tuple[HistoryRow, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def days(facts: Iterable[Seen], as_known: bool, first: date | None, last: date) -> tuple[date, ...]:
    """The days up to ``last`` on which an answer may change, by all facts; ``first`` itself is the first where given."""
    found = set()
    for fact in facts:
        seen = max(fact.valid_from, fact.known_from) if as_known else fact.valid_from
        found |= {seen, *(day for day in turns(fact) if day > seen)}
    if first is None:
        return tuple(sorted(day for day in found if day <= last))
    return (first, *sorted(day for day in found if first < day <= last))


def moment(day: date, known_by: date, as_known: bool) -> Moment:
    return Moment(day, min(day, known_by) if as_known else known_by)


def told_by(row: GapRow | None, every: bool) -> Any:
    """What a change is a change of: verdict and flags; with ``every`` also supply, demand and coverage."""
    if row is None:
        return None
    return (row.verdict, row.flags, row.supply, row.demand, row.coverage) if every else (row.verdict, row.flags)


def rows(by_day: Sequence[tuple[date, GapRow | None]], first: date | None, every: bool,
         causes: Callable[[date, date], tuple[tuple[Cause, ...], bool]]) -> tuple[HistoryRow, ...]:
    """One row a change. ``by_day`` is the gap row of each day (None: not in the chain then); ``causes`` tells what
    changed it between two of the days."""
    out: list[HistoryRow] = []
    for place, (day, row) in enumerate(by_day):
        before = by_day[place - 1] if place else None
        if before and told_by(before[1], every) == told_by(row, every):
            continue
        if out and out[-1].until is None:
            out[-1] = replace(out[-1], until=day - timedelta(1))
        if row is not None:
            why, together = causes(before[0], day) if before else ((), False)
            out.append(HistoryRow(day if before else first, None, row.verdict, row.flags, row.supply, row.demand,
                                  row.coverage, why, together))
    return tuple(out)
