"""The prospect and the ledger as grids: every word in both languages, unknown never 0, names never markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.ledger import KINDS, Revision, Slips
from analysis.parts import Amount, Demand, Goal, StageSum
from analysis.prospect import STATES, IndicatorGoal, Prospect, ProspectRow
from reports import table, words
from reports.grids import grid
from reports.sheets import csv_text
from tests.reports.answers import DAY, HOSTILE, PROJECT, SOURCE
from tests.reports.test_reports_table import printed

DUE = date(2024, 12, 31)
REVISION = Revision("多晶硅", "某某市", (), "goal", "carried-over", date(2023, 12, 31), DUE, 870.0, 870.0, "kt/a", DAY, DAY, "s1",
                    366, 4, "f")
ROW = ProspectRow("多晶硅", "open", Goal(870.0, "kt/a", DUE), None, Amount(475.0, "kt/a"), Amount(395.0, "kt/a"), None,
                  (StageSum("在建", 450.0, "kt/a", 4, 1), StageSum("在谈", None, "kt/a", 1, 1)), StageSum("在建", 450.0, "kt/a", 4, 1),
                  1.14, Amount(0.0, "kt/a"), Demand(None, None, None, "kt/a", 20.0), None, (PROJECT,), (REVISION,), ("甲厂",), (),
                  (SOURCE,))
OUTPUT = IndicatorGoal("产值", "光伏", Goal(2000.0, "亿元", DUE), DAY, "s1", (REVISION,))


def prospect(*rows: ProspectRow) -> Prospect:
    return Prospect("prospect", "某某市", "光伏", DAY, DAY, "公开", DUE, rows or (ROW,), (OUTPUT,), (SOURCE,), (("按所给", "as given"),))


def slips(*rows: Revision) -> Slips:
    return Slips("slips", "某某市", None, DAY, DAY, "公开", rows or (REVISION,), (SOURCE,))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_and_kind_is_printed(lang: str) -> None:
    shown = printed(table.shown(prospect(*(replace(ROW, state=s) for s in STATES)), lang))
    told = printed(table.shown(slips(*(replace(REVISION, kind=k) for k in KINDS)), lang))
    assert all((names[words.side(lang)] in shown) == (state != "none") for state, names in STATES.items())
    assert all(names[words.side(lang)] in told for kind, names in KINDS.items() if kind != "set")


def test_numbers_are_numbers_and_unknown_is_none() -> None:
    made = grid(prospect(), "en")
    row = dict(zip(made.header("en"), made.rows[0], strict=True))
    assert (row["Goal"], row["Gap"], row["Under construction"], row["Fills"], row["Left"]) == (870, 395, 450, 1.14, 0)
    assert (row["In talks"], row["Signed"], row["Demand at goal"], row["Ratio then"]) == (None, None, None, None)
    assert "870 kt/a 2023-12-31 → 2024-12-31" in str(row["Goal revised"])
    assert made.notes == ("as given", "产值: 2,000 亿元 (2024-12-31); " + words.revision(REVISION, "en"))


def test_stage_sums_say_how_many_are_unsized() -> None:
    assert words.stage_sum(ROW.sums[0], "zh") == "在建 450 kt/a (4 期, 1 期规模待核)"
    assert words.stage_sum(ROW.sums[1], "en") == "in talks unknown (1, 1 of unknown size)"


def test_a_goal_that_is_reached_shows_what_is_beyond() -> None:
    reached = replace(ROW, state="reached", gap=Amount(0.0, "kt/a"), over=Amount(30.0, "kt/a"), left=Amount(0.0, "kt/a"))
    assert "goal reached +30 kt/a" in printed(table.shown(prospect(reached), "en"))


def test_the_terminal_leaves_out_what_was_only_set_and_counts_it() -> None:
    text = printed(table.shown(slips(REVISION, replace(REVISION, subject="单晶棒", kind="set", due=None, value=None)), "en"))
    assert "单晶棒" not in text and "1 first statements" in text
    assert "单晶棒" in csv_text(slips(replace(REVISION, subject="单晶棒", kind="set", due=None, value=None)), "en")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup_or_formulas(name: str) -> None:
    text = printed(table.shown(slips(replace(REVISION, subject=name, region=""))))
    assert name.replace("🌞", "")[:20] in text.replace("\n", "")
    assert not any(line.startswith(("=", "+", "@", "-")) for line in csv_text(slips(replace(REVISION, subject=name)), "zh").splitlines())
