"""The graph of a workspace with tables, as files that a store copies: facts as they were merged, every node once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph import bulk
from graph.bulk import Prepared
from graph.bulk_engine import Engine
from graph.bulk_ids import literal, quoted
from graph.declare import Edge, Label, Property
from graph.facts import Node, Value
from graph.model import AUDIENCES, EDGE, EDGES, ENDS, LABEL, LABELS, MILESTONES, PERMITS
from graph.tables import INTEGERS, node_properties
from loaders.derive import Derived, Stated, with_nodes
from loaders.stating import NodeStatement, file_source
from loaders.tables_cells import TYPES
from loaders.tables_graph import Tables, Tell, put, silent
from loaders.tables_rows import Table


def prepared(tables: Tables, region: str, tell: Tell = silent) -> Iterator[Prepared]:
    """Every table of the graph, nodes first, as files of the engine's folder."""
    for name in tables.edges:
        bulk.merge(tables.engine, EDGE[name])
    _nodes(tables, region)
    for label in LABELS:
        yield from bulk.write_nodes(tables.engine, label, f"graph_{label.name}")
    for at, name in enumerate(tables.edges):
        tell(f"合并 / merging {name}", at, len(tables.edges))
        yield from bulk.write(tables.engine, EDGE[name], tables.parts[name])


def _nodes(tables: Tables, region: str) -> None:
    """Make ``graph_LABEL``: every node that a table states or a fact is about, once."""
    engine = tables.engine
    derived = with_nodes(tables.derived, _overlapping(tables))
    by_label: dict[str, list[Node]] = {}
    for node in derived.graph.nodes:
        by_label.setdefault(node.label, []).append(node)
    for label in LABELS:
        properties = node_properties(label)
        put(engine, f"python_{label.name}", {p.name: _type(p) for p in properties},
            (_node_row(properties, node) for node in by_label.get(label.name, [])))
        names = ", ".join(quoted(p.name) for p in properties)
        stated = [t for t in tables.tables if t.file.about == label]
        every = " UNION ALL ".join([f"SELECT {names}, 0 AS place, 0 AS eyes FROM python_{label.name}",
                                    *(f"SELECT {names}, {at} AS place, {_eyes(one)} AS eyes FROM {one.stated}"
                                      for at, one in enumerate(stated, start=1))])
        engine.run(f"CREATE OR REPLACE TABLE graph_{label.name} AS {_once(label.name, properties, every, len(stated))}")
        for table in stated:
            _unseen(tables, table, label, properties)
    _met(tables, derived, region)
    _ladder(engine)


def _type(one: Property) -> str:
    return "INTEGER" if one.name in INTEGERS else TYPES[one.type]


def _node_row(properties: Sequence[Property], node: Node) -> list[Value]:
    own = {"id": node.id, "name": node.name, "aliases": "、".join(node.aliases), **node.properties}
    return [own.get(p.name) for p in properties]


def _once(label: str, properties: Sequence[Property], every: str, stated: int) -> str:
    """One row an id. What Python derived has been merged with the tables already; of several tables the newer of the widest
    audience wins: a node carries no audience, so what a stricter one says of it is left out."""
    names = ", ".join(quoted(p.name) for p in properties)
    if not stated:
        return f"SELECT {names} FROM ({every})"
    if stated == 1:
        return f"""SELECT DISTINCT ON (id) {names} FROM ({every}) WHERE place = 0 OR id NOT IN (SELECT id FROM python_{label})"""
    others = ", ".join(f"arg_max({quoted(p.name)}, place) AS {quoted(p.name)}" for p in properties if p.name != "id")
    widest = (f"SELECT * FROM ({every}) WHERE place = 0 OR id NOT IN (SELECT id FROM python_{label}) "
              "QUALIFY eyes = min(eyes) OVER (PARTITION BY id)")
    return f"SELECT id, {others} FROM ({widest}) GROUP BY id"


def _eyes(table: Table) -> int:
    return AUDIENCES.index(table.entry.audience or AUDIENCES[0])


def _unseen(tables: Tables, table: Table, label: Label, properties: Sequence[Property]) -> None:
    """What a stricter table alone says of a node is shown to nobody where a wider fact is about it."""
    if not _eyes(table):
        return
    wider = [f'SELECT "{end}" AS id FROM {part.relation} WHERE {end}_label = {literal(label.name)} AND {bulk.rank()} <= {_eyes(table)}'
             for edge in EDGES for part in tables.parts.get(edge.name, ()) for at, end in enumerate(("start", "end"))
             if label.name in {pair[at] for pair in edge.ends}]
    others = [f"SELECT id FROM {one.stated}" for one in tables.tables if one.file.about == label and _eyes(one) < _eyes(table)]
    known = " UNION ALL ".join([f"SELECT id FROM python_{label.name}", *others])
    blank = ", ".join(f"{quoted(p.name)} = NULL" for p in properties if p.name not in ("id", "name", "aliases"))
    if wider:
        tables.engine.run(f"UPDATE graph_{label.name} SET name = id, aliases = ''{', ' + blank if blank else ''} WHERE id IN "
                          f"(SELECT id FROM {table.stated}) AND id IN ({' UNION ALL '.join(wider)}) AND id NOT IN ({known})")


