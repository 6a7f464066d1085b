"""Writing files so that a reader never meets half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from graph.errors import LiantuError


def write_bytes(path: Path, content: bytes) -> None:
    """Write beside ``path``, then put in place; LiantuError where the disk or a right is missing."""
    temporary = ""
    if "\0" in str(path):
        raise LiantuError(f"文件名里有 NUL / there is a NUL in the file's name: {str(path)!r}", "换一个文件名 / name another file")
    if path.exists() and not path.is_file():
        raise LiantuError(f"{path} 不是文件, 未改动 / is no file and was not changed", "换一个文件名 / name another file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".liantu-", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise unwritable(path, error) from error


def write_text(path: Path, content: str) -> None:
    """UTF-8 with ``\\n``, whatever the locale says."""
    write_bytes(path, content.encode("utf-8"))


def unwritable(path: Path, error: OSError) -> LiantuError:
    """The user's words for a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return LiantuError(f"磁盘已满, 写不下 {path} / the disk is full, {path} was not written",
                           "腾出空间后重试; 原有文件未改动 / free some space and try again; nothing was changed")
    return LiantuError(f"无法写入 {path}: {error.strerror} / cannot write {path}",
                       "检查路径与权限, 或换一个文件夹 / check the path and your rights, or choose another folder")
