"""DuckDB in a subordinate role: it reads, checks and joins tables of millions within bounded memory.

No question is ever asked of it, and nothing of it is kept: what it spills lies in a folder that is thrown away. It is an
extra (``liantu[tables]``) and imported only where tables are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import LiantuError
from graph.files import unwritable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "400MB"
"""What it may hold before it spills into the folder: with the interpreter and the readers' buffers half a gigabyte."""


class Engine:
    """A connection that speaks in rows, and closes itself; errors of it are ours, with the place where they arose."""

    def __init__(self, connection: DuckDBPyConnection, folder: Path) -> None:
        self._connection, self.folder = connection, folder

    def run(self, text: str, parameters: Sequence[Any] = ()) -> None:
        self._connection.execute(text, parameters or None)

    def rows(self, text: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(text, parameters or None).fetchall()

    def value(self, text: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row."""
        return self.rows(text, parameters)[0][0]

    def batches(self, text: str, size: int = 1000) -> Iterator[list[tuple[Any, ...]]]:
        """Rows in batches, for what may be long."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(text)
            while batch := cursor.fetchmany(size):
                yield batch
        finally:
            cursor.close()

    def close(self) -> None:
        """Let go of its memory; closing twice is harmless."""
        self._connection.close()

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows of plain values."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


@contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    """An engine that spills into ``folder``. Raises LiantuError where it is not installed."""
    duckdb = _imported()
    settings = {"memory_limit": MEMORY, "temp_directory": str(folder / "spill"), "threads": min(4, os.cpu_count() or 1),
                "autoinstall_known_extensions": False, "autoload_known_extensions": False, "preserve_insertion_order": True}
    try:
        with duckdb.connect(":memory:", config=settings) as connection:
            yield Engine(connection, folder)
    except duckdb.OutOfMemoryException as error:
        raise LiantuError(f"表太大, {MEMORY} 内存与磁盘都不够 / the tables need more than {MEMORY} of memory and the disk: {error}",
                          "腾出磁盘空间, 或分几次导入 / free some space on the disk, or load in several parts") from error
    except duckdb.IOException as error:
        raise unwritable(folder, OSError(28, str(error)) if "space" in str(error).lower() else OSError(5, str(error))) from error


def _imported() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise LiantuError("导入 Parquet 与大表要用 duckdb, 它没有安装 / loading tables needs duckdb, which is not installed",
                          "pip install \"liantu[tables]\"; 或改用工作表 (liantu template) / or load sheets instead") from error
    return duckdb
