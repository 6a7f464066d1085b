"""What the page's boxes show on every day and towards the goals, as data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import GapRow, Panorama, PipelineItem
from analysis.parts import Amount, AtRisk, Leakage, Makers, More, Range, StageSum, Worth
from analysis.picture import Picture
from analysis.timeline import state, timeline
from maps.days import on_days
from maps.layout import place
from maps.packing import packed
from maps.page import page
from maps.page_data import page_data
from maps.panel_more import beside, matters
from maps.states import States, pipes
from maps.status import statuses
from tests.maps.conftest import GLASS
from tests.maps.pictures import CLOSES, EVE, OPENS, aimed, timed


def unpacked(given: dict[str, Any]) -> list[dict[str, Any]]:
    """As lists.js does."""
    def whole(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [whole(v) for v in value]
        return given["words"][-1 - value] if isinstance(value, int | float) and value < 0 else value
    return [dict(zip(given["keys"], whole(row), strict=True)) for row in given["rows"]]


def data(picture: Picture, lang: str = "zh") -> dict[str, Any]:
    made = page_data(picture, place(picture.panorama), lang)
    return made | {"states": unpacked(made["states"])}


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.lists(st.one_of(st.text(), st.integers(0), st.none(), st.booleans()))})))
def test_what_is_packed_comes_back(records: list[dict[str, Any]]) -> None:
    assert unpacked(packed(records)) == records


def test_a_negative_number_is_no_text() -> None:
    with pytest.raises(ValueError, match="negative"):
        packed([{"x": -1.0}])


def test_a_day_is_drawn_as_the_panorama_of_that_day(panorama: Panorama) -> None:
    picture = timed(panorama)
    assert picture.timeline
    days = {then.gaps.as_of: (statuses(then), changed) for then, changed in on_days(panorama, picture.timeline)}
    assert days[EVE][0]["光伏玻璃"] == "unknown" and days[EVE][1] == {n.node for n in panorama.nodes}
    assert days[OPENS][0]["光伏玻璃"] == "gap" and days[OPENS][1] == {"光伏玻璃", "切片机"}
    assert days[CLOSES][0]["光伏玻璃"] == "solid" and days[panorama.gaps.as_of][0] == statuses(panorama)


def test_a_node_that_the_chain_did_not_have_yet_is_one_nobody_has_looked_at(panorama: Panorama) -> None:
    picture = timed(panorama)
    assert picture.timeline
    first = picture.timeline.days[0]
    days = (replace(first, changes=tuple(c for c in first.changes if c.node != "组件")), *picture.timeline.days[1:])
    shown, changed = next(on_days(panorama, replace(picture.timeline, days=days)))
    assert statuses(shown)["组件"] == "unknown" and "组件" in changed
    assert next(n for n in shown.nodes if n.node == "组件").firms == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_days_lead_to_what_the_page_begins_with(panorama: Panorama, lang: str) -> None:
    made = data(timed(panorama), lang)
    now: dict[int, int] = {}
    for changes in made["time"]["changes"]:
        now |= dict(changes)
    assert [now[i] for i in range(12)] == made["now"]
    assert len({json.dumps(s, ensure_ascii=False) for s in made["states"]}) == len(made["states"]), "each once"
    assert [made["time"]["days"][k] for k, opened in enumerate(made["time"]["opened"]) if 7 in opened] == ["2023-01-01", "2023-07-01"]


def test_a_state_says_what_the_box_and_the_list_say(panorama: Panorama) -> None:
    found = States("zh")
    glass = found.known[found.of(panorama, place(panorama))["光伏玻璃"]]
    assert (glass["status"], glass["verdict"], glass["mark"]) == ("building", "缺链", "×◆")
    assert glass["flags"] == ["关键", "已报道，待投产核实", "有项目"] and glass["pipe"] == ["building"]
    assert glass["words"] == "缺链 · 关键 · 已报道，待投产核实 · 有项目 · 在建 格索兰玻璃"
    assert glass["rows"] == [["供给", "0 kt/a"], ["项目", "格索兰玻璃"]] and glass["ring"]
    outside = found.known[found.of(panorama, place(panorama))["电站"]]
    assert (outside["status"], outside["pipe"], outside["rows"], outside["flags"]) == ("boundary", [], [], [])


def item(stage: str, **own: Any) -> PipelineItem:
    return PipelineItem("项目", stage, None, "", None, None, (), (), None, **own)


@pytest.mark.parametrize(("given", "keys"), [
    ((), ["none"]), ((item("在谈"),), ["talks"]), ((item("签约", stalled=True),), ["signed", "late"]),
    ((item("在建", phases=(item("在建"), item("在谈", overdue=True))), item("签约")), ["talks", "signed", "building", "late"])])
def test_how_far_projects_are(given: tuple[PipelineItem, ...], keys: list[str]) -> None:
    assert pipes(replace(GLASS, pipeline=given)) == keys


def test_goals_are_set_on_the_same_places(panorama: Panorama) -> None:
    made = data(aimed(panorama))
    target, now = made["target"], made["now"]
    assert target["due"] == "2025-12-31" and target["title"] == "光伏产业链远景图" and target["rings"] == {"7": "open"}
    [[box, number]] = target["states"]
    before, after = made["states"][now[box]], made["states"][number]
    assert box == 7 and after["texts"][-1][0] == "0→600 kt/a" and after["texts"][:-1] == before["texts"][:-1]
    assert after["texts"][-1][1:3] == before["texts"][-1][1:3] and {**after, "texts": 0} == {**before, "texts": 0}
    assert [(c["box"], c["said"], c["parts"][0]) for c in target["list"]] == [(7, "有差距", "目标 600 kt/a")]
    assert data(Picture(panorama))["target"] is None and data(Picture(panorama))["time"] is None


RICH: GapRow = replace(
    GLASS, figure=Amount(5.0, "kt/a"), listed=Amount(4.0, "kt/a"), own_verdict="short", conversion=0.42,
    sums=(StageSum("在建", 718.3, "kt/a", 3, 1), StageSum("在谈", None, "kt/a", 1, 1)), after_building=Range(1.0, 1.36, 1.36),
    output_at_risk=(AtRisk("组件", 17.0, "GW", 1.0), AtRisk("电站", None, "GW", None)),
    worth=Worth("光伏玻璃", "kt/a", 0.01, (More("组件", 0.0227, "GW"),)), makers=Makers(3, "甲玻璃", 0.8, 0.66),
    leakage=Leakage(529.3, "kt/a", 8.0))


def test_what_stands_beside_supply_and_demand() -> None:
    assert [text for _, text in beside(RICH, "zh")] == [
        "5 kt/a", "4 kt/a", "不足", "42%", "在建 718.3 kt/a（3 期、1 期规模待核）、在谈 产能待核（1 期、1 期规模待核）", "136%（100%–136%）"]
    assert dict(beside(RICH, "en"))["Projects by stage"].startswith("under construction 718.3 kt/a (3, 1 of unknown size), in talks")
    assert not any(text for _, text in beside(GLASS, "zh"))
    talks = replace(RICH, sums=RICH.sums[1:])
    assert dict(beside(talks, "zh"))["在建投产后供需比"] == "", "nothing is being built"


def test_what_hangs_on_a_node() -> None:
    assert [text for _, text in matters(RICH, "zh")] == [
        "组件 17 GW（100%）、电站 产能待核（待核）", "1 kt/a → 组件 +0.023 GW", "529.3 kt/a（约 8 亿元/年）", "3 家、甲玻璃 80%、HHI 0.66"]
    assert [text for _, text in matters(RICH, "en")][3] == "3 firms, 甲玻璃 80%, HHI 0.66"
    assert dict(matters(replace(RICH, output_at_risk=None), "zh"))["限产"] == "待核", "not computed is not nothing"
    assert dict(matters(replace(RICH, makers=Makers(1, "", None, None)), "en"))["Makers"] == "1 firm"
    assert not any(text for _, text in matters(GLASS, "zh"))


def test_a_page_of_many_days_stays_small(panorama: Panorama) -> None:
    """60 nodes, 60 days, on each of which ten change; the limit is 1.5 MB."""
    nodes = tuple(replace(n, node=f"{n.node}{i}") for i in range(5) for n in panorama.nodes)
    rows = tuple(replace(r, node=f"{r.node}{i}") for i in range(5) for r in panorama.gaps.rows)
    many = replace(panorama, nodes=nodes, gaps=replace(panorama.gaps, rows=rows), feeds=())
    now, by_day = {r.node: state(r, ("甲公司",), ("乙项目",)) for r in rows}, []
    for k in range(60):
        for row in rows[k % 5 :: 5]:
            now = now | {row.node: replace(now[row.node], firms=(f"第{k}家新材料科技有限公司",), supply=Amount(float(k), "kt/a"))}
        by_day.append((date(2023, 1, 1) + timedelta(k), now))
    text = page(Picture(many, timeline=timeline(by_day, 60)))
    assert 600_000 < len(text.encode()) < 1_500_000
    assert 'id="day" type="range" min="0" max="58"' in text
    assert 'id="time"' not in page(Picture(many))
