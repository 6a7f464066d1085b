"""The workbook of target firms and signed projects: lists are left alone, edited talks come back whole. Names invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

import liantu
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders import visits
from loaders.for_people import LISTS
from loaders.load import Options, Refused, load, rebuild

HOSTILE = '=HYPERLINK("http://x","甲")厂'
SHEETS = {
    "产业链全景视图(环节)": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n",
    "产业链关联客户库": "企业名称,环节,专班,接触阶段,首次对接,最近对接,对接人,下一步\n"
                f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",料,甲专班,已拜访,2023-02-01,2023-03-01,张某,再访\n'
                "乙厂,件,,,,,,\n",
}
LISTED = {"targets": (("企业", "把握"), ((HOSTILE, 0.5), ("乙厂", None)), ("注",)),
          "projects": (("项目", "环节", "投资方", "计划投产"), (("丙项目", "件", "乙厂", date(2023, 1, 5)),), ("注",)),
          "evidence": (("依据",), (("=1+1",),), ()), "unknown": (("待核",), (), ())}
KNOWN = [{"firm": HOSTILE, "node": "料", "team": "甲专班", "stage": "已拜访", "first": "2023-02-01", "last": "2023-03-01", "person": "张某",
          "next_step": "再访", "remark": "A: 在产"}, {"firm": "乙厂", "node": "件", "remark": "B"}]
Fact = dict[str, Any]


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    (tmp_path / "in").mkdir()
    for name, text in SHEETS.items():
        (tmp_path / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    made = create(tmp_path / "某市", "某市")
    load(made, [tmp_path / "in"], Options(today=date(2023, 4, 1)))
    return made


def talks(city: Workspace) -> dict[str, Fact]:
    """Who is talked to, as believed by those who may see it: firm → properties of the fact."""
    seen = liantu.believed(city, as_of=date(2023, 7, 1), known_by=date(2023, 7, 1), edges=["CONTACTS"], audience="专班")
    return {str(seen.nodes[firm]["name"]): dict(fact) for _, firm, fact in seen.edges(data=True)}


def written(city: Workspace, lang: str = "zh") -> Path:
    path = city.folder.parent / "清单.xlsx"
    visits.write(path, LISTED, KNOWN, "专班", lang)
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_as_written_it_changes_nothing_and_the_lists_are_named(city: Workspace, lang: str) -> None:
    before = talks(city)
    report = load(city, [written(city, lang)], Options(today=date(2023, 5, 1)))
    after = talks(city)
    assert {k: before[HOSTILE][k] for k in ("stage", "next_step", "first", "person")} == {
        k: after[HOSTILE][k] for k in ("stage", "next_step", "first", "person")}
    assert set(after) == set(before) == {HOSTILE}
    told = "\n".join(report.notes)
    assert all(names[lang == "en"] in told for names in LISTS.values())


def test_what_is_edited_comes_back_and_nothing_else_is_lost(city: Workspace) -> None:
    path = written(city)
    book = openpyxl.load_workbook(path)
    page = book["产业链关联客户库"]
    head = {str(cell.value).split("\n")[0].rstrip("*"): cell.column for cell in page[1]}
    rows = {page.cell(n, head["企业名称"]).value: n for n in range(2, page.max_row + 1)}
    for firm, cells in ((HOSTILE, {"接触阶段": "框架协议", "最近对接": "2023-05-20"}), ("乙厂", {"专班": "乙专班", "接触阶段": "初次接触"})):
        for name, value in cells.items():
            page.cell(rows[firm], head[name]).value = value
    book.save(path)
    load(city, [path], Options(today=date(2023, 6, 1)))
    found = talks(city)
    assert (found[HOSTILE]["stage"], found[HOSTILE]["next_step"], found[HOSTILE]["person"]) == ("框架协议", "再访", "张某")
    assert found[HOSTILE]["first"] == date(2023, 2, 1)
    assert (found["乙厂"]["stage"], found["乙厂"]["next_step"]) == ("初次接触", "")


def test_no_cell_is_a_formula(city: Workspace) -> None:
    book = openpyxl.load_workbook(written(city))
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert book[LISTS["targets"][0]]["A2"].value == HOSTILE
    assert book[LISTS["projects"][0]]["D2"].value == "2023-01-05"


def test_the_same_input_is_the_same_bytes(city: Workspace) -> None:
    assert written(city).read_bytes() == written(city).read_bytes()


def _edited(city: Workspace, name: str, **cells: str) -> Path:
    """A workbook of this name, with cells of the first firm's row changed."""
    book = openpyxl.load_workbook(written(city))
    page = book["产业链关联客户库"]
    head = {str(cell.value).split("\n")[0].rstrip("*"): cell.column for cell in page[1]}
    row = next(n for n in range(2, page.max_row + 1) if page.cell(n, head["企业名称"]).value == HOSTILE)
    for title, value in cells.items():
        page.cell(row, head[title]).value = value
    book.save(path := city.folder.parent / name)
    return path


