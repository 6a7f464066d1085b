"""How single things are written in both languages: verdicts, amounts, ratios, projects. Unknown is never 0."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.answers import GapRow, PipelineItem
from analysis.ledger import KINDS, Revision
from analysis.parts import Amount, Demand, Goal, Range, Slip, StageSum
from analysis.words import EVIDENCE, FLAGS, GAP_VERDICTS, STAGES, VERDICTS
from graph.model import PERMITS, SAYS

MARKS = {
    "unknown": "？", "broken": "×", "missing": "×", "extension": "＋", "absent": "○",
    "weak": "▲", "short": "▲", "balanced": "●", "surplus": "●+", "present": "●",
}
"""A mark beside every word and colour: it prints in grey and serves the colour-blind."""

UNKNOWN = ("未知", "unknown")
NONE = "—"
WORDS = {
    "node": ("环节", "Chain node"), "verdict": ("判定", "Verdict"), "flags": ("标记", "Flags"),
    "supply": ("供给", "Supply"), "demand": ("需求", "Demand"), "coverage": ("供需比", "Ratio"),
    "pipeline": ("在建/项目", "Projects"), "goal": ("目标", "Goal"), "claimant": ("声明者", "Claimant"),
    "says": ("声明", "Says"), "scope": ("范围", "Scope"), "day": ("日期", "Day"), "evidence": ("依据", "Evidence"),
    "source": ("来源", "Source"), "as_of": ("截至", "as of"), "known_by": ("据此日所知", "known by"),
    "audience": ("受众", "audience"), "gaps": ("空白点", "gaps"), "derivation": ("推导", "Derivation"),
    "claims": ("声明", "Claims"), "sources": ("来源", "Sources"), "phase": ("期", "phase"), "due": ("预计投产", "due"),
    "yield": ("成品率", "yield"), "overdue": ("逾期", "overdue"), "stalled": ("停滞", "stalled"),
    "permits": ("未见手续", "permits not seen"), "slip": ("推迟", "slip"), "covers": ("单独可满足", "alone would cover"),
    "investors": ("投资方", "investors"), "at_least": ("至少", "at least"), "leaves": ("上游外流", "leaves upstream"),
    "nearby": ("邻近", "nearby"), "withdrawn": ("已不成立", "no longer holds"), "undated": ("未注日期", "undated"),
    "publisher": ("发布机构", "Publisher"), "own": ("自身供给", "Own supply"), "stated": ("提出", "stated"),
    "unbacked": ("尚无依据的声明", "claims not backed by evidence"), "outlet": ("未注发布机构", "no outlet given"),
    "arrow": ("→ 为该项目单独可满足的需求", "→ is the share of demand that the project alone would cover"),
    "prospect": ("远景", "prospect"), "slips": ("推迟与调整", "slips and revisions"),
    "everything": ("要害排序", "what matters most"),
    "all_chains": ("全部产业链", "all chains"), "missing": ("空白点", "what is missing"),
}
"""Every word of a table that is no verdict, flag or stage: (中文, English)."""


def side(lang: str) -> int:
    return 1 if lang == "en" else 0


def say(key: str, lang: str) -> str:
    return WORDS[key][side(lang)]


def named(words: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    """The word for ``key``, or ``key`` itself where it has none: nothing is swallowed."""
    return words.get(key, (key, key))[side(lang)]


def verdict(row: GapRow, lang: str) -> str:
    return f"{MARKS.get(row.verdict, '？')} {named(VERDICTS, row.verdict, lang)}"


def flags(row: GapRow, lang: str) -> str:
    return comma(lang).join(named(FLAGS, flag, lang) for flag in row.flags)


def evidence(key: str, lang: str) -> str:
    return named(EVIDENCE, key, lang)


def says(key: str, lang: str) -> str:
    return named({k: (zh, en) for k, zh, en in SAYS}, key, lang)


def permits(keys: Sequence[str], lang: str) -> str:
    names = {k: (zh, en) for k, zh, en in PERMITS}
    return comma(lang).join(named(names, key, lang) for key in keys)


def comma(lang: str) -> str:
    return ", " if lang == "en" else "、"


def number(value: float | None) -> str:
    """Four figures that mean something: 718, 2.304, 0.045; '' for None."""
    if value is None:
        return ""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    short = f"{value:.4g}"
    return f"{value:.10f}".rstrip("0").rstrip(".") if "e" in short else short


def quantity(value: float | None, unit: str, lang: str) -> str:
    return UNKNOWN[side(lang)] if value is None else f"{number(value)} {unit}".rstrip()


def amount(given: Amount | None, lang: str) -> str:
    """'未知' where nobody looked and where the size is unknown; 0 only where somebody says so."""
    return UNKNOWN[side(lang)] if given is None else quantity(given.value, given.unit, lang)


def demand(given: Demand, lang: str) -> str:
    if given.used is None:
        least = f" ({say('at_least', lang)} {quantity(given.at_least, given.unit, lang)})" if given.at_least else ""
        return UNKNOWN[side(lang)] + least
    if given.used == 0:
        return "—"  # nothing that is known to stand takes it; who might is not known, so no nought is printed
    return quantity(given.used, given.unit, lang) + between(given.low, given.high, given.used, number)


def percent(value: float | None) -> str:
    """1.357 → '136 %'; '—' for None. A ratio that rounds to 0 % without being 0 says '< 1 %'."""
    if value is None:
        return NONE
    return "< 1 %" if 0 < value < 0.005 else f"{value:.0%}".replace("%", " %")


def ratio(given: Range | None) -> str:
    if given is None:
        return NONE
    return percent(given.used) + between(given.low, given.high, given.used, percent)


def between(low: float | None, high: float | None, used: float | None, written: object) -> str:
    """' (low–high)' where the ends differ from what is used."""
    assert callable(written)
    ends = [written(low), written(high)] if low is not None and high is not None else []
    return f" ({ends[0]}–{ends[1]})" if ends and set(ends) != {written(used)} else ""


def goal(given: Goal | None, lang: str) -> str:
    return NONE if given is None else f"{quantity(given.value, given.unit, lang)} ({given.due})"


def stage(item: PipelineItem, lang: str) -> str:
    marks = [say(word, lang) for word in ("stalled", "overdue") if getattr(item, word)]
    return comma(lang).join([named(STAGES, item.stage, lang), *marks])


def project(item: PipelineItem, lang: str) -> str:
    """One line: name, stage, size, due, cover."""
    parts = [stage(item, lang), quantity(item.capacity, item.unit, lang)]
    if item.due:
        parts.append(f"{say('due', lang)} {item.due}")
    if item.would_cover and item.would_cover.used is not None:
        parts.append(f"{say('covers', lang)} {ratio(item.would_cover)}")
    return f"{item.project} [{'; '.join(parts)}]"


def projects(items: Sequence[PipelineItem], lang: str, most: int = 3) -> str:
    """A line each for the first few, 在建 first as the answer has them; ``explain`` tells the rest."""
    lines = []
    for item in items[:most]:
        cover = item.would_cover.used if item.would_cover else None
        lines.append(f"{item.project} {stage(item, lang)} {quantity(item.capacity, item.unit, lang)}"
                     + (f" → {percent(cover)}" if cover is not None else ""))
    if len(items) > most:
        lines.append(f"and {len(items) - most} more" if lang == "en" else f"等 {len(items)} 个")
    return "\n".join(lines) or NONE


def stage_sum(given: StageSum, lang: str) -> str:
    """'在建 718 kt/a (3 期)', a project without phases being one; how many of them have no size that counts.

    Where none has one the sum is unknown.
    """
    count, blank = given.projects, given.unsized
    how_many = f"{count}" + (f", {blank} of unknown size" if blank else "") if lang == "en" else \
        f"{count} 期" + (f", {blank} 期规模待核" if blank else "")
    return f"{named(STAGES, given.stage, lang)} {quantity(given.capacity, given.unit, lang)} ({how_many})"


def revised(given: Revision, lang: str) -> str:
    """What gave way to what: '870 kt/a 2023-12-31 → 2024-12-31'; amounts and days that stayed are said once."""
    sides = [(given.value, given.due), (given.revised_value, given.revised)]
    amounts = dict.fromkeys(quantity(value, given.unit, lang) for value, _ in sides if value is not None)
    days = dict.fromkeys(str(day) for _, day in sides if day)
    return " ".join(" → ".join(found) for found in (amounts, days) if found)


def revision(given: Revision, lang: str) -> str:
    """A revision with its kind and the day it was stated."""
    return f"{named(KINDS, given.kind, lang)} {revised(given, lang)} ({say('stated', lang)} {given.stated})"


def slip(given: Slip, lang: str) -> str:
    return f"{say('slip', lang)} {given.due} → {given.revised} ({say('stated', lang)} {given.stated}; {given.source})"


def sorted_rows(rows: Sequence[GapRow]) -> list[GapRow]:
    """空白点 first, then the others in the order the verdicts are tried; the chain's order within."""
    order = [*GAP_VERDICTS, *(v for v in VERDICTS if v not in GAP_VERDICTS)]
    return sorted(rows, key=lambda r: order.index(r.verdict) if r.verdict in order else len(order))
