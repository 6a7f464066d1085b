"""The made-up province of the benchmarks: one gap list, however it is computed.

Embedded and on Neo4j, with plants fetched one by one and added up by the store, in SQL, in Cypher by hand and over
networkx; on any day, for any audience and region ours with added-up plants is ours without.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.answers import GapRow, plain
from analysis.gaps import GapEngine
from benchmarks import peer_cypher, peer_duckdb, peer_networkx, province_files
from benchmarks.gap_province import DAY, PROVINCE, Province, graph
from benchmarks.listing import List, differences
from benchmarks.ours import ours, whole
from graph.errors import LiantuError
from graph.model import VERSION
from graph.settings import Settings
from graph.store import Marker, Store, open_store
from graph.tables import Table, tables
from queries import adding_up, plants
from queries.ask import ask
from queries.asking import Asked, Reader
from queries.catalogue import question
from queries.fetch import evidence

pytestmark = pytest.mark.catalogue
SHAPE = Province(firms=2_000, chains=3, nodes=120, cities=3, counties=4)
CLOCKS = st.dates(date(2022, 6, 1), date(2025, 6, 30))


@pytest.fixture(scope="module")
def store(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = request.getfixturevalue("home") or str(tmp_path_factory.mktemp("province") / "graph.lbug")
    with open_store(home, create=True) as made:
        made.replace(graph(SHAPE), Marker("province", VERSION, "made-up"))
        yield made


@pytest.fixture(scope="module")
def in_sql(tmp_path_factory: pytest.TempPathFactory) -> List:
    folder = tmp_path_factory.mktemp("sql")
    province_files.write(SHAPE, folder)
    with duckdb.connect(str(province_files.sql(folder, SHAPE)), read_only=True) as database:
        return peer_duckdb.gaps(database)


@pytest.mark.parametrize("many", [0, 10**9], ids=["added-up", "one-by-one"])
def test_the_list_is_that_of_sql(store: Store, in_sql: List, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plants, "MANY", many)
    assert differences(ours(store, SHAPE), in_sql) == []
    assert differences(whole(store, SHAPE), in_sql) == []


def test_every_verdict_occurs(in_sql: List) -> None:
    found = Counter(verdict for verdict, *_ in in_sql.values())
    assert set(found) == {"unknown", "broken", "missing", "extension", "absent", "weak", "short", "balanced", "surplus", "present"}


def test_the_list_is_that_of_networkx(in_sql: List) -> None:
    assert differences(peer_networkx.gaps(peer_networkx.build(SHAPE.tables())), in_sql) == []


def test_the_list_is_that_of_cypher_by_hand(in_sql: List, store: Store, engine: str, request: pytest.FixtureRequest) -> None:
    if engine == "neo4j":
        assert differences(peer_cypher.gaps(request.getfixturevalue("database")), in_sql) == []


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """With two families of variants, and a figure in another unit; of one node all is stated again later, of another most."""
    province = graph(SHAPE)
    variants = [next(f for f in province.facts if f.edge == "PART_OF" and f.start == node) for node in ("环节00003", "环节00004")]
    more = tuple(replace(f, edge="VARIANT_OF", end_label="ChainNode", end="环节00001", properties={}, stated="") for f in variants)
    made = [f for f in province.facts if f.edge == "MAKES" and f.end in ("环节00017", "环节00020")]
    more += tuple(replace(f, cell=f"{f.cell},again", stated="", valid_from=max(f.valid_from, date(2024, 2, 1)),
                          properties={**f.properties, "capacity": at % 7}) for at, f in enumerate(made) if f.end == "环节00017" or at % 5)
    with open_store(tmp_path_factory.mktemp("added") / "graph.lbug", create=True) as added:
        added.replace(replace(province, facts=province.facts + more), Marker("province", VERSION, "made-up"))
        yield added


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(as_of=CLOCKS, known_by=CLOCKS, audience=st.sampled_from(["公开", "内部"]), region=st.sampled_from([PROVINCE, "00市", "01市03县"]),
       few=st.sampled_from([1, 2, 100]), named=st.sampled_from([0, 3, 500]), at_once=st.sampled_from([2, 300]))
def test_adding_up_changes_no_row(embedded: Store, as_of: date, known_by: date, audience: str, region: str,
                                  few: int, named: int, at_once: int) -> None:
    asked = Asked(region, as_of, known_by, audience)
    with pytest.MonkeyPatch.context() as patch:
        for room, name, value in ((adding_up, "FEW", few), (adding_up, "NAMED", named), (plants, "AT_ONCE", at_once)):
            patch.setattr(room, name, value)
        lists = []
        for many in (10**9, 0):
            patch.setattr(plants, "MANY", many)
            lists.append(rows(embedded, asked))
    assert len(lists[0]) == len(lists[1]) > 300
    for one, other in zip(*lists, strict=True):
        assert same(told(one), told(other)), (told(one), told(other))


def test_what_one_may_not_see_changes_no_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plant that only the task team knows of, or that is known of only later, stands beside one that is added up."""
    monkeypatch.setattr(plants, "MANY", 0)
    province = graph(SHAPE)
    made = [f for f in province.facts if f.edge == "MAKES" and f.audience == "公开" and f.known_from <= DAY][:200]
    more = tuple(replace(f, cell=f"{f.cell},more", stated="", properties={**f.properties, "plant": "二期", "capacity": 1e6},
                         **({"audience": "专班"} if at % 2 else {"valid_from": date(2026, 1, 1), "known_from": date(2026, 1, 1)}))
                 for at, f in enumerate(made))
    answers = []
    for name, facts in (("without", province.facts), ("with", province.facts + more)):
        with open_store(tmp_path / f"{name}.lbug", create=True) as store:
            store.replace(replace(province, facts=facts), Marker("province", VERSION, "made-up"))
            answers.append([plain(row) for row in rows(store, Asked(PROVINCE, DAY, DAY))])
    for one, other in zip(*answers, strict=True):
        (words, numbers), (others, figures) = said(one), said(other)
        assert words == others
        assert all(isclose(a, b, rel_tol=1e-3) for a, b in zip(numbers, figures, strict=True))


