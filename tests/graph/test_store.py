"""What every store promises, on every engine (``engine`` and ``address`` are fixtures of ``tests/conftest.py``)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ModelError, StaleStore, StoreError
from graph.facts import Fact, Graph, Node
from graph.model import VERSION
from graph.store import Marker, Store, open_store

DAY = date(2024, 1, 1)
SOURCE = Node("Source", "s", "city list", (), {"publisher": "工信局", "published": DAY, "authority": 5})
WAFERS = Node("ChainNode", "wafer", "硅片", ("wafers", "单晶硅片"), {"unit": "GW", "boundary": False})
CITY = Node("Region", "baotou", "包头市")
FIRM = Node("Firm", "f", "弘元", (), {"listed": "", "chain_master": True, "contact": None})
GRAPH = Graph(
    (FIRM, WAFERS, CITY, SOURCE),
    (
        Fact("MAKES", "Firm", "f", "ChainNode", "wafer",
             {"region": "baotou", "plant": "", "capacity": 25.5, "unit": "GW", "yield_rate": None, "since": DAY},
             "s", "list.xlsx 表1 3", DAY, date(2024, 2, 1), 5),
        Fact("AIMS", "Region", "baotou", "ChainNode", "wafer",
             {"due": date(2027, 12, 31), "scope": "", "value": 100, "unit": "GW"}, "s", "c", DAY, DAY, 5),
        Fact("LOCATED_IN", "Firm", "f", "Region", "baotou", {}, "s", "c", DAY, DAY, 5, holds=False),
    ),
)
MARKER = Marker("w1", VERSION, "hash-1")

MAKES = """// a head with $none of the parameters, isn't it
MATCH (f:Firm)-[m:MAKES]->(n:ChainNode {id: $node}) /* and a $comment */
RETURN f.name AS firm, m.capacity AS capacity, m.yield_rate AS rate, m.plant AS plant, m.since AS since,
       m.authority AS authority, m.holds AS holds, m.line AS line, m.precedence AS precedence
