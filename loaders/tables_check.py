"""What is wrong with the rows of tables, all of it at once: counted in one pass, listed only where there is something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from graph import units
from graph.bulk import contradictions
from graph.bulk_engine import Engine
from graph.bulk_ids import literal, quoted
from graph.declare import Edge
from graph.model import EDGE, ENDS, MILESTONES, PERMITS
from graph.tables import node_properties
from graph.workspace import Material
from loaders.cells import PROBLEMS
from loaders.rows import Problem
from loaders.tables_cells import Check, any_control, checks, control, raw
from loaders.tables_layout import known
from loaders.tables_rows import BLANKS, Table, label

SHOWN = 1000
"""So many are listed in a message; rejects/ has all of them."""
LADDER = tuple(id for id, _, _ in (*MILESTONES, *PERMITS, *ENDS))

_SAID = {
    "number": ("不是数, 或不在 1e-15 与 1e15 之间", "no number, or not between 1e-15 and 1e15", "只写数字, 单位写在单位列; 不清楚就留空",
               "write the figure alone, its unit in the unit's column; blank where unknown"),
    "day": ("不是日期", "is no day", "写成 2024-01-31", "write 2024-01-31"),
    "flag": ("不是 是/否", "neither yes nor no", "写 true 或 false, 是 或 否", "write true or false"),
    "control": ("有控制字符", "has a control character", "删去它", "delete it"),
    "missing": ("必填而为空", "is required and blank", "补上, 或删去这一行", "fill it in, or delete the row"),
    "end": ("没有这个节点", "there is no such node", "把它加进 nodes-{near} 表, 或改正标识{extra}",
            "add it to the table nodes-{near}, or correct the id"),
    "unit": ("不认识的单位", "unknown unit", "{near}", "{near}"),
    "twice": ("同一标识有两行, 内容不同", "two rows of one id that differ", "留一行", "keep one of them"),
    "damaged": ("这一行不完整: {near}", "is no whole row: {near}", "检查引号与列数", "check the quotation marks and the number of cells"),
    "same_line": ("与 {near} 同一事实线、同一天、同一来源, 数值却不同", "the same line, day and source as {near}, with another value",
                  "留一行, 或用线属性、日期或来源分开", "keep one, or tell them apart by a line property, the day or the source"),
    "ends": ("模型没有这样的两端", "the model has no such pair of ends", "起点类型与终点类型写成: {near}", "the labels are one of: {near}"),
    "milestone": ("不是里程碑", "is no milestone", "写其中之一: {near}", "write one of: {near}"),
}


def _said(kind: str, near: str) -> tuple[str, str]:
    zh, en, cure_zh, cure_en = _SAID.get(kind) or (text.replace("{value} ", "").replace("{value}", "") for text in PROBLEMS[kind])
    extra = "; 或用 --new-nodes" if near == "ChainNode" else ""
    texts = [text.replace("{near}", near).replace("{extra}", extra) for text in (f"{zh} / {en}", f"{cure_zh} / {cure_en}")]
    return texts[0], texts[1]


def prepare(engine: Engine) -> None:
    """The list that checks fill."""
    engine.run("CREATE OR REPLACE TABLE problems (file VARCHAR, row BIGINT, col VARCHAR, cell VARCHAR, why VARCHAR, cure VARCHAR, "
               "keep_good BOOLEAN, whole BOOLEAN, kept VARCHAR)")


def wrong(engine: Engine, entry: Material, problems: Iterable[Problem]) -> None:
    """Add what is wrong with a file's name or header: nothing of it can be kept."""
    engine.insert("problems", [(p.file, p.row, p.column, p.value, p.why, p.cure, False, True, entry.kept) for p in problems])


def by_material(engine: Engine) -> dict[str, int]:
    """How many in each material that has any, by its kept name."""
    return {str(kept): int(number) for kept, number in engine.rows("SELECT kept, count(*) FROM problems GROUP BY kept ORDER BY kept")}


def _of(entries: Iterable[Material] | None) -> str:
    """Those of these materials; of all, where None."""
    return "problems" if entries is None else f"(FROM problems WHERE list_contains([{', '.join(literal(e.kept) for e in entries)}], kept))"


def listed(engine: Engine, entries: Iterable[Material] | None = None, most: int = SHOWN) -> list[Problem]:
    """The first of them, in the order a person walks through the files."""
    rows = engine.rows(f"SELECT file, row, col, cell, why, cure FROM {_of(entries)} ORDER BY file, row, col LIMIT {most}")
    return [Problem(str(file), "", int(row), str(column), str(cell or ""), str(why), str(cure))
            for file, row, column, cell, why, cure in rows]


def every(engine: Engine, entries: Iterable[Material]) -> Iterator[list[tuple[object, ...]]]:
    """All of these materials' as rows of rejects/, in batches."""
    yield from engine.batches(f"SELECT file, '', row, col, cell, why, cure FROM {_of(entries)} ORDER BY file, row, col")


def cells(engine: Engine, table: Table) -> None:
    """Refuse the rows whose cells cannot be read."""
    about = table.file.about
    edge = about if isinstance(about, Edge) else None
    columns = [one for one in known(about) if table.has(one.name)]
    found = [check for one in columns for check in checks(one, edge)] + list(_required(table)) + list(_units(engine, table))
    _mark(engine, table, found)
    texts = [one for one in columns if one.type == "text" and not one.choices]
    if texts and engine.value(f"SELECT count(*) FROM {table.raw} raw WHERE {any_control(texts)}"):
        _mark(engine, table, [control(one) for one in texts])
    for line, text, kind in table.damaged:
        why, cure = _said("damaged", kind)
        engine.insert("problems", [(table.file.path.name, line, "", text, why, cure, table.entry.keep_good, False, table.entry.kept)])


