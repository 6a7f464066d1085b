"""The lines that a city adds to liantu.toml once, so that its own sheets and headers are known from then on.

A line that is sure stands as it is; one that a person has to decide is commented out: pasted as they are, the lines leave nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from loaders.aliases import normal
from loaders.columns import Seen
from loaders.headers import bare, like_columns
from loaders.rows import COMMONEST, Reading
from loaders.sheets import Sheet

_ALIKE = 0.75
"""How like one of ours a header must be to be proposed for it; of the others only the nearest are named."""


def lines(found: Iterable[Reading]) -> Iterator[str]:
    """The section of sheets, then one of headers for each sheet; a header that two files have stands once."""
    sections: dict[str, dict[str, str]] = {"[sheets]": {}}
    for one in found:
        if one.sheet is None and one.problems:
            sections["[sheets]"][one.table.sheet] = _sheet(one)
        elif one.sheet:
            sections.setdefault(f"[headers.{_quoted(one.sheet.zh)}]", {}).update(_headers(one.sheet, one.columns))
    for title, section in sections.items():
        if section:
            yield from (title, *section.values())


def _sheet(one: Reading) -> str:
    """The sheet with most of its headers; where several have as many, or none has any, a person decides."""
    saw = one.table.saw
    sure = bool(saw) and (len(saw) == 1 or saw[0][1] > saw[1][1])
    return _line(one.table.sheet, [name for name, _ in saw] or COMMONEST, sure)


def _headers(sheet: Sheet, columns: Sequence[Seen]) -> Iterator[tuple[str, str]]:
    """What is missing and required goes first to the header most like it; no column is given to two headers."""
    unknown = {c.header: like_columns(sheet, c.header) for c in columns if c.how == "unknown"}
    there = {c.column.zh for c in columns if c.column}
    missing = [c.zh for c in sheet.columns if c.required and c.zh not in there]
    sure: dict[str, str] = {}
    for name in missing:
        if alike := [header for header, near in unknown.items() if name in near and header not in sure]:
            sure[max(alike, key=lambda header: (-unknown[header].index(name), _alike(header, name)))] = name
    for header, near in unknown.items():
        name = next((n for n in near if _alike(header, n) >= _ALIKE and n not in there | {*sure.values()}), "")
        if name and header not in sure:
            sure[header] = name
    given = there | {*sure.values()}
    for header, near in unknown.items():
        open_ = [name for name in near or missing if name not in given]
        yield header, _line(header, [sure[header]] if header in sure else open_, header in sure)


def _alike(header: str, name: str) -> float:
    return SequenceMatcher(None, normal(bare(header)), normal(bare(name))).ratio()


def _line(theirs: str, names: Sequence[str], sure: bool) -> str:
    """theirs = ours, the others beside it; commented out unless it is sure."""
    others = f"或 / or: {'、'.join(names[1:])}" if names[1:] else ""
    remark = " ".join(filter(None, ["" if sure else "?", others]))
    line = f"{_quoted(theirs)} = {_quoted(names[0] if names else '')}" + (f"  # {remark}" if remark else "")
    return line if sure else f"# {line}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
