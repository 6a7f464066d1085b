"""延链补链占比: the share of fill-in and extension projects among all, computed from the graph, with the rule printed.

It is judged as of the day asked and not as of the day a project was first stated: of early days little is known, and a
share that is mostly unknown tells nobody anything. A project that opened is judged by what would be there without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace

from analysis.amounts import into
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.parts import Demand
from analysis.projects import Unit
from analysis.supply import Supply

FILLS = ("broken", "missing", "weak", "short")
RULE = (
    "补链: 没有该项目时, 它新增的环节之一为断链、缺链、弱链或不足; 延链: 否则, 其环节之一为延链, 或以本地富余或待延伸的环节为必需投入; "
    "待核: 其环节都尚未核实, 或数字不足以判定。一个项目连同各期只计一次, 已终止的不计; 占比的分母为待核以外的全部项目",
    "fill-in: without the project one of the nodes it adds to would be broken, missing, weak or short; extension: else, one "
    "of them is an extension, or takes as an essential input what is in surplus or hardly used here; unknown: nobody has "
    "looked at any of its nodes, or their figures do not tell. "
    "A project counts once with all its phases, an ended one does not; the share is of all that are not unknown")


@dataclass(frozen=True, slots=True)
class FillIn:
    """Projects of a chain (None: of all asked chains) by kind; ``share`` of fill-in and extension among all that
    are not unknown, None where all are.

    Investment in 亿元, ``investment_share`` of it: of those not unknown whose total is known (``known`` of them).
    ``fill_in``, ``extension``, ``unknown`` name the projects.
    """

    chain: str | None
    projects: int
    fill_in: tuple[str, ...]
    extension: tuple[str, ...]
    unknown: tuple[str, ...]
    share: float | None
    known: int
    investment: float | None
    fill_in_investment: float | None
    extension_investment: float | None
    investment_share: float | None


def fill_in(engine: GapEngine, investments: Mapping[str, float | None]) -> tuple[FillIn, ...]:
    """A line a chain that has projects, and one of all; ``investments``: total in 亿元 by project or phase (id)."""
    evidence = engine.evidence
    wholes: dict[str, list[Unit]] = {}
    for unit in engine.projects.units:
        if not engine.projects.ended(unit) and any(unit.node in evidence.judged(chain) for chain in evidence.chains):
            wholes.setdefault(unit.whole, []).append(unit)
    kinds = {whole: _kind(engine, units) for whole, units in wholes.items()}
    totals = {whole: _total(whole, units, investments) for whole, units in wholes.items()}
    out = []
    for chain in (*evidence.chains, None):
        inside = evidence.judged(chain) if chain else ()
        mine = [w for w, units in wholes.items() if chain is None or any(u.node in inside for u in units)]
        if mine:
            out.append(_line(evidence, chain, mine, kinds, totals))
    return tuple(out)


def _line(evidence: Evidence, chain: str | None, wholes: list[str], kinds: dict[str, str],
          totals: dict[str, float | None]) -> FillIn:
    by = {kind: [w for w in wholes if kinds[w] == kind] for kind in ("fill-in", "extension", "unknown")}
    names = {kind: tuple(sorted(evidence.name(w) for w in found)) for kind, found in by.items()}
    sums = {kind: _sum([totals[w] for w in found]) for kind, found in by.items()}
    counted, judged = len(by["fill-in"]) + len(by["extension"]), [w for w in wholes if kinds[w] != "unknown"]
    both, whole = (sums["fill-in"] or 0.0) + (sums["extension"] or 0.0), _sum([totals[w] for w in judged])
    return FillIn(chain, len(wholes), names["fill-in"], names["extension"], names["unknown"],
                  counted / len(judged) if judged else None, sum(totals[w] is not None for w in judged),
                  whole, sums["fill-in"], sums["extension"], both / whole if whole else None)


def _sum(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _total(whole: str, units: list[Unit], investments: Mapping[str, float | None]) -> float | None:
    """The whole's; where it has none, what is known of its phases."""
    stated = investments.get(whole)
    return _sum([investments.get(p) for p in sorted({u.project for u in units})]) if stated is None else stated


def _kind(engine: GapEngine, units: list[Unit]) -> str:
    """fill-in, extension, unknown or other."""
    without = _without(engine, units)
    nodes = dict.fromkeys(u.node for u in units if not engine.evidence.nodes[u.node].boundary)
    found = [(_less(engine, n, units), engine.demands.of(n)[0]) for n in nodes]
    verdicts = [without.verdict(n, supply, demand)[0] for n, (supply, demand) in zip(nodes, found, strict=True)]
    if any(v in FILLS for v in verdicts):
        return "fill-in"
    if "extension" in verdicts or any(_lengthens(engine, n) for n in nodes):
        return "extension"
    return "other" if any(_told(v, *one) for v, one in zip(verdicts, found, strict=True)) else "unknown"


def _told(verdict: str, supply: Supply, demand: Demand) -> bool:
    """Whether the figures tell that it is no gap: what is there without a size or a whole list, or is needed by an unknown
    amount, may be weak."""
    return verdict != "unknown" and (verdict != "present" or not (
        supply.state == "unsized" or supply.partial or demand.used is None))


def _without(engine: GapEngine, units: list[Unit]) -> GapEngine:
    """The same engine, to which what these units build is not being built: a project makes no need for itself."""
    out = copy(engine)
    out.building = engine.projects.building(without=units[0].whole)
    return out


def _less(engine: GapEngine, node: str, units: list[Unit]) -> Supply:
    """S of the node without what these units brought into operation; as it is where that cannot be told."""
    supply, family = engine.supplies.of(node), engine.evidence.family(node)
    opened = [u for u in units if u.node in family and engine.projects.opened(u)]
    sizes = [into(u.saleable, u.adds["unit"] or "", supply.unit) for u in opened]
    if not sizes or supply.value is None or None in sizes:
        return supply
    rest = supply.value - sum(size or 0.0 for size in sizes)
    return replace(supply, value=max(rest, 0.0), state="known" if rest > 1e-9 else "zero")


def _lengthens(engine: GapEngine, node: str) -> bool:
    """Whether the node takes as an essential input what is in surplus here or hardly used here."""
    return any(c.essential and engine.demands.local(c.upstream) and _to_spare(engine, c.upstream)
               for c in engine.demands.neighbours(node)[0])


def _to_spare(engine: GapEngine, node: str) -> bool:
    if engine.verdict(node, engine.supplies.of(node), engine.demands.of(node)[0])[0] == "surplus":
        return True
    share = engine.demands.conversion(node)
    return share is not None and share < engine.evidence.limits.conversion
