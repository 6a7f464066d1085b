"""Histories and comparisons as grids, on a terminal and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from rich.console import Console

from analysis.causes import Cause
from analysis.changes import CHANGES, Change, Diff
from analysis.history import History, HistoryRow
from analysis.parts import Amount, Demand, Range
from reports.grids import grid
from reports.grids_history import value
from reports.schema import schema
from reports.table import shown
from reports.text import json_text
from tests.reports.answers import DAY, HOSTILE, SOURCE

CAUSE = Cause("fact", "f1", DAY, DAY, "某市 报出料 5 kt/a", "某市 reports 料 5 kt/a", "s1")
NONE = Demand(None, None, None, "kt/a")
HISTORY = History("history", "某市", "甲链", "料", DAY, DAY, "公开", False, (
    HistoryRow(None, date(2023, 9, 11), "unknown", (), None, NONE, None),
    HistoryRow(DAY, None, "short", ("pipeline",), Amount(5.0, "kt/a"), Demand(10.0, 10.0, 10.0, "kt/a"), Range(0.5, 0.5, 0.5),
               (CAUSE, replace(CAUSE, fact="f2")), True)), (SOURCE,), (("注", "note"),))
CHANGE = Change("opened", "node", "料", ("料",), "unknown", "broken", False, DAY, (CAUSE,))
DIFF = Diff("diff", "某市", "甲链", date(2023, 1, 1), DAY, DAY, "公开", (
    CHANGE, Change("slipped", "project", "项目", ("料",), "2023-12-31", "2024-06-30", True, DAY, (CAUSE,))), (SOURCE,))


def on_terminal(answer: History | Diff, lang: str = "zh", width: int = 200) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(shown(answer, lang))
    return out.getvalue()


@pytest.mark.parametrize("answer", [HISTORY, DIFF])
def test_json_keeps_its_schema(answer: History | Diff) -> None:
    given = json.loads(json_text(answer))
    jsonschema.Draft202012Validator(schema(answer.question), format_checker=jsonschema.FormatChecker()).validate(given)
    assert given.get("from", "2023-01-01") == "2023-01-01"


def test_a_history_row_by_row() -> None:
    first, second = grid(HISTORY, "zh").rows
    assert first[:8] == (None, date(2023, 9, 11), "？ 待核", "", None, "", None, "kt/a")
    assert second[:3] == (DAY, None, "▲ 不足") and second[8] == 0.5
    assert second[9] == "以下各条合起来:\n2023-09-12 某市 报出料 5 kt/a\n2023-09-12 某市 报出料 5 kt/a"
    assert second[10] == "光伏产业招商清单, 某某市工信局, 2023-01-17"
    assert grid(HISTORY, "en").notes == ("from —: as far back as anything is stated", "note")


def test_a_comparison_row_by_row() -> None:
    gap, slip = grid(DIFF, "en").rows
    assert gap[:7] == ("changed", "a gap appeared", "料", "", "？ unknown", "× broken link", DAY)
    assert slip[:7] == ("only learned", "slipped", "项目", "料", "2023-12-31", "2024-06-30", DAY)
    assert "2023-01-01 → 2023-09-12" in grid(DIFF, "en").title


@pytest.mark.parametrize(("kind", "key", "zh", "en"), [
    ("flag", "wanted", "已列入招引", "wanted"), ("stage", "ended", "终止", "ended"), ("stage", "在建", "在建", "under construction"),
    ("supply", "", "待核", "nobody has looked"), ("supply", "?", "产能待核", "size unknown"), ("supply", "5 kt/a", "5 kt/a", "5 kt/a"),
    ("permit", "eia、quota", "环评、产能置换", "environmental impact, capacity replacement"), ("size", "", "", ""),
    ("goal", "", "", ""), ("stalled", "stalled", "停滞", "stalled"), ("verdict", "", "", "")])
def test_values_in_words(kind: str, key: str, zh: str, en: str) -> None:
    assert kind in CHANGES and (value(kind, key, "zh"), value(kind, key, "en")) == (zh, en)


def test_a_terminal_has_fewer_columns() -> None:
    told, compared = on_terminal(HISTORY), on_terminal(DIFF)
    assert "来源" not in told and "5 kt/a" in told and "50 %" in told
    assert "2023-12-31 → 2024-06-30" in compared and "？ 待核 → × 断链" in compared


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_markup(name: str) -> None:
    assert name in on_terminal(replace(DIFF, chain=name), width=4000)
    assert name in on_terminal(replace(HISTORY, rows=(replace(HISTORY.rows[1], causes=(replace(CAUSE, zh=name),)),)), width=4000)
