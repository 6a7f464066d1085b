"""Output at risk as a whole, against scipy on every node at once and against Leontief's inverse by numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.risk import Risks
from tests.chains import Chain, Drawn, drawn, many


def whole_programme(chain: Drawn, cut: str, more: float = 0.0) -> tuple[float, float] | None:
    """Smallest share and sum over *all* that stands, by scipy, from the numbers alone; None where 0 is short of nothing."""
    sizes, feeds = chain.sizes, chain.feeds
    standing = [n for n, s in sizes.items() if s > 0]
    rows, limits = [], []
    for k, size in sizes.items():
        demand = sum(c * sizes[m] for (u, m), c in feeds.items() if u == k)
        if k != cut and size == 0:
            continue
        row = [feeds[k, m] * sizes[m] if (k, m) in chain.essential else 0.0 for m in standing]
        rows.append([r - (size if m == k else 0.0) for r, m in zip(row, standing, strict=True)])
        limits.append(more if k == cut else max(demand - size, 0.0))
    count = len(standing)
    if not count:
        return None
    wide = [[*r, 0.0] for r in rows] + [[-float(i == j) for j in range(count)] + [1.0] for i in range(count)]
    first = linprog([0.0] * count + [-1.0], wide, limits + [0.0] * count, bounds=(0, 1))
    second = linprog([-1.0] * count, rows, limits, bounds=(max(first.x[count] - 1e-11, 0), 1))
    return float(first.x[count]), float(-second.fun)


@given(st.integers(0, 10**6), st.booleans())
def test_what_stops_is_what_the_whole_programme_says(seed: int, cycles: bool) -> None:
    """No reduction, no shortcut, no vocabulary of ours: every node of the chain at once."""
    chain = drawn(seed, cycles)
    risks = chain.chain().risks()
    for node in chain.sizes:
        expected = whole_programme(chain, node)
        if expected is not None:
            found = risks.of(node)
            assert found is not None
            shares = [1 - (r.share or 0) for r in found]
            rest = sum(s > 0 for s in chain.sizes.values()) - len(shares)
            assert (min([*shares, 1.0]), sum(shares) + rest) == (
                pytest.approx(expected[0], abs=1e-7), pytest.approx(expected[1], abs=1e-6))
            assert all(r.amount == pytest.approx(chain.sizes[r.node] * (r.share or 0)) for r in found)


def test_worth_is_what_the_whole_programme_says_by_one_unit_more() -> None:
    compared = 0
    for chain in many(60):
        risks = chain.chain().risks()
        for node in chain.sizes:
            worth, taken = risks.worth(node), sum(c * chain.sizes[m] for (u, m), c in chain.feeds.items() if u == node)
            if worth is None or not risks.of(node):
                continue
            width = 2e-5 * taken
            sums = [(whole_programme(chain, node, at * width) or (0, 0))[1] for at in (0.5, 1, 1.5)]
            if abs(sums[2] - 2 * sums[1] + sums[0]) < 1e-9:  # no bend just there
                assert worth.shares == pytest.approx((sums[2] - sums[0]) / width, rel=1e-3, abs=1e-4)
                compared += 1
    assert compared > 30


@st.composite
def leontief(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A productive matrix (column sums below 1) and gross output for a final demand above 0."""
    size = draw(st.integers(2, 6))
    entry = st.one_of(st.just(0.0), st.floats(0.01, 0.9 / size))
    matrix = np.array([[draw(entry) for _ in range(size)] for _ in range(size)])
    final = np.array([draw(st.floats(0.5, 9)) for _ in range(size)])
    return matrix, np.linalg.solve(np.eye(size) - matrix, final)


def of_matrix(matrix: np.ndarray, output: np.ndarray) -> Chain:
    chain = Chain()
    for i, size in enumerate(output):
        chain.figure(str(i), float(size))
    for i, j in zip(*np.nonzero(matrix), strict=True):
        chain.feeds(str(i), str(j), float(matrix[i, j]))
    return chain


@given(leontief())
def test_demand_is_leontiefs(system: tuple[np.ndarray, np.ndarray]) -> None:
    matrix, output = system
    demands = of_matrix(matrix, output).demands()
    used = [demands.of(str(i))[0].used for i in range(len(output))]
    assert used == pytest.approx(matrix @ output, abs=1e-9, rel=1e-9)
    assert Risks(demands.evidence, demands).cycles == ()


@given(leontief(), st.floats(0.05, 0.95))
def test_a_loss_goes_down_a_line_as_by_numpy(system: tuple[np.ndarray, np.ndarray], kept: float) -> None:
    """A line of n nodes, each the only taker of the one before and making a part of it: with M the share of each
    input made here, x = M·x + b; numpy solves it at once."""
    _, sizes = system
    count = len(sizes)
    made = [kept, *(0.3 + 0.6 * s / sizes.sum() for s in sizes[1:])]
    chain = Chain().figure("0", 1.0)
    for i in range(count):
        chain.figure(str(i + 1), float(sizes[i]))
        source = 1.0 if i == 0 else float(sizes[i - 1])
        chain.feeds(str(i), str(i + 1), source / made[i] / float(sizes[i]))
    matrix = np.diag(made[1:], -1)
    rest = np.array([kept, *(1 - m for m in made[1:])])
    expected = np.linalg.solve(np.eye(count) - matrix, rest)
    found = {r.node: r.share for r in chain.risks().of("0") or ()}
    assert [found[str(i + 1)] for i in range(count)] == pytest.approx(1 - expected, abs=1e-9)


@given(leontief(), st.floats(0.0, 0.95))
def test_all_takers_of_a_short_input_stop_by_what_it_lacks(system: tuple[np.ndarray, np.ndarray], kept: float) -> None:
    """Inputs × products, A = [[0, B], [0, 0]]: of S = kept · (A·x) every taker has the same share."""
    matrix, output = system
    count = len(output)
    wide = np.block([[np.zeros_like(matrix), matrix], [np.zeros_like(matrix), np.zeros_like(matrix)]])
    sizes = np.concatenate([np.zeros(count), output])
    demand = wide @ sizes
    sizes[0] = kept * demand[0]
    found = {int(r.node): (r.amount, r.share) for r in of_matrix(wide, sizes).risks().of("0") or ()}
    lost = np.where(wide[0] > 0, 1 - kept, 0.0)
    assert sorted(found) == list(np.nonzero(wide[0])[0])
    for j, (amount, share) in found.items():
        assert (amount, share) == (pytest.approx(lost[j] * sizes[j], abs=1e-9, rel=1e-9), pytest.approx(lost[j], abs=1e-9))
