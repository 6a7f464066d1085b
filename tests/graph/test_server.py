"""The server store on a real server: whose graph it is, what a load changes, who is told what meanwhile."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph import difference, marking, server_load
from graph.ddl import neo4j_schema
from graph.errors import Changed, Locked, StaleStore, StoreError
from graph.facts import Fact, Graph, Node
from graph.model import EDGES, LABELS
from graph.server import ServerStore
from graph.store import Store, open_store
from graph.whole import whole
from tests.graph.server_graphs import DAY, FIRMS, firms, marker

Cypher = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def store(server: str) -> Iterator[Store]:
    with open_store(server, create=True) as opened:
        yield opened


@pytest.fixture
def cypher(database: neo4j.Driver) -> Cypher:
    """What anybody with the password may do to the database."""
    def run(text: str, **parameters: Any) -> list[dict[str, Any]]:
        return [record.data() for record in database.execute_query(text, parameters).records]  # type: ignore[arg-type]
    return run


@pytest.fixture
def slow_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load in many batches of few rows, as that of a big graph is."""
    monkeypatch.setattr(difference, "BATCH", 3)


def content(url: str) -> Graph:
    with open_store(url) as opened:
        return whole(opened)


# --- whose graph it is ---


def test_a_graph_that_liantu_did_not_write_is_refused_and_untouched(store: Store, server: str, cypher: Cypher) -> None:
    cypher("CREATE (:Firm {id: 'f0', name: 'theirs'})")
    with pytest.raises(StoreError, match=r"1 nodes that .*liantu did not write"):
        store.replace(firms(2), marker())
    assert cypher("MATCH (n) RETURN n.name AS name") == [{"name": "theirs"}]
    with pytest.raises(StaleStore, match="no graph on the server yet"):
        open_store(server)


def test_another_workspaces_graph_is_refused_and_untouched(store: Store) -> None:
    store.replace(firms(2), marker())
    with pytest.raises(StoreError, match="another workspace"):
        store.replace(firms(3), marker(workspace="w2"))
    assert store.read(FIRMS, {}) == [{"firms": 2}]


def test_what_was_loaded_elsewhere_is_not_undone(store: Store) -> None:
    store.replace(firms(2), marker("theirs"))
    with pytest.raises(StoreError, match="perhaps loaded elsewhere"):
        store.replace(firms(3), marker("ours, newer"), over="ours")
    store.replace(firms(3), marker("newer"), over="theirs")
    store.replace(firms(4), marker("forced"), over="")
    assert store.read(FIRMS, {}) == [{"firms": 4}]


# --- the difference ---


def test_only_the_difference_is_written(store: Store, cypher: Cypher) -> None:
    store.replace(firms(9), marker("one"))
    before = {row["id"]: row["at"] for row in cypher("MATCH (n:Firm) RETURN n.id AS id, elementId(n) AS at")}
    cypher("MATCH (n:Firm {id: 'f3'}) SET n.name = 'changed by hand', n.odd = 1")
    cypher("MATCH ()-[r:OWNS]->() WITH r ORDER BY r.id LIMIT 2 DELETE r")
    cypher("MATCH (a:Firm {id: 'f1'}), (b:Firm {id: 'f5'}) CREATE (a)-[:OWNS {id: 'by hand'}]->(b), (a)-[:OWNS]->(b)")
    cypher("CREATE (:Firm {id: 'more'}), (:Firm)")
    fewer = firms(8)
    store.replace(fewer, marker("two"))
    assert content(store.url) == _ordered(fewer)
    after = {row["id"]: row["at"] for row in cypher("MATCH (n:Firm) RETURN n.id AS id, elementId(n) AS at")}
    assert after == {id: at for id, at in before.items() if id != "f8"}, "what stayed was not made again"
    assert cypher("MATCH ()-[r:OWNS]->() RETURN count(*) AS n") == [{"n": 8}]


def _ordered(graph: Graph) -> Graph:
    facts = tuple(replace(f, stated=f.id) for f in sorted(graph.facts, key=lambda f: f.id))
    return Graph(tuple(sorted(graph.nodes, key=lambda n: n.id)), facts)


def test_a_fact_tied_to_other_ends_by_hand_is_mended(store: Store, cypher: Cypher) -> None:
    store.replace(firms(4), marker())
    cypher("MATCH (a)-[r:OWNS]->(b) WITH r ORDER BY r.id LIMIT 1 MATCH (x:Firm {id: 'f0'}) "
           "WITH r, properties(r) AS p, x DELETE r WITH p, x CREATE (x)-[n:OWNS]->(x) SET n = p")
    store.replace(firms(4), marker())
    assert content(store.url) == _ordered(firms(4))


