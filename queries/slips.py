"""Which planned days and goals were revised, and when each became known."""

from __future__ import annotations

from analysis.ledger import Slips, ledger, summary
from analysis.projects import Projects
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.names import chain_named, chain_names


def slips(store: Store, settings: Settings, chain: str | None, asked: Asked) -> Slips:
    """The slippage ledger of one chain, or of all; QuestionError for an unknown chain."""
    chains = [chain_named(store, asked, chain)] if chain else chain_names(store, asked.audience)
    found = evidence(Reader(store, asked), settings, chains)
    rows = ledger(found, Projects(found), found.all("INDICATOR_AIMS"))
    sources = tuple(found.source(id) for id in sorted({r.source for r in rows}))
    return Slips("slips", asked.region, chains[0] if chain else None, asked.as_of, asked.known_by, asked.audience, rows, sources, summary(rows))
