"""Suitability as a grid: vetoes, criteria and their total, what to ask next, the fit to the chain, demands on the place."""

from __future__ import annotations

from analysis.cited import Cited
from analysis.instruments import Instruments, Listed
from analysis.parts import Source
from analysis.project_demands import STATES, Demanded
from analysis.project_fit import Fit
from analysis.project_values import FLAGS, english
from analysis.suitability import CLASS, VERDICTS, AskNext, Judged, Suitability
from analysis.words import VERDICTS as NODES
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

COLUMNS = (
    C("部分", "Part"), C("项", "Item", wide=18), C("值", "Value", "number"), C("单位", "Unit"), C("规则", "Rule", wide=32),
    C("分值", "Points", "number"), C("得分下限", "Low", "number"), C("得分上限", "High", "number"), C("结果", "Result", wide=24),
    C("缺什么", "Lacks", wide=24), C("依据", "Evidence", wide=44), C("来源", "Source", wide=44))
NARROW = (C("部分", "Part"), C("项", "Item"), C("值", "Value"), C("规则", "Rule"), C("得分", "Points"), C("结果", "Result"), C("依据", "Evidence"))
LISTED = (C("名称", "Name", wide=28), C("办法", "Instrument", wide=44), C("地方", "Place"), C("年份", "Year"), C("评什么", "Judges"),
          C("门槛", "Vetoes", "number"), C("评分项", "Criteria", "number"), C("总分", "Points", "number"), C("看什么", "Looks at", wide=44),
          C("来源", "Source", wide=30))
TITLE = ("落地适应性分析", "suitability")
PARTS = {"veto": ("门槛", "veto"), "criterion": ("评分", "criterion"), "class": ("分档", "class"), "total": ("合计", "total"),
         "ask": ("要问的", "ask next"), "fit": ("链上", "fit"), "demand": ("要素", "demand")}
RESULTS = {"passed": ("通过", "passed"), "failed": ("未过", "failed"), "classed": ("已定档", "classed"),
           "unknown": ("未见公开数据", "no public figure"), "scored": ("已评", "scored")}
JUDGES = {"project": ("项目", "project"), "firm": ("投产后的企业", "operating firm")}
WHOM = {"investor": ("问投资方", "ask the investor"), "region": ("问地区", "ask the region"), "us": ("自己判断", "ours to judge")}
OPEN = ("不封顶或基准未知", "no highest is known")


def suitability(answer: Suitability, lang: str) -> Grid:
    return Grid(TITLE[words.side(lang)], _title(answer, lang), COLUMNS, tuple(_all(answer, lang)), notes(answer.notes, lang))


def narrow(answer: Suitability, lang: str) -> Grid:
    """For a terminal: value with unit, points as an interval."""
    rows = tuple((r[0], r[1], _sized(r, lang), r[4], _interval(r, lang), "\n".join(dict.fromkeys(str(c) for c in (r[8], r[9]) if c)), r[10])
                 for r in _all(answer, lang))
    return Grid(TITLE[words.side(lang)], _title(answer, lang), NARROW, rows, notes(answer.notes, lang))


def instruments(answer: Instruments, lang: str) -> Grid:
    title = ("评价办法", "instruments")[words.side(lang)]
    return Grid(title, title, LISTED, tuple(_listed(one, lang) for one in answer.rows))


def _listed(one: Listed, lang: str) -> tuple[Cell, ...]:
    year = ("未注年份", "no year")[words.side(lang)] if one.year is None and not one.composed else str(one.year or "")
    side = words.side(lang)
    return (one.name, (one.zh, one.en)[side], (one.place, one.place_en)[side], year, words.named(JUDGES, one.judges, lang),
            float(one.vetoes), float(one.criteria), one.points, words.comma(lang).join(english(v) if lang == "en" else v for v in one.values),
            one.publisher)


def _title(answer: Suitability, lang: str) -> str:
    return heading(answer, f"{answer.project} {TITLE[words.side(lang)]} · {answer.title[words.side(lang)]}", lang)


def _all(answer: Suitability, lang: str) -> list[tuple[Cell, ...]]:
    sources = {s.id: s for s in answer.sources}
    return [*(_judged(r, sources, lang) for r in answer.rows), _total(answer, lang), *(_ask(a, lang) for a in answer.ask),
            *(_fit(f, sources, lang) for f in answer.fit), *(_demanded(d, sources, lang) for d in answer.demands)]


def _name(zh: str, en: str, lang: str) -> str:
    return f"{en} ({zh})" if lang == "en" and en != zh else zh


def _judged(row: Judged, sources: dict[str, Source], lang: str) -> tuple[Cell, ...]:
    side = words.side(lang)
    open_ = row.part == "criterion" and row.high is None
    lacks = "; ".join(part for part in (row.why[side], OPEN[side] if open_ else "") if part)
    rule = row.rule[side] + (f" ({row.note[side]})" if row.note[side] else "")
    return (words.named(PARTS, row.part, lang), _name(row.name, row.en, lang), row.value, row.unit, rule, row.points or None, row.low,
            row.high, words.named(RESULTS, row.state, lang), lacks, _evidence(row.evidence, lang), _cited(row.evidence, sources, lang))


def _evidence(found: tuple[Cited, ...], lang: str) -> str:
    return "\n".join((c.en if lang == "en" else c.text) + f" [{c.valid_from}]" for c in found)


def _cited(found: tuple[Cited, ...], sources: dict[str, Source], lang: str) -> str:
    return "\n".join(dict.fromkeys(cited(sources.get(c.source), c.source, lang) for c in found if c.source))


