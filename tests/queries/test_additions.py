"""Additions as a person writes them: what is read, what is refused and with which cure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.gaps import GapEngine
from graph.errors import LiantuError
from queries.additions import Addition, Plan, addition, placed, plan
from tests.analysis.facts import DAY, evidence, figure

NAMES = {"料": "料", "原料": "料", "件": "件", "市场": "市场"}
DUE = date(2025, 12, 31)


@pytest.mark.parametrize(("text", "read"), [
    ("料=718kt/a@2025-12-31", Addition("料", 718, "kt/a", None, DUE)),
    ("料=718", Addition("料", 718)),
    ("料 = 1,000.5 万吨/年 @ 2025-12-31", Addition("料", 1000.5, "万吨/年", None, DUE)),
    ("料=876kt/a*0.82@2025-12-31", Addition("料", 876, "kt/a", 0.82, DUE)),
    ("料=876 kt/a × 82% @2025-12-31", Addition("料", 876, "kt/a", 0.82, DUE)),
    ("料＝８７６ｋｔ／ａ＊０．８２＠２０２５－１２－３１", Addition("料", 876, "kt/a", 0.82, DUE)),
    ("料=876*1", Addition("料", 876, "", 1.0)),
    ("料=8亿只", Addition("料", 8, "亿只")),
    ("料=1e3kt/a", Addition("料", 1000, "kt/a")),
    ("<img src=x>=5kt/a", Addition("<img src=x>", 5, "kt/a")),
    ("=甲＝乙＝5kt/a", Addition("=甲＝乙", 5, "kt/a")),
])
def test_read(text: str, read: Addition) -> None:
    assert addition(text) == read


@pytest.mark.parametrize("text", ["料", "料=", "=5kt/a", "料=很多", "料 5kt/a", "料=5kt/a@2025-12-31@2026-12-31", "料=5*0.8*0.9", "",
                                  "料=nan", "料=inf", "料=5*很高"])
def test_bad_syntax_says_the_grammar(text: str) -> None:
    with pytest.raises(LiantuError, match="718kt/a@2025-12-31"):
        addition(text)


@pytest.mark.parametrize("day", ["2025-02-30", "2025", "明年", ""])
def test_a_day_that_is_no_day(day: str) -> None:
    with pytest.raises(LiantuError, match="is not a day"):
        addition(f"料=5kt/a@{day}")


@pytest.mark.parametrize("text", ["料=0", "料=-5kt/a", "料=0.0GW", "料=1e-999"])
def test_nothing_and_less_is_refused(text: str) -> None:
    with pytest.raises(LiantuError, match="must be above 0"):
        plan([text])


@pytest.mark.parametrize("text", ["料=5*0", "料=5*1.2", "料=5*120%"])
def test_a_yield_lies_between_0_and_1(text: str) -> None:
    with pytest.raises(LiantuError, match="between 0 and 1"):
        plan([text])


def test_records_are_checked_as_texts_are() -> None:
    for bad in (Addition("料", float("nan")), Addition("料", float("inf")), Addition("料", -1)):
        with pytest.raises(LiantuError, match=r"above 0|not a finite number"):
            plan([bad])
    with pytest.raises(LiantuError, match="nothing is added"):
        plan([])


@given(st.text(max_size=30) | st.from_regex(r"料=[-0-9.,eE]{1,9}[a-zA-Z/%万吨]{0,5}(\*[0-9.%]{0,5})?(@[-0-9]{0,10})?", fullmatch=True))
def test_any_text_is_read_or_refused_with_a_cure(text: str) -> None:
    try:
        assert plan([text]).additions[0].amount > 0
    except LiantuError as error:
        assert error.cure and error.exit_code == 2


@pytest.mark.parametrize(("build", "opens"), [(0, date(2024, 8, 31)), (1, date(2024, 9, 30)), (18, date(2026, 2, 28)),
                                              ("6", date(2025, 2, 28)), (12, date(2025, 8, 31))])
def test_building_takes_its_months(build: int | str, opens: date) -> None:
    made = plan(["料=5@2024-08-31"], build).dated(None, DAY)
    assert made.as_of() == opens


def test_the_latest_opening_is_the_day_and_without_one_the_asked() -> None:
    two = plan(["料=5@2024-08-31", "料=5@2025-01-01", "料=5"])
    assert two.dated(None, DAY).as_of() == date(2025, 1, 1)
    assert plan(["料=5"]).dated(DUE, DAY).additions[0].day == DUE
    assert plan(["料=5"]).dated(None, DAY).as_of() == DAY
    assert plan(["料=5"], 12).dated(DUE, DAY).additions[0].day == DAY


@pytest.mark.parametrize("build", ["-1", "1.5", "一年", "", -3, "99999"])
def test_months_that_are_none(build: int | str) -> None:
    with pytest.raises(LiantuError, match="--build 18"):
        plan(["料=5"], build)


def test_building_past_the_last_year() -> None:
    with pytest.raises(LiantuError, match="is no day"):
        plan(["料=5@9999-12-31"], 1).dated(None, DAY).as_of()


@pytest.mark.parametrize(("ramp", "shares"), [("50,80,100", (0.5, 0.8, 1.0)), ("50%，100%", (0.5, 1.0)), ((25, 100), (0.25, 1.0)),
                                              ("", (1.0,)), ((), (1.0,)), ("0,100", (0.0, 1.0))])
def test_ramps(ramp: str, shares: tuple[float, ...]) -> None:
    assert plan(["料=5"], 0, ramp).ramp == shares


@pytest.mark.parametrize("ramp", ["慢", "50,,100", "-5", "120", "nan", [float("nan")]])
def test_ramps_that_are_none(ramp: str) -> None:
    with pytest.raises(LiantuError, match="--ramp 50,80,100"):
        plan(["料=5"], 0, ramp)


def at(*texts: str, **more: str) -> list[tuple[str, float, str, float, float | None]]:
    made: Plan = plan(texts, **more).dated(DAY, DAY)  # type: ignore[arg-type]
    found = placed(made, GapEngine(evidence(figure("件", 1))), NAMES)
    return [(a.node, a.capacity, a.unit, a.running, a.counted.value) for a in found]


@pytest.mark.parametrize(("text", "size"), [("料=10万吨/年", 100), ("料=800t/d", 292), ("料=5", 5), ("原料=7kt/a", 7), ("料=7kt", 7)])
def test_in_the_unit_of_the_node(text: str, size: float) -> None:
    assert at(text) == [("料", size, "kt/a", 1.0, size)]


def test_what_counts_is_saleable_and_ramped() -> None:
    assert at("料=100*0.8@2023-01-01", ramp="50,100") == [("料", 100, "kt/a", 0.5, 40)]
    assert at("料=100@2023-07-01") == [("料", 100, "kt/a", 0.0, 0)]


@pytest.mark.parametrize(("text", "said"), [("料=5GW", "does not convert to kt/a"), ("料=8亿只", "does not convert"),
                                            ("件=5GWh", "does not convert to GW"), ("料=5%", "does not convert"),
                                            ("料=5kta", "unknown unit"), ("科=5", "原料"), ("市场=5", "boundary node"),
                                            ("料=1e300", "too much")])
def test_what_cannot_stand_at_the_node(text: str, said: str) -> None:
    with pytest.raises(LiantuError, match=said):
        at(text)
