"""Small literal answers that the tests of this room share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.answers import Claim, Claims, GapRow, Gaps, PipelineItem
from analysis.parts import Amount, Demand, Goal, Range, Slip, Source, Step

DAY = date(2023, 9, 12)
HOSTILE = ('=HYPERLINK("x")', "+cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "[bold]名[/bold]", "</script>&<>",
           "@SUM(1)", "-1+2", "长" * 300, "🌞玻璃")
SOURCE = Source("s1", "光伏产业招商清单", "某某市工信局", date(2023, 1, 17), 5)
CLAIM = Claim("某某市", "光伏玻璃", "filled", "", date(2022, 11, 24), DAY, "not-standing", True, "s1")
PHASE = PipelineItem("玻璃项目一期", "在建", 239.4, "kt/a", 0.82, date(2024, 12, 31), (), (), None)
PROJECT = PipelineItem(
    "玻璃项目", "在建", 718.3, "kt/a", 0.82, date(2024, 12, 31),
    (Slip(date(2023, 12, 31), date(2024, 12, 31), DAY, DAY, "s1"),), ("quota",), Range(0.998, 1.357, 1.357), False, True,
    ("南京某某公司",), (PHASE,))
GLASS = GapRow(
    "光伏", "光伏玻璃", "missing", ("essential", "claimed", "pipeline"), Amount(0.0, "kt/a"), Amount(0.0, "kt/a"),
    Demand(529.3, 720.0, 529.3, "kt/a"), Range(0.0, 0.0, 0.0), (PROJECT,), None, None,
    Goal(700.0, "kt/a", date(2025, 12, 31)), (CLAIM,),
    (Step("supply.zero", "清单列为招引: 供给为 0", "on the wanted list: supply is 0", (), ("s1",)),
     Step("verdict.missing", "判定 缺链", "verdict missing")), (SOURCE,))
BACKSHEET = GapRow("光伏", "背板", "unknown", (), None, None, Demand(None, None, None, "kt/a"), None, (), None, None, None,
                   (), (), ())
UNSIZED = replace(BACKSHEET, node="胶膜", verdict="present", flags=("unsized",), supply=Amount(None, "kt/a"),
                  own=Amount(None, "kt/a"))
SILICON = replace(BACKSHEET, node="多晶硅", verdict="balanced", supply=Amount(475.0, "kt/a"), own=Amount(475.0, "kt/a"),
                  demand=Demand(435.0, 435.0, 435.0, "kt/a"), coverage=Range(1.357, 1.357, 1.357))


def answer(*rows: GapRow) -> Gaps:
    return Gaps("gaps", "某某市", "光伏", DAY, DAY, "公开", rows or (BACKSHEET, SILICON, UNSIZED, GLASS),
                (("1 个环节待核", "1 node nobody has looked at"),))


def said(*rows: Claim) -> Claims:
    return Claims("claims", "某某市", "光伏", DAY, DAY, "公开", rows or (CLAIM,), (SOURCE,))


def hostile(name: str) -> Gaps:
    """An answer in which every name is ``name``."""
    source = replace(SOURCE, title=name, publisher=name)
    project = replace(PROJECT, project=name, investors=(name,), phases=(replace(PHASE, project=name),))
    row = replace(GLASS, node=name, nearby=name, pipeline=(project,), claims=(replace(CLAIM, claimant=name, node=name),),
                  derivation=(Step("rule", name, name, (), ("s1",)),), sources=(source,))
    return replace(answer(row), region=name, chain=name, notes=((name, name),))
