"""``liantu compare`` on the sample: a cell plant in Baotou against three rivals, files, schema, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import liantu
from reports.schema import schema
from tests.calling import run

ASKED = ("compare", "电池片", "--with", "银川,西宁,乐山", "--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def test_a_cell_plant_against_three_rivals(city: Path) -> None:
    answer = json.loads(run(*ASKED, "-w", city).stdout)
    Draft202012Validator(schema("compare")).validate(answer)
    assert {r["region"] for r in answer["rows"]} == {"包头市", "银川市", "西宁市", "乐山市"} and answer["kind"][1] == "power-hungry"
    ours = {r["factor"]: r for r in next(r for r in answer["rows"] if r["region"] == "包头市")["readings"]}
    assert (ours["工业电价"]["value"], ours["工业电价"]["inherited"]) == (0.45, "内蒙古自治区") and ours["工业地价"]["value"] is None
    assert sum(w["used"] for w in answer["weights"]) == pytest.approx(1) and answer["cr"] < 0.1 and len(answer["agreement"]) == 3
    assert run(*ASKED, "-w", city).stdout == run(*ASKED, "-w", city).stdout


def test_tables_and_files(city: Path, tmp_path: Path) -> None:
    zh, en = (run(*ASKED, "-w", city, "--format", "table", "--lang", lang).stdout for lang in ("zh", "en"))
    assert "未见公开数据" in zh and "承自" in zh and "Kendall τ" in zh and "inherited" in " ".join(en.split()) and "at its best" in en
    assert "工业地价 (未见公开数据; 本市可调整)" in zh and "price of industrial land (no public figure; the city can move it)" in en
    assert "权重 (判断 / CRITIC / 所用): 工业电价" in zh and "fixed bounds (worse → best): industrial power price 0.9 → 0.2" in en
    assert "口径 最低工资" in zh and "scope of minimum wage" in en and "枯水期" in zh and "another scope" in en
    for form in ("csv", "xlsx", "json"):
        run(*ASKED, "-w", city, "-o", str(tmp_path / f"比.{form}"))
        assert (tmp_path / f"比.{form}").stat().st_size > 500


def test_nobody_publishes_anything_and_nobody_is_ranked(city: Path) -> None:
    both = ("compare", "电池片", "--with", "海宁市", "--region", "天长市", "-w", city, "--format", "table")
    zh, en = (run(*both, "--lang", lang).stdout for lang in ("zh", "en"))
    assert "说不出怎样会改变名次" in zh and "what would change the order cannot be told" in " ".join(en.split()) and "所有要素都未见公开数据" in zh
    assert {(r["rank"], r["sum"], r["rank_low"], r["rank_high"]) for r in json.loads(run(*both[:-2]).stdout)["rows"]} == {(None, None, 1, 2)}


def test_a_factor_of_the_city_s_own(city: Path, tmp_path: Path) -> None:
    """The quota is nobody's published figure: a city that has figures adds it, and may move it."""
    own = liantu.demo(tmp_path / "配额")[0].folder
    with (own / "liantu.toml").open("a", encoding="utf-8") as file:
        file.write('\n[compare]\nfactors = ["工业电价", "能耗指标"]\n[compare.weights]\n"工业电价" = 0.4\n"能耗指标" = 0.6\n'
                   '[factors."能耗指标"]\nen = "energy quota"\nunit = "万吨标煤"\nbetter = "more"\nworse = 0\nbest = 100\nmovable = true\n')
    sheet = tmp_path / "地区指标表.csv"
    sheet.write_text("地区,指标,数值,单位,期间\n包头市,能耗指标,30,万吨标煤,2024\n银川市,能耗指标,80,万吨标煤,2024\n", encoding="utf-8")
    run("load", sheet, "-w", own)
    said = run("compare", "电池片", "--with", "银川", "-w", own, "--format", "table", "--lang", "en").stdout
    assert "energy quota (30 万吨标煤; the city can move it): ≥" in said and "is no factor here" not in said


@pytest.mark.parametrize(("args", "said"), [(("电池皮", "--with", "银川"), "电池片"), (("电池片", "--with", "银州"), "银川市"),
                                            (("电池片", "--with", ","), "--with"), (("电池片",), "--with")])
def test_bad_input(city: Path, args: tuple[str, ...], said: str) -> None:
    assert said in run("compare", *args, "-w", city, code=2).stderr
