"""The prospect map's changes: which nodes are ringed, what is said of them, unknown printed as unknown."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.answers import Panorama
from analysis.parts import Amount, Goal, StageSum
from analysis.picture import Picture
from analysis.prospect import STATES
from graph.errors import LiantuError
from maps.targets import RINGS, changes, listed
from tests.maps.prospects import DUE, OPEN, goals, project, target


def test_short_of_a_goal(panorama: Panorama) -> None:
    found = changes(goals(panorama, OPEN), "zh")["硅片"]
    assert (found.ring, found.box, found.said) == ("open", "25→88 GW", "有差距")
    assert found.words("zh") == ("目标 88 GW · 现状 25 GW · 差距 63 GW · 到期在建 21 GW（补 33%） · 尚无项目 3 GW · 拟引 甲、乙"
                                 " · 如期、整体")
    assert "fills 33%" in changes(goals(panorama, OPEN), "en")["硅片"].words("en")


def test_unknown_is_no_number(panorama: Panorama) -> None:
    found = changes(goals(panorama, target("工业硅", "unknown", goal=Goal(790.0, "kt/a", DUE), fills=0.0)), "zh")["工业硅"]
    assert found.box == "？→790 kt/a" and found.parts[1:3] == ("现状 待核", "差距 待核")


def test_reached_another_day_and_what_is_built_without_a_goal(panorama: Panorama) -> None:
    rows = (
        target("组件", "reached", goal=Goal(10.0, "GW", DUE), supply=Amount(12.0, "GW"), gap=Amount(0.0, "GW"), over=Amount(2.0, "GW")),
        target("电池片", "another-day", nearest=Goal(5.0, "GW", date(2030, 12, 31))),
        target("背板", due_by=StageSum("在建", None, "", 1, 1)),
        target("逆变器"),
    )
    found = changes(goals(panorama, *rows), "zh")
    assert {n: (c.ring, c.box) for n, c in found.items()} == {
        "组件": ("reached", "已达 10 GW"), "电池片": ("another-day", "2030: 5 GW"), "背板": ("building", "在建+产能待核")}
    assert "超出 2 GW" in found["组件"].parts and "目标 5 GW（2030-12-31）" in found["电池片"].parts
    assert "目标" not in found["背板"].words("zh")


def test_a_project_under_construction_without_a_day_is_not_none(panorama: Panorama) -> None:
    sums = (StageSum("在建", 5.0, "GW", 1, 0),)
    found = changes(goals(panorama, target("硅片", "open", goal=Goal(9.0, "GW", DUE), gap=Amount(9.0, "GW"), sums=sums)), "zh")
    assert "到期在建 日期待核" in found["硅片"].parts


def test_the_order_is_that_of_the_map_and_the_list_goes_by_rings(panorama: Panorama) -> None:
    late = target("工业硅", "unknown", goal=Goal(1.0, "kt/a", DUE))
    picture = goals(panorama, OPEN, late)
    assert list(changes(picture, "zh")) == ["工业硅", "硅片"]
    assert [c.node for c in listed(picture, "zh")] == ["硅片", "工业硅"]
    assert set(RINGS) == {*STATES, "building"} - {"none"}


def test_without_goals_nothing_changes(panorama: Panorama) -> None:
    assert changes(Picture(panorama), "zh") == {}
    with pytest.raises(LiantuError):
        changes(Picture(panorama), "fr")


def test_hostile_words_are_harmless(panorama: Panorama) -> None:
    row = replace(OPEN, firms=("玻璃\u202egnp\x00",), pipeline=(project("\ud800行\u2028隔", DUE),))
    assert not set(changes(goals(panorama, row), "zh")["硅片"].words("zh")) & set("\u202e\x00\ud800\u2028")