@pytest.mark.parametrize("edit", [
    "MATCH (n:Firm {id: 'f1'}) SET n:Project", "MATCH (n:Firm {id: 'f1'}) SET n:Region:Important",
    "MATCH (m:LiantuMarker) SET m:Firm", "MATCH (n:Firm {id: 'f1'}) SET n.id = ['f1']", "CREATE (:Firm {id: 5}), (:Firm {id: ['a']})",
    "MATCH ()-[r:OWNS]->() SET r.holds = 1", "MATCH ()-[r:OWNS]->() SET r.authority = toFloat(r.authority)",
    "MATCH ()-[r:OWNS]->() SET r.valid_from = datetime()", "MATCH ()-[r:OWNS]->() SET r.share = 'x'",
    "MATCH (a:Firm {id: 'f0'})-[r:OWNS]->(b) WITH r, properties(r) AS p DELETE r WITH p CREATE (:Note)-[n:OWNS]->(:Note) SET n = p",
    "DROP CONSTRAINT Firm_id", "MATCH (n:Firm) SET n.name = null", "MATCH (m:LiantuMarker) SET m.changes = 'x', m.labels = 5",
    "MATCH (m:LiantuMarker) REMOVE m.state, m.changes, m.model", "MATCH (m:LiantuMarker) SET m.beat = 'x', m.pid = 2 ^ 60",
    "MATCH (m:LiantuMarker) SET m.state = 'loading', m.loader = 'x', m.host = $host, m.pid = 9223372036854775807"])
def test_what_somebody_changed_by_hand_is_mended(store: Store, server: str, cypher: Cypher, edit: str) -> None:
    store.replace(firms(4), marker())
    cypher(edit, **({"host": socket.gethostname()} if "$host" in edit else {}))
    store.replace(firms(4), marker())
    assert content(server) == _ordered(firms(4))
    assert cypher("MATCH (n) WHERE n:Firm OR n:Project OR n:Region RETURN count(*) AS n") == [{"n": 4}]
    with open_store(server) as again:
        assert again.marker() == store.marker()


def test_a_constraint_of_our_name_that_is_not_ours(store: Store, cypher: Cypher) -> None:
    store.replace(firms(2), marker())
    cypher("DROP CONSTRAINT Firm_id")
    cypher("CREATE CONSTRAINT Firm_id FOR (n:Other) REQUIRE n.x IS UNIQUE")
    try:
        with pytest.raises(StoreError, match="DROP CONSTRAINT Firm_id"):
            store.replace(firms(3), marker())
    finally:
        cypher("DROP CONSTRAINT Firm_id")
    store.replace(firms(3), marker())


def test_first_loads_at_once_into_a_server_without_our_rules(server: str, cypher: Cypher) -> None:
    for rule in neo4j_schema():
        cypher(f"DROP {rule.split()[1]} {rule.split()[2]} IF EXISTS")

    def load(count: int) -> bool:
        with open_store(server, create=True) as mine:
            try:
                mine.replace(firms(count), marker(str(count)))
            except Locked:
                return False
        return True

    with ThreadPoolExecutor(3) as threads:
        assert any(threads.map(load, (3, 4, 5)))
    with open_store(server) as found:
        told = found.marker()
        assert told is not None and found.read(FIRMS, {}) == [{"firms": int(told.material)}]


def test_a_load_that_was_stopped_before_its_end_does_not_say_that_it_ended(store: Store, server: str,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "alive", lambda mark: False)
    end, other = server_load.ServerLoad._end, []

    def late(self: Any, *arguments: Any) -> None:
        if self.marker.material == "slow" and not other:
            other.append(True)
            with open_store(server, create=True) as quick:
                quick.replace(firms(5), marker("quick"))
        end(self, *arguments)

    monkeypatch.setattr(server_load.ServerLoad, "_end", late)
    with pytest.raises(Locked, match="taken over"):
        store.replace(firms(3), marker("slow"))
    assert content(server) == _ordered(firms(5))
    with open_store(server) as found:
        told = found.marker()
    assert told is not None and told.material == "quick"


