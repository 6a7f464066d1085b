"""Points of a scorecard, and what is known of a total while some of its values are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Interval = tuple[float, float | None]
"""Lowest and highest points; None where no highest is published."""


def ratio(value: float, base: float, points: float, most: float | None) -> float:
    """Value ÷ base × points, at least 0 and at most ``most``.

    As 黄岩 (2023) scores 亩均税收 (÷ 24.097 × 30) and 淮安 (2024) sums its three ratios; base above 0.
    """
    got = max(0.0, value / base * points)
    return got if most is None else min(got, most)


def linear(value: float, low: float, high: float, points: float) -> float:
    """0 at ``low``, all the points at ``high``, straight between; the two differ, and ``low`` may be the greater (less is better).

    The min-max rule of multi-criteria scoring on fixed reference bounds (OECD/JRC Handbook on Composite Indicators, 2008).
    """
    return points * min(1.0, max(0.0, (value - low) / (high - low)))


def steps(value: float, table: Sequence[tuple[float, float]]) -> float:
    """Points of the last step whose threshold the value reaches, 0 below the first; thresholds ascend."""
    return next((points for least, points in reversed(table) if value >= least), 0.0)


def total(parts: Iterable[Interval]) -> Interval:
    """Sum of intervals; without a highest where one of them has none."""
    low, high = 0.0, 0.0
    unbounded = False
    for least, most in parts:
        low += least
        unbounded |= most is None
        high += most or 0.0
    return low, None if unbounded else high
