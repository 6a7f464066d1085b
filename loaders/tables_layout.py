"""Which table a file is, and which column of the model each of its columns is: the layout of ``liantu export --as csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.bulk_engine import Engine
from graph.bulk_ids import literal
from graph.declare import Edge, Label, Property
from graph.errors import LiantuError
from graph.model import EDGE, LABEL
from graph.tables import edge_properties, node_properties
from loaders.aliases import normal
from loaders.names import nearest
from loaders.rows import Problem

SUFFIXES = (".csv", ".parquet")
ENDS = (Property("start_label", "起点类型", "start label"), Property("start", "起点", "start"),
        Property("end_label", "终点类型", "end label"), Property("end", "终点", "end"))
"""The columns of a file of facts before the edge's own."""
_NAME = re.compile(r"(nodes|facts)-([A-Za-z_]+)")
_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A table of a material: the label's nodes or the edge's facts; ``columns`` are the model's names, in the file's order."""

    path: Path
    about: Label | Edge
    columns: tuple[str, ...]
    delimiter: str = ","

    @property
    def is_facts(self) -> bool:
        return isinstance(self.about, Edge)

    @property
    def first(self) -> int:
        """The number of the first row: below a header, where the file has one."""
        return 2 if self.path.suffix.lower() == ".csv" else 1


def files(path: Path, suffixes: Sequence[str] = SUFFIXES) -> list[Path]:
    """Files of a folder that may be tables: no hidden or lock files; a single file is itself."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.iterdir()
                  if p.is_file() and not p.name.startswith((".", "~$")) and p.suffix.lower() in suffixes)


def layout(engine: Engine, path: Path) -> tuple[list[File], list[Problem]]:
    """The tables of a material, nodes first, and what is wrong with their names and headers."""
    found, problems = list[File](), list[Problem]()
    for file in files(path):
        about = _about(file)
        if about is None:
            problems.append(_unknown_file(file))
            continue
        header, delimiter = _header(engine, file)
        columns, wrong = _columns(file, about, header)
        problems += wrong
        found.append(File(file, about, columns, delimiter))
    return sorted(found, key=lambda one: one.is_facts), problems


def _about(file: Path) -> Label | Edge | None:
    match = _NAME.fullmatch(file.stem)
    if not match or file.suffix.lower() not in SUFFIXES:
        return None
    return LABEL.get(match[2]) if match[1] == "nodes" else EDGE.get(match[2])


def _unknown_file(file: Path) -> Problem:
    known = [f"nodes-{name}" for name in LABEL] + [f"facts-{name}" for name in EDGE]
    near = "、".join(nearest(file.stem, known)) or "nodes-Firm、facts-MAKES"
    return Problem(file.name, "", 0, "", file.name, "不认识的文件名 / unknown file name",
                   f"最相近: {near}; 改名, 或移出文件夹 / nearest: {near}; rename it, or move it out of the folder")


def known(about: Label | Edge) -> tuple[Property, ...]:
    """Every column that a file about it may have."""
    return (*ENDS, *edge_properties(about)) if isinstance(about, Edge) else node_properties(about)


def own(about: Label | Edge) -> tuple[Property, ...]:
    return about.properties


def _header(engine: Engine, file: Path) -> tuple[list[str], str]:
    """The header as written, and what stands between two cells."""
    if file.suffix.lower() == ".parquet":
        return _parquet_header(engine, file), ","
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            line = lines.readline(_LINE)
    except UnicodeDecodeError as error:
        raise not_utf8(file) from error
    delimiter = max(",;\t", key=line.count)
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), []), delimiter


def _parquet_header(engine: Engine, file: Path) -> list[str]:
    """Its columns; LiantuError for a damaged file, and for a column of lists, records or bytes, which no sheet has."""
    import duckdb

    try:
        found = engine.rows(f"DESCRIBE SELECT * FROM read_parquet({literal(file.as_posix())})")
    except duckdb.Error as error:
        raise LiantuError(f"{file.name} 已损坏, 或不是 Parquet / is damaged, or no Parquet", "重新导出它 / export it again") from error
    for name, kind in ((str(row[0]), str(row[1])) for row in found):
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB", "LIST")):
            raise LiantuError(f"{file.name} 的列 {name} 是 {kind.partition('(')[0]}, 不是单个的值 / the column is of lists, records or bytes",
                              "拆成单个的值, 或去掉这一列 / make single values of it, or leave the column out")
    return [str(row[0]) for row in found]


def not_utf8(file: Path) -> LiantuError:
    return LiantuError(f"{file.name} 不是 UTF-8 / is not UTF-8", "另存为 CSV UTF-8, 或用 Parquet / save it as CSV UTF-8, or use Parquet")


def _columns(file: Path, about: Label | Edge, header: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The model's name of each column, '' where there is none; what is wrong with them."""
    spelt = _spellings(about)
    found = tuple(spelt.get(normal(name), "") for name in header)
    problems = [_unknown_column(file, about, name) for name, ours in zip(header, found, strict=True) if not ours]
    problems += [_problem(file, name, f"{name} 出现两次 / stands twice", "留一列 / keep one of them")
                 for name in dict.fromkeys(found) if name and found.count(name) > 1]
    required = ["start", "end", *_labels_wanted(about)] if isinstance(about, Edge) else ["id"]
    problems += [_problem(file, name, f"缺少必填列 {name} / the required column is missing", "加上这一列 / add it")
                 for name in required if name not in found]
    return found, problems


def _labels_wanted(edge: Edge) -> list[str]:
    """The labels that the edge's type does not tell."""
    return [name for at, name in enumerate(("start_label", "end_label")) if len({ends[at] for ends in edge.ends}) > 1]


def _spellings(about: Label | Edge) -> dict[str, str]:
    """Header → column. What is its own goes before what all have (来源's 名称 is its title)."""
    every = [*own(about), *(one for one in known(about) if one not in own(about))]
    found: dict[str, str] = {}
    for spelling in ("name", "zh", "en"):
        for one in every:
            found.setdefault(normal(getattr(one, spelling)), one.name)
    return found


def _unknown_column(file: Path, about: Label | Edge, name: str) -> Problem:
    near = "、".join(nearest(name, [text for one in known(about) for text in (one.name, one.zh)])) or "、".join(
        one.name for one in known(about)[:6])
    return _problem(file, name, "不认识这一列 / unknown column",
                    f"最相近: {near}; 改名或删去 / nearest: {near}; rename or delete it")


def _problem(file: Path, column: str, why: str, cure: str) -> Problem:
    return Problem(file.name, "", 1 if file.suffix.lower() == ".csv" else 0, column, column, why, cure)
