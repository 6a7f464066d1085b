"""The template and rows written back: they load again, the same, whatever a name looks like."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from loaders import heads
from loaders.readers import Table, read
from loaders.rows import EXAMPLES, Row, validate
from loaders.sheets import SHEET, SHEETS, Column, Sheet
from loaders.template import template, write_sheets, written

HOSTILE = ('=HYPERLINK("x")', "+cmd", "-cmd|' /C calc'!A0", "@SUM(1)", "<img src=x onerror=alert(1)>", "</script>", "长" * 300,
           "😀公司", "５０６０", "a,b\"c", "x\ny", "_x0041_", "\u202eevil", "00123", "1e5", "TRUE", "2023-01-01", "#N/A", "a\x1bb\x00c")
FIRM = {"企业名称": "甲公司", "环节": "多晶硅", "产能": "3×800t/d", "投产日期": "2022年11月", "集团持股(%)": "51%", "成品率": "0.82",
        "链主": "是", "状态": "停产", "产值(万元)": "20亿元", "用工": "1200", "统一社会信用代码": "911502000123456789"}
NODES = [{"产业链": "光伏", "环节": name, "别名": "甲、乙", "列": "3", "产能单位": "kt/a", "摸排结论": "无"}
         for name in ("硅料", '=HYPERLINK("x")', "😀")]
BY_KIND = {"number": ("5", "0.82", "约20"), "quantity": ("5", "8GW", "1.6亿只", "-3", "很多", "3×800t/d"),
           "flag": ("是", "否", "√"), "day": ("2022-11-24", "2022年11月", "2023Q2", "99"), "unit": ("GW", "万吨/年", "顿")}


def loaded(path: Path) -> list[Row]:
    rows: list[Row] = []
    for table in read(path):
        good, bad = validate(table)
        assert bad == []
        rows += good
    return rows


def rows_of(sheet: str, cells: list[dict[str, str]]) -> list[Row]:
    """Rows as they are read from text, without any file."""
    header = tuple(dict.fromkeys(key for row in cells for key in row))
    body = tuple((n, tuple(row.get(key) for key in header)) for n, row in enumerate(cells, start=2))
    good, bad = validate(Table("-", SHEET[sheet].zh, header, 1, body))
    assert bad == []
    return good


def test_rows_come_back_from_a_workbook_and_from_a_folder(tmp_path: Path) -> None:
    before = [(row.values, row.texts) for row in rows_of("firms", [FIRM])]
    for path in (tmp_path / "out.xlsx", tmp_path / "out"):
        write_sheets(path, {SHEET["firms"]: [FIRM]})
        assert [(row.values, row.texts) for row in loaded(path)] == before


def test_what_was_read_can_be_written_and_read_again(tmp_path: Path) -> None:
    first = rows_of("firms", [FIRM])
    write_sheets(tmp_path / "out.xlsx", {SHEET["firms"]: [written(row) for row in first]})
    assert [(row.values, row.texts) for row in loaded(tmp_path / "out.xlsx")] == [(r.values, r.texts) for r in first]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(tmp_path: Path, name: str) -> None:
    cells = [{"企业名称": name, "环节": name, "主要产品": name}]
    before = [row.values for row in rows_of("firms", cells)]
    for path in (tmp_path / "out.xlsx", tmp_path / "out"):
        write_sheets(path, {SHEET["firms"]: cells})
        assert [row.values for row in loaded(path)] == before


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    write_sheets(tmp_path / "out.xlsx", {SHEET["firms"]: [{"企业名称": name, "环节": "x"} for name in HOSTILE]})
    page = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    for row in page.iter_rows():
        for cell in row:
            assert (cell.data_type, cell.hyperlink) in (("s", None), ("n", None)), cell.value


def test_figures_are_numbers_and_codes_are_text(tmp_path: Path) -> None:
    write_sheets(tmp_path / "out.xlsx", {SHEET["firms"]: [FIRM]})
    page = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    cells: dict[str, Any] = {str(head.value): cell for head, cell in zip(page[1], page[2], strict=True)}
    assert (cells["成品率"].value, cells["用工"].value) == (0.82, 1200)
    assert cells["统一社会信用代码"].value == "911502000123456789"
    assert cells["统一社会信用代码"].number_format == "@"


# a text that a person may type, or worse; half surrogates are no text, and a workbook cannot hold control characters
words = st.one_of(st.sampled_from(HOSTILE),
                  st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))


def cells_of(column: Column) -> st.SearchStrategy[str]:
    if column.kind == "choice":
        return st.sampled_from([zh for _, zh, _ in column.choices])
    typed = BY_KIND.get("unit" if column.key == "unit" else column.kind, ())
    return st.one_of(st.sampled_from(typed), words) if typed else words


def filled(sheet: Sheet) -> st.SearchStrategy[list[dict[str, str]]]:
    row = st.fixed_dictionaries({c.zh: cells_of(c) for c in sheet.columns if c.required},
                                optional={c.zh: cells_of(c) for c in sheet.columns if not c.required})
    return st.lists(row.filter(lambda r: not r[sheet.columns[0].zh].strip().startswith(EXAMPLES)), min_size=1, max_size=4)


def outcome(tables: list[Table]) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """Values of the good rows and the places of the problems."""
    found = [validate(table) for table in tables]
    return ([row.values for good, _ in found for row in good],
            sorted((p.row, p.column) for _, bad in found for p in bad))


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("key", ["firms", "feeds", "reports", "contacts", "funding"])
def test_any_rows_come_back(key: str, data: st.DataObject) -> None:
    sheet = SHEET[key]
    rows = data.draw(filled(sheet))
    header = tuple(c.zh for c in sheet.columns)
    body = tuple((n, tuple(row.get(name) for name in header)) for n, row in enumerate(rows, start=2))
    assume(not rows or not heads._units([cell or None for cell in body[0][1]]))  # units below the names are of the header
    before = outcome([Table("-", sheet.zh, header, 1, body)])
    with tempfile.TemporaryDirectory() as folder:
        for path in (Path(folder) / "out.xlsx", Path(folder) / "out"):
            write_sheets(path, {sheet: rows})
            assert outcome(read(path)) == before, path.suffix


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_template_loads_without_problems_and_rows(tmp_path: Path, every: bool, lang: str) -> None:
    path = tmp_path / "template.xlsx"
    template(path, (), every, lang)
    assert loaded(path) == []
    assert [table.sheet for table in read(path)] == [sheet.zh for sheet in SHEETS if every or sheet.short]


def test_the_short_template_has_three_sheets() -> None:
    assert [sheet.key for sheet in SHEETS if sheet.short] == ["nodes", "firms", "projects"]


@pytest.mark.parametrize("every", [False, True])
def test_a_prefilled_template_gives_the_nodes_back(tmp_path: Path, every: bool) -> None:
    nodes = rows_of("nodes", NODES)
    template(tmp_path / "template.xlsx", nodes, every)
    assert [row.values for row in loaded(tmp_path / "template.xlsx")] == [row.values for row in nodes]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_the_example_row_is_right_but_for_its_mark(tmp_path: Path, sheet: Sheet) -> None:
    template(tmp_path / "template.xlsx", (), True)
    page = openpyxl.load_workbook(tmp_path / "template.xlsx")[sheet.zh]
    cells = [None if cell.value is None else str(cell.value) for cell in page[2]]
    assert str(cells[0]).startswith("示例: ")
    cells[0] = str(cells[0]).removeprefix("示例: ")
    header = tuple(str(cell.value) for cell in page[1])
    good, bad = validate(Table("-", sheet.zh, header, 1, ((2, tuple(cells)),)))
    assert (len(good), bad) == (1, [])


def test_the_template_helps(tmp_path: Path) -> None:
    """Both languages, required marked, units, drop-downs, a frozen header that prints on every page, notes."""
    template(tmp_path / "template.xlsx", rows_of("nodes", NODES), True)
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    page = book["产业链重点企业表"]
    header = [str(cell.value) for cell in page[1]]
    assert header[:3] == ["企业名称*\nFirm", "环节*\nChain node", "统一社会信用代码\nCredit code"]
    assert "产值(万元)\nOutput value (万元)" in header
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in page.data_validations.dataValidation if v.type == "list"}
    assert lists["B2"] == "'产业链全景视图(环节)'!$B$2:$B$2000"
    assert '"在产,停产"' in lists.values()
    assert '"是,否"' in lists.values()
    assert (page.freeze_panes, page.print_title_rows, page.page_setup.orientation) == ("A2", "$1:$1", "landscape")
    assert book.worksheets[-1].title == "说明"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    nodes = rows_of("nodes", NODES)
    found = []
    for name in ("one", "two"):
        template(tmp_path / f"{name}.xlsx", nodes, True)
        write_sheets(tmp_path / f"{name}-rows.xlsx", {SHEET["firms"]: [FIRM]})
        write_sheets(tmp_path / name, {SHEET["firms"]: [FIRM]})
        found.append([(tmp_path / part).read_bytes() for part in (
            f"{name}.xlsx", f"{name}-rows.xlsx", f"{name}/产业链重点企业表.csv")])
    assert found[0] == found[1]


def test_a_csv_is_utf8_that_excel_knows(tmp_path: Path) -> None:
    write_sheets(tmp_path / "out", {SHEET["firms"]: [FIRM]})
    content = (tmp_path / "out" / "产业链重点企业表.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert next(csv.reader(content.decode("utf-8-sig").splitlines()))[:2] == ["企业名称", "环节"]


def test_rows_may_be_given_by_column_key(tmp_path: Path) -> None:
    write_sheets(tmp_path / "out", {SHEET["regions"]: [{"region": "昆都仑区", "within": "包头市"}]})
    assert [row.values for row in loaded(tmp_path / "out")] == [{"region": "昆都仑区", "within": "包头市"}]


def test_a_sheet_without_rows_loads_again(tmp_path: Path) -> None:
    for path in (tmp_path / "out.xlsx", tmp_path / "out"):
        write_sheets(path, {sheet: [] for sheet in SHEETS})
        assert loaded(path) == []


@pytest.mark.parametrize(("name", "said"), [("示例公司", "样例行"), ("Example Ltd", "样例行"), ("长" * 40000, "上限")])
def test_a_row_that_could_not_be_read_back_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(LiantuError, match=said):
        write_sheets(tmp_path / "out.xlsx", {SHEET["firms"]: [{"企业名称": name, "环节": "x"}]})
    assert list(tmp_path.iterdir()) == []
