"""Files as people have them: good ones become tables, bad ones say what is wrong and what to do."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_files import BAD, HEADER, OLE, ROWS, book, far_cell, ods, put

from graph.errors import LiantuError
from loaders import bounds, tables
from loaders.readers import Table, read


def body(table: Table) -> list[list[Any]]:
    return [list(cells) for _, cells in table.rows]


def test_a_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "包头.xlsx", 重点企业=[HEADER, *ROWS], 空=[], 环节=[["产业链", "环节"], ["光伏", "硅片"]])
    firms, nodes = read(path)
    assert (firms.file, firms.sheet, firms.header, firms.header_row) == ("包头.xlsx", "重点企业", tuple(HEADER), 1)
    assert body(firms) == ROWS and [number for number, _ in firms.rows] == [2, 3]
    assert nodes.sheet == "环节" and not nodes.hidden


def test_blank_rows_and_columns(tmp_path: Path) -> None:
    rows = [[], [], [None, "企业名称", None, "环节"], [None, "甲", None, "硅片"], [None, " "], [None, None, None, "电池"]]
    table, = read(book(tmp_path / "a.xlsx", 表=rows))
    assert (table.header, table.header_row) == (("企业名称", "环节"), 3)
    assert table.rows == ((4, ("甲", "硅片")), (6, (None, "电池")))


def test_the_kinds_of_cells(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["a", "b", "c", "d", "e"])
    sheet.append([1, 1.5, True, datetime(2022, 11, 24), "文"])
    sheet.append([datetime(2022, 11, 24, 8, 30), None, "=1/0", "x"])
    workbook.save(tmp_path / "a.xlsx")
    table, = read(tmp_path / "a.xlsx")
    assert body(table)[0] == [1.0, 1.5, True, date(2022, 11, 24), "文"]
    assert body(table)[1] == [datetime(2022, 11, 24, 8, 30), None, None, "x", None]


def test_a_formula_is_its_cached_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, ["产能", "备注"])
        sheet.write_formula(1, 0, "=40+6", None, 46)
        sheet.write_formula(1, 1, '=HYPERLINK("http://x","点此")', None, "点此")
    assert body(read(tmp_path / "a.xlsx")[0]) == [[46.0, "点此"]]


def test_hidden_sheets_say_so_and_notes_and_charts_are_no_tables(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        workbook.add_worksheet("表").write_row(0, 0, ["a"])
        lists = workbook.add_worksheet("lists")
        lists.write_row(0, 0, ["b"])
        lists.hide()
        notes = workbook.add_worksheet("说明")
        notes.write_row(0, 0, ["请填写"])
        notes.write_row(1, 3, ["没有表头的话"])
        workbook.add_chartsheet("图")
    assert [(table.sheet, table.hidden) for table in read(tmp_path / "a.xlsx")] == [("表", False), ("lists", True)]


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    def row(*words: str) -> str:
        cells = (f'<table:table-cell office:value-type="string"><text:p>{w}</text:p></table:table-cell>' for w in words)
        return f"<table:table-row>{''.join(cells)}</table:table-row>"
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    path = ods(tmp_path / "a.ods", f'<table:table table:name="表">{row("企业", "环节")}{row("甲", "硅片")}{tail}</table:table>')
    table, = read(path)
    assert (table.sheet, table.header, body(table)) == ("表", ("企业", "环节"), [["甲", "硅片"]])


def test_a_workbook_by_another_suffix_is_read_for_what_it_is(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", 表=[HEADER, *ROWS])
    for name in ("a.xls", "b.csv", "c.et"):
        assert body(read(put(tmp_path / name, path.read_bytes()))[0]) == ROWS


CSV = "企业名称,环节,产能\r\n甲公司,\"硅片,\n拉棒\",46\r\n\r\n乙公司,电池,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    words = CSV.replace(",", delimiter) if delimiter != "," else CSV
    table, = read(put(tmp_path / "重点企业.csv", words, encoding))
    assert (table.file, table.sheet, table.header) == ("重点企业.csv", "重点企业", tuple(HEADER))
    assert table.rows == ((2, ("甲公司", f"硅片{delimiter}\n拉棒", "46")), (4, ("乙公司", "电池", None)))


@pytest.mark.parametrize(("words", "header"), [
    ("企业名称\n甲\n乙", ("企业名称",)), ("a;b\n1,5;2,5\n3,5;4,5", ("a", "b")), ("a,b", ("a", "b")), ("a,b\r1,2\r", ("a", "b")),
    ("企业名称,说明\n甲,一;二;三\n乙,四;五;六\n", ("企业名称", "说明")), (",,\n\na,b\n1,2", ("a", "b")),
])
def test_delimiters(tmp_path: Path, words: str, header: tuple[str, ...]) -> None:
    assert read(put(tmp_path / "a.csv", words))[0].header == header


def test_a_folder(tmp_path: Path) -> None:
    book(tmp_path / "b.xlsx", 二=[["x"]], 三=[["y"]])
    put(tmp_path / "a.csv", "z\n1")
    for name in (".hidden.csv", "~$b.xlsx", "README.csv", "readme.md", "图.png"):
        put(tmp_path / name, b"%PDF")
    (tmp_path / "older").mkdir()
    assert [(table.file, table.sheet) for table in read(tmp_path)] == [("a.csv", "a"), ("b.xlsx", "二"), ("b.xlsx", "三")]


@pytest.mark.parametrize(("rows", "names"), [
    ([["企业", "环节"], ["甲", "b"], ["乙", "c", "多余"], ["丙", "d", "更多"]], ["C3", "多余", "2 cells"]),
    ([[None, "企业", None, "环节"], [None, "甲", "中间", "b"]], ["C2", "中间"]),
])
def test_a_header_that_does_not_fit(tmp_path: Path, rows: list[list[Any]], names: list[str]) -> None:
    table, = read(book(tmp_path / "a.xlsx", 重点企业=rows))
    problem, = table.problems
    assert all(name in f"{problem}" for name in ["a.xlsx", "重点企业", *names]) and problem.cure


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_letters(column: int, letters: str) -> None:
    assert tables.letters(column) == letters
    assert bounds.column_number(letters.encode()) == column + 1


@pytest.mark.parametrize("case", BAD)
def test_bad_files_say_what_is_wrong_and_what_to_do(tmp_path: Path, case: str) -> None:
    make, says = BAD[case]
    with pytest.raises(LiantuError) as caught:
        read(make(tmp_path))
    assert says in caught.value.message, caught.value.message
    assert caught.value.cure and caught.value.exit_code == 2


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(5, "Input/output error")])
def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error
    path = put(tmp_path / "a.csv", "a\n1")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(LiantuError, match=r"a\.csv") as caught:
        read(path)
    assert caught.value.cure


def test_the_refusal_of_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = far_cell(tmp_path)
    tracemalloc.start()
    with pytest.raises(LiantuError):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
    tracemalloc.stop()


HEADS = st.sampled_from([b"", b"PK\x03\x04", OLE, OLE + "Workbook".encode("utf-16-le"), b"\xef\xbb\xbf", b"a,b\n", b"\x00"])
FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


@FIXTURES
@given(HEADS, st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.xls", "a.ods", "a.csv", "a.txt"]))
def test_any_bytes(tmp_path: Path, head: bytes, rest: bytes, name: str) -> None:
    try:
        read(put(tmp_path / name, head + rest))
    except LiantuError as error:
        assert error.cure


@FIXTURES
@given(st.data())
def test_a_workbook_with_any_bytes_changed(tmp_path: Path, data: st.DataObject) -> None:
    original = tmp_path / "a.xlsx"  # made once: a workbook carries the second it was saved
    whole = bytearray((original if original.exists() else book(original, 表=[HEADER, *ROWS])).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(put(tmp_path / "b.xlsx", bytes(whole)))
    except LiantuError as error:
        assert error.cure


@FIXTURES
@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=5), st.sampled_from(["utf-8", "gb18030"]))
def test_any_csv(tmp_path: Path, rows: list[list[str]], encoding: str) -> None:
    try:
        read(put(tmp_path / "a.csv", "\n".join(",".join(row) for row in rows), encoding))
    except LiantuError as error:
        assert error.cure


@pytest.mark.parametrize("text", ['企业名称,环节,产品\n甲厂,料,"厚板\n乙厂,料,薄板\n丙厂,料,薄板\n',
                                  '企业名称,环节,产品\n甲厂,料,"厚板\n乙厂,料,薄板\n丙厂,料,"薄板"\n'])
def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LiantuError, match="第 2 行的引号没有结束"):
        read(tmp_path / "a.csv")


def test_a_cell_of_two_lines_and_a_stray_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('企业名称,环节,产品\n甲厂,料,"厚板\n、薄板"\n乙厂,料,5" 板\n', encoding="utf-8")
    assert [cells for _, cells in read(tmp_path / "a.csv")[0].rows] == [("甲厂", "料", "厚板\n、薄板"), ("乙厂", "料", '5" 板')]
