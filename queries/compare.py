"""Where a project or a chain node would stand better: figures of regions fetched, inherited and put to the factors."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from analysis.compare import Compare, agreement, compared, moves, weighed
from analysis.compare_notes import notes
from analysis.factors import profile
from analysis.leakage import MARKET
from graph.errors import QuestionError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.figures import compared_scope, figures, reading, ways
from queries.names import chain_names, parents, region_named, spellings, unknown
from queries.projects import nodes_of, project_named, project_names


def compare(store: Store, settings: Settings, about: str, rivals: Sequence[str], factors: Path, asked: Asked) -> Compare:
    """Us (the asked region) beside ``rivals`` for a project or node; QuestionError for an unknown name, LiantuError for a bad weight."""
    reader = Reader(store, asked)
    name, nodes = _about(reader, about)
    of = profile(tomllib.loads(factors.read_text(encoding="utf-8")), settings.compare, settings.factors, nodes)
    named = [asked.region, *regions_beside(store, settings, rivals, asked)]
    parent = parents(reader)
    found = figures(reader, of.factors, {*named, *parent, *parent.values()})
    fixed = sorted({asked.region, *parent, *parent.values()} - {MARKET})  # whoever is compared: a rival moves no weight
    ours = ways(asked.region, parent)
    scope = {f.name: compared_scope(f, ours, found) for f in of.factors}
    own = [{f.name: reading(f, [r], found, scope[f.name]).normal for f in of.factors} for r in fixed]
    known = [row for row in own if any(v is not None for v in row.values())]
    weights = weighed(of, [[row[f.name] for row in known] for f in of.factors])
    readings = {r: tuple(reading(f, ways(r, parent), found, scope[f.name]) for f in of.factors) for r in named}
    rows = compared(readings, weights, of)
    cited = {c.source for row in rows for r in row.readings for c in r.evidence}
    return Compare("compare", asked.region, name, nodes, asked.as_of, asked.known_by, asked.audience, of.kind, of.composed, of.cr,
                   of.objective, weights, rows, agreement(rows), moves(asked.region, rows, of, weights), reader.sources(cited),
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
