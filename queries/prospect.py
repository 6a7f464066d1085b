"""How far a chain is from its goals for a day."""

from __future__ import annotations

from datetime import date

from analysis.gaps import GapEngine
from analysis.prospect import Prospect, indicator_goals, notes, rows, usual_due
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.names import chain_named


def prospect(store: Store, settings: Settings, chain: str, due: date | None, asked: Asked) -> Prospect:
    """The prospect of ``chain`` for goals due on ``due``, else on the nearest day that has one."""
    chain = chain_named(store, asked, chain)
    found = evidence(Reader(store, asked), settings, [chain])
    indicators = found.all("INDICATOR_AIMS")
    day = due or usual_due(found, chain, indicators)
    made, beside = rows(GapEngine(found), chain, day), indicator_goals(found, indicators, day)
    sources = tuple(found.source(id) for id in sorted({i.source for i in beside}))
    return Prospect("prospect", asked.region, chain, asked.as_of, asked.known_by, asked.audience, day, made, beside,
                    sources, notes(found, made, day, due is not None))
