"""Which facts changed an answer: found by asking again without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.causes import Event, Moment, changed_by, culprits, events, turns
from graph.clocks import Seen
from tests.analysis.facts import fact, figure, plant, step

ONE, TWO = date(2023, 1, 1), date(2023, 6, 1)
AT, THEN = Moment(ONE, ONE), Moment(TWO, TWO)


def known(given: Seen, day: str) -> Seen:
    return replace(given, known_from=date.fromisoformat(day))


def told(*facts: Seen, before: Moment = AT, after: Moment = THEN) -> list[tuple[str, str]]:
    return [(e.kind, e.day.isoformat()) for e in events(facts, before, after)]


def test_a_fact_is_an_event_on_the_day_on_which_the_moving_clock_lets_it_in() -> None:
    assert told(figure("料", 1, valid="2023-02-01")) == [("fact", "2023-02-01")]
    assert told(known(figure("料", 1, valid="2022-02-01"), "2023-03-01")) == [("fact", "2023-03-01")]
    assert told(known(figure("料", 1, valid="2023-02-01"), "2022-03-01")) == [("fact", "2023-02-01")]
    assert told(figure("料", 1, valid="2022-02-01"), figure("料", 1, valid="2023-06-02")) == []


def test_only_what_became_known_where_the_day_stands_still() -> None:
    late = known(figure("料", 1, valid="2022-02-01"), "2023-03-01")
    assert told(late, figure("料", 2, valid="2023-02-01"), after=Moment(ONE, TWO)) == [("fact", "2023-03-01")]


def test_days_that_pass() -> None:
    planned = step("项目", "operating", "2023-03-31", "planned", valid="2022-01-01")
    goal = fact("AIMS", "市", "料", due=date(2023, 4, 30), scope="", value=1.0, valid="2022-01-01")
    opening = plant("甲", "料", 1, since=date(2023, 5, 1), valid="2022-01-01")
    assert told(planned, goal, opening) == [("due", "2023-04-01"), ("due", "2023-05-01"), ("since", "2023-05-01")]
    assert turns(step("项目", "operating", "2023-03-31")) == () == turns(plant("甲", "料", 1))


def test_a_plant_that_is_stated_before_it_opens_tells_twice() -> None:
    assert told(plant("甲", "料", 1, since=date(2023, 5, 1), valid="2023-02-01")) == [
        ("fact", "2023-02-01"), ("since", "2023-05-01")]


def restored(*needed: str):  # type: ignore[no-untyped-def]
    """An answer that is 'old' again once any of ``needed`` is gone."""
    return lambda without: "old" if without & set(needed) else "new"


def test_each_single_fact_that_restores_it_is_a_cause() -> None:
    assert culprits("abcdefg", "old", restored("b", "f")) == ("b", "f")


def test_where_each_is_enough_they_are_causes_together() -> None:
    def either(without: frozenset[str]) -> str:
        return "old" if {"b", "f"} <= without else "new"
    assert culprits("abcdefg", "old", either) == ("b", "f")


def test_where_nothing_restores_it_what_changes_it_is_told() -> None:
    assert culprits("abc", "old", lambda without: "third" if "b" in without else "new") == ("b",)
    assert culprits("", "old", lambda without: "new") == ()


@given(st.sets(st.integers(0, 30), min_size=1), st.integers(0, 30))
def test_any_hidden_cause_is_found(others: set[int], hidden: int) -> None:
    ids = [str(i) for i in sorted(others | {hidden})]
    assert culprits(ids, "old", restored(str(hidden))) == (str(hidden),)


@given(st.sets(st.integers(0, 20), min_size=2, max_size=5))
def test_any_hidden_set_is_found_and_nothing_beside_it(hidden: set[int]) -> None:
    names = {str(i) for i in hidden}
    found = culprits([str(i) for i in range(21)], "old", lambda without: "old" if names <= without else "new")
    assert set(found) == names


def test_a_goal_that_passed_is_found_by_what_it_did_before() -> None:
    goal = Event("due", fact("AIMS", "市", "料", due=ONE, scope="", value=1.0), ONE + timedelta(1))
    found, together = changed_by([goal], lambda without: "none" if without else "goal", lambda without: "none")
    assert (found, together) == ((goal,), False)


@pytest.mark.parametrize(("value", "together"), [(restored("a", "b"), False),
                                                 (lambda w: "old" if len(w) == 2 else "new", True)])
def test_together_where_no_single_one_is_enough(value, together) -> None:  # type: ignore[no-untyped-def]
    two = [Event("fact", replace(figure("料", n), id=i), ONE) for n, i in enumerate("ab")]
    assert changed_by(two, lambda without: "old", value) == (tuple(two), together)
