"""What a load of tables did, counted in SQL: rows, facts, days, what is new and what was known."""

from __future__ import annotations

from collections.abc import Sequence

from graph.bulk_ids import quoted
from graph.model import EDGE
from graph.workspace import Material
from loaders import tables_check
from loaders.load import Report
from loaders.material import Incoming
from loaders.rows import Problem
from loaders.tables_graph import Tables, put
from loaders.tables_rows import Table


def report(report: Report, tables: Tables, new: Sequence[Incoming]) -> Report:
    """Fill in the report of a load that is about to be done."""
    fresh = [i.entry for i in new]
    mine = [table for table in tables.tables if table.entry in fresh]
    report.loaded = [entry.name for entry in fresh]
    for table in mine:
        name = table.file.about.zh
        report.rows[name] = report.rows.get(name, 0) + _count(tables, table.stated)
    for name in tables.edges:
        fresh_facts, known = _facts(tables, name, [n for n, entry in tables.entries.items() if entry in fresh])
        report.new, report.kept = report.new + fresh_facts, report.kept + known
    sheets = refused(tables, new)
    report.rejects = [*sheets, *tables_check.listed(tables.engine, fresh)]
    counts = tables_check.by_material(tables.engine)
    report.rejected = len(sheets) + sum(counts.get(entry.kept, 0) for entry in fresh)
    report.new_nodes = sum(_new_nodes(tables, name, fresh) for name in dict.fromkeys(t.file.about.name for t in mine if not t.file.is_facts))
    for table in mine:
        _days(tables, table, report)
    report.notes += sorted({note for said in tables.derived.notes.values() for note in said})
    return report


def _count(tables: Tables, relation: str) -> int:
    return int(tables.engine.value(f"SELECT count(*) FROM {relation}"))


def refused(tables: Tables, new: Sequence[Incoming]) -> list[Problem]:
    """What was refused of new sheets."""
    fresh = [i.entry for i in new]
    return [problem for one in tables.derived.stated if one.entry in fresh for problem in one.problems]


def rows(tables: Tables, new: Sequence[Incoming]) -> int:
    """Rows of the new material that are good."""
    fresh = [i.entry for i in new]
    return sum(_count(tables, table.stated) for table in tables.tables if table.entry in fresh) + sum(
        len(one.facts) for one in tables.derived.stated if one.entry in fresh)


def _new_nodes(tables: Tables, label: str, fresh: Sequence[Material]) -> int:
    """How many nodes of a label the new tables state, and neither an older table nor a sheet."""
    stated = [table for table in tables.tables if table.file.about.name == label]
    mine, others = ([f"SELECT id FROM {t.stated}" for t in stated if (t.entry in fresh) == own] for own in (True, False))
    put(tables.engine, "of_sheets", {"id": "VARCHAR"}, ([node.id] for node in tables.derived.graph.nodes if node.label == label))
    older = " UNION ALL ".join(["SELECT id FROM of_sheets", *others])
    return _count(tables, f"(({' UNION '.join(mine)}) EXCEPT ({older}))")


def _facts(tables: Tables, name: str, numbers: Sequence[int]) -> tuple[int, int]:
    """How many facts of these parts nobody else states, and how many somebody does. A fact that is not hot is nobody else's."""
    if not numbers:
        return 0, 0
    mine = f"material IN ({', '.join(map(str, numbers))})"
    parts = " UNION ALL ".join(f"SELECT material FROM {part.relation}" for part in tables.parts[name])
    alone = tables.engine.value(f"SELECT count(*) FROM ({parts}) WHERE {mine}") - tables.engine.value(
        f"SELECT count(*) FROM hot_{name} WHERE {mine}")
    met, known = tables.engine.rows(f"SELECT count(*), count(*) FILTER (WHERE others) FROM (SELECT bool_or({mine}) AS ours, "
                                    f"bool_or(NOT {mine}) AS others FROM hot_{name} GROUP BY id) WHERE ours")[0]
    return int(alone + met - known), int(known)


def _days(tables: Tables, table: Table, report: Report) -> None:
    """From where rows took their day, as the sheets tell it; structure has none."""
    if not table.file.is_facts or EDGE[table.file.about.name].clock == "structure":
        return
    given = f"raw.{quoted('valid_from')} IS NOT NULL" if table.has("valid_from") else "false"
    own, file = tables.engine.rows(f"SELECT count(*) FILTER (WHERE {given}), count(*) FILTER (WHERE NOT own_day) FROM {table.raw} raw "
                                   f"JOIN {table.stated} s ON s.row = raw.row")[0]
    rest = _count(tables, table.stated) - own - file
    for key, number in (("row", own), ("source", rest), ("file", file)):
        if number:
            report.days[key] = report.days.get(key, 0) + int(number)
