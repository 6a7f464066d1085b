"""Who introduces us, on every engine: the web of a small city, its clocks, its audience, its hubs and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.answers import plain
from graph.errors import QuestionError
from graph.facts import Fact, Graph, Node
from graph.model import VERSION
from graph.settings import Settings, Ties
from graph.store import Marker, Store, open_store
from queries.asking import Asked
from queries.introduce import introduce, introduce_all

DAY = date(2024, 1, 1)
SETTINGS = Settings("w", "市")
ASKED = Asked("市", DAY, DAY)
GUESTS = [f"客{n:03}" for n in range(201)]
FIRMS = ("本甲", "本乙", "中间", "目标", "远一", "远二", "远三", "远四", "远五", "孤岛", "孤邻", "枢纽", "尽头", "秘密", *GUESTS)


def tie(edge: str, start: str, end: str, day: date = DAY, audience: str = "公开", **own: object) -> Fact:
    label, _, id = start.rpartition("/")
    other, _, to = end.rpartition("/")
    usual = {"SUPPLIES": {"node": "", "product": "", "amount": None, "unit": "", "until": None}, "OWNS": {"share": None},
             "INVESTS_IN": {"amount": None, "local": None}}.get(edge, {})
    return Fact(edge, label or "Firm", id, other or "Firm", to, {**usual, **own}, "来", f"{edge} {start} {end} {day}",  # type: ignore[arg-type]
                day, day, 5, audience)


FACTS = (
    tie("LOCATED_IN", "本甲", "Region/市"), tie("LOCATED_IN", "本乙", "Region/市"),
    tie("OWNS", "目标", "本甲", share=60.0), tie("SUPPLIES", "本乙", "中间", date(2014, 1, 1)), tie("SUPPLIES", "中间", "目标"),
    tie("KNOWS", "Channel/商会", "目标", date(2019, 1, 1), tie="chamber"), tie("KNOWS", "Team/专班", "目标", audience="专班", tie="alumni"),
    tie("SUPPLIES", "目标", "目标"),
    tie("INVESTS_IN", "目标", "Project/项"), tie("INVESTS_IN", "远一", "Project/项"),
    *(tie("SUPPLIES", a, b) for a, b in (("远一", "远二"), ("远二", "远三"), ("远三", "远四"), ("远四", "远五"))),
    tie("SUPPLIES", "孤岛", "孤邻"), tie("OWNS", "秘密", "目标", audience="专班"), tie("KNOWS", "本乙", "枢纽", tie="forum"),
    tie("SUPPLIES", "枢纽", "尽头"), *(tie("SUPPLIES", guest, "枢纽") for guest in GUESTS))
NODES = (Node("Region", "市", "市"), Node("Channel", "商会", "商会"), Node("Team", "专班", "专班"), Node("Project", "项", "项"),
         Node("Source", "来", "来", (), {"title": "名录", "publisher": "协会", "published": DAY, "authority": 5, "audience": "公开",
                                       "address": ""}), *(Node("Firm", name, name) for name in FIRMS))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address, create=True) as found:
        found.replace(Graph(NODES, FACTS), Marker("w", VERSION, "m"))
        yield found


def test_the_best_ways_with_other_brokers_each_hop_cited(store: Store) -> None:
    answer = introduce(store, SETTINGS, "目标", ASKED)
    (row,) = answer.rows
    assert (row.state, row.nearest) == ("found", 1)
    assert [(way.broker, len(way.hops)) for way in row.ways] == [("本甲", 1), ("商会", 1), ("本乙", 2)]
    assert row.ways[0].p == 0.9 and row.ways[0].zh == "请本甲引荐: 目标持有本甲 60 % (2024-01-01)"
    assert row.ways[1].p == pytest.approx(0.2, abs=1e-4)  # five years: half of 0.4
    assert row.ways[2].p == pytest.approx(0.6 * 0.25 * 0.6, abs=1e-3) and row.ways[2].hops[1].passed == 1
    assert all(e.fact and e.source == "来" for way in row.ways for hop in way.hops for e in hop.evidence)
    assert [s.title for s in answer.sources] == ["名录"]
    assert any("point at themselves, left out: 目标" in en for _, en in answer.notes)


def test_restricted_ties_are_for_those_who_may_see_them(store: Store) -> None:
    assert "专班" in [w.broker for w in introduce(store, SETTINGS, "目标", replace(ASKED, audience="专班"), k=9).rows[0].ways]
    said = plain(introduce(store, SETTINGS, "目标", ASKED, k=9))
    assert "秘密" not in str(said) and "专班" not in [w["broker"] for w in said["rows"][0]["ways"]]
    with pytest.raises(QuestionError) as error:
        introduce(store, SETTINGS, "秘密", ASKED)
    assert "秘密" not in (error.value.cure or "")
    assert introduce(store, SETTINGS, "秘密", replace(ASKED, audience="专班")).rows[0].state == "found"


def test_only_what_was_known_then(store: Store) -> None:
    early = date(2020, 1, 1)
    (row,) = introduce(store, SETTINGS, "目标", Asked("市", early, early)).rows
    assert [w.broker for w in row.ways] == ["商会"]


def test_too_far_says_the_nearest_and_none_is_a_state(store: Store) -> None:
    far = introduce(store, SETTINGS, "远四", ASKED)
    assert (far.rows[0].state, far.rows[0].nearest) == ("far", 5) and any("5 步" in zh for zh, _ in far.notes)
    assert introduce(store, SETTINGS, "远三", ASKED).rows[0].state == "found"
    assert (introduce(store, SETTINGS, "孤岛", ASKED).rows[0].state, introduce(store, SETTINGS, "孤岛", ASKED).rows[0].nearest) == ("none", None)


def test_hubs_are_not_passed_and_it_is_said(store: Store) -> None:
    answer = introduce(store, SETTINGS, "尽头", ASKED)
    assert answer.rows[0].state == "none" and any("枢纽" in zh for zh, _ in answer.notes)
    wide = introduce(store, replace(SETTINGS, introductions=Ties(hub=1000)), "尽头", ASKED)
    (way,) = wide.rows[0].ways
    assert [h.degree for h in way.hops][1] == 203 and way.hops[1].passed == pytest.approx(0.188, abs=1e-3)


def test_to_a_named_unit_from_either_side(store: Store) -> None:
    answer = introduce(store, SETTINGS, "目标", ASKED, "远二")
    (way,) = answer.rows[0].ways
    assert answer.unit == "远二" and (way.broker, [h.kind for h in way.hops]) == ("远一", ["supplies", "invests"])
    assert "远一与目标共同投资 项" in way.zh or "目标与远一共同投资 项" in way.zh
    assert introduce(store, SETTINGS, "本甲", ASKED, "商会").rows[0].nearest == 2
    for firm, unit in (("目标", "目标"), ("目标标", None), ("目标", "没有")):
        with pytest.raises(QuestionError):
            introduce(store, SETTINGS, firm, ASKED, unit)


def test_all_at_once_under_a_cap(store: Store) -> None:
    answer = introduce_all(store, SETTINGS, ["目标", "中间", "远一"], ASKED, 1)
    assert sorted(r.asked or "" for r in answer.rows) == ["商会", "本乙", "本甲"] and not answer.unserved
    assert answer.free is not None and answer.loss is not None and answer.loss > answer.free
    (door,) = introduce_all(store, SETTINGS, ["枢纽"], ASKED, 1).rows
    assert door.only_door and door.asked == "本乙"


def test_the_same_whatever_was_asked_before(store: Store) -> None:
    """Ties fetched for one firm change nothing of the next."""
    every = introduce_all(store, SETTINGS, ["远三", "中间", "目标"], ASKED, 9)
    for row in every.rows:
        alone = introduce_all(store, SETTINGS, [row.firm], ASKED, 9).rows[0]
        assert plain(row) == plain(alone)


def test_an_empty_graph_knows_no_firm(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph.lbug", create=True) as store:
        store.replace(Graph(), Marker("w", VERSION, "m"))
        with pytest.raises(QuestionError):
            introduce(store, SETTINGS, "目标", ASKED)
