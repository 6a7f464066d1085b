"""``liantu adjacent`` on the sample: every form, what the schema says, that it says where there is too little, bad input."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import liantu
from loaders.load import Options, load
from reports.schema import schema
from tests.calling import run

KNOWN = ("--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def test_suggestions_with_their_facts_and_no_made_up_figures(city: Path) -> None:
    found = json.loads(run("adjacent", "电池片", "-w", city, *KNOWN, "--top", "3").stdout)
    Draft202012Validator(schema("adjacent")).validate(found)
    assert len(found["rows"]) == 3
    assert all(row["evidence"]["text"].startswith("推断") and not row["evidence"]["fact"] for row in found["rows"])
    assert all(c["fact"] and c["source"] for row in found["rows"] for basis in row["basis"] for c in basis["evidence"])
    judged = found["hindcast"]
    assert judged["state"] == "few" and judged["base_rate"] == pytest.approx(judged["judged"] / judged["guesses"])
    assert [p["name"] for p in judged["predictors"]] == ["density", "popularity", "breadth"] and judged["learnt"] > 0


@pytest.mark.parametrize(("lang", "title", "said"), [("zh", "相近度 φ", "推断"), ("en", "Proximity φ", "inferred")])
def test_every_form(city: Path, tmp_path: Path, lang: str, title: str, said: str) -> None:
    table = run("adjacent", "电池片", "-w", city, *KNOWN, "--lang", lang, "--format", "table").stdout
    assert said in table and ("只作参考" if lang == "zh" else "turns the figures") in table
    rows = list(csv.DictReader(io.StringIO(run("adjacent", "电池片", "-w", city, *KNOWN, "--lang", lang, "--format", "csv").stdout)))
    kind = {"zh": "性质", "en": "Kind"}[lang]
    assert {row[kind] for row in rows} == {said, {"zh": "回测", "en": "hindcast"}[lang]}
    run("adjacent", "电池片", "-w", city, *KNOWN, "--lang", lang, "-o", tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None and title in [cell.value for cell in sheet[1]]


def test_the_figures_where_there_is_enough(tmp_path: Path) -> None:
    """Two crafts of five nodes; each firm keeps to one and takes up later what it lacks of it."""
    folder = tmp_path / "市"
    run("init", folder, "--chain", "光伏")
    nodes = "产业链,环节\n" + "".join(f"试链,试环{craft}{n}\n" for craft in (0, 1) for n in range(5))
    head = "企业名称,环节,数据日期\n"
    makes = {(f, craft, n): (f + n) % 5 == 0 for craft in (0, 1) for f in range(craft * 10, craft * 10 + 10) for n in range(5)}
    for name, day, new in (("旧", "2021-01-01", False), ("新", "2023-01-01", True)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "产业链全景视图(环节).csv").write_text(nodes, encoding="utf-8")
        text = head + "".join(f"试企{f:02}有限公司,试环{craft}{n},{day}\n" for (f, craft, n), later in makes.items() if later is new)
        (tmp_path / name / "产业链重点企业表.csv").write_text(text, encoding="utf-8")
        load(liantu.open(folder), [tmp_path / name], Options(today=date.fromisoformat(day)))
    found = json.loads(run("adjacent", "试环00", "-w", folder, "--split", "2022-01-01").stdout)["hindcast"]
    assert found["state"] == "judged" and found["judged"] == 20 and found["base_rate"] == pytest.approx(20 / 120)
    assert {p["name"] for p in found["predictors"]} == {"density", "popularity", "breadth"}
    table = run("adjacent", "试环00", "-w", folder, "--split", "2022-01-01", "--format", "table").stdout
    assert "相近密度" in table and "环节的企业数" in table and "企业的环节数" in table and "基准率" in table


@pytest.mark.parametrize(("args", "said"), [
    (("电池片片",), "电池片"), (("电池片", "--split", "2026-06-01"), "--split"), (("电池片", "--split", "某天"), "不是日期")])
def test_bad_input(city: Path, args: tuple[str, ...], said: str) -> None:
    assert said in run("adjacent", *args, "-w", city, *KNOWN, code=2).stderr
