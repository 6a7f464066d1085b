"""Comparison from a real store on every engine: newest period, scopes, inheritance, units, audience, clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import liantu
from analysis.answers import plain
from analysis.compare import Compare, Reading
from graph.errors import LiantuError
from graph.workspace import Workspace, create
from loaders.load import Options, load

SHEETS = {
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n试链,试料,kt/a\n试链,电池片,GW\n",
    "地区表.csv": "地区,上级地区,别名\n试市,试省,\n试省,全国,\n东市,东省,东\n东省,全国,\n空市,全国,\n市场市,全国,\n旧市,全国,\n",
    "产业链重点项目库.csv": "项目名称,期,环节,投资方,新增产能,单位,所在地,签约,数据日期\n试项目,,试料,试公司,2,kt/a,试市,2023-03-01,2023-03-01\n"
                    "分期厂,一期,电池片,试公司,2,GW,试市,2023-03-01,2023-03-01\n分期厂,二期,试料,试公司,,,试市,,2023-03-01\n"
                    "早签的,,试料,试公司,2,kt/a,试市,2022-05-01,2023-03-01\n",
    "地区指标表.csv": "地区,指标,数值,单位,期间,口径\n试市,工业电价,0.5,元/千瓦时,2021,\n试市,工业电价,0.4,元/千瓦时,2022,\n"
                 "试市,工业电价,0.1,元/千瓦时,2022,取消前的\n"
                 "试省,最低工资,2000,元/月,2022,一类地区\n试省,最低工资,1500,元/月,2022,三类地区\n东市,工业电价,300,元/MWh,2022,\n"
                 "旧市,工业水价,4,元/立方米,2015,\n试市,工业水价,5,元/立方米,2022,\n市场市,工业电价,0.2,元/千瓦时,2022,市场交易电价\n市场市,最低工资,1800,元/月,2022,二类地区\n"
                 "东省,工业水价,1,美元/立方米,2022,\n东市,工业地价,150,元/平方米,2022,\n试市,工业地价,20,万元/亩,2022,\n全国,工业水价,3,元/立方米,2022,\n",
}
INNER = {"地区指标表.csv": "地区,指标,数值,单位,期间\n试市,工业电价,0.3,元/千瓦时,2023-01\n"}
DAY = date(2023, 6, 30)


def files(folder: Path, sheets: dict[str, str]) -> list[Path]:
    folder.mkdir()
    for name, text in sheets.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, home: str) -> Workspace:
    folder = tmp_path_factory.mktemp("compare")
    made = create(folder / "w", region="试市", store=home)
    load(made, files(folder / "public", SHEETS), Options(data_date=DAY))
    load(made, files(folder / "inner", INNER), Options(data_date=DAY, audience="内部"))
    return made


def read(answer: Compare, region: str, factor: str) -> Reading:
    row = next(r for r in answer.rows if r.region == region)
    return next(r for r in row.readings if r.factor == factor)


def test_what_is_read_and_what_is_not(city: Workspace) -> None:
    answer = liantu.compare(city, "试料", ["东", "空市"])
    assert (read(answer, "试市", "工业电价").value, read(answer, "试市", "工业电价").period) == (0.4, "2022")
    assert read(answer, "东市", "工业电价").value == pytest.approx(0.3) and read(answer, "东市", "工业地价").value == pytest.approx(10)
    wage = read(answer, "试市", "最低工资")
    assert (wage.value, wage.inherited, wage.scope) == (2000, "试省", "一类地区")
    assert (read(answer, "东市", "工业水价").value, read(answer, "东市", "工业水价").other_unit) == (None, "1 美元/立方米")
    assert read(answer, "空市", "工业水价").value is None  # the nation's is nobody's price
    assert read(liantu.compare(city, "试料", ["全国"]), "全国", "工业水价").value == 3  # but its own
    none = next(r for r in answer.rows if r.region == "空市")
    assert (none.low, none.high, none.rank_low, none.rank_high) == (0, pytest.approx(1), 1, 3)
    assert any("空市" in zh and "所有要素" in zh for zh, _ in answer.notes)
    assert answer.sources or not any(c.source for r in answer.rows for x in r.readings for c in x.evidence)


def test_figures_of_another_scope_are_told_and_not_compared(city: Workspace) -> None:
    answer = liantu.compare(city, "试料", ["市场市", "东市"])
    theirs = read(answer, "市场市", "工业电价")
    assert (theirs.value, theirs.normal) == (None, None) and "0.2" in theirs.other_scope and "市场交易" in theirs.other_scope
    assert any("another scope" in en and "市场市" in en for _, en in answer.notes)
    row = next(r for r in answer.rows if r.region == "市场市")
    assert "工业电价" in [e.factor for e in row.effects]  # its effect is bounded as that of an unknown one
    ours = liantu.compare(city, "试料", ["东市", "试市"], region="市场市")
    assert read(ours, "市场市", "工业电价").value == 0.2 and read(ours, "东市", "工业电价").value is None


def test_the_tier_of_the_wage_is_told(city: Workspace) -> None:
    answer = liantu.compare(city, "试料", ["市场市"])
    assert (read(answer, "试市", "最低工资").scope, read(answer, "市场市", "最低工资").scope) == ("一类地区", "二类地区")
    said = next(en for _, en in answer.notes if en.startswith("scope of minimum wage"))
    assert "二类地区" in said and "highest published tier" in said and "apart" not in said


def test_figures_of_years_far_apart_are_said(city: Workspace) -> None:
    answer = liantu.compare(city, "试料", ["旧市"])
    assert read(answer, "旧市", "工业水价").period == "2015" and any("up to 7 years apart" in en for _, en in answer.notes)


def test_clocks_and_audience(city: Workspace) -> None:
    inner = liantu.compare(city, "试料", ["东市"], audience="内部")
    assert read(inner, "试市", "工业电价").value == 0.3
    early = liantu.compare(city, "试料", ["东市"], as_of=date(2022, 6, 30))
    assert read(early, "试市", "工业电价").value == 0.5


def test_another_rival_turns_no_order_and_moves_no_weight(city: Workspace) -> None:
    two, three = (liantu.compare(city, "试料", who) for who in (["东市"], ["东市", "空市"]))
    assert plain(two.weights) == plain(three.weights)
    assert [r.region for r in two.rows] == [r.region for r in three.rows if r.region != "空市"]
    assert {r.region: (r.sum, r.topsis, r.vikor) for r in two.rows}.items() <= {r.region: (r.sum, r.topsis, r.vikor) for r in three.rows}.items()


def test_a_project_stands_for_its_nodes(city: Workspace) -> None:
    answer = liantu.compare(city, "试项目", ["东市"])
    assert (answer.about, answer.nodes, answer.kind[1]) == ("试项目", ("试料",), "general")
    assert liantu.compare(city, "电池片", ["东市"]).kind[1] == "power-hungry"


def test_a_project_that_stands_by_its_phases_alone(city: Workspace) -> None:
    whole, one = liantu.compare(city, "分期厂", ["东市"]), liantu.compare(city, "分期厂 二期", ["东市"])
    assert (whole.about, whole.nodes, whole.kind[1]) == ("分期厂", ("电池片", "试料"), "power-hungry")
    assert (one.nodes, one.kind[1]) == (("试料",), "general")


def test_a_project_whose_nodes_nobody_has_named_yet_is_compared_and_said(city: Workspace) -> None:
    answer = liantu.compare(city, "早签的", ["东市"], as_of=date(2022, 6, 30))
    assert (answer.nodes, answer.kind[1]) == ((), "general") and any("which node" in en for _, en in answer.notes)


@pytest.mark.parametrize(("about", "who", "near"), [("试科", ["东市"], "试料"), ("试料", ["东是市"], "东市"), ("试料", ["试市"], "--with")])
def test_unknown_names(city: Workspace, about: str, who: list[str], near: str) -> None:
    with pytest.raises(LiantuError) as error:
        liantu.compare(city, about, who)
    assert near in f"{error.value} {error.value.cure}"


def test_a_workspace_overrides(city: Workspace) -> None:
    path = city.folder / "liantu.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + '\n[compare]\nblend = 0\n[factors."工业地价"]\nworse = 100\n', encoding="utf-8")
    try:
        answer = liantu.compare(city.folder, "试料", ["东市"])
    finally:
        path.write_text(before, encoding="utf-8")  # the city is the other tests' too
    land = next(w for w in answer.weights if w.factor == "工业地价")
    assert land.worse == 100 and land.used == pytest.approx(land.given)
    assert replace(answer, rows=()).kind == answer.kind
