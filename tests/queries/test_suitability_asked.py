"""Suitability from a real store: figures of a project and its place, phases, clocks, audience, the fit by the gap engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.answers import plain
from analysis.instruments import Instrument
from analysis.suitability import Judged, Suitability
from graph.errors import LiantuError, QuestionError
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.instruments import instruments
from queries.suitability import suitability

D = date.fromisoformat
OURS = Path(__file__).parent.parent.parent / "data" / "instruments"
SHEETS = {
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n",
    "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n料,件,材料,10,kt/GW,2020\n",
    "地区表.csv": "地区,上级地区\n园区,市\n市,省\n省,\n",
    "地区产能表.csv": "地区,环节,数值,单位,日期,口径\n市,件,10,GW,2022-12-31,产能\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n料,空白,市,2022-12-31\n",
    "产业链重点项目库.csv":
        "项目名称,期,环节,投资方,新增产能,单位,所在地,总投资(亿元),用地(亩),年耗电(万千瓦时),开工,计划投产,数据日期\n"
        "整项目,,料,甲公司,150,kt/a,园区,20,600,5000,2023-02-01,2024-08-01,2023-03-01\n"
        "分期项目,一期,料,乙公司,20,kt/a,园区,3,100,,2023-01-01,2023-12-31,2023-03-01\n"
        "分期项目,二期,料,乙公司,30,kt/a,园区,4,,,,2024-12-31,2023-03-01\n"
        "大项目,,料,甲公司,400,kt/a,园区,,,,,,2023-03-01\n"
        "无产能项目,,料,丙公司,,,园区,5,100,,,,2023-03-01\n"
        "外地项目,,料,丁公司,9,kt/a,省,5,100,,,,2023-03-01\n"
        "异单位项目,,料,戊公司,9,GW,园区,5,100,,,,2023-03-01\n",
    "地区指标表.csv": "地区,指标,数值,单位,期间\n园区,可供用地,500,亩,2022\n市,可供电量,1,亿千瓦时,2022\n市,亩均税收基准值,20,万元/亩,2022\n",
}
LATER = {"产业链重点项目库.csv": "项目名称,环节,投资方,新增产能,单位,所在地,总投资(亿元),用地(亩),数据日期\n"
                          "整项目,料,甲公司,80,kt/a,园区,9,300,2023-09-01\n"}
INNER = {"产业链重点项目库.csv": "项目名称,环节,投资方,新增产能,单位,所在地,用地(亩),数据日期\n机密项目,料,己公司,80,kt/a,园区,300,2023-03-01\n"
                          "整项目,料,己公司,70,kt/a,园区,77,2023-04-01\n",
         "地区指标表.csv": "地区,指标,数值,单位,期间\n园区,可供水量,900,万立方米,2022\n"}
ANSWERED = {"产业链重点项目库.csv":
            "项目名称,环节,投资方,新增产能,单位,所在地,用地(亩),税收(万元),工业增加值,能耗(吨标煤),用工,研发费用,销售收入(万元),"
            "容积率,建筑系数,产业政策符合,年用水,排放量,数据日期\n"
            "答过项目,料,庚公司,8,kt/a,园区,100,1500,5388万元,2000,300,1亿元,331126,1.2,45%,是,30,7,2023-03-01\n"}
"""What the questions of the answer ask an investor, as it comes back."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, home: str) -> Workspace:
    folder = tmp_path_factory.mktemp("suitability")
    made = create(folder / "市", "市", store=home)
    for kind, given, day in (("名单", SHEETS, "2023-03-01"), ("新名单", LATER, "2023-09-01"), ("内部", INNER, "2023-04-01"),
                             ("答复", ANSWERED, "2023-03-01")):
        (folder / kind).mkdir()
        for name, text in given.items():
            (folder / kind / name).write_text(text, encoding="utf-8")
        load(made, [folder / kind], Options(today=D(day), audience="内部" if given is INNER else ""))
    return made


def ask(city: Workspace, project: str, *given: str, by: str = "composed", day: str = "2023-06-30", audience: str = "公开",
        region: str = "市") -> Suitability:
    found: Instrument = next(i for i in instruments(OURS) if i.name == by)
    with open_store(city.store) as store:
        return suitability(store, city.settings, project, found, Asked(region, D(day), D(day), audience), given)


def row(answer: Suitability, name: str, part: str = "veto") -> Judged:
    return next(r for r in answer.rows if (r.part, r.name) == (part, name))


