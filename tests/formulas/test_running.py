"""Running shares against corners counted out by hand, another solver, and the shortcut against the programme."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from formulas.running import Balance, along, per_unit, price, programme, shares, step, sum_per_unit

AMOUNTS = st.floats(0.1, 9).map(lambda v: round(v, 2))


@st.composite
def systems(draw: st.DrawFn, most: int = 6, cycles: bool = True) -> tuple[int, list[Balance]]:
    """Balances that full running meets but for the first, whose outside supply is cut; now and then with spare supply."""
    count = draw(st.integers(1, most))
    found = []
    for maker in range(-1, count - 1):
        columns = range(count) if cycles else range(maker + 1, count)
        takes = tuple((i, draw(AMOUNTS)) for i in sorted(draw(st.sets(st.sampled_from(columns), max_size=3))))
        makes = ((maker, draw(AMOUNTS)),) if maker >= 0 else ()
        short = sum(a for _, a in takes) - sum(a for _, a in makes)
        found.append(Balance(takes, makes, max(short, 0.0)))
    first = found[0]
    part = draw(st.sampled_from((0.0, 0.3, 0.8)))
    return count, [Balance(first.takes, first.makes, round(part * first.outside, 6)), *found[1:]]


def half_spaces(count: int, balances: list[Balance]) -> tuple[np.ndarray, np.ndarray]:
    """All a·x ≤ b of the columns, their bounds among them."""
    rows, limits = [*np.eye(count), *-np.eye(count)], [1.0] * count + [0.0] * count
    for balance in balances:
        row = np.zeros(count)
        for sign, side in ((1, balance.takes), (-1, balance.makes)):
            for i, amount in side:
                row[i] += sign * amount
        rows.append(row)
        limits.append(balance.outside)
    return np.array(rows), np.array(limits)


def by_corners(rows: np.ndarray, limits: np.ndarray, aim: np.ndarray) -> float:
    """Greatest aim·x over all corners that keep every row: no solver."""
    best = -np.inf
    for chosen in combinations(range(len(rows)), rows.shape[1]):
        corner = rows[list(chosen)]
        if abs(np.linalg.det(corner)) > 1e-9:
            x = np.linalg.solve(corner, limits[list(chosen)])
            if (rows @ x <= limits + 1e-9).all():
                best = max(best, float(aim @ x))
    return best


def with_smallest(rows: np.ndarray, count: int) -> np.ndarray:
    """Another column t, and the rows t ≤ each share."""
    wide = np.hstack([rows, np.zeros((len(rows), 1))])
    return np.vstack([wide, np.hstack([-np.eye(count), np.ones((count, 1))])])


@given(systems(most=3))
def test_smallest_share_and_sum_as_counted_out_over_all_corners(system: tuple[int, list[Balance]]) -> None:
    count, balances = system
    rows, limits = half_spaces(count, balances)
    aim = np.eye(count + 1)[count]
    floor = by_corners(with_smallest(rows, count), np.append(limits, np.zeros(count)), aim)
    total = by_corners(np.vstack([rows, -np.eye(count)]), np.append(limits, np.full(count, -floor + 1e-12)), np.ones(count))
    x = np.array(programme(count, balances))
    assert (rows @ x <= limits + 1e-8).all()
    assert (min(x), sum(x)) == (pytest.approx(floor, abs=1e-8), pytest.approx(total, abs=1e-7))


def by_scipy(count: int, balances: list[Balance]) -> tuple[float, float]:
    rows, limits = half_spaces(count, balances)
    first = linprog([0.0] * count + [-1.0], with_smallest(rows, count), np.append(limits, np.zeros(count)), bounds=(0, 1))
    second = linprog([-1.0] * count, rows, limits, bounds=(max(first.x[count] - 1e-11, 0), 1))
    return float(first.x[count]), float(-second.fun)


@given(systems())
def test_smallest_share_and_sum_as_by_another_solver(system: tuple[int, list[Balance]]) -> None:
    x = programme(*system)
    floor, total = by_scipy(*system)
    assert (min(x), sum(x)) == (pytest.approx(floor, abs=1e-7), pytest.approx(total, abs=1e-6))


@given(st.one_of(systems(cycles=False), systems(cycles=False).map(lambda s: (s[0], s[1][:1]))))
def test_the_shortcut_is_the_programme(system: tuple[int, list[Balance]]) -> None:
    short = along(*system)
    assume(short is not None)
    assert short == pytest.approx(programme(*system), abs=1e-9)


def test_the_shortcut_is_taken_where_nothing_is_to_choose() -> None:
    line = [Balance(((0, 4.0),), (), 1.0), Balance(((1, 3.0),), ((0, 2.0),), 1.0)]
    assert along(2, line) == (0.25, 0.5) == shares(2, line)
    assert along(2, [Balance(((0, 1.0), (1, 3.0)), (), 2.0)]) == (0.5, 0.5)
    assert along(2, [Balance(((0, 1.0), (1, 3.0)), (), 2.0), line[1]]) is None


@pytest.mark.parametrize(("balances", "expected"), [
    ([Balance(((0, 1.0), (1, 3.0)), (), 2.0)], (0.5, 0.5)),  # who takes more gets no more of it
    ([Balance(((0, 1.0), (1, 3.0)), (), 0.0)], (0.0, 0.0)),
    ([Balance(((0, 2.0),), (), 1.0), Balance(((1, 1.0), (2, 4.0)), ((0, 4.0),), 1.0)], (0.5, 1.0, 0.5)),
], ids=["one input, two takers", "nothing left", "a choice behind"])
def test_who_gets_what_is_short(balances: list[Balance], expected: tuple[float, ...]) -> None:
    assert programme(len(expected), balances) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("scarce", "expected"), [(0, (0.2, 1, 0.3)), (1, (1, 0.2, 0.3)), (2, (1, 0.3, 0.2))])
def test_equal_sums_go_to_the_first(scarce: int, expected: tuple[float, ...]) -> None:
    """Whichever order the rows come in: there is one answer, not the solver's whim."""
    tie = [Balance(((0, 1.0), (1, 1.0), (2, 1.0)), (), 1.5), Balance(((scarce, 1.0),), (), 0.2)]
    assert programme(3, tie) == programme(3, tie[::-1]) == pytest.approx(expected, abs=1e-9)


