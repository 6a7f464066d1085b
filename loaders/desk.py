"""A workbook dropped on the desk: the workspace is made or found, its chains are found out, and it is loaded or refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from filelock import FileLock

from graph import files, settings
from graph.errors import LiantuError
from graph.workspace import Workspace, find
from loaders import checking, mapping
from loaders import city as cities
from loaders.aliases import normal
from loaders.checking import SheetCheck
from loaders.exporting import rows as kept_rows
from loaders.fitting import Fit, Names, declared, fits, skeletons
from loaders.load import Options, Refused, Report, load, withdraw
from loaders.material import Progress
from loaders.readers import read
from loaders.rows import Problem, Reading, Row, reading
from loaders.start import begin
from loaders.start import skeletons as folders
from loaders.tables import Table

HOME = "我的城市"
"""The workspace that is made where there is none, and its region as long as no workbook says another."""

OUT = "输出"
"""The folder of what was made, beside the files."""


@dataclass
class Desk:
    """What became of the files: ``report`` where they were loaded, ``refused`` and its ``problems`` where not.

    ``sheets`` are rows that could be read and rows that could not, by file and sheet; ``fits`` the chains they are about.
    ``placed`` are the places taken to lie within the city, ``other`` a city that the sheets name beside the workspace's;
    ``columns`` what was understood of each sheet, ``toml`` the lines that would make the unknown headers known.
    """

    files: tuple[Path, ...]
    workspace: Workspace | None = None
    new: bool = False
    fits: list[Fit] = field(default_factory=list)
    sheets: dict[str, tuple[int, int]] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    columns: tuple[SheetCheck, ...] = ()
    toml: tuple[str, ...] = ()
    placed: list[str] = field(default_factory=list)
    other: str = ""
    report: Report | None = None
    refused: LiantuError | None = None
    written: list[Path] = field(default_factory=list)
    unwritten: list[LiantuError] = field(default_factory=list)

    @property
    def problems(self) -> Sequence[Problem]:
        return self.refused.problems if isinstance(self.refused, Refused) else ()

    @property
    def tables(self) -> list[Table]:
        return [one.table for one in self.readings]

    @property
    def unclear(self) -> bool:
        """Whether a sheet or a header of one is not understood."""
        return any(problem.row in (0, *_heading(one)) for one in self.readings for problem in one.problems)

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
    rows = _read(desk, workspace)
    if desk.refused:
        return
    known = skeletons(data)
    kept = kept_rows(workspace, "专班") if workspace else []
    earlier = declared(kept)
    desk.fits = fits(rows, _joined(known, earlier, declared(rows)), earlier)
    desk.new = not there
    saved, brought = _workspace(data, folder, workspace, [chain for chain in desk.chains if chain in known], language)
    desk.workspace = _of_city(saved, city or cities.city(rows, desk.tables))
    _load(desk, saved, rows, kept, progress)
    if desk.refused:  # what it was taken for binds nothing that is dropped next
        desk.workspace = saved
        if brought:
            withdraw(saved, brought)
    desk.fits = desk.fits or [Fit(chain, True, 0, 0) for chain in earlier]
    desk.sheets = {f"{one.table.file} / {one.table.sheet}": _count(desk, one) for one in desk.readings}


def _load(desk: Desk, saved: Workspace, rows: Sequence[Row], kept: Sequence[Row], progress: Progress | None) -> None:
    """The files, with where their places lie; the city is written down once they are loaded."""
    assert desk.workspace
    city = desk.workspace.settings.region
    once = HOME if city != HOME and cities.hanging(kept, HOME) else ""
    said = cities.said(desk.tables)
    desk.other = said if said and city not in (said, HOME) else ""
    desk.placed = [] if desk.other else cities.within(rows, kept, city)
    with TemporaryDirectory() as made:
        try:
            places = [cities.write(Path(made), desk.placed, kept, city, once)] if desk.placed or once else []
            desk.report = load(desk.workspace, [*desk.files, *places], Options(), "", progress)
        except LiantuError as error:
            desk.refused = error
            return
    if desk.workspace != saved:
        files.write_text(saved.folder / settings.NAME, settings.text(desk.workspace.settings))


def _of_city(found: Workspace, city: str) -> Workspace:
    """The workspace with the city, where nobody named another yet."""
    if not city or found.settings.region != HOME:
        return found
    return Workspace(found.folder, replace(found.settings, region=city, city=city))


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


def _read(desk: Desk, workspace: Workspace | None) -> list[Row]:
    """Every row that can be read; a file that cannot be read at all is told at once."""
    try:
        own = mapping.own(workspace.settings) if workspace else mapping.NONE
        for path in desk.files:
            desk.readings += [reading(table, own) for table in read(path, own)]
    except LiantuError as error:
        desk.refused = error
        return []
    desk.columns, desk.toml = checking.told(desk.readings)
    return [row for one in desk.readings for row in _rows(one, own)]


def _rows(one: Reading, own: mapping.Own) -> tuple[Row, ...]:
    """Its rows; below a header with names that nobody knows, what the other columns say: never loaded, but it tells the chain."""
    strange = {normal(column.header): mapping.LEFT_OUT for column in one.columns if column.how == "unknown"}
    if one.rows or one.sheet is None or not strange:
        return one.rows
    key = one.sheet.key
    return reading(one.table, replace(own, by_sheet={**own.by_sheet, key: {**own.by_sheet.get(key, {}), **strange}})).rows


def _heading(one: Reading) -> tuple[int, ...]:
    return one.table.header_rows or (one.table.header_row,)


def _count(desk: Desk, one: Reading) -> tuple[int, int]:
    """Rows of the sheet that can be read, and rows with a problem, those included that only the load has found."""
    alike = sum(other.table.file == one.table.file and other.sheet is one.sheet for other in desk.readings)
    names = {one.table.sheet, one.sheet.zh if one.sheet and alike == 1 else ""}
    late = {p.row for p in desk.problems if p.row and p.file == one.table.file and p.sheet in names}
    bad = (late | {p.row for p in one.problems}) - {0, *_heading(one)}
    good = {row.number for row in one.rows} - bad
    return len(good) if one.rows else one.good, len(bad)


def _joined(*several: Names) -> Names:
    return {chain: {node: weight for names in several for node, weight in names.get(chain, {}).items()}
            for chain in dict.fromkeys(chain for names in several for chain in names)}


def _workspace(data: Path, folder: Path, found: Workspace | None, wanted: list[str],
               language: str) -> tuple[Workspace, list[str]]:
    """The workspace with the skeletons of the chains, and which of them it did not have before."""
    if found is None:
        return begin(data, folder, wanted, HOME, language, ""), wanted
    missing = [path for path in folders(data, wanted) if path.name not in {e.name for e in found.manifest()}]
    if missing:
        load(found, missing, Options())
    return found, [path.name for path in missing]
