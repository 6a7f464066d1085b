"""Rows: a table checked against its declared sheet, all problems of all rows at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loaders import garbage
from loaders.aliases import normal
from loaders.cells import quoted, say
from loaders.columns import ASKED as ASKED
from loaders.columns import Seen, problems, seen
from loaders.headers import nearest
from loaders.layout import PROSE
from loaders.mapping import NONE, Own, headers_only
from loaders.reader import EXAMPLES as EXAMPLES
from loaders.reader import Reader
from loaders.sheets import SHEET, SHEETS, Sheet, sheet_named
from loaders.tables import Passed, Table
from loaders.tables import Problem as Problem
from loaders.tables import Row as Row

HANDOUT = ("摸排清单", "What to find out")
LISTS = {"targets": ("目标企业清单", "Target firms"), "projects": ("签约项目清单", "Signed projects"),
         "evidence": ("依据清单", "Evidence"), "unknown": ("待核清单", "Unknowns")}
"""Sheets of our own workbooks that people read and a load leaves alone."""
"""The list of questions that opens a hand-out (``liantu ask``): for people, no material."""

COMMONEST = tuple(SHEET[key].zh for key in ("firms", "projects", "suppliers"))
"""What a sheet that looks like none of ours most often is."""

_HANDOUTS = frozenset(normal(name) for both in (HANDOUT, *LISTS.values()) for name in both)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says: its sheet (None where it is no material or not known), columns, rows and problems.

    ``passed`` are the rows that are no material, ``flags`` (中文 / English) what was read and should be looked at,
    ``good`` how many rows of the sheet can be read, of ``data`` that are material: ``rows`` are none where the header has a
    problem, and two of one row that names two chain nodes.
    """

    table: Table
    sheet: Sheet | None
    columns: tuple[Seen, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: tuple[Passed, ...] = ()
    flags: tuple[str, ...] = ()
    good: int = 0
    data: int = 0

    @property
    def unanswered(self) -> int:
        """How many rows of a hand-out nobody has filled in."""
        return self.count("unanswered")

    def count(self, kind: str) -> int:
        """How many rows were passed over for that reason."""
        return sum(one.kind == kind for one in self.passed)


def validate(table: Table, headers: Mapping[str, str] | Own | None = None) -> tuple[list[Row], list[Problem]]:
    """Rows of a table that can be read, and the problems of all the others.

    ``headers`` maps a city's own header to ours ('' leaves a column out). Where the header itself
    has a problem no row is given, but the problems of the rows are.
    """
    found = reading(table, headers if isinstance(headers, Own) else headers_only(headers or {}))
    return list(found.rows), list(found.problems)


def reading(table: Table, own: Own = NONE) -> Reading:
    """The table against its sheet; the same as ``validate``, with what was understood on the way."""
    sheet = SHEET.get(table.meant) or (sheet_named(table.sheet) if not table.why else None)
    if sheet is None:
        skipped = normal(table.sheet) in PROSE | _HANDOUTS or table.hidden or table.why == "left out"
        return Reading(table, None, problems=() if skipped else (_no_sheet(table),), data=len(table.rows))
    columns = seen(table, sheet, own)
    wrong = problems(table, sheet, columns)
    reader = Reader(table, sheet, columns)
    with garbage.at_rest():
        rows = reader.read()
    return Reading(table, sheet, columns, () if wrong else tuple(rows), (*wrong, *table.problems, *reader.problems),
                   tuple(sorted((*table.passed, *reader.passed), key=lambda one: one.number)), tuple(reader.flags),
                   len({row.number for row in rows}), len(table.rows) - len(reader.passed))


def for_people(table: Table) -> bool:
    """Whether it is a list of questions, which a load leaves alone and names."""
    return not table.meant and sheet_named(table.sheet) is None and normal(table.sheet) in _HANDOUTS


def unanswered(table: Table, headers: Mapping[str, str] | Own | None = None) -> int:
    """How many rows of a hand-out nobody has filled in."""
    return reading(table, headers if isinstance(headers, Own) else headers_only(headers or {})).unanswered


def _no_sheet(table: Table) -> Problem:
    """Names the nearest sheets, else the sheets whose columns this one has, with how many, else the commonest."""
    names = {normal(name): s.zh for s in SHEETS for name in (*s.aliases, s.en, s.zh)}
    near = nearest(table.sheet, names, cutoff=0.6) or [zh for zh, _ in table.saw] or COMMONEST
    why, cure = say("sheet", value=quoted(table.sheet), near="、".join(near))
    if table.saw:
        zh, _, en = why.partition(" / ")
        told = ", ".join(f"{name} {count}" for name, count in table.saw)
        why = f"{zh}, 也没有一张表独有这些表头 (认得的列数: {told}) / {en}, and its headers are no single sheet's (columns known: {told})"
    return Problem(table.file, table.sheet, 0, "", table.sheet, why, cure)
