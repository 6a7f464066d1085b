"""The hashes of facts in SQL are those of Python, for whatever a fact may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import bulk_ids as ids
from graph.bulk_engine import Engine, engine
from graph.bulk_ids import quoted
from graph.declare import Edge
from graph.facts import Fact
from graph.model import EDGES
from tests.graphs import HOSTILE

TYPES = {"text": "VARCHAR", "number": "DOUBLE", "flag": "BOOLEAN", "day": "DATE"}
WORDS = st.one_of(st.sampled_from([text for text in HOSTILE if text.isprintable() or text in "\n\t\r"]),
                  st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12))
FIGURES = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(
    [0.0, -0.0, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 2.5, 1e22, 1e21]))
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine(tmp_path_factory.mktemp("engine")) as one:
        yield one


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    edge = draw(st.sampled_from(EDGES))
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": WORDS, "number": st.none() | FIGURES, "flag": st.none() | st.booleans(), "day": st.none() | DAYS}
    own = {p.name: draw(kinds[p.type]) for p in edge.properties}
    if edge.planned:
        own[edge.planned] = draw(st.sampled_from(["planned", "actual"]))
    start, end = draw(st.sampled_from(edge.ends))
    return Fact(edge.name, start, draw(WORDS), end, draw(WORDS), own, draw(WORDS), "c", draw(DAYS), draw(DAYS), draw(st.integers(0, 9)),
                holds=draw(st.booleans()), own_source=draw(st.booleans()), own_day=draw(st.booleans()))


def told(sql: Engine, edge: Edge, fact: Fact) -> tuple[str, str, str]:
    """Id, line and precedence of a fact, made by the engine."""
    values: dict[str, tuple[str, Any]] = {
        "start_label": ("VARCHAR", fact.start_label), "start": ("VARCHAR", fact.start), "end_label": ("VARCHAR", fact.end_label),
        "end": ("VARCHAR", fact.end), "source": ("VARCHAR", fact.source), "own_source": ("BOOLEAN", fact.own_source),
        "own_day": ("BOOLEAN", fact.own_day), "valid_from": ("DATE", fact.valid_from), "known_from": ("DATE", fact.known_from),
        "authority": ("INTEGER", fact.authority), "holds": ("BOOLEAN", fact.holds),
        **{p.name: (TYPES[p.type], fact.properties[p.name]) for p in edge.properties}}
    columns = ", ".join(f"?::{type} AS {quoted(name)}" for name, (type, _) in values.items())
    row = sql.rows(f"SELECT id, line, {ids.precedence(edge)} FROM (SELECT *, {ids.id(edge)} AS id, {ids.line(edge)} AS line "
                   f"FROM (SELECT {columns}))", [value for _, value in values.values()])[0]
    return row[0], row[1], row[2]


@settings(max_examples=300)
@given(fact=facts())
def test_id_line_and_precedence_are_those_of_python(sql: Engine, fact: Fact) -> None:
    edge = next(one for one in EDGES if one.name == fact.edge)
    assert told(sql, edge, fact) == (fact.id, fact.line, fact.precedence)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_every_edge_type_with_nothing_known(sql: Engine, edge: Edge) -> None:
    own: dict[str, Any] = {p.name: "" if p.type == "text" else None for p in edge.properties}
    fact = Fact(edge.name, *(part for pair in zip(edge.ends[0], ("a", "b"), strict=True) for part in pair),  # type: ignore[call-arg]
                own, "s", "c", date(2024, 1, 1), date(2024, 2, 1), 5)
    assert told(sql, edge, fact) == (fact.id, fact.line, fact.precedence)


def test_an_engine_that_is_not_installed_names_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from graph.errors import LiantuError

    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(LiantuError) as refused, engine(tmp_path):
        pass
    assert "liantu[tables]" in refused.value.cure
