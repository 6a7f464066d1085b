"""Ranking: each part by itself, the order of the parts, equal places, one gap listed once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.gaps import GapEngine
from analysis.parts import AtRisk
from analysis.ranking import RANKED, Key, RankedRow, Ranking, once, placed
from graph.clocks import Seen
from graph.settings import RANKING
from tests.analysis.facts import claim, evidence, fact, feeds, figure, plant, project, step

PART = {name: number for number, name in enumerate(RANKING)}


def ranking(*facts: Seen | list[Seen], order: tuple[str, ...] = RANKING,
            chain: tuple[str, ...] = ("料", "件", "品", "辅"), prices: tuple[Seen, ...] = ()) -> Ranking:
    found = evidence(*facts, chain=chain)
    return Ranking(GapEngine(replace(found, facts={**found.facts, "PRICES": prices})), "市", order)


def ranked(*facts: Seen | list[Seen], **more: object) -> list[RankedRow]:
    return list(placed(ranking(*facts, **more).rows()))  # type: ignore[arg-type]


def part(row: RankedRow, name: str) -> str:
    assert row.rank is not None
    return next(en for key, _, en in row.rank.parts if key == name)


def shown(rows: list[RankedRow]) -> list[tuple[int, str, str]]:
    return [(r.rank.place if r.rank else 0, r.node, r.verdict) for r in rows]


def test_verdicts_come_first_and_only_what_lacks_is_ranked() -> None:
    found = ranked(figure("料", 1), figure("品", 9), figure("件", 1), claim("辅", "none"))
    assert shown(found)[0] == (1, "辅", "missing")
    assert {(node, verdict) for _, node, verdict in shown(found)[1:]} == {("料", "weak"), ("件", "weak")}
    assert ranked(figure("料", 2), figure("件", 1)) == []
    assert RANKED == ("broken", "missing", "extension", "weak", "short")


def test_every_row_carries_the_parts_in_the_order_asked_for() -> None:
    row = ranked(figure("品", 1), claim("件", "none"), order=("must-pass", "verdict"))[0]
    assert row.rank and row.rank.parts == (("must-pass", "品 (1 条路)", "品 (1 ways)"), ("verdict", "缺链", "missing"))
    assert row.must_pass == ("品",) and row.paths == 1


def test_the_order_decides() -> None:
    """By verdict the broken link goes first, by what leaks in money the other."""
    facts = [figure("料", 9), figure("品", 1), claim("件", "none"), claim("辅", "none")]
    prices = (fact("REPORTS", "全国", "辅", measure="price", value=1000000.0, unit="元/t"),)
    assert [r.node for r in ranked(facts, prices=prices)] == ["件", "辅"]
    assert [r.node for r in ranked(facts, prices=prices, order=("leakage",))] == ["辅", "件"]


def test_an_input_that_stops_its_consumer_alone_goes_before_one_that_stops_it_with_others() -> None:
    alone = ranked(figure("品", 1), figure("件", 1), claim("辅", "none"))
    assert [part(r, "single-inputs-before-ties") for r in alone] == ["品 (not known to lack more)"]
    tied = ranked(figure("品", 1), claim("件", "none"), claim("辅", "none"))
    assert {r.node: part(r, "single-inputs-before-ties") for r in tied} == {
        "件": "品 (lacks 1 more, as 辅)", "辅": "品 (lacks 1 more, as 件)"}
    both = ranked(figure("品", 1), figure("件", 1), claim("料", "none"), claim("辅", "none"), feeds("变型", "品"),
                  claim("变型", "none"), chain=("料", "件", "品", "辅", "变型"), order=("single-inputs-before-ties",))
    assert shown(both) == [(1, "料", "missing"), (2, "辅", "missing"), (2, "变型", "missing")]


def test_variants_of_one_node_do_not_tie_with_it() -> None:
    variant = fact("VARIANT_OF", "变型", "料", valid="1900-01-01")
    found = ranked(variant, figure("件", 1), claim("料", "none"), chain=("料", "件", "变型"))
    assert {r.node: part(r, "single-inputs-before-ties") for r in found} == dict.fromkeys(("料", "变型"), "件 (not known to lack more)")


def test_a_weak_input_does_not_tie_with_one_that_is_not_here() -> None:
    found = ranked(figure("品", 9), figure("件", 1), claim("辅", "none"), order=("verdict", "single-inputs-before-ties"))
    assert [(r.node, part(r, "single-inputs-before-ties")) for r in found] == [
        ("辅", "品 (not known to lack more)"), ("件", "品 (lacks 1 more, as 辅)")]


def test_what_is_being_built_is_stopped_too() -> None:
    building = [*project("项目", "品", 3), step("项目", "started", "2023-03-01")]
    assert part(ranked(building, claim("辅", "none"))[0], "single-inputs-before-ties") == "品 (not known to lack more)"


def test_leakage_in_money_before_amounts_before_the_unknown() -> None:
    price = fact("REPORTS", "全国", "料", measure="price", value=10000.0, unit="元/t")
    facts = [figure("件", 1), figure("品", 1), claim("料", "none"), claim("辅", "none"), feeds("变型", "品"), claim("变型", "none")]
    found = ranked(facts, prices=(price,), chain=("料", "件", "品", "辅", "变型"), order=("leakage",))
    assert [(r.rank.place if r.rank else 0, r.node, part(r, "leakage")) for r in found] == [
        (1, "料", "0.2 亿元 (100 M yuan) a year (2 kt/a)"), (2, "辅", "5 kt/a, no price"), (3, "变型", "unknown")]


RISKS: dict[str, tuple[AtRisk, ...] | None] = {
    "half": (AtRisk("品", 1, "GW", 0.5),), "all": (AtRisk("品", 2, "GW", 1.0),),
    "all of two": (AtRisk("品", 2, "GW", 1.0), AtRisk("件", 2, "GW", 0.1)), "somewhat": (AtRisk("品", None, "GW", None),),
    "cannot": None, "nothing": ()}


def test_output_at_risk_by_the_greatest_share_then_the_sum_then_what_is_unknown() -> None:
    one = ranking(figure("品", 1), claim("件", "none"))
    row = one.rows()[0][1]
    keys = {name: one._at_risk("件", replace(row, output_at_risk=risk))[0] for name, risk in RISKS.items()}
    assert sorted(keys, key=keys.__getitem__) == ["all of two", "all", "half", "somewhat", "cannot", "nothing"]


def test_output_at_risk_in_money_where_every_price_is_known() -> None:
    price = fact("REPORTS", "全国", "品", measure="price", value=1.5, unit="元/W")
    one = ranking(figure("品", 1), claim("件", "none"), prices=(price,))
    row = one.rows()[0][1]
    assert one._at_risk("件", replace(row, output_at_risk=RISKS["all"]))[2] == "品 100%, 30 亿元 (100 M yuan) a year"
    assert one._at_risk("件", replace(row, output_at_risk=RISKS["all of two"]))[2] == "品 100%, 件 10%"


def row_of(region: str, node: str, verdict: str, key: Key) -> tuple[Key, RankedRow]:
    made = ranking(figure("品", 1), claim("件", "none")).rows()[0][1]
    return key, replace(made, region=region, node=node, verdict=verdict)


def test_equal_rows_share_a_place() -> None:
    keys: list[Key] = [(0, 1), (0, 0), (0, 1), (1, 0)]
    found = placed([row_of("市", str(n), "missing", key) for n, key in enumerate(keys)])
    assert [(r.node, r.rank.place) for r in found if r.rank] == [("1", 1), ("0", 2), ("2", 2), ("3", 4)]


@pytest.mark.parametrize(("below", "kept"), [("broken", [("市", ("区",))]), ("weak", [("市", ()), ("区", ())])])
def test_a_gap_of_a_region_and_of_one_within_is_one(below: str, kept: list[tuple[str, tuple[str, ...]]]) -> None:
    found = once([row_of("市", "件", "missing", (1,)), row_of("区", "件", below, (0,))], evidence().inside)
    assert [(row.region, row.also) for _, row in found] == kept


def test_a_node_of_two_chains_is_one_gap_with_both() -> None:
    found = evidence(figure("品", 1), claim("件", "none"))
    found = replace(found, chains={"甲链": ("料", "件", "品", "辅"), "乙链": ("件", "品")})
    row = Ranking(GapEngine(found), "市", RANKING).rows()[0][1]
    assert (row.chain, row.chains, row.must_pass, row.paths) == ("甲链", ("甲链", "乙链"), ("品",), 2)


def test_an_input_of_another_chain_is_lacking_too() -> None:
    found = ranked(figure("品", 1), claim("件", "none"), claim("辅", "none"), chain=("件", "品"))
    assert [(r.node, part(r, "single-inputs-before-ties")) for r in found] == [("件", "品 (lacks 1 more, as 辅)")]


def test_an_unranked_row_has_no_place() -> None:
    assert all(r.rank is None for r in GapEngine(evidence(plant("甲", "料", 1))).rows("甲链"))
