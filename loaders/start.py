"""How a workspace begins: chain skeletons, the sample, and what a template is prefilled with.

``data`` is the folder with ``chains/`` and the sample that comes with liantu.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.address import address
from graph.errors import LiantuError, QuestionError
from graph.store import is_server
from graph.workspace import Workspace, create, find
from loaders.exporting import rows
from loaders.load import Options, load
from loaders.material import Progress, remove
from loaders.readers import read
from loaders.rows import Row, validate

DEMO_REGION, SAMPLE = "包头市", "baotou"


def chains(data: Path) -> list[str]:
    """Names of the chain skeletons that come with liantu."""
    return sorted(p.name for p in (data / "chains").iterdir() if p.is_dir())


def skeletons(data: Path, names: Sequence[str]) -> list[Path]:
    known = chains(data)
    for name in names:
        if name not in known:
            near = "、".join(difflib.get_close_matches(name, known, cutoff=0.3) or known)
            raise QuestionError(f"没有产业链骨架 “{name}” / no such chain skeleton", f"你是否想用: {near} / did you mean: {near}")
    return [data / "chains" / name for name in names]


def begin(data: Path, folder: Path, names: Sequence[str], region: str, language: str, store: str) -> Workspace:
    """A new workspace with these skeletons, its graph at ``store`` where one is named; where that fails nothing is left."""
    wanted = skeletons(data, names)  # a wrong name or address is told before anything is made
    if is_server(store):
        address(store)
    with _all_or_nothing(folder):
        made = create(folder, region or folder.resolve().name, language, store)
        if wanted:
            load(made, wanted, Options())
    return made


def demo(data: Path, folder: Path, language: str, progress: Progress | None) -> tuple[Workspace, bool]:
    """The workspace of the Baotou sample, and whether it was made just now; one that is there is used as it is."""
    if (folder / "liantu.toml").is_file():
        workspace = find(folder)
        if SAMPLE in {e.name for e in workspace.manifest()}:
            return workspace, False
        raise LiantuError(f"{folder} 是您自己的工作区, 不是样例 / is a workspace of your own, not the sample",
                          "给样例另取名字: liantu demo 文件夹 / name another folder: liantu demo FOLDER")
    with _all_or_nothing(folder):
        workspace = create(folder, DEMO_REGION, language)
        load(workspace, [*skeletons(data, chains(data)), data / SAMPLE], Options(), "", progress)
    return workspace, True


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Take away a new workspace that could not be finished; what was in the folder before was not ours to touch."""
    ours = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    there = folder.exists()
    try:
        yield
    except BaseException:
        for path in [folder] if ours and not there else list(folder.iterdir()) if ours else []:
            remove(path)
        raise


def panorama_rows(data: Path, workspace: Workspace | None, names: Sequence[str]) -> list[Row]:
    """Rows of the 环节 sheet: of these skeletons, else of the workspace."""
    found = rows(workspace, workspace.settings.audience, "nodes") if workspace and not names else []
    for folder in skeletons(data, names):
        found += [row for table in read(folder) for row in validate(table)[0] if row.sheet.key == "nodes"]
    return list({(row.values["chain"], row.values["node"]): row for row in found}.values())
