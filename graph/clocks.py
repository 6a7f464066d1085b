"""The two clocks: which fact of a line is believed on a day, with what was known by a day.

This is the only place that chooses. Queries fetch the visible facts with ``line``,
``precedence`` and ``authority``; ranges, conflicts and slips need the others anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph.model import EDGE


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact as a question sees it: ends, own properties (``own``), clocks, source."""

    edge: str
    id: str
    start: str
    end: str
    line: str
    precedence: str
    authority: int
    holds: bool
    valid_from: date
    known_from: date
    source: str
    text: str = ""
    start_label: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)
    figure_days: tuple[date, date] | None = None
    """Valid from and known from of a figure that an earlier fact of the line gave, where this one gives none."""

    def __getitem__(self, name: str) -> Any:
        return self.own.get(name)


def visible(facts: Iterable[Seen], as_of: date, known_by: date) -> list[Seen]:
    """Facts that are valid on ``as_of`` and known by ``known_by``."""
    return [f for f in facts if f.valid_from <= as_of and f.known_from <= known_by]


def lines(facts: Iterable[Seen]) -> dict[str, list[Seen]]:
    """Facts by line, each line by precedence, greatest first; held-back facts included."""
    by_line: dict[str, list[Seen]] = {}
    for fact in facts:
        by_line.setdefault(fact.line, []).append(fact)
    return {line: group if len(group) == 1 else sorted(group, key=lambda f: f.precedence, reverse=True)
            for line, group in sorted(by_line.items())}


def choose(ranked: list[Seen]) -> Seen | None:
    """The fact to believe of one line, given its visible facts by precedence, greatest first.

    Authority 0 never enters the choice; a fact that does not hold closes the line. A blank
    figure is unknown and not a new figure, so it does not overrule one stated before: the
    believed fact then carries the earlier figure, with its unit, source and text.
    """
    counted = [f for f in ranked if f.authority > 0]
    if not counted or not counted[0].holds:
        return None
    top = counted[0]
    figure = EDGE[top.edge].value
    if not figure or top[figure] is not None:
        return top
    for fact in counted[1:]:
        if not fact.holds:
            break
        if fact[figure] is not None:
            return _with_figure(top, fact, figure)
    return top


def _with_figure(top: Seen, sized: Seen, figure: str) -> Seen:
    taken = {name: sized[name] for name in (figure, "unit") if name in sized.own}
    if "yield_rate" in top.own and top["yield_rate"] is None:
        taken["yield_rate"] = sized["yield_rate"]
    return replace(top, own={**top.own, **taken}, source=sized.source, text=sized.text, figure_days=(sized.valid_from, sized.known_from))


def believed(facts: Iterable[Seen]) -> list[Seen]:
    """One fact a line: the one to believe, lines without one left out; ordered by line."""
    chosen = (choose(group) for group in lines(facts).values())
    return [fact for fact in chosen if fact is not None]
