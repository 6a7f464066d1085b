"""The ledger: every statement of a plan or goal, what it replaced, and when it became known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analysis.ledger import KINDS, Revision, ledger, quarter, summary
from analysis.projects import Projects
from graph.clocks import Seen
from tests.analysis.facts import evidence, fact, project, rows, step


def aim(value: float | None, due: str, stated: str, node: str = "料", unit: str = "kt/a", **more: Any) -> Seen:
    return fact("AIMS", "市", node, due=date.fromisoformat(due), scope="", value=value, unit=unit, valid=stated,
                label="Region", **more)


def told(*facts: Seen | list[Seen]) -> list[Revision]:
    found = evidence(*facts)
    return list(ledger(found, Projects(found)))


def kinds(*facts: Seen | list[Seen]) -> list[tuple[str, float | None]]:
    return [(r.kind, r.revised_value) for r in told(*facts)]


def plan(due: str, stated: str, milestone: str = "operating", **more: Any) -> Seen:
    return step("项目", milestone, due, "planned", valid=stated, **more)


def test_a_slip_in_days_and_quarters_and_a_restatement_is_none() -> None:
    found = told(project("项目", "料", 4), plan("2023-12-31", "2022-01-01"), plan("2023-12-31", "2022-06-01", source="T"),
                 plan("2024-06-30", "2023-03-01"))
    assert [(r.kind, r.due, r.revised, r.days, r.quarters) for r in found] == [
        ("set", None, date(2023, 12, 31), None, None), ("slipped", date(2023, 12, 31), date(2024, 6, 30), 182, 2)]
    assert (found[1].subject, found[1].what, found[1].nodes, found[1].known_from) == (
        "项目", "operating", ("料",), date(2023, 3, 1))


def test_planned_starts_and_permits_stand_in_it_too() -> None:
    found = told(project("项目", "料", 4), plan("2023-12-31", "2022-01-01", "started"), plan("2023-05-31", "2022-01-01", "eia"),
                 plan("2023-04-30", "2022-06-01", "eia"), step("项目", "signed", "2022-01-01"))
    assert [(r.what, r.kind) for r in found] == [("eia", "set"), ("eia", "advanced"), ("started", "set")]


def test_a_plan_withdrawn_and_made_again() -> None:
    found = told(project("项目", "料", 4), plan("2023-12-31", "2022-01-01"), plan("2023-12-31", "2022-06-01", holds=False),
                 plan("2025-12-31", "2023-01-01"))
    assert [r.kind for r in found] == ["set", "withdrawn", "set"] and found[1].revised is None


def test_what_is_held_back_is_no_statement() -> None:
    rumour = plan("2029-12-31", "2022-06-01", authority=0)
    assert [r.kind for r in told(project("项目", "料", 4), plan("2023-12-31", "2022-01-01"), rumour)] == ["set"]


def test_projects_elsewhere_are_not_in_it() -> None:
    assert told(project("项目", "料", 4, "他市"), plan("2023-12-31", "2022-01-01")) == []


def test_goals_raised_lowered_and_carried_over() -> None:
    assert kinds(aim(100, "2022-12-31", "2022-01-01"), aim(120, "2022-12-31", "2022-03-01"),
                 aim(90, "2022-12-31", "2022-06-01"), aim(90, "2022-12-31", "2022-07-01")) == [
        ("set", 100), ("raised", 120), ("lowered", 90)]
    carried = told(aim(100, "2022-12-31", "2022-01-01"), aim(0.1, "2023-12-31", "2023-01-01", unit="Mt/a"))[-1]
    assert (carried.kind, carried.due, carried.revised, carried.quarters) == (
        "carried-over", date(2022, 12, 31), date(2023, 12, 31), 4)


def test_one_plan_for_two_years_carries_nothing_over() -> None:
    both = aim(100, "2023-03-31", "2023-01-01"), aim(100, "2024-12-31", "2023-01-01")
    assert kinds(*both) == [("set", 100), ("set", 100)]
    assert "carried-over" not in rows(*both)["料"].flags
    assert "carried-over" in rows(both[0], aim(100, "2024-12-31", "2023-02-01"))["料"].flags


def test_a_goal_due_before_it_was_set_is_named_and_not_counted() -> None:
    odd = aim(100, "2022-12-31", "2023-01-01")
    assert kinds(odd) == [("backwards", 100)]
    assert kinds(odd, aim(100, "2023-12-31", "2023-02-01")) == [("backwards", 100), ("set", 100)], "nothing to carry over"
    assert kinds(aim(100, "2023-01-01", "2023-01-01")) == [("set", 100)], "due on the day it was set"
    row = rows(odd, aim(100, "2023-12-31", "2023-02-01"))["料"]
    assert row.goal and row.goal.value == 100 and "carried-over" not in row.flags
    said = next(s for s in row.derivation if s.rule == "goal.backwards")
    assert "2022-12-31" in said.en and "2023-01-01" in said.en and "2022-12-31" in said.zh


def test_goals_in_units_that_do_not_convert() -> None:
    assert kinds(aim(100, "2023-12-31", "2022-01-01"), aim(5, "2023-12-31", "2023-01-01", unit="亿元")) == [
        ("set", 100), ("changed", 5)]


def test_what_was_revised_stands_first_and_the_foot_counts() -> None:
    found = told(project("项目", "料", 4), plan("2023-12-31", "2022-01-01"), aim(1, "2023-12-31", "2022-01-01"),
                 aim(2, "2023-12-31", "2022-02-01"))
    assert [r.what for r in found] == ["goal", "goal", "operating"]
    assert summary(found)[0][1].startswith("2 plans and goals: goal raised 1")
    assert {r.kind for r in found} <= set(KINDS)


DAYS = st.integers(0, 2000).map(lambda n: date(2023, 1, 1) + timedelta(n))


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_the_slips_of_a_plan_lead_from_its_first_day_to_its_last(dues: list[date]) -> None:
    plans = [plan(due.isoformat(), f"2022-01-{n + 1:02}") for n, due in enumerate(dues)]
    found = told(project("项目", "料", 4), plans)
    assert sum(r.days or 0 for r in found) == (dues[-1] - dues[0]).days
    assert sum(r.quarters or 0 for r in found) == quarter(dues[-1]) - quarter(dues[0])
    assert found[0].kind == "set" and found[-1].revised == dues[-1]
