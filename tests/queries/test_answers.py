"""Whole answers from a real store: nothing leaks from later days or to wider audiences; Cypher chooses as Python does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.answers import Gaps, plain
from analysis.picture import Picture
from graph.clocks import Seen, believed, visible
from graph.facts import Fact, Graph, Node
from graph.model import VERSION, audiences
from graph.settings import Settings
from graph.store import Marker, Store, open_store
from graph.workspace import Workspace, create
from loaders import material
from loaders.load import Options, load
from maps.page import page
from queries.asking import Asked
from queries.catalogue import question
from queries.gaps import gaps
from queries.panorama import panorama

ROOT = Path(__file__).parent.parent.parent
MARKER = Marker("w", VERSION, "m")
DAYS = st.dates(date(2021, 6, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Graph]:
    city = create(tmp_path_factory.mktemp("sample") / "包头", "包头市")
    load(city, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return city, material.read_all(city, city.manifest()).graph


def filled(folder: Path, graph: Graph) -> Store:
    store = open_store(folder / "graph.lbug", create=True)
    store.replace(graph, MARKER)
    return store


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, DAYS)
def test_nothing_known_later_changes_an_answer(sample: tuple[Workspace, Graph],
                                               tmp_path_factory: pytest.TempPathFactory, as_of: date,
                                               known_by: date) -> None:
    city, graph = sample
    then = replace(graph, facts=tuple(f for f in graph.facts if f.known_from <= known_by))
    asked = Asked("包头市", as_of, known_by)
    with open_store(city.store) as now, filled(tmp_path_factory.mktemp("then"), then) as past:
        assert plain(gaps(now, city.settings, "光伏", asked)) == plain(gaps(past, city.settings, "光伏", asked))


NODES = (*(Node("ChainNode", n, n) for n in "abc"), Node("Chain", "甲链", "甲链"), *(Node("Firm", f, f) for f in "xy"))
START = date(2023, 1, 1)
OFFSETS = st.integers(0, 5).map(lambda n: START + timedelta(n))


@st.composite
def plants(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Invented plants: few firms and nodes, colliding lines, closures, held-back ones."""
    own = {"plant": "", "product": "", "capacity": 1.0, "unit": "", "yield_rate": None, "since": None}
    made = {}
    for _ in range(draw(st.integers(0, 8))):
        fact = Fact("MAKES", "Firm", draw(st.sampled_from("xy")), "ChainNode", draw(st.sampled_from("abc")),
                    {"region": draw(st.sampled_from(["甲市", "乙市"])), **own,
                     "state": draw(st.sampled_from(["operating", "stopped"]))}, "S", "c", draw(OFFSETS), draw(OFFSETS),
                    draw(st.sampled_from([0, 3, 5])), holds=draw(st.booleans()))
        made[fact.id] = fact
    return tuple(made.values())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plants(), OFFSETS, OFFSETS)
def test_the_choice_in_cypher_is_the_choice_in_python(tmp_path_factory: pytest.TempPathFactory,
                                                      facts: tuple[Fact, ...], as_of: date, known_by: date) -> None:
    placed = tuple(Fact("PART_OF", "ChainNode", n, "Chain", "甲链", {"col": 1.0, "lane": "", "band": ""}, "S", "c",
                        date(1900, 1, 1), date(1900, 1, 1), 5) for n in "abc")
    seen = [Seen(f.edge, f.id, f.start, f.end, f.line, f.precedence, f.authority, f.holds, f.valid_from, f.known_from,
                 f.source, own=f.properties) for f in facts]
    here = {f.end for f in believed(visible(seen, as_of, known_by)) if f["region"] == "甲市" and f["state"] == "operating"}
    with filled(tmp_path_factory.mktemp("cypher"), Graph(NODES, placed + facts)) as store:
        rows = question("gaps_in_cypher").ask(store, chain="甲链", regions=["甲市"], as_of=as_of, known_by=known_by,
                                              audiences=audiences("公开"))
    assert [r["id"] for r in rows] == sorted(set("abc") - here)


SECRET = "暗号企业"


@pytest.fixture
def guarded(tmp_path: Path) -> Workspace:
    """Invented rows: one public, one for 内部 only."""
    city = create(tmp_path / "某市", "某市")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "产业链全景视图(环节).csv").write_text("产业链,环节,产能单位,列\n甲链,料,kt/a,1\n甲链,件,GW,2\n", "utf-8")
    (folder / "产业链重点企业表.csv").write_text("企业名称,环节,产能,单位\n公开企业,料,5,kt/a\n", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "产业链重点企业表.csv").write_text(f"企业名称,环节,产能,单位\n{SECRET},件,5,GW\n", "utf-8")
    load(city, [folder], Options())
    load(city, [inner], Options(audience="内部"))
    return city


def asked(city: Workspace, audience: str) -> tuple[Gaps, str]:
    today = date.today()
    with open_store(city.store) as store:
        drawn = panorama(store, city.settings, "甲链", Asked("某市", today, today, audience))
    return drawn.gaps, page(Picture(drawn))


def test_a_stricter_name_does_not_occur_in_what_is_public(guarded: Workspace) -> None:
    answer, drawn = asked(guarded, "公开")
    assert SECRET not in str(plain(answer)) and SECRET not in drawn
    assert next(r for r in answer.rows if r.node == "件").verdict == "unknown"
    inner, shown = asked(guarded, "内部")
    assert SECRET in str(plain(inner)) and SECRET in shown


def test_the_same_question_twice_gives_the_same_bytes(guarded: Workspace) -> None:
    assert asked(guarded, "公开") == asked(guarded, "公开")


def test_one_sheet_with_two_columns_gives_a_map_and_a_list(tmp_path: Path) -> None:
    city = create(tmp_path / "我的城市", "我的城市")
    sheet = tmp_path / "产业链重点企业表.csv"
    sheet.write_text("企业名称,环节\n某厂,组件\n", "utf-8")
    load(city, [ROOT / "data/chains/光伏"], Options())
    load(city, [sheet], Options())
    today = date.today()
    with open_store(city.store) as store:
        answer = gaps(store, Settings("w", "我的城市"), "光伏", Asked("我的城市", today, today))
    rows = {r.node: r for r in answer.rows}
    assert rows["组件"].verdict == "present" and "unsized" in rows["组件"].flags
    assert rows["光伏玻璃"].verdict == "unknown" and "essential" in rows["光伏玻璃"].flags
    assert {r.verdict for r in answer.rows} == {"present", "unknown"}
    assert len(answer.notes) == 3
