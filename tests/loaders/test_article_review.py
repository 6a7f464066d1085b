"""The review of an article: nothing enters the graph before a person has written 采用. All names are invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import liantu
from graph.errors import LiantuError
from graph.workspace import Workspace
from loaders.article.known import Known
from loaders.article.propose import propose
from loaders.article.rows import drafts
from loaders.readers import Table, read
from loaders.reviewed import accepted
from loaders.rows import reading, validate
from loaders.values import Unreadable
from tests.calling import run

ARTICLE = """石岭县推进重点项目

发布时间:2023年10月26日 来源:石岭日报

总投资5.2亿元的甲垣塔筒项目由甲垣重工有限公司投资建设,新增塔筒产能8万吨/年,已于8月12日竣工投产,填补了全县塔筒空白。
今年1—9月,全县签约项目12个,到位资金7.5亿元。
"""
NODES = "产业链,环节,产能单位\n风电,塔筒,kt/a\n风电,整机,GW\n"


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    (tmp_path / "链").mkdir()
    (tmp_path / "链" / "环节.csv").write_text(NODES, encoding="utf-8")
    workspace = liantu.begin(tmp_path / "石岭县")
    run("load", tmp_path / "链", "-w", workspace.folder)
    return workspace


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "报道.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def mark(path: Path, sheets: tuple[str, ...], word: str = "采用") -> None:
    book = openpyxl.load_workbook(path)
    for name in sheets:
        for row in range(2, book[name].max_row + 1):
            book[name].cell(row, 1).value = word
    book.save(path)


def facts(city: Workspace) -> int:
    return len(liantu.graph(city).facts)


def test_an_unreviewed_workbook_changes_nothing_and_says_so(city: Workspace, article: Path, tmp_path: Path) -> None:
    before = facts(city)
    run("read", article, "-w", city.folder, "-o", tmp_path / "复核.xlsx")
    said = run("load", tmp_path / "复核.xlsx", "-w", city.folder).output
    assert "未复核, 未导入" in said and "没有变化" in said
    assert facts(city) == before and [e.name for e in city.manifest()] == ["链"]


def test_only_what_is_accepted_is_loaded_and_the_rest_is_counted(city: Workspace, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "复核.xlsx"
    run("read", article, "-w", city.folder, "-o", path)
    mark(path, ("产业链重点项目库",))
    mark(path, ("声明表",), "不采用")
    said = run("load", path, "-w", city.folder).output
    assert "2 行未复核, 未导入" in said and "1 行不采用, 未导入" in said
    graph = liantu.graph(city)
    assert {f.edge for f in graph.facts} >= {"ADDS", "INVESTS_IN", "REACHES"} and "CLAIMS" not in {f.edge for f in graph.facts}
    assert {f.end for f in graph.facts if f.edge == "MEASURES"} <= {"总投资"}  # the project's own, no figure of the region
    adds = next(f for f in graph.facts if f.edge == "ADDS")
    assert adds.properties["capacity"] == 80 and adds.properties["unit"] == "kt/a"
    assert "甲垣塔筒项目" in adds.text and adds.source == "文章:报道" and adds.authority == 3
    assert {str(f.valid_from) for f in graph.facts if f.edge == "REACHES"} == {"2023-08-12"}


def test_a_claim_stays_a_claim(city: Workspace, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "复核.xlsx"
    run("read", article, "-w", city.folder, "-o", path)
    mark(path, ("声明表", "地区指标表"))
    run("load", path, "-w", city.folder)
    row = next(r for r in liantu.gaps(city, "风电", as_of=date(2023, 12, 31), known_by=date(2023, 12, 31)).rows if r.node == "塔筒")
    assert row.supply is None and row.verdict != "present"
    assert [f.properties["says"] for f in liantu.graph(city).facts if f.edge == "CLAIMS"] == ["filled"]


def test_a_word_that_is_neither_is_refused_where_it_stands(city: Workspace, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "复核.xlsx"
    run("read", article, "-w", city.folder, "-o", path)
    mark(path, ("声明表",), "大概")
    said = run("load", path, "-w", city.folder, code=2).output
    assert "声明表" in said and "大概" in said and "采用" in said


def test_a_folder_of_csv_is_the_same_review(city: Workspace, article: Path, tmp_path: Path) -> None:
    run("read", article, "-w", city.folder, "-o", tmp_path / "复核.xlsx")
    run("read", article, "-w", city.folder, "-o", tmp_path / "复核")
    one, other = ({t.sheet: [len(t.rows), "复核" in t.header[0]] for t in read(tmp_path / name)} for name in ("复核.xlsx", "复核"))
    assert one == other and set(one) == {"来源表", "产业链重点项目库", "声明表", "地区指标表"}


def test_the_workbook_has_a_drop_down_and_no_formula(article: Path, tmp_path: Path) -> None:
    article.write_text(ARTICLE.replace("甲垣重工有限公司", "=cmd有限公司"), encoding="utf-8")
    run("read", article, "-o", tmp_path / "复核.xlsx")
    book = openpyxl.load_workbook(tmp_path / "复核.xlsx")
    for page in book:
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in page.iter_rows() for cell in row)
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in book["声明表"].data_validations.dataValidation if v.type == "list"}
    assert lists["A2"] == '"采用,不采用"'
    head = [str(c.value).split("\n")[0] for c in book["声明表"][1]]
    assert head[0] == "复核" and head[-2:] == ["提示", "原句"] and "[第5行 / line 5]" in str(book["声明表"].cell(2, len(head)).value)


def test_the_same_article_gives_the_same_bytes(article: Path, tmp_path: Path) -> None:
    found = []
    for name in ("一.xlsx", "二.xlsx"):
        liantu.review(liantu.read(article), tmp_path / name)
        found.append((tmp_path / name).read_bytes())
    assert found[0] == found[1]


def test_json_has_every_fact_with_its_sentence(article: Path) -> None:
    found = json.loads(run("read", article, "--format", "json").output)
    assert (found["published"], found["region"], found["publisher"]) == ("2023-10-26", "石岭县", "石岭日报")
    assert all(one["sentence"] and one["lines"][0] >= 1 for one in found["said"])
    assert {"project", "investor", "investment", "adds", "milestone", "claim", "indicator"} == {one["kind"] for one in found["said"]}


def test_the_day_of_publication_may_be_given(article: Path) -> None:
    article.write_text("石岭县新闻\n\n去年底,石岭县签约项目3个。\n", encoding="utf-8")
    days = [json.loads(run("read", article, "--format", "json", *more).output)["said"][0]["day"] for more in ((), ("--date", "2023-02-01"))]
    assert days == [None, "2022-12-31"]


def test_what_cannot_be_told_stays_blank_with_a_remark() -> None:
    known = Known({"塔筒": "塔筒", "风电叶片": "风电叶片"}, {"塔筒": ("风电",)})
    row = next(d for d in drafts(propose("文", "某某新闻\n\n总投资2亿元的乙岭叶轮项目去年开工。", known), known) if d.sheet == "projects")
    assert "node" not in row.cells and "环节待补" in row.remark and "日期待补" in row.remark
    assert not any(key.startswith("actual") for key in row.cells)


def test_an_article_without_facts_says_so(tmp_path: Path) -> None:
    (tmp_path / "诗.txt").write_text("床前明月光\n\n疑是地上霜。\n", encoding="utf-8")
    with pytest.raises(LiantuError, match="没有读出事实"):
        liantu.review(liantu.read(tmp_path / "诗.txt"), tmp_path / "复核.xlsx")


@pytest.mark.parametrize(("cell", "word"), [("采用", True), (" 采用 ", True), ("accept", True), ("√", True), ("不采用", False), ("reject", False),
                                            ("×", False), ("", None), (None, None)])
def test_the_words_of_a_review(cell: str | None, word: bool | None) -> None:
    assert accepted(cell) is word


def test_any_other_word_is_none() -> None:
    with pytest.raises(Unreadable):
        accepted("再说")


def test_a_sheet_without_the_column_is_as_ever() -> None:
    table = Table("-", "声明表", ("环节", "类型", "声明日期"), 1, ((2, ("塔筒", "填补", "2023-01-01")),))
    rows, problems = validate(table)
    assert (len(rows), problems, reading(table).passed) == (1, [], ())


@pytest.mark.parametrize(("cell", "loaded", "passed"), [("采用", 1, (0, 0)), (None, 0, (1, 0)), ("不采用", 0, (0, 1))])
def test_the_rule_of_the_reviewed_row(cell: str | None, loaded: int, passed: tuple[int, int]) -> None:
    table = Table("-", "声明表", ("复核\nReview", "环节", "类型", "声明日期", "提示", "原句"), 1,
                  ((2, (cell, "塔筒", "填补", "2023-01-01", "看", "填补了塔筒空白。")),))
    rows, problems = validate(table)
    found = reading(table)
    assert (len(rows), problems, (found.count("unreviewed"), found.count("declined"))) == (loaded, [], passed)
    assert not rows or rows[0].texts["原句"] == "填补了塔筒空白。"
