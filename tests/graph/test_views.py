"""The believed view of a day, by example and against a plain maximum of the precedence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ModelError
from graph.facts import STRUCTURE_DAY, Fact, Graph, Node
from graph.model import EDGE
from graph.networks import node_key
from graph.views import believed_view
from tests.graphs import graphs

Y2024, Y2025, Y2026 = (date(year, 1, 1) for year in (2024, 2025, 2026))
SILICON, WAFERS, CELLS = (Node("ChainNode", id, name) for id, name in (("si", "多晶硅"), ("wafer", "硅片"), ("cell", "电池片")))
FIRM, NODES = Node("Firm", "f", "弘元"), (SILICON, WAFERS, CELLS)


def feeds(start: str, end: str, role: str = "material", coefficient: float | None = None, day: date = STRUCTURE_DAY) -> Fact:
    return Fact("FEEDS", "ChainNode", start, "ChainNode", end, {"role": role, "coefficient": coefficient, "unit": "kt/GW"},
                "s", "c", day, day, 5)


def makes(capacity: float | None, unit: str | None, day: date, source: str = "s") -> Fact:
    return Fact("MAKES", "Firm", "f", "ChainNode", "wafer", {"region": "包头市", "plant": "", "capacity": capacity, "unit": unit},
                source, "c", day, day, 5, text=f"as {source} says")


def test_one_fact_of_one_type_lies_flat_on_its_edge() -> None:
    graph = Graph(NODES, (feeds("si", "wafer", coefficient=2.0), feeds("wafer", "cell", coefficient=1.0)))
    view = believed_view(graph, Y2024, Y2024, ["FEEDS"])
    assert view.edges["ChainNode:si", "ChainNode:wafer"]["coefficient"] == 2.0
    assert nx.shortest_path_length(view, "ChainNode:si", "ChainNode:cell", weight="coefficient") == 3.0
    assert nx.dag_longest_path(view) == ["ChainNode:si", "ChainNode:wafer", "ChainNode:cell"]
    assert view.nodes["ChainNode:si"]["name"] == "多晶硅"
    assert view.graph == {"as_of": Y2024, "known_by": Y2024, "edges": ("FEEDS",)}


def test_two_facts_of_a_pair_share_an_edge_and_lie_side_by_side() -> None:
    variant = Fact("VARIANT_OF", "ChainNode", "si", "ChainNode", "wafer", {}, "s", "c", STRUCTURE_DAY, STRUCTURE_DAY, 5)
    graph = Graph(NODES, (variant, feeds("si", "wafer"), feeds("si", "wafer", "equipment", 3.0)))
    [(_, _, told)] = believed_view(graph, Y2024, Y2024).edges(data=True)
    assert told["types"] == ("FEEDS", "VARIANT_OF") and told.keys() == {"types", "facts"}
    assert {(f["edge"], f.get("role")) for f in told["facts"]} == {("FEEDS", "material"), ("FEEDS", "equipment"),
                                                                   ("VARIANT_OF", None)}
    [(_, _, told)] = believed_view(graph, Y2024, Y2024, ("FEEDS",)).edges(data=True)
    assert len(told["facts"]) == 2 and told.keys() == {"types", "facts"}
    [(_, _, told)] = believed_view(graph, Y2024, Y2024, ("VARIANT_OF", "SURVEYS")).edges(data=True)
    assert told["types"] == ("VARIANT_OF",)


def test_a_later_fact_does_not_leak_into_an_earlier_view() -> None:
    graph = Graph((FIRM, *NODES), (makes(46, "GW", Y2024), makes(25, "GW", Y2026), feeds("si", "wafer", day=Y2025)))

    def capacity(as_of: date, known_by: date) -> float:
        return float(believed_view(graph, as_of, known_by, ["MAKES"]).edges["Firm:f", "ChainNode:wafer"]["capacity"])

    assert [capacity(Y2025, Y2026), capacity(Y2026, Y2025), capacity(Y2026, Y2026)] == [46, 46, 25]
    assert not believed_view(graph, Y2024, Y2026, ["FEEDS"]).nodes  # structure has clocks too
    assert believed_view(graph, Y2025, Y2026, ["FEEDS"]).number_of_edges() == 1


def test_a_blank_figure_is_the_earlier_one_with_its_unit_and_source() -> None:
    told = believed_view(Graph((FIRM, *NODES), (makes(46, None, Y2024, "early"), makes(None, "MW", Y2025, "late"))), Y2026, Y2026,
                         ["MAKES"]).edges["Firm:f", "ChainNode:wafer"]
    [fact] = told["facts"]
    assert told["capacity"] == 46 and "unit" not in told  # not 46 of the later unit
    assert (fact["source"], fact["text"], fact["valid_from"]) == ("early", "as early says", Y2025)


def test_what_was_closed_stands_alone_and_what_is_held_back_is_not_counted() -> None:
    open_ = makes(46, "GW", Y2024)
    closed = Graph((FIRM, *NODES), (open_, replace(open_, valid_from=Y2025, holds=False)))
    assert list(believed_view(closed, Y2024, Y2026).edges) == [("Firm:f", "ChainNode:wafer")]
    view = believed_view(closed, Y2025, Y2026)
    assert (set(view.nodes), list(view.edges)) == ({"Firm:f", "ChainNode:wafer"}, [])
    assert not believed_view(Graph(closed.nodes, (replace(open_, authority=0),)), Y2026, Y2026).edges


def test_one_type_may_be_given_as_a_text_and_an_unknown_one_is_refused() -> None:
    assert believed_view(Graph(NODES, (feeds("si", "wafer"),)), Y2024, Y2024, "FEEDS").number_of_edges() == 1
    with pytest.raises(ModelError, match=r"(?s)LIKES.*FEEDS"):
        believed_view(Graph(), Y2024, Y2024, ["FEEDS", "LIKES"])


@settings(max_examples=40)
@given(graphs(), st.integers(-5, 25), st.integers(-5, 25), st.sets(st.sampled_from(sorted(EDGE))))
def test_every_line_gives_its_greatest_visible_fact_or_none(graph: Graph, valid: int, known: int, edges: set[str]) -> None:
    as_of, known_by = Y2024 + timedelta(valid), Y2024 + timedelta(known)
    seen = [f for f in graph.facts if f.valid_from <= as_of and f.known_from <= known_by and (not edges or f.edge in edges)]
    top: dict[str, Fact] = {}
    for fact in sorted(seen, key=lambda f: f.precedence):
        if fact.authority:
            top[fact.line] = fact
    view = believed_view(graph, as_of, known_by, edges)
    assert {f["id"] for _, _, told in view.edges(data=True) for f in told["facts"]} == {f.id for f in top.values() if f.holds}
    assert set(view.nodes) == {node_key(*end) for f in seen for end in ((f.start_label, f.start), (f.end_label, f.end))}