def test_its_figures_with_their_sources(city: Workspace) -> None:
    answer = ask(city, "整项目", "总投资=20亿元")
    intensity = row(answer, "投资强度")
    assert (intensity.value, intensity.state) == (333.333333, "passed")
    assert [(c.kind, bool(c.source)) for c in intensity.evidence] == [("assumed", False), ("figure", True)]
    assert {c.source for c in intensity.evidence if c.source} <= {s.id for s in answer.sources}
    assert (answer.low, answer.high, answer.verdict) == (30, 100, "unknown")
    assert answer.place == "园区" and answer.ask[0].name == "税收" and answer.ask[0].narrows == 30


def test_the_fit_is_the_gap_engine_s(city: Workspace) -> None:
    one, = ask(city, "整项目").fit
    assert (one.chain, one.node, one.verdict, one.gap, one.verdict_after) == ("甲链", "料", "missing", True, "balanced")
    assert one.adds and one.before and one.after and (one.adds.value, one.before.used, one.after.used) == (150, 0, 1.5)
    assert one.surplus == () and one.why == ("", "") and one.sources
    later, = ask(city, "整项目", day="2023-09-30").fit
    assert later.adds and later.after and (later.adds.value, later.after.used) == (80, 0.8)


def test_a_surplus_that_it_makes(city: Workspace) -> None:
    one, = ask(city, "大项目").fit
    assert one.verdict_after == "surplus" and [(s.node, s.amount.value, s.before) for s in one.surplus] == [("料", 300, None)]
    part, = ask(city, "分期项目").fit
    assert part.adds and (part.adds.value, part.verdict_after, part.surplus) == (50, "weak", ())


@pytest.mark.parametrize(("project", "region", "why"), [
    ("无产能项目", "市", "has no figure of its capacity"), ("异单位项目", "市", "9 GW of 异单位项目 does not convert to kt/a"),
    ("外地项目", "市", "does not stand in the asked region")])
def test_without_a_capacity_the_fit_is_unknown_and_the_rest_is_answered(city: Workspace, project: str, region: str, why: str) -> None:
    answer = ask(city, project, region=region)
    one, = answer.fit
    assert (one.adds, one.after, one.verdict_after, one.alone) == (None, None, None, None) and why in one.why[1]
    assert row(answer, "投资强度").value == 500 and answer.low == 30


def test_a_whole_with_its_phases(city: Workspace) -> None:
    answer = ask(city, "分期项目", by="shouguang-2015-hightech")
    assert len(answer.phases) == 2
    assert (row(answer, "总投资").value, row(answer, "建设周期").value, row(answer, "建设周期").state) == (7, 24.0, "passed")
    assert row(answer, "投资强度").state == "unknown", "one phase has no land"
    assert row(answer, "投资强度").missing == ("用地",)


def test_a_phase_by_itself(city: Workspace) -> None:
    answer = ask(city, "分期项目 一期", by="shouguang-2015-hightech")
    fit, = answer.fit
    assert answer.phases == () and fit.adds and fit.adds.value == 20 and row(answer, "投资强度").value == 300
    assert (row(answer, "建设周期").state, answer.verdict) == ("passed", "unknown")


def test_an_investment_is_believed_by_the_two_clocks(city: Workspace) -> None:
    early, late = (row(ask(city, "整项目", day=day), "投资强度") for day in ("2023-06-30", "2023-09-30"))
    assert (early.value, late.value) == (333.333333, 300)
    assert [c.valid_from for c in late.evidence if c.text.startswith("总投资 9")] == [D("2023-09-01")]


def test_two_totals_of_one_sheet_are_kept_and_flagged_and_a_mention_without_one_changes_nothing(tmp_path: Path) -> None:
    made, head = create(tmp_path / "w", region="市"), "项目名称,环节,投资方,所在地,总投资(亿元),数据日期\n"
    (tmp_path / "a").mkdir()
    for name, text in {"产业链全景视图(环节).csv": SHEETS["产业链全景视图(环节).csv"], "地区表.csv": SHEETS["地区表.csv"],
                       "产业链重点项目库.csv": f"{head}两处,料,甲公司,园区,6,2023-03-01\n两处,件,甲公司,园区,4,2023-03-01\n"
                                        "三提,料,甲公司,园区,7,2023-03-01\n三提,料,甲公司,园区,,2023-05-01\n"}.items():
        (tmp_path / "a" / name).write_text(text, encoding="utf-8")
    report = load(made, sorted((tmp_path / "a").iterdir()), Options(today=D("2023-06-01"), data_date=D("2023-03-01")))
    assert any("different total investments" in flag for flag in report.notes)
    seen = [row(ask(made, project, by="shouguang-2015-hightech"), "总投资").value for project in ("两处", "三提")]
    assert seen[0] in (6, 4) and seen[1] == 7


