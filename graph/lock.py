"""One writer to a workspace at a time, and a message that says who it is."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import LiantuError, Locked
from graph.files import unwritable, write_text


class WriteLock:
    """``with WriteLock(folder):`` — held by one process, freed by the system when that process dies.

    The lock is the system's, on ``.lock``; ``.lock.json`` only tells whom to ask and is overwritten
    by the next holder, so nothing is ever left to be cleared by hand. Raises Locked at once where
    another holds it (or after ``timeout`` seconds), LiantuError where the folder cannot be written.
    """

    def __init__(self, folder: Path, timeout: float = 0) -> None:
        self.path = folder / ".lock"
        self.timeout = timeout
        self._held = ExitStack()

    @property
    def holder(self) -> Path:
        return self.path.with_name(".lock.json")

    def __enter__(self) -> Self:
        from filelock import FileLock, Timeout  # only who writes pays for the import

        try:
            self._held.enter_context(FileLock(self.path, timeout=self.timeout))
        except Timeout as error:
            raise self._locked() from error
        except (OSError, NotImplementedError) as error:  # the latter: a network drive without locks
            raise _unlockable(self.path, error) from error
        try:
            write_text(self.holder, json.dumps(_ourselves(), ensure_ascii=False) + "\n")
        except BaseException:
            self._held.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # somebody reads it: the next holder overwrites it
            self.holder.unlink()
        self._held.close()

    def _locked(self) -> Locked:
        about = _told(self.holder)
        who, command, since = (about.get(key, "?") for key in ("pid", "command", "since"))
        host = about.get("host", "?")
        at = "" if host in ("?", socket.gethostname()) else f" @ {host}"
        return Locked(
            f"{self.path.parent} 正由进程 {who}{at} ({command}) 自 {since} 起写入 / "
            f"is being written by process {who}{at} ({command}) since {since}",
            "等它结束后重试, 或先结束该进程; 只读查询不受影响 / "
            "wait until it ends, or end that process; questions may be asked meanwhile")


def _ourselves() -> dict[str, Any]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return {"pid": os.getpid(), "host": socket.gethostname(),
            "command": re.sub(r"://\S*@", "://", command),  # no passwords
            "since": datetime.now().astimezone().isoformat(timespec="seconds")}


def _told(path: Path) -> dict[str, Any]:
    """What the holder said of itself; nothing where it had no time to."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _unlockable(path: Path, error: OSError | NotImplementedError) -> LiantuError:
    if isinstance(error, OSError):
        return unwritable(path, error)
    return LiantuError(f"该磁盘不支持文件锁 / this drive has no file locks: {path}: {error}",
                       "把工作区放到本机磁盘 / keep the workspace on a local disk")
