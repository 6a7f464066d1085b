"""Everything at once on a terminal, as CSV, workbook and JSON: places, parts, what is left off, hostile names."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from rich.console import Console

from analysis.answers import GapRow
from analysis.fill_in import RULE, FillIn
from analysis.parts import Rank
from analysis.paths import Blocked
from analysis.ranking import Everything, RankedRow
from graph.inert import FORMULA
from reports import sheets, table
from reports.schema import schema
from reports.text import json_text
from tests.reports.answers import DAY, GLASS, HOSTILE

PARTS = (("verdict", "缺链", "missing"), ("leakage", "5 亿元/年 (529 kt/a)", "5 亿元 a year"))
ROW = RankedRow(**{f.name: getattr(GLASS, f.name) for f in fields(GapRow)}, region="某某市", chains=("光伏", "建材"), also=("甲区",))
SHARES = (FillIn("光伏", 4, ("玻璃项目",), ("切片项目",), ("某项目",), 2 / 3, 2, 30.0, 10.0, None, 0.5),
          FillIn("风电", 2, (), (), ("甲", "乙"), None, 0, None, None, None, None))


def answer(count: int = 1, **more: object) -> Everything:
    rows = tuple(replace(ROW, rank=Rank(n + 1, PARTS)) for n in range(count))
    made = Everything("everything", "某某市", None, DAY, DAY, "公开", ("verdict", "leakage"), None, count, rows,
                      (Blocked("光伏", "组件", "光伏玻璃", ("光伏玻璃",)), Blocked("光伏", "组件", "电池片", ("硅片",))), SHARES, (RULE,))
    return replace(made, **more)  # type: ignore[arg-type]


def on_screen(given: Everything, lang: str = "zh") -> str:
    console = Console(width=400, no_color=True, file=io.StringIO())
    console.print(table.shown(given, lang))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_each_rank_stands_with_its_parts() -> None:
    said = on_screen(answer())
    for part in ("名次", "某某市 (及 甲区)", "光伏、建材", "× 缺链", "5 亿元/年 (529 kt/a)", "依次按 判定、外购额 比较"):
        assert part in said
    said = on_screen(answer(), "en")
    for part in ("Place", "某某市 (and 甲区)", "× missing", "5 亿元 a year", "ranked by, first to last: Verdict, Bought elsewhere"):
        assert part in said


def test_a_screen_shows_thirty_and_says_how_many_more() -> None:
    said = on_screen(answer(45))
    assert said.count("× 缺链") == 30 and "另有 15 项" in said
    assert on_screen(answer(45, top=40)).count("× 缺链") == 40
    assert "项: --top" not in on_screen(answer(30))
    assert sheets.csv_text(answer(45)).count("× 缺链") == 45


def test_what_blocks_a_product_and_the_shares_stand_at_the_foot() -> None:
    said = on_screen(answer())
    assert "组件 有 2 项必需投入受阻: 光伏玻璃、电池片 (缺 硅片)" in said
    assert "光伏: 3 个项目中补链 1、延链 1, 占 67 %, 另有 1 个待核; 已知总投资 2 个, 合计 30 亿元, 其中补链 10 亿元、延链 0 亿元, 占 50 %" in said
    assert "风电: 2 个项目, 均待核" in said and RULE[0] in said
    assert "of 3 projects 1 fill in and 1 extend, 67 %; 1 more unknown" in on_screen(answer(), "en")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(name: str, tmp_path: Path) -> None:
    row = replace(ROW, node=name, region=name, chains=(name,), rank=Rank(1, (("verdict", name, name), ("leakage", name, name))))
    given = answer(rows=(row,), region=name)
    assert not any(cell.startswith(FORMULA) for line in csv.reader(io.StringIO(sheets.csv_text(given))) for cell in line)
    sheets.xlsx(given, tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert page["D2"].value == name and not [c for line in page.iter_rows() for c in line if c.data_type == "f" or c.hyperlink]
    assert on_screen(given)


def test_json_keeps_its_schema_and_has_a_gap_rows_fields_beside_region_and_chains() -> None:
    given = json.loads(json_text(answer()))
    jsonschema.Draft202012Validator(schema("everything")).validate(given)
    row = given["rows"][0]
    assert (row["node"], row["verdict"], row["region"], row["chains"], row["also"]) == (
        "光伏玻璃", "missing", "某某市", ["光伏", "建材"], ["甲区"])
    assert row["rank"] == {"place": 1, "parts": [list(p) for p in PARTS]}
