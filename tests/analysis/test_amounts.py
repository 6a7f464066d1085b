"""Units: what converts is counted, what does not is named; never a silent zero."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.amounts import factor, into, per
from analysis.pieces import Piece, Sum
from tests.analysis.facts import claim, fact, feeds, figure, plant, rows


@pytest.mark.parametrize(("unit", "to", "times"), [
    ("kt/a", "kt/a", 1), ("万吨/年", "kt/a", 10), ("t/d", "kt/a", 0.365), ("", "GW", None), ("GW", "", None), ("GW", "亿只/a", None),
    ("GWh", "GW", None)])
def test_factor(unit: str, to: str, times: float | None) -> None:
    assert factor(unit, to) == (None if times is None else pytest.approx(times))
    assert into(2.0, unit, to) == (None if times is None else pytest.approx(2 * times))
    assert into(None, unit, to) is None


@pytest.mark.parametrize(("unit", "times"), [("kt/GW", 1), ("t/GW", 0.001), ("g/W", 1), ("亿只/GW", None)])
def test_per(unit: str, times: float | None) -> None:
    assert per(unit, "kt/a", "GW") == (None if times is None else pytest.approx(times))


def test_plants_in_other_units_add_up() -> None:
    row = rows(plant("甲", "料", 1.0), fact("MAKES", "乙", "料", capacity=2.0, unit="万吨/年", region="市", state="operating"))["料"]
    assert row.supply is not None and (row.supply.value, row.supply.unit) == (21, "kt/a")


def test_a_plant_that_does_not_convert_is_named_and_unsized() -> None:
    row = rows(plant("甲", "料", 1.0), fact("MAKES", "乙", "料", capacity=2.0, unit="亿只/a", region="市", state="operating"))["料"]
    assert row.supply is not None and row.supply.value == 1 and "unsized" in row.flags
    assert [s.zh for s in row.derivation if s.rule == "unit.clash"] == ["单位不能换算, 不计入: 2 亿只/a → kt/a"]


def test_a_plant_of_unknown_size_clashes_with_nothing() -> None:
    row = rows(plant("甲", "料", 1.0), plant("乙", "料"))["料"]
    assert "unsized" in row.flags and "unit.clash" not in [s.rule for s in row.derivation]


def test_a_figure_that_does_not_convert_is_named_and_gives_no_ratio() -> None:
    odd = fact("REPORTS", "市", "件", measure="capacity", value=5.0, unit="亿只/a")
    row = rows(odd, figure("品", 2))["件"]
    assert row.verdict == "present" and row.coverage is None and row.supply is not None and row.supply.unit == "亿只/a"
    assert [s.en for s in row.derivation if s.rule == "unit.clash"] == ["does not convert: 亿只/a → GW"]


def test_a_figure_without_a_unit_is_no_size() -> None:
    bare = fact("REPORTS", "市", "件", measure="capacity", value=5.0, unit="")
    row = rows(bare, figure("品", 2))["件"]
    assert (row.verdict, row.coverage, row.figure) == ("present", None, None) and "unsized" in row.flags
    assert [s.en for s in row.derivation if s.rule == "unit.clash"] == ["does not convert: (no unit) → GW"]
    later = rows(bare, plant("甲", "件", 3.0, since=date(2023, 5, 1)), figure("品", 2))["件"]
    assert later.supply is not None and later.supply.value == 3 and later.figure is None and "unsized" in later.flags


def test_a_figure_of_nothing_is_nothing_in_any_unit() -> None:
    row = rows(fact("REPORTS", "市", "件", measure="capacity", value=0.0, unit=""), figure("品", 2))["件"]
    assert row.supply is not None and (row.supply.value, row.supply.unit) == (0, "GW") and "unsized" not in row.flags
    assert "unit.clash" not in [s.rule for s in row.derivation]


def test_a_variant_of_nothing_is_nothing_in_any_unit() -> None:
    """So of a node of which only that is known all is known, in the unit of the node's other plants."""
    nothing = fact("REPORTS", "市", "变型", measure="capacity", value=0.0, unit="亿只/a")
    row = rows(fact("VARIANT_OF", "变型", "料"), nothing, plant("甲", "料", 1.0))["料"]
    assert row.supply is not None and (row.supply.value, row.supply.unit) == (1, "kt/a") and "unsized" not in row.flags
    assert "unit.clash" not in [s.rule for s in row.derivation]


def test_in_a_node_without_a_unit_a_bare_number_is_none_of_the_others() -> None:
    """Whichever comes first."""
    for units in (("", "GW"), ("GW", "")):
        total = Sum("")
        total.add(Piece(unit, "散", "市", None, 3.0, 3.0, unit, None, unit) for unit in units)
        assert (total.saleable, total.unit, total.blank) == (3, "GW", 1)


def test_a_variant_whose_figure_does_not_convert_is_named() -> None:
    row = rows(fact("VARIANT_OF", "变型", "料"), fact("REPORTS", "市", "变型", measure="capacity", value=5.0, unit="亿只/a"),
               plant("甲", "料", 1.0))["料"]
    assert row.supply is not None and row.supply.value == 1 and "unsized" in row.flags
    assert "不能换算, 不计入: 变型 5 亿只/a → kt/a" in "".join(s.zh for s in row.derivation if s.rule == "unit.clash")


def test_a_coefficient_that_does_not_convert_leaves_the_demand_unknown() -> None:
    odd = fact("FEEDS", "辅", "品", coefficient=3.0, unit="亿只/GW", role="material")
    row = rows(odd, figure("品", 2), claim("辅", "none"))["辅"]
    assert row.verdict == "missing" and row.demand.used is None
    assert "demand.unknown" in [s.rule for s in row.derivation]


def test_a_coefficient_in_another_unit_is_converted() -> None:
    grams = fact("FEEDS", "辅", "品", coefficient=5.0, unit="t/MW", role="material")
    assert rows(grams, figure("品", 2))["辅"].demand.used == pytest.approx(10)


@pytest.mark.parametrize("size", [0.0, -3.0])
def test_a_coefficient_of_zero_or_below_is_unknown_and_named(size: float) -> None:
    row = rows(feeds("辅", "品", 5.0), fact("FEEDS", "辅", "品", coefficient=size, unit="kt/GW", role="material", valid="2023-05-01"),
               figure("品", 2), claim("辅", "none"))["辅"]
    assert row.verdict == "missing" and row.demand.used is None
    assert "coefficient.bad" in [s.rule for s in row.derivation]


def test_figures_in_other_units_are_compared_and_those_that_do_not_convert_are_not() -> None:
    def clash(value: float, unit: str) -> bool:
        other = fact("REPORTS", "市", "料", measure="capacity", value=value, unit=unit, valid="2023-01-20")
        return "conflict" in rows(figure("料", 10), other)["料"].flags
    assert clash(2, "万吨/年") and not clash(1, "万吨/年") and not clash(2, "亿只/a")


def test_a_number_without_a_unit_is_no_size_where_the_node_has_one() -> None:
    """It may be kt or 万吨: nothing is guessed."""
    bare = fact("MAKES", "乙", "料", capacity=2.0, unit="", region="市", state="operating")
    row = rows(plant("甲", "料", 1.0), bare)["料"]
    assert row.supply is not None and row.supply.value == 1 and "unsized" in row.flags
    assert "unit.clash" in [s.rule for s in row.derivation]
