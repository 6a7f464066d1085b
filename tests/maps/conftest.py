"""A small chain with every verdict, a project being built, a claim, a feedback edge and an outside market."""

from datetime import date
from itertools import pairwise

import pytest

from analysis.answers import Claim, Feed, GapRow, Gaps, Panorama, PipelineItem, PlacedNode
from analysis.parts import Amount, Demand, Goal, Range, Slip, Source, Step

T, K = date(2023, 9, 12), date(2024, 1, 25)
LIST = Source("s1", "光伏产业清单", "包头市工信局", T, 5)
NOTICE = Source("s2", "产能置换公告", "内蒙古自治区工信厅", date(2024, 1, 25), 9)


def row(node: str, verdict: str, **own: object) -> GapRow:
    given: dict[str, object] = {
        "flags": (),
        "supply": None,
        "own": None,
        "demand": Demand(None, None, None, "GW"),
        "coverage": None,
        "pipeline": (),
        "leaves": None,
        "nearby": None,
        "goal": None,
        "claims": (),
        "derivation": (Step("supply", f"{node}：依据清单", f"{node}: by the list", ("f1",), ("s1",)),),
        "sources": (LIST,),
    }
    return GapRow("光伏", node, verdict, **(given | own))  # type: ignore[arg-type]


GLASS = row(
    "光伏玻璃",
    "missing",
    flags=("essential", "claimed", "pipeline"),
    supply=Amount(0.0, "kt/a"),
    demand=Demand(529.3, 720.0, 529.3, "kt/a"),
    pipeline=(
        PipelineItem(
            "格索兰玻璃",
            "在建",
            718.3,
            "kt/a",
            0.82,
            date(2024, 12, 31),
            (Slip(date(2023, 12, 31), date(2024, 12, 31), K, K, "s2"),),
            ("产能置换",),
            Range(1.0, 1.357, 1.357),
            investors=("格索兰",),
        ),
    ),
    claims=(Claim("包头市", "光伏玻璃", "filled", "光伏产业链", date(2022, 11, 24), T, "not-standing", True, "s1"),),
    goal=Goal(600.0, "kt/a", date(2025, 12, 31)),
    sources=(LIST, NOTICE),
)

ROWS = (
    row("工业硅", "short", coverage=Range(0.75, 0.86, 0.8), supply=Amount(790.0, "kt/a")),
    row("多晶硅", "balanced", coverage=Range(1.09, 1.09, 1.09), supply=Amount(475.0, "kt/a")),
    row("单晶硅棒", "surplus", coverage=Range(7.55, 7.55, 7.552)),
    row("硅片", "present", flags=("conflict",), supply=Amount(None, "GW")),
    row("电池片", "broken", flags=("claimed", "wanted")),
    row("组件", "present"),
    GLASS,
    row("切片机", "extension"),
    row("逆变器", "absent"),
    row("背板", "unknown", sources=()),
    row("长晶炉", "weak", coverage=Range(0.4, 0.5, 0.45)),
)


def placed(
    node: str, band: str, col: int | None, lane: str, boundary: bool = False, **met: tuple[str, ...]
) -> PlacedNode:
    return PlacedNode(node, boundary, band, col, lane, "GW", None, met.get("firms", ()), met.get("projects", ()))


NODES = (
    placed("工业硅", "上游", 1, "主链", firms=("甲硅业",)),
    placed("多晶硅", "上游", 2, "主链", firms=("甲", "乙", "丙"), projects=("丁二期",)),
    placed("长晶炉", "上游", 2, "工艺装备", firms=("晶炉厂",)),
    placed("单晶硅棒", "中游", 3, "主链"),
    placed("切片机", "中游", 3, "工艺装备"),
    placed("硅片", "中游", 4, "主链"),
    placed("电池片", "中游", 5, "主链", projects=("晶澳",)),
    placed("光伏玻璃", "中游", 5, "辅材耗材", projects=("格索兰玻璃",)),
    placed("背板", "中游", 5, "辅材耗材"),
    placed("组件", "中游", 6, "主链", firms=("双良",)),
    placed("逆变器", "下游", 6, "系统"),
    placed("电站", "下游", 7, "", boundary=True),
)

FEEDS = tuple(
    Feed(up, down, role, essential, number, unit)
    for up, down, role, essential, number, unit in (
        ("工业硅", "多晶硅", "material", True, 1.135, "kt/kt"),
        ("多晶硅", "单晶硅棒", "material", True, 2.304, "kt/GW"),
        ("长晶炉", "单晶硅棒", "equipment", False, None, ""),
        ("单晶硅棒", "硅片", "material", True, 1.0, "GW/GW"),
        ("切片机", "硅片", "equipment", False, None, ""),
        ("硅片", "电池片", "material", True, 1.0, "GW/GW"),
        ("电池片", "组件", "material", True, 1.0, "GW/GW"),
        ("光伏玻璃", "组件", "material", True, 44.11, "kt/GW"),
        ("背板", "组件", "material", True, None, ""),
        ("组件", "电站", "component", True, None, ""),
        ("逆变器", "电站", "component", True, None, ""),
        ("电站", "工业硅", "material", False, None, ""),
    )
)


@pytest.fixture
def panorama() -> Panorama:
    notes = (("银浆的产能最值得先问。", "Paste capacity would tell most."),)
    return Panorama("panorama", Gaps("gaps", "包头市", "光伏", T, K, "公开", ROWS, notes), NODES, FEEDS)


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '<a href="javascript:alert(1)">点这里</a>',
    '=HYPERLINK("http://evil.example","x")',
    "&<>&amp;\"'",
    "玻璃\u202egnp.exe\u2066",
    "长" * 300,
    "W" * 300,
    "硅片🔋👩‍🔬",
    "\ud800半个\x00字\ufffe",
    "行\u2028分\u2029隔\n换",
    "]]><!--",
)


@pytest.fixture
def hostile(panorama: Panorama) -> Panorama:
    """The same chain with every name, title, text and address hostile."""
    nodes = tuple(PlacedNode(h, False, h, i % 4, h, h, h, (h, h), (h,)) for i, h in enumerate(HOSTILE))
    rows = tuple(
        row(
            h,
            "missing",
            flags=(h,),
            nearby=h,
            supply=Amount(1.0, h),
            pipeline=(PipelineItem(h, "在建", None, h, None, None, (), (h,), None, investors=(h,)),),
            claims=(Claim(h, h, h, h, T, T, h, False, h),),
            derivation=(Step(h, h, h, (h,), (h,)),),
            sources=(Source(h, h, h, None, 1),),
        )
        for h in HOSTILE
    )
    feeds = tuple(Feed(a, b, a, True, None, b) for a, b in pairwise(HOSTILE))
    gaps = Gaps("gaps", HOSTILE[0], HOSTILE[1], T, K, HOSTILE[2], rows, ((HOSTILE[0], HOSTILE[1]),))
    return Panorama("panorama", gaps, nodes, feeds)
