"""One contract for the whole catalogue: head, parameters, columns, the empty graph, the lint."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.cypher_lint import names, problems
from graph.errors import QuestionError
from graph.facts import Graph
from graph.model import VERSION
from graph.store import Marker, Store, open_store
from queries.catalogue import TYPES, Question, bind, every, question

VALUES: dict[str, Any] = {"list": ["x"], "day": date(2024, 1, 1), "text": "x", "number": 1.0}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("empty") / "graph.lbug", create=True)
    store.replace(Graph(), Marker("w", VERSION, "m"))
    return store


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
def test_parameters_bound_are_the_names_in_the_text(asked: Question) -> None:
    assert {p.name for p in asked.parameters} == names(asked.text)
    assert all(p.type in TYPES and p.zh and p.en for p in asked.parameters)


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
def test_both_titles_and_a_key_among_the_columns(asked: Question) -> None:
    assert asked.zh and asked.en and asked.zh != asked.en
    assert set(asked.key) <= {name for name, _ in asked.columns}


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
def test_the_text_is_common_cypher(asked: Question) -> None:
    assert problems(asked.text) == []


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
def test_the_empty_graph_answers(asked: Question, empty: Store) -> None:
    assert asked.ask(empty, **{p.name: VALUES[p.type] for p in asked.parameters}) == []


def test_a_node_that_somebody_drew_without_an_id_is_no_traceback(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty, "read", lambda text, parameters: [{"id": "乙", "name": "乙"}, {"id": None, "name": "无"}])
    assert [row["id"] for row in question("project_names").ask(empty, ids=["乙"])] == [None, "乙"]


def test_facts_are_fetched_with_what_the_clocks_need() -> None:
    for asked in every():
        if "line" in dict(asked.columns):
            assert {"line", "precedence", "authority", "holds"} <= set(dict(asked.columns)), asked.id
            assert "audience IN $audiences" in asked.text and "known_from <= $known_by" in asked.text, asked.id


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(QuestionError, match="makes"):
        question("make")


def test_parameters_from_texts() -> None:
    asked = question("makes")
    bound = bind(asked, {"nodes": "a, b", "as_of": "2023-09-12"}, {"regions": ["r"], "known_by": date(2024, 1, 1),
                                                                     "audiences": ["公开"]})
    assert bound["nodes"] == ["a", "b"] and bound["as_of"] == date(2023, 9, 12)
    for given in ({"as_of": "2023-02-30"}, {"nosuch": "1"}, {}):
        with pytest.raises(QuestionError):
            bind(asked, given, {})


def test_every_file_is_listed() -> None:
    assert {q.id for q in every()} == {p.stem for p in Path("queries").glob("*.cypher")}


def test_rows_come_in_the_order_of_their_key_whatever_the_engine() -> None:
    """UTF-16 puts 𠮷 before ＝, UTF-8 after it."""
    class Odd:
        def read(self, text: str, parameters: object) -> list[dict[str, object]]:
            return [{"id": "𠮷", "name": "甲"}, {"id": "＝", "name": "乙"}]
    assert [row["id"] for row in question("project_names").ask(Odd(), ids=["＝", "𠮷"])] == ["＝", "𠮷"]  # type: ignore[arg-type]
