"""What the other material of a workspace knows and a table may rest on: sources, periods, ids of nodes; and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from graph.bulk_engine import Engine
from graph.declare import Label
from graph.model import LABEL
from loaders import values
from loaders.derive import Derived
from loaders.tables_check import LADDER
from loaders.tables_rows import Table


def sources(engine: Engine, tables: Sequence[Table], derived: Derived) -> None:
    """Make ``sources``: day, authority and audience of every registered one, a table's own word before a sheet's."""
    engine.run("CREATE OR REPLACE TABLE given_sources (id VARCHAR, published DATE, authority INTEGER, audience VARCHAR, place INTEGER)")
    engine.insert("given_sources", [(one.id, one.published, one.authority, one.audience, 0) for one in derived.names.sources.values()])
    for table in tables:
        if table.file.about == LABEL["Source"]:
            engine.run(f"INSERT INTO given_sources SELECT id, published, authority, audience, {table.number + 1} FROM {table.stated}")
    engine.run("CREATE OR REPLACE TABLE sources AS SELECT id, published, authority, audience FROM given_sources "
               "QUALIFY row_number() OVER (PARTITION BY id ORDER BY place DESC) = 1")


def periods(engine: Engine, tables: Iterable[Table]) -> None:
    """Make ``periods``: the last day of each period that a table names; none for what is no period."""
    engine.run("CREATE OR REPLACE TABLE periods (period VARCHAR, day DATE)")
    wanted = [f"SELECT period FROM {table.raw}" for table in tables if table.has("period")]
    if wanted:
        named = engine.rows(f"SELECT DISTINCT period::VARCHAR FROM ({' UNION ALL '.join(wanted)}) WHERE period IS NOT NULL")
        engine.insert("periods", [(period, day) for (period,) in named if (day := _last_day(str(period)))])


def _last_day(period: str) -> date | None:
    try:
        return values.day(period)
    except values.Unreadable:
        return None


def known(engine: Engine, tables: Sequence[Table], derived: Derived) -> None:
    """Make ``known_LABEL``: the ids that a fact may be about."""
    for label in LABEL.values():
        theirs = [f"SELECT id FROM {table.stated}" for table in tables if table.file.about == label]
        engine.run(f"CREATE OR REPLACE TABLE known_{label.name} (id VARCHAR)")
        engine.insert(f"known_{label.name}", [(id,) for id in sorted(_ids(derived, label))])
        for query in theirs:
            engine.run(f"INSERT INTO known_{label.name} {query}")


def new_nodes(engine: Engine, tables: Iterable[Table]) -> None:
    """Know every chain node that a table is about whose load asked for new ones."""
    for table in tables:
        if table.entry.new_nodes:
            for end in ("start", "end"):
                engine.run(f"INSERT INTO known_ChainNode SELECT DISTINCT \"{end}\" FROM {table.stated} "
                           f"WHERE {end}_label = 'ChainNode' AND \"{end}\" NOT IN (SELECT id FROM known_ChainNode)")


def _ids(derived: Derived, label: Label) -> set[str]:
    names = derived.names
    every: dict[str, Collection[str]] = {"Firm": names.firms.names, "ChainNode": names.nodes.names, "Region": names.regions.names,
             "Project": names.projects.names, "Chain": names.nodes.chains, "Source": names.sources,
             "Milestone": LADDER}
    return {*every.get(label.name, ()), *(node.id for node in derived.graph.nodes if node.label == label.name)}
