"""A chain on every day on which something of it changed, for the slider of the map."""

from __future__ import annotations

from datetime import date

from analysis import history as told
from analysis.causes import Moment
from analysis.timeline import NodeState, States, Timeline, looked_at, state, timeline
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.moments import Moments
from queries.names import chain_named, parents, within
from queries.panorama import met
from queries.plants import MANY, many


def over_time(store: Store, settings: Settings, chain: str, asked: Asked) -> Timeline:
    """The chain up to ``asked.as_of``, all of it by what is known by ``asked.known_by``; facts are fetched once.

    A later day than ``as_of`` is never in it: what somebody asks about a day must not tell what came after. Where there are
    so many plants that the store adds them up (``queries.plants``) no days are told, and a note says so. QuestionError for
    an unknown chain.
    """
    chain = chain_named(store, asked, chain)
    if _too_many(store, asked, chain):
        return Timeline((), ((f"时间轴: 企业产能超过 {MANY} 条, 不逐日计算; 单个环节的历史见 liantu history",
                              f"time axis: more than {MANY} plants, so no day by day; `liantu history` tells of one node"),))
    moments = Moments(store, settings, asked, chain)
    days = {*told.days(moments.memory.facts().values(), False, None, asked.as_of), asked.as_of}

    def at(day: date) -> States:
        return _states(moments, chain, day)

    return timeline(looked_at(sorted(days), at), len(days))


def _too_many(store: Store, asked: Asked, chain: str) -> bool:
    reader = Reader(store, asked)
    nodes = sorted({f.start for f in reader.seen("part_of", "PART_OF") if f.end == chain})
    return many(reader, nodes, sorted(within(asked.region, parents(reader))))


def _states(moments: Moments, chain: str, day: date) -> States:
    engine = moments.engine(Moment(day, moments.last.known_by))
    rows = {row.node: row for row in engine.rows(chain)}
    names = {id: engine.evidence.nodes[id].name for id in engine.evidence.judged(chain)}
    out = dict[str, NodeState]()
    for id, name in names.items():
        firms, projects = met(engine, id)
        out[name] = state(rows[name], tuple(title for title, _ in firms), projects)
    return out
