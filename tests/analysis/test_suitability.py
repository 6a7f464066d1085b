"""Vetoes, points and questions on invented figures: unknown is an interval, and what narrows it most is asked first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cited import Cited
from analysis.instruments import Class, Instrument, Rule, said
from analysis.measured import building, measured, of_whole
from analysis.project_demands import demands
from analysis.project_values import RANK, RATIOS, Value, english, in_unit, unit_of, valued
from analysis.suitability import Judged, ask_next, asked_of, judge, total, verdict
from tests.analysis.facts import fact

INTENSITY = Rule("veto", "投资强度", "万元/亩", "at_least", bound=260)
TAX = Rule("criterion", "亩均税收", "万元/亩", "linear", 60, low=0, high=30)
JOBS = Rule("criterion", "用工", "人", "ratio", 40, base=100)
STEPS = Rule("veto", "建设周期", "月", "at_most_by", by="总投资", by_unit="亿元", table=((1, 12), (5, 18), (10, 30)))


def known(**figures: float) -> dict[str, Value]:
    return {name: Value(name, value, unit_of(name) or "") for name, value in figures.items()}


def instrument(*rules: Rule) -> Instrument:
    return Instrument("试", "试办法", "test", "试市", 2023, "project", False, sum(r.points for r in rules), "试局", "", rules)


def judged(*rules: Rule, **figures: float) -> tuple[Judged, ...]:
    return judge(instrument(*rules), known(**figures), {})


@pytest.mark.parametrize(("figures", "state"), [
    ({"总投资": 26, "用地": 1000}, "passed"), ({"总投资": 25.9, "用地": 1000}, "failed"), ({"投资强度": 260}, "passed"),
    ({"总投资": 26}, "unknown"), ({}, "unknown"), ({"总投资": 26, "用地": 0}, "unknown")])
def test_a_veto_is_passed_failed_or_unknown(figures: dict[str, float], state: str) -> None:
    row, = judged(INTENSITY, **figures)
    assert (row.state, verdict([row])) == (state, state)
    assert bool(row.missing) == (state == "unknown") == bool(row.why[0])


@pytest.mark.parametrize(("months", "total_", "state"), [
    (12, 2, "passed"), (13, 2, "failed"), (18, 6, "passed"), (19, 6, "failed"), (30, 11, "passed"), (31, 11, "failed"), (99, 0.5, "passed"),
    (99, 1, "passed"), (12, 5, "passed"), (13, 5, "failed"), (18, 10, "passed"), (19, 10, "failed"),
    (12, None, "passed"), (13, None, "unknown"), (None, 6, "unknown")])
def test_the_bound_goes_by_the_investment(months: float | None, total_: float | None, state: str) -> None:
    row, = judged(STEPS, **{k: v for k, v in (("建设周期", months), ("总投资", total_)) if v is not None})
    assert row.state == state


def test_a_failed_veto_outweighs_an_unknown_one() -> None:
    rows = judged(INTENSITY, Rule("veto", "产业政策符合", "", "yes"), 产业政策符合=0)
    assert [r.state for r in rows] == ["unknown", "failed"] and verdict(rows) == "failed"
    assert verdict(judged(TAX)) == "none"


def test_unknown_is_an_interval_and_no_zero() -> None:
    rows = judged(TAX, JOBS, 税收=15000, 用地=1000)
    assert [(r.state, r.low, r.high) for r in rows] == [("scored", 30, 30), ("unknown", 0, None)]
    assert total(rows) == (30, None)
    assert total(judged(TAX)) == (0, 60)


@pytest.mark.parametrize(("rule", "interval"), [
    (Rule("criterion", "用工", "人", "ratio", 40, base=100, most=50), (0, 50)), (Rule("criterion", "用工", "人", "ratio", 40, base=100), (0, None)),
    (Rule("criterion", "用工", "人", "linear", 40, low=0, high=100), (0, 40)),
    (Rule("criterion", "用工", "人", "steps", 10, table=((1, 3), (5, 10))), (0, 10)),
    (Rule("criterion", "用工", "人", "steps", 10, table=((1, -3), (5, 10))), (-3, 10)),
    (Rule("criterion", "用工", "", "judged", 10, table=((2, 2), (10, 10))), (2, 10)), (Rule("criterion", "用工", "", "judged", 3), (0, 3))])
def test_what_an_unknown_value_may_still_bring(rule: Rule, interval: tuple[float, float | None]) -> None:
    """Below the first step there is nothing, so nothing is the least of steps that only add; a judgement is one of its levels."""
    row, = judged(rule)
    assert (row.state, row.low, row.high) == ("unknown", *interval)


def test_a_base_of_the_region_that_nobody_published_is_asked_of_the_region() -> None:
    rule = Rule("criterion", "亩均税收", "万元/亩", "ratio", 45, base_of="试基准")
    figures = known(亩均税收=20)
    row, = judge(instrument(rule), figures, {})
    assert (row.state, row.missing, row.value) == ("unknown", ("试基准",), 20)
    one, = ask_next((row,), asked_of(instrument(rule)))
    assert (one.whom, one.narrows, one.points) == ("region", None, 45)
    row, = judge(instrument(rule), figures, {"试基准": Value("试基准", 40, "万元/亩")})
    assert (row.state, row.low) == ("scored", 22.5)


def test_a_judgement_is_one_of_its_levels() -> None:
    rule = Rule("criterion", "试判断", "", "judged", 10, table=((0, 0), (3, 3), (10, 10)))
    assert [(judged(rule, 试判断=v)[0].state, judged(rule, 试判断=v)[0].high) for v in (3.0, 4.0)] == [("scored", 3), ("unknown", 10)]


CLASSES = (Class("甲", "上", "upper", 20), Class("乙", "中", "middle", 60), Class("丙", "下", "lower", 100))


@pytest.mark.parametrize(("rank", "state", "said_"), [(20, "classed", "甲 (upper)"), (20.1, "classed", "乙 (middle)"),
                                                     (100, "classed", "丙 (lower)"), (101, "unknown", "above 100 %"),
                                                     (None, "unknown", "no public figure")])
def test_the_class_goes_by_the_rank_and_not_by_the_points(rank: float | None, state: str, said_: str) -> None:
    of = replace(instrument(TAX), classes=CLASSES)
    rows = judge(of, known(税收=15000, 用地=1000) | ({} if rank is None else {RANK: Value(RANK, rank, "%")}), {})
    one = rows[-1]
    assert (one.part, one.state) == ("class", state) and said_ in one.why[1] and "乙 中 20–60 %" in one.rule[0]
    assert total(rows) == (30, 30) and verdict(rows) == "none"
    assert [(a.name, a.whom, a.decides) for a in ask_next(rows, asked_of(of))] == ([(RANK, "region", ("分档",))] if state == "unknown" else [])


def test_what_is_judged_is_ours_to_say() -> None:
    rule = Rule("veto", "产业政策符合", "", "yes")
    assert [a.whom for a in ask_next(judged(rule), asked_of(instrument(rule)))] == ["us"]


def test_what_narrows_most_is_asked_first() -> None:
    rows = judged(INTENSITY, TAX, Rule("criterion", "用工", "人", "linear", 40, low=0, high=100), 税收=3000)
    asked = ask_next(rows, {})
    assert [(a.name, a.narrows, a.with_others) for a in asked] == [("用地", 60, 60), ("用工", 40, 40), ("总投资", 0, 0)]
    assert asked[0].helps == asked[2].helps == ("投资强度",) and asked[0].decides == ()


def test_what_decides_a_veto_comes_before_what_does_not() -> None:
    asked = ask_next(judged(INTENSITY, Rule("veto", "容积率", "", "at_least", bound=1)), {})
    assert [a.name for a in asked] == ["容积率", "总投资", "用地"] and asked[0].decides == ("容积率",)


@given(st.dictionaries(st.sampled_from(["总投资", "用地", "税收", "用工"]), st.floats(0.5, 1e4)), st.sampled_from(["总投资", "用地", "税收", "用工"]),
       st.floats(0.5, 1e4))
def test_an_answer_never_widens_and_lands_within(figures: dict[str, float], name: str, value: float) -> None:
    rules = (TAX, Rule("criterion", "投资强度", "万元/亩", "linear", 25, low=0, high=300),
             Rule("criterion", "用工", "人", "ratio", 15, base=9, most=15))
    low, high = total(judged(*rules, **figures))
    more = total(judged(*rules, **{name: value, **figures}))
    assert high is not None and more[1] is not None and low <= more[0] + 1e-6 and more[1] <= high + 1e-6


def test_ratios_come_out_in_their_units() -> None:
    for name, (over, under, unit, _) in RATIOS.items():
        assert valued(name, unit, known(**{over: 3.0, under: 2.0})).value is not None, name
    assert valued("投资强度", "万元/亩", known(总投资=20, 用地=600)).value == pytest.approx(333.333333333)
    assert valued("用地", "公里", known(用地=6)).why[1] == "亩 does not convert to 公里"
    assert in_unit(3000, "万元/年", "亿元") == pytest.approx(0.3) and in_unit(5, "", "亩") is None


def test_what_a_demand_waits_for_is_asked_last_and_of_whom() -> None:
    land = (Cited("figure", "a", "b", "S", date(2023, 1, 1), date(2023, 1, 1)),)
    needed = demands(known(用地=600.0, 能耗=9.0), ["市"], {"市": {"能耗指标": Value("能耗指标", 10, "吨标煤", land)}})
    asked = ask_next(judged(TAX, 用地=600), {}, needed)
    assert [(a.name, a.whom, a.demands) for a in asked] == [("税收", "investor", ()), *(
        (n, who, (d,)) for n, who, d in (("可供水量", "region", "年用水"), ("可供用地", "region", "用地"), ("可供电量", "region", "年耗电"),
                                         ("年用水", "investor", "年用水"), ("年耗电", "investor", "年耗电")))]
    assert {a.name: a.unit for a in asked}["可供水量"] == "万立方米"


def test_english_words_have_no_chinese_in_them() -> None:
    for rule in (STEPS, Rule("criterion", "亩均税收", "", "ratio", 45, base_of="亩均税收基准值")):
        assert not any("\u4e00" <= c <= "\u9fff" for c in said(replace(rule, by_unit="", unit=""))[1]), said(rule)
    assert (english("亩均税收基准值"), english("试项"), english("试基准值")) == ("base of tax per mu", "试项", "试基准值")


def test_every_rule_is_said_in_both_languages() -> None:
    for rule in (INTENSITY, TAX, JOBS, STEPS, Rule("veto", "x", "", "yes"), Rule("criterion", "x", "", "judged", 3),
                 Rule("criterion", "x", "", "steps", 3, table=((1, 3),))):
        assert all(said(rule)), rule


def figure(value: float | None, period: str = "2023", scope: str = "", valid: str = "2023-01-01", start: str = "项目", unit: str = "亩") -> object:
    return fact("MEASURES", start, "用地", valid=valid, label="Project", period=period, scope=scope, value=value, unit=unit)


def test_the_newest_figure_of_the_whole_counts() -> None:
    facts = [figure(10), figure(12, "2024", valid="2024-01-01"),
             figure(99, "2024", "一块", "2024-06-01"), figure(None, "2025", valid="2025-01-01")]
    assert measured(facts, {})["项目"]["用地"].value == 12  # type: ignore[arg-type]


def test_phases_add_up_only_where_all_have_a_figure() -> None:
    one, other = known(用地=3.0, 容积率=1.2), known(用地=4.0)
    assert of_whole({}, [one, other])["用地"].value == 7 and "容积率" not in of_whole({}, [one, other])
    assert of_whole({}, [one, {}]) == {} and of_whole(known(用地=9.0), [one, other])["用地"].value == 9


def step(project: str, milestone: str, day: str, basis: str = "planned") -> object:
    return fact("REACHES", project, milestone, basis=basis, day=date.fromisoformat(day))


def test_building_lasts_from_the_first_start_to_the_last_opening() -> None:
    events = [step("甲", "started", "2023-01-01", "actual"), step("甲一", "operating", "2024-01-01"), step("甲二", "operating", "2025-01-01")]
    assert building(events, "甲", ["甲一", "甲二"])["建设周期"].value == 24.0  # type: ignore[arg-type]
    assert building(events, "甲", ["甲一", "甲二", "甲三"]) == {}  # type: ignore[arg-type]
    assert building(events[1:], "甲", ["甲一", "甲二"]) == {}  # type: ignore[arg-type]


def test_a_wider_region_s_land_is_told_as_its_own() -> None:
    cited = (Cited("figure", "a", "b", "S", date(2023, 1, 1), date(2023, 1, 1)),)
    found = {"市": {"可供用地": Value("可供用地", 500, "亩", cited)}}
    by = {d.name: d for d in demands(known(用地=600.0), ["区", "市"], found)}
    assert (by["用地"].state, by["用地"].region, by["用地"].inherited) == ("short", "市", True)
    assert (by["年用水"].state, by["年用水"].has, by["年用水"].region) == ("unknown", None, "")
    assert {d.name: d for d in demands(known(用地=500.0), ["市"], found)}["用地"].state == "enough"
