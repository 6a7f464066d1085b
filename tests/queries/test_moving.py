"""What was fetched once is not fetched again, whatever the day; what was not fetched yet is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.facts import Fact, Graph, Node
from graph.model import VERSION
from graph.store import Marker, Store, open_store
from queries.asking import Asked, Reader
from queries.moving import Memory

LAST = date(2023, 12, 31)
EARLY, LATE = date(2023, 1, 1), date(2023, 6, 1)
NODES = (Node("ChainNode", "料", "料"), Node("ChainNode", "件", "件"), Node("Firm", "甲", "甲"), Node("Region", "市", "市"),
         Node("Region", "区", "区"))


def plant(node: str, region: str, day: date) -> Fact:
    own = {"plant": "", "product": "", "capacity": 1.0, "unit": "kt/a", "yield_rate": None, "since": None, "state": "operating"}
    return Fact("MAKES", "Firm", "甲", "ChainNode", node, {"region": region, **own}, "S", "c", day, day, 5)


FACTS = (plant("料", "市", EARLY), plant("料", "区", LATE), plant("件", "市", LATE))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(str(tmp_path / "graph.lbug"), create=True)
    made.replace(Graph(NODES, FACTS), Marker("w", VERSION, "m"))
    return made


@pytest.fixture
def reads(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    read = type(store).read

    def counted(self: Store, text: str, *more: Any, **named: Any) -> Any:
        asked.append(text)
        return read(self, text, *more, **named)
    monkeypatch.setattr(type(store), "read", counted)
    return asked


def makes(reader: Reader, nodes: str, *regions: str) -> list[tuple[str, str]]:
    return [(f.end, f["region"]) for f in reader.seen("makes", "MAKES", nodes=list(nodes), regions=list(regions))]


def test_a_day_is_picked_out_of_what_was_fetched(store: Store, reads: list[str]) -> None:
    memory = Memory(store, Asked("市", LAST, LAST))
    assert sorted(makes(memory.at(LAST, LAST), "料件", "市", "区")) == [("件", "市"), ("料", "区"), ("料", "市")]
    assert makes(memory.at(EARLY, LAST), "料件", "市", "区") == [("料", "市")] == makes(memory.at(LAST, EARLY), "料件", "市", "区")
    assert makes(memory.at(LAST, LAST), "件", "市", "区") == [("件", "市")]
    assert sorted(makes(memory.at(LAST, LAST), "料件", "市")) == [("件", "市"), ("料", "市")]
    assert len(reads) == 1


def test_what_was_not_fetched_yet_is_fetched_with_all_before(store: Store, reads: list[str]) -> None:
    memory = Memory(store, Asked("市", LAST, LAST))
    assert makes(memory.at(LAST, LAST), "料", "市") == [("料", "市")]
    assert makes(memory.at(LAST, LAST), "料", "区") == [("料", "区")] and len(reads) == 2
    assert makes(memory.at(LAST, LAST), "料", "市") == [("料", "市")] and len(reads) == 2
    assert len(memory.facts()) == 2


def test_as_if_a_fact_had_not_been_stated(store: Store) -> None:
    memory = Memory(store, Asked("市", LAST, LAST))
    gone = frozenset({FACTS[0].id})
    assert makes(memory.at(LAST, LAST, gone), "料", "市") == [] != makes(memory.at(LAST, LAST), "料", "市")


def test_names_are_kept_too(store: Store, reads: list[str]) -> None:
    reader = Memory(store, Asked("市", LAST, LAST)).at(EARLY, EARLY)
    assert [r["name"] for r in reader.rows("chain_nodes", ids=["件", "料"])] == ["件", "料"]
    assert [r["name"] for r in reader.rows("chain_nodes", ids=["料"])] == ["料"] and len(reads) == 1
