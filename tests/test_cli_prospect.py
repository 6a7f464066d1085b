"""``liantu prospect`` and ``liantu slips`` on the sample, as a planner calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.calling import run

THEN = ("--as-of", "2024-01-25", "--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "包头"
    run("demo", folder)
    return folder


def test_the_prospect_as_json(sample: Path) -> None:
    answer = json.loads(run("prospect", "光伏", "--due", "2024-12-31", *THEN, "-w", sample).stdout)
    modules = next(r for r in answer["rows"] if r["node"] == "组件")
    assert answer["due"] == "2024-12-31" and modules["goal"]["value"] == 37 and modules["gap"]["value"] == 20


@pytest.mark.parametrize(("lang", "said"), [("zh", ("有差距", "目标时需求", "目标顺延", "1,696 kt/a", "光伏产业产值")),
                                            ("en", ("short of its goal", "Demand at goal", "carried over", "as given"))])
def test_the_prospect_as_a_table_in_both_languages(sample: Path, lang: str, said: tuple[str, ...]) -> None:
    text = run("prospect", "光伏", "--due", "2024-12-31", *THEN, "-w", sample, "--lang", lang, "--format", "table").stdout
    assert all(word in text for word in said)


def test_the_usual_day_is_named_and_a_day_that_has_passed_is_too(sample: Path) -> None:
    assert "nearest due" in run("prospect", "光伏", *THEN, "-w", sample, "--lang", "en", "--format", "table").stdout
    past = run("prospect", "光伏", "--due", "2023-12-31", *THEN, "-w", sample, "--lang", "en", "--format", "table").stdout
    assert "that day has passed" in past and "--as-of 2023-12-31" in past


def test_a_chain_without_goals_says_how_to_give_it_some(sample: Path) -> None:
    assert "远景视图" in run("prospect", "半导体", *THEN, "-w", sample, "--format", "table").stdout


def test_into_a_workbook(sample: Path, tmp_path: Path) -> None:
    run("prospect", "光伏", "--due", "2024-12-31", *THEN, "-w", sample, "-o", tmp_path / "远景.xlsx")
    cells = [c for row in CalamineWorkbook.from_path(tmp_path / "远景.xlsx").get_sheet_by_index(0).to_python() for c in row]
    assert "多晶硅" in cells and 870 in cells


def test_the_slips(sample: Path, tmp_path: Path) -> None:
    text = run("slips", "光伏", *THEN, "-w", sample, "--lang", "en", "--format", "table").stdout
    assert "大全多晶硅 二期" in text and "2023-12-31 → 2024-06-30" in text and "goal carried over" in text
    run("slips", *THEN, "-w", sample, "-o", tmp_path / "推迟.csv")
    rows = list(csv.DictReader((tmp_path / "推迟.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert any(r["对象"].startswith("稀土产业产值") for r in rows), "all chains without one being named"
    assert next(r for r in rows if r["变动"] == "推迟")["季度"] == "2"


@pytest.mark.parametrize(("args", "said"), [(("prospect", "光伏", "--due", "2024-13-31"), "不是日期"),
                                            (("prospect", "光付"), "did you mean"), (("slips", "光付"), "did you mean")])
def test_bad_input_names_the_cure(sample: Path, args: tuple[str, ...], said: str) -> None:
    assert said in run(*args, "-w", sample, code=2).stderr


def test_explain_tells_the_sums_and_the_coverage_after_building(sample: Path) -> None:
    text = run("explain", "光伏", "多晶硅", *THEN, "-w", sample, "--format", "table").stdout
    assert "在建 450 kt/a (4 期); 签约 250 kt/a" in text and "在建投产后供需比" in text and "到 2024-12-31" in text
