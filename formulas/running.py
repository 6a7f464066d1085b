"""Running shares when an input is short: AND inputs, fixed proportions (Leontief), as a linear programme.

Source: W. Leontief's fixed coefficients (1936), the inoperability form of them (Haimes and Jiang 2001). HiGHS
(Huangfu and Hall 2018) solves it; it and numpy are imported only when a programme really has to be solved.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

NOISE = 1e-9
"""Shares nearer than this are the same; a solver's last digits are not printed."""
_TIE = 1e-6
_AHEAD = 1e-4


@dataclass(frozen=True, slots=True)
class Balance:
    """One input, in its own unit: Σ takes·x ≤ Σ makes·x + outside.

    ``takes`` and ``makes``: (column, amount at full run), each column once, amounts above 0.
    """

    takes: tuple[tuple[int, float], ...]
    makes: tuple[tuple[int, float], ...]
    outside: float


def shares(count: int, balances: Sequence[Balance], stopped: Collection[int] = ()) -> tuple[float, ...]:
    """Running share in [0, 1] of each of ``count`` columns: the smallest maximal, then their sum.

    ``stopped`` columns run at 0. Division along the order of the graph where that decides, else the programme.
    """
    found = along(count, balances, stopped)
    return programme(count, balances, stopped) if found is None else found


def along(count: int, balances: Sequence[Balance], stopped: Collection[int] = ()) -> tuple[float, ...] | None:
    """The same without a solver, or None where a short input of several has several takers, or they run in a cycle.

    A balance is met after all that bound its makers. Where it is short and one column takes it, that column runs at
    available ÷ amount. Each step is the most that its balance allows, so no feasible point exceeds the result in any
    column: it is the best by every order that grows with the shares. Where one input alone is short all its takers
    run at available ÷ taken: then it is used up, and nobody's share is below another's.
    """
    share = [0.0 if i in stopped else 1.0 for i in range(count)]
    order = _in_order(balances)
    if order is None:
        return None
    for balance in order:
        available = balance.outside + sum(amount * share[i] for i, amount in balance.makes)
        takers = [(i, amount) for i, amount in balance.takes if share[i] > 0]
        taken = sum(amount * share[i] for i, amount in takers)
        if taken <= available * (1 + 1e-12):
            continue
        if len(takers) > 1 and available > 0 and (len(balances) > 1 or stopped):
            return None
        for i, amount in takers:
            share[i] = available / (taken if len(takers) > 1 else amount)
    return _rounded(share)


def _in_order(balances: Sequence[Balance]) -> list[Balance] | None:
    """Each balance after those whose takers make for it; None where they run in a cycle."""
    by_taker: dict[int, set[int]] = {}
    for at, balance in enumerate(balances):
        for i, _ in balance.takes:
            by_taker.setdefault(i, set()).add(at)
    before = {at: set().union(*(by_taker.get(i, ()) for i, _ in b.makes)) for at, b in enumerate(balances)}
    try:
        return [balances[at] for at in TopologicalSorter(before).static_order()]
    except CycleError:
        return None


def programme(count: int, balances: Sequence[Balance], stopped: Collection[int] = ()) -> tuple[float, ...]:
    """The linear programme itself. Equal sums go to the first columns, so that there is one answer."""
    floor = 0.0 if stopped else max(_floor(count, balances, stopped).value, 0.0)
    costs = [-1 - _TIE * (count - i) / count for i in range(count)]
    found = _fill(count, balances, stopped, floor, costs).columns
    return _rounded([round(v, 10) for v in found])


def per_unit(count: int, balances: Sequence[Balance], at: int, stopped: Collection[int] = ()) -> tuple[float, ...]:
    """How much each share grows by one unit more from outside at ``balances[at]``, from here upwards.

    The shares are straight lines between corners; measured over a small ``step``.
    """
    width = step(balances[at])
    more = [*balances[:at], replace(balances[at], outside=balances[at].outside + width), *balances[at + 1:]]
    before, after = (shares(count, b, stopped) for b in (balances, more))
    return tuple((b - a) / width for a, b in zip(before, after, strict=True))


def sum_per_unit(count: int, balances: Sequence[Balance], at: int, stopped: Collection[int] = ()) -> float:
    """How much Σ shares grows by one unit more from outside; without a solver where there is nothing to choose."""
    if along(count, balances, stopped) is None:
        return price(count, balances, at, stopped)
    return sum(per_unit(count, balances, at, stopped))


