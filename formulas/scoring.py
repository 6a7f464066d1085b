"""Scores of alternatives on fixed reference bounds, and how far two rankings agree.

Values are normalised to 0 (the worse bound) … 1 (the better one). TOPSIS and VIKOR are measured from these two ends and not from
the best and worst of the sample: as if an ideal and an anti-ideal alternative stood among the compared. So a score is nobody else's
business, and another alternative turns no order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def bounded(value: float, worse: float, better: float) -> float:
    """Linear between fixed bounds, 0 at ``worse`` and 1 at ``better`` (either may be the greater), cut off beyond them."""
    return min(1.0, max(0.0, (value - worse) / (better - worse)))


def unbounded(normal: float, worse: float, better: float) -> float:
    """The value at a place between the bounds: the inverse of ``bounded``."""
    return worse + normal * (better - worse)


def weighted_sum(row: Sequence[float], weights: Sequence[float]) -> float:
    """Σ w · r (Fishburn 1967): 0 to 1, more is better."""
    return math.fsum(w * r for w, r in zip(weights, row, strict=True))


def topsis(row: Sequence[float], weights: Sequence[float]) -> float:
    """D⁻ / (D⁻ + D⁺), Euclidean distances to the anti-ideal and the ideal (Hwang, Yoon 1981): 0 to 1, more is better."""
    worst = math.sqrt(math.fsum((w * r) ** 2 for w, r in zip(weights, row, strict=True)))
    best = math.sqrt(math.fsum((w * (1 - r)) ** 2 for w, r in zip(weights, row, strict=True)))
    return worst / (worst + best)


def vikor(row: Sequence[float], weights: Sequence[float], v: float = 0.5) -> float:
    """Q = v·S + (1 − v)·R / max w, S = Σ w(1 − r), R = max w(1 − r) (Opricovic, Tzeng 2004): 0 to 1, less is better."""
    lost = [w * (1 - r) for w, r in zip(weights, row, strict=True)]
    return v * math.fsum(lost) + (1 - v) * max(lost) / max(weights)


def ranks(scores: Sequence[float]) -> list[int]:
    """1 is the greatest; equal ones (to nine digits) share the better rank."""
    near = [round(s, 9) for s in scores]
    return [1 + sum(other > one for other in near) for one in near]


def kendall(one: Sequence[float], other: Sequence[float]) -> float | None:
    """τ-b (Kendall 1945), corrected for ties; None where one of them ties all."""
    pairs = [(_sign(one[i] - one[j]), _sign(other[i] - other[j])) for i in range(len(one)) for j in range(i)]
    untied = [sum(p[k] != 0 for p in pairs) for k in (0, 1)]
    return sum(a * b for a, b in pairs) / math.sqrt(untied[0] * untied[1]) if all(untied) else None


def _sign(value: float) -> int:
    return (value > 1e-9) - (value < -1e-9)
