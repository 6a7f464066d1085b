"""JSON against its schema, and docs/ against what generates it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from analysis.answers import Feed, Panorama, PlacedNode
from graph.model import EDGES, LABELS
from loaders.sheets import SHEETS
from reports import docs, pages
from reports.schema import ANSWERS, schema
from reports.text import json_text
from tests.reports.answers import BACKSHEET, HOSTILE, answer, hostile, said

PANORAMA = Panorama("panorama", answer(), (PlacedNode("背板", False, "中游", 5, "辅材", "kt/a", None, ("甲",), ()),),
                    (Feed("背板", "组件", "material", True, None, ""),))
README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("given", [answer(), said(), PANORAMA, *map(hostile, HOSTILE)])
def test_json_keeps_its_schema(given) -> None:  # type: ignore[no-untyped-def]
    jsonschema.Draft202012Validator(schema(given.question), format_checker=jsonschema.FormatChecker()).validate(
        json.loads(json_text(given)))


@pytest.mark.parametrize("name", list(ANSWERS))
def test_a_schema_is_strict(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    for part in (made, *made["$defs"].values()):
        assert part["additionalProperties"] is False and part["required"] == list(part["properties"])


def test_a_wrong_answer_does_not_pass() -> None:
    given = json.loads(json_text(answer()))
    del given["rows"][0]["verdict"]
    assert not jsonschema.Draft202012Validator(schema("gaps")).is_valid(given)


def test_json_form() -> None:
    text = json_text(answer())
    item = json.loads(text)["rows"][-1]["pipeline"][0]
    assert "光伏玻璃" in text and text.endswith("}\n") and text.startswith('{\n  "question"')
    assert item["yield"] == 0.82 and "yield_" not in item
    assert json.loads(json_text(answer(BACKSHEET)))["rows"][0]["supply"] is None


def test_docs_are_what_would_be_generated() -> None:
    assert docs.stale() == [], "run python -m reports.docs"


def test_a_stale_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(docs, "DOCS", tmp_path)
    docs.write(tmp_path)
    assert docs.stale(tmp_path) == []
    (tmp_path / "sheets.md").write_text("old", encoding="utf-8")
    monkeypatch.setattr(docs, "stale", lambda: ["sheets.md"])
    assert docs.main(["--check"]) == 1
    assert "docs/sheets.md" in capsys.readouterr().err


def test_every_label_edge_and_sheet_is_documented() -> None:
    dictionary, sheets = pages.dictionary(), pages.sheets()
    assert [x.name for x in (*LABELS, *EDGES) if f"### {x.name} " not in dictionary] == []
    assert [s.zh for s in SHEETS if f"## {s.zh} /" not in sheets] == []
    assert "不是包头市的原表" in sheets and "not Baotou's own forms" in sheets


def test_readme_links_lead_somewhere() -> None:
    import re

    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    assert links and [link for link in links if not (README.parent / link).exists()] == []
