"""What a map draws, asked for in one go: two days by the same knowledge, and what changed apart from what was learned."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analysis.picture import Picture
from graph.errors import LiantuError
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from maps import moved
from maps.bars import bars
from maps.pair import pair
from maps.profile import profile
from queries.asking import Asked
from queries.diff import diff
from queries.picture import picture
from tests.maps.timed import named, of_class, texts, tree

ROOT = Path(__file__).parent.parent.parent
D = date.fromisoformat
ALL_KNOWN = D("2026-01-01")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("picture") / "包头", "包头市")
    load(made, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return made


@pytest.fixture(scope="module")
def draw(city: Workspace):  # type: ignore[no-untyped-def]
    @cache
    def drawn(as_of: str, first: str = "", known_by: str = "2026-01-01") -> Picture:
        with open_store(city.store) as store:
            return picture(store, city.settings, "光伏", Asked("包头市", D(as_of), D(known_by)), None, D(first) if first else None)
    return drawn


def test_one_day_has_no_other(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw("2023-09-12")
    assert (found.before, found.diff, found.prospect) == (None, None, None)


def test_two_days_by_the_same_knowledge_with_their_diff(draw, city: Workspace) -> None:  # type: ignore[no-untyped-def]
    found = draw("2024-01-25", "2022-11-24", "2024-01-25")
    assert found.before is not None and found.diff is not None
    days = [(p.gaps.as_of, p.gaps.known_by) for p in (found.before, found.panorama)]
    assert days == [(D("2022-11-24"), D("2024-01-25")), (D("2024-01-25"), D("2024-01-25"))]
    with open_store(city.store) as store:
        assert found.diff == diff(store, city.settings, "光伏", D("2022-11-24"), Asked("包头市", D("2024-01-25"), D("2024-01-25")))


def test_the_gap_of_glass_was_so_on_both_days_and_only_learned(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw("2024-01-25", "2022-11-24", "2024-01-25")
    verdicts = [{r.node: r.verdict for r in p.gaps.rows}["光伏玻璃"] for p in (found.before, found.panorama)]
    assert verdicts == ["missing", "missing"]
    root, numbers = tree(pair(found).svg), moved.numbers([n.node for n in found.panorama.nodes], found.diff)
    assert "光伏玻璃" in moved.ringed(r for r in found.diff.rows if r.learned) and numbers["光伏玻璃"]
    assert len(of_class(root, "learned")) == len(moved.ringed(r for r in found.diff.rows if r.learned))
    assert any("光伏玻璃：待核 → 缺链" in t for t in texts(pair(found).svg))


def test_the_gap_of_cells_opened_by_the_list_of_january(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw("2024-01-25", "2022-11-24", "2024-01-25")
    entry = next(e for e in moved.entries(found.diff, False) if e.first.name == "电池片" and e.section == "gaps")
    assert moved.headline(entry, "zh") == "电池片：待核 → 断链；＋已列入招引"
    assert moved.why(entry, "zh").startswith("2023-01-17 包头市 称电池片: 招引")


def test_what_is_listed_is_what_the_diff_says(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw("2024-01-25", "2022-11-24", "2024-01-25")
    for learned in (False, True):
        listed = [r for e in moved.entries(found.diff, learned) for r in e.rows]
        assert sorted(map(repr, listed)) == sorted(repr(r) for r in found.diff.rows if r.learned is learned) and listed


def test_the_profile_of_the_worked_example(draw) -> None:  # type: ignore[no-untyped-def]
    root = tree(profile(draw("2023-09-12")).svg)
    said = {n: [e.text for e in named(root, n, "stage").iter() if e.tag.endswith("text")]
            for n in ("多晶硅", "单晶棒", "硅片", "电池片", "组件", "工业硅")}
    for name, size, share in (("多晶硅", "206.2 GW", "100%"), ("单晶棒", "188.8 GW", "92%"), ("硅片", "25 GW", "12%"),
                              ("电池片", "0 GW", "0%"), ("组件", "12 GW", "6%")):
        assert size in said[name] and share in said[name], name
    assert "待核" in said["工业硅"] and of_class(named(root, "电池片", "stage"), "neck")


def test_the_bars_of_the_worked_example(draw) -> None:  # type: ignore[no-untyped-def]
    root = tree(bars(draw("2024-01-25")).svg)
    said = [e.text for e in named(root, "多晶硅", "node").iter() if e.tag.endswith("text")]
    assert {"供给 475 kt/a", "需求 435 kt/a（377.6–435）", "在建 450 kt/a", "目标 870 kt/a（2024-12-31）"} <= set(said)


@pytest.mark.parametrize(("as_of", "first"), [("2024-01-25", "2024-01-25"), ("2023-01-01", "2024-01-25")])
def test_the_first_day_is_the_earlier(city: Workspace, as_of: str, first: str) -> None:
    with open_store(city.store) as store, pytest.raises(LiantuError, match="is not the earlier day"):
        picture(store, city.settings, "光伏", Asked("包头市", D(as_of), ALL_KNOWN), None, D(first))


def test_a_first_day_after_all_that_is_known_is_refused(city: Workspace) -> None:
    with open_store(city.store) as store, pytest.raises(LiantuError, match="is earlier"):
        picture(store, city.settings, "光伏", Asked("包头市", D("2024-01-25"), D("2022-01-01")), None, D("2023-01-01"))
