"""The group all commands stand in: it guesses a mistyped name and prints every error as one message with its cure."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

from graph.errors import LiantuError


class Commands(click.Group):
    """A group that guesses what was meant and prints every error as one message with its cure."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, self.list_commands(ctx), n=3, cutoff=0.5)
            guess = f"; 你是否想用 / did you mean: {', '.join(near)}?" if near else ""
            ctx.fail(f"没有命令 “{name}” / no such command{guess}\n  → liantu --help")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except LiantuError as error:
            _tell(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("已中断 / interrupted", err=True)
            ctx.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(f"错误: 无法读写 / cannot read or write: {error.strerror or error}"
                       f"{f': {error.filename}' if error.filename else ''}\n"
                       "  → 检查磁盘余量、路径与权限 / check the disk's free space, the path and your rights", err=True)
            ctx.exit(2)
        except Exception as error:
            if os.environ.get("LIANTU_DEBUG") == "1":
                import traceback

                traceback.print_exc()
            said = " ".join(f"{type(error).__name__}: {error}".split())
            click.echo(f"内部错误 / internal error: {said}  → LIANTU_DEBUG=1 显示详情, 请报告 / shows more; please report it",
                       err=True)
            ctx.exit(1)


def _speak_utf8() -> None:
    """UTF-8 into pipes and files whatever the locale; on a terminal what it cannot show becomes '?'."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change and stream.isatty():
            change(errors="replace")
        elif change:
            change(encoding="utf-8", errors="backslashreplace")  # half a character out of a bad argument


def _tell(error: LiantuError) -> None:
    from graph.visible import visible
    from reports import loading

    for problem in getattr(error, "problems", ()):
        click.echo(visible(loading.problem(problem)), err=True)
    if lines := loading.regions(getattr(error, "problems", ())):
        click.echo(visible("\n".join(["若都在本地区内, 存为 地区表.csv 一并导入 / if they lie within the region: keep as 地区表.csv and load it too",
                                      *lines])), err=True)
    click.echo(visible(f"错误: {error.message}" + (f"\n  → {error.cure}" if error.cure else "")), err=True)
