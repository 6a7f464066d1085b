"""The days of a chain: those on which its gaps open, and on each the same as a fresh question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import queries.timeline
from analysis.timeline import NodeState, Timeline, state
from analysis.words import GAP_VERDICTS
from graph.store import Store, open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.history import history
from queries.panorama import panorama
from queries.picture import picture
from queries.timeline import over_time

ROOT = Path(__file__).parent.parent.parent
ALL = date(2026, 1, 1)
D = date.fromisoformat
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("timeline") / "包头", "包头市")
    load(made, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return made


@contextmanager
def store(city: Workspace) -> Iterator[Store]:
    with open_store(city.store) as found:
        yield found


def told(city: Workspace, as_of: date = ALL) -> Timeline:
    with store(city) as found:
        return over_time(found, city.settings, "光伏", Asked("包头市", as_of, ALL))


@pytest.fixture(scope="module")
def whole(city: Workspace) -> Timeline:
    return told(city)


def on(answer: Timeline, when: date) -> dict[str, NodeState]:
    return {c.node: c for d in answer.days if d.day <= when for c in d.changes}


def test_the_gap_of_glass_opens_on_its_day_and_is_never_closed(whole: Timeline) -> None:
    opened = [d.day for d in whole.days if "光伏玻璃" in d.opened]
    assert opened == [D("2022-11-24")] and not [d for d in whole.days if "光伏玻璃" in d.closed]


@pytest.mark.parametrize("node", ["光伏玻璃", "电池片", "多晶硅", "组件", "单晶棒"])
def test_verdicts_change_on_the_days_of_the_history(city: Workspace, whole: Timeline, node: str) -> None:
    with store(city) as found:
        rows = history(found, city.settings, node, Asked("包头市", ALL, ALL), "光伏").rows
    mine = [(c.verdict, c.flags, d.day) for d in whole.days for c in d.changes if c.node == node]
    fewer = [one for i, one in enumerate(mine) if not i or mine[i - 1][:2] != one[:2]]
    assert [(r.verdict, r.flags) for r in rows] == [one[:2] for one in fewer]
    assert [r.day for r in rows[1:]] == [one[2] for one in fewer[1:]]


@QUICK
@given(st.dates(D("2021-06-01"), ALL))
def test_any_day_is_as_a_fresh_question_has_it(city: Workspace, whole: Timeline, when: date) -> None:
    with store(city) as found:
        fresh = panorama(found, city.settings, "光伏", Asked("包头市", when, ALL))
    places = {n.node: n for n in fresh.nodes}
    assert on(whole, when) == {r.node: state(r, places[r.node].firms, places[r.node].projects) for r in fresh.gaps.rows}


def test_the_last_day_is_the_one_asked_about_and_no_later_fact_is_in_it(city: Workspace, whole: Timeline) -> None:
    earlier = told(city, D("2023-01-31"))
    assert earlier.days[-1].day == D("2023-01-31") and [c.node for c in earlier.days[-1].changes] == []
    assert on(earlier, D("2023-01-31")) == on(whole, D("2023-01-31"))
    assert [n for n, c in on(earlier, ALL).items() if c.verdict in GAP_VERDICTS] == ["电池片", "光伏玻璃", "焊带", "胶膜", "铝边框"]


def test_a_picture_has_it_only_where_asked_for(city: Workspace, whole: Timeline) -> None:
    asked = Asked("包头市", ALL, ALL)
    with store(city) as found:
        assert picture(found, city.settings, "光伏", asked).timeline is None
        assert picture(found, city.settings, "光伏", asked, timeline=True).timeline == whole


def test_of_more_plants_than_are_looked_at_one_by_one_no_days(city: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.timeline, "many", lambda *_: True)
    assert told(city).days == () and "no day by day" in told(city).notes[0][1]

