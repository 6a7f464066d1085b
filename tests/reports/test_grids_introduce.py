"""Introductions as a grid: every state has a name in both languages, and a row without a way is a row."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.introductions import Introduction, IntroductionRow, Introductions
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
    assert all(state in said for state in STATES) and len(STATES) == 5


def test_of_many_firms_each_is_a_line_with_the_way_of_whose_turn_it_is() -> None:
    """The second broker's turn: his way is read aloud, the others are named; nobody's turn: the best way, and no name to be asked."""
    ways = tuple(Introduction(broker, f"Firm/{broker}", p, 1.0, (), f"请{broker}引荐", broker) for broker, p in (("甲", 0.5), ("乙", 0.4)))
    rows = (IntroductionRow("f1", "试厂", "found", None, ways, "乙"), IntroductionRow("f2", "别厂", "found", None, ways),
            IntroductionRow("f3", "远厂", "far", 6, ()))
    grid = narrow(Introductions("introduce", "试市", "试链", DAY, DAY, "公开", None, 1, rows, 1.0, 1.0, (), ()), "zh")
    assert grid.rows == (("试厂", "有", "乙", 0.4, 0, "甲", "请乙引荐"), ("别厂", "有", "", 0.5, 0, "甲、乙", "请甲引荐"),
                         ("远厂", "太远 (6)", "", None, 6, "", ""))
