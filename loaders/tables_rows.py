"""The rows of a table as relations of the table engine: as they stand in the file, then as stated facts and nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph import bulk_ids as ids
from graph.bulk import STATED, Part, rank
from graph.bulk_engine import Engine
from graph.bulk_ids import literal, quoted
from graph.declare import Edge, Label
from graph.errors import LiantuError
from graph.facts import COEFFICIENT_DAY, STRUCTURE_DAY
from graph.model import AUDIENCES
from graph.tables import node_properties
from graph.workspace import Material
from loaders.stating import file_source
from loaders.tables_cells import raw, value, without_apostrophe
from loaders.tables_layout import File, known, not_utf8

BLANKS = {"role": "material", "measure": "capacity"}
"""What a blank choice means, as on the sheets."""
OWN_DAYS = {"MAKES": "since", "REACHES": "day"}
"""The row's own day, where it has one besides ``valid_from``."""
INNER = {"CONTACTS": AUDIENCES[2], "KNOWS": AUDIENCES[2]}
"""Who may see facts of which a table does not say it: as the sheets do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of one material as relations: ``raw`` as it stands there, ``stated`` what it states.

    ``number`` is the material's place among all of them, ``damaged`` lines that were no rows: (line, text, what is wrong).
    """

    file: File
    entry: Material
    number: int
    name: str
    damaged: tuple[tuple[int, str, str], ...] = ()

    @property
    def raw(self) -> str:
        return f"raw_{self.name}"

    @property
    def stated(self) -> str:
        return f"stated_{self.name}"

    @property
    def bad(self) -> str:
        """Numbers of the rows that are refused."""
        return f"bad_{self.name}"

    def has(self, column: str) -> bool:
        return column in self.file.columns


def open_table(engine: Engine, file: File, entry: Material, number: int, at: int) -> Table:
    """Make ``raw`` and an empty ``bad``. A CSV is read once, into a file that can be read in any order."""
    table = Table(file, entry, number, f"{number}_{at}")
    path, damaged = file.path.as_posix(), tuple[tuple[int, str, str], ...]()
    if file.path.suffix.lower() == ".csv":
        path = (engine.folder / f"{table.name}.parquet").as_posix()
        damaged = _staged(engine, file, path)
    types = {str(row[0]): str(row[1]) for row in engine.rows(f"DESCRIBE SELECT * FROM read_parquet({literal(path)})")}
    texts = {one.name for one in known(file.about) if one.type == "text"}
    columns = [_column(theirs, ours, types[theirs], ours in texts)
               for theirs, ours in zip(types, file.columns, strict=False) if ours]
    engine.run(f"CREATE OR REPLACE VIEW {table.raw} AS SELECT file_row_number + {file.first} AS row, {', '.join(columns)} "
               f"FROM read_parquet({literal(path)}, file_row_number = true)")
    engine.run(f"CREATE OR REPLACE TABLE {table.bad} (row BIGINT)")
    return Table(file, entry, number, table.name, damaged)


def _column(theirs: str, ours: str, type: str, is_text: bool) -> str:
    name = '"' + theirs.replace('"', '""') + '"'
    cell = f"CAST({name} AS VARCHAR)" if is_text else name
    return f"{f'nullif({cell}, {chr(39) * 2})' if is_text or type == 'VARCHAR' else cell} AS {quoted(ours)}"


