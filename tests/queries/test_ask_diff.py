"""What changed between two days of the sample, and what was only learned."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analysis.changes import Change, Diff
from graph.errors import LiantuError
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.diff import diff
from queries.gaps import gaps

ROOT = Path(__file__).parent.parent.parent
D = date.fromisoformat


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("diff") / "包头", "包头市")
    load(made, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return made


@pytest.fixture(scope="module")
def compare(city: Workspace):  # type: ignore[no-untyped-def]
    @cache
    def compared(first: str, last: str, known_by: str = "") -> Diff:
        with open_store(city.store) as store:
            return diff(store, city.settings, "光伏", D(first), Asked("包头市", D(last), D(known_by or last)))
    return compared


def one(answer: Diff, kind: str, name: str, after: str = "", learned: bool = False) -> Change:
    return next(r for r in answer.rows if (r.kind, r.name, r.learned) == (kind, name, learned) and after in ("", r.after))


def test_polysilicon_from_short_to_balanced(compare) -> None:  # type: ignore[no-untyped-def]
    row = one(compare("2022-12-31", "2023-09-12", "2026-01-01"), "verdict", "多晶硅")
    assert (row.before, row.after, row.day) == ("short", "balanced", D("2023-09-12"))
    assert [c.en for c in row.causes] == ["包头市 reports 多晶硅 475 kt/a (2023-09-12)"]


def test_the_list_of_january_opened_the_gap_of_cells(compare) -> None:  # type: ignore[no-untyped-def]
    row = one(compare("2022-11-24", "2023-09-12"), "opened", "电池片")
    assert (row.before, row.after, row.day, row.learned) == ("unknown", "broken", D("2023-01-17"), False)


def test_that_glass_was_missing_was_only_learned(compare) -> None:  # type: ignore[no-untyped-def]
    answer = compare("2022-11-24", "2023-09-12")
    row = one(answer, "opened", "光伏玻璃", learned=True)
    assert (row.before, row.after, row.day) == ("unknown", "missing", D("2023-02-28"))
    assert "空白" in row.causes[0].zh
    assert not [r for r in answer.rows if r.name == "光伏玻璃" and not r.learned and r.kind in ("opened", "closed", "verdict")]


def test_a_slip_between_two_days(compare) -> None:  # type: ignore[no-untyped-def]
    rows = compare("2023-10-30", "2023-11-01").rows
    assert [(r.kind, r.about, r.name, r.nodes, r.before, r.after, r.day, r.learned) for r in rows] == [
        ("slipped", "project", "大全多晶硅 二期", ("多晶硅",), "2023-12-31", "2024-06-30", D("2023-10-31"), False)]
    assert rows[0].causes[0].source in {s.id for s in compare("2023-10-30", "2023-11-01").sources}


def test_stages_goals_and_an_opening(compare) -> None:  # type: ignore[no-untyped-def]
    answer = compare("2023-09-12", "2024-01-25")
    assert one(answer, "stage", "晶澳组件").after == "投产"
    supply = one(answer, "supply", "组件")
    assert (supply.before, supply.after, supply.day) == ("12 GW", "17 GW", D("2023-11-02"))
    assert one(answer, "goal", "多晶硅").before == "870 kt/a (2023-12-31)" and "2024-12-31" in one(answer, "goal", "多晶硅").after
    assert one(answer, "flag", "多晶硅", "carried-over").day == D("2024-01-10")


def test_rows_are_what_differs_between_two_fresh_answers(city: Workspace, compare) -> None:  # type: ignore[no-untyped-def]
    answer = compare("2023-09-12", "2024-01-25")
    with open_store(city.store) as store:
        then, now = ({r.node: r for r in gaps(store, city.settings, "光伏", Asked("包头市", day, D("2024-01-25"))).rows}
                     for day in (D("2023-09-12"), D("2024-01-25")))
    real = [r for r in answer.rows if not r.learned]
    assert {r.name for r in real if r.kind in ("opened", "closed", "verdict")} == {
        n for n in now if then[n].verdict != now[n].verdict}
    assert {(r.name, r.before or r.after) for r in real if r.kind == "flag"} == {
        (n, f) for n in now for f in set(then[n].flags) ^ set(now[n].flags)}
    assert all(r.causes and r.before != r.after for r in answer.rows)


def test_nothing_changed_is_said(compare) -> None:  # type: ignore[no-untyped-def]
    answer = compare("2023-09-13", "2023-09-14")
    assert (answer.rows, answer.notes) == ((), (("没有变化", "nothing changed"),))


@pytest.mark.parametrize(("first", "last", "known_by", "said"), [
    ("2023-09-12", "2023-09-12", "", "same day"), ("2023-09-12", "2023-09-11", "", "is later"),
    ("2023-09-12", "2023-12-31", "2023-01-01", "is earlier")])
def test_bad_days(compare, first, last, known_by, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LiantuError, match=said):
        compare(first, last, known_by)
