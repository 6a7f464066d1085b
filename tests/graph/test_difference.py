"""What must change on a server: pure, without one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.difference import BATCH, compared, drop_facts, drop_nodes, present_facts, put_facts, put_nodes, wanted
from graph.errors import StoreError
from graph.facts import Fact, Graph, Node

DAY = date(2024, 1, 1)
FIRMS = (Node("Firm", "a", "甲"), Node("Firm", "b", "乙"))
OWNS = Fact("OWNS", "Firm", "a", "Firm", "b", {"share": 50}, "s", "c", DAY, DAY, 5)

ROWS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), max_size=6)


@given(ROWS, ROWS)
def test_the_difference_makes_the_one_into_the_other(want: dict[str, int], have: dict[str, int]) -> None:
    rows: dict[Any, list[Any]] = {id: [id, value] for id, value in want.items()}
    change = compared(rows, [[id, value] for id, value in have.items()], 0, False)
    after = {id: value for id, value in have.items() if id not in change.gone}
    assert after | {str(id): value for id, value in change.put} == want  # type: ignore[misc]
    assert {row[0] for row in change.put} == {id for id in want if have.get(id) != want[id]}
    assert set(change.gone) == have.keys() - want.keys()


def test_an_edge_between_other_ends_is_dropped_and_made_again() -> None:
    rows: dict[Any, list[Any]] = {"x": ["a", "b", "x", 1]}
    change = compared(rows, [["a", "c", "x", 1]], 2, False)
    assert (change.put, change.gone, change.seen) == ([["a", "b", "x", 1]], ["x"], 1)


def test_an_older_models_rows_are_all_written_again() -> None:
    rows: dict[Any, list[Any]] = {"x": ["x", 1]}
    assert compared(rows, [["x", 1]], 0, True).put == [["x", 1]]
    assert compared(rows, [["x", 1]], 0, False).put == []


def test_numbers_are_kept_as_the_server_keeps_them() -> None:
    rows = wanted(Graph(FIRMS, (OWNS,)))
    [row] = rows.facts["OWNS", ("Firm", "Firm")].values()
    assert row[:4] == ["a", "b", 50.0, OWNS.id] and isinstance(row[2], float)
    assert row[9] == 5 and isinstance(row[9], int)


@pytest.mark.parametrize(("graph", "told"), [
    (Graph((FIRMS[0], FIRMS[0])), "the same id twice"),
    (Graph(FIRMS[:1], (OWNS,)), "no node: OWNS b"),
    (Graph((Node("Firm", "x", "x", (), {"chain_master": "perhaps"}),)), "chain_master = 'perhaps'"),
    (Graph((Node("Project", "x", "x", (), {"total_investment": True}),)), "total_investment"),
    (Graph((Node("Source", "x", "x", (), {"published": "2024-01-01"}),)), "published"),
    (Graph((Node("Firm", "x", "x", (), {"listed": 600000}),)), "listed"),
])
def test_what_a_server_would_take_is_refused_here(graph: Graph, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        wanted(graph)


def test_statements_hold_no_data() -> None:
    hostile = "'}) DETACH DELETE n //"
    row = list(wanted(Graph((Node("Firm", hostile, hostile),))).nodes["Firm"].values())
    steps = [*put_nodes("Firm", row), *drop_nodes("Firm", [hostile]), *drop_facts("OWNS", [hostile]),
             *put_facts("OWNS", ("Firm", "Firm"), list(wanted(Graph(FIRMS, (OWNS,))).facts["OWNS", ("Firm", "Firm")].values()))]
    assert all(hostile not in step.text for step in steps) and hostile not in present_facts("OWNS", ("Firm", "Firm"))
    assert [step.exact for step in steps] == [True, False, False, True]


def test_statements_take_so_many_rows_at_once() -> None:
    assert [len(step.rows) for step in drop_nodes("Firm", [str(n) for n in range(BATCH + 1)])] == [BATCH, 1]


def test_what_has_no_id_goes_by_its_own_statement() -> None:
    texts = [step.text for step in drop_facts("OWNS", [None, "x"])]
    assert len(texts) == 2 and "IS NULL" in texts[1]


@pytest.mark.parametrize("there", [["x", True], ["x", 1], ["x", "1.0"]])
def test_a_value_of_another_type_is_written_again(there: list[Any]) -> None:
    assert compared({"x": ["x", 1.0]}, [there], 0, False).put == [["x", 1.0]]


def test_what_is_there_twice_is_dropped_and_put_once() -> None:
    change = compared({"x": ["x", 1]}, [["x", 1], ["x", 1]], 0, False)
    assert (change.put, change.gone) == ([["x", 1]], ["x"])


@pytest.mark.parametrize("id", [["a"], None, 5, float("nan")])
def test_what_has_no_id_that_could_be_one(id: Any) -> None:
    assert compared({}, [[id, 1]], 0, False).gone == [None]


def test_a_name_that_no_index_takes() -> None:
    with pytest.raises(StoreError, match="too long"):
        wanted(Graph((Node("Firm", "名" * 3000, "名"),)))
