"""One catalogue, every engine: each text and each answer gives equal results wherever the graph is kept.

The embedded store is what the others are compared with. Run on each version of the server.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.answers import plain
from analysis.prospect import Prospect
from graph.facts import Graph
from graph.imports import write_import
from graph.model import AUDIENCES, VERSION, audiences
from graph.settings import Settings
from graph.store import Marker, Store, open_store
from graph.whole import whole
from graph.workspace import Workspace, create
from loaders import material
from loaders.load import Options, load, rebuild
from queries.additions import plan
from queries.ask import ask
from queries.asking import Asked
from queries.catalogue import Question, every
from queries.claims import claims
from queries.diff import diff
from queries.everything import everything
from queries.gaps import gaps
from queries.history import history
from queries.instruments import instruments
from queries.overview import overview
from queries.panorama import panorama
from queries.prospect import prospect
from queries.slips import slips
from queries.suitability import suitability
from queries.whatif import whatif
from scripts.neo4j_server import Server
from tests.conftest import emptied
from tests.graphs import graphs
from tests.servers import required

pytestmark = pytest.mark.catalogue
ROOT = Path(__file__).parent.parent.parent
STORES = ("neo4j", "imported")
DAYS = st.dates(date(2021, 6, 1), date(2026, 6, 30))
NOT_IN_THE_SAMPLE = {"claims_by_firms", "claims_by_projects", "contacts_of_nodes", "contacts_with_firms", "knows_by_teams", "runs",
                     "surveys", "team_names", "teams", "ties_of_teams"}
"""Nobody published such facts of Baotou; the generated graphs hold them."""
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same graph in the embedded store and in another."""

    graph: Graph
    settings: Settings
    embedded: Store
    other: Store


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("sample") / "包头", "包头市")
    load(made, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    return made


@pytest.fixture(scope="module", params=STORES)
def pair(request: pytest.FixtureRequest, city: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    graph = material.read_all(city, city.manifest()).graph
    other = request.getfixturevalue(f"with_{request.param}")
    with open_store(city.store) as embedded:
        yield Pair(graph, city.settings, embedded, other)


@pytest.fixture(scope="module")
def with_neo4j(request: pytest.FixtureRequest, city: Workspace) -> Iterator[Store]:
    """Loaded through the driver, as ``liantu rebuild --store`` does."""
    url = str(request.getfixturevalue("neo4j_server").url)
    emptied(request.getfixturevalue("database"))
    rebuild(city, url)
    with open_store(url) as store:
        yield store


@pytest.fixture(scope="module")
def with_imported(request: pytest.FixtureRequest, city: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Written as files and taken in by ``neo4j-admin database import``."""
    if not required() and os.environ.get("NEO4J_URL"):
        pytest.skip("NEO4J_URL 的服务器不能停下来导入 / the server of NEO4J_URL cannot be stopped for an import")
    server = Server(request.getfixturevalue("neo4j_version"), tmp_path_factory.mktemp("imported"), quick=True)
    folder = server.home / "files"
    with open_store(city.store) as embedded:
        marker = embedded.marker()
        assert marker is not None
        write_import(whole(embedded), marker, folder)
    done = server.admin("database", "import", "full", "neo4j", *(
        one.replace("=./", f"={folder}/").replace(",./", f",{folder}/")
        for one in (folder / "import.args").read_text(encoding="utf-8").split()))
    assert done.returncode == 0, done.stdout + done.stderr
    try:
        server.start()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NEO4J_USER", server.user)
            patch.setenv("NEO4J_PASSWORD", server.password)
            store = open_store(server.url)
        with store:
            yield store
    finally:
        server.stop()


def ids(graph: Graph) -> list[str]:
    """Every id: a text is asked of those of the wrong label too, which must give nothing on either engine."""
    return sorted({node.id for node in graph.nodes})


def values(data: st.DataObject, asked: Question, pool: list[str], chains: list[str]) -> dict[str, Any]:
    as_of, known_by = data.draw(DAYS), data.draw(DAYS)
    some = st.one_of(st.just(pool), st.lists(st.sampled_from(pool), max_size=8, unique=True)) if pool else st.just([])
    known = {"as_of": as_of, "known_by": known_by, "audiences": audiences(data.draw(st.sampled_from(AUDIENCES))), "day": data.draw(DAYS),
             "chain": data.draw(st.sampled_from(chains or ["无"])), "name": data.draw(st.sampled_from(pool or ["无"]))}
    return {p.name: known[p.name] if p.name in known else data.draw(some) for p in asked.parameters}


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
@settings(max_examples=6, suppress_health_check=CHECKS)
@given(data=st.data())
def test_every_text_gives_the_same_rows(pair: Pair, asked: Question, data: st.DataObject) -> None:
    bound = values(data, asked, ids(pair.graph), [n.id for n in pair.graph.nodes if n.label == "Chain"])
    assert asked.ask(pair.embedded, **bound) == told(asked, asked.ask(pair.other, **bound))


def told(asked: Question, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their sums to nine digits: an engine adds up in any order."""
    sums = {name for name, type in asked.columns if type == "sum"}
    return [{k: pytest.approx(v, rel=1e-9, abs=1e-9, nan_ok=True) if k in sums else v for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("asked", every(), ids=lambda q: q.id)
def test_every_text_finds_something_in_the_sample(pair: Pair, asked: Question) -> None:
    """Or its equality would say nothing."""
    day = date(2026, 6, 30)
    widest = {"as_of": day, "known_by": day, "day": day, "audiences": list(AUDIENCES), "chain": "光伏"}
    bound = {p.name: widest.get(p.name, ids(pair.graph)) for p in asked.parameters}
    bound |= {"name": "福莱特"} if "name" in bound else {}
    if asked.id == "gaps_in_cypher":
        bound["regions"] = ["包头市"]
    if asked.id == "plants_to_judge":  # those that began later
        bound["day"] = date(1990, 1, 1)
    rows = asked.ask(pair.other, **bound)
    assert bool(rows) == (asked.id not in NOT_IN_THE_SAMPLE) and rows == told(asked, asked.ask(pair.embedded, **bound))


@settings(max_examples=12, suppress_health_check=CHECKS)
@given(data=st.data(), as_of=DAYS, known_by=DAYS,
       region=st.sampled_from(["包头市", "九原区", "内蒙古自治区"]), audience=st.sampled_from(AUDIENCES))
def test_every_answer_is_the_same(pair: Pair, data: st.DataObject, as_of: date, known_by: date, region: str,
                                  audience: str) -> None:
    chain = data.draw(st.sampled_from(sorted(n.id for n in pair.graph.nodes if n.label == "Chain")))
    asked = Asked(region, as_of, known_by, audience)
    for one in (gaps, panorama, claims, slips, ask, due):
        answers = [one(store, pair.settings, chain, asked) for store in (pair.embedded, pair.other)]  # type: ignore[operator]
        assert plain(answers[0]) == plain(answers[1])


def due(store: Store, settings: Settings, chain: str, asked: Asked) -> Prospect:
    return prospect(store, settings, chain, None, asked)


@settings(max_examples=3, suppress_health_check=CHECKS)
@given(days=st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted), node=st.sampled_from(["光伏玻璃", "电池片", "多晶硅"]),
       audience=st.sampled_from(AUDIENCES))
def test_what_was_and_what_would_be_is_the_same(pair: Pair, days: list[date], node: str, audience: str) -> None:
    asked = Asked("包头市", days[1], days[1], audience)
    questions: list[Callable[[Store], object]] = [
        lambda store: history(store, pair.settings, node, asked), lambda store: diff(store, pair.settings, "光伏", days[0], asked),
        lambda store: whatif(store, pair.settings, "光伏", plan([f"{node}=7@{days[0]}"]), asked, days[1])]
    for one in questions:
        assert plain(one(pair.embedded)) == plain(one(pair.other))


@settings(max_examples=3, suppress_health_check=CHECKS)
@given(as_of=DAYS, known_by=DAYS, region=st.sampled_from(["包头市", "内蒙古自治区"]), audience=st.sampled_from(AUDIENCES))
def test_everything_at_once_is_the_same(pair: Pair, as_of: date, known_by: date, region: str, audience: str) -> None:
    asked = Asked(region, as_of, known_by, audience)
    for one in (everything, overview):
        answers = [one(store, pair.settings, asked) for store in (pair.embedded, pair.other)]  # type: ignore[operator]
        assert plain(answers[0]) == plain(answers[1])


def test_a_project_is_judged_the_same(pair: Pair) -> None:
    day, default = date(2024, 1, 25), instruments(ROOT / "data" / "instruments")[0]
    answers = [plain(suitability(store, pair.settings, "格索兰光伏玻璃", default, Asked("包头市", day, day), ["用地=600亩"]))
               for store in (pair.embedded, pair.other)]
    assert answers[0] == answers[1] and answers[0]["fit"]


def test_the_whole_graph_is_the_same(pair: Pair) -> None:
    for audience in AUDIENCES:
        assert whole(pair.embedded, audience) == whole(pair.other, audience)


# --- graphs that nobody would think of ---


@pytest.fixture(scope="module")
def blank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    url, driver = request.getfixturevalue("neo4j_server").url, request.getfixturevalue("database")
    assert isinstance(driver, neo4j.Driver)
    emptied(driver)
    with open_store(tmp_path_factory.mktemp("generated") / "graph.lbug", create=True) as embedded, \
            open_store(url, create=True) as other:
        yield embedded, other


@settings(max_examples=15, suppress_health_check=CHECKS)
@given(graph=graphs(), data=st.data())
def test_generated_graphs_give_the_same_rows(blank: tuple[Store, Store], graph: Graph, data: st.DataObject) -> None:
    for store in blank:
        store.replace(graph, Marker("generated", VERSION, "m"))
    chains = [n.id for n in graph.nodes if n.label == "Chain"]
    for asked in every():
        bound = values(data, asked, ids(graph), chains)
        rows = [asked.ask(store, **bound) for store in blank]
        assert rows[0] == told(asked, rows[1]), asked.id
    assert whole(blank[0]) == whole(blank[1])
