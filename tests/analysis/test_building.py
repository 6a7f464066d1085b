"""The pipeline in three sums, the coverage once what is under construction runs, and what is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.building import after
from analysis.gaps import GapEngine
from analysis.parts import StageSum
from graph.clocks import Seen
from tests.analysis.facts import evidence, fact, feeds, figure, project, rows, step


def phases(*stages: tuple[str, float | None, str]) -> list[Seen]:
    """Phases of 项目 for 料: the milestone that was reached ('' for none), the size, the planned operating day ('' for none)."""
    out: list[Seen] = [fact("LOCATED_IN", "项目", "市", label="Project")]
    for number, (reached, size, due) in enumerate(stages):
        name = f"项目/{number}"
        out += [*project(name, "料", size), fact("PHASE_OF", name, "项目")]
        out += [step(name, reached, "2023-02-01")] if reached else []
        out += [step(name, "operating", due, "planned")] if due else []
    return out


def test_a_whole_with_phases_at_different_stages_is_split() -> None:
    row = rows(phases(("started", 4, ""), ("started", None, ""), ("signed", 6, ""), ("", 8, "")))["料"]
    assert row.sums == (StageSum("在建", 4, "kt/a", 2, 1), StageSum("签约", 6, "kt/a", 1, 0), StageSum("在谈", 8, "kt/a", 1, 0))


def test_a_sum_of_nothing_sized_is_unknown_and_never_0() -> None:
    assert rows(phases(("started", None, "")))["料"].sums == (StageSum("在建", None, "kt/a", 1, 1),)
    assert rows()["料"].sums == ()


def test_units_convert_and_those_that_do_not_are_unsized() -> None:
    tonnes = fact("ADDS", "甲", "料", capacity=4000.0, unit="t/a")
    area = fact("ADDS", "乙", "料", capacity=1.0, unit="Mm2/a")
    places = [fact("LOCATED_IN", name, "市", label="Project") for name in "甲乙"]
    row = rows(tonnes, area, places, figure("料", 1), figure("件", 1))["料"]
    assert row.sums == (StageSum("在谈", 4, "kt/a", 2, 1),)
    covers = {i.project: i.would_cover and i.would_cover.used for i in row.pipeline}
    assert covers == {"甲": 2, "乙": None}


def test_sums_are_saleable() -> None:
    assert rows(project("甲", "料", 10, yield_rate=0.8))["料"].sums[0].capacity == 8


def test_neither_operating_nor_ended_projects_are_in_the_sums() -> None:
    done = phases(("operating", 4, ""), ("ended", 6, ""), ("started", 8, ""))
    assert rows(done)["料"].sums == (StageSum("在建", 8, "kt/a", 1, 0),)


def test_coverage_after_building_counts_what_is_under_construction_only() -> None:
    row = rows(phases(("started", 4, ""), ("signed", 6, "")), figure("料", 1), figure("件", 5))["料"]
    assert row.coverage and row.coverage.used == pytest.approx(0.1)
    assert row.after_building and row.after_building.used == pytest.approx(0.5)
    assert "demand as of today" in next(s.en for s in row.derivation if s.rule == "pipeline.after")


def test_after_building_has_the_range_of_the_issuers() -> None:
    values = [feeds("料", "件", 2.0, authority=6), feeds("料", "件", 4.0, authority=3, source="T")]
    ratio = rows(phases(("started", 3, "")), values, figure("料", 1), figure("件", 1))["料"].after_building
    assert ratio and (ratio.low, ratio.high, ratio.used) == (1, 2, 2)


def test_after_building_is_unknown_where_supply_demand_or_all_sizes_are() -> None:
    assert rows(phases(("started", 4, "")), figure("件", 5))["料"].after_building is None
    assert rows(phases(("started", 4, "")), figure("料", 5))["料"].after_building is None
    assert rows(phases(("started", None, "")), figure("料", 1), figure("件", 5))["料"].after_building is None
    some = rows(phases(("started", None, ""), ("started", 4, "")), figure("料", 1), figure("件", 5))["料"]
    assert some.after_building and some.after_building.used == 0.5
    assert "at least" in next(s.en for s in some.derivation if s.rule == "pipeline.after")


def test_coverage_after_building_on_a_day() -> None:
    engine = GapEngine(evidence(phases(("started", 4, "2023-12-31"), ("started", 5, "2024-12-31"), ("started", 9, ""),
                                       ("signed", 90, "2023-12-31")), figure("料", 1), figure("件", 5)))
    supply, (demand, _) = engine.supplies.of("料"), engine.demands.of("料")

    def on(day: str) -> float | None:
        ratio = after(engine.projects, ("料",), supply, demand, date.fromisoformat(day))
        return ratio and ratio.used

    assert [on(d) for d in ("2023-12-30", "2023-12-31", "2024-12-31")] == [0.1, 0.5, 1.0]
    steps = {s.rule: s.en for s in engine.rows("甲链")[0].derivation}
    assert "2024-12-31" in steps["pipeline.by"] and "项目/2" in steps["pipeline.undated"]


def test_overdue_is_dropped_by_the_figure_of_the_region_below_where_the_region_has_none() -> None:
    late = [*project("项目", "料", 4, "区"), step("项目", "started", "2022-03-01"), step("项目", "operating", "2023-03-31", "planned")]
    below = [figure("料", 10, "区"), figure("料", 14, "区", valid="2023-05-01")]
    assert "overdue" not in rows(late, below)["料"].flags
    assert "overdue" in rows(late, below, figure("料", 20))["料"].flags, "a figure of its own goes before those below"
    elsewhere = [replace(f, start="市") if f.edge == "REPORTS" else f for f in below]
    assert "overdue" not in rows(late, elsewhere)["料"].flags


def test_overdue_compares_in_one_unit_and_a_variant_is_within_its_nodes_figure() -> None:
    late = [fact("ADDS", "项目", "料", capacity=4000.0, unit="t/a"), fact("LOCATED_IN", "项目", "市", label="Project"),
            step("项目", "operating", "2023-03-31", "planned")]
    risen = [figure("料", 10), figure("料", 14, valid="2023-05-01")]
    assert "overdue" not in rows(late, risen)["料"].flags
    assert "overdue" in rows(late, figure("料", 10), figure("料", 13, valid="2023-05-01"))["料"].flags
    variant = [fact("VARIANT_OF", "变型", "料", valid="1900-01-01"), *project("项目", "变型", 4),
               step("项目", "operating", "2023-03-31", "planned")]
    assert "overdue" not in rows(variant, risen)["料"].flags


def test_what_the_figure_may_hold_already_is_said() -> None:
    late = [*project("项目", "料", 4), step("项目", "started", "2022-03-01"), step("项目", "operating", "2023-03-31", "planned")]
    row = rows(late, figure("料", 10), figure("料", 14, valid="2023-05-01"), figure("件", 5))["料"]
    assert "项目" in next(s.zh for s in row.derivation if s.rule == "pipeline.absorbed")


def test_two_sources_of_one_day_are_no_slip() -> None:
    plans = [step("项目", "operating", "2024-03-31", "planned", authority=3), step("项目", "operating", "2024-06-30", "planned", authority=6)]
    item = rows(project("项目", "料", 4), plans)["料"].pipeline[0]
    assert (item.due, item.slips) == (date(2024, 6, 30), ())
