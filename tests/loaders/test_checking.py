"""What a check tells before anything is loaded; on a terminal, as JSON and as a workbook. All rows are invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from messy_files import HEADER, ONE, TWO, merged_book

import liantu
from graph.workspace import Workspace, create
from loaders.checking import Checked
from loaders.load import Options, load
from tests.calling import run

NODES = "产业链,环节,产能单位\n甲链,硅片,GW\n甲链,电池,GW\n"
MESSY: list[list[Any]] = [["造名市重点企业 (总产值1075亿元)"], ["序号", *HEADER, "产值(亿元)", "备考"], ["合计", None, None, 54, "GW", 107.5],
                          [1, *ONE, 100], [2, *TWO, 7.5], ["注:造名"]]


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "造名市", "造名市")
    nodes = tmp_path / "产业链全景视图(环节).csv"
    nodes.write_text(NODES, encoding="utf-8")
    load(workspace, [nodes], Options())
    return workspace


def messy(folder: Path, header: str = "", cell: Any = None) -> Path:
    rows = [list(row) for row in MESSY]
    rows[1][-1] = header or None
    if cell is not None:
        rows[3][2] = cell
    return merged_book(folder / "材料.xlsx", rows, "A1:G1", sheet="2023年重点企业表")


def test_what_was_understood_of_a_sheet(city: Workspace, tmp_path: Path) -> None:
    answer = liantu.check(city, messy(tmp_path))
    sheet, = answer.sheets
    assert (sheet.taken_for, sheet.why, sheet.header_rows, sheet.rows) == ("产业链重点企业表", "like", (2,), 2)
    assert [(c.letter, c.header, c.key, c.unit, c.told, c.how) for c in sheet.columns] == [
        ("A", "序号", "", "", "", "counter"), ("B", "企业名称", "firm", "", "", "ours"), ("C", "环节", "node", "", "", "ours"),
        ("D", "产能", "capacity", "", "", "ours"), ("E", "单位", "unit", "", "", "ours"),
        ("F", "产值(亿元)", "output_value", "亿元", "header", "ours")]
    assert [(one.number, one.kind) for one in sheet.passed] == [(3, "total"), (6, "note")]
    assert answer.loadable and answer.problems == () and any("1075" in flag for flag in answer.flags)
    assert answer.would is not None and answer.would.new > 0 and answer.workspace


def test_nothing_is_written(city: Workspace, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in city.folder.rglob("*")}
    liantu.check(city, messy(tmp_path))
    assert {p: p.stat().st_mtime_ns for p in city.folder.rglob("*")} == before


def test_an_unknown_header_is_told_with_the_lines_to_paste(city: Workspace, tmp_path: Path) -> None:
    path = messy(tmp_path, "备考")
    answer = liantu.check(city, path)
    assert not answer.loadable and answer.sheets[0].rows == 2, "what could be read is told all the same"
    assert answer.toml[0] == '[headers."产业链重点企业表"]' and answer.toml[1].startswith('# "备考" = ""')
    settings = city.folder / "liantu.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + "\n".join(["", *answer.toml, ""]), encoding="utf-8")
    assert not liantu.check(city.folder, path).loadable, "nothing is left out that nobody decided"
    settings.write_text(before + "\n".join(["", *answer.toml, ""]).replace("# ", "", 1), encoding="utf-8")
    again = liantu.check(city.folder, path)
    assert again.loadable and [c.how for c in again.sheets[0].columns][-1] == "left out"


def test_a_header_much_like_ours_is_proposed(city: Workspace, tmp_path: Path) -> None:
    assert liantu.check(city, messy(tmp_path, "集团总部名")).toml[1].startswith('"集团总部名" = "集团总部"')


def test_an_unknown_sheet_is_told_with_the_lines_to_paste(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "材料.xlsx", [["企业名称", "环节"], ["造名甲公司", "硅片"]], sheet="台账")
    answer = liantu.check(None, path)
    assert answer.toml[0] == "[sheets]" and answer.toml[1].startswith('# "台账" = "产业链') and answer.sheets[0].why == ""


def test_a_sheet_like_none_of_ours_is_proposed_as_the_commonest(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "材料.xlsx", [["造名甲", "造名乙"], ["造名甲公司", "硅片"]], sheet="台账")
    answer = liantu.check(None, path)
    assert answer.toml[1].startswith('# "台账" = "产业链重点企业表"  # ? ') and "重点项目库" in answer.problems[0].cure


def test_what_is_required_and_missing_is_proposed_and_loads_as_pasted(city: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "配套企业.csv"
    path.write_text("供应商,造名采购单位,链环节名,年供货金额(万元),造名列\n造名甲公司,造名乙公司,硅片,8000,x\n", encoding="utf-8")
    lines = liantu.check(city, path).toml
    assert lines[1:4] == ('"造名采购单位" = "主机企业"', '"链环节名" = "环节"', '"年供货金额(万元)" = "年供货额(万元)"')
    assert lines[4].startswith('# "造名列" = "')
    settings = city.folder / "liantu.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n".join(["", *lines, '"造名列" = ""', ""]), encoding="utf-8")
    assert liantu.check(city.folder, path).loadable


def test_every_problem_is_told_also_of_files_that_cannot_be_read(city: Workspace, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"%PDF-1.7")
    answer = liantu.check(city, messy(tmp_path, cell="造名环节"), tmp_path / "坏.xlsx")
    assert not answer.loadable and {p.file for p in answer.problems} == {"坏.xlsx"} and len(answer.sheets) == 1
    answer = liantu.check(city, messy(tmp_path, cell="造名环节"))
    assert [(p.row, p.column, p.value) for p in answer.problems] == [(4, "环节", "造名环节")]


def test_without_a_workspace_only_the_reading_is_checked(tmp_path: Path) -> None:
    answer: Checked = liantu.check(None, messy(tmp_path, cell="造名环节"))
    assert (answer.loadable, answer.workspace, answer.would) == (True, "", None)


def test_keep_good_is_a_load_of_the_others(city: Workspace, tmp_path: Path) -> None:
    answer = liantu.check(city, messy(tmp_path, cell="造名环节"), keep_good=True)
    assert answer.loadable and [p.row for p in answer.problems] == [4]


@pytest.mark.parametrize(("cell", "unit", "told"), [("8万吨", None, True), ("1.6亿只", None, True), (8, "GW", False), (8000, "MW", False)])
def test_a_size_that_does_not_convert_into_the_unit_of_its_node_is_told(city: Workspace, tmp_path: Path, cell: Any, unit: str | None,
                                                                        told: bool) -> None:
    path = merged_book(tmp_path / "材料.xlsx", [["企业名称", "环节", "产能", "单位"], ["造名甲公司", "硅片", cell, unit]], sheet="重点企业表")
    answer = liantu.check(city, path)
    assert answer.loadable and any("单位不能换算" in flag and "硅片 的 GW" in flag for flag in answer.flags) == told


DISTRICTS = [["企业名称", "环节", "所在地"], ["造名甲公司", "硅片、电池", "虚构东区"], ["造名乙公司", "硅片", "虚构东区"],
             ["造名丙公司", "硅片", "另造县"], ["造名丁公司", "硅片", None]]


def test_a_region_nobody_knows_is_told_once_with_its_rows_and_the_line_that_makes_it_known(city: Workspace, tmp_path: Path) -> None:
    path = merged_book(tmp_path / "材料.xlsx", DISTRICTS, sheet="重点企业表")
    answer = liantu.check(city, path)
    assert [(p.value, p.row, p.rows, p.paste) for p in answer.problems] == [
        ("虚构东区", 2, (2, 3), "虚构东区,造名市"), ("另造县", 4, (), "另造县,造名市")]
    assert "最相近" not in answer.problems[0].cure, "there is none"
    said = run("check", path, "-w", city.folder, code=2).stdout
    assert "第 2, 3 行" in said and "地区,上级地区\n虚构东区,造名市\n另造县,造名市\n" in said
    assert "地区,上级地区\n虚构东区,造名市\n另造县,造名市\n" in run("load", path, "-w", city.folder, code=2).stderr
    regions = tmp_path / "地区表.csv"
    regions.write_text("地区,上级地区\n虚构东区,造名市\n另造县,造名市\n", encoding="utf-8")
    assert liantu.check(city, path, regions).loadable


def test_rows_are_those_of_the_sheet(city: Workspace, tmp_path: Path) -> None:
    rows = [["企业名称", "环节", "投产日期"], ["造名甲公司", "硅片、电池", None], ["造名乙公司", "硅片", "不是日期"], ["造名丙公司", "硅片", None]]
    path = merged_book(tmp_path / "材料.xlsx", rows, sheet="重点企业表")
    answer = liantu.check(city, path, keep_good=True)
    assert (answer.sheets[0].rows, answer.sheets[0].data) == (2, 3) and answer.would
    assert answer.would.rows == {"产业链重点企业表": 2} and sum(answer.would.days.values()) == 2
    assert "读入 2 行 (共 3 行数据)" in run("check", path, "-w", city.folder, code=2).stdout


def test_keep_good_is_advised_only_where_it_would_load_something(city: Workspace, tmp_path: Path) -> None:
    good = messy(tmp_path, cell="造名环节")
    assert liantu.check(city, good).keep_good and "--keep-good" in run("load", good, "-w", city.folder, code=2).stderr
    assert "--keep-good" in run("check", good, "-w", city.folder, code=2).stderr
    header = messy(tmp_path, "备考")
    for given in ([], ["--keep-good"]):
        for command in ("check", "load"):
            assert "--keep-good" not in run(command, header, "-w", city.folder, *given, code=2).stderr
    assert not liantu.check(city, header).keep_good and not liantu.check(None, header).keep_good


def test_problems_say_a_value_once_and_in_english_first_where_that_is_asked(city: Workspace, tmp_path: Path) -> None:
    path = messy(tmp_path, "备考")
    said = run("check", path, "-w", city.folder, code=2).stdout
    assert '备考: 不认识表头 "备考" / unknown' in said
    assert '备考: unknown header "备考" / 不认识' in run("check", path, "-w", city.folder, "--lang", "en", code=2).stdout


def test_what_differs_is_told_in_words_with_its_cells(city: Workspace, tmp_path: Path) -> None:
    rows = [["企业名称", "环节", "产能", "单位", "状态", "链主"], ["造名甲公司", "硅片", "1.6亿只", None, "在产", "是"],
            ["造名甲公司", "电池", None, None, "在产", "否"]]
    first = merged_book(tmp_path / "材料.xlsx", rows, sheet="重点企业表")
    note, = [one for one in load(city, [first], Options()).notes if "链主" in one]
    assert "“是” [材料.xlsx/重点企业表/2]" in note and "“否” [材料.xlsx/重点企业表/3]" in note
    rows[1][2:5] = ["1.8亿只", None, "停产"]
    one, = load(city, [merged_book(tmp_path / "材料.xlsx", rows, sheet="重点企业表")], Options()).changed
    assert "产能 160000000" in one.was and "状态 在产" in one.was and "停产" in one.now and "e+" not in one.text


def test_on_a_terminal(city: Workspace, tmp_path: Path) -> None:
    said = run("check", messy(tmp_path), "-w", city.folder).output
    for words in ("2023年重点企业表 → 产业链重点企业表", "按相近的表名", "第 2 行", "合计行 1 (第 3 行)", "表下说明 1", "产值(亿元)", "1075",
                  "可以导入", "读入 2 行"):
        assert words in said, words


def test_in_english(city: Workspace, tmp_path: Path) -> None:
    said = run("check", messy(tmp_path), "-w", city.folder, "--lang", "en").output
    for words in ("→ Key firms", "by a name much like it", "totals 1 (row 3)", "2 rows read", "Output value", "can be loaded"):
        assert words in said, words


def test_a_workbook_that_cannot_be_loaded_still_gets_its_report(city: Workspace, tmp_path: Path) -> None:
    done = run("check", messy(tmp_path, "备考", "造名环节"), "-w", city.folder, code=2)
    assert "→ 产业链重点企业表" in done.stdout and "不认识" in done.stdout and '"备考" = ""' in done.stdout and "错误" in done.stderr


def test_where_no_workspace_is_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "没有工作区" in run("check", messy(tmp_path)).stdout
    assert "liantu init" in run("check", messy(tmp_path), "-w", tmp_path / "nowhere", code=2).stderr


def test_for_programs(city: Workspace, tmp_path: Path) -> None:
    answer = json.loads(run("check", messy(tmp_path, "备考"), "-w", city.folder, "--format", "json", code=2).stdout)
    assert (answer["question"], answer["loadable"], answer["sheets"][0]["key"]) == ("check", False, "firms")
    assert answer["problems"][0]["column"] == "备考" and answer["toml"]


@pytest.mark.parametrize(("lang", "title"), [("zh", "读作"), ("en", "Read as")])
def test_into_a_workbook(city: Workspace, tmp_path: Path, lang: str, title: str) -> None:
    run("check", messy(tmp_path, "备考"), "-w", city.folder, "--lang", lang, "-o", tmp_path / "检查.xlsx", code=2)
    page = openpyxl.load_workbook(tmp_path / "检查.xlsx").worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in page.iter_rows(values_only=True)]
    assert title in rows[0] and any("备考" in row for row in rows) and any("产值(亿元)" in row for row in rows)


def test_hostile_names_are_words(city: Workspace, tmp_path: Path) -> None:
    said = run("check", messy(tmp_path, "[bold]=1+1\u202e"), "-w", city.folder, code=2).stdout
    assert "[bold]" in said and "\u202e" not in said


@pytest.mark.parametrize(("words", "day"), [("制表日期：2024年6月", "2024-06-30"), ("数据截至2024年6月底", "2024-06-30"),
                                            ("填报时间: 2024.6.5", "2024-06-05"), ("截至2023年底", "2023-12-31"),
                                            ("填报单位：造名市", ""), ("2024年重点企业", "")])
def test_the_day_above_a_header_is_proposed(city: Workspace, tmp_path: Path, words: str, day: str) -> None:
    path = merged_book(tmp_path / "材料.xlsx", [[words], [*HEADER, "产值(亿元)"], [*ONE, 100]], "A1:E1", sheet="2023年重点企业表")
    for where in (None, city):
        flags = [flag for flag in liantu.check(where, path).flags if "--data-date" in flag]
        assert [f"--data-date {day}" in flag for flag in flags] == [True] * bool(day)
    given = Options(data_date=date(2024, 6, 30))
    assert bool([note for note in load(city, [path], Options()).notes if "--data-date" in note]) is bool(day)
    path = merged_book(tmp_path / "再.xlsx", [[words], [*HEADER, "产值(亿元)"], [*ONE, 100]], "A1:E1", sheet="2023年重点企业表")
    assert not [note for note in load(city, [path], given).notes if "--data-date" in note]
