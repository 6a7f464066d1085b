"""Export → saved by a spreadsheet program → load: what nobody edited does not change. All rows are invented."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from sheet_files import ods

from graph.facts import Fact
from graph.workspace import Workspace, create
from loaders import material
from loaders.exporting import export
from loaders.load import Options, Report, load
from loaders.readers import read

TODAY = Options(today=date(2024, 1, 1))
LATER = Options(today=date(2024, 2, 1))
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FIRMS = """企业名称,环节,统一社会信用代码,主要产品,产能,单位,成品率,状态,厂区/期,投产日期,集团总部,集团持股(%),链主,上市代码,数据日期,来源
造名甲公司,料,911502001234567890,=1+1,5,万吨/年,98%,在产,一期,2022年11月,造名集团,51%,是,000012,2023-06-30,造-1
造名甲公司,料,911502001234567890,颗粒,3×800t/d,,,停产,二期,2022.11.24,造名集团,51%,是,000012,2023-06-30,造-1
"造名乙, ""引号"" 公司",件,,"两行
文字",约8GW,,0.95,在产,,2023Q2,,,否,,2023年底,造-1
造名丙公司,件,,,,,,,,,,,,,,
"""
NODES = "产业链,环节,别名,产能单位,列\n甲链,料,原料、材料,kt/a,1\n甲链,件,,GW,2\n"
PROJECTS = """项目名称,环节,投资方,建设内容及规模,新增产能,总投资(亿元),期,计划投产,开工,数据日期
造名项目,件,造名甲公司、造名丁公司,年产3GW,,20,一期,2024年底,2023-05-06,2023-06-30
"""


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "造名市", "造名市")
    folder = tmp_path / "材料"
    folder.mkdir()
    for name, words in (("产业链全景视图(环节)", NODES), ("产业链重点企业表", FIRMS), ("产业链重点项目库", PROJECTS)):
        (folder / f"{name}.csv").write_text(words, encoding="utf-8")
    load(workspace, [folder], TODAY)
    return workspace


def facts(city: Workspace) -> dict[str, Fact]:
    return {f.id: f for f in material.read_all(city, city.manifest()).graph.facts}


def resaved(path: Path) -> Path:
    """Read and written by another library: other styles, shared texts, numbers."""
    openpyxl.load_workbook(path).save(path)
    return path


def by_office(path: Path) -> Path:
    if OFFICE is None:
        pytest.skip("no LibreOffice on this machine")
    out = path.parent / "saved"
    subprocess.run([OFFICE, "--headless", f"-env:UserInstallation=file://{path.parent / 'profile'}", "--convert-to", "xlsx", "--outdir",
                    str(out), str(path)], check=True, capture_output=True, timeout=120)
    return out / path.name


def as_ods(path: Path) -> Path:
    """The same cells as an OpenDocument sheet, every one as text."""
    from xml.sax.saxutils import escape

    def cell(words: object) -> str:
        if words is None:
            return "<table:table-cell/>"
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(words).split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    sheets = "".join(
        f'<table:table table:name="{page.title}">' + "".join(
            f"<table:table-row>{''.join(cell(one) for one in row)}</table:table-row>" for row in page.iter_rows(values_only=True))
        + "</table:table>" for page in openpyxl.load_workbook(path))
    return ods(path.with_suffix(".ods"), sheets)


@pytest.mark.parametrize("program", [resaved, by_office, as_ods])
def test_nothing_changes_where_nothing_was_edited(city: Workspace, tmp_path: Path, program: Callable[[Path], Path]) -> None:
    before = facts(city)
    export(city, tmp_path / "导出.xlsx", "专班")
    report = load(city, [program(tmp_path / "导出.xlsx")], LATER)
    assert report.new == 0 and report.rejects == [] and report.gone == []
    now = facts(city)
    assert {id: (f.valid_from, f.known_from, f.precedence) for id, f in now.items()} == \
           {id: (f.valid_from, f.known_from, f.precedence) for id, f in before.items()}


def edited(path: Path, sheet: str, header: str, row: int, value: object) -> Path:
    book = openpyxl.load_workbook(path)
    place = [cell.value for cell in book[sheet][1]].index(header) + 1
    book[sheet].cell(row, place, value)
    book.save(path)
    return path


EDITS = [("产业链重点企业表", "产能", 2, 6), ("产业链重点企业表", "产能", 2, "6万吨/年"), ("产业链重点项目库", "计划投产", 2, "2025年底"),
         ("产业链重点企业表", "状态", 3, "在产")]


@pytest.mark.parametrize(("sheet", "header", "row", "value"), EDITS)
def test_one_edited_cell_is_one_changed_fact(city: Workspace, tmp_path: Path, sheet: str, header: str, row: int, value: object) -> None:
    before = facts(city)
    export(city, tmp_path / "导出.xlsx", "专班")
    report: Report = load(city, [edited(tmp_path / "导出.xlsx", sheet, header, row, value)], LATER)
    assert report.new == 1
    fresh, = (f for id, f in facts(city).items() if id not in before)
    assert [f.line for f in before.values()].count(fresh.line) >= 1, "it is a new fact on a line that was there"


def test_an_exported_book_is_known_sheet_by_sheet(city: Workspace, tmp_path: Path) -> None:
    export(city, tmp_path / "导出.xlsx", "专班")
    assert {(table.why, bool(table.rows)) for table in read(tmp_path / "导出.xlsx")} == {("name", True)}