def price(count: int, balances: Sequence[Balance], at: int, stopped: Collection[int] = ()) -> float:
    """Shadow price: how much Σ shares grows by one unit more from outside at ``balances[at]``, from here upwards.

    The dual just above: at a corner (nothing at all comes in) the dual here is not unique, and the right one is asked.
    The second programme's floor moves with the first one's value, hence the sum of two duals.
    """
    short = balances[at]
    near = [*balances[:at], replace(short, outside=short.outside + step(short) / 2), *balances[at + 1:]]
    first = _floor(count, near, stopped)
    second = _fill(count, near, stopped, max(first.value, 0.0), [-1.0] * count)
    lifted = sum(max(dual, 0.0) for i, dual in enumerate(second.reduced) if i not in stopped and first.value > 0)
    return -(second.prices[at] + lifted * -first.prices[at])


def step(balance: Balance) -> float:
    """A small step of supply: one ten-thousandth of all that is taken."""
    return _AHEAD * sum(amount for _, amount in balance.takes)


@dataclass(frozen=True, slots=True)
class _Solved:
    """``prices``: change of the minimised value by one unit of each balance; ``reduced``: by each column's bound."""

    columns: list[float]
    prices: list[float]
    reduced: list[float]
    value: float


def _floor(count: int, balances: Sequence[Balance], stopped: Collection[int]) -> _Solved:
    """Greatest smallest share: column ``count`` is it, below every other."""
    rows = [({i: -1.0, count: 1.0}, 0.0) for i in range(count)]
    upper = [0.0 if i in stopped else 1.0 for i in range(count)] + [1.0]
    found = _highs([0.0] * count + [-1.0], [0.0] * (count + 1), upper, balances, rows)
    return replace(found, value=found.columns[count])


def _fill(count: int, balances: Sequence[Balance], stopped: Collection[int], floor: float, costs: list[float]) -> _Solved:
    """Greatest sum with no share below the floor (by less than the solver's own tolerance)."""
    lower = [0.0 if i in stopped else max(floor - 1e-12, 0.0) for i in range(count)]
    return _highs(costs, lower, [0.0 if i in stopped else 1.0 for i in range(count)], balances, [])


def _highs(costs: list[float], lower: list[float], upper: list[float], balances: Sequence[Balance],
           more: list[tuple[dict[int, float], float]]) -> _Solved:
    """Minimises costs·x; each row is scaled by its largest amount, for kilotonnes meet grams."""
    rows = [_row(b) for b in balances] + more
    scale = [max(map(abs, row.values()), default=0.0) or 1.0 for row, _ in rows]
    solver = _solver(costs, lower, upper, [({i: v / s for i, v in row.items()}, limit / s)
                                           for (row, limit), s in zip(rows, scale, strict=True)])
    solution = solver.getSolution()
    prices = [dual / s for dual, s in zip(solution.row_dual, scale, strict=True)]
    return _Solved(list(solution.col_value), prices[:len(balances)], list(solution.col_dual), 0.0)


def _row(balance: Balance) -> tuple[dict[int, float], float]:
    row: dict[int, float] = {}
    for sign, side in ((1, balance.takes), (-1, balance.makes)):
        for i, amount in side:
            row[i] = row.get(i, 0.0) + sign * amount
    return row, balance.outside


def _solver(costs: list[float], lower: list[float], upper: list[float], rows: list[tuple[dict[int, float], float]]) -> Any:
    import highspy
    import numpy as np
    from highspy._core import _Highs  # highspy.Highs() prints its banner before it can be told not to

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(costs), np.array(lower), np.array(upper)
    lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = np.array([limit for _, limit in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _ in rows)])
    lp.a_matrix_.index_ = np.array([i for row, _ in rows for i in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([v for row, _ in rows for v in row.values()], dtype=float)
    solver = _Highs()
    for option, value in (("output_flag", False), ("presolve", "off"), ("threads", 1),
                          ("primal_feasibility_tolerance", 1e-10), ("dual_feasibility_tolerance", 1e-10)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:  # 0 is feasible and shares are bounded
        raise ArithmeticError(f"HiGHS: {solver.getModelStatus()}")
    return solver


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(0.0 if v < NOISE else 1.0 if v > 1 - NOISE else v for v in values)
