"""What a city calls its sheets and columns, written once in liantu.toml under [headers] and [sheets].

    [headers]                               # theirs = ours; "" leaves a column out
    "年产能" = "产能(万吨/年)"                 # with the unit of what stands below it
    [headers."产业链重点企业表"]               # for one sheet only
    "厂名" = "企业名称"
    [sheets]
    "我市企业台账" = "产业链重点企业表"          # "" leaves a sheet out
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import LiantuError
from graph.settings import NAME, Settings
from loaders.aliases import normal
from loaders.headers import column_named, near_columns, nearest
from loaders.sheets import SHEETS, Sheet, sheet_named

LEFT_OUT = ""
"""What a header or a sheet is mapped to that is not to be read."""


@dataclass(frozen=True, slots=True)
class Own:
    """A city's own words, normalised, for ours: headers of every sheet, of one (by its key), and sheets (their keys)."""

    headers: Mapping[str, str] = field(default_factory=dict)
    by_sheet: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> dict[str, str]:
        """Header → ours on this sheet: its own mapping goes first, and one that names no column here says nothing."""
        every = {theirs: ours for theirs, ours in self.headers.items()
                 if ours == LEFT_OUT or column_named(sheet, ours)}
        return every | dict(self.by_sheet.get(sheet.key, {}))


NONE = Own()


def headers_only(headers: Mapping[str, str]) -> Own:
    """A mapping of headers alone, the same for every sheet."""
    return Own({normal(theirs): ours for theirs, ours in headers.items()})


def own(settings: Settings) -> Own:
    """The city's words; LiantuError names what no sheet or column of ours is called, and the nearest."""
    headers = {normal(theirs): _column(theirs, ours) for theirs, ours in settings.headers.items()}
    by_sheet = {_sheet("headers", name, name).key: _columns(name, found) for name, found in settings.sheet_headers.items()}
    sheets = {normal(theirs): _sheet("sheets", theirs, ours).key if ours else LEFT_OUT
              for theirs, ours in settings.sheets.items()}
    return Own(headers, by_sheet, sheets)


def _columns(name: str, headers: Mapping[str, str]) -> dict[str, str]:
    sheet = _sheet("headers", name, name)
    for theirs, ours in headers.items():
        if ours and not column_named(sheet, ours):
            raise _unknown(f'headers."{name}"', theirs, ours, "、".join(near_columns(sheet, ours)))
    return {normal(theirs): ours for theirs, ours in headers.items()}


def _column(theirs: str, ours: str) -> str:
    if ours and not any(column_named(sheet, ours) for sheet in SHEETS):
        known = {normal(c.zh): c.zh for sheet in SHEETS for c in sheet.columns}
        raise _unknown("headers", theirs, ours, "、".join(nearest(ours, known)) or "docs/sheets.md")
    return ours


def _sheet(section: str, theirs: str, ours: str) -> Sheet:
    if found := sheet_named(ours):
        return found
    names = {normal(name): s.zh for s in SHEETS for name in (*s.aliases, s.en, s.zh)}
    raise _unknown(section, theirs, ours, "、".join(nearest(ours, names) or [s.zh for s in SHEETS]))


def _unknown(section: str, theirs: str, ours: str, near: str) -> LiantuError:
    kind = "表 / no sheet" if section == "sheets" or theirs == ours else "列 / no column"
    where = f'{section}."{theirs}"]' if theirs == ours else f'{section}] "{theirs}" = "{ours}"'
    return LiantuError(f"{NAME} [{where}: 没有叫 {ours} 的{kind} is called that",
                       f"最相近 / nearest: {near}; \"\" 表示不读 / leaves it out")
