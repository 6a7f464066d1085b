"""Of a chain as a whole: completeness, sufficiency by price, the profile of its main lane."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.chain_figures import chain_figures, profile
from analysis.gaps import GapEngine
from analysis.parts import ChainFigures
from formulas.ratios import weighted_coverage
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, feeds, figure


def figures(*facts: Seen | list[Seen], **more: tuple[Seen, ...]) -> ChainFigures:
    found = evidence(*facts)
    engine = GapEngine(replace(found, facts={**found.facts, **more}))
    return chain_figures(engine, "甲链", engine.rows("甲链"))


def test_completeness_counts_what_nobody_looked_at_apart() -> None:
    found = figures(figure("品", 1), claim("件", "none"))  # 件 and 辅 are needed, 辅 is unknown
    assert (found.needed, found.standing, found.unlooked, found.completeness) == (2, 0, ("辅",), 0)
    found = figures(figure("品", 1), figure("件", 1), claim("料", "none"), claim("辅", "present"))
    assert (found.needed, found.standing, found.unlooked, found.completeness) == (3, 2, (), pytest.approx(2 / 3))


def test_nothing_needed_has_no_completeness() -> None:
    assert figures(claim("件", "none")).completeness is None


def test_sufficiency_is_weighted_by_price_over_what_has_one() -> None:
    facts = (figure("品", 2), figure("件", 1), figure("辅", 20))  # D: 件 2, 辅 10, 料 2
    prices = tuple(fact("REPORTS", "全国", n, measure="price", value=value, unit=unit)
                   for n, value, unit in (("件", 3.0, "元/W"), ("辅", 5000.0, "元/t")))
    found = figures(*facts, PRICES=prices)
    met, wanted = 1 * 30 + 10 * 0.05, 2 * 30 + 10 * 0.05  # 亿元: 1 GW at 3 元/W is 30, 1 kt at 5,000 元/t is 0.05
    assert found.sufficiency == pytest.approx(met / wanted)
    assert found.priced == ("件", "辅")
    assert figures(*facts).sufficiency is None


def test_weighted_coverage_of_nothing() -> None:
    assert weighted_coverage([]) is None and weighted_coverage([(1.0, 5.0, 0.0)]) is None


def test_the_profile_is_in_units_of_the_final_product() -> None:
    lanes = [fact("PART_OF", n, "甲链", valid="1900-01-02", lane=lane, col=float(col))
             for col, (n, lane) in enumerate((("料", "主链"), ("件", "主链"), ("品", "主链"), ("辅", "旁")))]
    found = {r.node: r for r in profile(GapEngine(evidence(lanes, figure("料", 10), figure("品", 4))), "甲链")}
    assert {n: (r.equivalent, r.share) for n, r in found.items()} == {"料": (5, 1), "件": (None, None), "品": (4, 0.8)}
    assert {r.unit for r in found.values()} == {"GW"}


def test_no_coefficient_no_equivalent() -> None:
    lanes = [fact("PART_OF", n, "甲链", valid="1900-01-02", lane="主链", col=1.0) for n in ("料", "件")]
    found = profile(GapEngine(evidence(lanes, feeds("料", "件"), figure("料", 10), figure("件", 4))), "甲链")
    assert [(r.node, r.equivalent) for r in found] == [("料", None), ("件", 4)]


def test_the_citys_own_goals_stand_beside() -> None:
    def goal(due: str, scope: str = "甲链", who: str = "市") -> Seen:
        made = fact("AIMS", who, "配套率", label="Region", due=date.fromisoformat(due), scope=scope, value=60.0, unit="%")
        return replace(made, own={**made.own, "name": "本地配套率"})
    found = figures(INDICATOR_AIMS=(goal("2023-12-31"), goal("2024-12-31"), goal("2022-12-31"), goal("2023-12-31", "乙链"),
                                    goal("2023-11-30", who="省")))
    assert [(p.indicator, p.goal.value, p.goal.due) for p in found.published] == [("本地配套率", 60, date(2023, 12, 31))]
