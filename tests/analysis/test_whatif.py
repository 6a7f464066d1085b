"""What-if on the small invented chain 料 → 件 → 品, with 辅 beside: one engine, the addition as one fact more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import plain
from analysis.assumed import ASSUMED, Assumed, running, supposed
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.parts import Amount
from analysis.whatif import WhatIf, WhatIfRow, what_if
from graph.clocks import Seen
from tests.analysis.facts import DAY, UNITS, claim, evidence, fact, feeds, figure, plant, project, step

SURVEY = fact("SURVEYS", "市", "甲链")
VARIANT = fact("VARIANT_OF", "变型", "料", valid="1900-01-01")


def add(node: str, size: float, rate: float | None = None, opens: date = DAY, share: float = 1.0) -> Assumed:
    share = share if opens <= DAY else 0.0
    return Assumed(node, size, UNITS[node], rate, opens, opens, share, Amount(size * share * (rate or 1.0), UNITS[node]))


def asked(found: Evidence, *additions: Assumed) -> WhatIf:
    return what_if(GapEngine(found), "甲链", additions, "公开")


def row(answer: WhatIf, node: str) -> WhatIfRow:
    return next(r for r in answer.rows if r.node == node)


def after(answer: WhatIf, node: str) -> tuple[float | None, str, bool]:
    """Supply, verdict and whether it is a lower bound."""
    side = row(answer, node).after
    return (side.supply.value if side.supply else None), side.verdict, "partial" in side.flags


ZERO: dict[str, list[Seen]] = {
    "none": [claim("辅", "none")], "wanted": [claim("辅", "wanted")], "figure": [figure("辅", 0)], "survey": [SURVEY],
    "figure of a part": [figure("辅", 0, "区")], "none beside a figure held back": [claim("辅", "none"), figure("辅", 7, authority=0)]}


@pytest.mark.parametrize("word", ZERO)
def test_nothing_by_somebodys_word_and_x_is_known(word: str) -> None:
    answer = asked(evidence(figure("品", 2), ZERO[word]), add("辅", 9))
    assert row(answer, "辅").before.verdict == "missing"
    assert after(answer, "辅") == (9, "short", False)
    ratio = row(answer, "辅").after.coverage
    assert ratio and ratio.used == 0.9


def test_unknown_and_x_is_at_least_x_and_has_no_ratio_verdict() -> None:
    answer = asked(evidence(figure("品", 2)), add("辅", 9))
    assert row(answer, "辅").before.supply is None
    assert after(answer, "辅") == (9, "present", True)


def test_an_incomplete_list_stays_a_lower_bound_and_a_complete_one_whole() -> None:
    assert after(asked(evidence(figure("品", 2), plant("甲", "辅", 4)), add("辅", 6)), "辅") == (10, "present", True)
    assert after(asked(evidence(figure("品", 2), plant("甲", "辅", 4), SURVEY), add("辅", 6)), "辅") == (10, "balanced", False)


@pytest.mark.parametrize("opens", [date(2022, 1, 1), date(2023, 1, 1), DAY])
def test_no_figure_has_an_assumed_plant_in_it_already(opens: date) -> None:
    for region in ("市", "区"):
        assert after(asked(evidence(figure("辅", 4, region)), add("辅", 6, opens=opens)), "辅")[0] == 10
    assert after(asked(evidence(figure("辅", 4, valid=DAY.isoformat())), add("辅", 6)), "辅")[0] == 10


def test_unsized_and_x_is_x_and_stays_unsized() -> None:
    answer = asked(evidence(figure("品", 2), plant("甲", "辅")), add("辅", 9))
    assert after(answer, "辅") == (9, "present", True) and "unsized" in row(answer, "辅").after.flags


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_said_to_stand_still_stands_beside_it(whole: bool) -> None:
    said = [claim("辅", "present"), *([SURVEY] if whole else [])]
    answer = asked(evidence(figure("品", 2), said), add("辅", 9))
    assert "unsized" in row(answer, "辅").before.flags and "unsized" in row(answer, "辅").after.flags
    assert after(answer, "辅")[::2] == (9, not whole)
    assert [s.rule for s in row(answer, "辅").derivation][:2] == ["supply.present", "supply.assumed"]


def test_several_additions_to_one_node_add_up() -> None:
    answer = asked(evidence(figure("品", 2), claim("辅", "none")), add("辅", 4), add("辅", 6), add("件", 1))
    assert after(answer, "辅")[:2] == (10, "balanced") and after(answer, "件")[0] == 1


def test_its_own_inputs_follow_its_gross_and_become_the_next_bottleneck() -> None:
    found = evidence(figure("品", 4), claim("件", "none"), figure("料", 4), figure("辅", 100))
    answer = asked(found, add("件", 5, 0.8))
    assert after(answer, "件")[:2] == (4, "balanced")
    assert (row(answer, "料").before.demand.used, row(answer, "料").after.demand.used) == (0, 10)
    assert row(answer, "料").after.verdict == "weak"
    assert [(b.node, b.share, b.consumers) for b in answer.bottlenecks_before] == [("件", 0.0, ("品",))]
    assert [(b.node, b.share, b.consumers) for b in answer.bottlenecks] == [("料", 0.4, ("件",))]


def test_a_tie_is_named_and_what_is_unknown_is_not_ranked() -> None:
    tie = asked(evidence(figure("品", 10), figure("件", 1), figure("辅", 5)), add("料", 1))
    assert [(b.node, b.share) for b in tie.bottlenecks] == [("件", 0.1), ("辅", 0.1)]
    assert tie.unranked == ("料",)
    assert [b.node for b in asked(evidence(figure("品", 10), figure("件", 1), figure("辅", 5)), add("件", 1)).bottlenecks] == ["辅"]


def test_a_lower_bound_that_is_enough_is_no_bottleneck_and_not_unknown() -> None:
    found = evidence(figure("品", 2), figure("件", 9), figure("料", 99))
    assert asked(found, add("辅", 9.9)).unranked == ("辅",)
    enough = asked(found, add("辅", 10))
    assert (enough.unranked, enough.bottlenecks) == ((), ())


def test_what_only_a_building_project_needs_is_no_bottleneck() -> None:
    found = evidence(project("项目", "品", 3), step("项目", "started", "2023-03-01"), claim("辅", "none"))
    assert asked(found, add("料", 1)).bottlenecks == ()


def test_a_gap_of_unknown_demand_is_the_tightest() -> None:
    found = evidence(feeds("辅", "品"), figure("品", 2), figure("件", 1), claim("辅", "none"))
    answer = asked(found, add("件", 0.5))
    assert [b.node for b in answer.bottlenecks] == ["辅"] and answer.bottlenecks[0].share == 0


def test_a_variant_fills_its_node_and_is_not_named_beside_it() -> None:
    chain = ("料", "件", "品", "辅", "变型")
    found = evidence(VARIANT, figure("件", 1), claim("料", "none"), chain=chain)
    answer = asked(found, add("变型", 3))
    assert after(answer, "变型")[0] == 3 and after(answer, "料") == (3, "balanced", False)
    assert [b.node for b in answer.bottlenecks_before] == ["料"] and answer.bottlenecks == ()


def test_surplus_created_and_grown() -> None:
    def surplus(size: float, here: float = 9) -> list[tuple[str, float | None, float | None]]:
        answer = asked(evidence(figure("品", 2), figure("辅", here)), add("辅", size))
        return [(s.node, s.amount.value, s.before.value if s.before else None) for s in answer.surplus]
    assert surplus(6) == [] and surplus(7) == [("辅", 6, None)] and surplus(1, 20) == [("辅", 11, 10)]


def test_a_surplus_that_shrinks_is_none_created() -> None:
    assert asked(evidence(figure("料", 99), figure("件", 1), figure("品", 9)), add("件", 1)).surplus == ()


def test_flags_stay_and_a_claim_remains_a_claim() -> None:
    late = [*project("项目", "辅", 4), step("项目", "operating", "2023-03-31", "planned")]
    answer = asked(evidence(figure("品", 2), claim("辅", "none"), claim("辅", "filled"), claim("辅", "wanted"), late),
                   add("辅", 10))
    assert row(answer, "辅").before.flags == row(answer, "辅").after.flags
    assert {"claimed", "wanted", "pipeline", "overdue"} <= set(row(answer, "辅").after.flags)


def test_who_would_make_it_is_not_said() -> None:
    answer = asked(evidence(figure("品", 2), claim("辅", "none")), add("辅", 10))
    assert "single-source" not in row(answer, "辅").after.flags


def test_an_old_figure_that_was_closed_makes_no_conflict() -> None:
    closed = [figure("辅", 9, valid="2022-01-01"), figure("辅", 9, holds=False)]
    answer = asked(evidence(figure("品", 2), closed, claim("辅", "none")), add("辅", 10))
    assert after(answer, "辅")[0] == 10 and "conflict" not in row(answer, "辅").after.flags


def test_what_opens_later_changes_nothing() -> None:
    answer = asked(evidence(figure("品", 2), claim("辅", "none")), add("辅", 10, opens=date(2023, 7, 1)))
    assert not any(r.changed for r in answer.rows) and answer.bottlenecks == answer.bottlenecks_before


def test_every_node_has_a_row_and_only_what_changes_a_derivation() -> None:
    answer = asked(evidence(figure("品", 2), claim("辅", "none")), add("辅", 10, 0.9))
    assert [(r.node, r.changed, bool(r.derivation)) for r in answer.rows] == [
        ("料", False, False), ("件", False, False), ("品", False, False), ("辅", True, True)]
    rules = [s.rule for s in row(answer, "辅").derivation]
    assert rules == ["supply.none", "supply.assumed", "demand", "risk.cut", "risk.stops", "verdict.short"]
    assert row(answer, "辅").derivation[1].en == "assumed #1 10 × 0.9 = 9 kt/a"
    assert ASSUMED not in {s.id for s in answer.sources} and ASSUMED not in str(plain(answer)["sources"])


@pytest.mark.parametrize(("day", "share"), [("2024-06-29", 0.0), ("2024-06-30", 0.5), ("2025-06-29", 0.5), ("2025-06-30", 0.8),
                                            ("2026-06-30", 1.0), ("2040-01-01", 1.0)])
def test_the_ramp_by_full_years_after_opening(day: str, share: float) -> None:
    assert running((0.5, 0.8, 1.0), date(2024, 6, 30), date.fromisoformat(day)) == share


def test_a_year_after_the_29th_of_february() -> None:
    assert running((0.5, 1.0), date(2024, 2, 29), date(2025, 2, 28)) == 0.5
    assert running((0.5, 1.0), date(2024, 2, 29), date(2025, 3, 1)) == 1.0


def test_only_the_ramped_part_counts() -> None:
    answer = asked(evidence(figure("品", 2), claim("辅", "none")), add("辅", 10, share=0.5))
    assert after(answer, "辅")[:2] == (5, "weak")


SIZES = st.floats(0.001, 1e6, allow_nan=False)
HERE = st.lists(st.sampled_from([figure("品", 2), figure("件", 3), figure("料", 4), figure("辅", 5), figure("辅", 5, "区"),
                                 claim("辅", "none"), claim("件", "wanted"), claim("品", "present"), plant("甲", "料", 3), plant("乙", "件"),
                                 SURVEY]),
                unique_by=lambda f: f.id)


@given(HERE, st.sampled_from(["料", "件", "品", "辅"]), SIZES)
def test_supply_is_what_was_and_x_and_the_evidence_stays_as_it_is(here: list[Seen], node: str, size: float) -> None:
    found = evidence(here)
    answer = asked(found, add(node, size))
    rows = GapEngine(found).rows("甲链")
    assert [(r.verdict, r.supply, r.demand) for r in rows] == [(r.before.verdict, r.before.supply, r.before.demand)
                                                                for r in answer.rows]
    for one in answer.rows:
        was = one.before.supply.value if one.before.supply else None
        expected = (was or 0.0) + size if one.node == node else was
        assert (one.after.supply.value if one.after.supply else None) == pytest.approx(expected)
    assert not any(f.source == ASSUMED for facts in found.facts.values() for f in facts)
    assert ASSUMED not in found.regions and supposed(GapEngine(found), ()).facts == found.facts
