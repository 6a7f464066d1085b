"""Where a project or a chain node would stand better: figures of regions fetched, inherited and put to the factors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from analysis.cited import Cited
from analysis.compare import Compare, CompareRow, Reading, agreement, compared, moves, normal, weighed
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
    named = list(dict.fromkeys([asked.region, *(region_named(store, settings, asked.audience, r) for r in rivals)]))
    if len(named) < 2:
        raise QuestionError("没有可比的地区 / nobody to compare with", "--with 银川,西宁,乐山")
    parent = parents(reader)
    every = sorted({*named, *parent, *parent.values()})
    found = _found(reader, of, every)
    fixed = sorted({asked.region, *parent, *parent.values()} - {MARKET})  # whoever is compared: a rival moves no weight
    own = [{f.name: normal(f, _reading(f, [r], found).value) for f in of.factors} for r in fixed]
    known = [row for row in own if any(v is not None for v in row.values())]
    weights = weighed(of, [[row[f.name] for row in known] for f in of.factors])
    readings = {r: tuple(_reading(f, [x for x in outward(r, parent) if x != MARKET], found) for f in of.factors) for r in named}
    rows = compared(readings, weights, of)
    cited = sorted({c.source for row in rows for r in row.readings for c in r.evidence})
    return Compare("compare", asked.region, name, nodes, asked.as_of, asked.known_by, asked.audience, of.kind, of.composed, of.cr,
                   of.objective, weights, rows, agreement(rows), moves(asked.region, rows, of, weights), _sources(reader, cited),
                   (*_unplaced(nodes), *_notes(of, rows, asked.region, len(known))))


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


def _found(reader: Reader, of: Profile, regions: list[str]) -> Found:
    """(region, factor) → believed figures whose scope fits, the newest first."""
    scopes = {f.name: f for f in of.factors}
    facts = believed(reader.seen("measures_of_regions", "MEASURES", regions=regions, indicators=sorted(scopes)))
    out: Found = {}
    for fact in sorted(facts, key=lambda f: (f.valid_from, f.precedence, f.line), reverse=True):
        factor = scopes.get(fact.end)
        if factor and fact["value"] is not None and _fits(factor, fact["scope"] or ""):
            out.setdefault((fact.start, factor.name), []).append(fact)
    return out


def _fits(factor: Factor, scope: str) -> bool:
    return any(fnmatchcase(scope, p) for p in factor.scopes) and not any(fnmatchcase(scope, p) for p in factor.but)


def _reading(factor: Factor, regions: Sequence[str], found: Mapping[tuple[str, str], Sequence[Seen]]) -> Reading:
    """The newest figure in a unit that converts of the nearest region that has one."""
    odd = ""
    for region in regions:
        for fact in found.get((region, factor.name), ()):
            value = convert(float(fact["value"]), fact["unit"] or "", factor.unit)
            if value is not None:
                return Reading(factor.name, value, factor.unit, normal(factor, value), "" if region == regions[0] else region,
                               fact["period"] or "", fact["scope"] or "", "", (_cited(factor, fact),))
            odd = odd or f"{float(fact['value']):.9g} {fact['unit'] or ''}".rstrip()
    return Reading(factor.name, None, factor.unit, None, "", "", "", odd, ())


def _cited(factor: Factor, fact: Seen) -> Cited:
    said = f"{float(fact['value']):.9g} {fact['unit'] or ''} ({' '.join(p for p in (fact['period'], fact['scope']) if p)})"
    return Cited("figure", f"{fact.start} {factor.name} {said}", f"{fact.start} {factor.en} {said}", fact.source, fact.valid_from,
                 fact.known_from, fact.id)


def _sources(reader: Reader, ids: list[str]) -> tuple[Source, ...]:
    rows: list[dict[str, Any]] = reader.rows("sources", ids=ids)
    return tuple(Source(r["id"], r["title"] or r["name"], r["publisher"] or "", r["published"], int(r["authority"] or 0)) for r in rows)


def _unplaced(nodes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return () if nodes else (("没有写它新增哪个环节的产能: 按一般项目比较",
                              "nothing says which node it adds to: compared as a general project"),)


def _notes(of: Profile, rows: tuple[CompareRow, ...], us: str, regions: int) -> tuple[tuple[str, str], ...]:
    out = []
    if of.composed:
        out.append(("要素、参照界与 AHP 判断为编者归纳, 不是官方办法; 可在 liantu.toml [compare] 与 [factors] 里改",
                    "factors, bounds and judgements are composed by the editors, no official method; see liantu.toml [compare], [factors]"))
    if of.cr is not None:
        out.append((f"AHP 一致性 CR = {of.cr:.3f} (≤ 0.1)", f"AHP consistency CR = {of.cr:.3f} (≤ 0.1)"))
    mixed = 1 - of.blend, of.blend, of.objective.upper()
    out.append((f"权重 = {mixed[0]:.0%} 判断 + {mixed[1]:.0%} {mixed[2]} (据有数的 {regions} 个地区, 与参比者无关), 单项至多 {of.cap:.0%}",
                f"weights: {mixed[0]:.0%} judgement + {mixed[1]:.0%} {mixed[2]} (over {regions} regions with figures, whoever is "
                f"compared), none above {of.cap:.0%}"))
    out.append((f"名次区间: 权重各 ±{of.perturb:.0%}, 种子 {of.seed}; 未知要素在点估计里放在参照界中点, 其影响见名次上下限",
                f"firm ranks: weights moved by ±{of.perturb:.0%}, seed {of.seed}; an unknown factor stands in the middle for the point "
                "scores, its effect is the range of ranks"))
    for row in rows:
        if all(r.value is None for r in row.readings):
            out.append((f"{row.region}: 所有要素都未见公开数据, 名次可为 {row.rank_low}–{row.rank_high}",
                        f"{row.region}: no public figure of any factor, ranks {row.rank_low}–{row.rank_high} are open"))
        for r in row.readings:
            if r.value is None and r.other_unit:
                out.append((f"{row.region} {r.factor} 只有别的单位: {r.other_unit}, 不计入",
                            f"{row.region} {r.factor}: {r.other_unit}, another unit, not counted"))
    return tuple(out)