def _overlapping(tables: Tables) -> list[Stated]:
    """What the tables say of nodes that the sheets know too: the greater precedence decides, as between two sheets."""
    out = list[Stated]()
    ids: dict[str, list[str]] = {}
    for node in tables.derived.graph.nodes:
        ids.setdefault(node.label, []).append(node.id)
    for table in tables.tables:
        label = LABEL.get(table.file.about.name)
        if label is None or label != table.file.about or label.name not in ids:
            continue
        put(tables.engine, "wanted", {"id": "VARCHAR"}, ([id] for id in ids[label.name]))
        names = [p.name for p in label.properties]
        chosen = ", ".join(map(quoted, ["id", "row", *names]))
        said = list[NodeStatement]()
        for id, row, *values in tables.engine.rows(f"SELECT {chosen} FROM {table.stated} WHERE id IN (SELECT id FROM wanted)"):
            own = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            said.append(NodeStatement(label.name, str(id), own, (5, table.entry.loaded), f"{table.file.path.name}/{row}",
                                      table.entry.audience or AUDIENCES[0]))
        out.append(Stated(table.entry, nodes=said))
    return out + _seen(tables, ids)


def _seen(tables: Tables, ids: dict[str, list[str]]) -> list[Stated]:
    """Who sees a node of the sheets through a fact of the tables: a stricter sheet's word of it is not shown there."""
    out = list[Stated]()
    for label, known in ids.items():
        put(tables.engine, "wanted", {"id": "VARCHAR"}, ([id] for id in known))
        for table in tables.tables:
            edge = table.file.about
            ends = [end for at, end in enumerate(("start", "end")) if isinstance(edge, Edge) and label in {p[at] for p in edge.ends}]
            for end in ends:
                rows = tables.engine.rows(
                    f'SELECT "{end}", min({bulk.rank()}) FROM {table.stated} WHERE {end}_label = {literal(label)} '
                    f'AND "{end}" IN (SELECT id FROM wanted) GROUP BY ALL')
                out.append(Stated(table.entry, nodes=[NodeStatement(label, str(id), {}, (0, table.entry.loaded), "", AUDIENCES[int(place) - 1])
                                                      for id, place in rows]))
    return out


def _met(tables: Tables, derived: Derived, region: str) -> None:
    """Add the nodes that facts are about and no table states: known to the sheets by name, made (--new-nodes), sources."""
    engine, names = tables.engine, derived.names
    shown = {**names.nodes.names, **names.regions.names, **names.projects.names}
    for label in LABELS:
        ends = [f'SELECT "{end}" AS id FROM {part.relation} WHERE {end}_label = {literal(label.name)}'
                for edge in EDGES for part in tables.parts.get(edge.name, ()) for at, end in enumerate(("start", "end"))
                if label.name in {pair[at] for pair in edge.ends} and not part.relation.startswith("python_")]
        if label.name == "Source":
            ends = [f"SELECT source AS id FROM {part.relation}" for parts in tables.parts.values() for part in parts]
        if ends and (label.name in ("Source", "Milestone") or engine.value(f"SELECT count(*) FROM known_{label.name} WHERE id NOT IN "
                                                                        f"(SELECT id FROM graph_{label.name})")):
            query = f"SELECT DISTINCT id FROM ({' UNION ALL '.join(ends)}) WHERE id NOT IN (SELECT id FROM graph_{label.name})"
            engine.run(f"CREATE OR REPLACE TABLE met AS {query}")
            if label.name == "Source":
                _sources(tables, region)
            else:
                engine.run(f"INSERT INTO graph_{label.name} BY NAME SELECT id, id AS name, '' AS aliases FROM met")
                for (id,) in engine.rows("SELECT id FROM met LIMIT 100000") if label.name != "Milestone" else ():
                    if shown.get(str(id), id) != id:
                        engine.run(f"UPDATE graph_{label.name} SET name = ? WHERE id = ?", [shown[str(id)], id])


def _sources(tables: Tables, region: str) -> None:
    """A source that nobody describes is titled by its name; a file is its own source."""
    tables.engine.run(f"""INSERT INTO graph_Source BY NAME SELECT met.id, met.id AS name, '' AS aliases, met.id AS title,
        {literal(region)} AS publisher, s.published, coalesce(s.authority, 5) AS authority, coalesce(s.audience, '{AUDIENCES[0]}') AS audience
        FROM met LEFT JOIN sources s ON s.id = met.id""")
    for entry in {id(e): e for e in tables.entries.values()}.values():
        tables.engine.run("UPDATE graph_Source SET published = ?, audience = ? WHERE id = ? AND published IS NULL",
                          [entry.loaded, entry.audience or AUDIENCES[0], file_source(entry)])


def _ladder(engine: Engine) -> None:
    """A milestone is what the model says of it."""
    kinds = [*((id, zh, "ladder", float(at)) for at, (id, zh, _) in enumerate(MILESTONES)),
             *((id, zh, "permit", None) for id, zh, _ in PERMITS), *((id, zh, None, None) for id, zh, _ in ENDS)]
    for id, zh, kind, rank in kinds:
        engine.run("UPDATE graph_Milestone SET name = ?, kind = ?, rank = ? WHERE id = ?", [zh, kind, rank, id])