ORDER BY f.id"""
FIRMS = "MATCH (f:Firm) RETURN count(*) AS firms"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address, create=True) as opened:
        opened.replace(GRAPH, MARKER)
        yield opened


@pytest.fixture
def blank(address: str) -> Iterator[Store]:
    with open_store(address, create=True) as opened:
        yield opened


def firms(count: int) -> Graph:
    return Graph(tuple(Node("Firm", f"f{i}", f"企业{i}") for i in range(count)))


def test_values_come_back_as_plain_python(store: Store) -> None:
    fact = GRAPH.facts[0]
    assert store.read(MAKES, {"node": "wafer"}) == [{
        "firm": "弘元", "capacity": 25.5, "rate": None, "plant": "", "since": DAY, "authority": 5, "holds": True,
        "line": fact.line, "precedence": fact.precedence}]


def test_sums_and_averages_are_int_and_float(store: Store) -> None:
    [row] = store.read("MATCH (s:Source) RETURN sum(s.authority) AS whole, avg(s.authority) AS mean", {})
    assert [(type(value), value) for value in row.values()] == [(int, 5), (float, 5.0)]


def test_a_node_comes_back_with_what_it_carries(store: Store) -> None:
    [row] = store.read("MATCH (n:Firm|Region {id: $id}) RETURN n AS node", {"id": "f"})
    assert row["node"] == {"id": "f", "name": "弘元", "aliases": "", "listed": "", "chain_master": True}
    path = "MATCH p = (f:Firm)-[:LOCATED_IN]->(r:Region) UNWIND nodes(p) AS n RETURN n.name AS name ORDER BY n.id"
    assert [row["name"] for row in store.read(path, {})] == ["包头市", "弘元"]


def test_empty_and_null_stay_apart(store: Store) -> None:
    [row] = store.read("MATCH (f:Firm) RETURN f.listed AS listed, f.contact AS contact, f.aliases AS aliases", {})
    assert row == {"listed": "", "contact": None, "aliases": ""}


def test_aliases_are_joined(store: Store) -> None:
    assert store.read("MATCH (n:ChainNode) RETURN n.aliases AS aliases", {}) == [{"aliases": "wafers、单晶硅片"}]


@pytest.mark.parametrize("listed", [[], ["公开"], ["公开", "内部"], ("公开",)])
def test_lists_are_bound(store: Store, listed: Any) -> None:
    rows = store.read("MATCH (:Firm)-[m:MAKES]->(:ChainNode) WHERE m.audience IN $seen RETURN m.id AS id", {"seen": listed})
    assert len(rows) == bool(listed)


def test_days_are_bound(store: Store) -> None:
    visible = "MATCH (:Firm)-[m:MAKES]->(:ChainNode) WHERE m.known_from <= $known_by RETURN m.id AS id"
    assert [len(store.read(visible, {"known_by": date(2024, month, 1)})) for month in (1, 2)] == [0, 1]


@pytest.mark.parametrize(("given", "named"), [({}, "node"), ({"node": "wafer", "other": 1}, "other")])
def test_parameters_must_be_the_ones_of_the_text(store: Store, given: dict[str, Any], named: str) -> None:
    with pytest.raises(StoreError, match=named) as caught:
        store.read(MAKES, given)
    assert caught.value.exit_code == 1


@pytest.mark.parametrize("text", [
    "MATCH (f:Firm) SET f.name = 'x'", "CREATE (f:Firm {id: 'x'})", "MATCH (f:Firm) RETURN f.nothing AS x",
    "MATCH (f:Company) RETURN f.id AS x", "MATCH (", "", f"{FIRMS}; {FIRMS}"])
def test_what_an_engine_refuses_is_our_error(store: Store, text: str, engine: str,
                                             request: pytest.FixtureRequest) -> None:
    if engine == "neo4j" and ("nothing" in text or "Company" in text):
        request.applymarker(pytest.mark.xfail(strict=True, raises=pytest.fail.Exception, reason=(
            "a server has no schema to refuse an unknown label or property by; the catalogue's texts meet the embedded one")))
    with pytest.raises(StoreError):
        store.read(text, {})
    assert store.read(FIRMS, {}) == [{"firms": 1}]


def test_replacing_twice_gives_equal_counts(store: Store) -> None:
    counts = "MATCH (a)-[r]->(b) RETURN count(*) AS edges"
    before = store.read(counts, {}) + store.read(FIRMS, {})
    store.replace(GRAPH, MARKER)
    assert store.read(counts, {}) + store.read(FIRMS, {}) == before == [{"edges": 3}, {"firms": 1}]


def test_replace_holds_exactly_the_new_graph(store: Store) -> None:
    store.replace(firms(7), Marker("w1", VERSION, "hash-2"))
    assert store.read(FIRMS, {}) == [{"firms": 7}]
    assert store.read("MATCH (r:Region) RETURN count(*) AS regions", {}) == [{"regions": 0}]


def test_the_empty_graph_answers(store: Store) -> None:
    store.replace(Graph(), MARKER)
    assert store.read(MAKES, {"node": "wafer"}) == []
    assert store.read(FIRMS, {}) == [{"firms": 0}]


def test_the_marker_comes_back_with_the_engine(store: Store, address: str) -> None:
    found = store.marker()
    assert found is not None and (found.workspace, found.model, found.material) == ("w1", VERSION, "hash-1")
    assert found.engine
    store.close()
    with open_store(address) as again:
        assert again.marker() == found


def test_a_store_without_a_graph(address: str) -> None:
    with pytest.raises(StaleStore, match="liantu rebuild"):
        open_store(address)
    with open_store(address, create=True) as empty:
        assert empty.marker() is None
        with pytest.raises(StaleStore):
            empty.read(FIRMS, {})


def test_progress_rises_to_the_whole(address: str) -> None:
    steps: list[tuple[int, int]] = []
    with open_store(address, create=True) as store:
        store.replace(GRAPH, MARKER, lambda done, total: steps.append((done, total)))
    assert steps and steps == sorted(steps) and steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(("graph", "named"), [
    (Graph((Node("Company", "x", "x"),)), "Company"),
    (Graph((Node("Firm", "x", "x", (), {"colour": "red"}),)), "colour"),
    (Graph(GRAPH.nodes, (Fact("LIKES", "Firm", "f", "Firm", "f", {}, "s", "c", DAY, DAY, 5),)), "LIKES"),
    (Graph(GRAPH.nodes, (Fact("OWNS", "Firm", "f", "Region", "baotou", {}, "s", "cell 9", DAY, DAY, 5),)), "cell 9"),
    (Graph(GRAPH.nodes, GRAPH.facts + GRAPH.facts[:1]), "list.xlsx 表1 3"),
])
def test_a_graph_that_is_not_of_the_model_is_refused(store: Store, graph: Graph, named: str) -> None:
    with pytest.raises(ModelError, match=named):
        store.replace(graph, MARKER)
    assert store.read(FIRMS, {}) == [{"firms": 1}]


@pytest.mark.parametrize("graph", [
    Graph((FIRM, FIRM)),  # one id twice
    Graph((FIRM,), GRAPH.facts[:1]),  # an end that is no node
    Graph((Node("Firm", "x", "x", (), {"chain_master": "perhaps"}),)),
], ids=["id twice", "no such end", "no flag"])
def test_a_graph_that_the_engine_refuses_leaves_the_old_one(store: Store, graph: Graph) -> None:
    with pytest.raises(StoreError):
        store.replace(graph, MARKER)
    assert store.read(MAKES, {"node": "wafer"}) != []


HOSTILE = ["O'Brien \"Ltd\"", '"', '""', ",", "a,b", "\\", "\\n", "a\\", "a\nb", "a\r\nb", "\r", "\n", "\t", " a ", "", "NULL",
           "null", "[1,2]", "{a: 1}", "𠮷野家", "👨‍👩‍👧‍👦", "名" * 300, "'; DROP TABLE Firm; //", "$node", "a|b", "﻿bom", "\x00",
           "</script><script>alert(1)</script>", "{file}", "NaN", "=1+1", "‮rtl"]


def test_hostile_names_survive(blank: Store) -> None:
    hub = Node("Firm", "hub", "hub")
    nodes = tuple(Node("Firm", name, name, (), {"contact": name}) for name in HOSTILE)
    facts = tuple(Fact("OWNS", "Firm", "hub", "Firm", name, {}, "s", name, DAY, DAY, 5, text=name) for name in HOSTILE)
    blank.replace(Graph((hub, *nodes), facts), MARKER)
    text = """MATCH (a:Firm {id: 'hub'})-[r:OWNS]->(b:Firm {id: $id})
              RETURN b.name AS name, b.contact AS contact, r.cell AS cell, r.text AS text"""
    for name in HOSTILE:
        assert blank.read(text, {"id": name}) == [dict.fromkeys(("name", "contact", "cell", "text"), name)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"))), max_size=20))
def test_any_text_survives(blank: Store, values: list[str | None]) -> None:
    nodes = tuple(Node("Firm", str(i), "x", (), {"listed": value}) for i, value in enumerate(values))
    blank.replace(Graph(nodes), MARKER)
    rows = blank.read("MATCH (f:Firm) RETURN f.id AS id, f.listed AS listed ORDER BY f.id", {})
    assert {row["id"]: row["listed"] for row in rows} == {str(i): value for i, value in enumerate(values)}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-10**9, 10**9)), max_size=20))
def test_any_number_survives(blank: Store, values: list[float | None]) -> None:
    nodes = tuple(Node("Project", str(i), "x", (), {"total_investment": value}) for i, value in enumerate(values))
    blank.replace(Graph(nodes), MARKER)
    rows = blank.read("MATCH (p:Project) RETURN p.id AS id, p.total_investment AS amount", {})
    assert {row["id"]: row["amount"] for row in rows} == {str(i): value for i, value in enumerate(values)}


def test_a_column_of_nothing_but_null(blank: Store) -> None:
    nodes = tuple(Node("ChainNode", str(i), "x", (), {"unit": None, "boundary": None}) for i in range(3))
    sources = tuple(Node("Source", str(i), "x", (), {"published": None, "authority": None}) for i in range(3))
    blank.replace(Graph(nodes + sources), MARKER)
    assert blank.read("MATCH (n:ChainNode) WHERE n.boundary IS NULL RETURN count(*) AS n", {}) == [{"n": 3}]
    assert blank.read("MATCH (s:Source) WHERE s.published IS NULL RETURN count(*) AS n", {}) == [{"n": 3}]


def test_a_question_that_takes_too_long(store: Store, address: str) -> None:
    store.replace(firms(3000), MARKER)
    slow = "MATCH (a:Firm), (b:Firm), (c:Firm) WHERE a.name + b.name <> c.name RETURN count(*) AS n"
    with open_store(address, timeout=0.05) as hurried, pytest.raises(StoreError, match="too long"):
        hurried.read(slow, {})


def test_a_backup_opens_again(store: Store, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    store.backup(copies)
    with open_store(copies) as again:
        assert again.read(FIRMS, {}) == [{"firms": 1}]
        kept, held = again.marker(), store.marker()
        assert kept and held and replace(kept, engine="") == replace(held, engine="")


@pytest.mark.parametrize("folder", ["it's", "[2024] 招商", "a*b?", "sp ace", "{x}", "back\\slash", "q\"q"])
def test_folders_whose_names_are_patterns_or_quotes(tmp_path: Path, folder: str) -> None:
    if os.name == "nt" and set(folder) & set('*?"\\'):
        pytest.skip("not a file name on Windows")
    (tmp_path / folder).mkdir()
    with open_store(tmp_path / folder, create=True) as store:
        store.replace(firms(2), MARKER)
    with open_store(tmp_path / folder) as again:
        assert again.read(FIRMS, {}) == [{"firms": 2}]


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read(FIRMS, {})


@pytest.fixture
def python() -> Callable[[str], str]:
    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONPATH": os.pathsep.join(p or "." for p in sys.path)})
        return done.stdout.strip()
    return run


def test_the_seam_imports_no_engine_and_nothing_heavy(python: Callable[[str], str]) -> None:
    heavy = "print([m for m in ('ladybug', 'neo4j', 'filelock', 'pint', 'numpy', 'pandas') if m in sys.modules])"
    assert python(f"import sys, graph.store; {heavy}") == "[]"
    assert python(f"import sys, graph.embedded, graph.lock, graph.address; {heavy}") == "['ladybug']"
