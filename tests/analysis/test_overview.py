"""A tile of the overview: projects once each, 链主 once each, what became of a chain since a day, and the order of the tiles."""

from __future__ import annotations

from datetime import date

from analysis.answers import GapRow, Gaps, Panorama, PipelineItem, PlacedNode
from analysis.changes import changes
from analysis.overview import Tile, masters, ordered, since, stages
from analysis.parts import Demand
from analysis.picture import Picture

DAY = date(2024, 1, 25)


def row(node: str, verdict: str, *projects: tuple[str, str]) -> GapRow:
    items = tuple(PipelineItem(name, stage, None, "", None, None, (), (), None) for name, stage in projects)
    return GapRow("甲链", node, verdict, (), None, None, Demand(None, None, None, ""), None, items, None, None, None, (), (), ())


def tile(chain: str, *verdicts: str) -> Tile:
    rows = tuple(row(f"{chain}{i}", verdict) for i, verdict in enumerate(verdicts))
    return Tile(Picture(Panorama("panorama", Gaps("gaps", "市", chain, DAY, DAY, "公开", rows), (), ())), (), None, (), None)


def test_a_project_for_several_nodes_counts_once_at_its_furthest_stage() -> None:
    rows = [row("料", "weak", ("一期", "签约"), ("乙", "在谈")), row("件", "missing", ("一期", "在建")), row("品", "short", ("一期", "在谈"))]
    assert stages(rows) == (("在建", 1), ("签约", 0), ("在谈", 1))
    assert stages([]) == (("在建", 0), ("签约", 0), ("在谈", 0))


def test_a_chain_master_of_several_nodes_is_named_once() -> None:
    nodes = [PlacedNode(n, False, "", 1, "主链", "", None, firms, (), firms) for n, firms in (("料", ("乙", "甲")), ("件", ("甲", "丙")))]
    assert masters(nodes) == ("乙", "甲", "丙")


def test_most_breaks_first_and_what_nobody_has_looked_at_last() -> None:
    tiles = [tile("丁", "unknown", "unknown"), tile("丙", "balanced", "extension"), tile("乙", "broken"), tile("甲", "missing", "broken"),
             tile("戊", "balanced")]
    assert [t.chain for t in ordered(tiles)] == ["甲", "乙", "丙", "戊", "丁"]
    assert ordered(reversed(tiles)) == ordered(tiles)


def test_opened_closed_slipped_by_name_and_what_was_only_learned_apart() -> None:
    before = {("node", "料", "verdict"): "unknown", ("node", "件", "verdict"): "missing", ("project", "一期", "due"): "2024-01-01",
              ("project", "一期", "stage"): "在建", ("node", "品", "verdict"): "weak"}
    after = before | {("node", "料", "verdict"): "broken", ("node", "件", "verdict"): "short", ("project", "一期", "due"): "2025-01-01",
                      ("node", "品", "verdict"): "short"}
    found = since(DAY, changes(before, after), [])
    assert (found.opened, found.closed, found.slipped, found.learned) == (("料",), ("件",), ("一期",), 0) and found.others == 1
    learned = since(DAY, [], changes(before, after))
    assert (learned.opened, learned.closed, learned.slipped, learned.learned) == ((), (), (), 3)  # the verdict of 品 is none of them


def test_a_project_that_slips_for_two_nodes_is_named_once() -> None:
    found = since(DAY, [(("project", "一期", "due"), "slipped"), (("project", "一期", "due 2"), "slipped")], [])
    assert found.slipped == ("一期",)
