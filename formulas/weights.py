"""Weights of factors: from pairwise judgements (AHP), from figures (CRITIC, entropy), blended and capped."""

from __future__ import annotations

import math
from collections.abc import Sequence

Column = Sequence[float | None]
"""Normalised values of one factor over the regions; None is unknown."""
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean CI of random matrices by size, 0 to 10: Saaty, The Analytic Hierarchy Process, 1980, p. 21."""
_ROUNDS = 10_000


def ahp(matrix: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """(weights, λ): principal eigenvector with sum 1 and its value, of a positive reciprocal matrix (Saaty 1980), by power iteration."""
    size = len(matrix)
    weights, value = [1 / size] * size, float(size)
    for _ in range(_ROUNDS):
        made = [math.fsum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
        value = math.fsum(made)
        new = [m / value for m in made]
        if max(abs(n - w) for n, w in zip(new, weights, strict=True)) < 1e-15:
            break
        weights = new
    return weights, value


def consistency(matrix: Sequence[Sequence[float]]) -> float:
    """CR = (λ − n) / (n − 1) / RI (Saaty 1980); 0 up to two factors. ValueError beyond the sizes of the table."""
    size = len(matrix)
    if size >= len(RANDOM_INDEX):
        raise ValueError(f"more than {len(RANDOM_INDEX) - 1} factors")
    return 0.0 if size < 3 else max(0.0, (ahp(matrix)[1] - size) / (size - 1)) / RANDOM_INDEX[size]


def not_reciprocal(matrix: Sequence[Sequence[float]]) -> tuple[int, int] | None:
    """The first cell (row ≤ column, from 0) where a_ij · a_ji is not 1, or that is not positive."""
    for i, row in enumerate(matrix):
        for j in range(i, len(matrix)):
            if row[j] <= 0 or matrix[j][i] <= 0 or abs(row[j] * matrix[j][i] - 1) > 1e-6:
                return i, j
    return None


def most_inconsistent(matrix: Sequence[Sequence[float]]) -> tuple[int, int]:
    """The judgement (i < j) farthest from what the weights say: the greatest |ln(a_ij · w_j / w_i)| (Saaty 2003, EJOR 145, 85–91)."""
    weights, _ = ahp(matrix)
    cells = [(i, j) for i in range(len(matrix)) for j in range(i + 1, len(matrix))]
    return max(cells, key=lambda c: (round(abs(math.log(matrix[c[0]][c[1]] * weights[c[1]] / weights[c[0]])), 9), -c[0], -c[1]))


def implied(matrix: Sequence[Sequence[float]], i: int, j: int) -> float:
    """What the other judgements say of i against j: the geometric mean of a_ik · a_kj over the others k, which is a_ij where they are
    consistent (Saaty 1980: a_ik · a_kj = a_ij); at least three factors."""
    ways = [math.log(matrix[i][k] * matrix[k][j]) for k in range(len(matrix)) if k not in (i, j)]
    return math.exp(math.fsum(ways) / len(ways))


def critic(columns: Sequence[Column]) -> list[float | None]:
    """CRITIC: σ_j · Σ_k (1 − r_jk), with sum 1 (Diakoulaki, Mavrotas, Papayannakis 1995); σ with n − 1.

    A correlation rests on the regions where both are known, and is taken for 0 with fewer than three of them or where one does not
    vary. None for a factor with fewer than two known values; all None where nothing varies.
    """
    known = [[v for v in c if v is not None] for c in columns]
    spread = [_deviation(k) if len(k) > 1 else None for k in known]
    raw = [None if s is None else s * math.fsum(1 - _correlation(c, d) for k, d in enumerate(columns) if k != j and spread[k] is not None)
           for j, (c, s) in enumerate(zip(columns, spread, strict=True))]
    return _shared(raw)


def entropy(columns: Sequence[Column]) -> list[float | None]:
    """Entropy weights: 1 − E_j with E_j = −Σ p ln p / ln n, p the share in the column, with sum 1 (Shannon 1948; Hwang, Yoon 1981).

    0 · ln 0 is 0. None as for ``critic``, and for a column of zeros.
    """
    return _shared([_disorder([v for v in c if v is not None]) for c in columns])


def blend(given: Sequence[float], found: Sequence[float | None], share: float) -> list[float]:
    """(1 − share) · given + share · found; a factor without a found weight keeps its given one, the others share the rest."""
    rest = math.fsum(g for g, f in zip(given, found, strict=True) if f is not None)
    return [g if f is None else (1 - share) * g + share * f * rest for g, f in zip(given, found, strict=True)]


def cap(weights: Sequence[float], most: float) -> list[float]:
    """No weight above ``most``: what is over goes to the others in proportion, again until it holds. ``most`` at least 1/n."""
    out, held = list(weights), set[int]()
    while over := {i for i, w in enumerate(out) if w > most + 1e-12} - held:
        held |= over
        free = math.fsum(weights[i] for i in range(len(out)) if i not in held)
        rest = 1 - most * len(held)
        left = len(out) - len(held)
        out = [most if i in held else rest * w / free if free else rest / left for i, w in enumerate(weights)]
    return out


def _shared(raw: Sequence[float | None]) -> list[float | None]:
    whole = math.fsum(r for r in raw if r is not None)
    return [None if r is None or whole <= 0 else r / whole for r in raw]


def _deviation(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1))


def _correlation(one: Column, other: Column) -> float:
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    if len(both) < 3:
        return 0.0
    x, y = ([pair[i] for pair in both] for i in (0, 1))
    spread = _deviation(x) * _deviation(y)
    mean = math.fsum(x) / len(x), math.fsum(y) / len(y)
    return 0.0 if spread < 1e-12 else math.fsum((a - mean[0]) * (b - mean[1]) for a, b in both) / (len(both) - 1) / spread


def _disorder(values: Sequence[float]) -> float | None:
    whole = math.fsum(values)
    if len(values) < 2 or whole <= 0:
        return None
    return 1 + math.fsum(v / whole * math.log(v / whole) for v in values if v > 0) / math.log(len(values))
