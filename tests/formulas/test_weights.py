"""Weights against pymcdm, and by properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.weights import critic_weights, entropy_weights

from formulas.weights import ahp, blend, cap, consistency, critic, entropy, implied, most_inconsistent, not_reciprocal

UNIT = st.floats(0.01, 1)
GRID = st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(UNIT, min_size=n, max_size=n), min_size=4, max_size=6))


def test_a_consistent_matrix_gives_its_ratios() -> None:
    weights, value = ahp([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]])
    assert weights == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-12) and value == pytest.approx(3)
    assert consistency([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]) == pytest.approx(0, abs=1e-9)


def test_the_principal_eigenvector_is_numpys() -> None:
    matrix = [[1, 3, 5, 2], [1 / 3, 1, 4, 1], [1 / 5, 1 / 4, 1, 1 / 6], [1 / 2, 1, 6, 1]]
    values, vectors = np.linalg.eig(np.array(matrix))
    at = int(np.argmax(values.real))
    assert ahp(matrix)[0] == pytest.approx(list(vectors[:, at].real / vectors[:, at].real.sum()), abs=1e-9)
    assert consistency(matrix) == pytest.approx((values[at].real - 4) / 3 / 0.9, abs=1e-9)


@pytest.mark.parametrize(("size", "mean"), [(3, 0.58), (4, 0.90), (5, 1.12), (6, 1.24), (7, 1.32), (8, 1.41), (9, 1.45), (10, 1.49)])
def test_the_mean_of_random_matrices_is_saaty_s(size: int, mean: float) -> None:
    """One judgement of a consistent matrix turned; λ from numpy."""
    matrix = np.array([[2.0 ** (j - i) for j in range(size)] for i in range(size)])
    matrix[0, 1], matrix[1, 0] = 1 / 2, 2.0
    value = max(np.linalg.eigvals(matrix).real)
    assert consistency(matrix.tolist()) == pytest.approx((value - size) / (size - 1) / mean, abs=1e-9)


def test_a_correlation_of_two_regions_is_none() -> None:
    """With two common regions every correlation is 1 or −1 and says nothing: as if there were none."""
    two = critic([[0.0, 1.0, None, 0.2], [0.0, 1.0, 0.4, None], [0.3, 0.9, 0.1, 0.6]])
    spread = [np.std(c, ddof=1) for c in ([0.0, 1.0, 0.2], [0.0, 1.0, 0.4])]
    last = [0.3, 0.9, 0.1, 0.6]
    r = [np.corrcoef(c, x)[0, 1] for c, x in (([0.0, 1.0, 0.2], [0.3, 0.9, 0.6]), ([0.0, 1.0, 0.4], [0.3, 0.9, 0.1]))]
    raw = [spread[0] * (1 + 1 - r[0]), spread[1] * (1 + 1 - r[1]), np.std(last, ddof=1) * (2 - r[0] - r[1])]
    assert two == pytest.approx([x / sum(raw) for x in raw])


def test_the_turned_judgement_is_named() -> None:
    matrix = [[1, 2, 1 / 9, 2], [1 / 2, 1, 2, 1], [9, 1 / 2, 1, 1], [1 / 2, 1, 1, 1]]
    assert consistency(matrix) > 0.1 and most_inconsistent(matrix) == (0, 2)
    assert not_reciprocal(matrix) is None and not_reciprocal([[1, 2], [2, 1]]) == (0, 1) and not_reciprocal([[2, 2], [0.5, 1]]) == (0, 0)


def test_what_the_other_judgements_say() -> None:
    assert implied([[1, 99, 4], [1 / 99, 1, 2], [1 / 4, 1 / 2, 1]], 0, 1) == pytest.approx(2)  # 4 over 2, whatever stands there
    four = [[1, 2, 4, 8], [1 / 2, 1, 2, 4], [1 / 4, 1 / 2, 1, 2], [1 / 8, 1 / 4, 1 / 2, 1]]
    assert all(implied(four, i, j) == pytest.approx(four[i][j]) for i in range(4) for j in range(4) if i != j)


@given(GRID)
def test_critic_is_pymcdms(rows: list[list[float]]) -> None:
    matrix = np.array(rows)
    spread = matrix.max(axis=0) - matrix.min(axis=0)
    if min(spread) < 0.05:
        return
    normal = (matrix - matrix.min(axis=0)) / spread
    if (1 - np.corrcoef(normal.T)).sum(axis=0).min() < 1e-6:
        return  # columns that say the same: what is left of 1 − r is rounding, and so are the weights
    theirs = critic_weights(normal)
    if np.isfinite(theirs).all() and theirs.min() > 0:
        assert critic(list(normal.T.tolist())) == pytest.approx(list(theirs), abs=1e-9)


@given(GRID)
def test_entropy_is_pymcdms(rows: list[list[float]]) -> None:
    matrix = np.array(rows)
    if min(matrix.max(axis=0) - matrix.min(axis=0)) < 0.05:
        return
    assert entropy(list(matrix.T.tolist())) == pytest.approx(list(entropy_weights(matrix)), abs=1e-9)


def test_what_is_unknown_or_alike_has_no_weight_of_its_own() -> None:
    assert critic([[0.1, 0.9, 0.5], [None, 0.5, None]])[1] is None
    assert critic([[0.5, 0.5], [0.2, 0.2]]) == [None, None]
    assert blend([0.6, 0.4], [1.0, None], 0.5) == pytest.approx([0.6, 0.4])


@given(st.lists(UNIT, min_size=3, max_size=8), st.floats(0.35, 1))
def test_a_cap_holds_and_the_sum_stays_one(raw: list[float], most: float) -> None:
    out = cap([r / sum(raw) for r in raw], most)
    assert sum(out) == pytest.approx(1) and max(out) <= most + 1e-9
