"""Figures of regions put to factors: fetched, inherited from wider regions, of one scope. Whoever needs a price of power asks here too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.cited import Cited
from analysis.compare import Reading, normal
from analysis.evidence import outward
from analysis.factors import Factor
from analysis.leakage import MARKET
from graph.clocks import Seen, believed
from graph.units import convert
from queries.asking import Reader

Figures = dict[tuple[str, str], list[Seen]]
"""(region, factor) → believed figures, the newest first."""


def ways(region: str, parent: Mapping[str, str]) -> list[str]:
    """The region and the wider ones it may inherit from; the nation's figure is nobody else's."""
    return [x for x in outward(region, parent) if x == region or x != MARKET]


def figures(reader: Reader, factors: Iterable[Factor], regions: Iterable[str]) -> Figures:
    """(region, factor) → believed figures, the newest first."""
    facts = believed(reader.seen("measures_of_regions", "MEASURES", regions=sorted(regions), indicators=sorted(f.name for f in factors)))
    out: Figures = {}
    for fact in sorted(facts, key=lambda f: (f.valid_from, f.precedence, f.line), reverse=True):
        if fact["value"] is not None:
            out.setdefault((fact.start, fact.end), []).append(fact)
    return out


def compared_scope(factor: Factor, regions: Sequence[str], found: Figures) -> int:
    """The group of scopes that is compared: that of our newest figure, whoever is compared; the last where we have none."""
    ours = (factor.group(f["scope"] or "") for r in regions for f in found.get((r, factor.name), ()) if _value(factor, f) is not None)
    return next((group for group in ours if group is not None), len(factor.scopes) - 1)


def _value(factor: Factor, fact: Seen) -> float | None:
    return convert(float(fact["value"]), fact["unit"] or "", factor.unit)


def reading(factor: Factor, regions: Sequence[str], found: Figures, group: int) -> Reading:
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


def own_reading(reader: Reader, factor: Factor, region: str, parent: Mapping[str, str]) -> Reading:
    """A factor as a comparison would read it for this region."""
    regions = ways(region, parent)
    found = figures(reader, [factor], regions)
    return reading(factor, regions, found, compared_scope(factor, regions, found))
