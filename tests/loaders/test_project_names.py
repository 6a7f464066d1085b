"""Projects by code and by name. Every name and code here is invented."""

from __future__ import annotations

import pytest

from loaders.project_names import Said, phases, projects

A, B = "2306-150203-04-01-123456", "2306-150203-04-01-654321"


def said(*rows: tuple[str, str, str]) -> list[Said]:
    return [(*row, 0) for row in rows]


@pytest.mark.parametrize(("one", "other"), [("甲项目一期", "甲项目1期"), ("甲项目首期", "甲项目第一期"), ("甲项目Ⅱ期", "甲项目ⅱ期")])
def test_one_phase_in_several_spellings(one: str, other: str) -> None:
    assert phases(one) == phases(other) != ()


def test_two_phases_are_two() -> None:
    assert phases("甲项目一期") != phases("甲项目二期") and phases("甲项目") == ()


def test_a_code_joins_two_spellings() -> None:
    found = projects(said(("甲光伏玻璃项目", "", A), ("甲公司光伏玻璃生产项目", "", f" {A.replace('-', '')}"), ("乙项目", "", "")))
    assert found.id("甲光伏玻璃项目") == found.id("甲公司光伏玻璃生产项目") != found.id("乙项目")
    assert found.id("甲光伏玻璃项目", "一期") == found.id("甲公司光伏玻璃生产项目", "一期") != found.id("甲光伏玻璃项目")


def test_one_code_over_two_phases_joins_them_not() -> None:
    found = projects(said(("甲项目一期", "", A), ("甲项目二期", "", A), ("甲项目(一期)", "", A)))
    assert found.id("甲项目一期") == found.id("甲项目(一期)") != found.id("甲项目二期")


def test_several_codes_of_one_name_are_contested_but_not_of_its_phases() -> None:
    found = projects(said(("甲项目", "", A), ("甲 项目", "", B), ("乙项目", "一期", A), ("乙项目", "二期", B)))
    assert len(found.contested("甲项目", "")) == 2 and not found.contested("乙项目", "一期") and not found.contested("丙", "")


def test_the_name_is_that_of_the_widest_audience() -> None:
    found = projects([("甲密项目", "", A, 2), ("甲项目", "", A, 0), ("甲密项目", "一期", "", 2)])
    assert found.id("甲密项目") == "甲项目" and found.names["甲项目"] == "甲项目"
