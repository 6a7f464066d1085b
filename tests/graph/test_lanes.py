"""Batches in flight at once: which fly together, and what becomes of them where one fails. Pure, without a server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import difference, lanes
from graph.difference import CLASSES, EVERY, LANES, Step, put_facts, put_nodes, wanted
from graph.facts import Fact, Graph, Node
from graph.lanes import in_lanes

DAY = date(2024, 1, 1)
SHARES = st.frozensets(st.integers(0, CLASSES - 1), max_size=3)


def step(text: str = "a", shares: frozenset[int] = frozenset(), rows: int = 1) -> Step:
    return Step(text, [None] * rows, True, shares)


class Watched:
    """Work that notes what was in the air together, and how far it came."""

    def __init__(self, work: Callable[[Step], None] = lambda step: time.sleep(0.002)) -> None:
        self.work = work
        self.air: dict[int, Step] = {}
        self.together: list[list[Step]] = []
        self.begun: list[Step] = []
        self.lock = threading.Lock()

    def __call__(self, step: Step, lane: int) -> None:
        with self.lock:
            assert lane not in self.air
            self.air[lane] = step
            self.begun.append(step)
            self.together.append(list(self.air.values()))
        try:
            self.work(step)
        finally:
            with self.lock:
                del self.air[lane]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("ab"), SHARES), max_size=12))
def test_only_what_has_nothing_in_common_flies_together(told: list[tuple[str, frozenset[int]]]) -> None:
    steps, work, landed = [step(*one) for one in told], Watched(), list[int]()
    in_lanes(steps, work, landed.append)
    assert sorted(map(id, work.begun)) == sorted(map(id, steps)) and sum(landed) == len(steps)
    for air in work.together:
        assert len(air) <= LANES and len({one.text for one in air}) == 1
        assert sum(len(one.shares) for one in air) == len(frozenset[int]().union(*(one.shares for one in air)))


def test_the_lanes_are_used() -> None:
    meeting = threading.Barrier(LANES, timeout=20)
    in_lanes([step() for _ in range(LANES)], lambda step, lane: meeting.wait() and None, lambda rows: None)


def test_texts_come_in_their_order_and_drops_one_after_another() -> None:
    work = Watched()
    steps = [step("drop", EVERY), step("drop", EVERY), step("put"), step("put"), step("last", EVERY)]
    in_lanes(steps, work, lambda rows: None)
    assert [one.text for one in work.begun] == [one.text for one in steps]
    assert all(len(air) == 1 for air in work.together if air[-1].text != "put")


def test_one_that_fails_stops_the_others() -> None:
    done = list[str]()

    def some(step: Step) -> None:
        if len(step.rows) == 2:
            raise OSError("the line")
        time.sleep(0.1)
        done.append(step.text)

    work = Watched(some)
    with pytest.raises(OSError, match="the line"):
        in_lanes([step(), step(rows=2), *(step() for _ in range(20)), step("after")], work, lambda rows: None)
    assert not work.air and len(done) == len(work.begun) - 1 < 2 * LANES, "what was in the air has landed, no more began"


def test_ctrl_c_stops_them_too() -> None:
    work = Watched()

    def pressed(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_lanes([step() for _ in range(50)], work, pressed)
    assert not work.air and len(work.begun) <= LANES


def test_where_nothing_lands_a_word_comes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "WAIT", 0.01)
    heard = list[int]()
    in_lanes([step(rows=7)], lambda step, lane: time.sleep(0.2), heard.append)
    assert heard[-1] == 7 and heard[0] == 0 and len(heard) > 2


# --- how rows are dealt ---


def facts(pairs: list[tuple[int, int]]) -> list[list[difference.Value]]:
    ids = {id for pair in pairs for id in pair}
    graph = Graph(tuple(Node("Firm", f"f{id}", f"f{id}") for id in ids), tuple(
        Fact("OWNS", "Firm", f"f{a}", "Firm", f"f{b}", {"share": 1.0}, f"s{at}", "c", DAY, DAY, 5)
        for at, (a, b) in enumerate(pairs)))
    return list(wanted(graph).facts["OWNS", ("Firm", "Firm")].values())


@pytest.mark.parametrize("pairs", [[(i, i + 1) for i in range(200)], [(i, 1000) for i in range(200)],
                                   [(1000, i) for i in range(200)]], ids=["a chain", "all to one", "one to all"])
def test_facts_of_one_node_never_fly_together(monkeypatch: pytest.MonkeyPatch, pairs: list[tuple[int, int]]) -> None:
    monkeypatch.setattr(difference, "BATCH", 10)
    rows = facts(pairs)
    steps = list(put_facts("OWNS", ("Firm", "Firm"), rows))
    assert sorted(row[0:2] for one in steps for row in one.rows) == sorted(row[0:2] for row in rows)
    assert all(len(one.rows) <= 10 for one in steps)
    for one in steps:
        for other in steps:
            if not one.shares & other.shares:
                assert not {id for row in one.rows for id in row[:2]} & {id for row in other.rows for id in row[:2]}
    if pairs[0][1] == 1:
        assert any(not one.shares & other.shares for one in steps for other in steps), "some may fly together"


def test_few_facts_are_one_batch_and_nodes_have_nothing_in_common() -> None:
    assert [one.shares for one in put_facts("OWNS", ("Firm", "Firm"), facts([(0, 1), (2, 3)]))] == [EVERY]
    assert [one.shares for one in put_nodes("Firm", [["a", "a"]])] == [frozenset()]
