"""How the verdict of one node changed over time, and by which facts."""

from __future__ import annotations

from datetime import date

from analysis import history as told
from analysis import telling
from analysis.answers import GapRow
from analysis.causes import Cause, Moment, States, changed_by
from analysis.history import History, HistoryRow
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.moments import NONE, Moments, Without
from queries.names import placed_node


class Past(Moments):
    """One node of one chain over time."""

    def __init__(self, store: Store, settings: Settings, asked: Asked, chain: str, node: str, every: bool) -> None:
        super().__init__(store, settings, asked, chain)
        self.node, self.every = node, every

    def row(self, at: Moment, without: Without = NONE) -> GapRow | None:
        return self.engine(at, without).row(self.chain, self.node)

    def causes(self, before: Moment, after: Moment) -> tuple[tuple[Cause, ...], bool]:
        """What changed the row between two moments; True where only all of it together restores it."""
        found, together = changed_by(self.between(before, after), self._states(before), self._states(after))
        return tuple(telling.cause(self.last, event) for event in found), together

    def _states(self, at: Moment) -> States:
        return lambda without: told.told_by(self.row(at, without), self.every)


def history(store: Store, settings: Settings, node: str, asked: Asked, chain: str | None = None,
            first: date | None = None, as_known: bool = False, every: bool = False) -> History:
    """The history of a node (a name or an alias) up to ``asked.as_of``; from ``first``, or from the beginning.

    ``as_known``: each day by what was known on it. ``every``: changes of supply, demand and coverage are rows too.
    LiantuError where ``first`` is later, where no chain has the node or it gets no verdict.
    """
    if first and first > asked.as_of:
        raise LiantuError(f"--from {first} 晚于 --to {asked.as_of} / is later", "把两天对调 / swap the two days")
    chain, id, said = placed_node(store, asked, node, chain)
    past = Past(store, settings, asked, chain, id, every)
    if past.last.nodes[id].boundary:
        raise LiantuError(f"“{past.last.nodes[id].name}” 是外部环节, 不作判定 / is a boundary node and has no verdict",
                          f"有判定的环节: `liantu gaps {chain}` / the nodes that have one")

    def at(day: date) -> Moment:
        return told.moment(day, asked.known_by, as_known)

    days = told.days(past.memory.facts().values(), as_known, first, asked.as_of)
    rows = told.rows([(day, past.row(at(day))) for day in days], first, every,
                     lambda before, after: past.causes(at(before), at(after)))
    return History("history", asked.region, chain, past.last.nodes[id].name, asked.as_of, asked.known_by, asked.audience,
                   as_known, rows, tuple(past.last.source(s) for s in sorted({c.source for r in rows for c in r.causes})),
                   (*said, *_reading(as_known, asked), *_still(rows)))


def _reading(as_known: bool, asked: Asked) -> tuple[tuple[str, str], ...]:
    if as_known:
        return (("每一天都只用那天已知的事实", "each day by what was known on it"),)
    return ((f"全部按 {asked.known_by} 所知来看; 当时能知道什么: --as-known",
             f"all told by what is known by {asked.known_by}; what could be known then: --as-known"),)


def _still(rows: tuple[HistoryRow, ...]) -> tuple[tuple[str, str], ...]:
    return () if len(rows) > 1 else (("没有变化", "nothing changed"),) if rows else (("没有判定", "no verdict"),)
