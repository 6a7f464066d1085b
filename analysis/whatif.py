"""What if: every node before and after capacity is assumed, the next bottlenecks, surplus created (GAPS: What-if)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.answers import GapRow, plain
from analysis.assumed import ASSUMED, Assumed, supposed
from analysis.gaps import GapEngine
from analysis.parts import Amount, AtRisk, Demand, Range, Source, Step
from analysis.words import FLAGS
from formulas.ratios import tied

FOLLOW = ("essential", "ahead", "unsized", "partial", "thin", "nearby")
"""The flags that figures make; the others are about what was said, planned or built, which an assumption leaves alone."""


@dataclass(frozen=True, slots=True)
class Side:
    """A node before or after: the records of ``GapRow``. With the flag ``partial`` supply and coverage are lower bounds."""

    verdict: str
    flags: tuple[str, ...]
    supply: Amount | None
    demand: Demand
    coverage: Range | None
    output_at_risk: tuple[AtRisk, ...] | None


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One node of the chain on both sides; ``derivation`` is that of ``after``, empty where nothing has ``changed``."""

    node: str
    changed: bool
    before: Side
    after: Side
    derivation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """An essential input that is short: ``share`` is the S/D that it allows ``consumers``, which stand here, to run at."""

    node: str
    share: float
    consumers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surplus:
    """S − D of a node in surplus after the addition, and ``before`` it: None where it was in none."""

    node: str
    amount: Amount
    before: Amount | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Answer to: what would this capacity change, on that day? Nothing is written.

    ``bottlenecks`` are the tightest after the addition, more than one where they are tied; ``unranked`` are essential
    inputs of what stands whose ratio nobody can tell.
    """

    question: str
    region: str
    chain: str
    as_of: date
    known_by: date
    audience: str
    additions: tuple[Assumed, ...]
    rows: tuple[WhatIfRow, ...]
    bottlenecks_before: tuple[Bottleneck, ...]
    bottlenecks: tuple[Bottleneck, ...]
    unranked: tuple[str, ...]
    surplus: tuple[Surplus, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def what_if(engine: GapEngine, chain: str, assumed: tuple[Assumed, ...], audience: str) -> WhatIf:
    """The chain as the engine sees it, and as one sees it that has the additions too."""
    evidence = engine.evidence
    after = GapEngine(supposed(engine, assumed))
    pairs = list(zip(engine.rows(chain), after.rows(chain), strict=True))
    rows = tuple(_row(before, then) for before, then in pairs)
    shown = [then for (_, then), row in zip(pairs, rows, strict=True) if row.changed]
    return WhatIf("whatif", evidence.region, chain, evidence.as_of, evidence.known_by, audience, assumed, rows,
                  bottlenecks(engine, chain), bottlenecks(after, chain), unranked(after, chain), _surplus(rows),
                  _sources(shown))


def bottlenecks(engine: GapEngine, chain: str) -> tuple[Bottleneck, ...]:
    """The essential inputs of what stands with the least S/D below 1, all that are tied; outside supply does not count."""
    found = [(node, share) for node in _needed(engine, chain) if (share := _share(engine, node)) is not None and share < 1]
    least = min((share for _, share in found), default=0.0)
    return tuple(Bottleneck(engine.evidence.nodes[node].name, share, _consumers(engine, node))
                 for node, share in found if tied(share, least))


def unranked(engine: GapEngine, chain: str) -> tuple[str, ...]:
    """Essential inputs of what stands whose S/D is unknown."""
    return tuple(engine.evidence.nodes[node].name for node in _needed(engine, chain) if _share(engine, node) is None)


def _needed(engine: GapEngine, chain: str) -> list[str]:
    """A variant is a substitute: its node is judged in its place."""
    evidence = engine.evidence
    judged = evidence.judged(chain)
    return [n for n in judged if evidence.whole_of.get(n) not in judged and engine.demands.essential(n)]


def _share(engine: GapEngine, node: str) -> float | None:
    """S/D; 0 where nothing stands, whatever the demand; of a lower bound only that it is enough."""
    supply, (demand, _) = engine.supplies.of(node), engine.demands.of(node)
    if supply.state == "zero":
        return 0.0
    if supply.value is None or not demand.used:
        return None
    share = supply.value / demand.used
    return None if supply.partial and share < 1 else share


def _consumers(engine: GapEngine, node: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(engine.evidence.nodes[c.downstream].name for c in engine.demands.essential(node)))


def _row(before: GapRow, after: GapRow) -> WhatIfRow:
    old = Side(before.verdict, before.flags, before.supply, before.demand, before.coverage, before.output_at_risk)
    flags = tuple(f for f in FLAGS if f in (after.flags if f in FOLLOW else before.flags))
    new = Side(after.verdict, flags, after.supply, after.demand, after.coverage, after.output_at_risk)
    changed = not _same(plain(old), plain(new))
    return WhatIfRow(after.node, changed, old, new, _derivation(before, after) if changed else ())


def _same(one: Any, other: Any) -> bool:
    """Plain forms compared; two runs of a solver may differ in the last digits, which is no change."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def _derivation(before: GapRow, after: GapRow) -> tuple[Step, ...]:
    """What S was and why, what is assumed on top, then demand and verdict as they are after."""
    was = [s for s in before.derivation if s.rule.startswith("supply.")]
    added = [_told(s) for s in after.derivation if any(f.startswith(f"{ASSUMED}:#") for f in s.facts)]
    partial = [s for s in after.derivation if s.rule == "supply.partial" and s not in was]
    return (*was, *added, *partial, *(s for s in after.derivation if not s.rule.startswith("supply.")))


def _told(step: Step) -> Step:
    said = step.zh.partition(": ")[2].removeprefix(ASSUMED)
    return Step("supply.assumed", f"假设新增{said}", f"assumed{said}", step.facts)


def _surplus(rows: tuple[WhatIfRow, ...]) -> tuple[Surplus, ...]:
    """Nodes that come into surplus, or whose surplus grows."""
    found = [(row.node, _left(row.before), _left(row.after)) for row in rows if row.changed]
    return tuple(Surplus(node, after, before) for node, before, after in found
                 if after and (before is None or (after.value or 0) > (before.value or 0)))


def _left(side: Side) -> Amount | None:
    if side.verdict != "surplus" or side.supply is None or side.supply.value is None or side.demand.used is None:
        return None
    return Amount(side.supply.value - side.demand.used, side.supply.unit)


def _sources(rows: list[GapRow]) -> tuple[Source, ...]:
    found = {s.id: s for row in rows for s in row.sources if s.id != ASSUMED}
    return tuple(found[id] for id in sorted(found))

