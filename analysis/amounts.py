"""Figures in one unit: what converts is converted by our own registry, what does not is told apart and never a zero."""

from __future__ import annotations

from functools import cache

from graph import units


@cache
def factor(unit: str, to: str) -> float | None:
    """What a capacity in ``unit`` is multiplied by to be in ``to``; None where the two do not convert.

    A number without a unit may be kt or 万吨: it converts into nothing, and nothing into it.
    """
    if unit == to:
        return 1.0
    if not unit or not to:
        return None
    value, reached = units.capacity(1.0, unit, to)
    return value if reached == to else None


def into(value: float | None, unit: str, to: str) -> float | None:
    """A figure in ``to``; None where it is unknown or does not convert."""
    times = factor(unit, to)
    return None if value is None or times is None else float(f"{value * times:.15g}")


@cache
def per(unit: str, upstream: str, downstream: str) -> float | None:
    """What makes a coefficient in ``unit`` one of upstream's unit for each of downstream's, both a year; None for none."""
    over, _, under = unit.partition("/")
    if over == _undated(upstream) and (under == _undated(downstream) or not under):
        return 1.0  # as the loader writes them: kt/GW; no need to ask the registry
    return units.per(unit, upstream, downstream)


def _undated(unit: str) -> str:
    for ending in ("/年", "/a"):
        unit = unit.removesuffix(ending)
    return unit


def named(unit: str) -> tuple[str, str]:
    """A unit as it is printed, in both languages."""
    return (unit, unit) if unit else ("(无单位)", "(no unit)")