def _staged(engine: Engine, file: File, to: str) -> tuple[tuple[int, str, str], ...]:
    """Write the rows of a CSV as Parquet; the lines that are no rows."""
    names = [f"c{at}" for at in range(len(file.columns))]
    texts = {one.name for one in known(file.about) if one.type == "text"}
    shown = [f"{without_apostrophe(name)} AS {name}" if ours in texts else name
             for name, ours in zip(names, file.columns, strict=True)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    engine.run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    try:
        engine.run(f"COPY (SELECT {', '.join(shown)} FROM read_csv({literal(file.path.as_posix())}, columns = {{{columns}}}, "
                   f"header = true, auto_detect = false, delim = {literal(file.delimiter)}, quote = '\"', escape = '\"', "
                   f"nullstr = '', store_rejects = true)) TO {literal(to)} (FORMAT parquet, COMPRESSION snappy)")
    except Exception as error:
        raise _unreadable(file, error) from error
    found = engine.rows("SELECT line, any_value(csv_line), any_value(error_type::VARCHAR) FROM reject_errors GROUP BY line ORDER BY line")
    return tuple((int(line), str(text)[:200], str(kind)) for line, text, kind in found)


def _unreadable(file: File, error: Exception) -> LiantuError:
    if "utf" in str(error).lower():
        return not_utf8(file.path)
    first = str(error).splitlines()[0][:200]
    return LiantuError(f"{file.path.name} 读不了: {first} / cannot be read", "检查文件是否完整 / check that the file is whole")


def state(engine: Engine, table: Table, region: str) -> Part | None:
    """Make ``stated`` of the rows that are not refused; the part it is of the facts, None for nodes."""
    about = table.file.about
    left_out = f"WHERE raw.row NOT IN (SELECT row FROM {table.bad})" if engine.value(f"SELECT count(*) FROM {table.bad}") else ""
    if isinstance(about, Label):
        engine.run(f"CREATE OR REPLACE VIEW {table.stated} AS SELECT {_node(table, about)} FROM {table.raw} raw {left_out}")
        return None
    engine.run(f"CREATE OR REPLACE VIEW {table.stated} AS SELECT {_fact(table, about)} FROM {table.raw} raw "
               f"LEFT JOIN sources s ON s.id = {_cell(table, 'source')} {_periods(table, about)} {left_out}")
    return Part(about.name, table.stated, _identity(table, about))


def _cell(table: Table, name: str) -> str:
    return raw(name) if table.has(name) else "NULL::VARCHAR"


def _node(table: Table, label: Label) -> str:
    values = {one.name: value(one, table.has(one.name)) for one in node_properties(label)}
    values |= {"name": f"coalesce({values['name']}, {raw('id')})", "aliases": f"coalesce({values['aliases']}, '')"}
    if label.name == "Source":
        values |= {"authority": f"coalesce({values['authority']}, 1)",
                   "audience": f"coalesce({values['audience']}, {literal(AUDIENCES[0])})"}
    return f"{table.number} AS material, row, " + ", ".join(f"{text} AS {quoted(name)}" for name, text in values.items())


def _fact(table: Table, edge: Edge) -> str:
    """The columns of STATED and the edge's own."""
    own = {one.name: value(one, table.has(one.name)) for one in edge.properties}
    own |= {one.name: f"coalesce({own[one.name]}, {literal(BLANKS.get(one.name, '') if one.choices else '')})"
            for one in edge.properties if one.type == "text"}
    day, own_day, known_day = _days(table, edge, own)
    carried = {one.name: value(one, table.has(one.name)) for one in known(edge) if one.name in ("authority", "audience", "holds")}
    cell = f"{literal(table.file.path.name + '/')} || raw.row"
    given = _cell(table, "cell")
    values = {
        "material": str(table.number), "row": "raw.row",
        **{f"{end}_label": label(table, edge, at) for at, end in enumerate(("start", "end"))},
        "start": raw("start"), "end": raw("end"),
        "source": f"coalesce({_cell(table, 'source')}, {literal(file_source(table.entry))})",
        "own_source": f"{_cell(table, 'source')} IS NOT NULL", "own_day": own_day, "given": _cell(table, "id"),
        "cell": f"coalesce({given}, {cell})",
        "sheet": f"coalesce(regexp_replace({given}, '/[^/]*$', ''), {literal(table.file.path.name)})",
        "text": f"coalesce({_cell(table, 'text')}, '')", "valid_from": day, "known_from": known_day,
        "authority": f"coalesce({carried['authority']}, s.authority, 5)", "audience": _audience(table, edge, carried["audience"]),
        "holds": f"coalesce({carried['holds']}, true)"}
    own = {name: text for name, text in own.items() if name not in values}
    return ", ".join(f"{text} AS {quoted(name)}" for name, text in {**{n: values[n] for n in STATED}, **own}.items())


def label(table: Table, edge: Edge, at: int) -> str:
    """The label of an end: told by the edge's type, or by the row in its name or in Chinese."""
    from graph.model import LABEL

    names = {ends[at] for ends in edge.ends}
    if len(names) == 1:
        return literal(*names)
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(name)}" for name in sorted(names) for word in (name, LABEL[name].zh))
    return f"CASE {_cell(table, ('start_label', 'end_label')[at])} {cases} END"