def test_readers_never_see_two_graphs_in_one_answer(store: Store, server: str) -> None:
    """A server shows a commit piece by piece: what was read meanwhile is not shown to anybody."""
    shares = "MATCH (:Firm)-[r:OWNS]->(:Firm) RETURN r.share AS share, count(*) AS n ORDER BY r.share"
    store.replace(firms(2000, 0.0), marker("0"))
    done = threading.Event()

    def ask() -> set[int]:
        seen: set[int] = set()
        with open_store(server, create=True) as mine:
            while not done.is_set():
                with suppress(Changed, Locked, StaleStore):
                    rows = mine.read(shares, {})
                    assert len(rows) == 1 and rows[0]["n"] == 2000, rows
                    seen.add(int(rows[0]["share"]))
        return seen

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(ask) for _ in range(2)]
        for share in (1, 2, 3):
            store.replace(firms(2000, float(share)), marker(str(share)))
        done.set()
    assert all(one.result() <= {0, 1, 2, 3} for one in asked)


def test_what_others_keep_beside_it_stays(store: Store, cypher: Cypher) -> None:
    store.replace(firms(2), marker())
    cypher("MATCH (f:Firm {id: 'f0'}) CREATE (:Note {text: 'ask them'})-[:ABOUT]->(f)")
    store.replace(firms(3), marker())
    assert cypher("MATCH (n:Note)-[:ABOUT]->(f) RETURN f.id AS id") == [{"id": "f0"}]


def test_every_id_is_unique_on_the_server(store: Store, cypher: Cypher) -> None:
    store.replace(Graph(), marker())
    rules = {rule["name"]: rule for rule in cypher("SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties")}
    for declared in (*LABELS, *EDGES):
        assert rules[f"{declared.name}_id"]["labelsOrTypes"] == [declared.name]
        assert rules[f"{declared.name}_id"]["properties"] == ["id"]
    there = {rule["name"] for rule in cypher("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE'")}
    assert {rule.split()[2] for rule in neo4j_schema()} <= there


def test_an_older_models_graph_is_migrated_by_a_rebuild(store: Store, server: str, cypher: Cypher) -> None:
    store.replace(firms(3), marker())
    cypher("MATCH (m:LiantuMarker) SET m.model = '0', m.labels = m.labels + ['Oldest', $odd], m.edges = m.edges + ['WAS']",
           odd="X`) DETACH DELETE n //")
    cypher("MATCH (f:Firm {id: 'f0'}) SET f.once = 'x' CREATE (:Oldest {id: 'o'})-[:WAS]->(f), (:Theirs)")
    with pytest.raises(StaleStore, match="written by model 0"):
        open_store(server)
    with pytest.raises(StaleStore, match="liantu rebuild"):
        store.read(FIRMS, {})
    store.replace(firms(3), marker())
    assert cypher("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label") == [
        {"label": "Firm", "n": 3}, {"label": "LiantuMarker", "n": 1}, {"label": "Theirs", "n": 1}]
    assert cypher("MATCH (f:Firm) WHERE f.once IS NOT NULL RETURN f") == []
    assert content(server) == _ordered(firms(3))


# --- while a load runs, and where one broke off ---


def test_readers_are_told_while_a_load_runs(store: Store, server: str, slow_motion: None) -> None:
    store.replace(firms(3), marker("old"))
    told: list[str] = []

    def look(done: int, total: int) -> None:
        if 0 < done < total:
            with pytest.raises(Locked, match=f"{total}.*is being loaded") as caught:
                open_store(server)
            told.append(str(caught.value))
            with open_store(server, create=True) as other:
                assert other.marker() is None
                with pytest.raises(Locked):
                    other.read(FIRMS, {})
                with pytest.raises(Locked, match=f"process {os.getpid()}"):
                    other.replace(firms(5), marker("another"))

    store.replace(firms(9), marker("new"), look)
    assert told and store.read(FIRMS, {}) == [{"firms": 9}]


@pytest.mark.parametrize("step", range(1, 7))
def test_a_load_that_broke_off_is_told_and_finished(store: Store, server: str, slow_motion: None, step: int) -> None:
    store.replace(firms(6, 1.0), marker("old"))
    seen = 0

    def fails(done: int, total: int) -> None:
        nonlocal seen
        seen += 1
        if seen == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.replace(firms(8, 2.0), marker("new"), fails)
    with pytest.raises(StaleStore, match="broke off"):
        open_store(server)
    store.replace(firms(8, 2.0), marker("new"))
    assert content(server) == _ordered(firms(8, 2.0))


