"""A graph file built from tables on disk (Parquet): what ``graph/embedded.py`` does from memory, for millions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import ladybug

from graph.bulk import Prepared
from graph.ddl import embedded_schema
from graph.errors import StoreError

A_FACT = 1700
"""Bytes that a COPY holds for each fact until the end of the statement (measured: 5.1 GB for 2.9 M, 0.55 GB for 0.29 M)."""
LEAST = 1 << 30
"""Bytes of buffer that are asked for, however little is free."""


def build(fresh: Path, tables: Sequence[Prepared], progress: Callable[[int, int], None], memory: int = 0) -> None:
    """A new file that holds the schema and the tables. StoreError where the engine took another number of rows.

    A table that needs more than ``memory`` (bytes; 0: half of what is free) is copied in pieces, each of which the engine
    merges into what is there: about three times as slow, so only where it must be. One thread: a second one makes nothing
    quicker and takes memory of its own.
    """
    memory = max(LEAST, memory or _free() // 2)
    done, of = 0, sum(table.rows for table in tables)
    with ladybug.Database(str(fresh), buffer_pool_size=memory, max_num_threads=1) as database, ladybug.Connection(database) as connection:
        for statement in ("BEGIN TRANSACTION", *embedded_schema(), "COMMIT"):
            connection.execute(statement)
        for table in tables:
            for piece in _pieces(table, memory // 2 // A_FACT):
                _copied(connection, table, *piece)
                done += piece[1]
                progress(done, of)


def _free() -> int:
    """Bytes of memory that nobody uses now; 16 GB where the system does not say."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows
        return 16 << 30


def _pieces(table: Prepared, most: int) -> list[tuple[int, int]]:
    """First row and number of rows of each piece; nodes are little and go in one."""
    if table.ends is None or table.rows <= 2 * most:
        return [(0, table.rows)]
    return [(first, min(most, table.rows - first)) for first in range(0, table.rows, most)]


def _copied(connection: ladybug.Connection, table: Prepared, first: int, rows: int) -> None:
    from graph.embedded import place

    pair = f" (from='{table.ends[0]}', to='{table.ends[1]}')" if table.ends else ""
    file = f"'{place(table.file)}'"
    whole = (first, rows) == (0, table.rows)
    taken = _interruptible(connection, f"COPY {table.name} FROM {file if whole else _some(file, first, rows)}{pair}")
    if not str(taken).startswith(f"{rows} "):
        raise StoreError(f"写入行数不符 / rows written differ: {rows}: {taken} ({table.name})")


def _some(file: str, first: int, rows: int) -> str:
    return f"(LOAD FROM {file} RETURN * SKIP {first} LIMIT {rows})"


def _interruptible(connection: ladybug.Connection, statement: str) -> Any:
    """Run it aside: the engine does not look up from a long COPY, and Ctrl-C must not wait for its end."""
    out: list[Any] = []

    def run() -> None:
        try:
            result: Any = connection.execute(statement)
            out.append(result.get_next()[0])
        except BaseException as error:
            out.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2)
    except BaseException:
        connection.interrupt()
        thread.join()
        raise
    if isinstance(out[0], BaseException):
        raise out[0]
    return out[0]
