"""Relatedness against ecomplexity on whole matrices, and by hand."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from ecomplexity.calc_proximity import calc_discrete_proximity
from ecomplexity.density import calc_density
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from formulas.relatedness import Relatedness

MATRICES = st.tuples(st.integers(1, 8), st.integers(1, 8)).flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(0, 1)))


def related(matrix: np.ndarray) -> Relatedness:
    rows, columns = np.nonzero(matrix)
    return Relatedness(rows, columns, *matrix.shape)


def dense(matrix: np.ndarray, what: str) -> np.ndarray:
    """Every row of proximity, or every column of density, with the noughts that are left out."""
    out = np.zeros((matrix.shape[1], matrix.shape[1 if what == "proximity" else 0]))
    for node in range(matrix.shape[1]):
        at, values = getattr(related(matrix), what)(node)
        out[node, at] = values
    return out


@given(MATRICES)
def test_proximity_and_density_are_ecomplexitys(matrix: np.ndarray) -> None:
    kept = matrix[:, matrix.sum(axis=0) > 0]  # it divides by the firms of a node
    if not kept.size:
        return
    phi = calc_discrete_proximity(kept, kept.sum(axis=0))
    assert dense(kept, "proximity") == pytest.approx(phi, abs=1e-9)
    assert pytest.approx(calc_density(kept, phi), abs=1e-9) == dense(kept, "density").T



def test_by_hand() -> None:
    """Firms 0 and 1 make nodes 0 and 1, firm 2 makes 1 and 2: φ(0,1) = 2/3, φ(1,2) = 1/3, φ(0,2) = 0."""
    found = Relatedness([0, 0, 1, 1, 2, 2, 2], [0, 1, 0, 1, 1, 2, 2], 3, 4)
    assert found.ubiquity.tolist() == [2, 3, 1, 0] and found.breadth.tolist() == [2, 2, 2]
    near, phi = found.proximity(0)
    assert near.tolist() == [0, 1] and phi == pytest.approx([1, 2 / 3])
    firms, density = found.density(0)
    assert firms.tolist() == [0, 1, 2] and density == pytest.approx([1, 1, (2 / 3) / (5 / 3)])
    assert found.proximity(3)[0].tolist() == [] and found.density(3)[0].tolist() == []


@given(MATRICES, st.randoms())
def test_the_order_and_number_of_pairs_is_nothing(matrix: np.ndarray, random: Random) -> None:
    rows, columns = np.nonzero(matrix)
    pairs = list(zip(rows.tolist(), columns.tolist(), strict=True)) * 2
    random.shuffle(pairs)
    twice = Relatedness([f for f, _ in pairs], [n for _, n in pairs], *matrix.shape)
    for node in range(matrix.shape[1]):
        assert [a.tolist() for a in twice.density(node)] == [a.tolist() for a in related(matrix).density(node)]
