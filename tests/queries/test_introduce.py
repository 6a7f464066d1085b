"""Who introduces us, on every engine: the web of a small city, its clocks, its audience, its hubs and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from analysis.answers import plain
from analysis.introductions import Web, ways_to
from graph.errors import QuestionError
from graph.facts import Fact, Graph, Node
from graph.model import VERSION
from graph.settings import Settings, Ties
from graph.store import Marker, Store, open_store
from queries.asking import Asked, Reader
from queries.introduce import Finder, introduce, introduce_all, served
from queries.ties import Circle
from queries.walking import Walk

DAY = date(2024, 1, 1)
SETTINGS = Settings("w", "市")
ASKED = Asked("市", DAY, DAY)
GUESTS = [f"客{n:03}" for n in range(201)]
FIRMS = ("本甲", "本乙", "中间", "目标", "远一", "远二", "远三", "远四", "远五", "孤岛", "孤邻", "枢纽", "尽头", "秘密", *GUESTS)


def tie(edge: str, start: str, end: str, day: date = DAY, audience: str = "公开", **own: object) -> Fact:
    label, _, id = start.rpartition("/")
    other, _, to = end.rpartition("/")
    usual = {"SUPPLIES": {"node": "", "product": "", "amount": None, "unit": "", "until": None}, "OWNS": {"share": None},
             "INVESTS_IN": {"amount": None, "local": None}, "KNOWS": {"node": None}}.get(edge, {})
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
NODES = (Node("Region", "市", "市"), Node("Channel", "商会", "商会"), Node("Team", "专班", "专班"), Node("Project", "项", "甲项目"),
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
    assert (row.state, row.nearest) == ("found", None)
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
    """Of a hub only its ties to us are looked at; what lies farther behind it is not said not to be there."""
    answer = introduce(store, SETTINGS, "尽头", ASKED)
    assert any("枢纽 1 家 (枢纽): 只看其中 1 家直通我方" in zh for zh, _ in answer.notes)
    (way,) = answer.rows[0].ways
    assert way == introduce(store, replace(SETTINGS, introductions=Ties(hub=1000)), "尽头", ASKED).rows[0].ways[0]
    assert [h.degree for h in way.hops][1] == 203 and way.hops[1].passed == pytest.approx(0.188, abs=1e-3)


def test_behind_a_hub_is_not_nowhere(store: Store) -> None:
    """The guest's friend is ours, but he is found only through the hub; known as a target the hub is asked for what it has."""
    store.replace(Graph((*NODES, Node("Firm", "本丙", "本丙")), (*(f for f in FACTS if f.start != "本乙"), tie("LOCATED_IN", "本丙", "Region/市"),
                                                              tie("SUPPLIES", "本丙", "客007"))), Marker("w", VERSION, "m"))
    row, = (answer := introduce(store, SETTINGS, "尽头", ASKED)).rows
    assert (row.state, row.nearest) == ("unsearched", None) and any("并非每条都查过" in zh for zh, _ in answer.notes)
    assert introduce(store, SETTINGS, "枢纽", ASKED).rows[0].ways[0].broker == "本丙"


def test_to_a_named_unit_from_either_side(store: Store) -> None:
    answer = introduce(store, SETTINGS, "目标", ASKED, "远二")
    (way,) = answer.rows[0].ways
    assert answer.unit == "远二" and (way.broker, [h.kind for h in way.hops]) == ("远一", ["supplies", "invests"])
    assert "目标与远一共同投资 甲项目" in way.zh
    assert len(introduce(store, SETTINGS, "本甲", ASKED, "商会").rows[0].ways[0].hops) == 2
    for firm, unit in (("目标", "目标"), ("目标标", None), ("目标", "没有")):
        with pytest.raises(QuestionError):
            introduce(store, SETTINGS, firm, ASKED, unit)


def test_all_at_once_under_a_cap(store: Store) -> None:
    answer = introduce_all(store, SETTINGS, ["目标", "中间", "远一"], ASKED, 1)
    assert sorted(r.asked or "" for r in answer.rows) == ["商会", "本乙", "本甲"] and not answer.unserved
    assert answer.free is not None and answer.loss is not None and answer.loss > answer.free


def test_an_only_door_is_one_where_all_was_looked_at(store: Store) -> None:
    """Of a hub only its ties to us were: there may be another way, and nobody says that there is none."""
    wide = replace(SETTINGS, introductions=Ties(hub=1000))
    for settings, only in ((SETTINGS, False), (wide, True)):
        answer = introduce_all(store, settings, ["枢纽"], ASKED, 1)
        assert (answer.rows[0].only_door, answer.rows[0].asked) == (only, "本乙")
        assert any("本乙 是通往 枢纽 的唯一一门" in zh for zh, _ in answer.notes) == only
    assert introduce(store, wide, "枢纽", ASKED).rows[0].only_door and not introduce(store, wide, "枢纽", ASKED, k=1).rows[0].only_door


