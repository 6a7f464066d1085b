"""What to find out next: every question is tried on the one engine, and those whose answers change most come first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.answers import GapRow
from analysis.gaps import GapEngine
from analysis.parts import AtRisk, Rank, Source, Step
from analysis.questions import KINDS, Candidate, candidates
from analysis.supposing import Blank, Standing, Supposing
from analysis.words import GAP_VERDICTS, VERDICTS
from formulas.ratios import completeness
from graph.clocks import Seen
from graph.facts import Value


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A verdict that some answer changes: from ``now`` to one of ``may``."""

    node: str
    now: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """环节齐备率 of a chain, now and between what the answers make of it; None where no needed node's state is known."""

    chain: str
    now: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked of ``to`` (a region), why it matters, and the facts that its answer fills in.

    ``kind``: state, list, figure, size, conflict or coefficient. ``known`` is what is known now. ``at_risk`` is what
    stops today where the node's outside supply is cut: () nothing, None where that cannot be computed.
    """

    kind: str
    node: str
    chains: tuple[str, ...]
    to: str
    zh: str
    en: str
    known: tuple[Step, ...]
    changes: tuple[VerdictChange, ...]
    shifts: tuple[Shift, ...]
    at_risk: tuple[AtRisk, ...] | None
    rank: Rank
    sources: tuple[Source, ...]
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class FindOut:
    """Answer to: what should be asked next, and of whom? ``chain`` None: of all chains."""

    question: str
    region: str
    chain: str | None
    as_of: date
    known_by: date
    audience: str
    rows: tuple[Question, ...]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A candidate with what its answers change; ``key`` sorts, least first."""

    candidate: Candidate
    changes: tuple[VerdictChange, ...]
    shifts: tuple[Shift, ...]
    at_risk: tuple[AtRisk, ...] | None
    key: tuple[float | str, ...]


def find_out(engine: GapEngine, rows: Mapping[str, Sequence[GapRow]]) -> tuple[Question, ...]:
    """The questions about some chains (``rows`` by chain), ranked."""
    supposing = Supposing(engine)
    by_node: dict[str, GapRow] = {}
    for chain in rows:
        named = {r.node: r for r in rows[chain]}
        by_node |= {n: named[engine.evidence.nodes[n].name] for n in engine.evidence.judged(chain) if n not in by_node}
    order = {n: place for place, n in enumerate(supposing.judged)}
    tried: list[_Tried] = []
    before: dict[tuple[Value, ...], _Tried] = {}
    for one in candidates(engine, by_node):
        same = (before.get(one.like) if one.like else None) or _tried(supposing, one, by_node, order)
        before |= {one.like: same} if one.like else {}
        tried.append(replace(same, candidate=one, key=(*same.key[:-1], one.zh)))
    return tuple(_question(engine, t, place) for place, t in enumerate(sorted(tried, key=lambda t: t.key), start=1))


def _tried(supposing: Supposing, candidate: Candidate, rows: Mapping[str, GapRow], order: Mapping[str, int]) -> _Tried:
    outcomes = [_outcome(supposing, candidate, answer) for answer in candidate.answers]
    changes = _changes(supposing, outcomes)
    shifts = _shifts(supposing, outcomes)
    risk = rows[candidate.node].output_at_risk if candidate.node in rows else ()
    parts = tuple(-part for part in _parts(changes, shifts, risk))
    place = (order.get(candidate.node, -1), KINDS.index(candidate.kind))
    return _Tried(candidate, changes, shifts, risk, (*parts, *place, candidate.zh))


def _outcome(supposing: Supposing, candidate: Candidate, answer: tuple[Seen, ...]) -> dict[str, Standing]:
    """What the engine says after an answer, of the asked nodes that it changes."""
    after = supposing.after(candidate.about, *answer)
    return {n: s for n, s in after.items() if n in supposing.now and s != supposing.now[n]}


def _changes(supposing: Supposing, outcomes: Iterable[Mapping[str, Standing]]) -> tuple[VerdictChange, ...]:
    may: dict[str, set[str]] = {}
    for outcome in outcomes:
        for node, after in outcome.items():
            if after.verdict != supposing.now[node].verdict:
                may.setdefault(node, set()).add(after.verdict)
    names, now = supposing.evidence.nodes, supposing.now
    return tuple(VerdictChange(names[n].name, now[n].verdict, tuple(v for v in VERDICTS if v in may[n])) for n in now if n in may)


def _shifts(supposing: Supposing, outcomes: Sequence[Mapping[str, Standing]]) -> tuple[Shift, ...]:
    """Of the chains whose completeness some answer changes."""
    out = []
    for chain in supposing.evidence.chains:
        nodes = supposing.evidence.judged(chain)
        now = _complete(supposing.now[n] for n in nodes)
        after = [now, *(_complete(o.get(n, supposing.now[n]) for n in nodes)
                        for o in outcomes if not o.keys().isdisjoint(nodes))]
        sure = [share for share in after if share is not None]
        if any(share != now for share in after):
            out.append(Shift(chain, now, min(sure), max(sure)))
    return tuple(out)


def _complete(standings: Iterable[Standing]) -> float | None:
    return completeness((s.verdict != "unknown", s.stands) for s in standings if s.needed)


def _parts(changes: tuple[VerdictChange, ...], shifts: tuple[Shift, ...], risk: tuple[AtRisk, ...] | None) -> tuple[float, ...]:
    """Changed gap verdicts, changed verdicts, the widest move of a completeness, running shares at risk.

    A completeness that becomes known at all has moved the whole way.
    """
    gaps = sum(1 for c in changes if {c.now, *c.may} & set(GAP_VERDICTS))
    wide = max((_move(s) for s in shifts), default=0.0)
    return gaps, len(changes), wide, round(sum(r.share or 0.0 for r in risk or ()), 9)


def _move(shift: Shift) -> float:
    if shift.now is None or shift.low is None or shift.high is None:
        return 1.0
    return max(shift.high - shift.now, shift.now - shift.low)


def _question(engine: GapEngine, tried: _Tried, place: int) -> Question:
    evidence, one = engine.evidence, tried.candidate
    ids = sorted({s for step in one.known for s in step.sources})
    chains = one.chains or tuple(c for c in evidence.chains if one.node in evidence.judged(c))
    return Question(one.kind, evidence.nodes[one.node].name if one.node else "", chains, one.to, one.zh, one.en, one.known,
                    tried.changes, tried.shifts, tried.at_risk, _rank(tried, place),
                    tuple(evidence.source(id) for id in ids), one.blanks)


def _rank(tried: _Tried, place: int) -> Rank:
    gaps, every, wide, risk = _parts(tried.changes, tried.shifts, tried.at_risk)
    first = any(s.now is None for s in tried.shifts)
    moves = ("由未知变为可知", "becomes known") if first else (f"{wide * 100:.3g} 点", f"{wide * 100:.3g} points")
    stops = ("未知", "unknown") if tried.at_risk is None else (f"{risk:.3g}", f"{risk:.3g}")
    return Rank(place, (
        ("gaps", f"空白点判定 {gaps:.0f}", f"gap verdicts {gaps:.0f}"), ("verdicts", f"判定 {every:.0f}", f"verdicts {every:.0f}"),
        ("completeness", f"齐备率 {moves[0]}", f"completeness {moves[1]}"),
        ("at-risk", f"限产份额 {stops[0]}", f"shares at risk {stops[1]}")))
