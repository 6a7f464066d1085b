"""Output at risk on small chains, worked out by hand."""

from __future__ import annotations

import pytest

from analysis.parts import AtRisk, More
from analysis.risk import Risks
from tests.chains import Chain, many


def line() -> Chain:
    """料 10 → 件 8 → 品 12, which needs 辅 too: 品 buys 4 of 件 elsewhere, 件 buys 6 of 料."""
    chain = Chain().feeds("料", "件", 2.0).feeds("件", "品", 1.0).feeds("辅", "品", 5.0)
    return chain.figure("料", 10).figure("件", 8).figure("品", 12)


def stops(risks: Risks, node: str) -> dict[str, tuple[float | None, float | None]]:
    return {r.node: (r.amount, r.share) for r in risks.of(node) or ()}


def test_what_stops_and_what_still_comes_from_outside() -> None:
    """件 runs at 10/16; 品 has 5 of its own and the 4 it buys today, of 12."""
    risks = line().risks()
    assert risks.of("料") == (AtRisk("件", 3, "t/a", 0.375), AtRisk("品", 3, "t/a", 0.25))
    assert stops(risks, "件") == {"品": (pytest.approx(4), pytest.approx(1 / 3))}
    assert risks.of("品") == ()


def test_of_what_there_is_none_of_all_stops_whether_or_not_anyone_knows_how_much_it_takes() -> None:
    assert stops(line().says("辅", "none").risks(), "辅") == {"品": (12, 1)}
    assert stops(Chain().feeds("辅", "品", None).figure("品", 12).says("辅", "none").risks(), "辅") == {"品": (12, 1)}
    assert stops(Chain().feeds("辅", "品", None).plant("品", None).says("辅", "none").risks(), "辅") == {"品": (None, 1)}


def test_what_it_feeds_stops_with_it_by_its_share() -> None:
    """箱 takes 16 of 品: 4 come from outside, as today, and 12 stop."""
    chain = Chain().feeds("辅", "品", None).feeds("品", "箱", 0.5).figure("品", 12).figure("箱", 32).says("辅", "none")
    assert stops(chain.risks(), "辅") == {"品": (12, 1), "箱": (24, 0.75)}


def test_of_what_there_is_some_of_an_unknown_amount_stops() -> None:
    chain = Chain().feeds("料", "件", 2.0).feeds("料", "品", None).figure("料", 10).figure("件", 8).figure("品", 3)
    assert stops(chain.risks(), "料") == {"件": (3, 0.375), "品": (None, None)}
    assert [r.node for r in chain.risks().of("料") or ()] == ["件", "品"]  # what is known first


@pytest.mark.parametrize("supply", ["nobody looked", "unsized", "partial"])
def test_unknown_supply_is_not_computed_and_says_so(supply: str) -> None:
    chain = Chain().feeds("料", "件", 2.0).figure("件", 8)
    if supply != "nobody looked":
        chain.plant("料", None if supply == "unsized" else 5)
    risks = chain.risks()
    assert risks.of("料") is None and risks.worth("料") is None
    assert [s.rule for s in risks.steps("料")] == ["risk.unknown"]


def test_where_only_what_nobody_looked_at_may_need_it_nothing_is_computed() -> None:
    """That nothing known stops is not that nothing stops."""
    risks = Chain().feeds("料", "件", 2.0).figure("料", 5).risks()
    assert risks.of("料") is None and risks.worth("料") is None
    assert ["件" in s.zh for s in risks.steps("料") if s.rule == "risk.unknown"] == [True]
    assert Chain().feeds("料", "件", 2.0).feeds("料", "品", 1.0).figure("料", 5).figure("件", 1).risks().of("料") == ()


def test_a_partial_list_that_is_enough_already_leaves_nothing_at_risk() -> None:
    assert Chain().feeds("料", "件", 2.0).figure("件", 8).plant("料", 16).risks().of("料") == ()


def test_nobody_that_stands_needs_it() -> None:
    assert Chain().feeds("料", "件", 2.0).says("件", "none").risks().of("料") == ()
    assert Chain().feeds("炉", "件", 2.0, role="equipment").figure("件", 3).says("炉", "none").risks().of("炉") == ()


