"""The hand-out of `liantu ask`: filled in it loads and changes what was predicted, blank it says nothing. Names invented."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

import liantu
from graph.workspace import Workspace, create
from loaders import handout
from loaders.load import Options, load
from loaders.readers import Table
from loaders.rows import unanswered, validate
from loaders.sheets import SHEET
from tests.calling import run

HOSTILE = "=HYPERLINK(\"http://x\",\"甲\")厂"
SHEETS = {
    "产业链全景视图(环节)": "产业链,环节,位置,列,泳道,产能单位\n甲链,料,上游,1,主链,kt/a\n甲链,件,中游,2,主链,GW\n甲链,品,下游,3,主链,GW\n"
                      "甲链,辅,上游,2,辅链,kt/a\n甲链,末,下游,4,主链,GW\n",
    "产业链全景视图(供给)": "上游环节,下游环节,单耗,单耗单位\n料,件,2,kt/GW\n件,品,1,GW/GW\n辅,品,,\n品,末,,\n",
    "产业链重点企业表": "企业名称,统一社会信用代码,环节,产能,单位,厂区/期,状态,投产日期,所在地,数据日期\n"
                f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",,料,,,一期,在产,2021-05-01,甲区,2023-01-01\n'
                "乙厂,,件,,,,,,,2023-01-01\n",
    "地区表": "地区,上级地区\n甲区,某市\n",
    "地区产能表": "地区,环节,数值,单位,日期\n某市,品,10,GW,2023-01-01\n某市,辅,60,kt/a,2023-01-01\n某市,辅,50,kt/a,2023-01-11\n",
}
VERDICTS = dict[str, str]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city as it is before anybody answers, and its hand-out."""
    folder = tmp_path_factory.mktemp("ask")
    (folder / "in").mkdir()
    for name, text in SHEETS.items():
        (folder / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    load(create(folder / "某市", "某市"), [folder / "in"], Options(today=date(2023, 6, 1)))
    run("ask", "-w", folder / "某市", "-o", folder / "摸排清单.xlsx")
    return folder


@pytest.fixture
def city(loaded: Path, tmp_path: Path) -> Workspace:
    copied = shutil.copytree(loaded, tmp_path / "copy")
    return liantu.open(copied / "某市")


def written(city: Workspace, *more: str) -> Path:
    """The hand-out, asked again where it is asked otherwise."""
    path = city.folder.parent / "摸排清单.xlsx"
    if more:
        run("ask", "-w", city.folder, "-o", path, *more)
    return path


def fill(path: Path, sheet: str, row: Mapping[str, str], **cells: Any) -> None:
    """Fill cells of the row of ``sheet`` that has these texts, by 中文 header."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    head = {str(cell.value).split("\n")[0].rstrip("*"): cell.column for cell in page[1]}
    number = next(n for n in range(2, page.max_row + 1)
                  if all(page.cell(n, head[k]).value == v for k, v in row.items()))
    for name, value in cells.items():
        page.cell(number, head[name]).value = value
    book.save(path)


def verdicts(city: Workspace) -> VERDICTS:
    return {r.node: r.verdict for r in liantu.gaps(city, "甲链").rows}


def test_a_blank_one_changes_nothing_and_says_so(city: Workspace) -> None:
    before, kept = verdicts(city), city.manifest()
    said = run("load", written(city), "-w", city.folder).output
    assert "都未填, 没有变化" in said and "nothing changes" in said
    assert verdicts(city) == before and city.manifest() == kept
    assert "nothing changes" in run("check", written(city), "-w", city.folder).output


ANSWERS: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "none": ("state", "末", lambda p: fill(p, "产业链全景视图(环节)", {"环节": "末"}, 摸排结论="无", 摸排日期=date(2023, 6, 30))),
    "present": ("state", "末", lambda p: fill(p, "产业链全景视图(环节)", {"环节": "末"}, 摸排结论="有")),
    "survey": ("list", "", lambda p: fill(p, "摸排表", {"产业链": "甲链"}, 摸排齐全日期="2023-06-30")),
    "figure": ("figure", "料", lambda p: fill(p, "地区产能表", {"环节": "料"}, 数值=9, 日期="2023-06")),
    "figure with a unit": ("figure", "件", lambda p: fill(p, "地区产能表", {"环节": "件"}, 数值="8000MW", 日期="2023-06-30")),
    "coefficient": ("coefficient", "辅", lambda p: fill(p, "产业链全景视图(供给)", {"上游环节": "辅"}, 单耗=4)),
    "conflict": ("conflict", "辅", lambda p: fill(p, "地区产能表", {"环节": "辅"}, 数值=60, 日期="2023-06-30")),
    "size": ("size", "料", lambda p: fill(p, "产业链重点企业表", {"企业名称": HOSTILE}, 产能=5)),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_filled_in_changes_what_was_predicted(city: Workspace, answer: str) -> None:
    kind, node, put = ANSWERS[answer]
    question = next(q for q in liantu.ask(city).rows if q.kind == kind and q.node == node)
    before, path = verdicts(city), written(city)
    put(path)
    said = run("load", path, "-w", city.folder).output
    assert "行未填, 未导入" in said and "摸排清单.xlsx/摸排清单: 供人阅读的清单, 不导入" in said
    after = verdicts(city)
    predicted = {c.node: c.may for c in question.changes}
    changed = {n: v for n, v in after.items() if v != before[n]}
    assert all(v in predicted[n] for n, v in changed.items())
    if question.changes:
        assert changed


def test_a_size_is_the_firms_own_and_what_else_was_known_of_it_stays(city: Workspace) -> None:
    path = written(city)
    fill(path, "产业链重点企业表", {"企业名称": HOSTILE}, 产能="5万吨/年", 数据日期="2023-06-30")
    run("load", path, "-w", city.folder)
    row = next(r for r in liantu.gaps(city, "甲链").rows if r.node == "料")
    assert row.supply is not None and (row.supply.value, row.supply.unit) == (50, "kt/a")
    assert "unsized" not in row.flags
    plants = liantu.query(city, "makes", {"nodes": "料", "regions": "某市,甲区"})
    assert {(p["region"], p["plant"], str(p["since"])) for p in plants} == {("甲区", "一期", "2021-05-01")}


def test_a_node_keeps_its_place_on_the_map(city: Workspace) -> None:
    places = {n.node: (n.col, n.lane, n.band) for n in liantu.panorama(city, "甲链").nodes}
    path = written(city)
    fill(path, "产业链全景视图(环节)", {"环节": "末"}, 摸排结论="无")
    run("load", path, "-w", city.folder)
    assert {n.node: (n.col, n.lane, n.band) for n in liantu.panorama(city, "甲链").nodes} == places


def test_who_makes_it_may_be_told_without_a_size(city: Workspace) -> None:
    path = written(city)
    fill(path, "产业链重点企业表", {"环节": "末"}, 企业名称="丁厂")
    run("load", path, "-w", city.folder)
    row = next(r for r in liantu.gaps(city, "甲链").rows if r.node == "末")
    assert row.verdict == "present" and "unsized" in row.flags


def test_half_an_answer_is_refused_with_what_is_lacking(city: Workspace) -> None:
    path = written(city)
    fill(path, "地区产能表", {"环节": "料"}, 数值=9)
    said = run("load", path, "-w", city.folder, code=2).output
    assert "日期" in said and "地区产能表" in said


def test_a_row_that_a_person_added_is_loaded(city: Workspace) -> None:
    path = written(city)
    book = openpyxl.load_workbook(path)
    page = book["产业链重点企业表"]
    head = {str(cell.value).split("\n")[0].rstrip("*"): cell.column for cell in page[1]}
    page.cell(page.max_row + 1, head["企业名称"]).value = "戊厂"
    page.cell(page.max_row, head["环节"]).value = "末"
    book.save(path)
    run("load", path, "-w", city.folder)
    assert verdicts(city)["末"] == "present"


def test_strings_stay_strings(city: Workspace) -> None:
    for page in openpyxl.load_workbook(written(city)):
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in page.iter_rows() for cell in row)


def test_the_same_questions_give_the_same_bytes(city: Workspace) -> None:
    assert written(city).read_bytes() == written(city, "--lang", "zh").read_bytes()


def test_a_part_of_the_region_answers_on_the_sheet_of_claims(city: Workspace) -> None:
    path = written(city, "--region", "甲区")
    assert "产业链全景视图(环节)" not in openpyxl.load_workbook(path).sheetnames
    fill(path, "声明表", {"环节": "末", "声明者": "甲区"}, 类型="空白", 声明日期="2023-06-30")
    run("load", path, "-w", city.folder)
    row = next(r for r in liantu.gaps(city, "甲链", region="甲区").rows if r.node == "末")
    assert row.supply is not None and row.supply.value == 0


def test_stricter_questions_say_how_to_load_them(city: Workspace) -> None:
    page = openpyxl.load_workbook(written(city, "--audience", "内部"))["说明"]
    assert "--audience 内部" in " ".join(str(cell.value) for row in page.iter_rows() for cell in row)


def test_what_is_to_be_filled_in_is_yellow_and_named(city: Workspace) -> None:
    page = openpyxl.load_workbook(written(city))["地区产能表"]
    head = {str(cell.value).split("\n")[0].rstrip("*"): cell.column - 1 for cell in page[1]}
    for row in page.iter_rows(min_row=2):
        asked = str(row[head["请填"]].value).split("、")
        yellow = {name for name, place in head.items() if row[place].fill.fgColor.rgb == "FFFFF2CC"}
        assert set(asked) == yellow == {"数值", "日期"}
        assert all(row[head[name]].value is None for name in asked)


@pytest.mark.parametrize(("cells", "count"), [(("产能", "甲", None), 1), (("产能", "甲", 5), 0), (("", "甲", None), 0), ((None, "甲", None), 0),
                                              (("产能、数据日期", "甲", "-"), 1), (("随便", "甲", None), 0)])
def test_the_rule_of_the_blank_row(cells: tuple[Any, ...], count: int) -> None:
    table = Table("-", "产业链重点企业表", ("请填", "企业名称", "产能", "环节"), 1, ((2, (*cells, "料")),))
    assert unanswered(table) == count
    rows, problems = validate(table)
    assert (len(rows), problems) == (1 - count, [])


def test_every_row_and_column_that_a_hand_out_writes_is_declared() -> None:
    for key, start, end in handout.ROWS.values():
        assert SHEET[key].column(start) and SHEET[key].column(end) and key in handout.ORDER


def test_no_questions_is_a_list_without_sheets(city: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    handout.hand_out(path, (["序号", "问题"], [], ["无"]), [], "某市", "公开", "en")
    assert openpyxl.load_workbook(path).sheetnames == ["What to find out", "说明"]
