"""Points by the published rules, and what is known of a total."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formulas import scorecard

NUMBERS = st.floats(0, 1e6).map(lambda v: round(v, 3))


def test_a_ratio_is_the_value_over_the_base_times_the_points() -> None:
    assert scorecard.ratio(24.097, 24.097, 30, None) == 30
    assert scorecard.ratio(48.194, 24.097, 30, None) == 60
    assert scorecard.ratio(48.194, 24.097, 30, 30) == 30
    assert scorecard.ratio(-5, 24.097, 30, None) == 0


def test_in_proportion_between_fixed_bounds_either_way_about() -> None:
    assert [scorecard.linear(v, 0, 300, 30) for v in (-1, 0, 150, 300, 900)] == [0, 0, 15, 30, 30]
    assert [scorecard.linear(v, 30, 10, 4) for v in (40, 30, 20, 10, 0)] == [0, 0, 2, 4, 4]


def test_steps_count_from_their_threshold_on() -> None:
    table = [(1.0, 3.0), (5.0, 7.0), (10.0, 10.0)]
    assert [scorecard.steps(v, table) for v in (0.9, 1, 4.9, 5, 10, 99)] == [0, 3, 3, 7, 10, 10]


@given(st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted)))
def test_a_total_lies_between_the_sums_of_its_ends(parts: list[list[float]]) -> None:
    low, high = scorecard.total((a, b) for a, b in parts)
    assert high is not None and low <= high + 1e-6
    assert low == approx(sum(a for a, _ in parts)) and high == approx(sum(b for _, b in parts))
    assert scorecard.total([*((a, b) for a, b in parts), (1.0, None)]) == (approx(low + 1), None)


@given(NUMBERS, NUMBERS, st.floats(0.1, 1e3), st.floats(1, 100))
def test_more_never_scores_less(one: float, other: float, base: float, points: float) -> None:
    less, more = sorted((one, other))
    assert scorecard.ratio(less, base, points, None) <= scorecard.ratio(more, base, points, None)
    assert scorecard.linear(less, 0, base, points) <= scorecard.linear(more, 0, base, points)
