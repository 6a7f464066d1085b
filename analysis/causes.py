"""Which facts changed an answer: the answer is asked again as if some of what is new had not been stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.clocks import Seen

KINDS: dict[str, tuple[str, str]] = {
    "fact": ("新事实", "new fact"),
    "since": ("到了投产日期", "its day of opening came"),
    "due": ("计划日期已过", "its planned day passed"),
}
"""Why a fact tells only now: it became visible, or it was and a day that it names has come or gone."""

States = Callable[[frozenset[str]], Any]
"""The answer (anything that compares) as if the facts of these ids had not been stated."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A fact that changed an answer on ``day``, told in both languages; ``kind`` by KINDS, ``source`` an id."""

    kind: str
    fact: str
    day: date
    known_from: date
    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that may be a cause: ``kind`` by KINDS, ``day`` the day on which it began to tell."""

    kind: str
    fact: Seen
    day: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A place of the two clocks: what is seen as of a day, by what was known by a day."""

    as_of: date
    known_by: date

    def sees(self, fact: Seen) -> bool:
        return fact.valid_from <= self.as_of and fact.known_from <= self.known_by


def turns(fact: Seen) -> tuple[date, ...]:
    """Days beside its clocks on which a fact begins to tell: a plant's opening, the day after a plan's or a goal's."""
    if fact.edge == "MAKES" and fact["since"]:
        return (fact["since"],)
    if fact.edge == "AIMS" and fact["due"]:
        return (fact["due"] + timedelta(1),)
    if fact.edge == "REACHES" and fact["basis"] == "planned" and fact["day"]:
        return (fact["day"] + timedelta(1),)
    return ()


def events(facts: Iterable[Seen], before: Moment, after: Moment) -> tuple[Event, ...]:
    """What happened between two moments, neither clock of the second before the first's; by day."""
    out = []
    for fact in (f for f in facts if after.sees(f)):
        shown = date.min
        if not before.sees(fact):  # the clock that moved last let it in
            shown = max(fact.valid_from if fact.valid_from > before.as_of else date.min,
                        fact.known_from if fact.known_from > before.known_by else date.min)
            out.append(Event("fact", fact, shown))
        passed = [day for day in turns(fact) if max(before.as_of, shown) < day <= after.as_of]
        out += [Event("since" if fact.edge == "MAKES" else "due", fact, day) for day in passed]
    return tuple(sorted(out, key=_order))


def _order(event: Event) -> tuple[date, str, str, str, str, str]:
    """By day, then by what is stated: an id is a hash, and comes last."""
    fact = event.fact
    return event.day, fact.edge, fact.start, fact.end, str(fact["says"]) if fact.edge == "CLAIMS" else "", fact.id


def changed_by(found: Sequence[Event], old: States, new: States) -> tuple[tuple[Event, ...], bool]:
    """Of what happened, what turned ``old`` into ``new``, and whether only all of them together restore it.

    A goal that has passed no longer counts: where taking facts away after the change restores nothing, those are meant
    without which the new answer would have been given before it.
    """
    before, after = old(frozenset()), new(frozenset())
    for happened, was, state in ((found, before, new), ([e for e in found if e.kind != "fact"], after, old)):
        ids = culprits([e.fact.id for e in happened], was, state)
        if ids:
            together = len(ids) > 1 and any(state(frozenset((i,))) != was for i in ids)
            return tuple(e for e in happened if e.fact.id in ids), together
    return (), False


def culprits(ids: Sequence[str], before: Any, state: States) -> tuple[str, ...]:
    """The facts of ``ids`` without any single one of which the answer would still be ``before``.

    Where no single one is, a smallest set that is together (none of it can be spared); where not even all of them
    together restore it, those that change the answer at all. Halves that change nothing are not searched further.
    """
    after = state(frozenset())
    touching = _touching(tuple(ids), after, state)
    single = tuple(i for i in touching if state(frozenset((i,))) == before)
    if single:
        return single
    if ids and state(frozenset(ids)) == before:
        return _needed(frozenset(), tuple(ids), lambda without: state(without) == before)
    return touching


def _touching(ids: tuple[str, ...], after: Any, state: States) -> tuple[str, ...]:
    if not ids or state(frozenset(ids)) == after:
        return ()
    if len(ids) == 1:
        return ids
    middle = len(ids) // 2
    return _touching(ids[:middle], after, state) + _touching(ids[middle:], after, state)


def _needed(taken: frozenset[str], ids: tuple[str, ...], restored: Callable[[frozenset[str]], bool]) -> tuple[str, ...]:
    """A smallest part of ``ids`` that restores together with ``taken`` (Junker 2004, QuickXplain)."""
    if restored(taken):
        return ()
    if len(ids) == 1:
        return ids
    middle = len(ids) // 2
    right = _needed(taken | set(ids[:middle]), ids[middle:], restored)
    return _needed(taken | set(right), ids[:middle], restored) + right
