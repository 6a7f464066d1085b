"""What follows from a row, in words: what would stop, what one unit more is worth, what is bought elsewhere, who makes it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.answers import GapRow
from analysis.parts import AtRisk, ChainFigures, Lane, Leakage, Makers, Published, Rank, StageSum, Worth
from analysis.words import VERDICTS
from reports import words
from reports.words import NONE, percent, quantity

LABELS = {
    "figure": ("地区数值", "Reported figure"), "listed": ("名单合计", "Listed plants"), "own_verdict": ("不计变型", "Without variants"),
    "conversion": ("就地转化率", "Used here"), "sums": ("项目合计", "Projects by stage"),
    "after_building": ("在建投产后供需比", "Ratio once what is under construction runs"),
    "output_at_risk": ("限产", "Output at risk"), "worth": ("多一单位", "One unit more"), "leakage": ("外购额", "Bought elsewhere"),
    "makers": ("企业集中度", "Makers"), "must_pass": ("必经 (成品)", "Must-pass for"), "paths": ("经过的路径", "Paths through it"),
    "rank": ("排序", "Rank"),
}
"""(中文, English) of each field of a row that ``lines`` tells."""


def lines(row: GapRow, lang: str) -> list[str]:
    """One a field that has something to say."""
    told = {
        "figure": words.amount(row.figure, lang) if row.figure else "", "listed": words.amount(row.listed, lang) if row.listed else "",
        "own_verdict": words.named(VERDICTS, row.own_verdict, lang) if row.own_verdict else "",
        "conversion": percent(row.conversion) if row.conversion is not None else "", "sums": sums(row.sums, lang),
        "after_building": words.ratio(row.after_building) if any(s.stage == "在建" for s in row.sums) else "",
        "output_at_risk": at_risk(row.output_at_risk, lang), "worth": worth(row.worth, lang), "leakage": leakage(row.leakage, lang),
        "makers": makers(row.makers, lang), "must_pass": words.comma(lang).join(row.must_pass or ()),
        "paths": "" if row.paths is None else str(row.paths), "rank": rank(row.rank, lang),
    }
    return [f"{LABELS[key][words.side(lang)]}  {text}" for key, text in told.items() if text]


def at_risk(given: Sequence[AtRisk] | None, lang: str) -> str:
    """What stops; a word where it cannot be computed, nothing where nothing stops."""
    if given is None:
        return words.UNKNOWN[words.side(lang)]
    return words.comma(lang).join(f"{one.node} {quantity(one.amount, one.unit, lang)} ({_share(one, lang)})" for one in given)


def _share(one: AtRisk, lang: str) -> str:
    return words.UNKNOWN[words.side(lang)] if one.share is None else percent(one.share)


def worth(given: Worth | None, lang: str) -> str:
    if given is None or not given.runs:
        return ""
    runs = words.comma(lang).join(f"{one.node} +{quantity(one.amount, one.unit, lang)}" for one in given.runs)
    return f"1 {given.unit} → {runs}"


def leakage(given: Leakage | None, lang: str) -> str:
    if given is None:
        return ""
    value = "" if given.value is None else f" (≈ {words.number(given.value)} 亿元/{'a' if lang == 'en' else '年'})"
    return quantity(given.amount, given.unit, lang) + value


def makers(given: Makers | None, lang: str) -> str:
    if given is None or not given.firms:
        return ""
    many = "firm" if given.firms == 1 else "firms"
    told = [f"{given.firms} {many}" if lang == "en" else f"{given.firms} 家"]
    if given.share is not None:
        told.append(f"{given.top} {percent(given.share)}")
    if given.hhi is not None:
        told.append(f"HHI {given.hhi:.2f}")
    return words.comma(lang).join(told)


def sums(given: Sequence[StageSum], lang: str) -> str:
    """The three sums side by side, never added up."""
    return "; ".join(words.stage_sum(one, lang) for one in given)


def rank(given: Rank | None, lang: str) -> str:
    if given is None:
        return ""
    return f"{given.place}: " + "; ".join(en if lang == "en" else zh for _, zh, en in given.parts)


def risks(rows: Sequence[GapRow], lang: str) -> list[str]:
    """What would stop, of the rows of a table: one line."""
    told = [f"{row.node} → {at_risk(row.output_at_risk, lang)}" for row in rows if row.output_at_risk]
    said = "output at risk, if outside supply is cut" if lang == "en" else "限产 (外购断供时)"
    return [f"{said}: {'; '.join(told)}"] if told else []


def chain(given: ChainFigures | None, lang: str) -> list[str]:
    """The chain as a whole: lines for the foot."""
    if given is None:
        return []
    return [line for line in (_completeness(given, lang), _sufficiency(given, lang), _profile(given.profile, lang),
                              *(_published(one, lang) for one in given.published)) if line]


def _completeness(given: ChainFigures, lang: str) -> str:
    known, unlooked = given.needed - len(given.unlooked), len(given.unlooked)
    if lang == "en":
        return f"completeness: {percent(given.completeness)}: {given.standing} of {known} needed nodes whose state is known " \
               f"stand; {unlooked} more nobody has looked at"
    return f"环节齐备率 {percent(given.completeness)}: 所需且查明的 {known} 个环节中 {given.standing} 个已有; 另有 {unlooked} 个待核"


def _sufficiency(given: ChainFigures, lang: str) -> str:
    if given.sufficiency is None:
        return "sufficiency by value: not computed, no node has a price and a known ratio" if lang == "en" else \
            "数量保障度 — : 没有同时有单价和供需比的环节, 未算"
    named = words.comma(lang).join(given.priced)
    return f"sufficiency by value: {percent(given.sufficiency)} (nodes with a price: {named})" if lang == "en" else \
        f"数量保障度 {percent(given.sufficiency)} (按有单价的环节: {named})"


def _profile(given: Sequence[Lane], lang: str) -> str:
    if not any(one.equivalent for one in given):
        return ""
    told = " → ".join(f"{one.node} {NONE if one.equivalent is None else f'{words.number(one.equivalent)} ({percent(one.share)})'}"
                      for one in given)
    unit = next(one.unit for one in given)
    return f"main lane, in {unit} of the final product: {told}" if lang == "en" else f"主链剖面 (折合 {unit} 终端产品): {told}"


def _published(one: Published, lang: str) -> str:
    return f"{'published goal' if lang == 'en' else '公布的目标'}: {one.indicator} {words.goal(one.goal, lang)} [{one.source}]"
