"""Where a project or a chain node would stand better: figures of regions fetched, inherited and put to the factors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.cited import Cited
from analysis.compare import Compare, Reading, agreement, compared, moves, normal, weighed
from analysis.compare_notes import notes
from analysis.evidence import outward
from analysis.factors import Factor, Profile, profile
from analysis.leakage import MARKET
from analysis.parts import Source
from graph.clocks import Seen, believed
from graph.errors import QuestionError
from graph.settings import Settings
from graph.store import Store
from graph.units import convert
from queries.asking import Asked, Reader
from queries.names import chain_names, parents, region_named, spellings, unknown
from queries.projects import nodes_of, project_named, project_names

Found = dict[tuple[str, str], list[Seen]]


def compare(store: Store, settings: Settings, about: str, rivals: Sequence[str], factors: Path, asked: Asked) -> Compare:
    """Us (the asked region) beside ``rivals`` for a project or node; QuestionError for an unknown name, LiantuError for a bad weight."""
    reader = Reader(store, asked)
    name, nodes = _about(reader, about)
    of = profile(tomllib.loads(factors.read_text(encoding="utf-8")), settings.compare, settings.factors, nodes)
    named = [asked.region, *regions_beside(store, settings, rivals, asked)]
    parent = parents(reader)
    every = sorted({*named, *parent, *parent.values()})
    found = _found(reader, of, every)
    fixed = sorted({asked.region, *parent, *parent.values()} - {MARKET})  # whoever is compared: a rival moves no weight
    ours = _ways(asked.region, parent)
    scope = {f.name: _compared_scope(f, ours, found) for f in of.factors}
    own = [{f.name: _reading(f, [r], found, scope[f.name]).normal for f in of.factors} for r in fixed]
    known = [row for row in own if any(v is not None for v in row.values())]
    weights = weighed(of, [[row[f.name] for row in known] for f in of.factors])
    readings = {r: tuple(_reading(f, _ways(r, parent), found, scope[f.name]) for f in of.factors) for r in named}
    rows = compared(readings, weights, of)
    cited = sorted({c.source for row in rows for r in row.readings for c in r.evidence})
    return Compare("compare", asked.region, name, nodes, asked.as_of, asked.known_by, asked.audience, of.kind, of.composed, of.cr,
                   of.objective, weights, rows, agreement(rows), moves(asked.region, rows, of, weights), _sources(reader, cited),
                   notes(of, rows, nodes, len(known)))


def regions_beside(store: Store, settings: Settings, rivals: Sequence[str], asked: Asked) -> list[str]:
    """Ids of the regions that we stand beside, each once; QuestionError for an unknown one, or where nobody is left but us."""
    found = dict.fromkeys(region_named(store, settings, asked.audience, r) for r in rivals)
    if not found.keys() - {asked.region}:
        raise QuestionError("没有可比的地区 / nobody to compare with", "--with 银川,西宁,乐山")
    return [r for r in found if r != asked.region]


def _about(reader: Reader, written: str) -> tuple[str, tuple[str, ...]]:
    """A node by any spelling, else a project by name or id with the nodes that it or its phases add to (none: it is not said)."""
    known: dict[str, str] = {}
    for chain in chain_names(reader.store, reader.asked.audience):
        known |= spellings(reader.store, reader.asked, chain)
    if written in known:
        return known[written], (known[written],)
    there, names = project_names(reader, written)
    if there:
        found = project_named(reader, written)
        return found.name, nodes_of(reader, found)
    raise unknown("项目或环节", "project or chain node", written, sorted({*known, *names}))


def _ways(region: str, parent: Mapping[str, str]) -> list[str]:
    """The region and the wider ones it may inherit from; the nation's figure is nobody else's."""
    return [x for x in outward(region, parent) if x == region or x != MARKET]


def _found(reader: Reader, of: Profile, regions: list[str]) -> Found:
    """(region, factor) → believed figures, the newest first."""
    facts = believed(reader.seen("measures_of_regions", "MEASURES", regions=regions, indicators=sorted(f.name for f in of.factors)))
    out: Found = {}
    for fact in sorted(facts, key=lambda f: (f.valid_from, f.precedence, f.line), reverse=True):
        if fact["value"] is not None:
            out.setdefault((fact.start, fact.end), []).append(fact)
    return out


def _compared_scope(factor: Factor, regions: Sequence[str], found: Found) -> int:
    """The group of scopes that is compared: that of our newest figure, whoever is compared; the last where we have none."""
    ours = (factor.group(f["scope"] or "") for r in regions for f in found.get((r, factor.name), ()) if _value(factor, f) is not None)
    return next((group for group in ours if group is not None), len(factor.scopes) - 1)


def _value(factor: Factor, fact: Seen) -> float | None:
    return convert(float(fact["value"]), fact["unit"] or "", factor.unit)


def _reading(factor: Factor, regions: Sequence[str], found: Found, group: int) -> Reading:
    """The newest figure of the compared scope in a unit that converts, of the nearest region that has one."""
    odd, other = "", ""
    for region in regions:
        facts = found.get((region, factor.name), ())
        for fact in _fitting(factor, facts, group):
            if (value := _value(factor, fact)) is not None:
                return Reading(factor.name, value, factor.unit, normal(factor, value), "" if region == regions[0] else region,
                               fact["period"] or "", fact["scope"] or "", "", other, (_cited(factor, fact),))
            odd = odd or _figure(fact)
        unlike = [f for f in facts if f not in _fitting(factor, facts, group)]
        other = other or next((f"{_figure(f)} ({_about_figure(f)})" for f in unlike), "")
    return Reading(factor.name, None, factor.unit, None, "", "", "", odd, other, ())


def _fitting(factor: Factor, facts: Sequence[Seen], group: int) -> list[Seen]:
    """Those of the compared group; of tiers all that are in one, the highest tier first."""
    grouped = [(g, f) for f in facts if (g := factor.group(f["scope"] or "")) is not None and (factor.tiers or g == group)]
    return [f for _, f in sorted(grouped, key=lambda pair: pair[0])]


def _figure(fact: Seen) -> str:
    return f"{float(fact['value']):.9g} {fact['unit'] or ''}".rstrip()


def _about_figure(fact: Seen) -> str:
    return " ".join(p for p in (fact["period"], fact["scope"]) if p)


def _cited(factor: Factor, fact: Seen) -> Cited:
    said = f"{_figure(fact)} ({_about_figure(fact)})"
    return Cited("figure", f"{fact.start} {factor.name} {said}", f"{fact.start} {factor.en} {said}", fact.source, fact.valid_from,
                 fact.known_from, fact.id)


def _sources(reader: Reader, ids: list[str]) -> tuple[Source, ...]:
    rows: list[dict[str, Any]] = reader.rows("sources", ids=ids)
    return tuple(Source(r["id"], r["title"] or r["name"], r["publisher"] or "", r["published"], int(r["authority"] or 0)) for r in rows)
