"""Where a project fits into a chain: which gap, coverage before and after it, the surplus that it creates (the gap engine's)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.amounts import into
from analysis.assumed import Assumed
from analysis.demand import coverage
from analysis.gaps import GapEngine
from analysis.instruments import Both
from analysis.parts import Amount, Range
from analysis.projects import Unit
from analysis.whatif import Surplus, what_if
from analysis.words import GAP_VERDICTS


@dataclass(frozen=True, slots=True)
class Fit:
    """A node that the project adds to: ``gap`` where it is a 空白点. ``adds`` is saleable, of what does not operate yet.

    ``before`` and ``after`` are S/D without and with it running in full on the day; ``alone`` what it covers by itself.
    None is unknown and ``why`` says so; ``at_least``: a phase of unknown size is not in it. ``surplus`` is that which it
    makes or enlarges anywhere in the chain; ``sources`` are ids.
    """

    chain: str
    node: str
    verdict: str
    gap: bool
    verdict_after: str | None
    adds: Amount | None
    at_least: bool
    before: Range | None
    after: Range | None
    alone: Range | None
    surplus: tuple[Surplus, ...]
    why: Both
    sources: tuple[str, ...]


def fits(engine: GapEngine, chain: str, projects: frozenset[str], audience: str) -> tuple[Fit, ...]:
    """One fit a node of the chain that a project (``projects``: its id and its phases') adds to."""
    evidence = engine.evidence
    nodes = [n for n in evidence.judged(chain) if any(f.start in projects for f in evidence.sure_about("ADDS", n))]
    sized = {node: _assumed(engine, node, projects) for node in nodes}
    assumed = tuple(a for found, _ in sized.values() for a in found)
    told = what_if(engine, chain, assumed, audience) if assumed else None
    rows = {row.node: row for row in told.rows} if told else {}
    out = []
    for node in nodes:
        found, why = sized[node]
        row = engine.row(chain, node)
        if row is None:
            continue
        then = rows[row.node].after if found else None
        adds = Amount(sum(a.counted.value or 0.0 for a in found), found[0].unit) if found else None
        share = into(adds.value, adds.unit, row.demand.unit) if adds else None
        out.append(Fit(chain, row.node, row.verdict, row.verdict in GAP_VERDICTS, then.verdict if then else None, adds,
                       bool(found) and bool(why[0]), row.coverage, then.coverage if then else None, coverage(share, row.demand),
                       told.surplus if told and found else (), why, tuple(s.id for s in row.sources)))
    return tuple(out)


def _assumed(engine: GapEngine, node: str, projects: frozenset[str]) -> tuple[tuple[Assumed, ...], Both]:
    """What of the project is neither operating nor ended, as capacity on the day of the evidence; and why some is not in it."""
    evidence, unit = engine.evidence, engine.supplies.of(node).unit or engine.evidence.nodes[node].unit
    mine = [u for u in engine.projects.units_of((node,)) if u.project in projects]
    coming = [u for u in engine.projects.of((node,)) if u.project in projects]
    out, lacking = [], []
    for one in sorted(coming, key=lambda u: u.project):
        gross = into(one.gross, one.adds["unit"] or "", unit)
        if gross is None:
            lacking.append(one)
            continue
        rate = one.adds["yield_rate"]
        out.append(Assumed(evidence.nodes[node].name, gross, unit, rate, evidence.as_of, evidence.as_of, 1.0,
                           Amount(gross * (1.0 if rate is None else float(rate)), unit)))
    return tuple(out), _why(engine, mine, coming, lacking, unit)


def _why(engine: GapEngine, mine: list[Unit], coming: list[Unit], lacking: list[Unit], unit: str) -> Both:
    if not mine:
        return "项目不在所问地区", "the project does not stand in the asked region"
    if not coming:
        done = [u for u in mine if engine.projects.ended(u)]
        return ("项目已终止", "the project has ended") if len(done) == len(mine) else \
            ("已投产 (或已报投产), 供给里已有它, 不再计", "it operates, or is said to: supply has it already")
    parts = [_lack(engine, one, unit) for one in lacking]
    return "; ".join(zh for zh, _ in parts), "; ".join(en for _, en in parts)


def _lack(engine: GapEngine, one: Unit, unit: str) -> Both:
    name = engine.evidence.name(one.project)
    if one.gross is None:
        return f"{name} 没有产能数字", f"{name} has no figure of its capacity"
    given = f"{one.gross:.6g} {one.adds['unit'] or '—'}"
    return f"{name} 的 {given} 不能换算成 {unit or '—'}", f"{given} of {name} does not convert to {unit or '—'}"