def said(row: dict[str, Any]) -> tuple[str, list[float]]:
    """Its words, and the numbers in them: a sum that is added up in another order has other last digits."""
    text, number = json.dumps(row, ensure_ascii=False), re.compile(r"\d+\.\d+(?:e[+-]\d+)?|\d+(?=[ ,}\]%])")
    return number.sub("#", text), [float(found) for found in number.findall(text)]


def test_the_marks_of_the_made_up_rows_are_those_of_the_graph() -> None:
    def marks(found: Iterable[Table]) -> dict[tuple[str, Any], dict[Any, Any]]:
        place = {t.name: 2 + [one.name for one in t.columns].index("id") for t in SHAPE.tables() if t.ends}
        return {(t.name, t.ends): {row[place[t.name]]: row[-1] for row in t.rows} for t in found if t.ends}
    want = marks(tables(graph(SHAPE)))
    assert marks(SHAPE.tables()) == want and set(want["MAKES", ("Firm", "ChainNode")].values()) == {True, False}


def test_how_many_plants_counts_as_far_as_it_matters() -> None:
    assert f"LIMIT {plants.MANY + 1}\n" in question("how_many_plants").text


def test_what_was_added_up_is_said(embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plants, "MANY", 0)
    steps = [s.en for row in rows(embedded, Asked(PROVINCE, DAY, DAY)) for s in row.derivation if s.rule == "supply.plant"]
    assert any("firms of 省 add up to (each: liantu query makes -p nodes=环节" in step for step in steps)


def test_plants_without_a_size_that_are_added_up_are_told_to_whom_asks(embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plants, "MANY", 10**9)
    asked, city = Asked("00市", DAY, DAY), Settings("w", PROVINCE)
    assert not any("stand in sums" in en for _, en in ask(embedded, city, None, asked).notes)
    monkeypatch.setattr(plants, "MANY", 0)
    [blank] = [en for _, en in ask(embedded, city, None, asked).notes if "stand in sums" in en]
    assert int(blank.split()[0]) > 20


def test_where_one_question_fails_no_other_begins(embedded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plants, "MANY", 0)
    monkeypatch.setattr(plants, "AT_ONCE", 1)
    read, begun = embedded.read, list[str]()

    def fails(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        begun.append(text)
        if text == question("nodes_of_firms").text:
            raise LiantuError("broken")
        return read(text, parameters)

    monkeypatch.setattr(embedded, "read", fails)
    with pytest.raises(LiantuError, match="broken"):
        rows(embedded, Asked(PROVINCE, DAY, DAY))
    assert begun.count(question("plants_to_judge").text) < len(SHAPE.spots) / 2


def rows(store: Store, asked: Asked) -> list[GapRow]:
    engine = GapEngine(evidence(Reader(store, asked), Settings("w", PROVINCE), list(SHAPE.chain_ids)))
    return [row for chain in SHAPE.chain_ids for row in engine.rows(chain)]


def told(row: GapRow) -> dict[str, Any]:
    """All but the plants one by one; who the greatest maker is a sum does not tell."""
    json = plain(row)
    rules = [s.rule for s in row.derivation if not s.rule.startswith(("supply.plant", "supply.within", "supply.later", "supply.outside"))]
    makers = {k: v for k, v in (json["makers"] or {}).items() if k != "top"}
    return {**{k: v for k, v in json.items() if k not in ("derivation", "sources")}, "makers": makers, "rules": rules}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
