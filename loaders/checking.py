"""What would be understood of material, sheet by sheet, before anything is loaded. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LiantuError
from graph.workspace import Workspace
from loaders import dated, load, mapping, material, proposing
from loaders.columns import Seen
from loaders.flags import flags
from loaders.load import Options, Refused, Report
from loaders.readers import read
from loaders.rows import Reading, for_people, reading
from loaders.tables import Passed, Problem, folded


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """A header and what it was taken for: ``key`` '' where nothing is read below it.

    ``how``: ours, mapping, counter, asked, left out, unknown. ``unit`` is what a bare number is in; ``told`` who says so:
    header, title, ours.
    """

    letter: str
    header: str
    key: str
    column: str
    english: str
    unit: str
    told: str
    how: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """A sheet and what it was taken for: ``key`` '' where it is not known, ``why`` by what it was known (mapping, name, like,
    file, headers, left out, people), ``saw`` how many columns of which sheets it has."""

    file: str
    sheet: str
    key: str
    taken_for: str
    english: str
    why: str
    header_rows: tuple[int, ...]
    above: tuple[str, ...]
    columns: tuple[ColumnCheck, ...]
    rows: int
    passed: tuple[Passed, ...]
    saw: tuple[tuple[str, int], ...] = ()
    data: int = 0
    """How many rows of data there are, read or refused; ``rows`` could be read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What of the files is understood, what would be refused (``problems``) and what should be looked at (``flags``).

    ``workspace`` is '' where none was there: then no chain node, region or older material is compared. ``would`` is what
    the load would do, None where it would refuse; ``toml`` are the lines that would make the unknown headers known,
    commented out where a person decides.
    """

    question: str
    workspace: str
    sheets: tuple[SheetCheck, ...]
    problems: tuple[Problem, ...]
    flags: tuple[str, ...]
    toml: tuple[str, ...]
    loadable: bool
    would: Report | None = None
    keep_good: bool = False
    """Whether --keep-good would load something of what is refused."""


def look(workspace: Workspace | None, paths: Sequence[Path], options: Options) -> Checked:
    """Read the files as a load would and tell what came of it; a file that cannot be read is a problem among the others."""
    if workspace is None and options.kind != "sheets":
        raise LiantuError(f"没有工作区, 不能检查 {options.kind} / {options.kind} is checked only in a workspace", "-w 工作区 / -w WORKSPACE")
    own = mapping.own(workspace.settings) if workspace else mapping.NONE
    found, problems = _read(paths, own) if options.kind == "sheets" else ([], [])
    problems += [problem for one in found for problem in one.problems]
    helps = any(one.rows for one in found) and not any(problem.row == 0 for problem in problems)
    flagged, would, refused = tuple(flag for one in found for flag in flags(one)), None, bool(problems) and not options.keep_good
    flagged += () if options.data_date else tuple(dated.flags((one.table for one in found if one.sheet), options.today))
    if workspace and not any(problem.row == 0 and not problem.sheet for problem in problems):
        would, problems, refused, helps = _tried(workspace, paths, options, problems)
        flagged = tuple(would.notes) if would else flagged
    return Checked("check", str(workspace.folder) if workspace else "", tuple(map(_sheet, found)),
                   tuple(folded(material.unreadable(problems))), flagged, tuple(proposing.lines(found)), not refused, would, refused and helps)


def told(found: Sequence[Reading]) -> tuple[tuple[SheetCheck, ...], tuple[str, ...]]:
    """What was understood of sheets that were read, and the lines for liantu.toml that would make the rest known."""
    return tuple(map(_sheet, found)), tuple(proposing.lines(found))


def _read(paths: Iterable[Path], own: mapping.Own) -> tuple[list[Reading], list[Problem]]:
    found: list[Reading] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found += [reading(table, own) for table in read(path, own)]
        except LiantuError as error:
            problems.append(Problem(path.name, "", 0, "", "", error.message, error.cure))
    return found, problems


def _tried(workspace: Workspace, paths: Sequence[Path], options: Options,
           problems: list[Problem]) -> tuple[Report | None, list[Problem], bool, bool]:
    """The load's own answer, which knows the chain nodes and the other material too."""
    try:
        would = load.check(workspace, paths, options)
    except Refused as error:
        return None, error.problems, True, error.helps
    except LiantuError as error:
        return None, [*problems, Problem(paths[0].name, "", 0, "", "", error.message, error.cure)], True, False
    return would, would.rejects, False, False


def _sheet(one: Reading) -> SheetCheck:
    table, sheet = one.table, one.sheet
    why = "people" if for_people(table) else table.why
    return SheetCheck(table.file, table.sheet, sheet.key if sheet else "", sheet.zh if sheet else "", sheet.en if sheet else "",
                      why or ("name" if sheet else ""), table.header_rows or (table.header_row,),
                      tuple(line for _, line in table.above), tuple(map(_column, one.columns)), one.good, one.passed,
                      table.saw, one.data)


def _column(one: Seen) -> ColumnCheck:
    key, zh, en = (one.column.key, one.column.zh, one.column.en) if one.column else ("", "", "")
    return ColumnCheck(one.letter, one.header, key, zh, en, one.unit, one.told, one.how, one.near)
