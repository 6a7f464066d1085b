"""The side panel, what stands beside supply and demand: what regions report, projects by stage, what hangs on the node."""

from __future__ import annotations

from analysis.answers import GapRow
from analysis.parts import AtRisk, Leakage, Makers, StageSum, Worth
from maps import labels
from maps.figures import amount, number, percent, share, sized
from maps.labels import say

Rows = list[list[str]]
"""Label and text; rows without a text are left out by the panel."""


def beside(row: GapRow, lang: str) -> Rows:
    """What regions report and what the plants add up to; without variants; what is used here; projects by stage."""
    own = labels.verdict(row.own_verdict, lang) if row.own_verdict else ""
    after = share(row.after_building, lang) if row.after_building and any(s.stage == "在建" for s in row.sums) else ""
    return [
        [say("figure", lang), amount(row.figure, lang) if row.figure else ""],
        [say("listed", lang), amount(row.listed, lang) if row.listed else ""],
        [say("own_verdict", lang), own],
        [say("conversion", lang), "" if row.conversion is None else percent(row.conversion)],
        [say("sums", lang), say("list_comma", lang).join(_sum(s, lang) for s in row.sums)],
        [say("after_building", lang), after],
    ]


def matters(row: GapRow, lang: str) -> Rows:
    """What stops without it, what one unit more is worth, what is bought elsewhere, and how few make it."""
    return [
        [say("output_at_risk", lang), _at_risk(row.output_at_risk, lang)],
        [say("worth", lang), _worth(row.worth, lang)],
        [say("leakage", lang), _leakage(row.leakage, lang)],
        [say("makers", lang), _makers(row.makers, lang)],
    ]


def _sum(one: StageSum, lang: str) -> str:
    """The sums of the stages stand side by side and are never added up."""
    inside = [say("phases", lang, one.projects), *([say("phases_unsized", lang, one.unsized)] if one.unsized else [])]
    return say("stage_sum", lang, labels.stage(one.stage, lang), sized(one.capacity, one.unit, lang), say("list_comma", lang).join(inside))


def _at_risk(given: tuple[AtRisk, ...] | None, lang: str) -> str:
    """Nothing where nothing stops; a word where it cannot be computed."""
    if given is None:
        return say("unknown_value", lang)
    return say("list_comma", lang).join(
        say("stops", lang, one.node, sized(one.amount, one.unit, lang), say("unknown_value", lang) if one.share is None else percent(one.share))
        for one in given)


def _worth(given: Worth | None, lang: str) -> str:
    runs = say("list_comma", lang).join(f"{one.node} +{sized(one.amount, one.unit, lang)}" for one in given.runs) if given else ""
    return f"1 {given.unit} → {runs}" if given and runs else ""


def _leakage(given: Leakage | None, lang: str) -> str:
    if given is None:
        return ""
    return sized(given.amount, given.unit, lang) + ("" if given.value is None else say("money", lang, number(given.value)))


def _makers(given: Makers | None, lang: str) -> str:
    if given is None or not given.firms:
        return ""
    told = [say("firms_one", lang) if given.firms == 1 else say("firms_many", lang, given.firms)]
    told += [] if given.share is None else [f"{given.top} {percent(given.share)}".strip()]
    return say("list_comma", lang).join([*told, *([] if given.hhi is None else [f"HHI {given.hhi:.2f}"])])