def _days(table: Table, edge: Edge, own: dict[str, str]) -> tuple[str, str, str]:
    """valid_from, whether it is the row's own, and known_from (MATERIAL: Days)."""
    by_name = {one.name: one for one in known(edge)}
    valid, knew = (value(by_name[name], table.has(name)) for name in ("valid_from", "known_from"))
    published, loaded = f"CASE WHEN {_cell(table, 'source')} IS NOT NULL THEN s.published END", _day(table.entry.loaded)
    if edge.clock == "structure":
        first = _day(STRUCTURE_DAY)
        if edge.name == "FEEDS":
            first = f"CASE WHEN {own['coefficient']} IS NULL THEN {first} ELSE {_day(COEFFICIENT_DAY)} END"
            published = f"CASE WHEN {own['coefficient']} IS NOT NULL THEN {published} END"
        else:
            published = "NULL"
        return f"coalesce({valid}, {first})", "true", f"coalesce({knew}, {published}, {valid}, {first})"
    row = own[OWN_DAYS[edge.name]] if edge.name in OWN_DAYS else "periods.day" if _has_period(edge) else "NULL"
    if edge.planned:
        row = f"CASE WHEN {own[edge.planned]} <> 'planned' THEN {row} END"
    return (f"coalesce({valid}, {row}, {published}, {_day(table.entry.data_date)})", f"coalesce({valid}, {row}, {published}) IS NOT NULL",
            f"coalesce({knew}, {published}, {loaded})")


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _has_period(edge: Edge) -> bool:
    return any(one.name == "period" for one in edge.properties)


def _periods(table: Table, edge: Edge) -> str:
    """The last day of what a period names."""
    return f"LEFT JOIN periods ON periods.period = {_cell(table, 'period')}" if _has_period(edge) else ""


def _audience(table: Table, edge: Edge, given: str) -> str:
    """The strictest of what the row, its source, its file and, where the row does not say, its kind of fact have."""
    kind = INNER.get(edge.name, AUDIENCES[0])
    inner = literal(kind)
    if edge.name == "MEASURES":
        inner = f"CASE WHEN {label(table, edge, 0)} = 'Firm' THEN {literal(AUDIENCES[1])} ELSE {inner} END"
    ranks = [rank(text) for text in (f"coalesce({given}, {inner})", "s.audience", literal(table.entry.audience or AUDIENCES[0]))]
    return f"list_extract({list(AUDIENCES)!r}, greatest({', '.join(f'coalesce({one}, 1)' for one in ranks)}))"


def _identity(table: Table, edge: Edge) -> str:
    """The id: the one that is given where it is this fact's own, with or without its source and day; else the one it has."""
    made = ids.id(edge)
    if not table.has("id"):
        return made
    marks: Sequence[tuple[str, str]] = [("true", "true"), ("false", "true"), ("true", "false"), ("false", "false")]
    own = " OR ".join(f"given = {ids.id(edge, source, day)}" for source, day in marks)
    return f"CASE WHEN given IS NOT NULL AND ({own}) THEN given ELSE {made} END"
