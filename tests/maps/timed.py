"""A small chain on two days, with every kind of figure: known, 0, unknown, at least, with variants, in another unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from analysis.answers import Feed, GapRow, Gaps, Panorama, PlacedNode
from analysis.causes import Cause
from analysis.changes import Change, Diff
from analysis.parts import Amount, ChainFigures, Demand, Goal, Lane, Published, Range, Source, StageSum
from analysis.picture import Picture

FIRST, LAST, KNOWN = date(2022, 11, 24), date(2024, 1, 25), date(2024, 2, 1)
LIST = Source("s1", "产能清单", "甲市工信局", LAST, 5)
SVG = "{http://www.w3.org/2000/svg}"


def row(node: str, verdict: str, supply: Amount | None, demand: Demand, **own: object) -> GapRow:
    given: dict[str, object] = {"flags": (), "own": supply, "coverage": None, "pipeline": (), "leaves": None, "nearby": None,
                                "goal": None, "claims": (), "derivation": (), "sources": (LIST,)}
    return GapRow("光伏", node, verdict, supply=supply, demand=demand, **(given | own))  # type: ignore[arg-type]


def needs(used: float | None, unit: str = "GW", low: float | None = None, high: float | None = None,
          least: float | None = None) -> Demand:
    return Demand(used if low is None else low, used if high is None else high, used, unit, least)


SILICON = row("多晶硅", "balanced", Amount(400.0, "kt/a"), needs(300.0, "kt/a", 200.0, 320.0), own=Amount(100.0, "kt/a"),
              own_verdict="short", coverage=Range(1.25, 2.0, 1.33), goal=Goal(800.0, "kt/a", date(2024, 12, 31)),
              sums=(StageSum("在建", 200.0, "kt/a", 2, 0), StageSum("签约", 100.0, "kt/a", 1, 0), StageSum("在谈", 50.0, "kt/a", 2, 1)))
WAFERS = row("硅片", "present", Amount(20.0, "GW"), needs(0.0), flags=("partial",))
CELLS = row("电池片", "broken", Amount(0.0, "GW"), needs(10.0), sums=(StageSum("在谈", None, "GW", 1, 1),))
MODULES = row("组件", "present", Amount(None, "GW"), needs(None, least=4.0))
GLASS = row("玻璃", "missing", Amount(0.0, "kt/a"), needs(50.0, "kt/a"), goal=Goal(90.0, "Mm2/a", date(2025, 12, 31)))
PASTE = row("银浆", "unknown", None, needs(None, "t/a"))
ROWS = (SILICON, WAFERS, CELLS, MODULES, GLASS, PASTE)


def placed(node: str, col: int, lane: str = "主链") -> PlacedNode:
    return PlacedNode(node, False, "中游", col, lane, "GW", None, (), ())


NODES = (placed("多晶硅", 1), placed("硅片", 2), placed("电池片", 3), placed("组件", 4), placed("玻璃", 3, "辅材耗材"), placed("银浆", 3, "辅材耗材"))
FEEDS = tuple(Feed(a, b, "material", True, 1.0, "GW/GW") for a, b in (
    ("多晶硅", "硅片"), ("硅片", "电池片"), ("电池片", "组件"), ("玻璃", "组件"), ("银浆", "电池片")))


def lane(*widths: float | None) -> tuple[Lane, ...]:
    most = max((w for w in widths if w), default=None)
    names = ("多晶硅", "硅片", "电池片", "组件")
    return tuple(Lane(n, w, "GW", None if w is None or not most else w / most) for n, w in zip(names, widths, strict=True))


FIGURES = ChainFigures(5, 2, ("银浆",), 0.5, 0.42, ("多晶硅",), (Published("光伏产值", Goal(2000.0, "亿元", date(2024, 12, 31)), "s1"),),
                       lane(200.0, 50.0, 0.0, None))


def panorama(day: date, rows: tuple[GapRow, ...] = ROWS, nodes: tuple[PlacedNode, ...] = NODES,
             figures: ChainFigures | None = FIGURES, chain: str = "光伏") -> Panorama:
    return Panorama("panorama", Gaps("gaps", "甲市", chain, day, KNOWN, "公开", rows, (("先问银浆。", "Ask for paste."),), figures), nodes, FEEDS)


def cause(text: str) -> tuple[Cause, ...]:
    return (Cause("fact", f"f-{text}", LAST, LAST, text, f"en {text}", "s1"),)


def change(kind: str, name: str, before: str, after: str, about: str = "node", nodes: tuple[str, ...] = (), why: str = "清单",
           learned: bool = False, day: date = date(2023, 5, 1)) -> Change:
    return Change(kind, about, name, nodes or (name,), before, after, learned, day, cause(why))


CHANGES = (
    change("opened", "电池片", "unknown", "broken", why="市里称空白"),
    change("closed", "多晶硅", "broken", "balanced", why="报出 400"),
    change("verdict", "硅片", "unknown", "present", why="报出 20"),
    change("flag", "电池片", "", "wanted", why="市里称空白"),
    change("flag", "银浆", "", "essential"),
    change("supply", "硅片", "", "20 GW", why="报出 20"),
    change("goal", "玻璃", "", "90 Mm2/a (2025-12-31)", why="计划"),
    change("new", "甲电池项目", "", "在谈", "project", ("电池片", "组件"), "签约仪式"),
    change("slipped", "乙硅料二期", "2023-12-31", "2024-06-30", "project", ("多晶硅",), "推迟公告"),
    change("permit", "乙硅料二期", "eia、energy", "", "project", ("多晶硅",), "批复"),
    change("opened", "玻璃", "unknown", "missing", learned=True, why="后来的报道", day=date(2023, 2, 28)),
)
DIFF = Diff("diff", "甲市", "光伏", FIRST, LAST, KNOWN, "公开", CHANGES, (LIST,))
BEFORE = panorama(FIRST, (replace(SILICON, verdict="broken", supply=Amount(100.0, "kt/a")), *(replace(r, verdict="unknown", supply=None)
                          for r in (WAFERS, CELLS, MODULES)), GLASS, PASTE), figures=replace(FIGURES, profile=lane(50.0, None, None, None)))
ONE = Picture(panorama(LAST))
TWO = Picture(panorama(LAST), None, BEFORE, DIFF)


def tree(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def texts(drawing: str) -> list[str]:
    return [e.text or "" for e in tree(drawing).iter(f"{SVG}text")]


def named(root: ElementTree.Element, name: str, kind: str) -> ElementTree.Element:
    """The group of that class whose title is the name."""
    return next(g for g in root.iter(f"{SVG}g") if g.get("class") == kind and g.findtext(f"{SVG}title") == name)


def of_class(root: ElementTree.Element, word: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if word in (e.get("class") or "").split()]


def many(count: int) -> Panorama:
    """A chain of so many nodes in twelve columns, of every verdict in turn."""
    rows = tuple(replace(ROWS[i % len(ROWS)], node=f"环节{i:03d}") for i in range(count))
    nodes = tuple(placed(f"环节{i:03d}", i % 12, ("主链", "辅材耗材", "工艺装备")[i % 3]) for i in range(count))
    return replace(panorama(LAST, rows, nodes), feeds=())
