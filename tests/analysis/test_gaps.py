"""The rules of GAPS one by one, on small invented chains: 料 → 件 → 品, with 辅 beside."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.gaps import GapEngine
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, feeds, figure, plant, project, rows, step, value


def test_not_typed_in_is_not_missing() -> None:
    assert {r.verdict for r in rows().values()} == {"unknown"}
    assert all(r.supply is None for r in rows().values())


def test_a_claim_never_makes_supply() -> None:
    row = rows(figure("品", 1), claim("件", "none"), claim("件", "filled"))["件"]
    assert row.verdict == "missing" and value(row) == 0 and "claimed" in row.flags


@pytest.mark.parametrize(("facts", "verdict"), [
    ([figure("料", 9), figure("品", 1)], "broken"), ([figure("品", 1)], "missing"), ([figure("料", 9)], "extension"),
    ([], "absent")])
def test_verdicts_of_what_is_not_here(facts: list[Seen], verdict: str) -> None:
    assert rows(facts, claim("件", "wanted"))["件"].verdict == verdict


@pytest.mark.parametrize(("size", "verdict"), [(1.19, "weak"), (1.2, "short"), (1.99, "short"), (2.0, "balanced"),
                                               (3.0, "balanced"), (3.01, "surplus")])
def test_verdicts_by_ratio(size: float, verdict: str) -> None:
    assert rows(figure("料", size), figure("件", 1))["料"].verdict == verdict


def test_a_figure_covers_what_stood_on_its_day_and_not_what_came_after() -> None:
    listed = [plant("甲", "料", 3, since=date(2022, 1, 1)), plant("乙", "料", 4, since=date(2023, 5, 1)), plant("丙", "料", 9)]
    assert value(rows(figure("料", 10), listed)["料"]) == 14


def test_a_project_that_its_investors_plant_stands_for_is_not_added() -> None:
    opened = [*project("项目", "料", 4), step("项目", "operating", "2023-05-01"), fact("INVESTS_IN", "甲", "项目")]
    assert value(rows(figure("料", 10), opened)["料"]) == 14
    assert value(rows(figure("料", 10), opened, plant("甲", "料", 4, since=date(2023, 5, 1)))["料"]) == 14
    group = [fact("OWNS", "集团", "甲"), fact("OWNS", "集团", "子"), plant("子", "料", 4, since=date(2023, 5, 1))]
    assert value(rows(figure("料", 10), opened, group)["料"]) == 14


def test_figures_of_regions_below_and_what_stands_outside_them() -> None:
    assert value(rows(figure("料", 3, "区"), plant("甲", "料", 9, "区"), plant("乙", "料", 5))["料"]) == 8


def test_a_list_is_partial_until_a_survey_says_it_is_complete() -> None:
    open_list = rows(plant("甲", "料", 5), figure("件", 1))["料"]
    assert (open_list.verdict, "partial" in open_list.flags) == ("present", True)
    closed = rows(plant("甲", "料", 5), figure("件", 1), fact("SURVEYS", "市", "甲链", valid="2023-01-01"))["料"]
    assert (closed.verdict, "partial" in closed.flags) == ("surplus", False)


def test_a_later_survey_outranks_the_figure_and_says_zero_of_the_rest() -> None:
    answer = rows(figure("料", 10), plant("甲", "料", 5), fact("SURVEYS", "市", "甲链", valid="2023-02-01"))
    assert value(answer["料"]) == 5 and value(answer["件"]) == 0


def test_unsized_is_not_zero() -> None:
    row = rows(plant("甲", "料"), figure("件", 1))["料"]
    assert row.verdict == "present" and value(row) is None and "unsized" in row.flags


def test_a_consumer_of_unknown_size_makes_the_whole_demand_unknown_and_says_at_least() -> None:
    row = rows(figure("料", 9), figure("件", 1), feeds("料", "辅", 1.0), plant("甲", "辅"))["料"]
    assert row.demand.used is None and row.demand.at_least == 2 and row.verdict == "present"


def test_yield_counts_saleable_and_feeds_gross() -> None:
    answer = rows(plant("甲", "件", 10, yield_rate=0.8), fact("SURVEYS", "市", "甲链", valid="2023-02-01"), figure("料", 1))
    assert value(answer["件"]) == 8 and answer["料"].demand.used == 20


def test_a_plant_at_a_region_and_again_within_it_is_one_at_the_finer() -> None:
    assert value(rows(plant("甲", "料", 5), plant("甲", "料", 6, "区"))["料"]) == 6


def test_a_stopped_or_closed_plant_does_not_stand() -> None:
    stopped = [plant("甲", "料", 5, valid="2022-01-01"), plant("甲", "料", 5, valid="2023-02-01", state="stopped")]
    closed = [plant("甲", "料", 5, valid="2022-01-01"), plant("甲", "料", 5, valid="2023-02-01", holds=False)]
    assert rows(stopped)["料"].supply is None and rows(closed)["料"].supply is None


def test_a_variant_makes_its_node_stand_and_is_no_gap_itself() -> None:
    variant = fact("VARIANT_OF", "变型", "料", valid="1900-01-01")
    chain = ("料", "件", "品", "辅", "变型")
    up = rows(variant, plant("甲", "变型", 5), figure("件", 1), claim("料", "none"), chain=chain)
    assert value(up["料"]) == 5 and up["料"].own is not None and up["料"].own.value == 0
    down = rows(variant, figure("料", 5), figure("件", 1), claim("变型", "none"), chain=chain)
    assert down["变型"].verdict == "absent"
    neither = rows(variant, figure("件", 1), claim("料", "none"), chain=chain)
    assert (neither["料"].verdict, neither["变型"].verdict) == ("missing", "missing")


def test_a_variants_plant_is_within_the_nodes_figure() -> None:
    variant = fact("VARIANT_OF", "变型", "料", valid="1900-01-01")
    answer = rows(variant, figure("料", 10), plant("甲", "变型", 4), chain=("料", "件", "变型"))
    assert value(answer["料"]) == 10


def test_range_by_issuer_without_the_held_back_and_the_old() -> None:
    values = [feeds("料", "件", 2.0, authority=6), feeds("料", "件", 3.0, authority=3, source="T"),
              feeds("料", "件", 6.0, authority=0), feeds("料", "件", 16.0, valid="2004-01-01", source="U")]
    row = rows(figure("料", 6), figure("件", 1), values)["料"]
    assert (row.demand.low, row.demand.high, row.demand.used) == (2, 3, 2)
    [told] = [step for step in row.derivation if step.rule == "demand"]  # who states the far end of the range is cited too
    assert len(told.facts) == len(told.sources) == 2 and "T" in told.sources and "T" in {source.id for source in row.sources}
    assert row.coverage and (row.coverage.low, row.coverage.high, row.coverage.used) == (2, 3, 3)


def test_a_building_consumer_makes_it_ahead() -> None:
    building = [*project("项目", "品", 3), step("项目", "started", "2023-03-01")]
    row = rows(building, claim("辅", "none"))["辅"]
    assert row.verdict == "missing" and {"ahead", "essential"} <= set(row.flags)
    assert "ahead" not in rows(building, figure("品", 1), claim("辅", "none"))["辅"].flags


def test_equipment_stops_nothing_unless_the_sheet_says_so() -> None:
    assert rows(feeds("辅", "品", role="equipment"), figure("品", 1), claim("辅", "none"))["辅"].verdict == "absent"
    needed = feeds("辅", "品", role="equipment", essential=True)
    assert rows(needed, figure("品", 1), claim("辅", "none"))["辅"].verdict == "missing"


def test_a_boundary_node_has_no_row_and_makes_no_demand() -> None:
    answer = rows(feeds("品", "市场", role="material"), figure("品", 1), figure("市场", 5), chain=("品", "市场"))
    assert set(answer) == {"品"} and answer["品"].demand.used == 0


def test_an_opening_that_does_not_say_which_node_counts_for_none() -> None:
    both = [*project("项目", "件", 3), *project("项目", "品", 2), step("项目", "operating", "2023-03-01")]
    answer = rows(both, claim("件", "none"))
    assert value(answer["件"]) == 0 and "check" in answer["件"].flags and "check" in answer["品"].flags
    assert answer["件"].pipeline == ()


def test_phases_are_counted_and_not_the_whole_beside_them() -> None:
    whole = [*project("项目", "料", 100), *project("项目/一", "料", 4), *project("项目/二", "料", 6),
             fact("PHASE_OF", "项目/一", "项目"), fact("PHASE_OF", "项目/二", "项目"), step("项目/一", "operating", "2023-02-01")]
    row = rows(whole, figure("件", 1))["料"]
    assert value(row) == 4
    assert [(i.project, i.capacity, [p.capacity for p in i.phases]) for i in row.pipeline] == [("项目", 6, [6])]


def test_overdue_is_dropped_where_the_figure_has_risen_by_its_size() -> None:
    late = [*project("项目", "料", 4), step("项目", "operating", "2023-03-31", "planned")]
    assert "overdue" in rows(late, figure("料", 10))["料"].flags
    risen = [figure("料", 10), figure("料", 14, valid="2023-05-01")]
    assert "overdue" not in rows(late, risen)["料"].flags


def test_slips_keep_every_earlier_day_and_a_restatement_is_none() -> None:
    plans = [step("项目", "operating", d, "planned", valid=v) for d, v in
             (("2023-03-31", "2022-01-01"), ("2023-03-31", "2022-06-01"), ("2024-03-31", "2023-01-01"))]
    item = rows(project("项目", "料", 4), plans, figure("料", 1))["料"].pipeline[0]
    assert [(s.due, s.revised) for s in item.slips] == [(date(2023, 3, 31), date(2024, 3, 31))]


def test_conflict_near_fall_and_authority_but_not_growth() -> None:
    def flags(*values: Seen) -> bool:
        return "conflict" in rows(list(values))["料"].flags
    assert flags(figure("料", 10), figure("料", 11, valid="2023-01-20"))
    assert not flags(figure("料", 10), figure("料", 10.4, valid="2023-01-20"))
    assert flags(figure("料", 10, valid="2022-01-01"), figure("料", 7))
    assert not flags(figure("料", 7, valid="2022-01-01"), figure("料", 70))
    assert flags(figure("料", 7, valid="2022-01-01", authority=7), figure("料", 70))


def test_a_fall_that_a_stopped_plant_explains_is_no_conflict() -> None:
    fall = [figure("料", 10, valid="2022-01-01"), figure("料", 7)]
    assert "conflict" not in rows(fall, plant("甲", "料", 3, valid="2022-06-01", state="stopped"))["料"].flags


def test_single_source_only_where_the_known_makers_stand_for_most() -> None:
    assert "single-source" in rows(figure("料", 10), plant("甲", "料", 8))["料"].flags
    assert "single-source" not in rows(figure("料", 10), plant("甲", "料", 7))["料"].flags
    assert "single-source" not in rows(figure("料", 10), plant("甲", "料", 5), plant("乙", "料", 5))["料"].flags


def test_thin_with_the_amount_that_leaves() -> None:
    row = rows(figure("料", 10), figure("件", 2))["件"]
    assert "thin" in row.flags and row.leaves is not None and (row.leaves.value, row.leaves.unit) == (6, "kt/a")
    assert "thin" not in rows(figure("料", 10), figure("件", 3))["件"].flags


def test_wanted_holds_while_the_newest_list_names_it() -> None:
    old, new = claim("件", "wanted"), claim("辅", "wanted", valid="2023-05-01")
    assert "wanted" in rows(old)["件"].flags
    answer = rows(old, new)
    assert "wanted" not in answer["件"].flags and answer["件"].verdict == "unknown" and "wanted" in answer["辅"].flags


def test_claims_of_strangers_do_not_speak_here() -> None:
    assert rows(claim("件", "none", who="他市"))["件"].verdict == "unknown"
    assert rows(claim("件", "none", who="外企", label="Firm"))["件"].verdict == "unknown"


def test_a_part_of_the_region_speaks_only_for_itself() -> None:
    assert rows(figure("品", 1), claim("件", "none", who="区"))["件"].verdict == "unknown"


def test_zero_on_a_day_and_a_later_plant_of_unknown_size_stands() -> None:
    row = rows(figure("料", 0), plant("甲", "料", since=date(2023, 5, 1)), figure("件", 1))["料"]
    assert row.verdict == "present" and "unsized" in row.flags


def test_a_plant_that_begins_later_does_not_stand_yet() -> None:
    assert rows(plant("甲", "料", 5, since=date(2025, 1, 1)))["料"].supply is None


def test_a_variant_with_a_figure_is_counted_once() -> None:
    variant = fact("VARIANT_OF", "变型", "料", valid="1900-01-01")
    answer = rows(variant, figure("变型", 10), plant("甲", "变型", 4, since=date(2020, 1, 1)), chain=("料", "件", "变型"))
    assert value(answer["料"]) == 10


def test_the_finer_plant_decides_whether_it_runs() -> None:
    answer = rows(plant("甲", "料", 5, valid="2022-01-01"), plant("甲", "料", 5, "区", state="stopped"))
    assert answer["料"].supply is None


def test_an_unclear_opening_still_needs_its_inputs() -> None:
    both = [*project("项目", "件", 3), *project("项目", "品", 2), step("项目", "operating", "2023-03-01")]
    assert rows(both, claim("辅", "none"))["辅"].verdict == "missing"


def test_a_partial_list_is_no_single_source_and_bounds_demand_from_below() -> None:
    answer = rows(plant("甲", "件", 1), figure("料", 9))
    assert "single-source" not in answer["件"].flags
    assert answer["料"].verdict == "present" and answer["料"].demand.at_least == 2


def test_a_withdrawn_aim_of_a_project_leaves_it_with_one_node() -> None:
    closed = [*project("项目", "件", 3), *project("项目", "品", 2), step("项目", "operating", "2023-03-01"),
              fact("ADDS", "项目", "品", valid="2023-02-01", holds=False)]
    assert value(rows(closed)["件"]) == 3


def test_a_figure_that_a_later_survey_outranks_is_printed() -> None:
    row = rows(figure("料", 10), plant("甲", "料", 5), fact("SURVEYS", "市", "甲链", valid="2023-02-01"))["料"]
    assert "supply.figure" in [s.rule for s in row.derivation]


def test_held_back_figures_are_shown() -> None:
    row = rows(figure("料", 120, authority=0), figure("料", 12, source="T"))["料"]
    assert value(row) == 12 and [s.en for s in row.derivation if s.rule == "held-back"] == [
        "shown, not counted: 120 kt/a (2023-01-01)"]


def test_a_goal_that_falls_for_the_same_day_is_a_conflict() -> None:
    goals = [fact("AIMS", "市", "料", due=date(2024, 12, 31), scope="", value=v, unit="kt/a", valid=d)
             for v, d in ((100.0, "2022-01-01"), (50.0, "2023-01-01"))]
    assert "conflict" in rows(goals)["料"].flags


def test_phases_of_different_stages_are_not_added_up() -> None:
    both = [*project("项目", "料"), *project("项目/一", "料", 4), *project("项目/二", "料", 6),
            fact("PHASE_OF", "项目/一", "项目"), fact("PHASE_OF", "项目/二", "项目"), step("项目/一", "started", "2023-02-01")]
    item = rows(both, figure("料", 1))["料"].pipeline[0]
    assert (item.stage, item.capacity, sorted(p.stage for p in item.phases)) == ("在建", 4, ["在建", "在谈"])


def test_a_consumer_of_two_variants_takes_the_one_or_the_other() -> None:
    variants = [fact("VARIANT_OF", v, "料", valid="1900-01-01") for v in ("变型", "辅")]
    fed = [fact("FEEDS", v, "件", coefficient=2.0, unit="kt/GW", role="material") for v in ("变型", "辅")]
    closed = fact("FEEDS", "料", "件", role="material", valid="2023-02-01", holds=False)
    answer = rows(variants, fed, closed, figure("件", 5), chain=("料", "件", "变型", "辅"))
    assert answer["料"].demand.used == 10


def test_a_plant_that_began_on_the_figures_very_day_is_in_it() -> None:
    answer = rows(figure("件", 10, valid="2023-03-01"), plant("甲", "件", 4, since=date(2023, 3, 1)))
    assert value(answer["件"]) == 10
    assert value(rows(figure("件", 10, valid="2023-03-01"), plant("甲", "件", 4, since=date(2023, 3, 2)))["件"]) == 14


def test_the_newest_word_wins() -> None:
    here, gone = claim("件", "present"), claim("件", "none", valid="2023-05-01")
    assert value(rows(here, gone)["件"]) == 0
    assert rows(gone, claim("件", "present", valid="2023-06-01"))["件"].verdict == "present"


def test_figures_of_all_the_regions_below_are_the_regions_own() -> None:
    """区 is all that lies right below 市: its figure is a total, and gives a ratio."""
    row = rows(figure("料", 10, region="区"), figure("件", 5))["料"]
    assert (value(row), row.flags.count("partial"), row.verdict) == (10, 0, "balanced")


def test_no_demand_is_known_where_nobody_has_looked_at_the_consumers() -> None:
    row = rows(figure("料", 10))["料"]
    assert (row.demand.used, row.conversion, row.verdict) == (None, None, "present")
    assert "demand.unlooked" in [s.rule for s in row.derivation]
    none = rows(figure("料", 10), claim("件", "none"))["料"]
    assert (none.demand.used, none.conversion) == (0, 0)


@pytest.mark.parametrize("ring", [[("料", "料")], [("变型", "料"), ("料", "变型")], [("变型", "料"), ("辅", "变型"), ("料", "辅")]])
def test_variants_in_a_ring_are_left_out_and_the_rest_counts(ring: list[tuple[str, str]]) -> None:
    facts = [fact("VARIANT_OF", one, other, valid="1900-01-01") for one, other in ring]
    found = evidence(facts, figure("料", 10), chain=("料", "件", "变型", "辅"))
    assert len(found.rings) == 1 and len(GapEngine(found).rows("甲链")) == 4


def test_a_node_that_feeds_itself_is_not_needed_by_itself() -> None:
    answer = rows(fact("FEEDS", "料", "料", coefficient=0.1, unit="kt/kt", role="material"), figure("料", 10))
    assert not {"essential", "thin"} & set(answer["料"].flags)
