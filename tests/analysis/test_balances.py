"""Parts and balances: what a variant is of its node, what a use takes of each, what can be short at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.balances import Balances
from tests.chains import Chain, drawn


def with_variant() -> Chain:
    """料 sells 15: 10 of its own and 5 of 粒, which melts 10 for them; 水 goes into all of it."""
    chain = Chain().variant("粒", "料").feeds("水", "料", 1.0).plant("料", 10, firm="甲").surveyed("料", "粒", "水")
    return chain.plant("粒", 10, firm="乙", yield_rate=0.5).plant("水", 12, firm="丙")


def test_a_node_sells_by_saleable_parts_and_takes_by_gross_ones() -> None:
    balances = Balances(with_variant().demands())
    assert balances.parts("料") == {"料": pytest.approx(2 / 3), "粒": pytest.approx(1 / 3)}
    assert balances.taken(balances.needs("水")[0]) == {"料": 0.5, "粒": 0.5}


def test_a_variant_with_a_feed_of_its_own_is_not_in_its_nodes() -> None:
    balances = Balances(with_variant().feeds("水", "粒", 0.4).demands())
    uses = {u.feed.downstream: (u.amount, balances.taken(u)) for u in balances.needs("水")}
    assert uses == {"料": (10, {"料": 1}), "粒": (4, {"粒": 1})}


def test_variants_that_are_more_than_their_node_are_all_of_it() -> None:
    """A figure of 3 beside a variant of 5: sources disagree, and nothing becomes negative."""
    balances = Balances(Chain().variant("粒", "料").figure("料", 3).figure("粒", 5).demands())
    assert balances.parts("料") == {"粒": 1}


def test_what_cannot_be_short_is_left_out() -> None:
    """件 keeps at least 5 of 10; 品 takes 3 of it: enough, so nothing behind it is asked."""
    chain = Chain().feeds("料", "件", 1.0).feeds("件", "品", 1.0).feeds("品", "箱", 1.0)
    problem = Balances(chain.figure("料", 5).figure("件", 10).figure("品", 3).figure("箱", 9).demands()).problem("料")
    assert problem.parts == ("件",) and len(problem.balances) == 1


@given(st.integers(0, 10**6), st.booleans())
def test_at_full_run_a_balance_takes_the_demand(seed: int, cycles: bool) -> None:
    """What is essential of D, and what is not: together the D of the row."""
    chain = drawn(seed, cycles)
    demands = chain.chain().demands()
    balances = Balances(demands)
    for node in chain.sizes:
        takes = sum(balances.side(node).takes.values())
        idle = sum(u.amount or 0.0 for u in demands.uses(node) if not u.feed.essential)
        assert takes + idle == pytest.approx(demands.of(node)[0].used)


def test_nested_variants_that_are_fed_apart_are_taken_off_once() -> None:
    chain = Chain().variant("种", "类").variant("细", "种").figure("类", 10).plant("种", 4, "乙").plant("细", 2, "丙")
    demand, _ = chain.feeds("料", "类").feeds("料", "种").feeds("料", "细").demands().of("料")
    assert demand.at_least == (10 - 6) + (6 - 2) + 2  # 种 stands for 6 with 细; lists of plants bound it from below


def test_a_variant_above_its_node_makes_no_negative_demand() -> None:
    chain = Chain().variant("种", "类").figure("类", 3).figure("种", 5)
    demand, _ = chain.feeds("料", "类").feeds("料", "种").demands().of("料")
    assert demand.used == 0 + 5