@pytest.mark.parametrize("stages", [("洽谈", "已拜访"), ("已拜访", "洽谈"), ("洽谈", "框架协议"), ("框架协议", "洽谈")])
def test_an_edit_that_does_not_count_is_told(city: Workspace, stages: tuple[str, str]) -> None:
    """Two stages of one day in two files: whichever counts, nobody is led to believe in the other."""
    reports = [load(city, [_edited(city, f"清单{n}.xlsx", 接触阶段=stage, 最近对接="2023-05-20")], Options(today=date(2023, 6, 1)))
               for n, stage in enumerate(stages)]
    counts = talks(city)[HOSTILE]["stage"] == stages[1]
    assert any("不生效" in note for note in reports[1].notes) != counts


def test_talks_without_a_team_are_refused_and_not_dropped(city: Workspace) -> None:
    with pytest.raises(Refused) as error:
        load(city, [_edited(city, "清单.xlsx", 专班="", 下一步="寄投资指南")], Options(today=date(2023, 6, 1)))
    (problem,) = error.value.problems
    assert (problem.column, problem.row) == ("专班", 2) and talks(city)[HOSTILE]["next_step"] == "再访"


@pytest.mark.parametrize("audience", ["公开", "专班"])
def test_a_code_beside_a_firm_that_all_know_by_name(tmp_path: Path, audience: str) -> None:
    """A code that the widest audience has not heard of makes no id; it is a code all the same, and no name."""
    code = "91150200MA0AAAA01P"  # invented
    made = create(tmp_path / "某市", "某市")
    for name, rows, said in (("产业链全景视图(环节)", "产业链,环节,产能单位\n甲链,料,kt/a\n", "公开"),
                             ("地区表", "地区,上级地区\n某市,\n", "公开"),
                             ("产业链重点企业表", "企业名称,环节,所在地\nTCL中（环）,料,某市\n", "公开"),
                             ("产业链关联客户库", f"企业名称,统一社会信用代码,环节,招商渠道\nTCL中（环）,{code},料,某商会\n", audience)):
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
        report = load(made, [tmp_path / f"{name}.csv"], Options(today=date(2023, 4, 1), audience=said))
    assert not [note for note in report.notes if "校验不符" in note]
    rebuild(made)
    with open_store(made.store) as store:
        assert [row["name"] for row in store.read("MATCH (f:Firm) RETURN f.name AS name", {})] == ["TCL中（环）"]


def test_days_of_talks_that_cannot_be_are_told(city: Workspace) -> None:
    """They stay as they are written: which of the days is wrong only a person knows."""
    later = _edited(city, "清单.xlsx", 首次对接="2023-05-20", 最近对接="2023-05-01")
    notes = load(city, [later], Options(today=date(2023, 6, 1))).notes
    assert [note for note in notes if "首次对接 2023-05-20 晚于最近对接" in note and "清单.xlsx" in note]
    notes = load(city, [_edited(city, "清单2.xlsx", 最近对接=f"{date.today().year + 2}-05-01")], Options(today=date(2023, 6, 1))).notes
    assert [note for note in notes if "实际日期在将来" in note]


def test_the_body_that_a_tie_is_with_is_the_channel(tmp_path: Path) -> None:
    """论坛年会 says of what kind it is and introduces nobody; a chamber that is named is the channel, and the firm knows too."""
    made = create(tmp_path / "某市", "某市")
    for name, rows in (("产业链全景视图(环节)", "产业链,环节,产能单位\n甲链,料,kt/a\n"),
                       ("产业链关联客户库", "企业名称,环节,关系,关系对象,招商渠道\n甲厂,料,论坛,某大会,论坛年会\n甲厂,料,股东,乙厂,驻地总部\n"
                                            "甲厂,料,院所,丙厂,\n甲厂,料,商会,丁厂,某商会\n甲厂,料,校友,某校友会,校友会\n")):
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
        load(made, [tmp_path / f"{name}.csv"], Options(today=date(2023, 4, 1)))
    text = "MATCH (a)-[k:KNOWS]->(f:Firm) RETURN label(a) AS label, a.name AS name, k.tie AS tie ORDER BY name"
    for _ in range(2):
        with open_store(made.store) as store:
            found = {(r["label"], r["name"], r["tie"]) for r in store.read(text, {})}
            firms = {r["name"] for r in store.read("MATCH (f:Firm) RETURN f.name AS name", {})}
        assert found == {("Channel", "某大会", "forum"), ("Channel", "驻地总部", "shareholder"), ("Firm", "乙厂", "shareholder"),
                         ("Firm", "丙厂", "institute"), ("Channel", "某商会", "chamber"), ("Firm", "丁厂", "chamber"),
                         ("Channel", "某校友会", "alumni")}
        assert firms == {"甲厂", "乙厂", "丙厂", "丁厂"}
        rebuild(made)