def test_demands_against_what_the_place_has(city: Workspace) -> None:
    by = {d.name: d for d in ask(city, "整项目").demands}
    assert (by["用地"].needs, by["用地"].has, by["用地"].state, by["用地"].inherited) == (600, 500, "short", False)
    assert (by["年耗电"].needs, by["年耗电"].has, by["年耗电"].region, by["年耗电"].inherited) == (5000, 10000, "市", True)
    assert (by["年用水"].state, by["能耗"].state, by["能耗"].needs) == ("unknown", "unknown", None)


def test_a_base_that_the_region_states(city: Workspace) -> None:
    answer = ask(city, "整项目", "税收=6000万元", by="huaian-2024")
    tax = row(answer, "亩均税收", "criterion")
    assert (tax.state, tax.low) == ("scored", 22.5) and answer.high is None
    assert {a.name: a.whom for a in answer.ask}["亩均销售收入基准值"] == "region"


def test_nothing_of_a_stricter_audience(city: Workspace) -> None:
    assert "己公司" not in str(plain(ask(city, "整项目")))
    assert row(ask(city, "整项目", "总投资=20亿元"), "投资强度").value == 333.333333
    with pytest.raises(QuestionError) as raised:
        ask(city, "机密项")
    assert "机密项目" not in raised.value.cure
    assert ask(city, "机密项目", audience="内部").fit
    water = {d.name: d for d in ask(city, "整项目", audience="内部").demands}["年用水"]
    assert water.has == 900


def test_what_the_investor_answered_comes_back_in(city: Workspace) -> None:
    answer = ask(city, "答过项目", "总投资=3亿元", audience="内部")
    assert [r.why for r in answer.rows if r.state == "unknown"] == []
    assert [r.state for r in answer.rows] == ["passed"] * 4 + ["scored"] * 5
    points = [r.low for r in answer.rows if r.part == "criterion"]
    assert points == [30, 15, 20, pytest.approx(9.900771775), pytest.approx(9.999987)]
    assert answer.low == answer.high and answer.verdict == "passed"
    assert {a.name for a in answer.ask} == {"年耗电", "能耗指标"} and all(a.demands and not a.with_others for a in answer.ask)
    public = ask(city, "答过项目", "总投资=3亿元")
    assert (public.low, public.high) == (30, 100) and {"税收", "工业增加值", "用工"} <= {a.name for a in public.ask}
    assert {d.name: d.needs for d in public.demands} == {"用地": 100, "年耗电": None, "年用水": 30, "能耗": 2000}


def test_nothing_that_is_known_later(city: Workspace) -> None:
    with pytest.raises(QuestionError, match="一个项目也看不到"):
        ask(city, "整项目", day="2023-02-01")


def test_an_unknown_project_names_the_nearest(city: Workspace) -> None:
    with pytest.raises(QuestionError, match="整项目") as raised:
        ask(city, "整项木")
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(("given", "told"), [
    ("用地", "读不懂"), ("用底=3", "用地"), ("用地=3公里", "不能换算"), ("用地=很多", "不是数字"), ("用地=-3", "不是数字"),
    ("用地=3亩地", "不认识单位"), ("用地=1e99999", "不认识单位"), ("=3", "没有指标"),
    ("用地=是", "不是数字"), ("产业政策符合=600", "是 或 否"), ("产业政策符合=0.5", "是 或 否"), ("建筑系数=150%", "100 %"),
    ("建筑系数=0.4", "分不清")])
def test_what_is_given_and_cannot_be_read(city: Workspace, given: str, told: str) -> None:
    with pytest.raises(LiantuError, match=told):
        ask(city, "整项目", given)


def test_a_name_that_is_given_twice_is_refused(city: Workspace) -> None:
    with pytest.raises(LiantuError, match="两次"):
        ask(city, "整项目", "用地=400亩", "用地=500亩")


def test_words_and_full_width_figures_are_read(city: Workspace) -> None:
    answer = ask(city, "整项目", "产业政策符合＝是", "用地＝４００", "容积率=1.2")
    assert row(answer, "产业政策符合").state == row(answer, "容积率").state == "passed"
    assert {d.name: d for d in answer.demands}["用地"].needs == 400
