"""A change applied comes to the graph it was made for, on each engine; and what lies on the disk meanwhile."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph import embedded_changes
from graph.change import Change, Gone, Placed, worth_applying
from graph.errors import ModelError, StaleStore, StoreError
from graph.facts import Fact, Graph, Node
from graph.model import EDGES, VERSION
from graph.store import Marker, changes, open_store, sidecar
from graph.whole import whole
from tests.graphs import graphs, plain

DAY = date(2024, 1, 1)


def marker(material: str) -> Marker:
    return Marker("w", VERSION, material)


def between(fact: Fact) -> tuple[str, ...]:
    return fact.edge, fact.start_label, fact.start, fact.end_label, fact.end


def difference(one: Graph, other: Graph) -> Change:
    """By the plainest means: every id and value compared."""
    before = {(n.label, n.id): n for n in one.nodes}, {f.id: f for f in one.facts}
    after = {(n.label, n.id): n for n in other.nodes}, {f.id: f for f in other.facts}
    had, has = (Counter(map(between, graph.facts)) for graph in (one, other))
    placed = {id: Placed(fact, has[between(fact)] == 1) for id, fact in after[1].items()}
    moved = [p for id, p in placed.items() if id in before[1]
             and (p.fact != before[1][id] or p.sole != (had[between(p.fact)] == 1))]
    return Change(tuple(n for key, n in after[0].items() if before[0].get(key) != n), tuple(before[0].keys() - after[0].keys()),
                  tuple(p for id, p in placed.items() if id not in before[1]), tuple(moved),
                  tuple(Gone(f.edge, f.start_label, f.start, f.end_label, f.end, id) for id, f in before[1].items() if id not in after[1]))


def content(address: str) -> tuple[Graph, dict[str, bool]]:
    with open_store(address) as store:
        soles = {row["id"]: row["sole"] for edge in EDGES
                 for row in store.read(f"MATCH ()-[e:{edge.name}]->() RETURN e.id AS id, e.sole AS sole", {})}
        return whole(store), soles


def filled(address: str, graph: Graph) -> None:
    with open_store(address, create=True) as store:
        store.replace(graph, marker("0"))


def apply(address: str, change: Change, material: str, over: str) -> None:
    with open_store(address) as store:
        store.apply(change, marker(material), None, over)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(graphs(), min_size=2, max_size=4))
def test_change_after_change_is_the_graph(address: str, versions: list[Graph]) -> None:
    filled(address, versions[0])
    for number, (before, after) in enumerate(pairwise(versions)):
        apply(address, difference(before, after), str(number + 1), str(number))
        stored, soles = content(address)
        assert stored == plain(after)
        between_ends = Counter(map(between, after.facts))
        assert soles == {f.id: between_ends[between(f)] == 1 for f in after.facts}
        with open_store(address) as store:
            found = store.marker()
            assert found and found.material == str(number + 1)


def test_only_over_the_graph_that_it_starts_from(address: str) -> None:
    filled(address, firm(1))
    with pytest.raises(StoreError):  # StaleStore, or on a server which material it is of
        apply(address, difference(firm(1), firm(2)), "2", "another")
    assert content(address)[0] == plain(firm(1))


def test_what_is_not_in_the_model_changes_nothing(address: str) -> None:
    filled(address, firm(1))
    with pytest.raises(ModelError):
        apply(address, Change(nodes=(Node("Firm", "x", "x"), Node("Bank", "y", "y"))), "2", "0")
    with open_store(address, create=True) as store:
        store.replace(firm(1), marker("0"))  # a server may have begun
    assert content(address)[0] == plain(firm(1))


def firm(size: int) -> Graph:
    """Firms that make one thing each, ``size`` of them; invented."""
    made = Fact("MAKES", "Firm", "f0", "ChainNode", "n", {"region": "r", "plant": "", "product": "", "capacity": float(size), "unit": "",
                                                          "yield_rate": None, "state": "operating", "since": None}, "s", "c", DAY, DAY, 5)
    nodes = (Node("ChainNode", "n", "n"), *(Node("Firm", f"f{number}", f"厂{number}") for number in range(size)))
    return Graph(nodes, tuple(replace(made, start=f"f{number}") for number in range(size)))


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.lbug"
    filled(str(path), firm(3))
    return path


def test_the_file_stays_and_a_log_grows_beside_it(graph: Path) -> None:
    before = graph.read_bytes()
    apply(str(graph), difference(firm(3), firm(4)), "1", "0")
    assert graph.read_bytes() == before and changes(graph).stat().st_size
    with open_store(graph) as store:
        assert store.about()["bytes"] == graph.stat().st_size + changes(graph).stat().st_size
        store.backup(graph.with_name("copy.lbug"))
    assert content(str(graph.with_name("copy.lbug")))[0] == plain(firm(4))


def test_a_long_log_is_taken_into_the_file(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_changes, "LONGEST", 0)
    apply(str(graph), difference(firm(3), firm(4)), "1", "0")
    assert not changes(graph).exists()
    assert content(str(graph))[0] == plain(firm(4))


def test_a_new_graph_takes_the_log_away(graph: Path) -> None:
    apply(str(graph), difference(firm(3), firm(4)), "1", "0")
    filled(str(graph), firm(2))
    assert not changes(graph).exists()
    assert content(str(graph))[0] == plain(firm(2))


def test_an_open_store_keeps_its_graph(graph: Path) -> None:
    with open_store(graph) as asked:
        apply(str(graph), difference(firm(3), firm(4)), "1", "0")
        assert whole(asked) == plain(firm(4)), "this process asks anew"


def _log(path: Path) -> Path:
    return changes(path)


@pytest.mark.parametrize("which", [_log, sidecar])
def test_a_log_that_was_changed_is_noticed(graph: Path, which: Callable[[Path], Path]) -> None:
    apply(str(graph), difference(firm(3), firm(4)), "1", "0")
    apply(str(graph), difference(firm(4), firm(5)), "2", "1")
    path = which(graph)
    path.write_bytes(path.read_bytes().replace(b"1", b"2") if which is sidecar else path.read_bytes()[:-1] + b"?")
    with pytest.raises(StaleStore):
        open_store(graph)


@pytest.mark.parametrize("done", [1, 2])
def test_between_the_two_renames_the_old_or_the_new_answers(graph: Path, monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    """A kill after the sidecar, of a change and of a new graph over a changed one."""
    apply(str(graph), difference(firm(3), firm(4)), "1", "0")
    left, real = [done], os.replace

    def stopped(source: str, target: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        real(source, target)

    steps: tuple[tuple[Callable[[], None], Graph], ...] = (
        (partial(apply, str(graph), difference(firm(4), firm(5)), "2", "1"), firm(5)), (partial(filled, str(graph), firm(2)), firm(2)))
    for work, after in steps:
        before, left[0] = content(str(graph))[0], done
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", stopped)
            if done == 1:
                with pytest.raises(KeyboardInterrupt):
                    work()
            else:
                work()
        assert content(str(graph))[0] == (before if done == 1 else plain(after))
        if done == 1:
            work()


def test_a_change_is_applied_where_that_is_quicker() -> None:
    assert worth_applying(difference(firm(3), firm(4)), 10)
    assert not worth_applying(difference(firm(0), firm(900)), 1800)
