"""``history`` and ``diff`` as a user meets them: the sample through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import liantu
from tests.calling import run


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "样例"
    liantu.demo(folder)
    return folder


def test_a_history_as_json(city: Path) -> None:
    answer = json.loads(run("history", "电池片", "-w", city, "--from", "2023-01-01", "--to", "2023-02-01").stdout)
    assert (answer["question"], answer["chain"], answer["as_known"]) == ("history", "光伏", False)
    assert [(r["day"], r["until"], r["verdict"]) for r in answer["rows"]] == [
        ("2023-01-01", "2023-01-16", "unknown"), ("2023-01-17", None, "broken")]
    assert answer["rows"][1]["causes"][0]["kind"] == "fact"


@pytest.mark.parametrize(("lang", "head", "said"), [("zh", "原因", "称电池片: 招引"), ("en", "Cause", "says of 电池片: wanted")])
def test_a_history_in_both_languages(city: Path, lang: str, head: str, said: str) -> None:
    shown = run("history", "电池片", "-w", city, "--to", "2023-02-01", "--lang", lang, "--format", "table").stdout
    assert head in shown and said in shown


def test_as_known_is_another_reading(city: Path) -> None:
    given = ("history", "光伏玻璃", "-w", city, "--from", "2022-12-01", "--to", "2022-12-02")
    told, known = (json.loads(run(*given, *more).stdout)["rows"] for more in ((), ("--as-known",)))
    assert (told[0]["verdict"], known[0]["verdict"]) == ("missing", "unknown")


def test_all_lists_amounts_too(city: Path) -> None:
    given = ("history", "组件", "-w", city, "--from", "2023-01-01", "--to", "2024-01-25")
    brief, whole = (len(json.loads(run(*given, *more).stdout)["rows"]) for more in ((), ("--all",)))
    assert whole > brief


def test_a_diff_as_csv_and_in_a_workbook(city: Path, tmp_path: Path) -> None:
    given = ("diff", "光伏", "-w", city, "--from", "2023-10-30", "--to", "2023-11-01")
    lines = run(*given, "--format", "csv", "--lang", "en").stdout.splitlines()
    assert lines[0] == "Nature,Change,Node or project,Chain nodes,Before,After,Day,Cause,Sources"
    assert lines[1].startswith("changed,slipped,大全多晶硅 二期,多晶硅,2023-12-31,2024-06-30,2023-10-31,")
    run(*given, "-o", tmp_path / "变化.xlsx")
    page = openpyxl.load_workbook(tmp_path / "变化.xlsx").active
    assert page is not None and [page.cell(2, n).value for n in (1, 2, 3)] == ["变化", "推迟", "大全多晶硅 二期"]


def test_a_diff_on_a_terminal(city: Path) -> None:
    given = ("diff", "光伏", "-w", city, "--from", "2022-11-24", "--to", "2023-01-31", "--format", "table")
    shown = run(*given, "--known-by", "2023-12-31").stdout
    assert "出现空白点" in shown and "× 断链" in shown and "只是后来才知道" in shown
    assert "nothing changed" in run("diff", "光伏", "-w", city, "--from", "2023-09-13", "--to", "2023-09-14", "--format",
                                    "table", "--lang", "en").stdout


@pytest.mark.parametrize(("given", "said"), [
    (("diff", "光伏", "--from", "2023-09-12", "--to", "2023-09-12"), "同一天"),
    (("diff", "光伏", "--from", "2023-09-12", "--to", "2023-01-01"), "晚于"),
    (("diff", "光伏", "--from", "2023-02-30", "--to", "2023-09-12"), "2023-02-30 不是日期"),
    (("diff", "光伏", "--from", "2023-01-01"), "两天"), (("diff", "光付", "--from", "2023-01-01", "--to", "2023-02-01"), "没有产业链"),
    (("history", "光伏坡璃"), "你是否想问: 光伏玻璃"), (("history", "组件", "--from", "2024-01-01", "--to", "2023-01-01"), "晚于"),
    (("history", "组件", "--chain", "稀土"), "没有环节")])
def test_bad_input_has_a_cure(city: Path, given: tuple[str, ...], said: str) -> None:
    shown = run(*given, "-w", city, code=2).stderr
    assert said in shown and "→" in shown