def test_a_stopped_column_stops_what_lives_on_it() -> None:
    line = [Balance((), (), 0.0), Balance(((1, 2.0),), ((0, 1.5),), 0.5)]
    assert along(2, line, [0]) == (0.0, 0.25) == programme(2, line, [0])


def test_a_loop_that_gives_less_than_it_takes_comes_to_rest() -> None:
    """x = (1 + 2·y) / 4 and y = x: half of what is missing goes round."""
    loop = [Balance(((0, 4.0),), ((1, 2.0),), 1.0), Balance(((1, 3.0),), ((0, 3.0),), 0.0)]
    assert along(2, loop) is None
    assert shares(2, loop) == pytest.approx((0.5, 0.5), abs=1e-9)


def moved(balances: list[Balance], by: float) -> list[Balance]:
    return [Balance(balances[0].takes, balances[0].makes, balances[0].outside + by), *balances[1:]]


@given(systems())
def test_the_dual_is_what_one_more_unit_does(system: tuple[int, list[Balance]]) -> None:
    """By another solver, from just above: a corner (nothing at all comes in) included."""
    count, balances = system
    assume(balances[0].takes)
    width = step(balances[0]) / 4
    steps = [by_scipy(count, moved(balances, at * width))[1] for at in (1, 2, 3)]
    assume(abs(steps[2] - 2 * steps[1] + steps[0]) < 1e-9)  # no bend just there
    measured = (steps[2] - steps[0]) / (2 * width)
    assert price(count, balances, 0) == pytest.approx(measured, rel=1e-4, abs=1e-4)


@given(systems())
def test_the_worth_of_the_parts_is_the_worth_of_all(system: tuple[int, list[Balance]]) -> None:
    count, balances = system
    assume(balances[0].takes)
    dual = pytest.approx(price(count, balances, 0), rel=1e-3, abs=1e-3)
    assert sum(per_unit(count, balances, 0)) == dual and sum_per_unit(count, balances, 0) == dual


def test_kilotonnes_beside_grams() -> None:
    uneven = [Balance(((0, 1e-6), (1, 3e6)), (), 1.5e6), Balance(((2, 1e9),), ((1, 1e9),), 0.0)]
    assert programme(3, uneven) == pytest.approx((1.0, 0.5, 0.5), abs=1e-6)


def test_the_solver_is_silent_and_only_loaded_when_asked() -> None:
    """JSON goes to the same standard output."""
    code = ("import sys; from formulas.running import Balance, shares, programme\n"
            "line = [Balance(((0, 4.0),), (), 1.0)]; shares(1, line); print('numpy' in sys.modules, 'highspy' in sys.modules)\n"
            "print(programme(1, line))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.split("\n"), done.stderr) == (["False False", "(0.25,)", ""], "")
