"""What firms make of a node together: plants and totals, groups and rings, each plant once. Names invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.owners import Owners
from analysis.parts import Amount
from analysis.shares import Sizes
from graph.clocks import Seen
from tests.analysis.facts import plant

DAY = date(2023, 1, 1)


def plant_(firm: str, size: float, region: str = "市") -> Seen:
    return plant(firm, "料", size, region)


def owns(*pairs: str) -> Owners:
    """Each pair is owner and owned."""
    return Owners(Seen("OWNS", f"f{at}", one, two, "l", "p", 3, True, DAY, DAY, "s") for at, (one, two) in enumerate(pairs))


def sizes(*facts: Seen) -> Sizes:
    return Sizes([f for f in facts if f["region"] != "国"], [f for f in facts if f["region"] == "国"], "kt/a")


def test_a_firm_is_its_plants_or_its_total() -> None:
    found = sizes(plant("甲", "料", 2), plant("甲", "料", 3, "远市"), plant("甲", "料", 4, "国"), plant("乙", "料", 1), plant("乙", "料", 9, "国"),
                  plant("丙", "料"), plant("丁", "件", 5))
    assert [found.of(firm) for firm in "甲乙丙丁戊"] == [Amount(5, "kt/a"), Amount(9, "kt/a"), None, None, None]
    assert found.told == {"甲", "乙", "丁"} and found.firms == {"乙", "甲"}
    assert found.together(owns()) == 14


@pytest.mark.parametrize(("pairs", "whole"), [
    ((), 20 + 4 + 3 + 5), (("母子",), 20 + 3 + 5), (("母中", "中子", "中姊"), 20 + 5), (("母子", "子母"), 20 + 3 + 5),
    (("外子", "外姊"), 20 + 4 + 3 + 5), (("子母",), 4 + 20 + 3 + 5)])
def test_an_owners_total_holds_the_plants_of_whom_it_owns(pairs: tuple[str, ...], whole: float) -> None:
    """However far down; an owner that makes nothing itself adds nothing; rings end."""
    found = sizes(plant("母", "料", 20, "国"), plant("子", "料", 4), plant("姊", "料", 3), plant("旁", "料", 5))
    assert found.together(owns(*pairs)) == whole


@pytest.mark.parametrize(("total", "plant"), [("甲", "乙"), ("乙", "甲")])
def test_who_own_each_other_are_one_whatever_they_are_called(total: str, plant: str) -> None:
    assert sizes(plant_(total, 20, "国"), plant_(plant, 4)).together(owns(f"{total}{plant}", f"{plant}{total}")) == 20


@pytest.mark.parametrize("whose", "甲戊")
def test_of_two_owners_the_one_with_a_total_holds_the_plants(whose: str) -> None:
    """However far up: of 丙, owned by 甲 and 戊, and of 丁 below it."""
    found = sizes(plant_(whose, 100, "国"), plant_("丙", 20), plant_("丁", 5))
    assert found.together(owns("甲丙", "戊丙", "丙丁")) == 100
    assert sizes(plant_("己", 100, "国"), plant_("丙", 20)).together(owns("甲丙", "乙丙", "己乙")) == 100


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from("甲乙丙丁戊")), max_size=12),
       st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.integers(1, 99), st.sampled_from(["市", "国"])), max_size=8))
def test_never_less_than_one_and_never_more_than_all(pairs: list[tuple[str, str]], made: list[tuple[str, int, str]]) -> None:
    found = sizes(*(plant(firm, "料", size, region) for firm, size, region in made))
    single = [amount.value or 0.0 for firm in "甲乙丙丁戊" if (amount := found.of(firm))]
    assert max(single, default=0.0) <= found.together(owns(*("".join(pair) for pair in pairs))) <= sum(single)
