"""Random graphs of the model: what the round trips, the files and the engines are tried on.

Every label, edge and pair of ends of the model occurs; ends and sources exist, facts are told apart by id, values have
the types of the model. Nodes are few, so that facts meet on one line; an edge that must be acyclic is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from graph.declare import Edge, Label, Property
from graph.facts import STRUCTURE_DAY, Fact, Graph, Node
from graph.model import AUDIENCES, EDGE, EDGES, ENDS, LABELS, MILESTONES, PERMITS
from graph.tables import INTEGERS

HOSTILE = (
    "O'Brien \"Ltd\"", '"', '""', "'", ",", "a,b", ";", "a;b", "\\", "\\n", '\\"', "a\\", "a\nb", "a\r\nb", "\r", "\n", "\t",
    " a ", "", "NULL", "null", "true", "1", "NaN", "2024-01-01", "[1,2]", "{a: 1}", "{file}", "$node", "a|b", "%s", "../x",
    "𠮷野家", "🀄", "👨‍👩‍👧‍👦", "名" * 300, "\ufeffbom", "\u202ertl", "א\u200fב", "e\u0301", "\u0085", "\u2028", "\x00",
    "\x1b[31m", "\uffff", "'; DROP TABLE Firm; //", "=1+1", "+1", "-1", "@x", "＝1", " =1", "</data>", "]]>", "<!--", "&",
    "&amp;", "&#13;", "<html><img src=x>", "</script><script>alert(1)</script>")
"""Names that break what is careless: quotes, separators, line ends, markup, formulas, what looks like another type."""

TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=8))
NUMBERS = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-10**9, 10**9))
DAYS = st.one_of(st.just(STRUCTURE_DAY), st.dates(date(1901, 1, 1), date(2100, 12, 31)),
                 st.integers(0, 20).map(lambda days: date(2024, 1, 1) + timedelta(days)))
LADDER = [id for id, _, _ in (*MILESTONES, *PERMITS, *ENDS)]
REFERS = {"region": "Region", "node": "ChainNode"}
"""Properties that hold the id of a node."""


@st.composite
def graphs(draw: st.DrawFn, most: int = 3, facts: int = 12, texts: st.SearchStrategy[str] = TEXTS,
           ids: st.SearchStrategy[str] = TEXTS) -> Graph:
    """Up to ``most`` nodes a label and ``facts`` facts; ``texts`` for names and values, ``ids`` for the ids of nodes.

    A milestone's id is one of the ladder. A property that does not mark the line is sometimes None or not there.
    """
    if draw(st.integers(0, 19)) == 0:
        return Graph()
    there = {label.name: draw(_nodes(label, most, texts, ids)) for label in LABELS}
    kinds = [(edge, ends) for edge in EDGES for ends in edge.ends if there[ends[0]] and there[ends[1]]]
    found: dict[str, Fact] = {}
    for _ in range(draw(st.integers(1, facts)) if kinds else 0):
        before = draw(st.sampled_from(list(found.values()))) if found and draw(st.booleans()) else None
        fact = draw(_facts(kinds, there, texts, before))
        if fact:
            found[fact.id] = fact
    return Graph(tuple(node for label in LABELS for node in there[label.name]), tuple(found.values()))


@st.composite
def _nodes(draw: st.DrawFn, label: Label, most: int, texts: st.SearchStrategy[str],
           ids: st.SearchStrategy[str]) -> list[Node]:
    some = st.sampled_from(LADDER) if label.name == "Milestone" else ids
    count = draw(st.integers(1 if label.name == "Source" else 0, most))  # a fact needs a source
    aliases = texts.map(lambda text: text.replace("、", "")).filter(bool)  # a store joins them by it
    return [Node(label.name, id, draw(texts), tuple(draw(st.lists(aliases, max_size=2))),
                 {p.name: draw(_value(p, texts)) for p in label.properties if draw(st.booleans())})
            for id in draw(st.lists(some, min_size=count, max_size=count, unique=True))]


@st.composite
def _facts(draw: st.DrawFn, kinds: list[tuple[Edge, tuple[str, str]]], there: dict[str, list[Node]],
           texts: st.SearchStrategy[str], before: Fact | None) -> Fact | None:
    """A fact on the line of ``before``, or anywhere; of an acyclic edge none that could lead back."""
    edge, ends = draw(st.sampled_from(kinds)) if before is None else (EDGE[before.edge], (before.start_label, before.end_label))
    start, end = (draw(st.integers(0, len(there[label]) - 1)) for label in ends)
    pair = (there[ends[0]][start].id, there[ends[1]][end].id) if before is None else (before.start, before.end)
    if edge.acyclic and before is None and start >= end:
        return None
    line = {} if before is None else {name: before.properties[name] for name in edge.line_properties}
    own = {**draw(_own(edge, there, texts)), **line}
    source = draw(st.sampled_from(there["Source"])).id
    return Fact(edge.name, ends[0], pair[0], ends[1], pair[1], own, source, draw(texts), draw(DAYS), draw(DAYS),
                draw(st.integers(0, 9)), draw(st.sampled_from(AUDIENCES)), draw(texts), draw(st.integers(0, 3)) > 0,
                draw(st.booleans()), draw(st.booleans()))


@st.composite
def _own(draw: st.DrawFn, edge: Edge, there: dict[str, list[Node]], texts: st.SearchStrategy[str]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for one in edge.properties:
        if one.line or draw(st.booleans()):
            known = ["", *(node.id for node in there[REFERS[one.name]])] if one.name in REFERS else []
            own[one.name] = draw(st.sampled_from(known) if known else _value(one, texts))
    return own


def _value(one: Property, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    if one.choices:
        some: st.SearchStrategy[Any] = st.sampled_from([value for value, _, _ in one.choices])
    elif one.name in INTEGERS:
        some = st.integers(0, 9)
    elif one.name == "audience":
        some = st.sampled_from(AUDIENCES)
    else:
        some = {"text": texts, "number": NUMBERS, "flag": st.booleans(), "day": DAYS}[one.type]
    return some if one.line else st.one_of(st.none(), some)


def plain(graph: Graph) -> Graph:
    """The graph as a store gives it back: ids as stated, what is null left out, by the order of the model and by id."""
    label = {one.name: place for place, one in enumerate(LABELS)}
    kind = {(one.name, *ends): place for place, (one, ends) in enumerate((e, ends) for e in EDGES for ends in e.ends)}
    nodes = [Node(n.label, n.id, n.name, tuple(n.aliases), _known(n.properties)) for n in graph.nodes]
    facts = [Fact(f.edge, f.start_label, f.start, f.end_label, f.end, _known(f.properties), f.source, f.cell, f.valid_from,
                  f.known_from, f.authority, f.audience, f.text, f.holds, stated=f.id) for f in graph.facts]
    return Graph(tuple(sorted(nodes, key=lambda n: (label[n.label], n.id))),
                 tuple(sorted(facts, key=lambda f: (kind[f.edge, f.start_label, f.end_label], f.id))))


def _known(properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}


def hostile() -> Graph:
    """One firm for each of HOSTILE, named, written to and owned in its words."""
    day, source = date(2024, 1, 1), Node("Source", "s", "城市名单")
    firms = tuple(Node("Firm", name, name, (), {"contact": name, "chain_master": True}) for name in HOSTILE)
    owns = tuple(Fact("OWNS", "Firm", "", "Firm", name, {"share": 51}, "s", name, day, day, 5, text=name)
                 for name in HOSTILE)
    return Graph((*firms, source), owns)
