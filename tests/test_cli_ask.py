"""`liantu ask` on the sample, as a person meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

import liantu
from tests.calling import run

DAY = ("--as-of", "2023-09-12", "--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ask") / "样例"
    liantu.demo(folder)
    return folder


def test_the_first_question_is_in_the_terminals_table_with_its_reason(sample: Path) -> None:
    said = run("ask", "光伏", "-w", sample, *DAY, "--format", "table").stdout
    assert "包头市 · 光伏 摸排清单 · 截至 2023-09-12" in said and "受众 公开" in said
    assert "空白点判定" in said and "工业硅 待核 → 缺链/具备" in said


def test_in_english(sample: Path) -> None:
    said = run("ask", "光伏", "-w", sample, *DAY, "--format", "table", "--lang", "en").stdout
    assert "what to find out next" in said and "gap verdicts" in said


def test_json_is_the_record(sample: Path) -> None:
    rows = json.loads(run("ask", "光伏", "-w", sample, *DAY).stdout)["rows"]
    silicon = next(r for r in rows if r["node"] == "工业硅" and r["kind"] == "state")
    assert {"node": "工业硅", "now": "unknown", "may": ["missing", "present"]} in silicon["changes"]
    assert [r["rank"]["place"] for r in rows] == list(range(1, len(rows) + 1))
    assert next(r for r in rows if r["kind"] == "conflict")["node"] == "硅片"


def test_csv_has_every_question(sample: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("ask", "光伏", "-w", sample, *DAY, "--format", "csv").stdout)))
    assert rows[0][:3] == ["序号", "问题", "问谁"] and len(rows) > 10


def test_all_chains_share_their_questions(sample: Path) -> None:
    rows = json.loads(run("ask", "-w", sample, *DAY).stdout)["rows"]
    states = [r["node"] for r in rows if r["kind"] == "state"]
    assert len(states) == len(set(states)) > 30
    assert any(len(r["chains"]) > 1 for r in rows)


def test_the_workbook_opens_with_the_list(sample: Path, tmp_path: Path) -> None:
    said = run("ask", "光伏", "-w", sample, *DAY, "-o", tmp_path / "摸排清单.xlsx", "--lang", "en")
    assert "written" in said.stderr
    book = openpyxl.load_workbook(tmp_path / "摸排清单.xlsx")
    assert book.sheetnames[0] == "What to find out" and book.sheetnames[1] == "说明"
    assert "产业链全景视图(环节)" in book.sheetnames
    assert "nothing changes" in run("check", tmp_path / "摸排清单.xlsx", "-w", sample).output


def test_an_unknown_chain_guesses(sample: Path) -> None:
    assert "光伏" in run("ask", "光付", "-w", sample, code=2).stderr


def test_a_table_cannot_go_into_a_file(sample: Path, tmp_path: Path) -> None:
    assert "-o" in run("ask", "光伏", "-w", sample, "-o", tmp_path / "a.txt", "--format", "table", code=2).stderr