def test_after_a_load_that_broke_off_the_old_material_can_be_put_back(store: Store, server: str, slow_motion: None) -> None:
    def fails(done: int, total: int) -> None:
        if done >= 9:
            raise OSError("the disk of the one who loads")

    store.replace(firms(6), marker("old"))
    with pytest.raises(OSError, match="the disk"):
        store.replace(firms(20, 2.0), marker("new"), fails)
    with pytest.raises(StoreError, match="loaded elsewhere"):
        store.replace(firms(6), marker("third"), over="second")
    store.replace(firms(6), marker("old"), over="old")
    assert content(server) == _ordered(firms(6))


KILLED = """
import sys
sys.path[:0] = {path!r}
from graph import difference
from graph.store import open_store
from tests.graph.server_graphs import firms, marker
difference.BATCH = 2
def stop(done, total):
    if done >= 6:
        print("there", flush=True)
        sys.stdin.read()
with open_store(sys.argv[1], create=True) as store:
    store.replace(firms(9, 2.0), marker("new"), stop)
"""


def test_a_load_whose_process_was_killed_is_taken_over_at_once(store: Store, server: str) -> None:
    store.replace(firms(3), marker("old"))
    loading = subprocess.Popen([sys.executable, "-c", KILLED.format(path=[str(Path.cwd()), *sys.path]), server],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert loading.stdout is not None and loading.stdout.readline().strip() == "there"
    with pytest.raises(Locked):
        open_store(server)
    loading.kill()
    loading.communicate()
    with pytest.raises(StaleStore, match=r"broke off"):
        open_store(server)
    assert lanes(store) == difference.LANES
    store.replace(firms(9, 2.0), marker("new"))
    assert content(server) == _ordered(firms(9, 2.0)) and lanes(store) == 0


def lanes(store: Store) -> int:
    """The nodes beside the marker: there are some while a load runs, and where one broke off."""
    assert isinstance(store, ServerStore)
    [row] = store.run(lambda t: t.run("MATCH (l:LiantuMarker) WHERE l.id <> 'marker' RETURN count(l) AS n").data())
    return int(row["n"])


def test_lanes_are_there_while_a_load_runs(store: Store, server: str, slow_motion: None) -> None:
    seen: set[int] = set()
    with open_store(server, create=True) as other:
        store.replace(firms(9), marker(), lambda done, total: seen.add(lanes(other)))
    assert seen == {0, difference.LANES} and lanes(store) == 0


def test_a_lane_that_fails_stops_the_load_which_another_finishes(store: Store, server: str, slow_motion: None,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    apply, calls = server_load.ServerLoad._apply, []

    def fails(self: Any, transaction: neo4j.ManagedTransaction, step: difference.Step) -> None:
        calls.append(step)
        if len(calls) == 5:
            raise ZeroDivisionError("one lane")
        apply(self, transaction, step)

    monkeypatch.setattr(server_load.ServerLoad, "_apply", fails)
    with pytest.raises(ZeroDivisionError, match="one lane"):
        store.replace(firms(60), marker())
    assert len(calls) < 5 + difference.LANES, "the others stopped too"
    with pytest.raises(StaleStore, match="broke off"):
        open_store(server)
    store.replace(firms(60), marker())
    assert content(server) == _ordered(firms(60)) and lanes(store) == 0


def hub(count: int) -> Graph:
    """Everybody is in one place, belongs to one firm, and owns the next one."""
    ring = firms(count)
    nodes = (*ring.nodes, Node("Region", "r", "某市"))
    return Graph(nodes, (*ring.facts, *(fact for i in range(count) for fact in (
        Fact("LOCATED_IN", "Firm", f"f{i}", "Region", "r", {}, "s", "c", DAY, DAY, 5),
        Fact("SUPPLIES", "Firm", f"f{i}", "Firm", "f0", {"node": "x", "product": ""}, "s", "c", DAY, DAY, 5)))))


def test_hubs_cost_no_retries(store: Store, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches at once, and nearly all want the same two nodes: none is undone by another."""
    monkeypatch.setattr(difference, "BATCH", 25)
    apply, tries, steps = server_load.ServerLoad._apply, [], set()

    def counted(self: Any, transaction: neo4j.ManagedTransaction, step: difference.Step) -> None:
        tries.append(step)
        steps.add(id(step))
        apply(self, transaction, step)

    monkeypatch.setattr(server_load.ServerLoad, "_apply", counted)
    store.replace(hub(400), marker())
    found = content(server)
    assert len(found.nodes) == 401 and sorted(f.id for f in found.facts) == sorted(f.id for f in hub(400).facts)
    assert len(tries) == len(steps) > 40, "a batch was tried twice"


def test_a_batch_that_was_undone_at_its_end_comes_again(store: Store, server: str, slow_motion: None,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadlock at the commit, say: it waits for its turn once more, and nothing is doubled."""
    beaten, undone = server_load.ServerLoad._beaten, []

    def again(self: Any, *arguments: Any, **named: Any) -> None:
        beaten(self, *arguments, **named)
        if len(undone) < 2:
            undone.append(True)
            raise neo4j.exceptions.TransientError("deadlock")

    monkeypatch.setattr(server_load.ServerLoad, "_beaten", again)
    store.replace(firms(20), marker())
    assert len(undone) == 2 and content(server) == _ordered(firms(20))


def test_a_load_that_takes_over_waits_for_the_batch_of_another(store: Store, server: str, slow_motion: None,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch in the last lane is written, and not committed, when another load begins: it is not lost from sight."""
    monkeypatch.setattr(marking, "alive", lambda mark: False)
    store.replace(firms(3), marker("old"))
    written, over = threading.Event(), threading.Event()
    apply, batch = server_load.ServerLoad._apply, server_load.ServerLoad._batch

    def slow(self: Any, transaction: neo4j.ManagedTransaction, step: difference.Step) -> None:
        apply(self, transaction, step)
        if self.marker.material == "slow" and "(n:Firm " in step.text and any(row[0] == "f20" for row in step.rows):
            written.set()
            over.wait(2)

    def later(self: Any, *arguments: Any) -> None:
        if self.marker.material == "slow" and written.is_set():
            over.wait(60)
        batch(self, *arguments)

    monkeypatch.setattr(server_load.ServerLoad, "_apply", slow)
    monkeypatch.setattr(server_load.ServerLoad, "_batch", later)
    with open_store(server, create=True) as mine, open_store(server, create=True) as theirs, ThreadPoolExecutor(1) as thread:
        late = thread.submit(mine.replace, firms(30, 2.0), marker("slow"))
        assert written.wait(20)
        theirs.replace(firms(12, 3.0), marker("quick"))
        over.set()
        with pytest.raises(Locked, match="taken over"):
            late.result(60)
    assert content(server) == _ordered(firms(12, 3.0)) and lanes(store) == 0


@pytest.mark.parametrize(("host", "pid", "ago", "free"), [
    ("elsewhere", 1, 0, False), ("elsewhere", 1, marking.SILENT + 1, True), (socket.gethostname(), os.getpid(), 0, True)])
def test_who_holds_the_place_of_a_load(store: Store, cypher: Cypher, host: str, pid: int, ago: int, free: bool) -> None:
    """A load of another machine is believed until it has been silent for a minute; one of this process is known."""
    store.replace(firms(3), marker("old"))
    cypher("MATCH (m:LiantuMarker) SET m.state = 'loading', m.loader = 'x', m.host = $host, m.pid = $pid, "
           "m.beat = timestamp() - $ago, m.since = 'today', m.done = 1, m.total = 2", host=host, pid=pid, ago=ago)
    if free:
        store.replace(firms(4), marker("new"))
        assert store.read(FIRMS, {}) == [{"firms": 4}]
    else:
        with pytest.raises(Locked, match="elsewhere"):
            store.replace(firms(4), marker("new"))


@pytest.mark.parametrize("which", ["m.id = 'marker'", "m.id <> 'marker'"])
def test_a_load_that_lost_its_place_stops(store: Store, cypher: Cypher, slow_motion: None, which: str) -> None:
    """The marker is one that every batch looks at, its lane the one that it holds."""
    def taken(done: int, total: int) -> None:
        if done >= 6:
            cypher(f"MATCH (m:LiantuMarker) WHERE {which} SET m.loader = 'another'")

    with pytest.raises(Locked, match="taken over"):
        store.replace(firms(9), marker(), taken)


def test_a_load_that_was_only_slow_and_not_dead(store: Store, server: str, slow_motion: None,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    """Another takes over, having looked before the slow one wrote once more: it looks again."""
    monkeypatch.setattr(marking, "alive", lambda mark: False)
    store.replace(firms(3), marker("old"))
    begin, taken = server_load.ServerLoad._begin, []

    def late(self: Any, *arguments: Any, **named: Any) -> None:
        if self.marker.material == "quick" and not taken:
            taken.append(True)
            slow.send(None)  # one more batch of the slow load, after the quick one has found its difference
        begin(self, *arguments, **named)

    monkeypatch.setattr(server_load.ServerLoad, "_begin", late)
    with open_store(server, create=True) as mine, open_store(server, create=True) as theirs:
        slow = _stepwise(mine, firms(30, 2.0))
        next(slow)
        theirs.replace(firms(12, 3.0), marker("quick"))
        with pytest.raises(Locked, match="taken over"):
            slow.send(None)
    assert taken and content(server) == _ordered(firms(12, 3.0))


def _stepwise(store: Store, graph: Graph) -> Generator[None, None, None]:
    """A load of which each ``send`` does one batch."""
    assert isinstance(store, ServerStore)
    load = server_load.ServerLoad(store, graph, marker("slow"), None, "")
    before = store.look()
    steps = list(load._steps(before))
    store.run(lambda t: load._begin(t, before), write=True)
    for step in steps:
        load._batch(step, 0)
        yield


def test_two_loads_at_once_end_as_one_of_them(store: Store, server: str) -> None:
    store.replace(firms(3), marker("old"))
    wanted = [firms(40, float(share)) for share in range(4)]

    def load(graph: Graph) -> bool:
        with open_store(server, create=True) as mine:
            try:
                mine.replace(graph, marker(str(graph.facts[0].properties["share"])))
            except Locked:
                return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert any(threads.map(load, wanted))
    found = content(server)
    with open_store(server) as last:
        told = last.marker()
    assert told is not None
    [graph] = [one for one in wanted if str(one.facts[0].properties["share"]) == told.material]
    assert found == _ordered(graph)


def test_an_answer_is_not_made_of_two_graphs(store: Store, server: str) -> None:
    store.replace(firms(3), marker("old"))
    with open_store(server) as reader:
        assert reader.read(FIRMS, {}) == [{"firms": 3}]
        store.replace(firms(5), marker("new"))
        with pytest.raises(Changed, match="ask again"):
            reader.read(FIRMS, {})
        assert reader.read(FIRMS, {}) == [{"firms": 5}]


# --- the rest ---


def test_a_routed_address_and_a_named_database(store: Store, server: str) -> None:
    store.replace(firms(3), marker())
    for url in (server.replace("bolt://", "neo4j://"), f"{server}/neo4j", f"{server}/"):
        with open_store(url) as opened:
            assert opened.read(FIRMS, {}) == [{"firms": 3}]


def test_it_tells_about_itself(store: Store) -> None:
    assert store.about()["state"] == "empty"
    store.replace(firms(3), marker())
    about = store.about()
    assert about["state"] == "ready" and about["database"] == "neo4j" and "community" in about["engine"]
    told = store.marker()
    assert told is not None and told.engine == " ".join(about["engine"].split()[:2])


def test_a_user_that_is_no_administrator_can_load_and_ask(store: Store, server: str, cypher: Cypher, database: neo4j.Driver,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """As docs/neo4j.md has it for the Community edition, which knows no roles."""
    database.execute_query("CREATE OR REPLACE USER liantu SET PASSWORD 'liantu-2024' CHANGE NOT REQUIRED",
                           database_="system")
    monkeypatch.setenv("NEO4J_USER", "liantu")
    monkeypatch.setenv("NEO4J_PASSWORD", "liantu-2024")
    try:
        with open_store(server, create=True) as theirs:
            theirs.replace(firms(2), marker())
            assert theirs.read(FIRMS, {}) == [{"firms": 2}]
    finally:
        database.execute_query("DROP USER liantu", database_="system")


def test_days_and_nodes_in_lists_and_paths_are_plain(store: Store) -> None:
    store.replace(Graph((Node("Source", "s", "s", (), {"published": DAY}), *firms(2).nodes), firms(2).facts), marker())
    [row] = store.read("MATCH (s:Source) RETURN collect(s.published) AS days, {day: s.published} AS inner", {})
    assert row == {"days": [DAY], "inner": {"day": DAY}}
    [row] = store.read("MATCH p = (a:Firm {id: 'f0'})-[:OWNS]->(b:Firm) RETURN nodes(p) AS along", {})
    assert [node["name"] for node in row["along"]] == ["企业0", "企业1"]
