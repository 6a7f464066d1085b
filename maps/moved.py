"""What changed between two days, as the list beside the two maps tells it: each row of the answer once, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.changes import CHANGES, Change, Diff
from graph.harmless import clean
from graph.model import ENDS
from maps import labels
from maps.labels import language, say

SECTIONS = {
    "gaps": ("opened", "closed"),
    "verdict": ("verdict",),
    "supply": ("supply",),
    "project": ("new", "phase", "phased", "stage", "stalled", "resumed", "dated", "slipped", "advanced", "undated", "permit",
                "size", "gone"),
    "goal": ("goal",),
    "flag": ("flag",),
}
"""The kinds of change under each heading, in the order of the list."""
RINGED = (*SECTIONS["gaps"], *SECTIONS["verdict"], *SECTIONS["supply"], *SECTIONS["project"])
"""What is ringed on the map; goals and flags are only listed."""
_ENDED = {key: (zh, en) for key, zh, en in ENDS}
_STAGED = ("new", "phase", "phased", "stage", "gone")


@dataclass(frozen=True, slots=True)
class Entry:
    """Changes of one node or project that the same facts made on the same day; ``section`` is that of the first."""

    section: str
    rows: tuple[Change, ...]

    @property
    def first(self) -> Change:
        return self.rows[0]


def entries(diff: Diff, learned: bool) -> tuple[Entry, ...]:
    """The rows that really changed, or those that were only learned, in the order of the sections."""
    found: dict[tuple[object, ...], list[Change]] = {}
    for row in sorted((r for r in diff.rows if r.learned is learned), key=_order):
        found.setdefault((row.about, row.name, row.day, row.causes, row.together), []).append(row)
    return tuple(Entry(section(rows[0].kind), tuple(rows)) for rows in found.values())


def section(kind: str) -> str:
    return next((name for name, kinds in SECTIONS.items() if kind in kinds), "flag")


def _order(row: Change) -> tuple[int, int, date, str]:
    place = list(SECTIONS).index(section(row.kind))
    kinds = SECTIONS[section(row.kind)]
    return place, kinds.index(row.kind) if place == 0 and row.kind in kinds else 0, row.day or date.min, row.name


def ringed(rows: Iterable[Change]) -> dict[str, str]:
    """Node → the weightiest that happened to it (opened, closed, moved), of the rows that are ringed."""
    weight = ("opened", "closed", "moved")
    found: dict[str, str] = {}
    for row in rows:
        if row.kind in RINGED:
            kind = row.kind if row.kind in weight else "moved"
            for node in row.nodes:
                found[node] = min(kind, found.get(node, kind), key=weight.index)
    return found


def headline(entry: Entry, lang: str) -> str:
    """``电池片：待核 → 断链；＋已列入招引``; a project with the nodes that it is for."""
    first = entry.first
    others = [clean(n) for n in first.nodes if n != first.name]
    name = clean(first.name)
    if others:
        name = say("pair_of", lang, name, say("list_comma", lang).join(others))
    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    return clean(name + colon + semicolon.join(words(row, lang) for row in entry.rows))


def words(row: Change, lang: str) -> str:
    """One change in words, without its name."""
    kind, old, new = row.kind, row.before, row.after
    if kind == "flag":
        return say("pair_set", lang, labels.flag(new, lang)) if new else say("pair_lifted", lang, labels.flag(old, lang))
    if kind in ("opened", "closed", "verdict"):
        return " → ".join(labels.verdict(v, lang) if v else say("pair_nothing_before", lang) for v in (old, new))
    told = _change(kind, lang)
    values = [_value(kind, v, lang) for v in (old, new)]
    if kind in ("stalled", "resumed", "phased"):
        return told
    if kind in ("new", "phase", "dated"):
        return say("pair_told", lang, told, values[1])
    if kind in ("gone", "undated"):
        return say("pair_told", lang, told, values[0])
    if kind in ("supply", "goal", "stage"):
        return f"{say('word_' + kind, lang)} {' → '.join(values)}"
    return say("pair_told", lang, told, " → ".join(values))


def _change(kind: str, lang: str) -> str:
    return CHANGES[kind][language(lang)] if kind in CHANGES else kind


def _value(kind: str, key: str, lang: str) -> str:
    if kind == "supply" and not key:
        return say("unknown_figure", lang)
    if key == "?":
        return say("unsized", lang)
    if not key:
        return say("pair_nothing_before", lang)
    if kind in _STAGED:
        return _ENDED[key][language(lang)] if key in _ENDED else labels.stage(key, lang)
    if kind == "permit":
        return say("list_comma", lang).join(labels.permit(p, lang) for p in key.split("、"))
    return key


def why(entry: Entry, lang: str) -> str:
    """The day and the facts that made it so."""
    first = entry.first
    told = list(dict.fromkeys(clean(c.en if lang == "en" else c.zh) for c in first.causes))
    day = first.day.isoformat() if first.day else say("undated", lang)
    together = say("pair_together", lang) if first.together and len(told) > 1 else ""
    return clean(f"{day} {together}{('；' if lang == 'zh' else '; ').join(told)}")


def dated(entry: Entry, lang: str) -> str:
    """``＋逾期 2024-01-01``."""
    day = entry.first.day.isoformat() if entry.first.day else say("undated", lang)
    return clean(f"{say('list_comma', lang).join(words(row, lang) for row in entry.rows)} {day}")


def numbers(nodes: Sequence[str], diff: Diff) -> dict[str, int]:
    """1, 2, 3 … for the nodes with a change that is ringed, in the given order."""
    changed = ringed(diff.rows)
    return {node: i for i, node in enumerate((n for n in nodes if n in changed), 1)}
