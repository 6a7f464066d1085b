"""What a project needs of a place (land, power, water, energy quota) against what the place is known to have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.cited import Cited
from analysis.instruments import Both
from analysis.project_values import INPUTS, Value, english, valued

HAS = {"用地": "可供用地", "年耗电": "可供电量", "年用水": "可供水量", "能耗": "能耗指标"}
"""Figure of a project → indicator of a region that says how much of it there is to give."""
STATES = {"enough": ("够", "enough"), "short": ("不够", "short"), "unknown": ("未见公开数据", "no public figure")}


@dataclass(frozen=True, slots=True)
class Demanded:
    """``needs`` and ``has`` in ``unit``; None is unknown. ``region`` is whose figure it is, ``inherited`` where that is a wider
    region than the project's own: what the wider one has need not lie in the park."""

    name: str
    en: str
    unit: str
    needs: float | None
    has: float | None
    indicator: str
    region: str
    inherited: bool
    state: str
    evidence: tuple[Cited, ...]
    why: Both


def demands(known: Mapping[str, Value], outward: Sequence[str], regions: Mapping[str, Mapping[str, Value]]) -> tuple[Demanded, ...]:
    """The four demands, the region being the nearest of ``outward`` (the project's place first) that states a figure."""
    return tuple(_demanded(name, known, outward, regions) for name in HAS)


def _demanded(name: str, known: Mapping[str, Value], outward: Sequence[str], regions: Mapping[str, Mapping[str, Value]]) -> Demanded:
    unit, indicator = INPUTS[name][0], HAS[name]
    region = next((r for r in outward if indicator in regions.get(r, {})), "")
    needs, has = valued(name, unit, known), valued(indicator, unit, regions.get(region, {}))
    state = "unknown" if needs.value is None or has.value is None else "enough" if has.value >= needs.value else "short"
    lacks = [(f"{what}: {v.why[0]}", f"{en}: {v.why[1]}") for v, what, en in
             ((needs, "项目需要", "what the project needs"), (has, indicator, f"what the region has ({english(indicator)})")) if v.value is None]
    return Demanded(name, INPUTS[name][1], unit, needs.value, has.value, indicator, region, bool(region) and region != outward[0], state,
                    (*needs.evidence, *has.evidence), ("; ".join(zh for zh, _ in lacks), "; ".join(en for _, en in lacks)))