def test_the_boundary_neither_stops_nor_is_stopped() -> None:
    chain = Chain(boundary={"电", "市场"}).feeds("电", "件", 3.0).feeds("件", "市场", 1.0).figure("件", 8).figure("市场", 20)
    risks = chain.says("电", "none").risks()
    assert risks.of("电") == () and risks.of("件") == ()


def test_who_can_do_without_gives_way_first() -> None:
    """10 of 料 are enough for 件, which needs it; what 炉 takes of it stops nothing."""
    chain = Chain().feeds("料", "件", 1.0).feeds("料", "炉", 1.0, essential=False)
    assert chain.figure("料", 10).figure("件", 9).figure("炉", 9).risks().of("料") == ()


def test_all_inputs_are_needed_and_the_scarcest_decides() -> None:
    chain = Chain().feeds("甲", "乙", 1.0).feeds("甲", "丙", 1.0).feeds("乙", "丁", 1.0).feeds("丙", "丁", 1.0)
    for node, size in (("甲", 10), ("乙", 10), ("丙", 10), ("丁", 10)):
        chain.figure(node, size)
    assert stops(chain.risks(), "甲") == {n: (5, 0.5) for n in "乙丙丁"}


def test_makers_are_or_a_variant_stops_with_its_piece_of_the_node() -> None:
    """Of 料's 10, the 4 of 粒 need 气, which is not here; 件 keeps 6 of 10."""
    chain = Chain().variant("粒", "料").feeds("气", "粒", 1.0).feeds("料", "件", 1.0).says("气", "none")
    risks = chain.figure("料", 10).figure("粒", 4).figure("件", 10).risks()
    assert stops(risks, "气") == {n: (pytest.approx(4), pytest.approx(s)) for n, s in (("粒", 1), ("料", .4), ("件", .4))}


def test_a_variant_that_its_node_stands_in_for_stops_nobody() -> None:
    chain = Chain().variant("粒", "料").feeds("料", "件", 1.0).feeds("粒", "件", 1.0).figure("料", 10).figure("件", 10)
    assert chain.says("粒", "none").risks().of("粒") == ()


def test_gross_is_fed_and_saleable_stops() -> None:
    """品 melts 10 and sells 8: 5 of its input run it at a half."""
    chain = Chain().feeds("料", "品", 1.0).figure("料", 5).plant("品", 10, yield_rate=0.8).surveyed("品")
    assert stops(chain.risks(), "料") == {"品": (4, 0.5)}


def test_recycling_is_no_obstacle() -> None:
    """Of what goes round half is lost (2 × 0.25). 件 gives 料 a quarter of what it takes; short of 辅 it stops 料 too."""
    chain = Chain().feeds("料", "件", 2.0).feeds("件", "料", 0.25).figure("料", 10)
    assert chain.risks().cycles == ()
    assert stops(Chain(chain.units, [*chain.facts]).figure("件", 10).risks(), "料") == {"件": (5, 0.5)}
    both = chain.figure("件", 2.5).feeds("辅", "件", 1.0).figure("辅", 2).risks()
    assert stops(both, "辅") == {"件": (0.5, 0.2), "料": (2, 0.2)}


def test_a_cycle_that_eats_itself_up_is_named_and_its_nodes_get_nothing() -> None:
    chain = line().feeds("品", "料", 0.75).feeds("品", "箱", 1.0).figure("箱", 20).says("辅", "none")
    risks = chain.risks()
    assert [(s.rule, s.en.split(":")[0]) for s in risks.cycles] == [
        ("cycle.gain", "cycle 件 → 品 → 料 → 件 has gain 1.5, not below 1")]
    assert risks.of("料") is risks.of("件") is risks.of("品") is None
    assert [s.rule for s in risks.steps("料")] == ["cycle.gain", "risk.unknown"]
    assert stops(risks, "辅") == {"品": (12, 1), "箱": (12, 0.6)}  # from outside the cycle, and out of it


