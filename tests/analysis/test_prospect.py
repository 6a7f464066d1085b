"""Goal against supply and pipeline, with demand at goal."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.gaps import GapEngine
from analysis.parts import Amount, Goal, StageSum
from analysis.prospect import ProspectRow, indicator_goals, notes, usual_due
from analysis.prospect import rows as prospect
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, feeds, figure, plant, project, step
from tests.analysis.test_ledger import aim

DUE = "2024-12-31"


def made(*facts: Seen | list[Seen], due: str = DUE) -> dict[str, ProspectRow]:
    return {r.node: r for r in prospect(GapEngine(evidence(*facts)), "甲链", date.fromisoformat(due))}


def started(name: str, size: float | None, due: str = "", node: str = "料") -> list[Seen]:
    plans = [step(name, "operating", due, "planned")] if due else []
    return [*project(name, node, size), step(name, "started", "2023-02-01"), *plans]


def test_gap_projects_and_what_is_left() -> None:
    row = made(aim(100, DUE, "2023-01-01"), figure("料", 40), started("甲", 15, DUE), started("乙", 9, "2025-12-31"),
               project("丙", "料", 6))["料"]
    assert (row.state, row.gap, row.over) == ("open", Amount(60, "kt/a"), None)
    assert [(s.stage, s.capacity) for s in row.sums] == [("在建", 24), ("在谈", 6)]
    assert row.due_by == StageSum("在建", 15, "kt/a", 1, 0) and row.fills == 0.25
    assert row.left == Amount(30, "kt/a")
    assert "60 − under construction 24 − in talks 6 = 30" in next(s.en for s in row.derivation if s.rule == "goal.left")


def test_a_surplus_over_the_goal_is_reached_and_no_negative_gap() -> None:
    row = made(aim(100, DUE, "2023-01-01"), figure("料", 130))["料"]
    assert (row.state, row.gap, row.over, row.fills) == ("reached", Amount(0, "kt/a"), Amount(30, "kt/a"), None)
    assert made(aim(100, DUE, "2023-01-01"), figure("料", 100))["料"].state == "reached"


def test_unknown_stays_unknown() -> None:
    assert made(aim(100, DUE, "2023-01-01"))["料"].gap is None
    unsized = made(aim(100, DUE, "2023-01-01"), plant("甲", "料"))["料"]
    assert (unsized.state, unsized.gap, unsized.supply) == ("unknown", None, Amount(None, "kt/a"))
    other = made(aim(5, DUE, "2023-01-01", unit="亿元"), figure("料", 1))["料"]
    assert other.gap is None and "goal.unit" in {s.rule for s in other.derivation}
    zero = made(aim(100, DUE, "2023-01-01"), claim("料", "none"))["料"]
    assert zero.gap == Amount(100, "kt/a")


def test_a_partial_supply_bounds_the_gap_from_above() -> None:
    row = made(aim(100, DUE, "2023-01-01"), plant("甲", "料", 30))["料"]
    assert row.gap == Amount(70, "kt/a") and "at most" in next(s.en for s in row.derivation if s.rule == "goal.gap")


def test_what_is_late_fills_nothing_by_the_day_and_is_named() -> None:
    row = made(aim(100, DUE, "2023-01-01"), figure("料", 40), started("甲", 15, DUE), started("乙", 9, "2023-03-01"))["料"]
    assert row.due_by == StageSum("在建", 15, "kt/a", 1, 0) and [s.capacity for s in row.sums] == [24]
    [late] = [s for s in row.derivation if s.rule == "pipeline.late"]
    assert "乙 (2023-03-01)" in late.zh and "乙 (2023-03-01)" in late.en and late.facts and "甲" not in late.en


@pytest.mark.parametrize(("facts", "fills"), [
    ([], 0.0), (started("甲", None, DUE), None), (started("甲", 15), None), (project("甲", "料", 15), 0.0),
    (started("甲", 15, "2025-01-01"), 0.0)])
def test_how_much_of_the_gap_is_filled_by_the_day(facts: list[Seen], fills: float | None) -> None:
    assert made(aim(100, DUE, "2023-01-01"), figure("料", 40), facts)["料"].fills == fills


def test_more_projects_than_gap_leave_nothing() -> None:
    row = made(aim(100, DUE, "2023-01-01"), figure("料", 40), started("甲", 90, DUE))["料"]
    assert row.left == Amount(0, "kt/a") and row.fills == 1.5


def test_an_unsized_project_makes_what_is_left_an_upper_bound() -> None:
    row = made(aim(100, DUE, "2023-01-01"), figure("料", 40), project("甲", "料"))["料"]
    assert row.left == Amount(60, "kt/a") and "at most" in next(s.en for s in row.derivation if s.rule == "goal.left")


def test_demand_at_goal_by_issuer_and_what_a_project_covers_of_it() -> None:
    values = [feeds("料", "件", 2.0, authority=6), feeds("料", "件", 4.0, authority=3, source="T")]
    row = made(values, aim(10, DUE, "2023-01-01", "件", "GW"), figure("件", 1), figure("料", 2), started("甲", 8, DUE))["料"]
    assert (row.demand.low, row.demand.high, row.demand.used) == (20, 40, 20)
    cover = row.pipeline[0].would_cover
    assert cover and (cover.low, cover.used) == (0.2, 0.4)
    assert row.after_building and row.after_building.used == 0.5


def test_consumers_without_a_goal_stay_as_they_stand_and_so_do_those_past_it() -> None:
    assert made(figure("件", 3))["料"].demand.used == 6
    past = made(figure("件", 3), aim(1, DUE, "2023-01-01", "件", "GW"))["料"]
    assert past.demand.used == 6 and "past its goal" in next(s.en for s in past.derivation if s.rule == "demand.goal")
    assert made()["料"].demand.used == 0
    assert made(plant("甲", "件"))["料"].demand.used is None
    partial = made(plant("甲", "件", 3))["料"].demand
    assert (partial.used, partial.at_least) == (None, 6), "a list that is not complete bounds it from below"
    outside = fact("FEEDS", "料", "市场", coefficient=1.0, unit="kt/GW", role="material")
    assert made(outside, aim(9, DUE, "2023-01-01", "市场", "GW"), figure("市场", 9))["料"].demand.used == 0
    assert made(plant("甲", "件"), aim(2, DUE, "2023-01-01", "件", "GW"))["料"].demand.used == 4


def test_demand_at_goal_without_a_coefficient_is_unknown_and_says_at_least() -> None:
    row = made(feeds("料", "辅"), aim(10, DUE, "2023-01-01", "件", "GW"), aim(5, DUE, "2023-01-01", "辅"))["料"]
    assert row.demand.used is None and row.demand.at_least == 20


def test_coefficients_in_another_unit_are_converted() -> None:
    tonnes = fact("FEEDS", "料", "件", coefficient=2000.0, unit="t/GW", role="material")
    assert made(tonnes, aim(10, DUE, "2023-01-01", "件", "GW"))["料"].demand.used == pytest.approx(20)


def test_a_variant_with_its_own_feed_is_taken_off_its_nodes_demand() -> None:
    variant = fact("VARIANT_OF", "变型", "辅", valid="1900-01-01")
    aims = aim(10, DUE, "2023-01-01", "辅"), aim(4, DUE, "2023-01-01", "变型")
    assert made(variant, feeds("料", "辅", 1.0), feeds("料", "变型", 3.0), *aims)["料"].demand.used == 1 * (10 - 4) + 3 * 4


def test_goals_for_another_day_are_listed_as_such() -> None:
    row = made(aim(100, "2025-12-31", "2023-01-01"), aim(90, "2024-06-30", "2023-01-01"), figure("料", 40))["料"]
    assert (row.state, row.goal, row.nearest) == ("another-day", None, Goal(90, "kt/a", date(2024, 6, 30)))
    assert made(figure("料", 40))["料"].state == "none"


def test_carried_over_and_revised_goals_stand_beside() -> None:
    row = made(aim(100, "2023-12-31", "2022-01-01"), aim(80, DUE, "2022-06-01"), aim(100, DUE, "2023-01-01", firms="甲厂、乙厂"))["料"]
    assert [(r.kind, r.due, r.value) for r in row.revisions] == [
        ("raised", date(2024, 12, 31), 80), ("carried-over", date(2023, 12, 31), 100)]
    assert row.firms == ("甲厂", "乙厂") and "carried-over" in {s.rule for s in row.derivation}


def test_goals_of_another_region_are_not_its_own() -> None:
    assert made(fact("AIMS", "区", "料", due=date(2024, 12, 31), scope="", value=9.0, unit="kt/a"))["料"].state == "none"


def test_the_usual_day_is_the_nearest_ahead_else_the_last_past() -> None:
    def usual(*aims: Seen) -> date | None:
        return usual_due(evidence(*aims), "甲链", ())

    near, far, past = aim(1, "2023-06-30", "2023-01-01"), aim(1, "2025-12-31", "2023-01-01"), aim(1, "2023-03-31", "2023-01-01")
    assert usual(far, near, past) == date(2023, 6, 30)
    assert usual(past) == date(2023, 3, 31) and usual() is None
    assert usual(aim(1, "2022-12-31", "2023-01-01")) is None, "due before it was set"
    sales = fact("AIMS", "市", "产值", label="Region", due=date(2024, 6, 30), scope="甲链", value=5.0, unit="亿元", name="产值")
    assert usual_due(evidence(far), "甲链", (sales,)) == date(2024, 6, 30)


def test_indicator_goals_are_those_of_the_day_else_the_nearest() -> None:
    def sales(value: float, due: str, stated: str = "2022-01-01") -> Seen:
        return fact("AIMS", "市", "产值", due=date.fromisoformat(due), scope="甲链", value=value, unit="亿元", valid=stated)

    found = indicator_goals(evidence(), [sales(5, "2023-12-31"), sales(5, "2024-12-31", "2023-01-01")], date(2024, 12, 31))
    assert [(i.indicator, i.goal.value, i.goal.due, [r.kind for r in i.revisions]) for i in found] == [
        ("产值", 5, date(2024, 12, 31), ["carried-over"])]
    assert indicator_goals(evidence(), [sales(5, "2023-12-31")], date(2024, 12, 31))[0].goal.due == date(2023, 12, 31)
    assert indicator_goals(evidence(), [sales(5, "2021-12-31")], date(2024, 12, 31)) == ()


def test_notes_say_which_day_and_that_it_has_passed() -> None:
    found, past = evidence(aim(1, "2023-03-31", "2023-01-01")), date(2023, 3, 31)
    rows = prospect(GapEngine(found), "甲链", past)
    said = [en for _, en in notes(found, rows, past, False)]
    assert "last there is" in said[0] and "--as-of 2023-03-31" in said[1]
    assert "no goal yet" in notes(found, (), None, False)[0][1]


def test_a_chain_whose_only_goal_is_backwards_says_so() -> None:
    found = evidence(aim(1, "2022-03-31", "2023-01-01"))
    said = [en for _, en in notes(found, prospect(GapEngine(found), "甲链", None), None, False)]
    assert "no goal that counts" in said[0] and said[1] == "goals due before they were set, not counted: 料"
