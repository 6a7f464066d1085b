"""How good an order of guesses is: average precision and precision@k, with guesses of the same score taken together.

A piece is (score, guesses with it, hits among them): millions of guesses that all score 0 are one piece.
"""

from __future__ import annotations

from collections.abc import Iterable

Piece = tuple[float, int, int]


def tied(pieces: Iterable[Piece]) -> list[Piece]:
    """One piece a score (to nine digits), the greatest first."""
    sums: dict[float, tuple[int, int]] = {}
    for score, size, hits in pieces:
        key = round(score, 9) + 0.0
        had = sums.get(key, (0, 0))
        sums[key] = had[0] + size, had[1] + hits
    return [(score, size, hits) for score, (size, hits) in sorted(sums.items(), reverse=True) if size]


def average_precision(pieces: Iterable[Piece]) -> float | None:
    """Σ (R_k − R_{k−1}) · P_k over the scores as thresholds, greatest first (Manning, Raghavan, Schütze 2008, 8.4; without
    interpolation, as scikit-learn has it); None without a hit."""
    order = tied(pieces)
    total, seen, found, out = sum(hits for _, _, hits in order), 0, 0, 0.0
    for _, size, hits in order:
        seen, found = seen + size, found + hits
        out += hits * found / seen
    return out / total if total else None


def precision_at(pieces: Iterable[Piece], k: int) -> float | None:
    """Share of hits among the first k, ties in random order: its expectation (McSherry, Najork 2008); None where there are fewer than k."""
    left, found = k, 0.0
    for _, size, hits in tied(pieces):
        taken = min(left, size)
        found, left = found + hits * taken / size, left - taken
    return found / k if k > 0 and not left else None
