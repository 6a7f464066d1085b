"""Rows against their sheet: what is read, and every kind of problem with its place, value, reason and cure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from loaders.cells import PROBLEMS
from loaders.readers import Cell, Table
from loaders.rows import Problem, Row, reading, validate
from loaders.sheets import SHEET
from loaders.values import Quantity

NEEDED: dict[str, dict[str, Cell]] = {
    "nodes": {"产业链": "光伏", "环节": "硅片"},
    "feeds": {"上游环节": "硅料", "下游环节": "硅片"},
    "goals": {"产业链": "光伏", "环节": "硅片", "目标值": 50, "单位": "GW", "目标日期": "2025"},
    "firms": {"企业名称": "甲公司", "环节": "硅片"},
    "suppliers": {"配套企业": "乙", "主机企业": "甲", "环节": "坩埚"},
    "projects": {"项目名称": "丙项目", "环节": "硅片、组件", "投资方": "甲、乙(集团，上海)"},
    "contacts": {"企业名称": "戊", "环节": "逆变器"},
    "claims": {"环节": "光伏/玻璃", "类型": "填补", "声明日期": "2022-11-24"},
    "sources": {"来源编号": "S1", "名称": "名录", "发布机构": "工信局"},
    "regions": {"地区": "昆都仑区"},
    "reports": {"地区": "包头市", "环节": "多晶硅", "数值": 300, "单位": "kt/a", "日期": "2022年底"},
    "indicators": {"地区": "包头市", "指标": "签约项目数", "数值": 120, "单位": "个", "期间": "2023-06"},
    "surveys": {"地区": "包头市", "产业链": "光伏", "摸排齐全日期": date(2023, 6, 30)},
    "teams": {"产业链": "光伏", "专班": "光伏专班"},
    "funding": {"项目": "丙", "月份": "2023年6月", "金额(万元)": 5000, "口径": "区外", "本月/累计": "累计", "上报/核实": "上报"},
}

# sheet, cells beside the needed ones → values
READ: list[tuple[str, dict[str, Cell], dict[str, Any]]] = [
    ("firms", {"产能": 5, "单位": "万吨/年"}, {"capacity": Quantity(5.0, "万吨/年"), "unit": "万吨/年"}),
    ("firms", {"产能(万吨/年)": 5}, {"capacity": Quantity(5.0, "万吨/年")}),
    ("firms", {"产能": "3×800t/d"}, {"capacity": Quantity(2400.0, "t/d", "3×800t/d")}),
    ("firms", {"成品率": "82%"}, {"yield": 0.82}),
    ("firms", {"成品率": 0.82}, {"yield": 0.82}),
    ("firms", {"成品率(%)": 82, "单位": "GW"}, {"yield": 0.82, "unit": "GW"}),
    ("firms", {"集团持股(%)": "51%"}, {"share": 51.0}),
    ("firms", {"集团持股(%)": 100}, {"share": 100.0}),
    ("firms", {"产值(万元)": "约20亿元"}, {"output_value": Quantity(20.0, "亿元", "约20亿元")}),
    ("firms", {"产值(亿元)": 2}, {"output_value": Quantity(2.0, "亿元")}),
    ("firms", {"产值": 2}, {"output_value": Quantity(2.0, "万元")}),
    ("firms", {"用工": "1200人"}, {"jobs": Quantity(1200.0, "人", "1200人")}),
    ("firms", {"链主": "√", "规上": "无"}, {"chain_master": True, "above_scale": False}),
    ("firms", {"状态": "停产"}, {"state": "stopped"}),
    ("firms", {"状态": "Operating"}, {"state": "operating"}),
    ("firms", {"投产日期": "2022年11月"}, {"since": date(2022, 11, 30)}),
    ("firms", {"投产日期": datetime(2022, 11, 2)}, {"since": date(2022, 11, 2)}),
    ("firms", {"上市代码": 601012.0, "统一社会信用代码": "９１１５０２００ＭＡ"}, {"listed": "601012", "credit_code": "91150200MA"}),
    ("firms", {"主要产品": "待定", "产能": "-", "所在地": "/", "联系人": "  "}, {}),
    ("nodes", {"摸排结论": "无"}, {"survey": "none"}),
    ("nodes", {"摸排结论": "有", "位置": "中游", "列": 3}, {"survey": "present", "band": "中游", "col": 3.0}),
    ("nodes", {"摸排结论": "未摸排", "别名": "切片、wafer"}, {"aliases": ("切片", "wafer")}),
    ("feeds", {"关系": "装备", "必需": "否", "生效日期": "2023", "可信度": "低"},
     {"role": "equipment", "essential": False, "valid": date(2023, 1, 1), "confidence": "低"}),
    ("feeds", {"单耗": "44.11", "单耗单位": "kt/GW"}, {"coefficient": 44.11, "unit": "kt/GW"}),
    ("suppliers", {"年供货额(万元)": "10.48亿片"}, {"amount": Quantity(10.48, "亿片", "10.48亿片")}),
    ("suppliers", {"年供货额(万元)": 1200}, {"amount": Quantity(1200.0, "万元")}),
    ("projects", {"投产": "2023Q2", "计划投产": "2024年底", "用地": "2022-01-05", "用地(亩)": 300},
     {"actual:operating": date(2023, 6, 30), "planned:operating": date(2024, 12, 31), "actual:land": date(2022, 1, 5),
      "land": Quantity(300.0, "亩")}),
    ("projects", {"总投资(万元)": 20000}, {"total_investment": Quantity(20000.0, "万元")}),
    ("sources", {"发布日期": "~2022-12/2023-01", "权威级别": 5, "受众": "内部"},
     {"published": date(2023, 1, 31), "authority": 5.0, "audience": "内部"}),
    ("firms", {"税收(万元)": -3}, {"tax": Quantity(-3.0, "万元")}),
    ("funding", {"金额(万元)": -300}, {"amount": Quantity(-300.0, "万元")}),
    ("indicators", {"数值": -3.2}, {"value": Quantity(-3.2, "个")}),
    ("reports", {"口径": "单价"}, {"measure": "price"}),
]

# sheet, cells beside (or instead of) the needed ones → column, value shown, in the reason, in the cure
REFUSED: list[tuple[str, dict[str, Cell], str, str, str, str]] = [
    ("firms", {"企业名称": None}, "企业名称", "", "必填", "补上 企业名称"),
    ("firms", {"企业名称": "待定"}, "企业名称", "", "必填", "补上 企业名称"),
    ("firms", {"产能": "很多"}, "产能", "很多", '产能 "很多": 不是一个数', "一格只写一个数"),
    ("firms", {"产能": ">50"}, "产能", ">50", "上限或下限", "一格只写一个数"),
    ("firms", {"产能": "5GW", "单位": "万吨/年"}, "产能", "5GW", "不一致", "改其中一个"),
    ("firms", {"产能": -3}, "产能", "-3", "小于 0", "留空"),
    ("firms", {"产能": "5万顿"}, "产能", "5万顿", "不认识单位", ""),
    ("firms", {"单位": "万顿/年"}, "单位", "万顿/年", "不认识单位", ""),
    ("nodes", {"产能单位": "GGW"}, "产能单位", "GGW", "不认识单位", ""),
    ("firms", {"产值(万元)": "5GW"}, "产值(万元)", "5GW", "不一致", "改其中一个"),
    ("firms", {"成品率": 82}, "成品率", "82", "不在 0 与 1 之间", "0.82"),
    ("firms", {"成品率": 0}, "成品率", "0", "不在 0 与 1 之间", "0.82"),
    ("firms", {"成品率": "120%"}, "成品率", "120%", "不在 0 与 1 之间", "0.82"),
    ("firms", {"集团持股(%)": 120}, "集团持股(%)", "120", "不在 0 与 100 之间", "51%"),
    ("firms", {"集团持股(%)": -1}, "集团持股(%)", "-1", "不在 0 与 100 之间", "51%"),
    ("firms", {"集团持股(%)": 0.51}, "集团持股(%)", "0.51", "分不清", "51%"),
    ("firms", {"状态": "在建"}, "状态", "在建", "不是可选的值", "在产、停产"),
    ("firms", {"链主": "也许"}, "链主", "也许", "不是 是/否", "是"),
    ("firms", {"投产日期": "将来"}, "投产日期", "将来", "不是日期", "2022-11-24"),
    ("firms", {"投产日期": "2023-02-30"}, "投产日期", "2023-02-30", "没有这一天", "2022-11-24"),
    ("firms", {"统一社会信用代码": 9.1150200012345678e17}, "统一社会信用代码", "911502000123456768", "末几位已丢失", "文本"),
    ("feeds", {"单耗": 0}, "单耗", "0", "不大于 0", "留空"),
    ("feeds", {"关系": "朋友"}, "关系", "朋友", "不是可选的值", "材料、部件、耗材、装备、服务"),
    ("sources", {"权威级别": 10}, "权威级别", "10", "0 到 9", "0–9"),
    ("sources", {"权威级别": 4.5}, "权威级别", "4.5", "0 到 9", "0–9"),
    ("sources", {"受众": "所有人"}, "受众", "所有人", "不是可选的值", "公开、内部、专班"),
    ("claims", {"类型": "有"}, "类型", "有", "不是可选的值", "填补、完整、招引、空白"),
    ("indicators", {"数值": "0.25-0.31"}, "数值", "0.25-0.31", "范围", "一格只写一个数"),
    ("projects", {"投资方": "、"}, "投资方", "、", "没有名称", "隔开"),
    ("goals", {"环节": None, "指标": None}, "环节", "", "环节、指标 都是空的", "填其中一个"),
]


def table(sheet: str, *rows: dict[str, Cell], name: str = "") -> Table:
    """Rows under a header in row 3, so that row numbers are not places in a list."""
    header = tuple(dict.fromkeys(key for row in rows for key in row))
    cells = tuple((number, tuple(row.get(key) for key in header)) for number, row in enumerate(rows, start=4))
    return Table("表.xlsx", name or SHEET[sheet].zh, header, 3, cells)


def one(sheet: str, cells: dict[str, Cell]) -> Row:
    rows, problems = validate(table(sheet, NEEDED[sheet] | cells))
    assert problems == []
    return rows[0]


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(("column", "cell"), [
    *((column, -3) for column in ("总投资(亿元)", "用地(亩)", "年耗电(万千瓦时)", "用工", "容积率", "出资额(亿元)")), ("建筑系数(%)", 120)])
def test_what_nothing_has_is_left_out_and_told(column: str, cell: float) -> None:
    found = reading(table("projects", NEEDED["projects"] | {column: cell}, NEEDED["projects"] | {column: 3}))
    key = next(one.column.key for one in found.columns if one.column and one.header == column)
    assert not found.problems and [key in row.values for row in found.rows] == [False, True]
    (flag,) = found.flags
    assert column in flag and f'"{cell}"' in flag and "未采用 [表.xlsx/产业链重点项目库/4]" in flag and "left out" in flag


@pytest.mark.parametrize("sheet", NEEDED)
def test_the_required_columns_are_enough(sheet: str) -> None:
    row = one(sheet, {})
    assert {column.key for column in SHEET[sheet].columns if column.required} <= set(row.values)


def test_the_values_of_names() -> None:
    assert one("projects", {}).values == {
        "project": "丙项目", "node": ("硅片", "组件"), "investors": ("甲", "乙(集团，上海)")}
    assert one("claims", {}).values["node"] == ("光伏/玻璃",)
    assert one("firms", {"环节": "光伏／玻璃"}).values["node"] == "光伏/玻璃"


@pytest.mark.parametrize(("sheet", "cells", "expected"), READ)
def test_a_cell_is_read(sheet: str, cells: dict[str, Cell], expected: dict[str, Any]) -> None:
    base = one(sheet, {}).values
    given = one(sheet, cells).values
    assert {k: v for k, v in given.items() if base.get(k) != v} == expected


def test_the_wording_is_kept_where_a_rule_read() -> None:
    row = one("firms", {"产能": "约5万吨/年", "投产日期": "2022年11月", "成品率": "82%", "数据日期": "2023年6月30日",
                        "用工": 30})
    assert row.texts == {"capacity": "约5万吨/年", "since": "2022年11月", "yield": "82%"}


def test_a_row_says_where_it_stands() -> None:
    rows, _ = validate(table("firms", NEEDED["firms"], NEEDED["firms"] | {"企业名称": "乙"}, name="重点企业"))
    assert [row.cell for row in rows] == ["表.xlsx/重点企业/4", "表.xlsx/重点企业/5"]


@pytest.mark.parametrize(("sheet", "cells", "column", "value", "why", "cure"), REFUSED)
def test_a_cell_is_refused(sheet: str, cells: dict[str, Cell], column: str, value: str, why: str, cure: str) -> None:
    rows, problems = validate(table(sheet, NEEDED[sheet], NEEDED[sheet] | cells))
    problem = only(problems)
    assert (problem.file, problem.sheet, problem.row) == ("表.xlsx", SHEET[sheet].zh, 5)
    assert (problem.column, problem.value) == (column, value)
    assert why in problem.why.split(" / ")[0]
    assert cure in problem.cure
    assert " / " in problem.why
    assert [row.number for row in rows] == [4]


def test_all_problems_of_all_rows_at_once() -> None:
    bad: dict[str, Cell] = {"产能": "很多", "成品率": 2, "状态": "?"}
    rows, problems = validate(table("firms", NEEDED["firms"] | bad, NEEDED["firms"], {**bad, "环节": "硅片"}))
    assert [row.number for row in rows] == [5]
    assert sorted((p.row, p.column) for p in problems) == sorted([
        (4, "产能"), (4, "成品率"), (4, "状态"), (6, "企业名称"), (6, "产能"), (6, "成品率"), (6, "状态")])


def test_an_unknown_sheet_names_the_nearest() -> None:
    problem = only(validate(table("firms", NEEDED["firms"], name="产业链重点企业名录"))[1])
    assert (problem.row, problem.column, problem.value) == (0, "", "产业链重点企业名录")
    assert "产业链重点企业表" in problem.cure


def test_a_sheet_without_a_telling_name_is_known_by_its_columns() -> None:
    problem = only(validate(table("projects", NEEDED["projects"], name="Sheet1"))[1])
    assert "产业链重点项目库" in problem.cure


@pytest.mark.parametrize("name", ["说明", "填表说明", "notes", "README"])
def test_sheets_of_prose_are_no_material(name: str) -> None:
    assert validate(table("firms", {"随便": "写"}, name=name)) == ([], [])


def test_hidden_lists_are_no_material() -> None:
    assert validate(Table("a.xlsx", "下拉项", ("项",), 1, ((2, ("x",)),), hidden=True)) == ([], [])


def test_an_unknown_header_names_the_nearest_and_nothing_is_loaded() -> None:
    rows, problems = validate(table("firms", NEEDED["firms"] | {"产能规摸": 5}))
    problem = only(problems)
    assert (problem.row, problem.column, problem.value, rows) == (3, "产能规摸", "产能规摸", [])
    assert "最相近: 产能" in problem.cure
    assert "[headers]" in problem.cure


def test_a_missing_column_is_told_once_and_not_for_every_row() -> None:
    problem = only(validate(table("firms", {"企业名称": "甲"}, {"企业名称": "乙"}))[1])
    assert (problem.row, problem.column, problem.value) == (3, "环节", "")
    assert "缺少必填列 环节" in problem.why


def test_one_of_two_columns_must_be_there() -> None:
    cells = {key: cell for key, cell in NEEDED["goals"].items() if key != "环节"}
    problem = only(validate(table("goals", cells))[1])
    assert (problem.row, problem.column) == (3, "环节、指标")
    assert validate(table("goals", cells | {"指标": "产值"}))[1] == []


def test_two_headers_of_one_column() -> None:
    problem = only(validate(table("firms", NEEDED["firms"] | {"公司名称": "甲"}))[1])
    assert (problem.row, problem.column, problem.value) == (3, "公司名称", "公司名称")
    assert '"企业名称"' in problem.why


def test_a_wrong_header_does_not_hide_wrong_rows() -> None:
    rows, problems = validate(table("firms", NEEDED["firms"] | {"产能": "很多", "备忘": ""}))
    assert rows == []
    assert [(p.row, p.column) for p in problems] == [(3, "备忘"), (4, "产能")]


def test_a_citys_own_headers() -> None:
    cells: dict[str, Cell] = {"厂名": "甲", "工序": "硅片", "备忘": "x", "序号": 1}
    rows, problems = validate(table("firms", cells), {"厂名": "企业名称", "工序": "环节", "备忘": ""})
    assert problems == []
    assert rows[0].values == {"firm": "甲", "node": "硅片"}


@pytest.mark.parametrize("mark", ["示例", "示例: 甲公司", "Example: firm", "  示例"])
def test_example_rows_are_skipped(mark: str) -> None:
    assert validate(table("firms", NEEDED["firms"] | {"企业名称": mark, "产能": "很多"})) == ([], [])


def test_a_row_of_blanks_is_no_row() -> None:
    assert validate(table("firms", {"企业名称": "-", "环节": "/"})) == ([], [])


def test_a_long_value_does_not_hide_the_cure() -> None:
    problem = only(validate(table("firms", NEEDED["firms"] | {"产能": "多" * 300}))[1])
    assert problem.value == "多" * 300
    assert len(problem.why) < 200


def test_every_kind_of_problem_is_tested() -> None:
    """What the cases above provoke is all that the texts know, in both languages."""
    said: list[str] = []
    for sheet, cells, *_ in REFUSED:
        said += [p.why for p in validate(table(sheet, NEEDED[sheet] | cells))[1]]
    at_the_head = {"sheet", "header", "twice", "column"}
    for kind, texts in PROBLEMS.items():
        assert all(texts), kind
        fixed = max(texts[0].replace("{value}", "|").replace("{column}", "|").replace("{near}", "|").split("|"), key=len)
        assert kind in at_the_head or any(fixed in why for why in said), kind
