"""Facts of several materials merged in SQL are those that Python merges. All rows are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import bulk
from graph.bulk_engine import Engine, engine
from graph.facts import Fact, Graph
from graph.model import AUDIENCES, EDGE
from graph.tables import edge_properties, tables
from graph.workspace import Material
from loaders.derive import Derived, Stated, _facts
from loaders.stating import Names
from loaders.tables_graph import Tables, _of_python

DAYS = st.integers(0, 500).map(lambda days: date(2023, 1, 1) + timedelta(days))


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine(tmp_path_factory.mktemp("engine")) as one:
        yield one


@st.composite
def plants(draw: st.DrawFn) -> Fact:
    """A fact of one of few lines, so that they meet; day and source are sometimes the file's."""
    own: dict[str, Any] = {
        "region": "某市", "plant": draw(st.sampled_from(["", "一期"])), "product": "",
        "capacity": draw(st.sampled_from([None, 1.0, 2.0, 10.0, 95.0])),
        "unit": draw(st.sampled_from(["kt/a", "GW"])), "yield_rate": None, "state": "operating", "since": None}
    return Fact("MAKES", "Firm", draw(st.sampled_from(["f1", "f2"])), "ChainNode", "料", own, draw(st.sampled_from(["s1", "s2"])),
                draw(st.sampled_from(["a/1", "b/2"])), draw(DAYS), draw(DAYS), draw(st.integers(0, 9)), draw(st.sampled_from(AUDIENCES)),
                draw(st.sampled_from(["", "原文"])), draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))


def by_python(stated: list[Stated]) -> set[tuple[Any, ...]]:
    merged = Graph((), _facts(stated)[0])
    return {tuple(row) for table in tables(merged) for row in table.rows}


def by_sql(sql: Engine, stated: list[Stated]) -> list[tuple[Any, ...]]:
    edge = EDGE["MAKES"]
    out = Tables(sql, Derived(Graph((), _facts(stated)[0]), stated, _nobody()), [])
    _of_python(out, 0)
    if not out.parts:
        return []
    bulk.compare(sql, edge, out.parts["MAKES"])
    bulk.merge(sql, edge)
    made = list(bulk.write(sql, edge, out.parts["MAKES"]))
    names = ", ".join(f'"{one.name}"' for one in edge_properties(edge))
    return [tuple(row) for one in made for row in sql.rows(f"SELECT \"start\", \"end\", {names} FROM '{one.file}'")]


def _nobody() -> Names:
    return Names.__new__(Names)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.lists(plants(), max_size=6), second=st.lists(plants(), max_size=6))
def test_sql_merges_as_python_does(sql: Engine, first: list[Fact], second: list[Fact]) -> None:
    stated = [Stated(Material(name, name, name, date(2024, 1, 1), date(2024, 1, 1)), {f.id: f for f in facts}, {f.id: f.line for f in facts})
              for name, facts in (("a", first), ("b", second))]
    found = by_sql(sql, stated)
    assert len(found) == len(set(found))
    assert set(found) == by_python(stated)
