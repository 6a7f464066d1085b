"""What the whole graph tells of a fact."""

from datetime import date

from graph.facts import Fact, Graph
from graph.tables import tables

DAY = date(2024, 1, 2)


def owns(start: str, end: str, share: float, holds: bool = True) -> Fact:
    return Fact("OWNS", "Firm", start, "Firm", end, {"share": share}, "s", "c", DAY, DAY, 7, "专班" if share < 50 else "公开",
                holds=holds)


def test_a_fact_is_sole_where_nothing_else_of_its_type_joins_its_ends() -> None:
    """Whatever its day, its audience, and whether it holds; from b to a is another matter than from a to b."""
    knows = Fact("KNOWS", "Firm", "a", "Firm", "b", {"tie": "customer", "node": None}, "s", "c", DAY, DAY, 7)
    facts = (owns("a", "b", 60), owns("b", "a", 60), owns("a", "c", 60), owns("a", "c", 40), owns("d", "a", 60),
             owns("d", "a", 60, holds=False), knows)
    told = {(table.name, *row[:2], row[2]): row[-1] for table in tables(Graph((), facts)) for row in table.rows}
    assert all(table.columns[-1].name == "sole" for table in tables(Graph((), facts)))
    assert told == {("OWNS", "a", "b", 60): True, ("OWNS", "b", "a", 60): True, ("OWNS", "a", "c", 60): False,
                    ("OWNS", "a", "c", 40): False, ("OWNS", "d", "a", 60): False, ("KNOWS", "a", "b", "customer"): True}
