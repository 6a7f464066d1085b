"""Ratios of supply and demand, as Chinese cities publish them."""

from __future__ import annotations

from collections.abc import Iterable


def coverage(supply: float, demand: float) -> float | None:
    """供需比 S/D (1.36 is printed 136 %); None where nothing is demanded.

    本地配套率 is min(S/D, 1): Baotou's plan of 2024 publishes 80 % for 790 kt of industrial
    silicon against 870 kt of polysilicon at 1.135 t/t.
    """
    return supply / demand if demand > 0 else None


def completeness(needed: Iterable[tuple[bool, bool]]) -> float | None:
    """环节齐备率 over (its state is known, it stands) of each needed node: those that stand ÷ those whose state is known.

    None where the state of none is known.
    """
    known = [stands for known, stands in needed if known]
    return sum(known) / len(known) if known else None


def weighted_coverage(nodes: Iterable[tuple[float, float, float]]) -> float | None:
    """数量保障度 Σ min(S, D)·price ÷ Σ D·price over (price, S, D); None where there is no priced demand."""
    priced = [(price * min(supply, demand), price * demand) for price, supply, demand in nodes]
    total = sum(demand for _, demand in priced)
    return sum(met for met, _ in priced) / total if total > 0 else None


def conversion(supply: float, demand: float) -> float | None:
    """就地转化率 min(D/S, 1): how much of what is made here is used here; None where nothing is made."""
    return min(demand / supply, 1.0) if supply > 0 else None


def apart(one: float, other: float) -> float:
    """How far two figures lie apart, as a share of the larger; 0 where both are 0."""
    larger = max(abs(one), abs(other))
    return abs(one - other) / larger if larger else 0.0


def tied(one: float, other: float) -> bool:
    """Whether two shares are the same to within 1e-9: what a computation adds in its last digits makes no order."""
    return abs(one - other) <= 1e-9
