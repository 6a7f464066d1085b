"""What has to be bought elsewhere, in the unit of the node and in 亿元 where a price is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.gaps import GapEngine
from analysis.parts import Leakage
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, figure, plant, rows


def price(value: float, unit: str, region: str = "全国", **more: str) -> Seen:
    return fact("REPORTS", region, "料", measure="price", value=value, unit=unit, **more)


def lost(*prices: Seen) -> Leakage | None:
    found = evidence(figure("料", 20), figure("件", 15))
    found = replace(found, facts={**found.facts, "PRICES": prices})
    return {r.node: r for r in GapEngine(found).rows("甲链")}["料"].leakage


def test_what_is_demanded_beyond_what_stands() -> None:
    assert lost() == Leakage(10, "kt/a", None)
    assert rows(figure("料", 40), figure("件", 15))["料"].leakage == Leakage(0, "kt/a", None)
    assert rows(claim("料", "none"), figure("件", 15))["料"].leakage == Leakage(30, "kt/a", None)


def test_unknown_where_supply_or_demand_is_or_is_only_a_lower_bound() -> None:
    assert rows(figure("件", 15))["料"].leakage is None
    assert rows(figure("料", 5))["料"].leakage is None
    assert rows(plant("甲", "料", 5), figure("件", 15))["料"].leakage is None
    assert rows(plant("甲", "料"), figure("件", 15))["料"].leakage is None


@pytest.mark.parametrize(("value", "unit", "expected"), [(60000, "元/t", 6), (6, "万元/吨", 6), (60, "元/kg", 6),
                                                          (1.5, "元/W", None), (8000, "美元/t", None), (6, "贵", None)])
def test_priced_in_hundred_million_yuan(value: float, unit: str, expected: float | None) -> None:
    found = lost(price(value, unit))
    assert found and found.value == (pytest.approx(expected) if expected else None)


def test_power_is_written_without_its_year() -> None:
    found = evidence(figure("件", 1), figure("品", 3))
    prices = (fact("REPORTS", "全国", "件", measure="price", value=1.5, unit="元/W"),)
    row = {r.node: r for r in GapEngine(replace(found, facts={**found.facts, "PRICES": prices})).rows("甲链")}["件"]
    assert row.leakage == Leakage(2, "GW", 30)
    assert [s.en for s in row.derivation if s.rule == "leakage"] == [
        "bought elsewhere 2 GW × 1.5 元/W (全国, 2023-01-01) = 30 亿元 (100 M yuan)"]
    assert "S" in {s.id for s in row.sources}


def test_the_markets_price_goes_before_the_nearest_regions() -> None:
    here, wider, market = price(10000, "元/t", "市"), price(20000, "元/t", "省"), price(30000, "元/t")
    assert [found.value for p in ((here, wider, market), (wider, here), (wider,)) if (found := lost(*p))] == [3, 1, 2]
    assert lost(price(10000, "元/t", "邻省")) == Leakage(10, "kt/a", None)


def test_the_believed_price() -> None:
    found = lost(price(10000, "元/t", valid="2022-01-01"), price(20000, "元/t"), price(99000, "元/t", authority=0, source="T"))
    assert found and found.value == 2
