"""The days on which a verdict may change, and the rows they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.answers import GapRow
from analysis.causes import Moment
from analysis.history import HistoryRow, days, moment, rows
from tests.analysis.facts import claim, figure, plant, step
from tests.analysis.facts import rows as gap_rows

D = date.fromisoformat
FIRST, SECOND, THIRD = D("2023-01-01"), D("2023-02-01"), D("2023-03-01")
SHORT = gap_rows(figure("料", 1.5), figure("件", 1))["料"]
MORE = gap_rows(figure("料", 1.6), figure("件", 1))["料"]
EVEN = gap_rows(figure("料", 2), figure("件", 1))["料"]


def made(*given: GapRow | None, first: date | None = None, every: bool = False) -> list[HistoryRow]:
    return list(rows(list(zip((FIRST, SECOND, THIRD), given, strict=False)), first, every, lambda before, after: ((), False)))


def spans(*given: GapRow | None, first: date | None = None, every: bool = False) -> list[tuple[date | None, date | None, str]]:
    return [(r.day, r.until, r.verdict) for r in made(*given, first=first, every=every)]


def test_a_row_a_change_of_verdict() -> None:
    assert spans(SHORT, MORE, EVEN) == [(None, D("2023-02-28"), "short"), (THIRD, None, "balanced")]
    assert spans(SHORT, SHORT, SHORT, first=FIRST) == [(FIRST, None, "short")]


def test_flags_count_and_amounts_only_where_all_is_asked_for() -> None:
    assert len(made(SHORT, replace(SHORT, flags=(*SHORT.flags, "wanted")))) == 2
    assert len(made(SHORT, MORE)) == 1
    assert [r.supply and r.supply.value for r in made(SHORT, MORE, every=True)] == [1.5, 1.6]


def test_while_the_chain_has_it_not_there_is_no_row() -> None:
    assert spans(None, SHORT, None) == [(SECOND, D("2023-02-28"), "short")]


def test_days_on_which_something_may_change() -> None:
    late = replace(figure("料", 1), known_from=D("2023-02-10"))
    facts = [late, plant("甲", "料", 1, since=D("2024-05-01"), valid="2022-01-01"),
             step("项目", "operating", "2023-03-31", "planned", valid="2022-06-01"), claim("料", "none", valid="2023-03-01")]
    told = [d.isoformat() for d in days(facts, False, None, D("2023-12-31"))]
    assert told == ["2022-01-01", "2022-06-01", "2023-01-01", "2023-03-01", "2023-04-01"]
    assert D("2023-02-10") in days(facts, True, None, D("2023-12-31")) and FIRST not in days(facts, True, None, D("2023-12-31"))
    assert days(facts, False, D("2023-03-01"), D("2023-03-31")) == (THIRD,)


def test_the_two_readings_of_a_day() -> None:
    assert moment(FIRST, THIRD, False) == Moment(FIRST, THIRD)
    assert moment(FIRST, THIRD, True) == Moment(FIRST, FIRST)
    assert moment(THIRD, SECOND, True) == Moment(THIRD, SECOND)