def _required(table: Table) -> Iterator[Check]:
    about = table.file.about
    names = ["start", "end", *(p.name for p in about.properties if p.choices and p.line and p.name not in BLANKS)] if isinstance(
        about, Edge) else ["id"]
    for name in names:
        yield Check(name, f"{raw(name)} IS NULL" if table.has(name) else "true", "missing")
    if isinstance(about, Edge):
        pairs = " OR ".join(f"({label(table, about, 0)} IS NOT DISTINCT FROM '{start}' AND {label(table, about, 1)} IS NOT DISTINCT FROM '{end}')"
                            for start, end in about.ends)
        if len(about.ends) > 1:
            yield Check("start_label", f"NOT ({pairs})", "ends", "、".join(f"{a} → {b}" for a, b in about.ends))
        yield from (Check(name, f"{raw(name)} IS NOT NULL AND NOT ({pairs})", "ends", "、".join(f"{a} → {b}" for a, b in about.ends))
                    for name in ("start_label", "end_label") if len(about.ends) == 1 and table.has(name))
    elif about.name == "Milestone":
        known_ids = ", ".join(literal(id) for id in LADDER)
        yield Check("id", f"{raw('id')} IS NOT NULL AND {raw('id')} NOT IN ({known_ids})", "milestone", "、".join(LADDER))


def _units(engine: Engine, table: Table) -> Iterator[Check]:
    """Each unit that nobody knows, with its nearest: there are few of them, however many rows."""
    if not isinstance(table.file.about, Edge) or not table.has("unit") or not any(p.type == "number" for p in table.file.about.properties):
        return
    for (unit,) in engine.rows(f"SELECT DISTINCT unit FROM {table.raw} raw WHERE unit IS NOT NULL LIMIT 100000"):
        with suppress(units.UnknownUnit):
            units.known(unit)
            continue
        yield Check("unit", f"coalesce({raw('unit')} = {literal(unit)}, false)", "unit", _unit_cure(unit))


def _unit_cure(unit: str) -> str:
    try:
        units.known(unit)
    except units.UnknownUnit as error:
        return error.cure
    return ""


def _mark(engine: Engine, table: Table, found: Sequence[Check]) -> None:
    """Count all in one pass; list those that occur."""
    if not found:
        return
    counts = engine.rows(f"SELECT {', '.join(f'count(*) FILTER (WHERE {one.bad})' for one in found)} FROM {table.raw} raw")[0]
    for one, number in zip(found, counts, strict=True):
        if number:
            shown = raw(one.column) if table.has(one.column) else "NULL"
            _refuse(engine, table, one, f"SELECT row, {shown}::VARCHAR AS cell FROM {table.raw} raw WHERE {one.bad}")


def _refuse(engine: Engine, table: Table, check: Check, rows: str) -> None:
    why, cure = _said(check.kind, check.near)
    engine.run(f"INSERT INTO problems SELECT {literal(table.file.path.name)}, row, {literal(check.column)}, left(cell, 200), "
               f"{literal(why)}, {literal(cure)}, {table.entry.keep_good}, false, {literal(table.entry.kept)} FROM ({rows})")
    engine.run(f"INSERT INTO {table.bad} SELECT DISTINCT row FROM ({rows})")


def twice(engine: Engine, tables: Sequence[Table]) -> None:
    """Refuse a node that one material states twice, differently: every row of it but the first."""
    for table in tables:
        if not isinstance(table.file.about, Edge):
            names = ", ".join(quoted(one.name) for one in node_properties(table.file.about))
            again = f"SELECT id FROM {table.stated} GROUP BY id HAVING count(*) > 1"
            if engine.rows(f"{again} LIMIT 1"):
                first = f"SELECT *, row_number() OVER (PARTITION BY id ORDER BY row) AS nth, min(row) OVER (PARTITION BY id, {names}) AS alike, " \
                        f"min(row) OVER (PARTITION BY id) AS first FROM {table.stated} WHERE id IN ({again})"
                _refuse(engine, table, Check("id", "", "twice"), f"SELECT row, id AS cell FROM ({first}) WHERE alike <> first")


def ends(engine: Engine, tables: Iterable[Table]) -> None:
    """Refuse facts about nodes that nobody states. ``known_LABEL`` has the ids."""
    for table in tables:
        edge = table.file.about
        if isinstance(edge, Edge):
            for at, end in enumerate(("start", "end")):
                for name in sorted({pair[at] for pair in edge.ends}):
                    query = (f"SELECT row, \"{end}\" AS cell FROM {table.stated} WHERE {end}_label = '{name}' "
                             f"AND \"{end}\" NOT IN (SELECT id FROM known_{name})")
                    if engine.rows(f"{query} LIMIT 1"):
                        kind, near = ("milestone", "、".join(LADDER)) if name == "Milestone" else ("end", name)
                        _refuse(engine, table, Check(end, "", kind, near), query)


def same_line(engine: Engine, tables: Sequence[Table], edges: Iterable[str]) -> None:
    """Refuse facts of one line, day and source in one table that give another value; they leave the hot facts too."""
    by_number: dict[tuple[int, str], list[Table]] = {}
    for table in tables:
        by_number.setdefault((table.number, table.file.about.name), []).append(table)
    for name in edges:
        for number, row, first, shown in engine.rows(contradictions(EDGE[name])):
            for table in by_number.get((number, name), ()):
                why, cure = _said("same_line", str(first))
                engine.insert("problems", [(table.file.path.name, row, EDGE[name].value or "—", shown, why, cure,
                                             table.entry.keep_good, False, table.entry.kept)])
                engine.insert(table.bad, [(row,)])
                engine.run(f"DELETE FROM hot_{name} WHERE material = {number} AND row = {row}")
