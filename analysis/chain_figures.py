"""Of the chain as a whole: how complete it is, how far supply meets demand, and its main lane (GAPS: coverage)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.answers import GapRow
from analysis.goals import is_backwards
from analysis.goals import shown as goal_of
from analysis.leakage import money
from analysis.parts import ChainFigures, Lane, Published
from formulas.ratios import completeness, weighted_coverage
from graph.clocks import Seen

if TYPE_CHECKING:
    from analysis.gaps import GapEngine

MAIN_LANE = "主链"


def chain_figures(engine: GapEngine, chain: str, rows: Sequence[GapRow]) -> ChainFigures:
    """Of the rows of one chain."""
    needed = [(r.verdict != "unknown", r.supply is not None and r.supply.value != 0, r.node) for r in rows if "essential" in r.flags]
    priced = {r.node: p for n, r in zip(engine.evidence.judged(chain), rows, strict=True)
              if (p := money(engine.evidence, n, 1.0, r.demand.unit)) is not None}
    sized = {r.node: (priced[r.node], r.supply.value, r.demand.used) for r in rows if r.node in priced and r.supply is not None
             and r.supply.value is not None and r.demand.used and "partial" not in r.flags}
    return ChainFigures(
        len(needed), sum(stands for _, stands, _ in needed), tuple(node for known, _, node in needed if not known),
        completeness((known, stands) for known, stands, _ in needed), weighted_coverage(sized.values()), tuple(sized),
        published(engine, chain), profile(engine, chain))


def published(engine: GapEngine, chain: str) -> tuple[Published, ...]:
    """The region's own goals for the chain at indicators: of each the nearest due on or after the day."""
    evidence, nearest = engine.evidence, dict[str, Seen]()
    for goal in sorted(evidence.sure("INDICATOR_AIMS"), key=lambda f: (f["due"], f.id)):
        if goal["scope"] == chain and goal.start == evidence.region and goal["due"] >= evidence.as_of and not is_backwards(goal):
            nearest.setdefault(goal["name"] or goal.end, goal)
    return tuple(Published(name, shown, f.source) for name, f in sorted(nearest.items()) if (shown := goal_of(f)))


def profile(engine: GapEngine, chain: str) -> tuple[Lane, ...]:
    """主链剖面: how wide each stage of the main lane is against the widest."""
    lane = _main_lane(engine, chain)
    per_unit, unit = _equivalents(engine, lane)
    found = [(n, engine.supplies.of(n)) for n in lane]
    sizes = {n: s.value / per_unit[n] if s.value is not None and n in per_unit else None for n, s in found}
    widest = max((size for size in sizes.values() if size), default=None)
    return tuple(Lane(engine.evidence.nodes[n].name, size, unit, None if size is None or not widest else size / widest)
                 for n, size in sizes.items())


def _main_lane(engine: GapEngine, chain: str) -> list[str]:
    """Nodes of the lane called 主链, else of the lane in most columns; variants are in their node."""
    places = {f.start: f for f in engine.evidence.sure("PART_OF") if f.end == chain}
    nodes = [n for n in engine.evidence.judged(chain) if n not in engine.evidence.whole_of]
    lanes: dict[str, set[object]] = {}
    for node in nodes:
        lanes.setdefault(places[node]["lane"] or "", set()).add(places[node]["col"])
    main = MAIN_LANE if MAIN_LANE in lanes else max(sorted(lanes), key=lambda name: len(lanes[name]), default="")
    return [n for n in nodes if (places[n]["lane"] or "") == main]


def _equivalents(engine: GapEngine, lane: Sequence[str]) -> tuple[dict[str, float], str]:
    """Of each node of the lane: how much of it one unit of the final product takes, by the coefficients along the way."""
    feeds = {n: [c for c in engine.demands.consumers(n) if c.downstream in lane and c.downstream != n] for n in lane}
    ends = [n for n in lane if not feeds[n]]
    if not ends:
        return {}, ""
    final = ends[-1]
    per_unit = {final: 1.0}
    for _ in lane:  # as often as the lane is long: whatever the order, all that can be reached is
        for node in lane:
            step = next((c for c in feeds[node] if c.downstream in per_unit and engine.demands.per_unit(c)), None)
            if node not in per_unit and step is not None:
                per_unit[node] = per_unit[step.downstream] * (engine.demands.per_unit(step) or 0.0)
    return per_unit, engine.supplies.of(final).unit