@pytest.mark.parametrize(("classes", "taken"), [({}, "枢纽"), ({"枢纽": 1}, "尽头"), ({"尽头": 2, "枢纽": 1}, "枢纽")])
def test_under_the_cap_the_better_class_goes_first_and_who_is_here_needs_nobody(store: Store, classes: dict[str, int], taken: str) -> None:
    """枢纽 and 尽头 have one door, 本乙: whoever is of the better class takes it, though the other's way is the stronger."""
    answer = served(Finder(store, SETTINGS, ASKED), {"尽头": 0, "枢纽": 0, "本甲": 0} | classes, 1)
    assert {row.firm: row.asked for row in answer.rows} == {"枢纽": None, "尽头": None, taken: "本乙"} and len(answer.unserved) == 1
    assert answer.loss == answer.free and any("本甲: here already, nobody need introduce us" in en for _, en in answer.notes)


def test_the_same_whatever_was_asked_before(store: Store) -> None:
    """Ties fetched for one firm change nothing of the next."""
    every = introduce_all(store, SETTINGS, ["远三", "中间", "目标"], ASKED, 9)
    for row in every.rows:
        alone = introduce_all(store, SETTINGS, [row.firm], ASKED, 9).rows[0]
        assert plain(row) == plain(alone)
    alone, = introduce_all(store, SETTINGS, ["尽头"], ASKED, 9).rows
    assert introduce_all(store, SETTINGS, ["枢纽", "尽头"], ASKED, 9).rows[1] == alone


def test_a_source_more_is_no_tie_more(store: Store) -> None:
    """Degrees count ties and not how often they were published; a tie that was withdrawn before is none."""
    before = introduce(store, SETTINGS, "目标", ASKED).rows[0].ways
    more = [tie("SUPPLIES", "本乙", "中间", date(2014, 1, 1 + day)) for day in range(1, 9)]
    store.replace(Graph(NODES, (*FACTS, *more)), Marker("w", VERSION, "m"))
    after = introduce(store, SETTINGS, "目标", ASKED).rows[0].ways
    assert [[hop.degree for hop in way.hops] for way in after] == [[hop.degree for hop in way.hops] for way in before]