def _total(answer: Suitability, lang: str) -> tuple[Cell, ...]:
    side = words.side(lang)
    scored = answer.points > 0
    said = answer.verdict if answer.verdict != "none" or scored else "none"
    return (PARTS["total"][side], "", None, "", "", answer.points or None, answer.low if scored else None, answer.high if scored else None,
            VERDICTS[said][side], OPEN[side] if scored and answer.high is None else "", "", "")


def _ask(one: AskNext, lang: str) -> tuple[Cell, ...]:
    side, comma = words.side(lang), words.comma(lang)
    parts = []
    if one.narrows is None or one.narrows:
        parts.append((f"收窄 {_width(one.narrows, one, lang)}", f"narrows {_width(one.narrows, one, lang)}")[side])
    if one.with_others != one.narrows:
        parts.append((f"连同其他缺项收窄 {_width(one.with_others, one, lang)}",
                      f"with the others narrows {_width(one.with_others, one, lang)}")[side])
    if CLASS in one.decides:
        parts.append(("定分档", "decides the class")[side])
    decides = tuple(d for d in one.decides if d != CLASS)
    for vetoes, zh, en in ((decides, "定门槛", "decides"), (one.helps, "连同其他缺项定门槛", "with the others decides")):
        if vetoes:
            parts.append((f"{zh}: {comma.join(vetoes)}", f"{en}: {comma.join(map(english, vetoes))}")[side])
    if one.demands:
        parts.append((f"对照要素: {comma.join(one.demands)}", f"holds the demand against the place: {comma.join(map(english, one.demands))}")[side])
    return (PARTS["ask"][side], _name(one.name, one.en, lang), None, one.unit, words.named(WHOM, one.whom, lang), None, None, None,
            "\n".join(parts), "", "", "")


YES = (("否", "是"), ("no", "yes"))


def _width(width: float | None, one: AskNext, lang: str) -> str:
    """'30 分'; where there is no highest, what the full points of the criteria are."""
    points = words.number(one.points if width is None else width) or "0"
    if width is None:
        return (f"没有上限的区间 (满分 {points})", f"an interval without a highest (full points {points})")[words.side(lang)]
    return f"{points} {'points' if lang == 'en' else '分'}"


def _fit(one: Fit, sources: dict[str, Source], lang: str) -> tuple[Cell, ...]:
    side, comma = words.side(lang), words.comma(lang)
    unknown = words.UNKNOWN[side]
    named = words.named(NODES, one.verdict, lang) + (f" → {words.named(NODES, one.verdict_after, lang)}" if one.verdict_after else "")
    ratios = f"{words.ratio(one.before)} → {words.ratio(one.after) if one.adds else unknown}"
    lines = [named, (f"供需比 {ratios}", f"ratio {ratios}")[side]]
    if one.alone:
        lines.append(f"{words.say('covers', lang)} {words.ratio(one.alone)}")
    if one.after and not one.surplus:
        lines.append(("不产生富余", "creates no surplus")[side])
    lines += [(f"富余 {s.node} {words.amount(s.amount, lang)}", f"surplus of {s.node} {words.amount(s.amount, lang)}")[side] for s in one.surplus]
    adds = one.adds.value if one.adds else None
    rule = comma.join(part for part in (one.chain, ("空白点", "a gap")[side] if one.gap else "",
                                        words.say("at_least", lang) if one.at_least else "") if part)
    return (PARTS["fit"][side], one.node, adds, one.adds.unit if one.adds else "", rule, None, None, None, "\n".join(lines),
            one.why[side], "", "\n".join(cited(sources.get(id), id, lang) for id in one.sources))


def _demanded(one: Demanded, sources: dict[str, Source], lang: str) -> tuple[Cell, ...]:
    side = words.side(lang)
    missing = RESULTS["unknown"][side]
    has = missing if one.has is None else words.quantity(one.has, one.unit, lang)
    whose = " ".join(part for part in (one.region, _name(one.indicator, english(one.indicator), lang), has) if part)
    wider = (" (上级地区的数, 不等于园区有)", " (of a wider region, not the park's own)")[side] if one.inherited else ""
    state = words.named(STATES, one.state, lang)
    if one.state == "short" and one.needs is not None and one.has is not None:
        lack = words.quantity(one.needs - one.has, one.unit, lang)
        state += (f", 差 {lack}", f", by {lack}")[side]
    return (PARTS["demand"][side], _name(one.name, one.en, lang), one.needs, one.unit, whose + wider, None, None, None,
            state, one.why[side], _evidence(one.evidence, lang), _cited(one.evidence, sources, lang))


def _sized(row: tuple[Cell, ...], lang: str) -> str:
    value, unit = row[2], row[3]
    if not isinstance(value, float):
        return "" if row[0] in (PARTS["total"][words.side(lang)], PARTS["ask"][words.side(lang)]) else words.UNKNOWN[words.side(lang)]
    if any(flag in str(row[1]) for flag in FLAGS):
        return YES[words.side(lang)][value >= 1]
    return words.quantity(value, str(unit), lang)


def _interval(row: tuple[Cell, ...], lang: str) -> str:
    points, low, high = row[5], row[6], row[7]
    if not isinstance(low, float):
        return ""
    top = "∞" if not isinstance(high, float) else words.number(high) or "0"
    said = words.number(low) or "0"
    return (said if low == high else f"[{said}, {top}]") + (f" / {words.number(points)}" if isinstance(points, float) else "")
