"""CSV and workbooks: read back by other programs, strings stay strings, the same bytes twice."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from graph.inert import FORMULA
from reports import grids, grids_gaps, sheets
from tests.reports.answers import BACKSHEET, CLAIM, HOSTILE, answer, hostile, said


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_csv(name: str) -> None:
    row = read(sheets.csv_text(hostile(name)))[0]
    assert row["环节"].removeprefix("'") == name
    assert not any(cell.startswith(FORMULA) for cell in row.values())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_a_workbook(name: str, tmp_path: Path) -> None:
    sheets.xlsx(hostile(name), tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert page["B2"].value == name
    cells = [cell for line in page.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_unknown_is_blank_and_never_0(tmp_path: Path) -> None:
    row = read(sheets.csv_text(answer(BACKSHEET)))[0]
    assert (row["供给"], row["需求"], row["供需比"], row["目标"]) == ("", "", "", "")
    sheets.xlsx(answer(BACKSHEET), tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert 0 not in [cell.value for cell in page[2]]


def test_both_languages() -> None:
    assert read(sheets.csv_text(answer(), "en"))[0]["Verdict"] == "× missing"
    assert read(sheets.csv_text(said(), "zh"))[0]["依据"] == "尚无投产依据"
    assert [c for c in (*grids_gaps.GAP_COLUMNS, *grids.CLAIM_COLUMNS) if not (c.zh and c.en)] == []


def test_a_workbook_prints_on_a3(tmp_path: Path) -> None:
    sheets.xlsx(answer(), tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert page.page_setup.fitToWidth in (None, 1) and page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$1:$1"
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == "A1:AB5"
    assert page["C2"].value == "× 缺链" and page["C2"].fill.fgColor.rgb == "FFFDE7EA"


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        sheets.xlsx(answer(), tmp_path / name, "zh")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sheets.csv_text(answer()) == sheets.csv_text(answer())


def test_claims_as_a_workbook(tmp_path: Path) -> None:
    sheets.xlsx(said(CLAIM, replace(CLAIM, claimant="=1+1")), tmp_path / "c.xlsx", "en")
    page = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert [page["A2"].value, page["A3"].value] == ["某某市", "=1+1"] and page["A3"].data_type == "s"


def test_nothing_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    from graph.errors import LiantuError

    (tmp_path / "folder").write_text("", encoding="utf-8")
    with pytest.raises(LiantuError):
        sheets.xlsx(answer(), tmp_path / "folder" / "a.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
