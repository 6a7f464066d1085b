"""What changed in a chain between two days, and what was only learned about the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis import telling
from analysis.causes import Moment, States, changed_by
from analysis.changes import Change, Diff, Key, State, changes, nodes_of, of_nodes, of_projects
from analysis.gaps import GapEngine
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.moments import Moments, Without
from queries.names import chain_named

Kinds = list[tuple[Key, str]]
"""Aspects with their kinds of change."""


class _Compared(Moments):
    """A chain taken down at moments."""

    def __init__(self, store: Store, settings: Settings, asked: Asked, chain: str) -> None:
        super().__init__(store, settings, asked, chain)
        self._states: dict[Moment, State] = {}

    def state(self, at: Moment) -> State:
        if at not in self._states:
            engine = self.engine(at)
            self._states[at] = of_nodes(engine.rows(self.chain)) | of_projects(engine, self.chain)
        return self._states[at]

    def value(self, key: Key, at: Moment) -> States:
        """One aspect at a moment, as if some facts had not been stated; only the row that it needs is computed."""
        def taken(without: Without) -> str:
            if not without:
                return self.state(at).get(key, "")
            return self._one(key, self.engine(at, without)).get(key, "")
        return taken

    def _one(self, key: Key, engine: GapEngine) -> State:
        if key[0] == "project":
            return of_projects(engine, self.chain)
        row = next((engine.row(self.chain, n) for n in engine.evidence.judged(self.chain)
                    if engine.evidence.nodes[n].name == key[1]), None)
        return of_nodes((row,) if row else ())

    def changes(self, moments: Sequence[Moment], learned: bool) -> list[Change]:
        """What is otherwise at the last of the moments, each with what made it so."""
        old, new = self.state(moments[0]), self.state(moments[-1])
        return [self._change(key, kind, moments, learned) for key, kind in changes(old, new)]

    def _change(self, key: Key, kind: str, moments: Sequence[Moment], learned: bool) -> Change:
        """It was made by what happened when it became what it is now, which may not be the first time it changed."""
        values = [self.state(at).get(key, "") for at in moments]
        turn = max(i for i in range(1, len(values)) if values[i] != values[i - 1])
        before, after = moments[turn - 1], moments[turn]
        found, together = changed_by(self.between(before, after), self.value(key, before), self.value(key, after))
        causes = tuple(telling.cause(self.last, event) for event in found)
        about = nodes_of(key, self.state(moments[-1])) or nodes_of(key, self.state(moments[0]))
        return Change(kind, key[0], key[1], about, values[0], values[-1], learned,
                      after.known_by if learned else after.as_of, causes, together)

    def walk(self, before: Moment, after: Moment) -> tuple[Moment, ...]:
        """The moments between two at which something happened: one clock stands, the other moves."""
        days = sorted({event.day for event in self.between(before, after)})
        moved = [Moment(before.as_of, day) if before.as_of == after.as_of else Moment(day, after.known_by) for day in days]
        return (before, *(at for at in moved if at not in (before, after)), after)


def diff(store: Store, settings: Settings, chain: str, first: date, asked: Asked) -> Diff:
    """Changes of a chain from ``first``, by what was known then, to ``asked.as_of``, by what was known by ``asked.known_by``.

    Changes between the first day as it was known then and as it is known later are ``learned``; they come last.
    LiantuError where the days are equal or the first is later, also than ``known_by``; QuestionError for an unknown chain.
    """
    _check(first, asked)
    chain = chain_named(store, asked, chain)
    two = _Compared(store, settings, asked, chain)
    then, seen_later, now = Moment(first, first), Moment(first, asked.known_by), Moment(asked.as_of, asked.known_by)
    real, learned = two.changes(two.walk(seen_later, now), False), two.changes(two.walk(then, seen_later), True)
    rows = (*real, *learned)
    cited = sorted({c.source for row in rows for c in row.causes})
    return Diff("diff", asked.region, chain, first, asked.as_of, asked.known_by, asked.audience, rows,
                tuple(two.last.source(id) for id in cited), _notes(len(real), len(learned), first))


def kinds(store: Store, settings: Settings, chain: str, first: date, asked: Asked) -> tuple[Kinds, Kinds]:
    """What changed, without what made it so: really, and only learned. Raises as ``diff`` does; three moments are all it looks at."""
    _check(first, asked)
    two = _Compared(store, settings, asked, chain_named(store, asked, chain))
    then, later, now = (two.state(at) for at in (Moment(first, first), Moment(first, asked.known_by),
                                                 Moment(asked.as_of, asked.known_by)))
    return changes(later, now), changes(then, later)


def _check(first: date, asked: Asked) -> None:
    if first == asked.as_of:
        raise LiantuError(f"--from 与 --to 是同一天 {first} / are the same day", "给出两个不同的日期 / give two different days")
    if first > asked.as_of:
        raise LiantuError(f"--from {first} 晚于 --to {asked.as_of} / is later", "把两天对调 / swap the two days")
    if first > asked.known_by:
        raise LiantuError(f"--known-by {asked.known_by} 早于 --from {first} / is earlier",
                          "默认为 --to 那天 / leave it out: it is the day of --to")


def _notes(real: int, learned: int, first: date) -> tuple[tuple[str, str], ...]:
    if not real and not learned:
        return (("没有变化", "nothing changed"),)
    return ((f"{real} 项变化; {learned} 项在 {first} 已是如此, 后来才知道",
             f"{real} changes; {learned} that were so on {first} already and were only learned since"),)
