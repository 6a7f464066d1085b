"""Scores against pymcdm with the two ideals added to the sample, τ against scipy, and that a rival turns no order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import TOPSIS, VIKOR, WSM
from scipy.stats import kendalltau

from formulas.scoring import bounded, kendall, ranks, topsis, unbounded, vikor, weighted_sum

UNIT = st.floats(0, 1)
ROWS = st.lists(st.lists(UNIT, min_size=4, max_size=4), min_size=2, max_size=6)
WEIGHTS = st.lists(st.floats(0.05, 1), min_size=4, max_size=4).map(lambda w: [x / sum(w) for x in w])


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
@given(ROWS, WEIGHTS)
def test_scores_are_pymcdms(rows: list[list[float]], weights: list[float]) -> None:
    framed, w, more = np.array([*rows, [1.0] * 4, [0.0] * 4]), np.array(weights), np.ones(4)
    assert [topsis(r, weights) for r in rows] == pytest.approx(list(TOPSIS()(framed, w, more))[:-2], abs=1e-9)
    assert [vikor(r, weights) for r in rows] == pytest.approx(list(VIKOR()(framed, w, more))[:-2], abs=1e-9)
    plain = list(WSM(normalization_function=lambda column, cost=False: column)(framed, w, more))[:-2]
    assert [weighted_sum(r, weights) for r in rows] == pytest.approx(plain, abs=1e-9)


@given(ROWS, WEIGHTS, st.lists(UNIT, min_size=4, max_size=4))
def test_another_rival_turns_no_order(rows: list[list[float]], weights: list[float], rival: list[float]) -> None:
    for score in (weighted_sum, topsis, lambda r, w: -vikor(r, w)):
        alone = ranks([score(r, weights) for r in rows])
        beside = ranks([score(r, weights) for r in [*rows, rival]])
        assert [(a < b, a == b) for a, b in pairwise(alone)] == [(a < b, a == b) for a, b in pairwise(beside[:-1])]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8))
def test_tau_is_scipys(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert kendall(one, other) == pytest.approx(kendalltau(one, other).statistic, abs=1e-9)
    else:
        assert kendall(one, other) is None


def test_bounds_work_both_ways_and_cut_off() -> None:
    assert (bounded(0.3, 0.8, 0.2), bounded(9, 0, 5), bounded(-1, 0, 5)) == (pytest.approx(5 / 6), 1, 0)
    assert unbounded(bounded(0.3, 0.8, 0.2), 0.8, 0.2) == pytest.approx(0.3)
