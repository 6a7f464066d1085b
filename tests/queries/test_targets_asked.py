"""Target firms from a real store: who is a candidate, on what evidence, who is left out, grades, clocks, audience. Names invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import liantu
from analysis.answers import plain
from analysis.targets import Target, Targets
from graph.errors import QuestionError
from graph.grading import Grading, Rule
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.targets import What, targets
from reports.grids_targets import narrow

D = date.fromisoformat
FACTORS = liantu.data() / "factors.toml"
SHEETS = {
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n甲链,品,GW\n甲链,辅,kt/a\n乙链,器,GW\n",
    "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n料,件,材料,1,kt/GW,2020\n件,品,材料,1,GW/GW,2020\n"
        "辅,件,材料,1,kt/GW,2020\n辅,品,材料,1,kt/GW,2020\n",
    "地区表.csv": "地区,上级地区\n园区,市\n市,省\n省,国\n远县,远市\n远市,国\n国,\n",
    "地区产能表.csv": "地区,环节,数值,单位,日期,口径\n市,品,10,GW,2022-12-31,产能\n市,料,50,kt/a,2022-12-31,产能\n市,辅,50,kt/a,2022-12-31,产能\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n件,空白,市,2022-12-31\n",
    "产业链重点企业表.csv":
        "企业名称,环节,产能,单位,状态,厂区/期,所在地,集团总部,上市代码,数据日期\n"
        "本地品厂,品,10,GW,,,园区,甲集团,,2022-12-31\n"
        "甲集团,件,5,GW,,,远市,,600001,2022-12-31\n"
        "乙件厂,件,4,GW,,,远市,,,2022-12-31\n"
        "乙件厂,件,20,GW,,合计,国,,,2022-12-31\n"
        "丙件厂,件,3,GW,,,远市,,,2022-12-31\n"
        "丙件厂,件,1,GW,停产,旧厂,远市,,,2022-12-31\n"
        "丁件厂,件,,,,,远市,,,2022-12-31\n"
        "戊件厂,件,2,GW,,,远县,,,2022-12-31\n"
        "辛件厂,件,,,,,远市,,,2022-12-31\n"
        "戊件厂,件,2,GW,,,远市,,,2022-12-31\n"
        "本地料厂,料,50,kt/a,,,园区,,,2022-12-31\n",
    "产业链重点项目库.csv":
        "项目名称,环节,投资方,新增产能,单位,所在地,签约,开工,停滞,计划投产,数据日期\n"
        "甲远件,件,甲集团,8,GW,远市,,2022-06-01,,,2022-06-01\n"
        "己旧件,件,己件厂,8,GW,远市,,2020-01-01,,,2020-01-01\n"
        "庚停件,件,丁件厂,8,GW,远市,,2022-06-01,2022-09-01,,2022-06-01\n"
        "戊来件,件,戊件厂,2,GW,园区,2022-10-01,,,2024-12-31,2022-10-01\n",
    "产业链重点项目库(推迟).csv":
        "项目名称,环节,投资方,所在地,计划投产,数据日期\n甲远件,件,甲集团,远市,2023-12-31,2022-06-01\n甲远件,件,甲集团,远市,2024-12-31,2023-01-10\n",
    "产业链重点项目库(终止).csv":
        "项目名称,环节,投资方,新增产能,单位,所在地,签约,终止,数据日期\n辛来件,件,辛件厂,2,GW,园区,2022-10-01,2023-01-15,2022-10-01\n",
    "产业链配套企业表.csv":
        "配套企业,主机企业,环节,供货起始,供货截止,数据日期\n"
        "乙件厂,本地品厂,件,2022-01-01,,2022-01-01\n"
        "本地料厂,壬客户,料,2022-01-01,,2022-01-01\n"
        "本地料厂,癸客户,料,2020-01-01,2021-12-31,2020-01-01\n"
        "本地料厂,子客户,料,2020-01-01,2023-05-31,2020-01-01\n",
    "产业链关联客户库.csv": "企业名称,环节,关系,招商渠道,专班,接触阶段,首次对接,最近对接,下一步\n"
                    "丙件厂,件,商会,某商会,,,,2022-05-01,\n丁件厂,件,,,东区专班,初次接触,2022-05-01,2022-05-01,\n"
                    "丁件厂,件,,,西区专班,已拜访,2022-03-01,2022-04-01,再访\n",
    "地区指标表.csv": "地区,指标,数值,单位,期间,口径\n省,工业电价,300,元/MWh,2022,\n市,工业电价,0.1,元/千瓦时,2023-01,自备电厂\n",
}
LATER = {"产业链重点企业表.csv": "企业名称,环节,产能,单位,所在地,数据日期\n后来件厂,件,9,GW,远市,2022-12-31\n"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, home: str) -> Workspace:
    folder = tmp_path_factory.mktemp("targets")
    made = create(folder / "市", "市", store=home)
    for kind, given, day in (("名单", SHEETS, "2023-03-01"), ("新名单", LATER, "2023-09-01")):
        (folder / kind).mkdir()
        for name, text in given.items():
            (folder / kind / name).write_text(text, encoding="utf-8")
        load(made, [folder / kind], Options(today=D(day)))
    return made


PART = What("件")


def ask(city: Workspace, what: What = PART, day: str = "2023-06-30", audience: str = "公开", grading: Grading | None = None,
        **other: Any) -> Targets:
    settings = replace(city.settings, **({} if grading is None else {"targets": grading}), **other)
    with open_store(city.store) as store:
        return targets(store, settings, what, FACTORS, Asked("市", D(day), D(day), audience))


def row(answer: Targets, firm: str) -> Target:
    return next(r for r in answer.rows if r.firm == firm)


def kinds(target: Target) -> list[str]:
    return list(dict.fromkeys(c.kind for c in target.evidence))


def test_each_kind_of_evidence_with_its_source(city: Workspace) -> None:
    answer = ask(city)
    assert kinds(row(answer, "甲集团")) == ["makes", "expands", "surplus", "parent", "listed"]
    assert kinds(row(answer, "乙件厂")) == ["makes", "supplies", "surplus"]
    assert kinds(row(answer, "丙件厂")) == ["makes", "surplus"]
    assert kinds(row(ask(city, audience="专班"), "丙件厂")) == ["makes", "surplus", "tie"]  # the customer library is for them
    assert kinds(row(answer, "壬客户")) == ["customer"]
    cited = [c for r in answer.rows for c in (*r.evidence, *r.against)]
    assert all(c.source and (c.fact or c.kind == "listed") for c in cited)  # a stock code is a property of the firm
    assert {c.source for c in cited} <= {s.id for s in answer.sources}


def test_grades_follow_the_rules_and_what_speaks_against_lowers(city: Workspace) -> None:
    answer = ask(city)
    assert {r.firm: r.grade for r in answer.rows} == {"甲集团": "A", "乙件厂": "B", "丙件厂": "C", "丁件厂": "C", "壬客户": "watch", "辛件厂": "C"}
    assert [c.kind for c in row(answer, "丙件厂").against] == ["stopped"]
    assert [c.kind for c in row(answer, "丁件厂").against] == [c.kind for c in row(answer, "辛件厂").against] == ["cancelled"]
    assert "降为 C" in row(answer, "丙件厂").rule[0]
    assert "近期在外地扩产" in row(answer, "乙件厂").would_raise[0][0]


def test_other_rules_other_grades(city: Workspace) -> None:
    answer = ask(city, grading=Grading((Rule("A", ("supplies",)), Rule("watch"))))
    assert {r.firm for r in answer.rows if r.grade == "A"} == {"乙件厂"}


def test_capacity_is_the_total_or_the_plants_and_never_both(city: Workspace) -> None:
    answer = ask(city)
    found = {r.firm: (r.capacity.value if r.capacity else None) for r in answer.rows}
    assert found == {"甲集团": 5, "乙件厂": 20, "丙件厂": 3, "丁件厂": None, "壬客户": None, "辛件厂": None}
    assert row(answer, "乙件厂").share == pytest.approx(20 / 30, abs=1e-9)  # 5 + 20 + 3 + 2 of who comes already, which stands in two rows
    assert any("产能" in u[0] for u in row(answer, "丁件厂").unknown)


def test_who_is_here_or_coming_is_left_out_and_said(city: Workspace) -> None:
    answer = ask(city)
    assert [(e.firm, e.why) for e in answer.excluded] == [("戊件厂", "pipeline")]
    assert "戊件厂" not in {r.firm for r in answer.rows}
    assert [(s.node, s.project.project, s.project.stage) for s in answer.signed] == [("件", "戊来件", "签约")]
    here = ask(city, What("品"))
    assert "甲集团" not in {r.firm for r in here.rows}  # its own plant makes it here


def test_an_expansion_of_old_and_a_contract_that_ran_out_count_no_more(city: Workspace) -> None:
    firms = {r.firm for r in ask(city).rows}
    assert not firms & {"己件厂", "癸客户"}
    assert "癸客户" not in {r.firm for r in ask(city, day="2023-03-01").rows}
    assert "己件厂" in {r.firm for r in ask(city, grading=Grading(months=60)).rows}


def test_what_is_planned_for_later_is_to_be_asked_and_changes_no_grade(city: Workspace) -> None:
    late, early = row(ask(city), "甲集团"), [u for u in row(ask(city, day="2023-06-30"), "乙件厂").unknown if "推迟" in u[0]]
    assert ("甲远件: 计划投产由 2023-12-31 推迟到 2024-12-31 (2023-01-10 所述), 是否照建",
            "甲远件: planned to open on 2024-12-31 and no longer on 2023-12-31 (said on 2023-01-10); whether it is built") in late.unknown
    assert late.grade == "A" and not early


def test_a_contract_counts_up_to_its_last_day(city: Workspace) -> None:
    assert "子客户" in {r.firm for r in ask(city, day="2023-05-31").rows}
    assert "子客户" not in {r.firm for r in ask(city, day="2023-06-01").rows}


def test_cheap_power_speaks_for_nodes_that_take_much_in_the_scope_that_is_compared(city: Workspace) -> None:
    """0.3 of the province; the price of a plant of one's own is nobody else's, though it is newer and nearer."""
    hungry = {"power_nodes": ["件"]}
    found = row(ask(city, compare=hungry, grading=Grading(power_price=0.3)), "乙件厂")
    assert [c.text for c in found.evidence if c.kind == "factors"] == ["件 耗电大, 省 工业电价 300 元/MWh (2022)"]
    assert all(c.source and c.fact for c in found.evidence)
    for other in (ask(city, compare=hungry, grading=Grading(power_price=0.29)), ask(city)):
        assert not [c for r in other.rows for c in r.evidence if c.kind == "factors"]
        assert not any("工业电价" in zh for r in other.rows for zh, _ in r.unknown)
    unknown = row(ask(city, compare=hungry, factors={"工业电价": {"but": ["*"]}}), "乙件厂").unknown
    told = "0.1 元/千瓦时 (2023-01 自备电厂)"
    assert (f"工业电价: 只有别的口径 {told}", f"price of power: another scope only, {told}") in unknown


def test_surplus_begins_beyond_what_counts_as_balanced(city: Workspace) -> None:
    """50 kt/a of 辅 for a demand of 10; of 料, which nobody here uses, all is surplus."""
    for balanced, some in ((4.9, True), (5.0, False)):
        answer = ask(city, thresholds=replace(city.settings.thresholds, balanced=balanced))
        told = {c.text for c in row(answer, "乙件厂").evidence if c.kind == "surplus"}
        assert told == {"本地 料 富余, 是 件 的投入"} | ({"本地 辅 富余, 是 件 的投入"} if some else set())


def test_nothing_known_later(city: Workspace) -> None:
    assert "后来件厂" not in {r.firm for r in ask(city, day="2023-08-31").rows}
    assert "后来件厂" in {r.firm for r in ask(city, day="2023-09-01").rows}


def test_talks_are_for_the_task_teams_and_the_first_owns(city: Workspace) -> None:
    public, inner = row(ask(city), "丁件厂"), row(ask(city, audience="专班"), "丁件厂")
    assert (public.owner, public.duplicate) == (None, ())
    assert (inner.owner, inner.duplicate) == ("西区专班", ("东区专班",))
    assert "contact" in kinds(inner)
    told = narrow(ask(city, audience="专班"), "zh").rows
    assert [line for line in told if line[2] == "丁件厂" and "首谈 西区专班, 同时对接: 东区专班" in str(line[5])]
    assert "专班" not in str(plain(ask(city).rows))
    talks = {(t.team, t.stage, t.next_step) for t in ask(city, audience="专班").talks}
    assert talks == {("西区专班", "已拜访", "再访"), ("东区专班", "初次接触", "")}
    assert ask(city).talks == ()


def test_a_node_is_answered_whatever_its_verdict(city: Workspace) -> None:
    answer = ask(city, What("器"))
    assert [(w.node, w.verdict, w.place) for w in answer.nodes] == [("器", "unknown", None)]
    assert answer.rows == ()
    assert any("没有找到" in zh for zh, _ in answer.notes)


def test_a_chain_is_its_gaps_by_rank_and_a_firm_what_it_would_fill(city: Workspace) -> None:
    chain = ask(city, What(chain="甲链"))
    assert [(w.node, w.place) for w in chain.nodes][:1] == [("件", 1)]
    assert {r.node for r in ask(city, What(firm="乙件厂")).rows} == {"件"}
    none = ask(city, What(firm="癸客户"))
    assert none.rows == ()
    assert any("没有依据" in zh for zh, _ in none.notes)


@pytest.mark.parametrize("what", [What("件件"), What(chain="丙链"), What(firm="乙件")])
def test_unknown_names_are_told_with_the_nearest(city: Workspace, what: What) -> None:
    with pytest.raises(QuestionError) as told:
        ask(city, what)
    assert told.value.cure