def test_a_cycle_loses_by_its_yield_too() -> None:
    """件 melts 10 and sells 8: one that is sold takes 1.25 of 料, and these 1.25 × 0.9 of 件."""
    chain = Chain().feeds("料", "件", 1.0).feeds("件", "料", 0.9).figure("料", 10)
    assert Chain(chain.units, [*chain.facts]).figure("件", 10).risks().cycles == ()
    lossy = chain.plant("件", 10, yield_rate=0.8).surveyed("件").risks()
    assert [s.en.split(",")[0] for s in lossy.cycles] == ["cycle 件 → 料 → 件 has gain 1.125"]


def test_a_self_loop_is_own_use_until_it_eats_itself_up() -> None:
    mild = Chain().feeds("料", "料", 0.25).feeds("料", "件", 1.0).figure("料", 8).figure("件", 8).risks()
    assert mild.cycles == () and stops(mild, "料") == {"件": (pytest.approx(2), pytest.approx(0.25))}
    greedy = Chain().feeds("料", "料", 1.25).figure("料", 8).risks()
    assert greedy.of("料") is None and greedy.cycles[0].zh.startswith("循环 料 → 料 的增益 1.25 不小于 1")


@pytest.mark.parametrize("coefficient", [0.0, -2.0])
def test_a_coefficient_that_cannot_be_one_is_unknown_and_named(coefficient: float) -> None:
    demands = Chain().feeds("料", "件", coefficient).figure("料", 10).figure("件", 8).demands()
    demand, steps = demands.of("料")
    assert demand.used is None and "coefficient.bad" in [s.rule for s in steps]
    risks = Risks(demands.evidence, demands)
    assert stops(risks, "料") == {"件": (None, None)} and risks.worth("料") is None


def test_units_that_do_not_convert_leave_the_amount_unknown() -> None:
    chain = Chain().feeds("料", "件", 2.0).figure("件", 8)
    chain.units["料"] = "GW"
    assert stops(chain.figure("料", 10).risks(), "料") == {"件": (None, None)}


def test_the_derivation_prints_what_was_cut_and_what_stops_first() -> None:
    steps = line().risks().steps("料")
    assert [s.rule for s in steps] == ["risk.cut", "risk.stops", "risk.stops"]
    assert "16 − 10 = 6 t/a" in steps[0].zh and "16 − 10 = 6 t/a" in steps[0].en and steps[0].facts
    assert (steps[1].zh, steps[1].en) == ("限产 件: 37.5%, 3 t/a", "件 stops by 37.5%, 3 t/a")
    assert line().risks().steps("品") == ()
    blank = Chain().feeds("辅", "品", None).figure("品", 12).says("辅", "none").risks().steps("辅")
    assert "需求未知, 本地供给 0 t/a" in blank[0].zh and "demand unknown" in blank[0].en
    part = Chain().feeds("料", "件", 2.0).feeds("料", "品", None).figure("料", 10).figure("件", 8).figure("品", 3)
    assert "至少 16 − 10 = 6 t/a" in part.risks().steps("料")[0].zh


def test_worth_of_one_unit_more() -> None:
    worth = line().risks().worth("料")
    assert worth is not None and worth.runs == (More("件", 0.5, "t/a"), More("品", 0.5, "t/a"))
    assert worth.shares == pytest.approx(0.5 / 8 + 0.5 / 12, rel=1e-5)
    nothing = line().risks().worth("品")
    assert nothing is not None and (nothing.shares, nothing.runs) == (0, ())


def test_worth_where_there_is_nothing_yet() -> None:
    worth = line().says("辅", "none").risks().worth("辅")
    assert worth is not None and worth.runs == (More("品", 0.2, "t/a"),) and worth.shares == pytest.approx(0.2 / 12, rel=1e-5)


def test_order_is_by_share_then_node_and_the_same_every_time() -> None:
    for chain in many(40):
        for node in chain.sizes:
            one, other = chain.chain().risks().of(node), chain.chain().risks().of(node)
            assert one == other and one is not None
            assert list(one) == sorted(one, key=lambda r: (-(r.share or 0), r.node))
