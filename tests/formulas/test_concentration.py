from __future__ import annotations

import pytest

from formulas.concentration import herfindahl


@pytest.mark.parametrize(("shares", "index"), [([1.0], 1.0), ([0.25] * 4, 0.25), ([0.5, 0.3, 0.2], 0.38), ([], 0.0)])
def test_one_maker_is_one_and_equal_ones_their_share(shares: list[float], index: float) -> None:
    assert herfindahl(shares) == pytest.approx(index)
