"""As if some facts had not been stated: the short way gives the rows of a fresh question that never saw them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.answers import plain
from analysis.causes import Moment
from analysis.gaps import GapEngine
from graph.store import open_store
from graph.workspace import create
from loaders.load import Options, load
from queries.asking import Asked
from queries.fetch import evidence
from queries.moments import Moments

ROOT = Path(__file__).parent.parent.parent
ALL = date(2026, 1, 1)
AT = Moment(date(2023, 9, 12), ALL)


@pytest.fixture(scope="module", params=["包头市", "昆都仑区"])
def chain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moments]:
    city = create(tmp_path_factory.mktemp("moments") / "包头", "包头市")
    load(city, [*sorted((ROOT / "data/chains").iterdir()), ROOT / "data/baotou"], Options())
    with open_store(city.store) as store:
        yield Moments(store, city.settings, Asked(request.param, ALL, ALL), "光伏")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_without_some_facts(chain: Moments, data: st.DataObject) -> None:
    seen = sorted(f.id for f in chain.memory.facts().values() if AT.sees(f) and f.id not in chain.structure)
    without = frozenset(data.draw(st.lists(st.sampled_from(seen), min_size=1, max_size=40)))
    reader = chain.memory.at(AT.as_of, AT.known_by, without)
    fresh = GapEngine(evidence(reader, chain.settings, ["光伏"])).rows("光伏")
    made = chain.engine(AT, without)
    shorter = tuple(made.row("光伏", node) for node in made.evidence.judged("光伏"))
    assert [plain((r.verdict, r.flags, r.supply, r.demand, r.coverage, r.goal)) for r in shorter if r] == [
        plain((r.verdict, r.flags, r.supply, r.demand, r.coverage, r.goal)) for r in fresh]


def test_an_engine_is_made_once(chain: Moments) -> None:
    one = frozenset({next(iter(chain.memory.facts()))})
    assert chain.engine(AT) is chain.engine(AT) and chain.engine(AT, one) is chain.engine(AT, one) is not chain.engine(AT)
