"""Tables and explanations: every word in both languages, unknown never 0, names never markup."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from analysis.parts import Demand, Range
from analysis.words import EVIDENCE, FLAGS, STAGES, VERDICTS
from reports import table, words
from tests.reports.answers import (
    BACKSHEET,
    CLAIM,
    GLASS,
    HOSTILE,
    PROJECT,
    SILICON,
    UNSIZED,
    answer,
    hostile,
    said,
)


def printed(thing: RenderableType, width: int = 4000) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(thing)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_verdict_and_flag_is_printed(lang: str) -> None:
    rows = [replace(BACKSHEET, node=v, verdict=v, flags=tuple(FLAGS)) for v in VERDICTS]
    text = printed(table.gaps(answer(*rows), lang))
    for key, names in VERDICTS.items():
        assert f"{words.MARKS[key]} {names[words.side(lang)]}" in text
    for names in FLAGS.values():
        assert names[words.side(lang)] in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_stage_and_evidence_is_printed(lang: str) -> None:
    stages = printed(table.gaps(answer(*(replace(GLASS, pipeline=(replace(PROJECT, stage=s),)) for s in STAGES)), lang))
    claims = printed(table.claims(said(*(replace(CLAIM, evidence=e) for e in EVIDENCE)), lang))
    assert all(names[words.side(lang)] in stages for names in STAGES.values())
    assert all(names[words.side(lang)] in claims for names in EVIDENCE.values())


def test_gaps_stand_first_and_the_notes_last() -> None:
    text = printed(table.gaps(answer()))
    places = [text.index(node) for node in ("光伏玻璃", "背板", "多晶硅", "胶膜", "1 个环节待核")]
    assert places == sorted(places)


def test_ratios_as_percent() -> None:
    assert words.ratio(Range(0.998, 1.357, 1.357)) == "136 % (100 %–136 %)"
    assert words.ratio(Range(1.357, 1.357, 1.357)) == "136 %"
    assert words.percent(0.001) == "< 1 %"
    assert words.percent(0.0) == "0 %"


@pytest.mark.parametrize("row", [BACKSHEET, UNSIZED])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unknown_is_never_0(row, lang: str) -> None:  # type: ignore[no-untyped-def]
    assert words.amount(row.supply, lang) == words.demand(row.demand, lang) == words.UNKNOWN[words.side(lang)]
    assert words.ratio(row.coverage) == words.goal(row.goal, lang) == "—"
    lines = table.explain(row, answer(row), lang).splitlines()[1:]
    assert not any("0" in line for line in lines)


def test_at_least_is_said_beside_unknown() -> None:
    assert words.demand(Demand(None, None, None, "kt/a", 45.0), "zh") == "未知 (至少 45 kt/a)"


def test_zero_that_somebody_said_is_0() -> None:
    assert words.amount(GLASS.supply, "zh") == "0 kt/a"


@pytest.mark.parametrize(("lang", "expected"), [
    ("zh", ("× 缺链", "关键", "1. 清单列为招引: 供给为 0  [s1]", "2. 判定 缺链", "填补", "尚无投产依据", "玻璃项目一期",
            "推迟 2023-12-31 → 2024-12-31", "未见手续: 产能置换", "光伏产业招商清单, 某某市工信局, 2023-01-17", "100 %–136 %", "逾期")),
    ("en", ("× missing", "1. on the wanted list: supply is 0", "filled", "does not stand", "slip 2023-12-31 → 2024-12-31",
            "permits not seen: capacity replacement", "overdue"))])
def test_an_explanation_tells_everything(lang: str, expected: tuple[str, ...]) -> None:
    text = table.explain(GLASS, answer(), lang)
    assert [e for e in expected if e not in text] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    assert name in printed(table.gaps(hostile(name)))
    assert name in table.explain(hostile(name).rows[0], hostile(name))
    assert name in printed(table.claims(said(replace(CLAIM, claimant=name))))


def test_control_characters_are_left_out() -> None:
    assert "\x1b" not in printed(table.gaps(answer(replace(SILICON, node="硅\x1b[2J"))))
    assert "\x1b" not in table.explain(replace(SILICON, node="硅\x1b[2J"), answer())


def test_a_claim_cites_title_outlet_and_day() -> None:
    assert "光伏产业招商清单, 某某市工信局, 2023-01-17" in printed(table.claims(said()))
