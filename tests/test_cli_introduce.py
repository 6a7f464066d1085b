"""``liantu introduce`` on the sample: published ties of two hops and more, every form, what the schema says, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import liantu
from reports.schema import schema
from tests.calling import run

KNOWN = ("--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def test_a_way_of_several_published_ties(city: Path) -> None:
    found = json.loads(run("introduce", "阿特斯", "-w", city, *KNOWN).stdout)
    Draft202012Validator(schema("introduce")).validate(found)
    (row,) = found["rows"]
    assert row["state"] == "found" and len(row["ways"][0]["hops"]) >= 2
    assert all(e["source"] and e["fact"] for way in row["ways"] for hop in way["hops"] for e in hop["evidence"])
    assert len({way["broker"] for way in row["ways"]}) == len(row["ways"])


@pytest.mark.parametrize(("lang", "title", "said"), [("zh", "引荐人", "引荐"), ("en", "Broker", "to introduce us")])
def test_every_form(city: Path, tmp_path: Path, lang: str, title: str, said: str) -> None:
    assert said in run("introduce", "阿特斯", "-w", city, *KNOWN, "--lang", lang, "--format", "table").stdout
    for form in ("xlsx", "csv"):
        run("introduce", "--firms", "阿特斯,天合光能", "--cap", "1", "-w", city, *KNOWN, "--lang", lang, "-o", tmp_path / f"a.{form}")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None and title in [cell.value for cell in sheet[1]]


@pytest.mark.parametrize(("args", "said"), [
    (("天合光",), "天合光能"), ((), "--firms"), (("阿特斯", "--cap", "2"), "--cap"), (("阿特斯", "--to", "阿特斯"), "同一家"),
    (("阿特斯", "--to", "无此单位"), "无此单位"), (("--firms", ",，"), "names no firm")])
def test_bad_input(city: Path, args: tuple[str, ...], said: str) -> None:
    assert said in run("introduce", *args, "-w", city, *KNOWN, code=2).stderr
