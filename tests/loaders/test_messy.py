"""What real sheets do (MATERIAL: titles, header rows, totals, footnotes, merged cells), one fixture and one test each. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from messy_files import FIRMS, HEADER, ONE, TWO, columns, flagged, merged_book, passed, sheet, understood, values

from loaders.mapping import headers_only
from loaders.readers import read
from loaders.rows import validate
from loaders.values import Quantity


def firms(found: Any) -> list[str]:
    return [row["firm"] for row in values(found)]


def test_merged_title_rows_above_the_header(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["造名市重点企业情况表"], ["填报单位:造名局", None, "制表日期:2023年6月30日"], [], HEADER, ONE, TWO], "A1:D1", "C2:D2")
    assert firms(found) == ["造名甲公司", "造名乙公司"] and found.table.header_rows == (4,)
    assert [line for _, line in found.table.above] == ["造名市重点企业情况表", "填报单位:造名局 制表日期:2023年6月30日"]
    assert [row.number for row in found.rows] == [5, 6], "rows are numbered as the sheet shows them"


def test_two_header_rows_of_merged_groups(tmp_path: Path) -> None:
    rows = [["企业名称", "环节", "产能", None, "投产时间", None], [None, None, "数值", "单位", "实际", None],
            ["造名甲公司", "硅片", 46, "GW", "2022年11月"]]
    found = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1", "E1:F1")
    assert values(found) == [{"firm": "造名甲公司", "node": "硅片", "capacity": Quantity(46.0, "GW"), "unit": "GW",
                              "since": date(2022, 11, 30)}]
    assert columns(found) == {"企业名称": "firm", "环节": "node", "产能/数值": "capacity", "产能/单位": "unit", "投产时间/实际": "since"}


def test_three_header_rows_and_the_unit_of_a_group(tmp_path: Path) -> None:
    rows = [["企业基本情况", None, "经济指标(亿元)", None], ["企业名称", "环节", "上年度", None], [None, None, "产值", "税收"],
            ["造名甲公司", "硅片", 12.5, 0.5]]
    found = sheet(tmp_path, rows, "A1:B1", "C1:D1", "A2:A3", "B2:B3", "C2:D2")
    assert found.table.header_rows == (1, 2, 3)
    assert values(found)[0]["output_value"] == Quantity(12.5, "亿元") and values(found)[0]["tax"] == Quantity(0.5, "亿元")


def test_a_plan_below_a_group_is_no_actual_day(tmp_path: Path) -> None:
    rows = [["项目名称", "环节", "投资方", "开工", None, "投产", None], [None, None, None, "计划", "实际", "计划", "实际"],
            ["造名项目", "组件", "造名甲公司", "2023-03", "2023-05-06", "2024年底", None]]
    found = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", name="产业链重点项目库")
    row, = values(found)
    assert (row["planned:started"], row["actual:started"]) == (date(2023, 3, 31), date(2023, 5, 6))
    assert row["planned:operating"] == date(2024, 12, 31) and "actual:operating" not in row


def test_planned_capacity_is_never_taken_for_what_stands(tmp_path: Path) -> None:
    rows = [["企业名称", "环节", "规划", None], [None, None, "产能", "单位"], ["造名甲公司", "硅片", 46, "GW"]]
    found = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1")
    assert columns(found)["规划/产能"] == "unknown" and found.rows == ()


def test_groups_that_are_centred_and_not_merged(tmp_path: Path) -> None:
    """A CSV knows no merged cells, and many sheets centre over a selection."""
    path = tmp_path / "重点企业.csv"
    path.write_text("企业名称,环节,产能,\n,,数值,单位\n造名甲公司,硅片,46,GW\n", encoding="utf-8")
    assert values(understood(path))[0]["capacity"] == Quantity(46.0, "GW")


def test_a_row_of_units_below_the_header(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["企业名称", "环节", "产能", "产值"], [None, None, "(万吨/年)", "亿元"], ["造名甲公司", "多晶硅", 5, 2]])
    assert values(found) == [{"firm": "造名甲公司", "node": "多晶硅", "capacity": Quantity(5.0, "万吨/年"), "output_value": Quantity(2.0, "亿元")}]


def test_a_unit_told_above_the_table(tmp_path: Path) -> None:
    """单位:亿元 above a table of 产值, whose own unit would be 万元: ten thousand times."""
    rows = [["造名市重点企业", None, None, None], ["填报单位:造名局", None, "单位:亿元、万吨/年", None], ["企业名称", "环节", "产能", "产值"],
            ["造名甲公司", "多晶硅", 5, 2], ["造名乙公司", "硅片", "8GW", "300万元"]]
    one, two = values(sheet(tmp_path, rows, "A1:D1"))
    assert (one["capacity"], one["output_value"]) == (Quantity(5.0, "万吨/年"), Quantity(2.0, "亿元"))
    assert (two["capacity"], two["output_value"]) == (Quantity(8.0, "GW", "8GW"), Quantity(300.0, "万元", "300万元"))


@pytest.mark.parametrize("total", ["合计", "合 计", "总计", "合计(2家)", "光伏小计", "Total"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_totals_first_in_between_and_last_are_no_rows(tmp_path: Path, total: str, place: int) -> None:
    rows: list[list[Any]] = [ONE, TWO]
    rows.insert(place, [total, None, 54, "GW"])
    found = sheet(tmp_path, [HEADER, *rows])
    assert firms(found) == ["造名甲公司", "造名乙公司"] and passed(found) == [(place + 2, "total")]


def test_a_total_in_the_second_column_beside_a_counter(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["序号", *HEADER], [1, *ONE], [None, "小计", None, 46], [2, *TWO]])
    assert firms(found) == ["造名甲公司", "造名乙公司"] and passed(found) == [(3, "total")]


def test_a_firm_whose_name_speaks_of_sums_is_a_firm(tmp_path: Path) -> None:
    names = ["造名合计算力公司", "造名总计划公司", "造名会计", "和光公司"]
    assert firms(sheet(tmp_path, [HEADER, *([name, "硅片"] for name in names)])) == names


def test_blank_columns_between(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["企业名称", None, "环节", None, None, "产能"], ["造名甲公司", None, "硅片", None, None, "46GW"]])
    assert values(found) == [{"firm": "造名甲公司", "node": "硅片", "capacity": Quantity(46.0, "GW", "46GW")}]
    assert [one.letter for one in found.columns] == ["A", "C", "F"]


def test_footnotes_under_the_table_are_told_and_no_rows(tmp_path: Path) -> None:
    found = sheet(tmp_path, [HEADER, ONE, TWO, [], ["注:1.产能为设计产能"], ["2.含在建"], ["填表人:造名", None, None, "审核人:造名"],
                             ["填表人:造名", "审核人:造名", "联系电话:0"]])
    assert firms(found) == ["造名甲公司", "造名乙公司"]
    assert passed(found) == [(5, "note"), (6, "note"), (7, "note"), (8, "note")]
    assert found.passed[0].text == "注:1.产能为设计产能"


def test_a_bad_row_is_no_footnote(tmp_path: Path) -> None:
    found = sheet(tmp_path, [HEADER, ONE, ["造名丙公司"]])
    problem, = found.problems
    assert (problem.row, problem.column) == (3, "环节")


@pytest.mark.parametrize("title", ["序号", "No.", "编号", None])
def test_a_column_that_counts_the_rows(tmp_path: Path, title: str | None) -> None:
    found = sheet(tmp_path, [[title, *HEADER], [1, *ONE], [2, *TWO]])
    assert firms(found) == ["造名甲公司", "造名乙公司"]


@pytest.mark.parametrize("cell", ["硅片、电池", "硅片\n电池", "硅片，电池", "硅片；电池"])
def test_several_nodes_in_one_cell(tmp_path: Path, cell: str) -> None:
    """One capacity for several nodes says of none how much of it is its own."""
    found = sheet(tmp_path, [HEADER, ["造名甲公司", cell, 46, "GW"], TWO])
    assert [(row["firm"], row["node"], "capacity" in row) for row in values(found)] == [
        ("造名甲公司", "硅片", False), ("造名甲公司", "电池", False), ("造名乙公司", "电池", True)]
    assert "46" in flagged(found) and "材料.xlsx/产业链重点企业表/2" in flagged(found)


def test_the_header_again_on_every_printed_page(tmp_path: Path) -> None:
    found = sheet(tmp_path, [HEADER, ONE, HEADER, TWO])
    assert firms(found) == ["造名甲公司", "造名乙公司"] and passed(found) == [(3, "repeat")]


def test_several_tables_in_one_sheet_are_told(tmp_path: Path) -> None:
    found = sheet(tmp_path, [HEADER, ONE, [], ["项目名称", "环节", "投资方", "总投资(亿元)"], ["造名项目", "组件", "造名甲公司", 5]])
    problem, = found.problems
    assert problem.row == 4 and "另一张表" in problem.why and "another table" in problem.why and "一张表" in problem.cure
    assert [row.values["firm"] for row in found.rows] == ["造名甲公司"]


def test_section_titles_between_the_rows(tmp_path: Path) -> None:
    found = sheet(tmp_path, [HEADER, ["一、造名硅料"], ONE, ["造名电池与组件类企业"], TWO], "A4:D4")
    assert firms(found) == ["造名甲公司", "造名乙公司"] and passed(found) == [(2, "section"), (4, "section")]


@pytest.mark.parametrize("numbers", [["甲", "乙", 1, 2], [1, 2, 3, 4], ["(1)", "(2)", "(3)", "(4)"], ["A", "B", 1, 2], ["甲", "乙", 3, 4]])
def test_column_numbers_below_a_statistical_header(tmp_path: Path, numbers: list[Any]) -> None:
    found = sheet(tmp_path, [HEADER, numbers, ONE, TWO])
    assert firms(found) == ["造名甲公司", "造名乙公司"] and passed(found) == [(2, "numbers")]


def test_a_cell_merged_down_stands_in_every_row_it_covers(tmp_path: Path) -> None:
    rows = [HEADER, ["造名甲公司", "拉棒", 1, "GW"], [None, "硅片", 2, "GW"], [None, "电池", 3, "GW"], ["造名乙公司", "组件", 4, "GW"]]
    assert firms(sheet(tmp_path, rows, "A2:A4")) == ["造名甲公司"] * 3 + ["造名乙公司"]


def test_a_cell_that_is_merely_empty_is_blank(tmp_path: Path) -> None:
    rows = [HEADER, ["造名甲公司", "拉棒", 1, "GW"], [None, "硅片", 2, "GW"], ["造名乙公司", "组件", 4, "GW"]]
    found = sheet(tmp_path, rows)
    assert [(p.row, p.column) for p in found.problems] == [(3, "企业名称")]


def test_a_capacity_merged_over_several_rows_is_nones(tmp_path: Path) -> None:
    rows = [HEADER, ["造名甲公司", "拉棒", 46, "GW"], ["造名甲公司", "硅片", None, "GW"], TWO]
    found = sheet(tmp_path, rows, "C2:C3")
    assert ["capacity" in row for row in values(found)] == [False, False, True]
    assert "46" in flagged(found) and "2–3" in flagged(found)


def test_a_required_figure_merged_over_several_rows_is_refused(tmp_path: Path) -> None:
    rows = [["地区", "环节", "数值", "单位", "日期"], ["造名市", "拉棒", 46, "GW", "2023"], ["造名市", "硅片", None, "GW", "2023"]]
    found = sheet(tmp_path, rows, "C2:C3", name="地区产能表")
    assert [(p.row, p.column) for p in found.problems] == [(2, "数值"), (3, "数值")] and "拆开" in found.problems[0].cure


def test_a_header_that_is_not_in_the_first_filled_row_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "重点企业.csv"
    path.write_text("造名市重点企业\n填报单位：造名局\n\n企业名称;环节\n造名甲公司;硅片\n", encoding="utf-8")
    assert values(understood(path)) == [{"firm": "造名甲公司", "node": "硅片"}]


@pytest.mark.parametrize("name", ["2023年重点企业表(6月)", "附件2 造名市重点企业表", "造名市光伏产业链重点企业表汇总", "重点企业表-最新"])
def test_a_sheet_whose_name_is_dressed_up(tmp_path: Path, name: str) -> None:
    found = sheet(tmp_path, [HEADER, ONE], name=name)
    assert (found.table.meant, found.table.why) == ("firms", "like") and firms(found) == ["造名甲公司"]


def test_a_sheet_that_is_named_by_its_file(tmp_path: Path) -> None:
    found = understood(merged_book(tmp_path / "重点企业.xlsx", [["企业名称", "环节"], ["造名甲公司", "硅片"]], sheet="Sheet1"))
    assert (found.table.meant, found.table.why) == ("firms", "file")


def test_a_sheet_whose_name_says_nothing_is_known_by_its_headers(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["项目名称", "环节", "投资方", "总投资(亿元)"], ["造名项目", "组件", "造名甲公司", 5]], name="Sheet1")
    assert (found.table.meant, found.table.why) == ("projects", "headers") and len(values(found)) == 1


def test_one_unknown_header_does_not_hide_a_sheet_that_is_far_likelier_than_any_other(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["项目名称", "造名链节", "投资方", "总投资(亿元)", "建设性质", "责任领导"],
                             ["造名项目", "组件", "造名甲公司", 5, "新建", "某人"]], name="Sheet1")
    assert found.sheet and (found.sheet.key, found.table.why) == ("projects", "headers")
    assert {problem.column for problem in found.problems} == {"环节", "造名链节"} and not found.rows


def test_where_two_sheets_fit_it_says_what_it_saw(tmp_path: Path) -> None:
    found = sheet(tmp_path, [["企业名称", "环节"], ["造名甲公司", "硅片"]], name="Sheet1")
    problem, = found.problems
    assert "产业链重点企业表 2" in problem.why and "产业链关联客户库 2" in problem.why and found.sheet is None


def test_a_hidden_sheet_is_not_guessed_at(tmp_path: Path) -> None:
    import openpyxl

    path = merged_book(tmp_path / "a.xlsx", [["项目名称", "环节", "投资方", "总投资(亿元)"], ["造名项目", "组件", "造名甲公司", 5]], sheet="Sheet1")
    book = openpyxl.load_workbook(path)
    book.create_sheet(FIRMS).append(HEADER)
    book["Sheet1"].sheet_state = "hidden"
    book.save(path)
    assert [validate(table) for table in read(path) if table.hidden] == [([], [])]


CELLS: list[tuple[str, Any, str, Any]] = [
    ("产能", "４６ＧＷ", "capacity", Quantity(46.0, "GW", "46GW")), ("产能", "1.6亿只", "capacity", Quantity(1.6, "亿只", "1.6亿只")),
    ("产能", "15万吨/年", "capacity", Quantity(15.0, "万吨/年", "15万吨/年")), ("产能", "3×800t/d", "capacity", Quantity(2400.0, "t/d", "3×800t/d")),
    ("产能", "8GW", "capacity", Quantity(8.0, "GW", "8GW")), ("产值(万元)", "约20亿元", "output_value", Quantity(20.0, "亿元", "约20亿元")),
    ("产值", "5060.4亿元", "output_value", Quantity(5060.4, "亿元", "5060.4亿元")),
    ("产值", "５０６０．４亿元", "output_value", Quantity(5060.4, "亿元", "5060．4亿元")),
    ("产能(万吨/年)", 15, "capacity", Quantity(15.0, "万吨/年")), ("产能(万吨/年)", "800t/d", "capacity", Quantity(800.0, "t/d", "800t/d")),
    ("产能(万吨/年)", "8GW", "capacity", Quantity(8.0, "GW", "8GW")),
    ("投产日期", "2022年11月", "since", date(2022, 11, 30)), ("投产日期", "2022.11.24", "since", date(2022, 11, 24)),
    ("投产日期", "2023Q2", "since", date(2023, 6, 30)), ("投产日期", "2023年底", "since", date(2023, 12, 31)),
    ("投产日期", 44889, "since", date(2022, 11, 24)), ("投产日期", "44889", "since", date(2022, 11, 24)),
    *(("产能", blank, "capacity", None) for blank in ("-", "/", "无", "待定", "——", "　")),
]


@pytest.mark.parametrize(("header", "cell", "key", "expected"), CELLS)
def test_what_people_type_into_a_cell(tmp_path: Path, header: str, cell: Any, key: str, expected: Any) -> None:
    row, = values(sheet(tmp_path, [["企业名称", "环节", header], ["造名甲公司", "硅片", cell]]))
    assert row.get(key) == expected


def test_full_width_letters_in_names_and_headers(tmp_path: Path) -> None:
    row, = values(sheet(tmp_path, [["企 业 名 称", "环节", "产能（ＧＷ）"], ["ＡＢＣ公司", "硅片", "４６"]]))
    assert row == {"firm": "ABC公司", "node": "硅片", "capacity": Quantity(46.0, "GW")}


WORDS = "企业名称{0}环节{0}产能\r\n造名甲公司{0}硅片{0}46GW\r\n造名乙公司{0}电池{0}待定\r\n"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["重点企业.csv", "重点企业.txt"])
def test_csv_as_excel_writes_it(tmp_path: Path, encoding: str, sign: str, name: str) -> None:
    """GBK without a mark, UTF-16 ("Unicode text"), semicolons and tabs."""
    path = tmp_path / name
    path.write_bytes(WORDS.format(sign).encode(encoding))
    assert firms(understood(path)) == ["造名甲公司", "造名乙公司"]


def test_1075_in_the_heading_and_107_5_in_the_row(tmp_path: Path) -> None:
    rows = [["造名市重点企业 (总产值1075亿元)"], ["企业名称", "环节", "产值(亿元)"], ["造名甲公司", "硅片", 100], ["造名乙公司", "电池", 7.5]]
    said = flagged(sheet(tmp_path, rows, "A1:C1"))
    assert "1075" in said and "107.5" in said and "10 倍" in said and "10 times" in said


def test_a_total_ten_times_its_rows(tmp_path: Path) -> None:
    rows = [["企业名称", "环节", "产值(亿元)"], ["合计", None, 1075], ["造名甲公司", "硅片", 100], ["造名乙公司", "电池", 7.5]]
    assert "合计" in flagged(sheet(tmp_path, rows)) and "107.5" in flagged(sheet(tmp_path, rows))


def test_one_row_of_the_very_digits_of_the_heading(tmp_path: Path) -> None:
    rows = [["造名项目等, 总投资1075亿元"], ["项目名称", "环节", "投资方", "总投资(亿元)"], ["造名项目", "组件", "造名甲公司", 107.5],
            ["造名二期", "组件", "造名甲公司", 31]]
    assert "某行" in flagged(sheet(tmp_path, rows, name="产业链重点项目库"))


@pytest.mark.parametrize("total", [107.5, 107.3, 215, None, "待定"])
def test_a_total_that_agrees_or_differs_otherwise_is_not_flagged(tmp_path: Path, total: Any) -> None:
    rows = [["企业名称", "环节", "产值(亿元)"], ["合计", None, total], ["造名甲公司", "硅片", 100], ["造名乙公司", "电池", 7.5]]
    assert flagged(sheet(tmp_path, rows)) == ""


def test_the_words_of_a_project_against_its_cell(tmp_path: Path) -> None:
    rows = [["项目名称", "环节", "投资方", "建设内容及规模", "总投资(亿元)"],
            ["造名项目", "组件", "造名甲公司", "建设组件厂, 总投资1075亿元", 107.5]]
    assert "1075亿元" in flagged(sheet(tmp_path, rows, name="产业链重点项目库"))


def test_a_citys_own_header_of_two_rows(tmp_path: Path) -> None:
    rows = [["厂名", "环节", "能力", None], [None, None, "设计", "备考"], ["造名甲公司", "硅片", 46, "x"]]
    own = headers_only({"厂名": "企业名称", "能力/设计": "产能(GW)", "能力/备考": ""})
    found = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1", own=own)
    assert values(found) == [{"firm": "造名甲公司", "node": "硅片", "capacity": Quantity(46.0, "GW")}]
