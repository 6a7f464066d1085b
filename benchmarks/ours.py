"""Our own gap list of all chains of the made-up province, with as much as the peers make and whole."""

from __future__ import annotations

from analysis.answers import GapRow
from analysis.demand import coverage
from analysis.gaps import GapEngine
from benchmarks.gap_province import DAY, PROVINCE, Province
from benchmarks.listing import Line, List
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence


def ours(store: Store, shape: Province) -> List:
    """What the peers make too: verdict, supply, demand and ratio of every node."""
    engine = _engine(store, shape)
    return {(chain, engine.evidence.nodes[node].name): _listed(engine, node)
            for chain in engine.evidence.chains for node in engine.evidence.judged(chain)}


def whole(store: Store, shape: Province) -> List:
    """From whole rows: with flags, pipeline, claims, derivation, output at risk and sources, which no peer makes."""
    engine = _engine(store, shape)
    return {(chain, row.node): _line(row) for chain in engine.evidence.chains for row in engine.rows(chain)}


def _engine(store: Store, shape: Province) -> GapEngine:
    reader = Reader(store, Asked(PROVINCE, DAY, DAY))
    return GapEngine(evidence(reader, Settings("benchmark", PROVINCE), list(shape.chain_ids)))


def _listed(engine: GapEngine, node: str) -> Line:
    supply, (demand, _) = engine.supplies.of(node), engine.demands.of(node)
    ratio = coverage(supply.value, demand) if supply.state in ("known", "zero") else None
    return engine.verdict(node, supply, demand)[0], supply.value, demand.used, ratio.used if ratio else None


def _line(row: GapRow) -> Line:
    return (row.verdict, row.supply.value if row.supply else None, row.demand.used,
            row.coverage.used if row.coverage else None)
