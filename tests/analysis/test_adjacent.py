"""Suggestions from the pairs around a node against the whole matrix, variants, ties of density, words. Names invented."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.adjacent import SAID, Near, suggested, worded
from analysis.capabilities import Made
from graph.clocks import Seen

DAY, LATER = date(2022, 1, 1), date(2022, 6, 1)
PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=40)


def seen(firm: str, node: str, day: date = DAY) -> Seen:
    return Seen("MAKES", f"{firm}{node}", firm, node, f"{firm}{node}", "1", 1, True, day, day, "源", own={"region": "远市"})


def known(*pairs: str, day: date = DAY) -> Made:
    """'甲料' is: firm 甲 makes 料."""
    return {(p[0], p[1]): (seen(p[0], p[1], day),) for p in pairs}


@given(PAIRS)
def test_what_is_around_a_node_says_what_the_whole_matrix_says(pairs: set[tuple[int, int]]) -> None:
    found = {(f"企{f}", f"环{n}"): (seen(f"企{f}", f"环{n}"),) for f, n in pairs}
    m = np.zeros((7, 7))
    for f, n in pairs:
        m[f, n] = 1
    makers = m.sum(axis=0)
    for node in sorted({n for _, n in pairs}):
        shared = m.T @ m[:, node]
        phi = np.divide(shared, np.maximum(makers, makers[node]))
        density = m @ phi / phi.sum()
        want = sorted((-round(float(density[f]), 9), f"企{f}") for f in range(7) if density[f] > 0 and not m[f, node])
        rows = suggested(Near(found).pairs(f"环{node}", ()), f"环{node}", 99)
        assert [(-d, f) for f, d, _ in rows] == want
        for firm, _, near in rows:
            assert {n: s for n, _, s in near} == {f"环{n}": shared[n] for n in range(7) if m[int(firm[1]), n] and shared[n]}
            assert [p for _, p, _ in near] == pytest.approx(sorted((phi[int(n[1])] for n, _, _ in near), reverse=True))


def test_a_variant_is_the_node_and_no_node_beside_it() -> None:
    found = known("甲料", "甲薄", "乙料", "丙薄")
    rows = suggested(Near(found).pairs("件", ["件", "薄"]), "件", 9)
    assert [(f, [n for n, _, _ in near]) for f, _, near in rows] == [("乙", ["料"])]  # 丙 makes it, by its variant


def test_equal_ones_come_by_their_id_and_no_more_than_asked_for() -> None:
    found = known("甲料", "甲件", "丁料", "乙料", "丙料")
    assert [f for f, _, _ in suggested(Near(found).pairs("件", ()), "件", 2)] == sorted("乙丙丁")[:2]
    assert suggested(Near(found).pairs("无", ()), "无", 2) == []


def test_in_words_it_is_inferred_as_new_as_its_newest_fact_and_names_the_nearest() -> None:
    nodes = "一二三四"
    found = known(*(f"甲{n}" for n in nodes), "甲件") | known(*(f"乙{n}" for n in nodes), day=LATER)
    own = Near(found).pairs("件", ())
    (row,) = worded(own, "件", suggested(own, "件", 9), {"乙": "乙公司", "件": "件甲", "一": "件甲"})
    assert row.firm == "乙公司" and row.node == "件甲" and len(row.basis) == 4 > SAID
    assert row.evidence.text.startswith("推断: 其") and "等 4 个环节" in row.evidence.text and "一 (φ 0.5)" in row.evidence.text
    assert row.evidence.en.startswith("inferred: ") and "4 nodes in all" in row.evidence.en
    assert (row.evidence.source, row.evidence.fact, row.evidence.known_from) == ("", "", LATER)
    assert [c.text for c in row.basis[0].evidence] == ["乙公司 在 远市 生产 件甲"]
