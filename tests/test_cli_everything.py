"""``liantu gaps --all`` on the sample: ranked, explained, as a file, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.calling import run

DAY = ("--as-of", "2023-09-12")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "包头"
    run("demo", folder)
    return folder


def test_the_sample_ranked(demo: Path) -> None:
    """Cells first: broken, 12 GW to buy. Glass 12 × 44.11 = 529.3 kt/a, frames 12 × 7.22 = 86.6 kt/a, no price is known."""
    answer = json.loads(run("gaps", "--all", "-w", demo, *DAY).stdout)
    rows = {r["node"]: r for r in answer["rows"] if r["region"] == "包头市"}
    assert next((r["rank"]["place"], r["node"]) for r in answer["rows"]) == (1, "电池片")
    assert rows["电池片"]["leakage"] == {"amount": 12, "unit": "GW", "value": None}
    assert rows["光伏玻璃"]["leakage"]["amount"] == pytest.approx(529.3, abs=0.05)
    assert rows["铝边框"]["leakage"]["amount"] == pytest.approx(86.64, abs=0.005)
    assert rows["铝边框"]["chains"] == ["光伏", "铝"]
    assert (rows["电池片"]["must_pass"], rows["电池片"]["paths"]) == (["组件"], 13)
    assert {b["through"] for b in answer["blocked"] if b["product"] == "组件"} == {"电池片", "光伏玻璃", "铝边框", "胶膜", "焊带"}
    total = answer["fill_in"][-1]
    assert (total["chain"], total["projects"], total["fill_in"]) == (None, 29, ["中清光伏", "格索兰光伏玻璃", "通威高纯晶硅"])


def test_top_and_both_languages(demo: Path) -> None:
    shown = run("gaps", "--all", "--top", 2, "-w", demo, *DAY, "--format", "table").stdout
    assert "电池片" in shown and "另有 3 项" in shown and "补链: 没有该项目时" in shown
    assert "3 more" in run("gaps", "--all", "--top", 2, "-w", demo, *DAY, "--format", "table", "--lang", "en").stdout
    assert len(json.loads(run("gaps", "--all", "--top", 2, "-w", demo, *DAY).stdout)["rows"]) == 2


def test_a_workbook(demo: Path, tmp_path: Path) -> None:
    run("gaps", "--all", "-w", demo, *DAY, "-o", tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [page.cell(1, n).value for n in (1, 2, 4, 5)] == ["名次", "地区", "环节", "判定"]
    assert (page["A2"].value, page["D2"].value) == (1, "电池片")


def test_explain_tells_makers_and_ways(demo: Path) -> None:
    said = run("explain", "光伏", "多晶硅", "-w", demo, *DAY, "--format", "table").stdout
    assert "必经 (成品)  组件" in said and "企业集中度  2 家" in said and "经过的路径  9" in said


@pytest.mark.parametrize(("args", "said"), [
    (["光伏", "--all"], "either a chain or --all"), ([], "either a chain or --all"), (["光伏", "--top", "3"], "--top goes with --all"),
    (["--all", "--top", "0"], "--top 0"), (["--all", "--region", "没有的市"], "no such region")])
def test_bad_input(demo: Path, args: list[str], said: str) -> None:
    assert said in run("gaps", *args, "-w", demo, code=2).stderr


def test_a_wrong_order_in_liantu_toml(demo: Path, tmp_path: Path) -> None:
    settings = (demo / "liantu.toml").read_text(encoding="utf-8")
    (tmp_path / "liantu.toml").write_text(settings.replace('"must-pass"', '"money"'), encoding="utf-8")
    assert "must-pass" in run("gaps", "--all", "-w", tmp_path, code=2).stderr
