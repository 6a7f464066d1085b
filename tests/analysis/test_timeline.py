"""Days of a chain: which are kept, what changed on each, what a note says of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import PipelineItem
from analysis.timeline import NodeState, States, Timeline, UnderWay, looked_at, state, timeline
from tests.analysis.facts import claim, figure, project, rows, step

FIRST = date(2023, 1, 1)
BASE = NodeState("料", "unknown", (), None, None, (), (), ())


def day(number: int) -> date:
    return FIRST + timedelta(number)


def chain(**verdicts: str) -> States:
    return {node: replace(BASE, node=node, verdict=verdict) for node, verdict in verdicts.items()}


def told(*states: States, most: int = 60) -> Timeline:
    return timeline([(day(i), found) for i, found in enumerate(states)], len(states), most)


def test_a_gap_opens_turns_into_another_and_closes() -> None:
    found = told(chain(料="unknown", 件="short"), chain(料="missing", 件="short"), chain(料="broken", 件="short"),
                 chain(料="balanced", 件="short"), chain(料="balanced", 件="short"))
    assert [(d.day, [c.node for c in d.changes], d.opened, d.closed) for d in found.days] == [
        (day(0), ["料", "件"], (), ()), (day(1), ["料"], ("料",), ()), (day(2), ["料"], (), ()), (day(3), ["料"], (), ("料",)),
        (day(4), [], (), ())]
    assert found.notes == ()


def test_a_gap_that_nobody_needs_any_more_is_not_closed() -> None:
    assert told(chain(料="missing"), chain(料="absent")).days[-1].closed == ()


def test_the_first_day_is_the_one_before_the_first_change_and_the_last_is_asked_for() -> None:
    same = told(*[chain(料="short")] * 5)
    assert [(d.day, len(d.changes)) for d in same.days] == [(day(3), 1), (day(4), 0)]
    found = told(*[chain(料="short")] * 3, chain(料="weak"))
    assert [(d.day, len(d.changes)) for d in found.days] == [(day(2), 1), (day(3), 1)]


def test_a_node_that_enters_the_chain_is_a_change() -> None:
    assert [c.node for c in told(chain(料="short"), chain(料="short", 件="missing")).days[-1].changes] == ["件"]
    assert told(chain(料="short"), chain(料="short", 件="missing")).days[-1].opened == ("件",)


def test_days_with_another_verdict_are_kept_and_of_the_others_some() -> None:
    verdicts = {20: "missing", 33: "short"}
    now, states = chain(料="unknown"), []
    for i in range(50):
        now = {"料": replace(now["料"], verdict=verdicts.get(i, now["料"].verdict), firms=tuple("甲" * i))}
        states.append(now)
    found = told(*states, most=12)
    assert len(found.days) == 11 and {day(20), day(33)} < {d.day for d in found.days}
    assert found.days[0].day == day(0) and len(found.days[0].changes[0].firms) == 0, "the day before anything changed"
    assert "39 days on which only figures or flags changed" in found.notes[0][1] and "39 天" in found.notes[0][0]
    assert {d.day for d in told(*states, most=3).days} >= {day(20), day(33), day(49)}, "never fewer than those"


def test_not_even_of_verdicts_are_thousands_of_days_kept() -> None:
    found = told(*[chain(料="missing" if i % 2 else "short") for i in range(2000)])
    assert len(found.days) <= 242 and found.days[-1].day == day(1999) and "days" in found.notes[0][1]


def test_before_the_first_day_there_is_none() -> None:
    assert timeline([(date.min, chain(料="short"))], 1).days[0].day == date.min


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=40), st.integers(3, 60))
def test_adding_up_the_changes_gives_every_kept_day(verdicts: list[str], most: int) -> None:
    states = [chain(料=verdict, 件="short") for verdict in verdicts]
    now: dict[str, NodeState] = {}
    for kept in told(*states, most=most).days:
        now |= {c.node: c for c in kept.changes}
        assert now == states[max((kept.day - FIRST).days, 0)]


def test_of_many_days_some_are_looked_at_and_a_verdict_is_traced_to_its_day() -> None:
    asked: list[date] = []

    def at(when: date) -> States:
        asked.append(when)
        return chain(料="missing" if when >= day(777) else "short")

    found = looked_at([day(i) for i in range(1000)], at, most=10)
    assert [d for d, _ in found] == sorted(asked) and len(asked) == len(set(asked)) < 20
    assert {day(0), day(776), day(777), day(999)} <= {d for d, _ in found}
    shown = timeline(found, 1000)
    assert [d.day for d in shown.days if d.opened] == [day(777)] and "days were not computed" in shown.notes[0][1]


def test_what_a_box_shows_of_a_row() -> None:
    gap = rows(figure("件", 1), claim("料", "none"), project("项目", "料", 3), step("项目", "started", "2023-02-01"))["料"]
    found = state(gap, ("甲",), ("项目",))
    assert (found.node, found.verdict, found.firms, found.projects) == ("料", gap.verdict, ("甲",), ("项目",))
    assert found.pipeline == (UnderWay("项目", "在建", False),) and "pipeline" in found.flags


def test_phases_keep_their_own_stage_and_delay() -> None:
    gap = rows(figure("件", 1), claim("料", "none"))["料"]
    phase = PipelineItem("一期", "签约", None, "", None, None, (), (), None, overdue=True)
    whole = replace(phase, project="项目", stage="在建", overdue=False, phases=(phase, replace(phase, stalled=True, overdue=False)))
    assert state(replace(gap, pipeline=(whole,)), (), ()).pipeline == (
        UnderWay("项目", "在建", False, (UnderWay("一期", "签约", True), UnderWay("一期", "签约", True))),)
