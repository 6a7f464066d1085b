"""Several days side by side: a column a day, and only what changed in between."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from reports import days
from tests.reports.answers import DAY, GLASS, HOSTILE, UNSIZED, answer, hostile

NEXT = date(2024, 1, 25)
GREW = replace(GLASS, verdict="short", flags=("essential", "conflict"))


def test_a_column_a_day_with_verdict_and_ratio() -> None:
    out = io.StringIO()
    Console(file=out, width=200, color_system=None).print(days.table([answer(GLASS), replace(answer(GREW, UNSIZED), as_of=NEXT)]))
    head, glass, film = (line.split() for line in out.getvalue().splitlines() if line.startswith(("环节", "光伏玻璃", "胶膜")))
    assert head == ["环节", "2023-09-12", "2024-01-25"]
    assert glass == ["光伏玻璃", "×", "缺链", "0%", "▲", "不足", "0%"]
    assert film == ["胶膜", "●", "具备"]  # it was not there on the first day


def test_only_what_changed_is_listed() -> None:
    before, after = answer(GLASS, UNSIZED), replace(answer(GREW, UNSIZED), as_of=NEXT)
    assert days.changes([before, after]).splitlines() == [
        "", "2023-09-12 → 2024-01-25", "  光伏玻璃: × 缺链 → ▲ 不足  (+数据不一, -已报道，待投产核实, -有项目)"]


@pytest.mark.parametrize(("lang", "said"), [("zh", "  没有变化"), ("en", "  nothing changed")])
def test_no_change_is_said(lang: str, said: str) -> None:
    assert days.changes([answer(), answer()], lang).splitlines() == ["", f"{DAY} → {DAY}", said]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_markup(name: str) -> None:
    out = io.StringIO()
    Console(file=out, width=4000, color_system=None).print(days.table([hostile(name)]))
    assert name in out.getvalue()
