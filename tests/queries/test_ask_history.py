"""The history of a node: the worked example's days, and on any day the same as a fresh question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.answers import GapRow
from analysis.history import History, HistoryRow
from graph.errors import LiantuError
from graph.store import Store, open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.gaps import gaps
from queries.history import history

ROOT = Path(__file__).parent.parent.parent
ALL = date(2026, 1, 1)
D = date.fromisoformat
DAYS = st.dates(date(2021, 6, 1), ALL)
QUICK = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("history") / "包头", "包头市")
    load(made, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return made


@contextmanager
def store(city: Workspace) -> Iterator[Store]:
    with open_store(city.store) as found:
        yield found


@pytest.fixture(scope="module")
def tell(city: Workspace):  # type: ignore[no-untyped-def]
    @cache
    def told(node: str, as_known: bool = False, every: bool = False, region: str = "包头市") -> History:
        with store(city) as found:
            return history(found, city.settings, node, Asked(region, ALL, ALL), "光伏", None, as_known, every)
    return told


def on(answer: History, day: str | date) -> HistoryRow:
    when = D(day) if isinstance(day, str) else day
    return next(r for r in answer.rows if (r.day is None or r.day <= when) and (r.until is None or when <= r.until))


def fresh(city: Workspace, node: str, as_of: date, known_by: date, region: str = "包头市") -> GapRow:
    with store(city) as found:
        return next(r for r in gaps(found, city.settings, "光伏", Asked(region, as_of, known_by)).rows if r.node == node)


@pytest.mark.parametrize("day", ["2022-11-24", "2023-09-12", "2024-01-25"])
def test_glass_was_never_filled(tell, day) -> None:  # type: ignore[no-untyped-def]
    assert on(tell("光伏玻璃"), day).verdict == "missing"
    assert "closed" not in {r.verdict for r in tell("光伏玻璃").rows}


def test_glass_was_not_known_to_be_missing_then(tell) -> None:  # type: ignore[no-untyped-def]
    assert on(tell("光伏玻璃", True), "2022-11-24").verdict == "unknown"
    row = on(tell("光伏玻璃", True), "2023-02-28")
    assert (row.day, row.verdict, row.together) == (D("2023-02-28"), "missing", True)
    assert [c.zh for c in row.causes] == ["包头市 称光伏玻璃: 填补 (2022-11-24)", "包头市 称光伏玻璃: 空白 (2022-11-24)"]


def test_polysilicon_was_short_and_is_balanced_by_the_figure_of_that_day(tell) -> None:  # type: ignore[no-untyped-def]
    answer = tell("多晶硅")
    assert on(answer, "2022-12-31").verdict == "short" == on(answer, "2023-09-11").verdict
    row = on(answer, "2023-09-12")
    assert (row.day, row.verdict) == (D("2023-09-12"), "balanced")
    assert [(c.kind, c.en) for c in row.causes] == [("fact", "包头市 reports 多晶硅 475 kt/a (2023-09-12)")]
    assert row.causes[0].source in {s.id for s in answer.sources}


def test_days_that_pass_are_causes_too(tell) -> None:  # type: ignore[no-untyped-def]
    late, carried, over = (on(tell("多晶硅"), day) for day in ("2024-01-01", "2024-01-10", "2025-01-01"))
    assert "overdue" in late.flags and [c.kind for c in late.causes] == ["due"]
    assert "carried-over" in carried.flags and "870 kt/a by 2024-12-31" in carried.causes[0].en
    assert "carried-over" not in over.flags and [(c.kind, c.day) for c in over.causes] == [("due", D("2025-01-01"))]


def test_cells_are_a_gap_with_the_list_that_asks_for_them(tell) -> None:  # type: ignore[no-untyped-def]
    row = on(tell("电池片"), "2023-01-17")
    assert (row.day, row.verdict) == (D("2023-01-17"), "broken")
    assert [c.zh for c in row.causes] == ["包头市 称电池片: 招引 (2023-01-17)"]


def test_with_all_the_supply_has_rows_of_its_own(tell) -> None:  # type: ignore[no-untyped-def]
    brief, whole = tell("组件"), tell("组件", every=True)
    assert len(whole.rows) > len(brief.rows)
    row = on(whole, "2023-11-02")
    assert row.supply and (row.day, row.supply.value) == (D("2023-11-02"), 17)
    assert [c.zh for c in row.causes] == ["晶澳组件 投产: 2023-11-02"]


@QUICK
@given(DAYS, st.sampled_from(["光伏玻璃", "多晶硅", "电池片", "组件", "硅片"]), st.booleans())
def test_any_day_is_as_a_fresh_question_has_it(city: Workspace, tell, day: date, node: str,  # type: ignore[no-untyped-def]
                                               as_known: bool) -> None:
    row, now = on(tell(node, as_known, True), day), fresh(city, node, day, day if as_known else ALL)
    assert (row.verdict, row.flags, row.supply, row.demand, row.coverage) == (
        now.verdict, now.flags, now.supply, now.demand, now.coverage)


@QUICK
@given(DAYS, st.sampled_from(["组件", "颗粒硅", "多晶硅"]))
def test_nearby_moves_with_the_days(city: Workspace, tell, day: date, node: str) -> None:  # type: ignore[no-untyped-def]
    """Of a district, whose city may have what it lacks; the cause lies in the city too."""
    row, now = on(tell(node, region="昆都仑区"), day), fresh(city, node, day, ALL, "昆都仑区")
    assert (row.verdict, row.flags) == (now.verdict, now.flags)


def test_what_made_it_nearby_is_a_fact_of_the_city(tell) -> None:  # type: ignore[no-untyped-def]
    row = next(r for r in tell("组件", region="昆都仑区").rows if "nearby" in r.flags)
    assert [c.zh for c in row.causes] == ["包头市 报出组件 8 GW (2022-12-31)"]


def asked(city: Workspace, node: str, chain: str | None = None, first: date | None = None) -> History:
    with store(city) as found:
        return history(found, city.settings, node, Asked("包头市", D("2023-12-31"), ALL), chain, first)


def test_an_alias_and_the_first_chain_that_has_it(city: Workspace) -> None:
    assert asked(city, "光伏盖板玻璃").node == "光伏玻璃"
    first, named = asked(city, "铝边框"), asked(city, "铝边框", "铝")
    assert (first.chain, first.notes[0][1]) == ("光伏", "it also stands in 铝; told for 光伏, name another with --chain")
    assert named.chain == "铝" and named.notes[0][1].startswith("all told by")


def test_from_a_day_on_the_first_row_begins_that_day_without_a_cause(city: Workspace) -> None:
    rows = asked(city, "多晶硅", "光伏", D("2023-08-01")).rows
    assert [(r.day, r.until, r.verdict) for r in rows] == [(D("2023-08-01"), D("2023-09-11"), "short"),
                                                           (D("2023-09-12"), None, "balanced")]
    assert rows[0].causes == () and rows[1].causes


@pytest.mark.parametrize(("node", "chain", "first", "said"), [
    ("多晶硅", "光伏", D("2024-01-01"), "is later"), ("光伏坡璃", None, None, "no such chain node"),
    ("多晶硅", "光付", None, "no such chain"), ("光伏电站", "光伏", None, "boundary node")])
def test_bad_input(city: Workspace, node, chain, first, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LiantuError, match=said):
        asked(city, node, chain, first)
