"""Grades and the order of target firms: the first rule that holds, what lowers it, each key of the order by itself. Names invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.cited import Cited
from analysis.parts import Amount
from analysis.targets import ORDER, Target, Wanted, graded, ordered
from graph.grading import RULES, Rule

DAY = date(2023, 1, 1)
NODES = (Wanted("件", "甲链", "missing", 2, Amount(10.0, "GW")), Wanted("料", "甲链", "missing", 1, None),
         Wanted("器", "甲链", "unknown", None, None), Wanted("品", "甲链", "unknown", None, None))


def cited(kind: str, day: date = DAY, source: str = "S") -> Cited:
    return Cited(kind, kind, kind, source, DAY, day, kind)


def target(firm: str, *evidence: Cited, grade: str = "B", node: str = "件", capacity: Amount | None = None,
           against: tuple[Cited, ...] = ()) -> Target:
    return Target(firm, node, grade, ("", ""), evidence, against, (), (), capacity, None, None, (), firm)


A, B = target("甲厂", cited("makes")), target("乙厂", cited("makes"))
"""Of two that are alike 乙厂 goes before 甲厂: each case below turns that."""


@pytest.mark.parametrize("first", [
    pytest.param(replace(A, grade="A"), id="grade"),
    pytest.param(replace(A, node="料"), id=ORDER[0][1]),
    pytest.param(replace(A, capacity=Amount(0.5, "GW")), id=ORDER[1][1]),
    pytest.param(replace(A, evidence=(*A.evidence, cited("tie"))), id=ORDER[2][1]),
    pytest.param(replace(A, evidence=(cited("makes", date(2023, 1, 2)),)), id=ORDER[3][1])])
def test_each_key_of_the_order_counts(first: Target) -> None:
    assert [r.firm for r in ordered((B, first), NODES)] == [r.firm for r in ordered((first, B), NODES)] == ["甲厂", "乙厂"]
    assert [r.firm for r in ordered((A, B), NODES)] == ["乙厂", "甲厂"]


def test_a_key_counts_before_all_later_ones() -> None:
    """Rank of the gap, size, ties, day: each is best where the next are worst."""
    late = cited("makes", date(2023, 9, 1))
    by_day, by_ties = target("丁", late), target("丙", cited("makes"), cited("tie"))
    by_size = target("乙", cited("makes"), capacity=Amount(1.0, "GW"))
    by_gap, by_grade = target("甲", cited("makes"), node="料"), target("戊", cited("makes"), grade="A", node="品")
    assert [r.firm for r in ordered((by_day, by_ties, by_size, by_gap, by_grade), NODES)] == ["戊", "甲", "乙", "丙", "丁"]


def test_size_is_held_against_the_gap_and_unknown_is_last() -> None:
    """Of a gap without a size the capacity counts itself; of a unit that is another the two are not divided."""
    rows = (target("丙"), *(target(firm, capacity=Amount(size, "GW")) for firm, size in (("乙", 5.0), ("甲", 6.0), ("丁", 0.0))))
    assert [r.firm for r in ordered(rows, NODES)] == ["甲", "乙", "丁", "丙"]


def test_of_what_nobody_ranked_the_order_of_the_nodes_counts() -> None:
    assert [r.node for r in ordered((target("甲", node="品"), target("甲", node="器"), target("甲")), NODES)] == ["件", "器", "品"]


def test_kinds_of_ties_count_once_each_and_an_inferred_day_is_none() -> None:
    twice = target("甲", cited("tie"), replace(cited("tie"), fact="x"))
    both = target("乙", cited("tie"), cited("parent"))
    assert [r.firm for r in ordered((twice, both), NODES)] == ["乙", "甲"]
    guessed = target("丙", cited("adjacent", date(2024, 1, 1), ""))
    assert [r.firm for r in ordered((guessed, target("丁", cited("adjacent"))), NODES)] == ["丁", "丙"]


@pytest.mark.parametrize(("kinds", "against", "grade", "raised"), [
    (("makes", "expands", "supplies"), (), "A", []), (("makes", "expands", "supplies"), ("stopped",), "B", ["相反依据有了解释或不再成立"]),
    (("makes", "parent"), (), "B", ["为 A 还缺: 近期在外地扩产"]), (("makes", "parent"), ("cancelled",), "C", None), (("makes",), (), "C", None),
    (("adjacent",), (), "C", None), (("adjacent",), ("stopped",), "watch", None), ((), (), "watch", None), ((), ("stopped",), "watch", None)])
def test_the_shipped_rules(kinds: tuple[str, ...], against: tuple[str, ...], grade: str, raised: list[str] | None) -> None:
    found = graded(target("甲", *map(cited, kinds), against=tuple(map(cited, against))), RULES)
    assert found.grade == grade and ("降为" in found.rule[0]) == bool(kinds and against)
    assert raised is None or [zh for zh, _ in found.would_raise] == raised


def test_what_would_raise_it_is_the_nearest_better_rule() -> None:
    rules = (Rule("A", ("makes", "expands", "tie")), Rule("A", ("makes",), ("tie", "parent")), Rule("watch"))
    assert [zh for zh, _ in graded(target("甲", cited("makes")), rules).would_raise] == ["为 A 还缺: 以下任一: 有渠道联系、驻地企业的总部或同集团"]
    rules = (Rule("A", ("makes",), (), ("stopped",)), Rule("watch"))
    found = graded(target("甲", cited("makes"), against=(cited("stopped"),)), rules)
    assert [zh for zh, _ in found.would_raise][:1] == ["为 A 不能再有: 停产"]
