"""Introductions as a grid: every state has a name in both languages, and a row without a way is a row."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.introductions import IntroductionRow, Introductions
from reports.grids_introduce import STATES, introduce, narrow

DAY = date(2024, 1, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_row_without_a_way_says_what_is_known(state: str, lang: str) -> None:
    row = IntroductionRow("f", "试用厂", state, 6 if state == "far" else None, ())
    answer = Introductions("introduce", "试市", "试用厂", DAY, DAY, "公开", None, None, (row,), None, None, (), ())
    for grid in (introduce(answer, lang), narrow(answer, lang)):
        (cells,) = grid.rows
        assert cells[0] == "试用厂" and STATES[state][lang == "en"] in str(cells[1]) and len(cells) == len(grid.columns)
        assert ("6" in str(cells[1])) == (state == "far")


def test_every_state_is_named() -> None:
    """The states are those that the record tells of."""
    said = IntroductionRow.__doc__ or ""
    assert all(state in said for state in STATES) and len(STATES) == 4
