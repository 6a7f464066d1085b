"""Where we stand among regions: factors on fixed bounds, three methods, how firm the ranks are, and what would change them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.cited import Cited
from analysis.factors import Factor, Profile
from analysis.parts import Source
from formulas.scoring import bounded, kendall, ranks, topsis, unbounded, vikor, weighted_sum
from formulas.weights import blend, cap, critic, entropy

DRAWS = 500
"""Perturbed sets of weights."""
MIDDLE = 0.5
"""Where an unknown factor stands for the point scores only: its effect is told by the intervals."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A factor in a region, in the factor's unit; ``normal`` 0 … 1 on its bounds. None: no public figure.

    ``inherited``: the wider region that published it, '' where it is the region's own. ``other_unit``: a figure exists, in a unit
    that does not convert; ``other_scope``: one exists, of a scope that is not the compared one. Neither is counted.
    """

    factor: str
    value: float | None
    unit: str
    normal: float | None
    inherited: str
    period: str
    scope: str
    other_unit: str
    other_scope: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """``given`` by judgements, ``found`` from figures (None: too few), ``used`` after blending and capping."""

    factor: str
    en: str
    unit: str
    worse: float
    best: float
    why: str
    movable: bool
    given: float
    found: float | None
    used: float


@dataclass(frozen=True, slots=True)
class Effect:
    """The rank by weighted sum with one unknown factor at its best and at its worse bound, the other unknowns in the middle."""

    factor: str
    rank_best: int
    rank_worst: int


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A region. ``sum``, ``topsis``: more is better; ``vikor``: less is. ``low`` … ``high``: the sum with the unknown at either bound.

    ``rank_low`` … ``rank_high``: the ranks that the unknown leaves open; ``firm_low`` … ``firm_high``: those met under perturbed weights.
    A region without any figure has bounds and open ranks alone: the others are ranked without it.
    """

    region: str
    rank: int | None
    sum: float | None
    low: float
    high: float
    topsis: float | None
    vikor: float | None
    rank_topsis: int | None
    rank_vikor: int | None
    rank_low: int
    rank_high: int
    firm_low: int | None
    firm_high: int | None
    readings: tuple[Reading, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """The least move of one factor of ours, all else as it is, that makes us first (``gains``) or no longer the only first.

    ``now`` None: nobody published it, ``needed`` is then the value it must have. ``needed`` None: no value within the bounds does.
    ``normal``: how far that is on the bounds, for an unknown one from the middle.
    """

    factor: str
    movable: bool
    gains: bool
    now: float | None
    needed: float | None
    unit: str
    normal: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    one: str
    other: str
    tau: float | None


@dataclass(frozen=True, slots=True)
class Compare:
    """Answer to: how do we stand against these regions for this project or chain node?"""

    question: str
    region: str
    about: str
    nodes: tuple[str, ...]
    as_of: date
    known_by: date
    audience: str
    kind: tuple[str, str]
    composed: bool
    cr: float | None
    objective: str
    weights: tuple[Weight, ...]
    rows: tuple[CompareRow, ...]
    agreement: tuple[Agreement, ...]
    moves: tuple[Move, ...]
    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()


def normal(factor: Factor, value: float | None) -> float | None:
    return None if value is None else round(bounded(value, factor.worse, factor.best), 12)


TELLING = 4
"""Different values from which on a factor's figures say anything of its weight: the same one everywhere is no reason for nought."""


def weighed(of: Profile, reference: Sequence[Sequence[float | None]]) -> tuple[Weight, ...]:
    """Weights; the found ones rest on ``reference`` (a column a factor), every region with figures, so a rival moves no weight.

    A factor of fewer than ``TELLING`` different values keeps the weight it was judged to have.
    """
    telling = [c if len({v for v in c if v is not None}) >= TELLING else [None] * len(c) for c in reference]
    found = (critic if of.objective == "critic" else entropy)(telling)
    used = cap(blend(of.given, found, of.blend), of.cap)
    return tuple(Weight(f.name, f.en, f.unit, f.worse, f.best, f.why, f.movable, round(g, 9), None if w is None else round(w, 9), round(u, 9))
                 for f, g, w, u in zip(of.factors, of.given, found, used, strict=True))


def compared(readings: Mapping[str, tuple[Reading, ...]], weights: tuple[Weight, ...], of: Profile) -> tuple[CompareRow, ...]:
    """A row a region, first rank first, those without any figure last."""
    w, names = [x.used for x in weights], list(readings)
    low, high = ([round(weighted_sum(r, w), 9) for r in _filled(readings, at)] for at in (0.0, 1.0))
    open_ = {name: (low[i], high[i], 1 + sum(o > high[i] for j, o in enumerate(low) if j != i),
                    1 + sum(o > low[i] for j, o in enumerate(high) if j != i)) for i, name in enumerate(names)}
    placed = _placed({name: row for name, row in readings.items() if any(r.normal is not None for r in row)}, open_, w, of)
    blank = [CompareRow(name, None, None, *open_[name][:2], None, None, None, None, *open_[name][2:], None, None, readings[name], ())
             for name in sorted(readings.keys() - {row.region for row in placed})]
    return (*sorted(placed, key=lambda r: (r.rank or 0, r.region)), *blank)


def _placed(readings: Mapping[str, tuple[Reading, ...]], open_: Mapping[str, tuple[float, float, int, int]], w: list[float],
            of: Profile) -> list[CompareRow]:
    """Regions with a figure, ranked among themselves, what is unknown of them in the middle."""
    if not readings:
        return []
    middle = _filled(readings, MIDDLE)
    sums, ideal, far = ([round(method(r, w), 9) for r in middle] for method in (weighted_sum, topsis, vikor))
    by = ranks(sums), ranks(ideal), ranks([-q for q in far])
    firm = list(zip(*_perturbed(middle, w, of), strict=True))
    return [CompareRow(name, by[0][i], sums[i], *open_[name][:2], ideal[i], far[i], by[1][i], by[2][i], *open_[name][2:],
                       min(firm[i]), max(firm[i]), readings[name], _effects(i, readings[name], middle, w)) for i, name in enumerate(readings)]


def _filled(readings: Mapping[str, tuple[Reading, ...]], unknown: float) -> list[list[float]]:
    return [[unknown if r.normal is None else r.normal for r in row] for row in readings.values()]


def _perturbed(rows: list[list[float]], weights: list[float], of: Profile) -> list[list[int]]:
    """Ranks under weights each moved by up to ± ``perturb``, drawn with the seed, and under the weights themselves."""
    drawn, out = random.Random(of.seed), [ranks([weighted_sum(r, weights) for r in rows])]
    for _ in range(DRAWS):
        moved = [w * (1 + of.perturb * (2 * drawn.random() - 1)) for w in weights]
        out.append(ranks([weighted_sum(r, moved) / sum(moved) for r in rows]))
    return out


def _effects(i: int, readings: tuple[Reading, ...], rows: list[list[float]], weights: list[float]) -> tuple[Effect, ...]:
    def rank(j: int, at: float) -> int:
        moved = [[*row[:j], at, *row[j + 1:]] if k == i else row for k, row in enumerate(rows)]
        return ranks([weighted_sum(r, weights) for r in moved])[i]
    return tuple(Effect(r.factor, rank(j, 1.0), rank(j, 0.0)) for j, r in enumerate(readings) if r.normal is None)


def moves(us: str, rows: tuple[CompareRow, ...], of: Profile, weights: tuple[Weight, ...]) -> tuple[Move, ...]:
    """Of each factor the value here that evens us with the best other; what the city can move first, then the least move. () where we,
    or all others, are without any figure."""
    ours = next(r for r in rows if r.region == us)
    best, own = max((r.sum for r in rows if r.region != us and r.sum is not None), default=None), ours.sum
    if best is None or own is None:
        return ()
    out = [_move(factor, reading, (best - own) / weight.used, own <= best)
           for factor, weight, reading in zip(of.factors, weights, ours.readings, strict=True) if weight.used]
    return tuple(sorted(out, key=lambda m: (not m.movable, m.needed is None, m.normal or 0.0, m.factor)))


def _move(factor: Factor, reading: Reading, far: float, gains: bool) -> Move:
    at = (MIDDLE if reading.normal is None else reading.normal) + far
    if not -1e-9 <= at <= 1 + 1e-9:
        return Move(factor.name, factor.movable, gains, reading.value, None, factor.unit, None)
    needed = float(f"{unbounded(at, factor.worse, factor.best):.9g}")
    return Move(factor.name, factor.movable, gains, reading.value, needed, factor.unit, round(abs(far), 9))


def agreement(rows: tuple[CompareRow, ...]) -> tuple[Agreement, ...]:
    """Kendall's τ between the rankings of the three methods."""
    found = [(r.sum, r.topsis, -r.vikor) for r in rows if r.sum is not None and r.topsis is not None and r.vikor is not None]
    scores = {name: [one[i] for one in found] for i, name in enumerate(("sum", "topsis", "vikor"))}
    pairs = (("sum", "topsis"), ("sum", "vikor"), ("topsis", "vikor"))
    return tuple(Agreement(a, b, None if (t := kendall(scores[a], scores[b])) is None else round(t, 9)) for a, b in pairs)
