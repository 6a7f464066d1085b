"""A workspace: one folder that holds settings, material, rejects, the derived graph and what was made of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from graph import files, settings
from graph.errors import LiantuError
from graph.facts import digest
from graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Material:
    """One thing that was loaded: ``kept`` is its path in material/, ``loaded`` the day it was first loaded."""

    name: str
    kept: str
    hash: str
    loaded: date
    data_date: date
    kind: str = "sheets"
    audience: str = ""
    keep_good: bool = False
    new_nodes: bool = False


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths and settings of a workspace; nothing here opens a store."""

    folder: Path
    settings: Settings

    @property
    def material(self) -> Path:
        return self.folder / "material"

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def graph(self) -> Path:
        return self.folder / "graph.lbug"

    @property
    def store(self) -> str:
        """The store of this workspace: its own graph file unless liantu.toml names another."""
        return self.settings.store or str(self.graph)

    def manifest(self) -> tuple[Material, ...]:
        """What was loaded, in order; LiantuError where the manifest is damaged."""
        path = self.material / "manifest.json"
        if not path.exists():
            return ()
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))["material"]
            return tuple(_material(entry) for entry in entries)
        except (ValueError, KeyError, TypeError) as error:
            raise LiantuError(f"{path} 已损坏 / is damaged: {error}",
                              "从备份恢复, 或在新工作区重新导入 material/ 里的文件 / "
                              "restore it, or load the files of material/ into a new workspace") from error

    def write_manifest(self, entries: tuple[Material, ...]) -> None:
        files.write_text(self.material / "manifest.json", manifest_text(entries))

    def digest(self, entries: tuple[Material, ...]) -> str:
        """Hash of everything the graph is derived from."""
        named = [self.settings.sheet_headers, self.settings.sheets]
        return digest(manifest_text(entries), self.settings.region, self.settings.headers, *(named if any(named) else ()))


def manifest_text(entries: tuple[Material, ...]) -> str:
    return json.dumps({"material": [asdict(e) for e in entries]}, ensure_ascii=False, indent=1, default=str) + "\n"


def _material(entry: dict[str, object]) -> Material:
    days = {key: date.fromisoformat(str(entry[key])) for key in ("loaded", "data_date")}
    return replace(Material(**entry), **days)  # type: ignore[arg-type]  # JSON's days are texts until replaced


def create(folder: Path, region: str, language: str = "zh", store: str = "") -> Workspace:
    """A new, empty workspace, with the graph on a server where ``store`` is an address; LiantuError where the folder
    already holds one or something else."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LiantuError(f"{folder} 已存在且不为空 / exists and is not empty",
                          "换一个名字, 或先移走它 / choose another name, or move it away")
    made = Settings(workspace=uuid4().hex, region=region, city=region, store=store, language=language)
    files.write_text(folder / settings.NAME, settings.text(made))
    for name in ("material", "rejects", "out"):
        (folder / name).mkdir(exist_ok=True)
    return Workspace(folder, made)


def find(folder: Path) -> Workspace:
    """The workspace at ``folder``; LiantuError with the cure where there is none."""
    path = folder / settings.NAME
    if not path.is_file():
        raise LiantuError(f"{folder.resolve()} 不是 liantu 工作区 (没有 {settings.NAME}) / is not a liantu workspace",
                          "先 `liantu init 城市名`, 或用 -w 指明文件夹, 或 `liantu demo` 看样例 / "
                          "run `liantu init CITY`, name one with -w, or see the sample with `liantu demo`")
    return Workspace(folder, settings.read(path))
