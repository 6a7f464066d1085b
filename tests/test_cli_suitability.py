"""``liantu suitability`` on the sample, by the command line and from Python: two days, every form, bad input, nothing written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import liantu
from analysis.answers import plain
from reports.schema import schema
from tests.calling import run

GLASS = "格索兰光伏玻璃"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def suit(city: Path, *args: str, code: int = 0) -> Result:
    return run("suitability", "-w", city, *args, code=code)


def asked(city: Path, day: str, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(suit(city, GLASS, "--as-of", day, "--known-by", day, *args).stdout)
    Draft202012Validator(schema("suitability")).validate(found)
    return found


def test_early_its_size_was_in_another_unit(city: Path) -> None:
    answer = asked(city, "2023-01-31")
    fit, = answer["fit"]
    assert fit["node"] == "光伏玻璃" and fit["adds"] is None and fit["after"] is None and "does not convert" in fit["why"][1]
    assert answer["phases"] == [] and answer["composed"] and (answer["low"], answer["high"]) == (0, 100)


def test_later_it_would_cover_what_the_gap_engine_says(city: Path) -> None:
    answer = asked(city, "2024-01-25")
    fit, = answer["fit"]
    assert (fit["verdict"], fit["gap"], round(fit["adds"]["value"]), len(answer["phases"])) == ("missing", True, 718, 3)
    assert fit["before"]["used"] == 0 and [round(100 * fit["after"][k]) for k in ("used", "low")] == [92, 70]
    assert fit["sources"] and set(fit["sources"]) <= {s["id"] for s in answer["sources"]}


def test_a_project_whose_land_and_investment_were_published(city: Path) -> None:
    answer = json.loads(suit(city, "星波稀土铝合金", "--as-of", "2024-01-25", "--known-by", "2024-01-25").stdout)
    veto = next(r for r in answer["rows"] if r["name"] == "投资强度")
    assert (veto["value"], veto["unit"], veto["state"]) == (1250, "万元/亩", "passed") and all(c["source"] for c in veto["evidence"])
    assert (answer["low"], answer["high"]) == (30, 100)


def test_an_answer_of_the_investor_narrows_what_is_open(city: Path) -> None:
    given = ("--given", "用地=600亩", "--given", "总投资=20亿元", "--given", "税收=1.2亿元")
    before, after = asked(city, "2024-01-25"), asked(city, "2024-01-25", *given)
    assert (before["low"], before["high"], after["low"], after["high"]) == (0, 100, 50, 90)
    assert {"用地", "总投资", "税收"} <= {a["name"] for a in before["ask"]} and not {"用地", "总投资", "税收"} & {a["name"] for a in after["ask"]}
    assert any("nothing is written" in en for _, en in after["notes"])


@pytest.mark.parametrize("name", [row.name for row in liantu.instruments().rows])
def test_every_instrument_judges_in_both_languages_and_every_form(city: Path, tmp_path: Path, name: str) -> None:
    by = (GLASS, "--instrument", name, "--as-of", "2024-01-25")
    zh, en = (suit(city, *by, "--lang", lang, "--format", "table").stdout for lang in ("zh", "en"))
    assert "未见公开数据" in zh and "no public figure" in en and "光伏玻璃" in en
    csv = suit(city, *by, "--lang", "en", "--format", "csv").stdout
    assert csv.startswith("Part,Item,Value") and "demand" in csv
    suit(city, *by, "-o", str(tmp_path / "a.xlsx"))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert any(cell.value == "门槛" or cell.value == "评分" for row in sheet.iter_rows() for cell in row)


def test_what_complies_is_yes_or_no_and_demands_are_asked_for(city: Path) -> None:
    said = suit(city, GLASS, "--given", "产业政策符合=否", "--as-of", "2024-01-25", "--lang", "en", "--format", "csv").stdout
    assert "assumed: complies with policy and plan no" in said and "holds the demand against the place: power a year" in said
    table = " ".join(suit(city, GLASS, "--given", "产业政策符合=是", "--format", "table").stdout.split())
    assert "产业政策符合 是" in table and "对照要素: 年耗电" in table


def test_a_class_by_rank_and_a_place_in_english(city: Path) -> None:
    open_, told = (asked(city, "2024-01-25", "--instrument", "huaian-2024", *more) for more in ((), ("--given", "得分名次=61%")))
    assert next(r for r in open_["rows"] if r["part"] == "class")["state"] == "unknown" and open_["ask"][0]["whom"] == "region"
    assert next(r for r in told["rows"] if r["part"] == "class")["why"] == ["C 监管调控", "C (supervise and adjust)"]
    assert "instrument: Huai'an evaluation" in told["notes"][0][1] and "淮安市, 2024" in told["notes"][0][0] and "淮安市," not in told["notes"][0][1]


def test_the_list(city: Path) -> None:
    listed = json.loads(run("suitability", "--list").stdout)
    Draft202012Validator(schema("instruments")).validate(listed)
    assert listed["rows"][0]["name"] == "composed" and listed == plain(liantu.instruments())
    assert "自拟" in run("suitability", "--list", "--format", "table").stdout
    assert "composed" in run("suitability", "--list", "--lang", "en", "--format", "csv").stdout


def test_a_workspace_may_hold_its_own(city: Path, tmp_path: Path) -> None:
    own = liantu.demo(tmp_path / "另一")[0].folder
    (own / "instruments").mkdir()
    (own / "instruments" / "本园区.toml").write_text(
        'name = "ours"\nzh = "本园区办法"\nen = "ours"\nplace = "试园"\njudges = "project"\npublisher = "试局"\npoints = 0\n'
        '[[veto]]\nvalue = "用地"\nunit = "亩"\nrule = "at_most"\nbound = 100\n', encoding="utf-8")
    assert json.loads(suit(own, GLASS, "--instrument", "ours", "--given", "用地=101").stdout)["verdict"] == "failed"
    assert "本园区办法" in suit(own, "--list", "--format", "table").stdout
    (own / "instruments" / "坏.toml").write_text("name = 3\n", encoding="utf-8")
    assert "坏.toml" in suit(own, GLASS, code=2).stderr


@pytest.mark.parametrize(("args", "told"), [
    ((), "没有写项目"), (("格索兰",), GLASS), ((GLASS, "--instrument", "huaian"), "huaian-2024"), ((GLASS, "--given", "用地=3公里"), "不能换算"),
    ((GLASS, "--given", "用底=3"), "用地"), ((GLASS, "--as-of", "2019-01-01", "--known-by", "2019-01-01"), "没有项目"), (("",), "没有写项目")])
def test_bad_input_says_the_cure(city: Path, args: tuple[str, ...], told: str) -> None:
    said = suit(city, *args, code=2).stderr
    assert said.startswith("错误: ") and told in said and "Traceback" not in said


def test_nothing_is_written(city: Path) -> None:
    def state() -> dict[str, str]:
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(city.rglob("*")) if p.is_file()}
    before = state()
    suit(city, GLASS, "--given", "用地=600亩")
    assert state() == before
