"""Our own gap list of all chains of the made-up province, as its rows are compared."""

from __future__ import annotations

from analysis.answers import GapRow
from analysis.gaps import GapEngine
from benchmarks.gap_province import DAY, PROVINCE, Province
from benchmarks.listing import Line, List
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence


def ours(store: Store, shape: Province) -> List:
    """With flags, claims, pipeline, derivation and sources, of which only the figures are kept."""
    reader = Reader(store, Asked(PROVINCE, DAY, DAY))
    found = evidence(reader, Settings("benchmark", PROVINCE), list(shape.chain_ids))
    engine = GapEngine(found)
    return {(chain, row.node): _line(row) for chain in found.chains for row in engine.rows(chain)}


def _line(row: GapRow) -> Line:
    return (row.verdict, row.supply.value if row.supply else None, row.demand.used,
            row.coverage.used if row.coverage else None)
