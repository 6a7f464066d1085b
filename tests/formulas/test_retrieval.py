"""Average precision against scikit-learn, precision@k against every order of the ties, and by hand."""

from __future__ import annotations

from itertools import permutations
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from formulas.retrieval import average_precision, precision_at, tied

GUESSES = st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=30)


@given(GUESSES.filter(lambda guesses: any(hit for _, hit in guesses)))
def test_average_precision_is_scikit_learns(guesses: list[tuple[int, bool]]) -> None:
    found = average_precision([(score / 4, 1, int(hit)) for score, hit in guesses])
    assert found == pytest.approx(average_precision_score([hit for _, hit in guesses], [s / 4 for s, _ in guesses]), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6), st.integers(1, 6))
def test_precision_is_the_mean_over_all_orders_of_ties(guesses: list[tuple[int, bool]], k: int) -> None:
    found = precision_at([(float(score), 1, int(hit)) for score, hit in guesses], k)
    if k > len(guesses):
        assert found is None
        return
    orders = [sorted(order, key=lambda one: -one[0]) for order in permutations(guesses)]
    assert found == pytest.approx(fmean(sum(hit for _, hit in order[:k]) / k for order in orders))


def test_by_hand() -> None:
    pieces = [(0.9, 1, 1), (0.5, 2, 1), (0.0, 97, 0)]
    assert average_precision(pieces) == pytest.approx((1 * 1 + 1 * 2 / 3) / 2)
    assert precision_at(pieces, 2) == pytest.approx(0.75) and precision_at(pieces, 101) is None


def test_nothing_found_has_no_precision() -> None:
    assert average_precision([(1.0, 3, 0)]) is None and average_precision([]) is None and precision_at([], 0) is None


@given(GUESSES)
def test_pieces_of_one_score_are_one(guesses: list[tuple[int, bool]]) -> None:
    pieces = [(score + 1e-12, 1, int(hit)) for score, hit in guesses]
    assert len(tied(pieces)) == len({score for score, _ in guesses})
    assert average_precision(pieces) == average_precision(tied(pieces))
