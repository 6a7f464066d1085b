"""What matters most, of all chains at once, in a region and in every region right within it that has facts of its own."""

from __future__ import annotations

from dataclasses import replace

from analysis.answers import Gaps
from analysis.evidence import Evidence
from analysis.fill_in import RULE, fill_in
from analysis.gaps import GapEngine
from analysis.measured import measured
from analysis.paths import Blocked, Paths
from analysis.project_values import in_unit
from analysis.ranking import Everything, RankedRow, Ranking, once, placed, with_paths
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.gaps import answer, cycles
from queries.names import chain_named, chain_names, within


def everything(store: Store, settings: Settings, asked: Asked, top: int | None = None) -> Everything:
    """The gaps of every chain, ranked; of them the first ``top``. LiantuError where there is no chain, or top is below 1."""
    if top is not None and top < 1:
        raise LiantuError(f"--top {top} 不可用 / is not usable", "填 1 或更大的整数 / a whole number from 1 on")
    chains = chain_names(store, asked.audience)
    if not chains:
        raise LiantuError("没有产业链 / there is no chain", "导入环节表, 或 `liantu init 城市 --chain 光伏` / load a sheet of chain nodes")
    reader = Reader(store, asked)
    found = evidence(reader, settings, chains)
    here = Ranking(GapEngine(found), asked.region, settings.ranking)
    below = (Ranking(GapEngine(evidence(Reader(store, replace(asked, region=region)), settings, chains)), region, settings.ranking)
             for region in _regions(reader, found))
    ranked = once([pair for one in (here, *below) for pair in one.rows()], found.inside)
    rows = placed(sorted(ranked, key=lambda pair: _steady(pair[1], asked.region)))
    kinds = fill_in(here.engine, _investments(reader, here.engine))
    return Everything("everything", asked.region, None, asked.as_of, asked.known_by, asked.audience, settings.ranking, top,
                      len(rows), rows[:top], _blocked(here), kinds, (*_unlooked(here), *cycles(here.engine), *((RULE,) if kinds else ())))


def _unlooked(ranking: Ranking) -> tuple[tuple[str, str], ...]:
    """Not ranked is not there: what nobody has looked at is counted chain by chain."""
    counts = {chain: n for chain in ranking.paths if (n := ranking.unlooked(chain))}
    if not counts:
        return ()
    return ((f"没有人核实过的环节不参与排序, 也不等于没有缺口: {'、'.join(f'{c} {n} 个' for c, n in counts.items())} (liantu ask 列出该问什么)",
             "nodes that nobody has looked at are not ranked, which does not say that they are there: "
             + ", ".join(f"{c} {n}" for c, n in counts.items()) + " (liantu ask tells what to find out)"),)


def _steady(row: RankedRow, region: str) -> tuple[bool, str, str, str]:
    """The order of rows of one place: the asked region first."""
    return (row.region != region, row.region, row.chains[0], row.node)


def _regions(reader: Reader, found: Evidence) -> list[str]:
    """The regions right within the asked one that some fact is about, or about a region within them.

    Plants are asked for by themselves: what is at hand of them need not tell their regions.
    """
    met = {r["id"] for r in reader.rows("regions_that_make", regions=sorted(found.regions))} | set(found.places.values())
    met |= {f.start for edge in ("REPORTS", "AIMS", "SURVEYS") for f in found.sure(edge)}
    met |= {f.start for f in found.sure("CLAIMS") if f.start_label == "Region"}
    return [r for r in found.below.get(found.region, ()) if within(r, found.parent) & met]


def _blocked(ranking: Ranking) -> tuple[Blocked, ...]:
    nodes = ranking.engine.evidence.nodes
    return tuple(Blocked(chain, nodes[product].name, nodes[through].name, tuple(nodes[n].name for n in by))
                 for chain, paths in ranking.paths.items()
                 for product, through, by in paths.blocked(ranking.missing(chain)))


def _investments(reader: Reader, engine: GapEngine) -> dict[str, float | None]:
    ids = sorted({p for unit in engine.projects.units for p in (unit.project, unit.whole)})
    found = measured(reader.seen("measures_of_projects", "MEASURES", "Project", projects=ids), {})
    totals = {id: values["总投资"] for id, values in found.items() if "总投资" in values}
    return {id: None if one.value is None else in_unit(one.value, one.unit, "亿元") for id, one in totals.items()}


def explained(store: Store, settings: Settings, chain: str, asked: Asked) -> Gaps:
    """The gap rows of one chain with the final products each is must-pass for, and its ways; raises as ``gaps`` does."""
    chain = chain_named(store, asked, chain)
    engine = GapEngine(evidence(Reader(store, asked), settings, [chain]))
    found, paths = answer(engine, chain, asked), Paths(engine.evidence, engine.demands, chain)
    rows = zip(engine.evidence.judged(chain), found.rows, strict=True)
    return replace(found, rows=tuple(with_paths(row, engine, node, [paths]) for node, row in rows))
