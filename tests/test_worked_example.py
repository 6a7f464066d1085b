"""GAPS, worked example: photovoltaics in Baotou, every line of it, to the digit shown, on every engine."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analysis.answers import GapRow, Gaps, PipelineItem
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked, Reader
from queries.gaps import gaps
from queries.prospect import prospect
from queries.slips import slips

ALL_KNOWN = date(2026, 1, 1)
ROOT = Path(__file__).parent.parent
MAIN = {"多晶硅": "balanced", "单晶棒": "surplus", "硅片": "present", "组件": "present", "电池片": "broken"}
UNKNOWN = {"背板", "接线盒", "坩埚", "碳碳热场", "长晶炉", "金刚线", "银浆", "铜", "工业硅"}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, home: str):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("worked") / "包头"
    workspace = create(folder, "包头市", store=home)
    load(workspace, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())

    @cache
    def asked(as_of: str, known_by: str = "2026-01-01", region: str = "包头市") -> Gaps:
        with open_store(workspace.store) as store:
            return gaps(store, workspace.settings, "光伏", Asked(region, *map(date.fromisoformat, (as_of, known_by))))

    asked.workspace = workspace  # type: ignore[attr-defined]
    return asked


def row(answer: Gaps, node: str) -> GapRow:
    return next(r for r in answer.rows if r.node == node)


def glass(answer: Gaps) -> PipelineItem:
    return next(i for i in row(answer, "光伏玻璃").pipeline if i.project == "格索兰光伏玻璃")


def percent(value: float | None) -> int:
    assert value is not None
    return round(value * 100)


@pytest.mark.parametrize("day", ["2022-11-24", "2023-09-12", "2024-01-25"])
def test_glass_is_in_production_on_none_of_the_days(ask, day) -> None:  # type: ignore[no-untyped-def]
    glass_row = row(ask(day), "光伏玻璃")
    assert glass_row.supply is not None and glass_row.supply.value == 0
    assert glass_row.verdict == "missing"
    assert {"claimed", "pipeline"} <= set(glass_row.flags)


def test_2022_glass_is_ahead_and_modules_are_not_evidenced(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2022-11-24")
    assert "ahead" in row(answer, "光伏玻璃").flags
    assert row(answer, "组件").verdict == "unknown"
    assert "quota" in glass(answer).missing_permits
    assert glass(answer).stage == "在谈"


def test_2022_nobody_had_said_so_by_then(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2022-11-24", "2022-11-24")
    assert row(answer, "光伏玻璃").verdict == "unknown"
    assert row(answer, "光伏玻璃").claims == ()


def test_2023_as_a_whole(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2023-09-12")
    verdicts = {r.node: r.verdict for r in answer.rows}
    assert {n: verdicts[n] for n in MAIN} == MAIN
    assert {n for n, v in verdicts.items() if v == "missing"} == {"光伏玻璃", "胶膜", "铝边框", "焊带"}
    assert {n for n in UNKNOWN if verdicts[n] != "unknown"} == set()
    assert {n: verdicts[n] for n in ("支架", "逆变器", "汇流箱")} == dict.fromkeys(("支架", "逆变器", "汇流箱"), "absent")
    assert all("wanted" in row(answer, n).flags for n in ("支架", "逆变器", "汇流箱"))
    assert "ahead" not in row(answer, "光伏玻璃").flags
    assert {"claimed", "wanted", "check"} <= set(row(answer, "电池片").flags)
    assert "wanted" not in row(answer, "光伏玻璃").flags
    assert {"thin", "conflict"} <= set(row(answer, "硅片").flags)
    assert "check" in row(answer, "组件").flags
    assert row(answer, "电池片").nearby is None  # published makers stand in other provinces, none in the own one: no nearness


def test_2023_ratios(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2023-09-12")
    silicon, rods = row(answer, "多晶硅"), row(answer, "单晶棒")
    assert silicon.supply and silicon.supply.value == 475
    assert silicon.demand.used == pytest.approx(188.8 * 2.304)
    assert percent(silicon.coverage and silicon.coverage.used) == 109
    assert percent(rods.coverage and rods.coverage.used) == 755
    leaves = row(answer, "硅片").leaves
    assert leaves and leaves.value == pytest.approx(163.8) and leaves.unit == "GW"


def test_end_of_2022(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2022-12-31")
    silicon = row(answer, "多晶硅")
    assert silicon.verdict == "short"
    assert silicon.demand.used == pytest.approx(351.8, abs=0.05)
    assert percent(silicon.coverage and silicon.coverage.used) == 85
    assert round(row(answer, "光伏玻璃").demand.used or 0) == 353


def test_glass_project_after_yield(ask) -> None:  # type: ignore[no-untyped-def]
    project = glass(ask("2023-09-12"))
    assert len(project.phases) == 3
    assert project.capacity == pytest.approx(3 * 800 * 365 / 1000 * 0.82)
    assert round(project.capacity or 0) == 718 and project.unit == "kt/a" and project.yield_ == 0.82


@pytest.mark.parametrize(("day", "used", "low"), [("2023-09-12", 136, 100), ("2024-01-25", 92, 70)])
def test_what_the_whole_project_would_cover(ask, day, used, low) -> None:  # type: ignore[no-untyped-def]
    cover = glass(ask(day)).would_cover
    assert cover and (percent(cover.used), percent(cover.low)) == (used, low)


def test_its_size_known_by_2023_was_an_area(ask) -> None:  # type: ignore[no-untyped-def]
    project = glass(ask("2023-09-12", "2023-09-12"))
    assert project.would_cover is None and project.unit == "Mm2/a" and project.capacity == 100


def test_2024_modules_and_glass_lines(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2024-01-25")
    modules = row(answer, "组件").supply
    assert modules and modules.value == 17
    assert round(row(answer, "光伏玻璃").demand.used or 0) == 779
    assert [p.due for p in glass(answer).phases] == [date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)]
    cells = row(answer, "电池片")
    assert cells.verdict == "broken" and "wanted" in cells.flags


def test_prospect_for_the_end_of_2024(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("2024-01-25")
    goal = row(answer, "组件").goal
    assert goal and (goal.value, goal.unit, goal.due) == (37, "GW", date(2024, 12, 31))
    saleable = glass(answer).capacity or 0
    assert round(37 * 45.83) == 1696
    assert (percent(saleable / (37 * 45.83)), percent(saleable / (37 * 60))) == (42, 32)


def test_the_prospect_itself_says_so(ask) -> None:  # type: ignore[no-untyped-def]
    workspace: Workspace = ask.workspace
    with open_store(workspace.store) as store:
        answer = prospect(store, workspace.settings, "光伏", None, Asked("包头市", date(2024, 1, 25), ALL_KNOWN))
    assert answer.due == date(2024, 12, 31)
    rows = {r.node: r for r in answer.rows}
    demand, item = rows["光伏玻璃"].demand, next(i for i in rows["光伏玻璃"].pipeline if i.project == "格索兰光伏玻璃")
    assert (round(demand.used or 0), demand.high) == (1696, 37 * 60)
    assert item.would_cover and (percent(item.would_cover.used), percent(item.would_cover.low)) == (42, 32)
    modules, silicon = rows["组件"], rows["多晶硅"]
    assert modules.goal and modules.gap and (modules.goal.value, modules.gap.value) == (37, 20)
    assert silicon.goal and silicon.gap and (silicon.goal.value, silicon.gap.value) == (870, 870 - 475)
    carried = {n for n, r in rows.items() if any(x.kind == "carried-over" for x in r.revisions)}
    assert carried == {"多晶硅", "单晶棒"}
    assert rows["光伏玻璃"].state == "none"
    assert {(i.indicator, i.goal.value) for i in answer.indicators} >= {("光伏产业产值", 2000), ("光伏产业本地配套率", 60)}


def test_the_glass_project_is_in_talks_and_no_coverage_counts_it(ask) -> None:  # type: ignore[no-untyped-def]
    glass_row = row(ask("2024-01-25"), "光伏玻璃")
    assert [(s.stage, round(s.capacity or 0), s.projects, s.unsized) for s in glass_row.sums] == [("在谈", 718, 4, 1)]
    assert glass_row.after_building and glass_row.after_building.used == 0
    modules = row(ask("2022-11-24"), "组件").sums
    assert [(s.stage, s.capacity) for s in modules] == [("在建", 5)]


def test_the_ledger_knows_the_slip_and_the_goals_carried_over(ask) -> None:  # type: ignore[no-untyped-def]
    workspace: Workspace = ask.workspace

    def told(known_by: str) -> list[tuple[object, ...]]:
        day = date.fromisoformat(known_by)
        with open_store(workspace.store) as store:
            rows = slips(store, workspace.settings, "光伏", Asked("包头市", day, day)).rows
        return [(r.subject, r.kind, r.quarters, r.revised_value) for r in rows if r.kind != "set"]

    slip = ("大全多晶硅 二期", "slipped", 2, None)
    goals = {("多晶硅", "carried-over", 4, 870), ("单晶棒", "carried-over", 4, 253)}
    assert slip not in told("2023-10-30") and slip in told("2023-11-01")
    assert goals.isdisjoint(told("2024-01-09")) and goals <= set(told("2024-01-10"))


def test_both_wafer_figures_are_believed_on_their_day(ask) -> None:  # type: ignore[no-untyped-def]
    first, second = row(ask("2022-12-31"), "硅片"), row(ask("2023-09-12"), "硅片")
    assert first.supply and second.supply and (first.supply.value, second.supply.value) == (46, 25)
    assert "conflict" not in first.flags and "conflict" in second.flags
    shown = next(s.en for s in second.derivation if s.rule == "conflict.fall")
    assert "46 GW" in shown and "25 GW" in shown


def test_goals_carried_over(ask) -> None:  # type: ignore[no-untyped-def]
    for node in ("多晶硅", "单晶棒"):
        assert "carried-over" in row(ask("2024-01-10"), node).flags
        assert "carried-over" not in row(ask("2024-01-09"), node).flags


def test_daqo_phase_two_slips_two_quarters(ask) -> None:  # type: ignore[no-untyped-def]
    def phase(known_by: str) -> PipelineItem:
        items = row(ask(known_by, known_by), "多晶硅").pipeline
        return next(p for i in items if i.project == "大全多晶硅" for p in i.phases if p.project.endswith("二期"))

    before, after = phase("2023-10-30"), phase("2023-11-01")
    assert (before.due, before.slips) == (date(2023, 12, 31), ())
    assert after.due == date(2024, 6, 30)
    assert [(s.due, s.revised) for s in after.slips] == [(date(2023, 12, 31), date(2024, 6, 30))]


def test_profile_in_equivalents_of_the_final_product(ask) -> None:  # type: ignore[no-untyped-def]
    rows = {r.node: r for r in ask("2023-09-12").rows}
    silicon = rows["多晶硅"]
    assert silicon.supply and silicon.demand.used
    per_gw = silicon.demand.used / 188.8
    equivalents = silicon.supply.value / per_gw
    assert round(equivalents, 1) == 206.2
    assert [percent(rows[n].supply.value / equivalents) for n in ("单晶棒", "硅片", "电池片", "组件")] == [92, 12, 0, 6]


def test_the_published_ratio_of_industrial_silicon(ask) -> None:  # type: ignore[no-untyped-def]
    workspace: Workspace = ask.workspace
    with open_store(workspace.store) as store:
        reader = Reader(store, Asked("包头市", date(2024, 1, 25), ALL_KNOWN))
        aims = {f.end: f["value"] for f in reader.seen("aims", "AIMS", nodes=["工业硅", "多晶硅"], regions=["包头市"])
                if f["due"] == date(2024, 12, 31)}
        feeds = [f["coefficient"] for f in reader.seen("feeds", "FEEDS", nodes=["工业硅"]) if f.end == "多晶硅"]
    assert 1.135 in feeds
    assert percent(aims["工业硅"] / (aims["多晶硅"] * 1.135)) == 80
