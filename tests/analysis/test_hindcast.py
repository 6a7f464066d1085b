"""The time split: what is learnt, what is new, and the figures against a plain count of every pair. Names invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from analysis.capabilities import first_known, made
from analysis.hindcast import FEWEST, hindcast, last_fifth
from graph.clocks import Seen

FIRST, NOW = date(2020, 1, 1), date(2024, 1, 1)
PAIRS = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.booleans(), min_size=20, max_size=50)


def makes(firm: str, node: str, day: date, state: str = "operating", **more: object) -> Seen:
    own = {"state": state, **more}
    return Seen("MAKES", f"{firm}-{node}-{day}-{state}", firm, node, f"{firm}-{node}", f"{day}", 1, True, day, day, "源", own=own)


def edge(kind: str, start: str, end: str, day: date = FIRST, **own: object) -> Seen:
    return Seen(kind, f"{kind}-{start}-{end}", start, end, f"{kind}-{start}-{end}", f"{day}", 1, True, day, day, "源", own=own)


def told(pairs: dict[tuple[int, int], bool]) -> list[Seen]:
    """Pairs with whether they are new in 2023."""
    return [makes(f"企{f}", f"环{n}", date(2023, 1, 1) if new else FIRST) for (f, n), new in pairs.items()]


@given(PAIRS)
def test_the_figures_are_those_of_every_pair_counted(pairs: dict[tuple[int, int], bool]) -> None:
    found = hindcast(told(pairs), NOW, NOW, date(2022, 1, 1))
    old = sorted(p for p, new in pairs.items() if not new)
    firms, nodes = sorted({f for f, _ in old}), sorted({n for _, n in old})
    m = np.array([[(f, n) in old for n in nodes] for f in firms], dtype=float).reshape(len(firms), len(nodes))
    hits = np.array([[bool(pairs.get((f, n))) for n in nodes] for f in firms]).reshape(m.shape)
    assert (found.learnt, found.new, found.judged) == (len(old), len(pairs) - len(old), int(hits.sum()))
    assert found.guesses == m.size - len(old)
    assert found.state == ("few" if hits.sum() < FEWEST else "judged")
    assert found.base_rate == (pytest.approx(hits.sum() / found.guesses) if found.guesses else None)
    if not hits.sum():
        assert found.predictors == ()
        return
    phi = (m.T @ m) / np.maximum(m.sum(axis=0)[:, None], m.sum(axis=0)[None, :])
    free = m == 0
    scores = {"density": np.round(m @ phi / phi.sum(axis=0), 9), "popularity": np.ones_like(m) * m.sum(axis=0),
              "breadth": np.ones_like(m) * m.sum(axis=1)[:, None]}
    assert [p.name for p in found.predictors] == list(scores)
    for one in found.predictors:
        assert one.average_precision == pytest.approx(average_precision_score(hits[free], scores[one.name][free]), rel=1e-8)


def test_density_tells_what_is_planted() -> None:
    """Two crafts of five nodes; each firm keeps to one, and takes up later what it lacks of it."""
    facts = [makes(f"企{f:02}", f"环{craft}{n}", date(2023, 1, 1) if (f + n) % 5 == 0 else FIRST)
             for craft in (0, 1) for f in range(craft * 10, craft * 10 + 10) for n in range(5)]
    found = hindcast(facts, NOW, NOW)
    assert (found.state, found.split, found.learnt, found.judged) == ("judged", FIRST, 80, 20)
    figures = {p.name: p.average_precision for p in found.predictors}
    assert figures["density"] == 1 and max(figures["popularity"], figures["breadth"]) < 0.3
    assert found.base_rate == pytest.approx(20 / 120)
    assert {p.k: p.value for p in found.predictors[0].precision} == {5: 1, 10: 1, 50: pytest.approx(0.4)}


def test_what_was_not_known_by_the_day_is_not_learnt() -> None:
    facts = [makes("企", "甲", FIRST), replace(makes("企", "乙", FIRST), known_from=date(2023, 6, 1))]
    assert hindcast(facts, NOW, NOW, date(2023, 1, 1)).learnt == 1


def test_all_known_on_one_day_is_no_split() -> None:
    found = hindcast([makes("企", "甲", FIRST), makes("业", "乙", FIRST)], NOW, NOW)
    assert (found.state, found.split, found.base_rate, found.predictors) == ("no-split", None, None, ())
    assert hindcast([], NOW, NOW).state == "no-split"


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_the_last_fifth_is_left(given_days: list[int]) -> None:
    days = [FIRST + timedelta(d) for d in given_days]
    split = last_fifth(days)
    if split is None:
        assert len(set(days)) == 1
        return
    enough = [d for d in set(days) if sum(x > d for x in days) * 5 >= len(days) and d < max(days)]
    assert split == (max(enough) if enough else min(days))


def test_who_makes_or_builds() -> None:
    later = date(2021, 1, 1)
    facts = [makes("甲", "料", FIRST), makes("甲", "器", FIRST), makes("甲", "器", later, "stopped"),
             edge("INVESTS_IN", "乙", "全厂", later), edge("PHASE_OF", "一期", "全厂"), edge("ADDS", "一期", "件"),
             edge("INVESTS_IN", "丙", "废厂"), edge("ADDS", "废厂", "件"),
             edge("REACHES", "废厂", "ended", basis="actual")]
    assert {pair: [f.edge for f in said] for pair, said in made(facts, NOW, NOW).items()} == {
        ("甲", "料"): ["MAKES"], ("乙", "件"): ["INVESTS_IN", "ADDS"]}
    assert ("甲", "器") in made(facts, FIRST, FIRST) and ("乙", "件") not in made(facts, FIRST, FIRST)
    assert first_known(facts)["乙", "件"] == later and first_known(facts)["甲", "器"] == FIRST
