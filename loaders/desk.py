"""A workbook dropped on the desk: the workspace is made or found, its chains are found out, and it is loaded or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryFile

from filelock import FileLock

from graph import files, settings
from graph.errors import LiantuError
from graph.workspace import Workspace, find
from loaders.exporting import rows as kept_rows
from loaders.fitting import Fit, Names, declared, fits, region, skeletons
from loaders.load import Options, Refused, Report, load
from loaders.material import Progress
from loaders.readers import read
from loaders.rows import Problem, Row, validate
from loaders.start import begin
from loaders.start import skeletons as folders

HOME = "我的城市"
"""The workspace that is made where there is none, and its region as long as no workbook says another."""

OUT = "输出"
"""The folder of what was made, beside the files."""


@dataclass
class Desk:
    """What became of the files: ``report`` where they were loaded, ``refused`` and its ``problems`` where not.

    ``sheets`` are rows that could be read and rows that could not, by file and sheet; ``fits`` the chains they are about.
    """

    files: tuple[Path, ...]
    workspace: Workspace | None = None
    new: bool = False
    fits: list[Fit] = field(default_factory=list)
    sheets: dict[str, tuple[int, int]] = field(default_factory=dict)
    report: Report | None = None
    refused: LiantuError | None = None
    written: list[Path] = field(default_factory=list)
    unwritten: list[LiantuError] = field(default_factory=list)

    @property
    def problems(self) -> Sequence[Problem]:
        return self.refused.problems if isinstance(self.refused, Refused) else ()

    @property
    def chains(self) -> list[str]:
        return [fit.chain for fit in self.fits]


def put(data: Path, paths: Sequence[Path], folder: Path, city: str = "", language: str = "zh",
        progress: Progress | None = None) -> Desk:
    """Load files into the workspace at ``folder``, which is made where there is none. What is wrong with the files is in the
    answer and raises nothing; LiantuError where the workspace itself cannot be read or written."""
    desk = Desk(tuple(paths))
    with _one_at_a_time(folder):
        _put(desk, data, folder, city, language, progress)
    return desk


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """A second drop waits for the first: both would make the workspace. Where a share knows no locks nobody waits."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.parent / ".liantu.lock")
    with suppress(OSError, NotImplementedError):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _put(desk: Desk, data: Path, folder: Path, city: str, language: str, progress: Progress | None) -> None:
    there = (folder / settings.NAME).is_file()
    workspace = find(folder) if there else None
    rows = _read(desk, workspace.settings.headers if workspace else {})
    if desk.refused:
        return
    known = skeletons(data)
    earlier = declared(kept_rows(workspace, "专班", "nodes")) if workspace else {}
    desk.fits = fits(rows, _joined(known, earlier, declared(rows)), earlier)
    desk.workspace, desk.new = _workspace(data, folder, workspace, desk, known, city or region(rows), language), not there
    try:
        desk.report = load(desk.workspace, desk.files, Options(), "", progress)
    except LiantuError as error:
        desk.refused = error
    desk.fits = desk.fits or [Fit(chain, True, 0, 0) for chain in earlier]


def out_folder(beside: Path, home: Path) -> Path:
    """输出 beside the files, else (a stick that is read only, a share without the right) in ``home``."""
    for place in (beside / OUT, home / OUT):
        try:
            place.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=place):
                return place
        except OSError:
            continue
    raise LiantuError(f"{beside} 和 {home} 都不能写 / neither can be written to",
                      "把工作簿复制到桌面再拖 / copy the workbook to the desktop and drop it again")


def _read(desk: Desk, headers: Mapping[str, str]) -> list[Row]:
    """Every row that can be read; a file that cannot be read at all is told at once."""
    rows: list[Row] = []
    try:
        for path in desk.files:
            for table in read(path):
                good, bad = validate(table, headers)
                rows += good
                desk.sheets[f"{table.file} / {table.sheet}"] = (len(good), len({p.row for p in bad if p.row}))
    except LiantuError as error:
        desk.refused = error
    return rows


def _joined(*several: Names) -> Names:
    return {chain: {node: weight for names in several for node, weight in names.get(chain, {}).items()}
            for chain in dict.fromkeys(chain for names in several for chain in names)}


def _workspace(data: Path, folder: Path, found: Workspace | None, desk: Desk, known: Names, city: str,
               language: str) -> Workspace:
    """The workspace with the skeletons of the chains, and with the city where nobody named another yet."""
    wanted = [chain for chain in desk.chains if chain in known]
    if found is None:
        return begin(data, folder, wanted, city or HOME, language, "")
    if city and found.settings.region == HOME:
        found = Workspace(found.folder, replace(found.settings, region=city, city=city))
        files.write_text(found.folder / settings.NAME, settings.text(found.settings))
    missing = [path for path in folders(data, wanted) if path.name not in {e.name for e in found.manifest()}]
    if missing:
        load(found, missing, Options())
    return found
