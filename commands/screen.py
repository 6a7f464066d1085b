"""Where output goes: a table on a terminal, JSON into a pipe, a file where one is named; a bar while one waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from graph.errors import LiantuError

if TYPE_CHECKING:
    from rich.console import RenderableType


def usual() -> str:
    """The form that is meant where none is asked for."""
    return "table" if sys.stdout.isatty() else "json"


def draw(given: RenderableType) -> None:
    """A table or what else rich draws: as wide as the terminal, 160 columns without colour elsewhere."""
    from rich.console import Console

    console = Console() if sys.stdout.isatty() else Console(width=160, no_color=True)
    console.print(given)


def file_form(form: str | None, out: str | None) -> str:
    """table, json, csv or xlsx: what --format says, else the file's suffix, else what suits the output."""
    suffix = out.rpartition(".")[2].lower() if out and "." in out else ""
    form = form or (suffix if suffix in ("json", "csv", "xlsx") else None) or (None if out else usual())
    if form is None or (form == "xlsx" and not out) or (form == "table" and out):
        raise LiantuError("请用 -o 指明 .xlsx、.csv 或 .json 文件 / name a .xlsx, .csv or .json file with -o",
                          "例 / for example: -o 空白点.xlsx")
    return form


def show(answer: Any, lang: str, form: str | None, out: str | None) -> None:
    """The answer as asked for; a file's suffix tells its form where --format does not."""
    form = file_form(form, out)
    if form == "table":
        from reports import table

        draw(table.shown(answer, lang))
        return
    if out:
        _write(answer, lang, form, out)
        return
    click.echo(_text(answer, lang, form), nl=False)


def _text(answer: Any, lang: str, form: str) -> str:
    if form == "csv":
        from reports.sheets import csv_text

        return csv_text(answer, lang)
    from reports.text import json_text

    return json_text(answer)


def _write(answer: Any, lang: str, form: str, out: str) -> None:
    from pathlib import Path

    if form != "xlsx":
        write_text(out, _text(answer, lang, form), form)
        return
    from reports.sheets import xlsx

    xlsx(answer, Path(out), lang)
    click.echo(f"已写 / written: {out}", err=True)


def write_text(out: str, text: str, form: str) -> None:
    """A file of text; Excel reads a CSV as UTF-8 only with a byte order mark."""
    from pathlib import Path

    from graph import files

    files.write_text(Path(out), ("\ufeff" if form == "csv" else "") + text)
    click.echo(f"已写 / written: {out}", err=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
