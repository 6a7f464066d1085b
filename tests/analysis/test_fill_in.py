"""Which projects count as fill-in or extension, and their share."""

from __future__ import annotations

import pytest

from analysis.fill_in import FillIn, fill_in
from analysis.gaps import GapEngine
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, figure, plant, project, step


def all_chains(*facts: Seen | list[Seen], **investments: float) -> FillIn:
    return fill_in(GapEngine(evidence(*facts)), investments)[-1]


def kind(*facts: Seen | list[Seen]) -> str:
    found = all_chains(*facts)
    return "fill-in" if found.fill_in else "extension" if found.extension else "unknown" if found.unknown else "other"


NEW = project("项目", "件", 4)
OPEN = step("项目", "operating", "2023-05-01")


@pytest.mark.parametrize(("facts", "expected"), [
    ([figure("品", 1), claim("件", "none")], "fill-in"),                      # missing
    ([figure("料", 2), figure("品", 1), claim("件", "none")], "fill-in"),     # broken
    ([figure("品", 2), figure("件", 1)], "fill-in"),                          # weak
    ([figure("料", 2), claim("件", "none")], "extension"),                    # an extension
    ([figure("料", 40), figure("件", 2), figure("品", 1)], "extension"),      # takes what is in surplus
    ([figure("件", 2), figure("品", 1)], "other"), ([], "unknown"),
    ([plant("甲", "件", 2), figure("品", 1)], "unknown"),                     # an open list: it may be short
    ([figure("件", 2), plant("甲", "品")], "unknown")])                       # needed by an unknown amount
def test_what_counts(facts: list[Seen], expected: str) -> None:
    assert kind(NEW, facts) == expected


def test_a_project_that_opened_is_judged_by_what_would_be_there_without_it() -> None:
    stands = [figure("品", 4), figure("料", 8), claim("件", "none")]
    assert kind(NEW, OPEN, stands) == "fill-in"
    assert kind(NEW, OPEN, figure("品", 4), figure("料", 8), figure("件", 5)) == "other"  # 5 without, 9 with it
    assert kind(NEW, OPEN, figure("品", 8), figure("料", 16), figure("件", 5)) == "fill-in"


def test_a_project_makes_no_need_for_itself() -> None:
    both = [*project("项目", "件", 4), *project("项目", "品", 4), step("项目", "started", "2023-03-01")]
    assert kind(both, claim("件", "none"), claim("品", "none"), claim("辅", "none"), claim("料", "none")) == "other"
    other = [*project("别的", "品", 4), step("别的", "started", "2023-03-01")]
    assert "项目" in all_chains(both, other, claim("件", "none"), claim("品", "none")).fill_in


def test_a_whole_counts_once_and_an_ended_one_not() -> None:
    whole = [*project("项目/一", "件", 4), *project("项目/二", "件", 6), fact("PHASE_OF", "项目/一", "项目"),
             fact("PHASE_OF", "项目/二", "项目")]
    ended = [*project("旧", "件", 4), step("旧", "ended", "2023-01-01")]
    found = all_chains(whole, ended, figure("品", 1), claim("件", "none"))
    assert (found.projects, found.fill_in, found.share) == (1, ("项目",), 1.0)


def test_shares_leave_out_the_unknown_and_investment_what_nobody_gave() -> None:
    facts = [NEW, project("乙", "辅", 1), project("丙", "品", 1), figure("品", 1), claim("件", "none")]
    found = all_chains(*facts, 项目=20.0, 丙=60.0, 乙=5.0)
    assert (found.projects, found.fill_in, found.unknown, found.share) == (3, ("项目",), ("乙",), 0.5)
    assert (found.known, found.investment, found.fill_in_investment, found.extension_investment) == (2, 80, 20, None)
    assert found.investment_share == 0.25
    nothing = all_chains(project("乙", "辅", 1))
    assert (nothing.share, nothing.investment, nothing.investment_share, nothing.known) == (None, None, None, 0)


def test_a_whole_without_a_total_has_that_of_its_phases() -> None:
    whole = [*project("项目/一", "件", 4), *project("项目/二", "件", 6), fact("PHASE_OF", "项目/一", "项目"),
             fact("PHASE_OF", "项目/二", "项目")]
    lacking = [figure("品", 1), claim("件", "none")]
    assert all_chains(whole, lacking, **{"项目/一": 3.0}).investment == 3
    assert all_chains(whole, lacking, **{"项目/一": 3.0, "项目": 10.0}).investment == 10


def test_a_line_a_chain_that_has_projects() -> None:
    assert [(f.chain, f.projects) for f in fill_in(GapEngine(evidence(NEW)), {})] == [("甲链", 1), (None, 1)]
    assert [f.chain for f in fill_in(GapEngine(evidence()), {})] == []
