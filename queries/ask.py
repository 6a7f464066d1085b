"""What to find out next, as questions to hand to the districts."""

from __future__ import annotations

from analysis.finding_out import FindOut, find_out
from analysis.gaps import GapEngine
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.names import chain_named, chain_names


def ask(store: Store, settings: Settings, chain: str | None, asked: Asked) -> FindOut:
    """The questions about one chain, or about all; QuestionError for an unknown chain."""
    chains = [chain_named(store, asked, chain)] if chain else chain_names(store, asked.audience)
    engine = GapEngine(evidence(Reader(store, asked), settings, chains))
    rows = find_out(engine, {c: engine.rows(c) for c in chains})
    idle = sum(not r.changes and not r.shifts for r in rows)
    notes = ((f"{idle} 个问题单独答出不改变判定与齐备率, 排在后面",
              f"{idle} questions change no verdict and no completeness by themselves and stand last"),) if idle else ()
    return FindOut("ask", asked.region, chains[0] if chain else None, asked.as_of, asked.known_by, asked.audience, rows, notes)
