"""Ratios against their definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formulas.ratios import apart, completeness, conversion, coverage, tied

SIZES = st.floats(0.001, 1e6)


def test_the_published_eighty_percent() -> None:
    assert coverage(790, 870 * 1.135) == pytest.approx(0.80, abs=0.0005)


def test_nothing_demanded_or_made_has_no_ratio() -> None:
    assert coverage(5, 0) is None and conversion(0, 5) is None


@given(SIZES, SIZES)
def test_coverage_and_conversion_are_inverse_until_all_is_used(supply: float, demand: float) -> None:
    ratio, used = coverage(supply, demand), conversion(supply, demand)
    assert ratio is not None and used is not None and 0 < used <= 1
    assert used == pytest.approx(min(1 / ratio, 1))


@given(SIZES, SIZES)
def test_apart_is_symmetric_and_a_share(one: float, other: float) -> None:
    assert apart(one, other) == apart(other, one) and 0 <= apart(one, other) < 1


def test_a_tie_is_one_to_within_the_last_digits() -> None:
    assert tied(0.1 + 0.2, 0.3) and tied(0.5, 0.5) and not tied(0.5, 0.500001)


def test_completeness_is_of_what_is_known() -> None:
    assert completeness([(True, True), (True, False), (False, False)]) == 0.5
    assert completeness([(False, False)]) is None and completeness([]) is None
