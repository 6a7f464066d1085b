"""A graph as files for ``neo4j-admin database import``: minutes where loading over the wire takes hours.

The same files serve Neo4j 5.26 and 2026.09. File names in ``import.args`` are relative, so the folder can be
copied to the server and its own path may hold spaces or Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.ddl import csv_line, neo4j_schema
from graph.declare import Property
from graph.facts import Graph, Value
from graph.files import unwritable, write_bytes, write_text
from graph.marking import MARKER_LABEL, READY, RULE
from graph.model import EDGES, LABELS
from graph.store import Marker
from graph.tables import INTEGERS, Table, tables

TYPES = {"text": "string", "number": "double", "flag": "boolean", "day": "date"}
OPTIONS = ("--id-type=string", "--multiline-fields=true", "--bad-tolerance=0", "--strict=true")
"""Strict, and no bad row tolerated: the versions differ in what they would pass over in silence."""
MARKER_COLUMNS = ("workspace", "model", "material", "state", "changes:long", "loader", "labels:string[]", "edges:string[]")

README = """链图 liantu: Neo4j 导入文件 / files for a Neo4j import
适用 Neo4j 5.26 与 2026.09 / for Neo4j 5.26 and 2026.09

在 Neo4j 服务器上, 于本文件夹内依次运行 (数据库名 neo4j 可换) /
on the server of Neo4j, in this folder, one after the other (neo4j is the database's name):

1. 停止服务器 / stop the server
   neo4j stop
2. 导入 / import
   neo4j-admin database import full neo4j "@import.args"
   数据库已存在时 (服务器启动过一次即有), 加 --overwrite-destination=true: 其中原有内容将被清除 /
   where the database exists (it does once the server has been started) add --overwrite-destination=true:
   what it holds is then deleted
3. 启动服务器 / start the server
   neo4j start
4. 建立约束与索引 / make the constraints and indexes
   cypher-shell -u neo4j -d neo4j -f schema.cypher

以服务方式安装的, 第 2 步请用 Neo4j 的系统账户运行 (Linux: sudo -u neo4j …), 否则服务器读不了导入的结果;
该账户须能读写本文件夹 (它写 import.report) /
where Neo4j runs as a service, run step 2 as its own user (Linux: sudo -u neo4j …), else it cannot read the result;
that user must be able to read this folder and to write to it (import.report)

本文件夹的路径含中文时, 系统编码须为 UTF-8 (Linux: 先运行 export LC_ALL=C.UTF-8) /
where the path of this folder is not plain ASCII, the locale must be UTF-8 (Linux: export LC_ALL=C.UTF-8 first)

本文件夹含全部受众的事实 (公开、内部、专班) 与联系人, 不可外传 /
these files hold the facts for every audience (公开, 内部, 专班) and contacts: not to be passed on

标记节点 {label} 记下图谱属于哪个工作区、由哪批材料生成, 请勿删除 /
the node {label} tells which workspace the graph belongs to and what it was built from: do not delete it
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A header file and a data file, and the option that names them."""

    name: str
    header: Sequence[str]
    rows: Iterable[list[Value]]
    option: str

    @property
    def files(self) -> tuple[str, str]:
        return f"{self.name}-header.csv", f"{self.name}.csv"

    @property
    def argument(self) -> str:
        return f"{self.option}={','.join(f'./{name}' for name in self.files)}"  # 2026.09 does not find a bare name


def write_import(graph: Graph, marker: Marker, folder: Path) -> list[Path]:
    """Write headers, rows, ``schema.cypher``, ``README.txt`` and ``import.args``; returns the paths, in that order.

    A table without rows has no file. What an earlier call left in the folder is replaced, or no longer named in
    ``import.args``. Raises ModelError as ``tables`` does, LiantuError where a file cannot be written.
    """
    _without_arguments(folder)
    parts = [*_of_graph(graph), _of_marker(marker)]
    written = [path for part in parts for path in _written(part, folder)]
    texts = {"schema.cypher": [f"{one};" for one in [*neo4j_schema(), RULE]],
             "README.txt": README.format(label=MARKER_LABEL).splitlines(),
             "import.args": [*OPTIONS, *(part.argument for part in parts)]}
    for name, lines in texts.items():
        write_text(folder / name, "".join(f"{line}\n" for line in lines))
    return [*written, *(folder / name for name in texts)]


def _without_arguments(folder: Path) -> None:
    """They come last, so that rows of two graphs, or half of one, are never imported by mistake."""
    try:
        (folder / "import.args").unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(folder / "import.args", error) from error


def _written(part: Part, folder: Path) -> list[Path]:
    header, rows = (folder / name for name in part.files)
    write_text(header, ",".join(part.header) + "\n")
    write_bytes(rows, "".join(map(csv_line, part.rows)).encode("utf-8", "replace"))  # half a surrogate pair becomes ?
    return [header, rows]


def _of_graph(graph: Graph) -> Iterator[Part]:
    for table in tables(graph):
        header = [f"{one.name}:{_type(one)}" for one in table.columns]
        if table.ends is None:  # each label is an ID space of its own; the id is a property besides
            header[0] = f"id:ID({table.name})"
            yield Part(f"nodes-{table.name}", header, _numbers(table), f"--nodes={table.name}")
        else:
            start, end = table.ends
            ends = [f":START_ID({start})", f":END_ID({end})"]
            yield Part(f"facts-{table.name}-{start}-{end}", ends + header, _numbers(table), f"--relationships={table.name}")


def _of_marker(marker: Marker) -> Part:
    labels, edges = (";".join(one.name for one in many) for many in (LABELS, EDGES))
    row: list[Value] = ["marker", marker.workspace, marker.model, marker.material, READY, 1, "", labels, edges]
    header = [f"id:ID({MARKER_LABEL})", *MARKER_COLUMNS]
    return Part(f"nodes-{MARKER_LABEL}", header, [row], f"--nodes={MARKER_LABEL}")


def _type(one: Property) -> str:
    return "long" if one.name in INTEGERS else TYPES[one.type]


def _numbers(table: Table) -> Iterator[list[Value]]:
    """The rows with every number in the form of its column: 100 of a double is 100.0, 5.0 of a long is 5."""
    ends = 0 if table.ends is None else 2
    forms = {at: int if one.name in INTEGERS else float
             for at, one in enumerate(table.columns, start=ends) if one.type == "number"}
    for row in table.rows:
        for at, form in forms.items():
            value = row[at]
            row[at] = value if value is None else form(value)  # type: ignore[arg-type]
        yield row
