"""What changed between two moments of a small invented chain: 料 → 件 → 品, with 辅 beside."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.changes import CHANGES, changes, nodes_of, of_nodes, of_projects
from analysis.gaps import GapEngine
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, figure, project, step

Given = Seen | list[Seen]
BASE: list[Given] = [figure("品", 1), claim("件", "none")]


def taken(*facts: Given, as_of: date = date(2023, 6, 30)) -> dict[tuple[str, str, str], str]:
    engine = GapEngine(evidence(*facts, as_of=as_of))
    return of_nodes(engine.rows("甲链")) | of_projects(engine, "甲链")


def told(before: list[Given], after: list[Given]) -> list[tuple[str, str, str, str]]:
    one, two = taken(*before), taken(*after)
    return [(kind, key[1], one.get(key, ""), two.get(key, "")) for key, kind in changes(one, two)]


def test_nothing_changed() -> None:
    assert told(BASE, BASE) == []


def test_a_gap_that_closed_and_its_supply() -> None:
    found = told(BASE, [*BASE, figure("件", 1, valid="2023-05-01")])
    assert ("closed", "件", "missing", "balanced") in found and ("supply", "件", "0 GW", "1 GW") in found


def test_a_gap_that_appeared_says_of_its_supply_nothing_more() -> None:
    found = told([figure("品", 1)], BASE)
    assert found == [("opened", "件", "unknown", "missing")]


def test_between_verdicts_that_are_no_gaps() -> None:
    assert told([figure("料", 1.2), figure("件", 1)], [figure("料", 2), figure("件", 1)])[0] == ("verdict", "料", "short", "balanced")


def test_flags_set_and_lifted() -> None:
    found = told([*BASE, claim("件", "filled")], [*BASE, claim("件", "wanted")])
    assert ("flag", "件", "claimed", "") in found and ("flag", "件", "", "wanted") in found


def test_goals() -> None:
    def goal(value: float, year: int) -> Seen:
        return fact("AIMS", "市", "料", due=date(year, 12, 31), scope="", value=value, unit="kt/a")
    assert told([], [goal(5, 2023)]) == [("goal", "料", "", "5 kt/a (2023-12-31)")]
    assert told([goal(5, 2023)], [goal(5, 2024)]) == [("goal", "料", "5 kt/a (2023-12-31)", "5 kt/a (2024-12-31)")]


def due(day: str, valid: str = "2023-01-01") -> Seen:
    return step("项目", "operating", day, "planned", valid=valid)


P = project("项目", "料", 4)


@pytest.mark.parametrize(("before", "after", "expected"), [
    ([], [P], ("new", "项目", "", "在谈")),
    ([P], [], ("gone", "项目", "在谈", "")),
    ([P], [P, step("项目", "signed", "2023-02-01")], ("stage", "项目", "在谈", "签约")),
    ([P, step("项目", "signed", "2023-02-01")], [P, step("项目", "signed", "2023-02-01"), step("项目", "started", "2023-03-01")],
     ("stage", "项目", "签约", "在建")),
    ([P], [P, step("项目", "ended", "2023-02-01")], ("stage", "项目", "在谈", "ended")),
    ([P], [P, step("项目", "stalled", "2023-02-01")], ("stalled", "项目", "", "stalled")),
    ([P], [P, due("2024-03-31")], ("dated", "项目", "", "2024-03-31")),
    ([P, due("2024-03-31")], [P, due("2024-03-31"), due("2024-06-30", "2023-05-01")], ("slipped", "项目", "2024-03-31", "2024-06-30")),
    ([P, due("2024-03-31")], [P, due("2024-03-31"), due("2024-01-31", "2023-05-01")], ("advanced", "项目", "2024-03-31", "2024-01-31")),
    ([P], [project("项目", "料", 9)], ("size", "项目", "4 kt/a", "9 kt/a")),
    ([P], [P, step("项目", "eia", "2023-02-01")],
     ("permit", "项目", "filed、eia、energy、land、planning", "filed、energy、land、planning")),
])
def test_projects(before: list[Given], after: list[Given], expected: tuple[str, str, str, str]) -> None:
    assert [row for row in told(before, after) if row[1] == "项目"] == [expected]


def test_an_opening_says_it_all_for_the_project() -> None:
    opened = [P, due("2024-03-31"), step("项目", "operating", "2023-02-01")]
    found = told([P, due("2024-03-31")], opened)
    assert [row for row in found if row[1] == "项目"] == [("stage", "项目", "在谈", "投产")]


def test_phases_of_a_project_that_was_listed_before_are_no_new_projects() -> None:
    phases = [*P, *project("项目/一", "料", 2), fact("PHASE_OF", "项目/一", "项目")]
    assert [(kind, name) for kind, name, _, _ in told([P], phases) if kind != "flag"] == [("phase", "项目/一"), ("phased", "项目")]


def test_the_nodes_of_a_change() -> None:
    state = taken(P, *project("项目", "件", 1))
    assert nodes_of(("project", "项目", "stage"), state) == ("件", "料") and nodes_of(("node", "料", "supply"), state) == ("料",)


def test_every_kind_has_both_languages_once() -> None:
    assert all(zh and en for zh, en in CHANGES.values()) and len(set(CHANGES.values())) == len(CHANGES)
