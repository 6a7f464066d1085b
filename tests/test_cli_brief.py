"""``liantu brief`` on the sample: the page before a visit with its way of introduction, every form, and what is wrong with a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator

import liantu
from reports.schema import schema
from tests.calling import run

DAYS = ("--as-of", "2023-01-31", "--known-by", "2023-01-31")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return liantu.demo(tmp_path_factory.mktemp("sample") / "包头")[0].folder


def test_who_introduces_us_stands_on_the_page(city: Path) -> None:
    found = json.loads(run("brief", "福莱特", "-w", city, *DAYS, "--with", "银川,西宁").stdout)
    Draft202012Validator(schema("brief")).validate(found)
    lines = {section["key"]: section["lines"] for section in found["sections"]}
    assert lines["introduction"][0]["text"].count(";") >= 1 and lines["introduction"][0]["sources"]
    assert any("光伏玻璃" in line["text"] for line in lines["fills"]) and lines["lags"]
    known = {source["id"] for source in found["sources"]}
    assert all(id in known for section in lines.values() for line in section for id in line["sources"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_and_the_document_say_the_same(city: Path, tmp_path: Path, lang: str) -> None:
    for form in ("html", "docx"):
        run("brief", "福莱特", "-w", city, *DAYS, "--lang", lang, "-o", tmp_path / f"a.{form}")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    said = [p.text for p in Document(str(tmp_path / "a.docx")).paragraphs]
    assert any(("引荐" if lang == "zh" else "to introduce us") in text for text in said) and "<script" not in page
    assert ("引荐" if lang == "zh" else "to introduce us") in page


@pytest.mark.parametrize(("args", "said"), [(("福莱",), "福莱特"), (("福莱特", "-o", "a.pdf"), "no such form"),
                                            (("福莱特", "-o", "a"), "no such form"),
                                            (("福莱特", "--format", "docx"), "-o"), (("福莱特", "--with", "无城"), "无城"),
                                            (("弘元新材料（包头）有限公司", "--with", "无城"), "无城"),
                                            (("福莱特", "--with", "包头"), "没有可比的地区")])
def test_bad_input(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in run("brief", *args, "-w", city, *DAYS, code=2).stderr and not list(tmp_path.iterdir())
