"""Candidates by what stands around firms here: their owners and sisters, the customer library, stock codes. Names invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import liantu
from analysis.targets import Target, Targets
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
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,件,GW\n甲链,品,GW\n甲链,料,t/d\n乙链,器,GW\n",
    "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n件,品,材料,1,GW/GW,2020\n",
    "地区表.csv": "地区,上级地区\n园区,市\n市,省\n省,国\n远市,国\n国,\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n件,空白,市,2022-12-31\n",
    "来源表.csv": "来源编号,名称,发布机构,发布日期,权威级别,受众\n年报,某年报,某所,2023-02-01,4,公开\n内册,某内册,某局,2023-02-01,4,内部\n"
              "晚报,某晚报,某所,2023-08-01,4,公开\n",
    "产业链重点企业表.csv":
        "企业名称,环节,产能,单位,所在地,集团总部,持股比例,上市代码,数据日期,来源\n"
        "本厂,品,10,GW,园区,父集团,60,,2022-12-31,年报\n"
        "父集团,器,1,GW,远市,祖集团,51,600001,2022-12-31,年报\n"
        "祖集团,器,1,GW,远市,,,600002,2022-12-31,内册\n"
        "姊件厂,件,4,GW,远市,祖集团,,600003,2022-12-31,晚报\n"
        "旁器厂,器,3,GW,园区,旁集团,,,2022-12-31,年报\n"
        "旁集团,器,3,GW,远市,,,,2022-12-31,年报\n"
        "内件厂,件,2,GW,远市,,,600004,2022-12-31,内册\n"
        "外件厂,件,4,t/d,远市,,,,2022-12-31,年报\n",
    "产业链重点项目库.csv": "项目名称,环节,投资方,新增产能,单位,所在地,签约,数据日期\n"
                  "来件一,件,来件厂,2,GW,园区,2022-10-01,2022-10-01\n来件二,件,又件厂,2,GW,园区,2022-10-01,2022-10-01\n",
    "产业链关联客户库.csv": "企业名称,环节,关系,招商渠道,关系对象,专班,接触阶段,首次对接,最近对接,下一步\n"
                  "库件厂,件,校友,某校友会,,,,,2022-05-01,\n库件厂,器,校友,某校友会,,,,,2022-06-01,\n识件厂,件,客户,,本厂,,,,2022-05-01,\n渠件厂,件,,某协会,,,,,2022-05-01,\n"
                  "又件厂,件,,,,东区专班,已拜访,2022-03-01,2022-04-01,再访\n来件厂,件,,,,西区专班,已拜访,2022-03-01,2022-04-01,再访\n"
                  "谈料厂,料,,,,东区专班,已拜访,2022-03-01,2022-04-01,\n谈料厂,料,,,,东区专班,洽谈,,2023-01-10,\n"
                  "谈料厂,料,,,,北区专班,已拜访,2022-06-01,2022-06-01,\n",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, home: str) -> Workspace:
    folder = tmp_path_factory.mktemp("kin")
    made = create(folder / "市", "市", store=home)
    (folder / "名单").mkdir()
    for name, text in SHEETS.items():
        (folder / "名单" / name).write_text(text, encoding="utf-8")
    load(made, [folder / "名单"], Options(today=D("2023-03-01")))
    return made


def ask(city: Workspace, node: str = "件", audience: str = "公开", firm: str = "", day: str = "2023-06-30") -> Targets:
    with open_store(city.store) as store:
        return targets(store, city.settings, What("" if firm else node, firm=firm), FACTORS, Asked("市", D(day), D(day), audience))


def row(answer: Targets, firm: str) -> Target:
    return next(r for r in answer.rows if r.firm == firm)


def told(target: Target, kind: str) -> list[tuple[str, str]]:
    return [(c.text, c.source) for c in target.evidence if c.kind == kind]


def test_owners_of_any_height_are_candidates_by_themselves(city: Workspace) -> None:
    answer = ask(city)
    assert {"父集团", "祖集团"} <= {r.firm for r in answer.rows}
    assert told(row(answer, "父集团"), "parent") == [("本地 本厂 的总部 60 %", "年报")]
    way = "本地 本厂 的上级总部, 祖集团 → 父集团 51 % → 本厂 60 %"
    assert told(row(answer, "祖集团"), "parent") == [(f"{way} [其中 父集团 → 本厂 60 %]", "年报"), (f"{way} [其中 祖集团 → 父集团 51 %]", "年报")]


def test_a_sister_has_its_group_for_evidence_with_every_step(city: Workspace) -> None:
    found = told(row(ask(city, day="2023-08-01"), "姊件厂"), "parent")
    assert len(found) == 3
    assert all("与本地 本厂 同属 祖集团, 祖集团 → 父集团 51 % → 本厂 60 %; 祖集团 → 姊件厂" in text for text, _ in found)


def test_owners_of_firms_of_other_chains_only_are_none(city: Workspace) -> None:
    assert "旁集团" not in {r.firm for r in ask(city).rows}


def test_who_makes_it_here_keeps_its_owner_out_and_that_is_said(city: Workspace) -> None:
    answer = ask(city, "品")
    assert not {"父集团", "祖集团"} & {r.firm for r in answer.rows}
    assert {("父集团", "here"), ("祖集团", "here")} <= {(e.firm, e.why) for e in answer.excluded}


def test_the_customer_library_lists_firms_nobody_talks_to(city: Workspace) -> None:
    public, inner = ask(city), ask(city, audience="专班")
    assert {"库件厂", "识件厂", "渠件厂"} <= {r.firm for r in inner.rows}
    assert [text for text, _ in told(row(inner, "渠件厂"), "tie")] == ["某协会 (关系未注明)"]
    assert [text for text, _ in told(row(inner, "库件厂"), "tie")] == ["某校友会 (校友)"]  # one tie, though listed for two nodes
    assert not {"库件厂", "识件厂"} & {r.firm for r in public.rows}  # the library is for the task teams
    assert {r.firm for r in ask(city, "器", audience="专班").rows} >= {"库件厂"}  # listed for two nodes, a candidate for both


def test_a_stock_code_has_its_source_its_day_and_its_readers(city: Workspace) -> None:
    answer = ask(city)
    assert told(row(answer, "父集团"), "listed") == [("上市 600001", "年报")]
    assert "年报" in {s.id for s in answer.sources}
    assert told(row(answer, "祖集团"), "listed") == []  # told by a book that is not for everybody
    assert told(row(ask(city, audience="内部"), "内件厂"), "listed") == [("上市 600004", "内册")]
    assert told(row(ask(city, day="2023-08-01"), "姊件厂"), "listed") == [("上市 600003", "晚报")]


def test_one_firm_narrows_talks_and_signed_projects_too(city: Workspace) -> None:
    whole, one = ask(city, audience="专班"), ask(city, audience="专班", firm="又件厂")
    assert {s.project.project for s in whole.signed} == {"来件一", "来件二"}
    assert {s.project.project for s in one.signed} == {"来件二"}
    assert {t.firm for t in whole.talks} == {"又件厂", "来件厂"}
    assert {t.firm for t in one.talks} == {"又件厂"}


def test_the_first_talk_stays_whose_it_was_when_a_later_row_does_not_repeat_it(city: Workspace) -> None:
    answer = ask(city, "料", audience="专班")
    found = row(answer, "谈料厂")
    assert (found.owner, found.duplicate) == ("东区专班", ("北区专班",))
    assert {(t.team, t.stage, t.first) for t in answer.talks if t.firm == "谈料厂"} == {
        ("东区专班", "洽谈", D("2022-03-01")), ("北区专班", "已拜访", D("2022-06-01"))}


def test_a_figure_in_another_unit_is_told_as_that(city: Workspace) -> None:
    answer = ask(city)
    assert row(answer, "外件厂").capacity is None
    assert narrow(answer, "zh").rows[[r.firm for r in answer.rows].index("外件厂")][3] == "单位不能换算"
    assert narrow(answer, "en").rows[[r.firm for r in answer.rows].index("外件厂")][3] == "unit does not convert"
    assert not any("产能" in zh for zh, _ in row(answer, "父集团").unknown)  # nobody says that it makes any


def test_rules_are_printed_with_their_names_and_what_they_exclude(city: Workspace) -> None:
    rules = (Rule("A", ("makes",), (), ("listed",), ("非上市", "unlisted")), Rule("B", ("makes",)), Rule("watch"))
    with open_store(city.store) as store:
        settings = replace(city.settings, targets=Grading(rules))
        answer = targets(store, settings, What("件"), FACTORS, Asked("市", D("2023-08-01"), D("2023-08-01"), "公开"))
    assert any("A 非上市: 在外地生产; 不能有: 上市或500强" in line for line in narrow(answer, "zh").notes)
    assert (row(answer, "外件厂").grade, row(answer, "姊件厂").grade) == ("A", "B")
    assert row(answer, "姊件厂").would_raise == (("为 A 不能再有: 上市或500强", "for A it must not have: listed or 500-largest"),)


def test_a_share_is_of_all_known_makers_and_of_each_plant_once(city: Workspace) -> None:
    """Of 品 only 本厂 here is known; of 器 the plants of 父集团, 祖集团 and 旁集团, and 旁器厂 here."""
    assert ask(city, "品").rows == () or all(r.share is None for r in ask(city, "品").rows)
    shares = {r.firm: r.share for r in ask(city, "器", "内部").rows if r.share is not None}
    assert shares["父集团"] == pytest.approx(1 / 8) and row(ask(city, "器"), "父集团").share == pytest.approx(1 / 7)  # 祖集团 is for 内部
    assert sum(shares.values()) < 1  # the rest is made here
