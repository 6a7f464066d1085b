"""What to find out next, as questions to hand to the districts."""

from __future__ import annotations

from analysis.finding_out import FindOut, find_out
from analysis.gaps import GapEngine
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.names import SUGGESTED, chain_named, chain_names


def _added_up(engine: GapEngine) -> tuple[tuple[str, str], ...]:
    """Where plants are added up nobody could ask firm by firm: how many have no size is said."""
    blank: dict[str, int] = {}
    for bundle in engine.evidence.bundles:
        if bundle.plants > bundle.sized:
            name = engine.evidence.nodes[bundle.node].name
            blank[name] = blank.get(name, 0) + bundle.plants - bundle.sized
    most = sorted(blank, key=lambda name: (-blank[name], name))[:SUGGESTED]
    listed = "、".join(f"{name} {blank[name]}" for name in most)
    return ((f"另有 {sum(blank.values())} 家产能待核, 因企业太多而合计, 不逐家列问 (liantu query makes 逐家列出), 最多的: {listed}",
             f"{sum(blank.values())} more plants are of unknown size; they stand in sums and are not asked about one by one "
             f"(liantu query makes lists them), most of them: {listed}"),) if blank else ()


def ask(store: Store, settings: Settings, chain: str | None, asked: Asked) -> FindOut:
    """The questions about one chain, or about all; QuestionError for an unknown chain."""
    chains = [chain_named(store, asked, chain)] if chain else chain_names(store, asked.audience)
    engine = GapEngine(evidence(Reader(store, asked), settings, chains))
    rows = find_out(engine, {c: engine.rows(c) for c in chains})
    idle = sum(not r.changes and not r.shifts for r in rows)
    notes: tuple[tuple[str, str], ...] = ((f"{idle} 个问题单独答出不改变判定与齐备率, 排在后面",
              f"{idle} questions change no verdict and no completeness by themselves and stand last"),) if idle else ()
    notes += _added_up(engine)
    return FindOut("ask", asked.region, chains[0] if chain else None, asked.as_of, asked.known_by, asked.audience, rows, notes)