def test_the_cap_holds_however_many_brokers_there_are(store: Store) -> None:
    """Forty of ours know all of thirty-two firms: each is served by another, and two of one name are two."""
    brokers, goals = [f"本{n:02}" for n in range(40)], [f"标{n:02}" for n in range(32)]
    facts = [*(tie("LOCATED_IN", b, "Region/市") for b in brokers),
             *(tie("KNOWS", b, g, date(2023 - n // 4, 1, 1), tie="alumni") for n, b in enumerate(brokers) for g in goals)]
    firms = [Node("Firm", id, "同名" if id in ("本00", "本01") else id) for id in (*brokers, *goals)]
    store.replace(Graph((*(n for n in NODES if n.label != "Firm"), *firms), tuple(facts)), Marker("w", VERSION, "m"))
    answer = introduce_all(store, SETTINGS, goals, ASKED, 1)
    assert not answer.unserved and sum(row.asked == "同名" for row in answer.rows) == 2
    assert all(list(r.asked for r in answer.rows).count(r.asked) == 1 for r in answer.rows if r.asked != "同名")


@pytest.mark.parametrize("seed", range(12))
def test_the_ways_are_the_best_of_all_there_are(store: Store, seed: int) -> None:
    """Beside the whole web searched at once: the walk leaves nothing out that a way may use."""
    chance, names = Random(seed), [f"企{n:02}" for n in range(40)]
    pairs = {(chance.choice(names), chance.choice(names)) for _ in range(chance.choice((50, 80, 120)))}
    facts = [tie(chance.choice(("SUPPLIES", "OWNS")), a, b, date(chance.randint(2005, 2023), 1, 1)) for a, b in sorted(pairs)]
    facts += [tie("INVESTS_IN", chance.choice(names), f"Project/项{n % 3}") for n in range(5)]
    facts += [tie("LOCATED_IN", name, "Region/市") for name in names[:chance.randint(1, 5)]]
    facts += [tie("KNOWS", "Channel/商会", chance.choice(names), tie="chamber") for _ in range(2)]
    nodes = [*NODES, *(Node("Firm", name, name) for name in names), *(Node("Project", f"项{n}", f"项{n}") for n in range(3))]
    store.replace(Graph(tuple(nodes), tuple(facts)), Marker("w", VERSION, "m"))
    for goal in names[-6:]:
        circle, target = Circle(Reader(store, ASKED)), f"Firm/{goal}"
        keys = [f"Firm/{name}" for name in names]
        circle.fetch(keys)
        circle.count([*keys, "Channel/商会"])
        whole = Web(SETTINGS.introductions, DAY, circle.degree, circle.ours([*keys, "Channel/商会"]) - {target})
        for link in (link for key in keys for link in circle.links[key]):
            whole.add(link)
        walk = Walk(Circle(Reader(store, ASKED)), SETTINGS, target, None, 3)
        assert walk.walked() == ways_to(whole, target, 3)


def test_an_improbable_way_is_a_way(store: Store) -> None:
    old = date(1994, 1, 1)
    ties = [tie("LOCATED_IN", "本甲", "Region/市"), *(tie("KNOWS", a, b, old, tie="forum") for a, b in
                                                   (("本甲", "中间"), ("中间", "远一"), ("远一", "目标")))]
    store.replace(Graph(NODES, tuple(ties)), Marker("w", VERSION, "m"))
    (way,) = introduce_all(store, SETTINGS, ["目标"], ASKED, 1).rows[0].ways
    assert 0 < way.p < 1e-6 and way.loss == pytest.approx(3 * (1.6094379 + 30 * 0.1386294), abs=1e-2)


def test_an_empty_graph_knows_no_firm(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph.lbug", create=True) as store:
        store.replace(Graph(), Marker("w", VERSION, "m"))
        with pytest.raises(QuestionError):
            introduce(store, SETTINGS, "目标", ASKED)


def test_of_two_firms_of_one_name_none_is_taken(store: Store) -> None:
    """The id tells which, and is the cure; an alias that is another firm's name is that firm's."""
    two = (Node("Firm", "91A", "同名"), Node("Firm", "91B", "同名", ("同名厂",)), Node("Firm", "91C", "同名厂"))
    facts = (tie("LOCATED_IN", "91A", "Region/市"), *(tie("SUPPLIES", "本甲", id) for id in ("91A", "91B", "91C")))
    store.replace(Graph((*NODES, *two), (*FACTS, *facts)), Marker("w", VERSION, "m"))
    with pytest.raises(QuestionError, match="有 2 家") as error:
        introduce(store, SETTINGS, "同名", ASKED)
    assert "91A (同名, 市); 91B (同名)" in str(error.value.cure)
    assert [introduce(store, SETTINGS, name, ASKED).rows[0].id for name in ("91A", "91B", "同名厂")] == ["91A", "91B", "91C"]


def test_ties_that_are_a_state_do_not_fade_and_others_do(store: Store) -> None:
    """A seat and owning need no renewal; of what two invest in the day is that on which both did."""
    old, half = date(2004, 1, 1), date(2019, 1, 1)
    facts = (tie("LOCATED_IN", "本甲", "Region/市"), tie("LOCATED_IN", "本乙", "Region/市"), tie("KNOWS", "本甲", "远一", old, tie="seat"),
             tie("OWNS", "本乙", "远二", old), tie("INVESTS_IN", "本甲", "Project/项", old), tie("INVESTS_IN", "远三", "Project/项", half),
             tie("SUPPLIES", "本甲", "远四", old))
    store.replace(Graph(NODES, facts), Marker("w", VERSION, "m"))
    found = {hop.kind: hop for firm in ("远一", "远二", "远三", "远四") for hop in introduce(store, SETTINGS, firm, ASKED).rows[0].ways[0].hops}
    assert {kind: hop.p for kind, hop in found.items() if kind in ("seat", "owns")} == {"seat": SETTINGS.introductions.seat, "owns": 0.9}
    assert found["supplies"].p == pytest.approx(0.6 / 16, abs=1e-3)  # twenty years: four half-lives
    assert (found["invests"].years, found["invests"].p) == (5.0, pytest.approx(SETTINGS.introductions.invests / 2, abs=1e-3))


def test_who_moved_away_is_not_ours(store: Store) -> None:
    """The later place counts, from its day on; who came is ours from then."""
    gone, came = date(2023, 6, 1), date(2023, 6, 1)
    facts = (tie("LOCATED_IN", "本甲", "Region/市", date(2020, 1, 1)), tie("LOCATED_IN", "本甲", "Region/外", gone),
             tie("LOCATED_IN", "本乙", "Region/外", date(2020, 1, 1)), tie("LOCATED_IN", "本乙", "Region/市", came),
             tie("SUPPLIES", "本甲", "目标", date(2020, 1, 1)), tie("SUPPLIES", "本乙", "目标", date(2020, 1, 1)))
    store.replace(Graph((*NODES, Node("Region", "外", "外")), facts), Marker("w", VERSION, "m"))
    for day, ours in ((date(2023, 5, 31), ["本甲"]), (DAY, ["本乙"])):
        assert [w.broker for w in introduce(store, SETTINGS, "目标", Asked("市", day, day)).rows[0].ways] == ours


def test_nobody_introduces_us_to_whom_is_here(store: Store) -> None:
    """Though there are ties between firms here; to a named unit the way is told all the same."""
    answer = introduce(store, SETTINGS, "本甲", ASKED)
    assert (answer.rows[0].state, answer.rows[0].ways) == ("here", ()) and any("本甲: 已在本地, 不必引荐" in zh for zh, _ in answer.notes)
    assert introduce(store, SETTINGS, "本甲", ASKED, "商会").rows[0].state == "found"
