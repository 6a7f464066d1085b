"""Material on disk: what was loaded is kept as it was, with its hash and its day."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from graph.errors import LiantuError
from graph.files import unwritable
from graph.workspace import Material, Workspace
from loaders import closures
from loaders.derive import Derived, derive
from loaders.kinds import KINDS
from loaders.naming import Read
from loaders.rows import Problem

Progress = Callable[[str, int, int], None]
"""What is being done, how far, of how many."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file or folder about to be loaded; ``entry.kept`` is where it will be kept."""

    path: Path
    entry: Material


def incoming(path: Path, today: date, data_date: date | None, audience: str, keep_good: bool,
             new_nodes: bool, kind: str = "sheets") -> Incoming:
    """Describe what is to be loaded; LiantuError where it is not there."""
    if not path.exists():
        raise LiantuError(f"没有这个文件或文件夹: {path} / no such file or folder",
                          "检查路径; 文件名有空格时加引号 / check the path; quote a name with blanks")
    name = _safe(path.resolve().name)
    digest = _hash(path, kind)
    entry = Material(name, f"{digest[:12]}/{name}", digest, today, data_date or today, kind, audience,
                     keep_good or KINDS[kind].keep_good, new_nodes)
    return Incoming(path, entry)


def _safe(name: str) -> str:
    """A file's own name as a name to keep it under: no control characters, bounded, suffix kept."""
    clean = "".join(c if unicodedata.category(c)[0] != "C" and c not in '/\\:*?"<>|' else "_" for c in name)
    stem, dot, suffix = clean.rpartition(".")
    return clean if len(clean.encode()) <= 120 else f"{(stem or clean)[:30]}{dot}{suffix[:8]}"


def _hash(path: Path, kind: str) -> str:
    digest = sha256()
    try:
        for file in KINDS[kind].files(path):
            if path.is_dir():
                digest.update(file.name.encode() + b"\0")
            with file.open("rb") as content:
                while block := content.read(1 << 20):
                    digest.update(block)
    except OSError as error:
        raise LiantuError(f"读不了 {path}: {error.strerror} / cannot read it",
                          "检查文件权限, 先在表格软件里关闭它 / check your rights, close it in the spreadsheet program") from error
    return digest.hexdigest()


def keep(workspace: Workspace, new: Iterable[Incoming]) -> None:
    """Copy material into the workspace as it was; a copy that fails leaves nothing behind."""
    for one in new:
        target = workspace.material / one.entry.kept
        temporary = target.parent.with_name("." + target.parent.name)
        try:
            remove(temporary)
            copy = temporary / target.name
            for file in KINDS[one.entry.kind].files(one.path):
                inside = copy / file.name if one.path.is_dir() else copy
                inside.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, inside)
            if _hash(copy, one.entry.kind) != one.entry.hash:
                remove(temporary)
                raise LiantuError(f"{one.path} 在读取时被改动 / was changed while it was read",
                                  "等它存完, 再导入一次 / wait until it is saved, then load it again")
            remove(target.parent)
            temporary.replace(target.parent)
        except OSError as error:
            remove(temporary)
            raise unwritable(target, error) from error


def forget(workspace: Workspace, entry: Material) -> None:
    """Take kept material away, with the folder that was made for it."""
    target = workspace.material / entry.kept
    remove(target.parent if target.parent != workspace.material else target)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def read_all(workspace: Workspace, entries: Sequence[Material], new: Sequence[Incoming] = (),
             progress: Progress | None = None) -> Derived:
    """Everything that is kept, and what is about to be, as one graph."""
    places = {e.kept: workspace.material / e.kept for e in entries} | {i.entry.kept: i.path for i in new}
    every = (*entries, *(i.entry for i in new))
    reads = []
    for number, entry in enumerate(e for e in every if e.kind in KINDS):
        if progress:
            progress(entry.name, number, len(every))
        reads.append(read_one(workspace, entry, places[entry.kept]))
    result = derive(workspace.settings.region, reads)
    if any(e.kind == "retire" for e in every):
        result = derive(workspace.settings.region, reads,
                        closures.replay(workspace, [e for e in every if e.kind == "retire"], result))
    return result


def read_one(workspace: Workspace, entry: Material, path: Path) -> Read:
    if not path.exists():
        raise LiantuError(f"材料不见了: {path} / kept material is gone",
                          f"从备份恢复, 或 `liantu withdraw {entry.name}` / restore it, or withdraw it")
    if path.is_relative_to(workspace.material) and _hash(path, entry.kind) != entry.hash:
        raise LiantuError(f"保留的材料被改动: {path} / kept material was changed",
                          f"从备份恢复; 或 `liantu withdraw {entry.name}` 后重新导入 / restore it, or withdraw it and load it again")
    return KINDS[entry.kind].read(workspace, entry, path)


def unreadable(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order a person walks through the files."""
    return sorted(problems, key=lambda p: (p.file, p.sheet, p.row, p.column))
