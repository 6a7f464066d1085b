"""``liantu whatif`` on the sample, by the command line and from Python: the worked example, files, bad input, nothing written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import liantu
from analysis.answers import plain
from analysis.parts import AtRisk
from analysis.whatif import WhatIf
from queries.additions import Addition
from reports.schema import schema
from reports.sheets import csv_text
from tests.calling import run

GLASS = "光伏玻璃=718kt/a@2023-09-12"
KNOWN = ("--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def whatif(city: Path, *args: str, code: int = 0) -> Result:
    return run("whatif", "光伏", "-w", city, *args, code=code)


def asked(city: Path, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(whatif(city, *args, *KNOWN).stdout)
    found["by"] = {row["node"]: row for row in found["rows"]}
    return found


@pytest.mark.parametrize(("text", "verdict", "used", "low"), [
    (GLASS, "balanced", 136, 100), ("光伏玻璃=876kt/a*0.82@2023-09-12", "balanced", 136, 100),
    ("光伏玻璃=2400t/d*82%@2023-09-12", "balanced", 136, 100), ("光伏玻璃=718@2024-01-25", "short", 92, 70)])
def test_the_worked_example(city: Path, text: str, verdict: str, used: int, low: int) -> None:
    answer = asked(city, "--add", text)
    row = answer["by"]["光伏玻璃"]
    assert answer["as_of"] == text[-10:]
    assert (row["before"]["verdict"], row["before"]["supply"]["value"], row["before"]["coverage"]["used"]) == ("missing", 0, 0)
    assert row["after"]["verdict"] == verdict
    assert [round(100 * row["after"]["coverage"][k]) for k in ("used", "low")] == [used, low]
    assert "claimed" in row["after"]["flags"]
    assert {*row["after"]["flags"]} == {*row["before"]["flags"]}  # a claim stays a claim


def test_every_node_has_a_row_with_both_sides(city: Path) -> None:
    answer = asked(city, "--add", GLASS)
    gaps = liantu.gaps(city, "光伏", as_of=date(2023, 9, 12), known_by=date(2026, 1, 1))
    assert [r["node"] for r in answer["rows"]] == [r.node for r in gaps.rows]
    for row, gap in zip(answer["rows"], gaps.rows, strict=True):
        found = plain(gap)
        assert row["before"] == {k: found[k] for k in ("verdict", "flags", "supply", "demand", "coverage", "output_at_risk")}
        assert row["after"].keys() == row["before"].keys()
        assert row["changed"] or row["before"] == row["after"]


def test_what_glass_needs_becomes_needed_and_the_ties_are_named(city: Path) -> None:
    answer = asked(city, "--add", GLASS)
    assert "essential" in answer["by"]["纯碱"]["after"]["flags"] and "essential" not in answer["by"]["纯碱"]["before"]["flags"]
    assert answer["by"]["纯碱"]["after"]["demand"]["used"] == pytest.approx(718 * 0.22, rel=0.05)
    assert {b["node"] for b in answer["bottlenecks_before"]} - {b["node"] for b in answer["bottlenecks"]} == {"光伏玻璃"}
    assert {"电池片", "胶膜", "铝边框", "焊带"} == {b["node"] for b in answer["bottlenecks"]}
    assert {"石英砂", "纯碱"} <= set(answer["unranked"])
    assert any("并列" in zh and "a tie of 4" in en for zh, en in answer["notes"])


def test_building_and_ramp(city: Path) -> None:
    given = ("--add", "光伏玻璃=1000@2021-09-12", "--build", "12", "--ramp", "50,80,100")
    first = asked(city, *given)
    assert (first["as_of"], first["additions"][0]["opens"], first["additions"][0]["running"]) == ("2022-09-12", "2022-09-12", 0.5)
    second = asked(city, *given, "--as-of", "2023-09-12")
    assert second["by"]["光伏玻璃"]["after"]["supply"] == {"value": 800, "unit": "kt/a"}
    assert any("80%" in en for _, en in second["notes"])
    early = asked(city, *given, "--as-of", "2022-09-11")
    assert not any(row["changed"] for row in early["rows"]) and any("counts nothing" in en for _, en in early["notes"])


def test_several_additions_and_surplus(city: Path) -> None:
    answer = asked(city, "--add", GLASS, "--add", "光伏玻璃=28.2万吨/年@2023-01-01", "--add", "多晶硅=20万吨@2023-09-12")
    assert answer["by"]["光伏玻璃"]["after"]["supply"]["value"] == 1000
    assert answer["by"]["多晶硅"]["after"]["supply"]["value"] == 675
    assert {s["node"]: round(s["amount"]["value"]) for s in answer["surplus"]} == {"光伏玻璃": 471, "多晶硅": 240}


def test_a_day_to_come_rests_on_what_is_known(city: Path) -> None:
    answer = asked(city, "--add", "光伏玻璃=718@2030-12-31")
    assert (answer["as_of"], answer["known_by"]) == ("2030-12-31", "2026-01-01")
    assert any("lies after 2026-01-01" in en for _, en in answer["notes"])


def test_nothing_is_written(city: Path) -> None:
    def state() -> tuple[object, dict[str, str]]:
        files = {p.relative_to(city).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
                 for p in sorted(city.rglob("*")) if p.is_file()}
        with liantu.opened(city) as store:
            return store.marker(), files
    before = state()
    gaps = plain(liantu.gaps(city, "光伏", as_of=date(2023, 9, 12)))
    whatif(city, "--add", GLASS, "--build", "3", "--ramp", "50", "--add", "组件=5GW")
    assert state() == before and plain(liantu.gaps(city, "光伏", as_of=date(2023, 9, 12))) == gaps


def test_the_table_shows_what_changes_in_both_languages(city: Path) -> None:
    said = whatif(city, "--add", GLASS, "--format", "table", "--lang", "en").stdout
    assert "× missing → ● balanced" in said and "0 kt/a → 718 kt/a" in said and "25 of 28 nodes do not change" in said
    film = whatif(city, "--add", "胶膜=5@2023-09-12", "--format", "table").stdout
    begun = [line.split(" ")[0] for line in film.splitlines()]
    assert "胶膜" in begun and "多晶硅" not in begun and "what if capacity is added" in said  # what stays as it was is only counted
    chinese = whatif(city, "--add", GLASS, "--format", "table", "--lang", "zh").stdout
    assert "× 缺链 → ● 配套" in chinese and "28 个环节中 25 个没有变化" in chinese
    least = whatif(city, "--add", "背板=500万平方米@2023-09-12", "--format", "table").stdout
    assert "未知 → 至少 5 Mm2/a" in least and "只是下限: 背板" in least


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_files(city: Path, tmp_path: Path, lang: str) -> None:
    for form in ("xlsx", "csv", "json"):
        whatif(city, "--add", GLASS, "--lang", lang, "-o", str(tmp_path / f"新增.{form}"))
    sheet = load_workbook(tmp_path / "新增.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == {"zh": ("环节", "变化", "判定·前", "判定·后"),
                           "en": ("Chain node", "Changes", "Verdict before", "Verdict after")}[lang]
    glass = next(r for r in rows if r[0] == "光伏玻璃")
    assert (glass[4], glass[5]) == (0, 718)
    assert (tmp_path / "新增.csv").read_text(encoding="utf-8-sig").count("718") > 1


def test_output_at_risk_on_both_sides_and_unknown_is_a_word(city: Path) -> None:
    answer = liantu.whatif(city, "光伏", [GLASS])
    row = next(r for r in answer.rows if r.node == "光伏玻璃")
    row = replace(row, before=replace(row.before, output_at_risk=(AtRisk("组件", 12, "GW", 1.0),)),
                  after=replace(row.after, output_at_risk=None))
    text = csv_text(replace(answer, rows=(row,)), "en")
    assert "组件 12 GW (100 %),unknown" in text


def test_json_is_what_the_schema_says(city: Path) -> None:
    answer = liantu.whatif(city, "光伏", [GLASS])
    assert isinstance(answer, WhatIf)
    Draft202012Validator(schema("whatif")).validate(plain(answer))


def test_records_and_texts_say_the_same_and_answers_are_repeatable(city: Path) -> None:
    day = date(2023, 9, 12)
    one = liantu.whatif(city, "光伏", [Addition("光伏玻璃", 876, "kt/a", 0.82, day)], ramp=(50, 100), known_by=day)
    other = liantu.whatif(city, "光伏", ["光伏玻璃=876kt/a*0.82@2023-09-12"], ramp="50,100", known_by=day)
    assert plain(one) == plain(other) and csv_text(one) == csv_text(other)


def test_without_a_day_it_counts_on_the_asked_day(city: Path) -> None:
    assert asked(city, "--add", "光伏玻璃=5", "--as-of", "2023-09-12")["by"]["光伏玻璃"]["after"]["supply"]["value"] == 5
    assert asked(city, "--add", "光伏玻璃=5")["as_of"] == "2026-01-01"


@pytest.mark.parametrize(("args", "said"), [
    (("--add", "光伏玻=5"), "光伏玻璃"), (("--add", "光伏玻璃=5GW"), "kt/a"), (("--add", "光伏玻璃"), "718kt/a@2025-12-31"),
    (("--add", "光伏玻璃=5@2023-02-30"), "2023-02-30 不是日期"), (("--add", "光伏玻璃=-5"), "须大于 0"),
    (("--add", "背板=5"), "没有单位"),
    (("--add", "光伏玻璃=5", "--build", "一年半"), "--build 18"),
    (("--add", "光伏玻璃=5", "--ramp", "慢"), "--ramp 50,80,100"),
    (("--add", "光伏玻璃=5", "--as-of", "昨天"), "昨天 不是日期"), (("--add", "光伏电站=5"), "外部环节"), ((), "--add")])
def test_bad_input(city: Path, args: tuple[str, ...], said: str) -> None:
    assert said in whatif(city, *args, code=2).stderr


def test_a_slip_of_the_pen_is_told_before_a_missing_workspace(tmp_path: Path) -> None:
    assert "718kt/a@2025-12-31" in whatif(tmp_path, "--add", "光伏玻璃=很多", code=2).stderr
