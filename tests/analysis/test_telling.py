"""A fact in one sentence, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.causes import Event
from analysis.telling import cause, told
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, feeds, figure, plant, step

DAY = date(2023, 5, 1)
GOAL = fact("AIMS", "市", "料", due=date(2024, 12, 31), scope="", value=9.0, unit="kt/a")


@pytest.mark.parametrize(("given", "zh", "en"), [
    (plant("甲", "料", 5), "甲 生产料: 5 kt/a, 在产", "甲 makes 料: 5 kt/a, operating"),
    (plant("甲", "料", state="stopped", since=DAY), "甲 生产料: 数值未知, 停产, 2023-05-01", "甲 makes 料: size unknown, stopped, 2023-05-01"),
    (figure("料", 5), "市 报出料 5 kt/a (2023-01-01)", "市 reports 料 5 kt/a (2023-01-01)"),
    (fact("ADDS", "项目", "料", capacity=4.0, unit="kt/a"), "项目 计划新增料: 4 kt/a", "项目 is to add 料: 4 kt/a"),
    (GOAL, "市 的料目标: 9 kt/a, 2024-12-31", "goal of 市 for 料: 9 kt/a by 2024-12-31"),
    (step("项目", "started", "2023-05-01"), "项目 开工: 2023-05-01", "项目: construction started on 2023-05-01"),
    (step("项目", "operating", "2024-05-01", "planned"), "项目 计划投产: 2024-05-01", "项目 plans: operating on 2024-05-01"),
    (claim("料", "wanted"), "市 称料: 招引 (2023-01-01)", "市 says of 料: wanted (2023-01-01)"),
    (feeds("料", "件", 2.0), "料 供给 件: 2023年单耗 2 kt/GW", "料 feeds 件: coefficient of 2023, 2 kt/GW"),
    (fact("INVESTS_IN", "甲", "项目"), "甲 投资 项目", "甲 invests in 项目"),
    (fact("PHASE_OF", "一期", "项目", holds=False), "不再成立: 一期 属于整体 项目", "no longer holds: 一期 phase of 项目"),
])
def test_told(given: Seen, zh: str, en: str) -> None:
    assert told(evidence(given), given) == (zh, en)


def test_a_day_that_came_or_passed_is_said_first() -> None:
    passed, came = cause(evidence(), Event("due", GOAL, DAY)), cause(evidence(), Event("since", plant("甲", "料", 5), DAY))
    assert passed.en.startswith("its planned day passed: goal") and passed.zh.startswith("计划日期已过: ")
    assert came.en.startswith("its day of opening came: 甲") and (came.kind, came.day, came.source) == ("since", DAY, "S")
