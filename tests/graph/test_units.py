"""Units as people write them: into a node's unit, a coefficient's, another sum of money, or not at all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import units
from graph.units import UnknownUnit, capacity, coefficient, convert, known, money

MASS = ["t", "kt", "Mt", "kg", "吨", "千吨", "万吨", "亿吨", "公斤", "克"]
TIME = ["", "/a", "/年", "/yr", "/d", "/天", "/日", "/月", " per year"]
POWER = ["W", "kW", "MW", "GW", "千瓦", "万千瓦", "GWp", "兆瓦"]
ENERGY = ["kWh", "MWh", "GWh", "千瓦时", "万千瓦时", "亿千瓦时", "度"]
AREA = ["m2", "㎡", "平方米", "万平方米", "亿平方米", "Mm2"]
COUNTS = ["只", "片", "套", "台", "件", "支", "辆", "个", "颗", "块", "根", "条"]
POWERS = ["", "千", "万", "百万", "亿"]
MONEY = ["元", "万元", "百万元", "亿元", "万亿元"]
FIGURES = st.floats(1e-6, 1e12)


@pytest.mark.parametrize(("value", "unit", "node_unit", "expected"), [
    (1, "t/d", "kt/a", (0.365, "kt/a")),
    (800, "t/d", "", (292.0, "kt/a")),
    (15, "万吨/年", "kt/a", (150.0, "kt/a")),
    (15, "万吨", "kt/a", (150.0, "kt/a")),
    (1, "t/月", "t", (12.0, "t")),
    (730, "kt/a", "t/d", (2000.0, "t/d")),
    (1.6, "亿只", "", (1.6e8, "只/a")),
    (1.6, "亿只/年", "万只/年", (16000.0, "万只/年")),
    (3, "亿平方米/年", "", (300.0, "Mm2/a")),
    (8000, "MW", "", (8.0, "GW")),
    (8, "GW/年", "GW", (8.0, "GW")),
    (20, "万千瓦", "", (0.2, "GW")),
    (40, "GWh", "", (40.0, "GWh")),
    (5000, "万元", "", (0.5, "亿元")),
    (100, "台(套)", "台套", (100.0, "台套")),
    (1440, "万重量箱", "kt/a", (720.0, "kt/a")),
    (8, "ＧＷ", "GW", (8.0, "GW")),
    (8, "gw", "GW", (8.0, "GW")),
])
def test_a_capacity_becomes_the_nodes_unit(value: float, unit: str, node_unit: str, expected: tuple[float, str]) -> None:
    assert capacity(value, unit, node_unit) == expected


@pytest.mark.parametrize(("value", "unit", "node_unit"), [
    (5, "foo", "kt/a"), (5, "", "kt/a"), (5, "%", ""), (500, "亩", ""), (0.4, "元/千瓦时", "kt/a"), (5, "MT", "kt/a"),
    (3, "t/d/d", ""),
])
def test_what_has_no_way_to_the_node_is_kept_as_written(value: float, unit: str, node_unit: str) -> None:
    assert capacity(value, unit, node_unit) == (value, unit)


def test_a_node_of_another_dimension_gets_the_canonical_unit() -> None:
    assert capacity(15, "万吨/年", "GW") == (150.0, "kt/a")
    assert capacity(5, "万套", "只") == (50000.0, "套/a")
    assert capacity(5, "GWh", "GW") == (5.0, "GWh")


@pytest.mark.parametrize(("value", "unit", "upstream", "downstream", "expected"), [
    (1, "t/GW", "kt/a", "GW", (0.001, "kt/GW")),
    (43.43, "kt per GW", "kt/a", "GW", (43.43, "kt/GW")),
    (1, "kg/kWh", "kt/a", "GWh", (1.0, "kt/GWh")),
    (5, "t/MW", "万吨/年", "GW", (0.5, "万吨/GW")),
    (12, "MWh/t", "万千瓦时", "kt/a", (1200.0, "万千瓦时/kt")),
    (1, "GW/GW", "GW", "GW", (1.0, "GW/GW")),
    (365, "t/GW", "t/d", "GW", (1.0, "t/d/GW")),
    (1, "t/t", "kt/a", "t/d", (0.365, "kt/(t/d)")),
    (7, "kg/辆", "kt/a", "万辆/年", (0.07, "kt/万辆")),
    (0.5, "", "kt/a", "kt/a", (0.5, "kt/kt")),
    (50, "%", "kt/a", "kt/a", (0.5, "kt/kt")),
    (2, "t/GW", "GW", "kt/a", (2, "t/GW")),
    (2, "foo", "kt/a", "GW", (2, "foo")),
    (2, "t/GW", "", "GW", (2, "t/GW")),
    (2, "套/台", "只", "台", (2, "套/台")),
])
def test_coefficients(value: float, unit: str, upstream: str, downstream: str, expected: tuple[float, str]) -> None:
    assert coefficient(value, unit, upstream, downstream) == expected


@given(FIGURES, st.sampled_from(MASS), st.sampled_from(POWER), st.sampled_from(MASS), st.sampled_from(TIME),
       st.sampled_from(POWER), FIGURES)
def test_a_coefficient_and_its_capacities_agree(c: float, up: str, down: str, node: str, time: str, gw: str, made: float) -> None:
    """Downstream capacity times coefficient is the upstream capacity, in whatever units each is written."""
    value, unit = coefficient(c, f"{up}/{down}", node + time, gw)
    need = convert(convert(made, "GW", gw) or 0, gw, down)
    assert need is not None
    expected, _ = capacity(c * need, up, node + time)
    assert value * (convert(made, "GW", gw) or 0) == pytest.approx(expected, rel=1e-9), unit


@pytest.mark.parametrize(("value", "unit", "to", "expected"), [
    (1, "亩", "m2", 2000 / 3), (0.45, "元/千瓦时", "元/MWh", 450), (5, "%", "", 0.05), (1, "t/d", "kt/a", 0.365),
    (1, "t", "kt/a", None), (1, "只", "套", None), (1, "foo", "t", None), (3, "foo", "foo", 3), (1, "GWh", "GW", None),
    (1, "元/t·km", "元/(t·km)", 1), (3600, "MJ", "kWh", 1000), (1, "a", "d", 365),
])
def test_convert(value: float, unit: str, to: str, expected: float | None) -> None:
    assert convert(value, unit, to) == (expected if expected is None else pytest.approx(expected, rel=1e-12))


@pytest.mark.parametrize("family", [MASS, POWER, ENERGY, AREA, MONEY, ["t/d", "kt/a", "万吨/年", "吨/月"]])
@given(data=st.data(), value=FIGURES)
def test_there_and_back(family: list[str], data: st.DataObject, value: float) -> None:
    one, two = data.draw(st.sampled_from(family)), data.draw(st.sampled_from(family))
    there = convert(value, one, two)
    assert there is not None and convert(there, two, one) == pytest.approx(value, rel=1e-9)


@given(FIGURES, st.sampled_from(MASS), st.sampled_from(TIME), st.sampled_from(MASS), st.sampled_from(TIME))
def test_a_capacity_there_and_back(value: float, one: str, time: str, two: str, other: str) -> None:
    there, unit = capacity(value, one + time, two + other)
    assert unit == two + other
    back, unit = capacity(there, unit, one + time)
    assert back == pytest.approx(value, rel=1e-9) and unit == one + time


@given(FIGURES, st.sampled_from(COUNTS), st.sampled_from(COUNTS), st.sampled_from(POWERS), st.sampled_from(POWERS))
def test_a_counting_word_converts_into_itself_only(value: float, one: str, two: str, p: str, q: str) -> None:
    there = convert(value, p + one, q + two)
    assert (there is not None) == (one == two)
    assert there is None or convert(there, q + two, p + one) == pytest.approx(value, rel=1e-9)


def test_money() -> None:
    assert money(5.2, "亿", "万元") == 52000.0
    assert money(1, "元", "亿元") == 1e-8
    assert money(3, "万", "元") == 30000.0
    assert [money(1, "kt", "kt"), money(1, "元", "kt"), money(1, "", "元"), money(1, "美元", "元")] == [None] * 4


@pytest.mark.parametrize("unit", [
    *(f"{mass}{time}" for mass in MASS for time in TIME), *POWER, *ENERGY, *AREA, *MONEY, "亩", "%", "",
    *(power + count for power in POWERS for count in COUNTS), "KT/A", "kw", "吨标煤", "kWh/(m2·a)", "万 吨 / 年",
])
def test_known_units(unit: str) -> None:
    known(unit)


@pytest.mark.parametrize(("unit", "near"), [
    ("万噸", "万吨"), ("kts", "kt"), ("平方", "平方米"), ("亿", "亿元"), ("MT", ""), ("mm2", ""), ("t product per t melt", ""),
    ("t/", ""), ("((", ""), ("t)", ""), ("(" * 60, ""), ("万" * 60, ""),
])
def test_an_unknown_unit_names_its_neighbours(unit: str, near: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        known(unit)
    assert near in caught.value.cure and repr(unit) in caught.value.message


@given(st.one_of(st.text(), st.text("万亿吨只kKtTmMgGwWhH/·() ad年天%²23", max_size=12)), st.floats())
def test_no_text_breaks_a_conversion(unit: str, value: float) -> None:
    assert len(capacity(value, unit, "kt/a")) == len(coefficient(value, unit, "kt/a", "GW")) == 2
    assert len(capacity(value, "t", unit)) == len(coefficient(value, "t/GW", unit, unit)) == 2
    convert(value, unit, "t")
    money(value, unit, "元")
    try:
        known(unit)
    except UnknownUnit as error:
        assert error.cure


def test_pint_is_imported_only_where_a_unit_is_read() -> None:
    script = ("import sys; from graph import units; units.known('万吨/年'); assert 'pint' not in sys.modules; "
              "units.convert(1, 't', 'kg'); assert 'pint' in sys.modules")
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("unit", [*units._words(), *(f"{word}/a" for word in units._words()), "万吨/年", "亿 只", "KT/A", "kt per a"])
def test_what_is_known_without_pint_is_known_with_it(unit: str) -> None:
    assert not units._spelled(unit) or units._parse(unit) is not None
