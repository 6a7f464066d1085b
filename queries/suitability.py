"""Should we take this project: its figures and the place's, fetched and put to an instrument; its fit by the gap engine."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.evidence import outward
from analysis.gaps import GapEngine
from analysis.instruments import Both, Instrument
from analysis.measured import building, measured, of_whole, supposed
from analysis.project_demands import HAS, demands
from analysis.project_fit import Fit, fits
from analysis.project_values import Value, english
from analysis.suitability import Suitability, ask_next, asked_of, judge, total, verdict
from graph.clocks import Seen, believed
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.given import Given, read_given
from queries.names import chain_names, parents
from queries.projects import Project, project_named


def suitability(store: Store, settings: Settings, project: str, instrument: Instrument, asked: Asked,
                given: Sequence[str] = ()) -> Suitability:
    """A project (name or id) against an instrument; QuestionError for an unknown one, LiantuError for what is given and not read."""
    assumed = read_given(given, instrument)
    reader = Reader(store, asked)
    parent = parents(reader)
    found = project_named(reader, project)
    ways = outward(found.place or asked.region, parent)
    regions = _regional(reader, instrument, ways)
    known = _known(reader, found, assumed)
    bases = {name: value for region in reversed(ways) for name, value in regions.get(region, {}).items()}
    rows = judge(instrument, known, bases)
    low, high = total(rows)
    fit, notes = _fit(reader, settings, found)
    needed = demands(known, ways, regions)
    shown = [c for row in rows for c in row.evidence] + [c for one in needed for c in one.evidence]
    sources = {c.source for c in shown if c.source} | {id for one in fit for id in one.sources}
    return Suitability(
        "suitability", asked.region, found.name, found.place, tuple(found.names.get(p, p) for p in found.phases), asked.as_of,
        asked.known_by, asked.audience, instrument.name, (instrument.zh, instrument.en), instrument.composed, verdict(rows),
        instrument.points, low, high, rows, fit, needed, ask_next(rows, asked_of(instrument), needed), reader.sources(sources),
        (*_notes(instrument, found, assumed), *notes))


def _known(reader: Reader, found: Project, assumed: Given) -> dict[str, Value]:
    """The project's values by name."""
    by = measured(reader.seen("measures_of_projects", "MEASURES", "Project", projects=found.ids), {})
    own = of_whole(by.get(found.id, {}), [by.get(p, {}) for p in found.phases])
    months = building(reader.seen("reaches", "REACHES", projects=found.ids), found.id, found.phases)
    return months | own | supposed(assumed, reader.asked.as_of, reader.asked.known_by)


def _regional(reader: Reader, instrument: Instrument, ways: Sequence[str]) -> dict[str, dict[str, Value]]:
    wanted = sorted({*HAS.values(), *(r.base_of for r in instrument.criteria if r.base_of)})
    return measured(reader.seen("measures_of_regions", "MEASURES", "Region", regions=sorted(ways), indicators=wanted), {})


def _fit(reader: Reader, settings: Settings, found: Project) -> tuple[tuple[Fit, ...], tuple[Both, ...]]:
    """Its nodes, each in the first chain that judges it; what else one must know."""
    adds = believed(reader.seen("adds_of_projects", "ADDS", projects=found.ids))
    waiting, out = {f.end for f in adds}, list[Fit]()
    member = believed(reader.seen("part_of", "PART_OF"))
    for chain in chain_names(reader.store, reader.asked.audience):
        mine = waiting & {f.start for f in member if f.end == chain}
        if not mine:
            continue
        engine = GapEngine(evidence(reader, settings, [chain]))
        told = fits(engine, chain, frozenset(found.ids), reader.asked.audience)
        taken = {engine.evidence.named[f.node] for f in told} & waiting
        out += [f for f in told if engine.evidence.named[f.node] in taken]
        waiting -= taken
    return tuple(out), _unplaced(adds, out)


def _unplaced(adds: list[Seen], out: list[Fit]) -> tuple[Both, ...]:
    if not adds:
        return (("没有写它新增哪个环节的产能: 在链上的位置未知", "nothing says which node it adds to: its fit to the chain is unknown"),)
    if not out:
        return (("它新增的环节没有一条链作判定: 在链上的位置未知", "no chain judges the nodes that it adds to: its fit is unknown"),)
    return (("在链上: 按项目在截至日全部运行来算, 地区其他项目不算",
             "fit: as if the whole project ran in full on that day, no other project counted"),)


def _notes(instrument: Instrument, found: Project, assumed: Given) -> tuple[Both, ...]:
    out: list[Both] = []
    if not instrument.composed:
        year = f", {instrument.year}" if instrument.year else ""
        out.append((f"评价办法: {instrument.zh} ({instrument.place}{year}; {instrument.publisher})",
                    f"instrument: {instrument.en} ({instrument.place_en or instrument.place}{year}; {instrument.publisher})"))
    if instrument.composed:
        out.append(("这个办法是自拟的, 没有任何地方公布过: 界限取自各地公布的数字, 分值自拟; 用 --instrument 换一个",
                    "this instrument is composed and published by nobody: bounds from what places published, points ours; "
                    "--instrument names another"))
    if assumed:
        out.append((f"假设的数字: {'、'.join(assumed)}; 没有写入任何事实",
                    f"assumed figures: {', '.join(map(english, assumed))}; nothing is written"))
    if found.phases:
        out.append((f"整个项目, 含 {len(found.phases)} 期; 期的数字各期都有才相加",
                    f"the whole project with {len(found.phases)} phases; figures of phases add up only where all have one"))
    return (*out, *instrument.notes)
