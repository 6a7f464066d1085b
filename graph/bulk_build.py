"""A graph file built from tables on disk (Parquet): what ``graph/embedded.py`` does from memory, for millions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import ladybug

from graph.bulk import Prepared
from graph.ddl import embedded_schema
from graph.errors import StoreError

POOL = 700 << 20
"""Bytes of buffer for building. The engine's own default is most of the memory."""


def build(fresh: Path, tables: Sequence[Prepared], progress: Callable[[int, int], None]) -> None:
    """A new file that holds the schema and the tables. StoreError where the engine took another number of rows."""
    done, of = 0, sum(table.rows for table in tables)
    with ladybug.Database(str(fresh), buffer_pool_size=POOL, max_num_threads=1) as database, ladybug.Connection(database) as connection:
        for statement in ("BEGIN TRANSACTION", *embedded_schema(), "COMMIT"):
            connection.execute(statement)
        for table in tables:
            _copied(connection, table)
            done += table.rows
            progress(done, of)


def _copied(connection: ladybug.Connection, table: Prepared) -> None:
    from graph.embedded import place

    pair = f" (from='{table.ends[0]}', to='{table.ends[1]}')" if table.ends else ""
    taken = _interruptible(connection, f"COPY {table.name} FROM '{place(table.file)}'{pair}")
    if not str(taken).startswith(f"{table.rows} "):
        raise StoreError(f"写入行数不符 / rows written differ: {table.rows}: {taken} ({table.name})")


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
