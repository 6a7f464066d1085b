"""Who makes a node here: firms, the greatest group's share, HHI, and where nothing can be said of shares."""

from __future__ import annotations

import pytest

from analysis.parts import Makers
from tests.analysis.facts import fact, figure, plant, rows

COMPLETE = fact("SURVEYS", "市", "甲链", valid="2023-02-01")


def made(*facts: object) -> Makers | None:
    return rows(*facts)["料"].makers  # type: ignore[arg-type]


def test_shares_are_of_what_stands() -> None:
    found = made(plant("甲", "料", 6), plant("乙", "料", 3), plant("丙", "料", 1), COMPLETE)
    assert found and (found.firms, found.top, found.share) == (3, "甲", 0.6) and found.hhi == pytest.approx(0.46)


def test_of_a_figure_where_the_known_makers_stand_for_most_of_it() -> None:
    most = made(figure("料", 10), plant("甲", "料", 6), plant("乙", "料", 2))
    assert most and (most.share, most.hhi) == (0.6, pytest.approx(0.40))
    assert made(figure("料", 10), plant("甲", "料", 5)) == Makers(1, "甲", None, None)


def test_makers_of_more_than_the_figure_are_shares_of_their_sum() -> None:
    assert made(figure("料", 10), plant("甲", "料", 15), plant("乙", "料", 5)) == Makers(2, "甲", 0.75, 0.625)


def test_an_open_list_and_an_unsized_one_tell_no_share() -> None:
    assert made(plant("甲", "料", 6)) == Makers(1, "甲", None, None)
    assert made(plant("甲", "料"), COMPLETE) == Makers(1, "甲", None, None)


def test_none_where_nobody_is_known() -> None:
    assert made(figure("料", 10)) is None and made() is None


def test_firms_of_a_group_are_one_maker_and_count_as_firms() -> None:
    group = [fact("OWNS", "集团", "甲"), fact("OWNS", "集团", "乙")]
    sizes = [plant("甲", "料", 4), plant("乙", "料", 5), plant("丙", "料", 1), COMPLETE]
    found = made(group, sizes)
    assert found and (found.firms, found.top, found.share) == (3, "乙", 0.9)
    assert "single-source" in rows(group, sizes)["料"].flags
    assert "single-source" not in rows(sizes)["料"].flags


def test_the_one_maker_of_a_complete_list_is_a_single_source_though_unsized() -> None:
    assert "single-source" in rows(plant("甲", "料"), COMPLETE)["料"].flags
    assert "single-source" not in rows(plant("甲", "料"), plant("乙", "料"), COMPLETE)["料"].flags
