"""Rows and records that are no answer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from analysis.parts import Step
from queries.catalogue import every
from reports import listing
from tests.reports.answers import BACKSHEET, HOSTILE

ROWS: listing.Rows = [{"node": "组件", "day": date(2023, 9, 12), "value": None}, {"node": "硅片", "day": None, "value": 46.0}]


def printed(rows: listing.Rows) -> str:
    out = io.StringIO()
    Console(file=out, width=4000, color_system=None).print(listing.table(rows))
    return out.getvalue()


def test_rows_in_each_form() -> None:
    assert listing.csv_text(ROWS) == "node,day,value\n组件,2023-09-12,\n硅片,,46.0\n"
    assert listing.json_text(ROWS[:1]) == '[\n  {\n    "node": "组件",\n    "day": "2023-09-12",\n    "value": null\n  }\n]\n'
    assert [line.split() for line in printed(ROWS).splitlines()[2:4]] == [["组件", "2023-09-12"], ["硅片", "46.0"]]


def test_no_rows() -> None:
    assert (listing.csv_text([]), listing.json_text([])) == ("\n", "[]\n")
    assert "—" in printed([])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_markup_and_no_formula(name: str) -> None:
    assert name in printed([{"node": name}])
    assert listing.csv_text([{"node": name}]).splitlines()[1].lstrip('"')[0] not in "=+-@"


def test_every_question_has_a_row() -> None:
    rows = {row["id"]: row for row in listing.questions(every())}
    assert len(rows) == len(list(every())) and "nodes" in rows["feeds"]["parameters"]


def test_info_counts_and_lists() -> None:
    found = {"region": "某市", "facts": {"MAKES": 2, "FEEDS": 3}, "last_day": None,
             "material": [{"name": "表.xlsx", "loaded": "2023-09-12", "kind": "file", "hash": "0123"}]}
    assert listing.info(found).splitlines() == [
        "region: 某市", "facts: 5 (MAKES 2, FEEDS 3)", "last_day: —", "material: 1", "  2023-09-12  表.xlsx  (file, 0123)"]


def test_ids_of_facts_by_the_number_of_the_step() -> None:
    steps = (Step("a", "甲", "a"), Step("b", "乙", "b", ("0123456789abcdef", "f" * 40)))
    assert listing.fact_ids(replace(BACKSHEET, derivation=steps)) == [
        "", "事实标识 / ids of facts (liantu retire)", "  2. 0123456789ab, ffffffffffff"]
    assert listing.fact_ids(BACKSHEET) == []
