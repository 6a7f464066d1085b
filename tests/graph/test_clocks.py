"""The two clocks against a plain-Python oracle that knows nothing of precedence texts."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from graph.clocks import Seen, believed, lines, visible
from graph.facts import Fact

START = date(2020, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(n))


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Invented facts of two edges, few lines, many collisions."""
    out = {}
    for number in range(draw(st.integers(0, 12))):
        valid, known, authority = draw(DAYS), draw(DAYS), draw(st.integers(0, 9))
        holds = draw(st.booleans()) or number == 0
        if draw(st.booleans()):
            size = draw(st.sampled_from([None, 1.0, 2.0, 3.0]))
            fact = Fact("REPORTS", "Region", "甲市", "ChainNode", draw(st.sampled_from("ab")),
                        {"measure": "capacity", "value": size, "unit": "kt/a"}, "S", "c", valid, known, authority,
                        holds=holds)
        else:
            fact = Fact("REACHES", "Project", "p", "Milestone", "operating", {"basis": "actual", "day": valid}, "S", "c",
                        valid, known, authority, holds=holds)
        out[fact.id] = fact
    return list(out.values())


def seen(fact: Fact) -> Seen:
    return Seen(fact.edge, fact.id, fact.start, fact.end, fact.line, fact.precedence, fact.authority, fact.holds,
                fact.valid_from, fact.known_from, fact.source, own=fact.properties)


def oracle(all_facts: list[Fact], as_of: date, known_by: date) -> set[tuple[str, object]]:
    """The rule in words: per line the latest day, then authority, then known day, then id; events by authority first."""
    lines_of: dict[tuple[str, str, str], list[Fact]] = {}
    for f in all_facts:
        if f.valid_from <= as_of and f.known_from <= known_by and f.authority > 0:
            lines_of.setdefault((f.edge, f.start, f.end), []).append(f)
    out = set()
    for group in lines_of.values():
        group.sort(key=lambda f: (f.authority, f.known_from, f.valid_from, f.id) if f.edge == "REACHES"
                   else (f.valid_from, f.authority, f.known_from, f.id), reverse=True)
        if not group[0].holds:
            continue
        value: object = group[0].properties.get("day")
        if group[0].edge == "REPORTS":
            open_ones = group[: next((i for i, f in enumerate(group) if not f.holds), len(group))]
            value = next((f.properties["value"] for f in open_ones if f.properties["value"] is not None), None)
        out.add((group[0].id, value))
    return out


def answer(all_facts: list[Fact], as_of: date, known_by: date) -> set[tuple[str, object]]:
    return {(f.id, f["value"] if f.edge == "REPORTS" else f["day"])
            for f in believed(visible(map(seen, all_facts), as_of, known_by))}


@given(facts(), DAYS, DAYS)
def test_believed_is_what_the_rule_says(all_facts: list[Fact], as_of: date, known_by: date) -> None:
    assert answer(all_facts, as_of, known_by) == oracle(all_facts, as_of, known_by)


@given(facts(), facts(), DAYS, DAYS)
def test_nothing_known_later_changes_an_answer(now: list[Fact], later: list[Fact], as_of: date, known_by: date) -> None:
    unknown = [f for f in later if f.known_from > known_by and f.id not in {n.id for n in now}]
    assert answer(now + unknown, as_of, known_by) == answer(now, as_of, known_by)


@given(facts(), st.randoms())
def test_order_does_not_matter(all_facts: list[Fact], random: Random) -> None:
    mixed = random.sample(all_facts, len(all_facts))
    assert lines(map(seen, mixed)) == lines(map(seen, all_facts))


def report(valid: str, known: str, value: float | None, authority: int = 5, holds: bool = True) -> Fact:
    return Fact("REPORTS", "Region", "甲市", "ChainNode", "a", {"measure": "capacity", "value": value, "unit": "GW"},
                "S", "c", date.fromisoformat(valid), date.fromisoformat(known), authority, holds=holds)


def test_the_table_of_the_two_clocks() -> None:
    early, late = report("2022-12-31", "2023-01-31", 46.0), report("2023-09-12", "2023-09-12", 25.0)
    both = [early, late]
    day = date.fromisoformat
    assert answer(both, day("2022-12-31"), day("2026-01-01")) == {(early.id, 46.0)}
    assert answer(both, day("2023-10-01"), day("2023-09-01")) == {(early.id, 46.0)}
    assert answer(both, day("2023-10-01"), day("2026-01-01")) == {(late.id, 25.0)}


def test_a_closed_line_closes() -> None:
    facts_ = [report("2022-01-01", "2022-01-01", 5.0), report("2022-06-01", "2022-06-01", 5.0, holds=False)]
    assert answer(facts_, date(2022, 7, 1), date(2022, 7, 1)) == set()
    assert len(answer(facts_, date(2022, 5, 1), date(2022, 7, 1))) == 1


def test_events_prefer_authority_to_lateness() -> None:
    def opened(day: str, known: str, authority: int) -> Fact:
        valid = date.fromisoformat(day)
        return Fact("REACHES", "Project", "p", "Milestone", "operating", {"basis": "actual", "day": valid}, "S", "c",
                    valid, date.fromisoformat(known), authority)
    notice, rumour = opened("2023-05-01", "2023-05-02", 9), opened("2023-08-01", "2023-09-01", 1)
    assert answer([notice, rumour], date(2024, 1, 1), date(2024, 1, 1)) == {(notice.id, date(2023, 5, 1))}


def test_held_back_is_never_believed() -> None:
    assert answer([report("2023-01-01", "2023-01-01", 120.0, authority=0)], date(2024, 1, 1), date(2024, 1, 1)) == set()
