"""What an article says, kind by kind, in sentences of our own. All names are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from loaders.article.entities import brand, firms, product, projects, regions
from loaders.article.figures import capacities
from loaders.article.known import Known
from loaders.article.propose import propose
from loaders.article.said import Said
from loaders.values import quantity


def said(text: str, kind: str, day: date | None = date(2024, 3, 18)) -> list[Said]:
    return [one for one in propose("文", f"某某新闻\n\n{text}", Known(), day).said if one.kind == kind]


@pytest.mark.parametrize(("words", "names"), [
    ("总投资8亿元的瑾川石英坩埚项目、总投资4亿元的拓岭金刚线项目同步开工", ["瑾川石英坩埚项目", "拓岭金刚线项目"]),
    ("由岱岳集团投资的锂电负极材料项目", ["锂电负极材料项目"]), ("珩泰磁材股份有限公司年产1万吨磁材项目签约", ["年产1万吨磁材项目"]),
    ("2.凌垚铜箔项目:投资18亿元", ["凌垚铜箔项目"]), ("项目名称:沐河多晶硅项目(一期)", ["沐河多晶硅项目(一期)"]),
    ("年产5万套甲模块项目和年产2万辆专用汽车项目", ["年产5万套甲模块项目", "年产2万辆专用汽车项目"]),
    *((f"造名{x}项目建成投产,形成300万件/年产能", [f"造名{x}项目"]) for x in (
        "轴瓦", "齿轮", "减速器", "刹车片", "座椅", "紧固件", "弹簧", "光纤", "卫浴", "自行车", "滤芯", "牙膏", "方向盘", "羽绒被", "把手")),
    ("总投资5亿元的轴瓦项目", ["轴瓦项目"]), ("造名弹簧项目、造名雨伞项目签约", ["造名弹簧项目", "造名雨伞项目"]), ("开工建设假发项目", ["假发项目"]),
    ("造名滤芯项目,年产3亿只", ["造名滤芯项目"]), ("1.造名牙膏项目。", ["造名牙膏项目"]), ("造名牙膏项目很好", []),
    *((words, []) for words in (
        "确保项目建成投产", "实现在谈项目签约", "两大项目建成", "专项债项目开工", "其余项目年底前开工", "终使项目落地", "推动更多意向项目落地",
        "各类项目签约", "亿元以上项目开工率95%", "民间投资项目开工", "全部项目投产", "总投资10亿元的民生项目", "单个项目投资5亿元",
        "标志性项目投产")),
    ("签约项目21个,重点项目12个,亿元以上项目3个", []), ("一批重大项目集中签约", []), ("该项目开工", []), ("扎实推进重点项目建设", [])])
def test_projects_have_names_and_kinds_of_projects_none(words: str, names: list[str]) -> None:
    assert [p.name for p in projects(words)] == names


@pytest.mark.parametrize(("name", "firm", "made"), [
    ("盛泰稀土铝合金车轮项目", ("盛泰",), "稀土铝合金车轮"), ("东日和双良年产8GW组件项目", ("东日", "双良"), "组件"), ("高纯铝项目", (), "高纯铝"),
    ("泽霖汽车年产10万辆商用车项目", ("泽霖汽车",), "商用车"), ("年产3万吨多晶硅项目", (), "多晶硅")])
def test_a_project_is_called_after_its_firm_and_its_product(name: str, firm: tuple[str, ...], made: str) -> None:
    assert (brand(name), product(name)) == (firm, made)


@pytest.mark.parametrize(("words", "names"), [
    ("会见南岭玻璃科技股份公司和河东教育科技有限公司董事长", ["南岭玻璃科技股份公司", "河东教育科技有限公司"]),
    ("源网科技(上海)有限公司王某说", ["源网科技(上海)有限公司"]), ("我公司与甲市签约, 已完成公司注册", [])])
def test_firms(words: str, names: list[str]) -> None:
    assert [name for name, _, _ in firms(words)] == names


@pytest.mark.parametrize(("words", "names"), [
    ("包山市东河区的项目", ["包山市", "东河区"]), ("我市全县上市城市园区", []), ("在青澜市会议中心", ["青澜市"]), ("引进区外资金", [])])
def test_regions(words: str, names: list[str]) -> None:
    assert [name for _, name in regions(words)] == names


@pytest.mark.parametrize(("words", "found"), [
    ("年产10GW高效电池项目", [("10GW", "高效电池")]), ("年产风电叶片1200套", [("1200套", "风电叶片")]),
    ("新增塔筒产能8万吨/年", [("8万吨/年", "塔筒")]),
    ("形成年产20万辆整车、30GWh动力电池的生产能力", [("20万辆", "整车"), ("30GWh", "动力电池")]),
    ("将实现1000万只车轮产能规模", [("1000万只", "车轮")]),
    ("占地面积12万平方米,厂房3万平方米", []), ("购置设备62台", []), ("年产25GW电池暨20GW组件项目", [("25GW", "电池"), ("20GW", "组件")])])
def test_capacities(words: str, found: list[tuple[str, str]]) -> None:
    assert [(c.text, c.node) for c in capacities(words)] == found


@pytest.mark.parametrize(("words", "steps"), [
    ("泓岫坩埚项目2023年4月开工,预计2024年9月投产。", [("started", "actual", "2023-04-30"), ("operating", "planned", "2024-09-30")]),
    ("泓岫坩埚项目已完成备案、环评手续,尚未开工。", [("filed", "actual", "None"), ("eia", "actual", "None")]),
    ("泓岫坩埚项目建成投产后年产值60亿元。", []), ("泓岫坩埚项目能评未批复,暂未签订合同。", []),
    ("泓岫坩埚项目因市场变化已终止。", [("ended", "actual", "None")]),
    ("泓岫坩埚项目于去年10月竣工投产。", [("operating", "actual", "2023-10-31"), ("completed", "actual", "2023-10-31")]),
    ("泓岫坩埚项目6月开工。", [("started", "actual", "None")]), ("泓岫坩埚项目去年2月签约,6月开工。", [
        ("signed", "actual", "2023-02-28"), ("started", "actual", "2023-06-30")]),
    ("泓岫坩埚项目去年12月签约,6月开工。", [("signed", "actual", "2023-12-31"), ("started", "actual", "None")]),
    ("泓岫坩埚项目4月5日开工。", [("started", "planned", "2024-04-05")]), ("泓岫坩埚项目计划6月开工。", [("started", "planned", "2024-06-30")]),
    ("从签约到开工泓岫坩埚项目只用了75天。", [])])
def test_milestones_are_done_planned_or_not_at_all(words: str, steps: list[tuple[str, str, str]]) -> None:
    assert [(s.what, s.basis, str(s.day)) for s in said(words, "milestone")] == steps


def test_a_month_ahead_without_a_word_of_plan_is_no_day_and_the_reviewer_is_told() -> None:
    ahead, = said("泓岫坩埚项目6月开工。", "milestone")
    assert (ahead.day, ahead.day_text) == (None, "6月") and "计划还是往年" in ahead.remark
    assert not said("泓岫坩埚项目2月开工。", "milestone")[0].remark


@pytest.mark.parametrize(("words", "found"), [
    ("填补了全省风机铸件空白。", [("filled", "风机铸件", "全省")]), ("建成后将填补我市电池片环节空白。", [("filled", "电池片", "全市")]),
    ("标志着全市光伏产业链电池片环节填补空白。", [("filled", "电池片", "全市")]), ("铜箔环节成功填补空白。", [("filled", "铜箔", "")]),
    ("填补了国内空白。", [("filled", "", "全国")]), ("膜电极至今还没有企业生产。", [("none", "膜电极", "")]),
    ("重点补齐隔膜、铝塑膜两个缺失环节。", [("wanted", "隔膜", ""), ("wanted", "铝塑膜", "")]), ("形成了光伏全产业链。", [("complete", "", "")]),
    ("到2030年形成光伏全产业链。", []), ("全力打造全链条产业集群。", [])])
def test_claims_are_what_is_said_and_plans_of_a_chain_are_none(words: str, found: list[tuple[str, str, str]]) -> None:
    assert [(c.basis, c.what, c.scope) for c in said(words, "claim")] == found


def test_what_will_be_built_is_the_projects_and_what_stands_the_firms() -> None:
    text = "泓岫坩埚项目建设年产8万吨负极材料生产线。\n\n其中乙氢能装备有限公司年产电解槽800MW。"
    assert [(s.of, s.what, s.text) for s in said(text, "adds")] == [("泓岫坩埚项目", "负极材料", "8万吨")]
    assert [(s.of, s.what, s.text) for s in said(text, "makes")] == [("乙氢能装备有限公司", "电解槽", "800MW")]


def test_goals_lie_ahead_and_indicators_do_not() -> None:
    text = "1—2月,全市签约项目12个,到位资金7.5亿元。\n\n力争到2025年,全市绿氢产能达到10万吨/年,建成加氢站40座。"
    assert [(s.what, s.value, s.unit, str(s.day)) for s in said(text, "indicator")] == [
        ("签约项目数", 12, "个", "2024-02-29"), ("到位资金", 7.5, "亿元", "2024-02-29")]
    assert [(s.what, s.value, s.unit, str(s.day)) for s in said(text, "goal")] == [
        ("绿氢产能", 10, "万吨/年", "2025-12-31"), ("加氢站", 40, "座", "2025-12-31")]


def test_a_project_without_a_name_keeps_its_firms() -> None:
    text = "市领导会见南岭玻璃科技股份公司董事长一行,终使项目落地。"
    assert [s.what for s in said(text, "investor")] == ["南岭玻璃科技股份公司"] and "请核" in said(text, "milestone")[0].remark


def test_every_fact_keeps_its_sentence_and_lines() -> None:
    for one in propose("文", "某某新闻\n\n总投资5亿元的泓岫坩埚项目开工。", Known()).said:
        assert (one.sentence, one.lines) == ("总投资5亿元的泓岫坩埚项目开工。", (3, 3))


def test_the_gold_lists_are_of_the_kinds_that_are_scored(articles: dict[str, Any]) -> None:
    from benchmarks.articles import KINDS

    assert all(fact["kind"] in (*KINDS, "published") for facts in articles.values() for fact in facts)


@pytest.fixture
def articles() -> dict[str, Any]:
    import json

    from benchmarks.articles import ROOT

    return {p.name: json.loads(p.read_text(encoding="utf-8")) for p in ROOT.rglob("*.gold.json")}


NAMED = "7月12日,造川市高新区一个项目下线。\n\n据市工信局介绍,上半年全市产值186亿元。\n\n位于西造县的甲厂扩建。会上,造川市作了介绍。"


@pytest.mark.parametrize(("text", "known", "region"), [
    (NAMED, Known(), "造川市"), (NAMED, Known(regions=("造川市", "西造县"), region="造川市"), "造川市"),
    ("据市工信局介绍,产值186亿元。", Known(), ""), ("据市工信局介绍,产值186亿元。", Known(region="造川市"), "造川市"),
    ("位于西造县的甲厂扩建。", Known(regions=("造川市",), region="造川市"), "造川市"),
    ("位于西造县的甲厂扩建。西造县副县长出席。在西造县投产。", Known(regions=("造川市",), region="造川市"), "西造县"),
    ("单县举行签约仪式。", Known(), "单县")])
def test_the_region_is_the_one_named_most_and_in_doubt_the_workspaces(text: str, known: Known, region: str) -> None:
    assert propose("文", f"某某新闻\n\n{text}", known, date(2024, 7, 15)).region == region


@pytest.mark.parametrize(("words", "cell", "value", "unit", "remark"), [
    ("3条日熔量1000吨的光伏玻璃生产线", "3×1000吨/日", 3000, "吨/日", True), ("两条日熔量1200吨光伏玻璃生产线", "2×1200吨/日", 2400, "吨/日", True),
    ("3×1000t/d光伏玻璃生产线", "3×1000t/d", 3000, "t/d", True), ("日熔量1000吨的光伏玻璃生产线", "1000吨/日", 1000, "吨/日", True),
    ("3条光伏玻璃生产线年产10万吨光伏玻璃生产线", "10万吨", 10, "万吨", False), ("年产10万吨光伏玻璃生产线", "10万吨", 10, "万吨", False)])
def test_lines_and_days_belong_to_a_capacity_and_the_cell_says_the_same(
        words: str, cell: str, value: float, unit: str, remark: bool) -> None:
    one, = said(f"造川光伏玻璃二期项目开工,建设{words}。", "adds")
    assert (one.text, one.value, one.unit, one.what) == (cell, value, unit, "光伏玻璃")
    assert quantity(cell).value == value and ("as written" in one.remark) is remark


def test_the_sum_after_a_name_that_ends_in_a_phase_is_the_projects() -> None:
    assert [s.text for s in said("造川光伏玻璃二期项目计划投资20亿元。", "investment")] == ["20亿元"]
    assert said("造川光伏玻璃项目一期计划投资20亿元。", "investment") == []


def test_what_left_the_line_is_taken_for_in_operation_and_it_is_said() -> None:
    one, = said("造川电池项目首片电池片成功下线。", "milestone")
    assert (one.what, one.basis) == ("operating", "actual") and "下线" in one.remark and " / " in one.remark


def test_a_growth_is_no_indicator_by_itself() -> None:
    assert [s.what for s in said("上半年全市光伏产值186亿元,同比增长23%。", "indicator")] == ["光伏产值"]
