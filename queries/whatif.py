"""What capacity would change: assumed additions beside the facts of a day, one engine for both sides, nothing written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.assumed import Assumed
from analysis.gaps import GapEngine
from analysis.whatif import Bottleneck, WhatIf, what_if
from graph.settings import Settings
from graph.store import Store
from queries.additions import Plan, placed
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.gaps import cycles
from queries.names import chain_named, spellings

Note = tuple[str, str]


def whatif(store: Store, settings: Settings, chain: str, plan: Plan, asked: Asked, as_of: date | None) -> WhatIf:
    """Both sides on ``as_of``, by default the day of the latest opening, with the facts that are visible then.

    Raises QuestionError for an unknown chain or node, LiantuError for a unit that does not convert.
    """
    dated = plan.dated(as_of, asked.known_by)
    asked = replace(asked, as_of=as_of or dated.as_of())
    chain = chain_named(store, asked, chain)
    engine = GapEngine(evidence(Reader(store, asked), settings, [chain]))
    answer = what_if(engine, chain, placed(dated, engine, spellings(store, asked, chain)), asked.audience)
    return replace(answer, notes=(*notes(answer), *cycles(engine)))


def notes(answer: WhatIf) -> tuple[Note, ...]:
    """The foot: what was assumed and how much of it counts, the next bottlenecks, surplus, what is unknown."""
    out = [_addition(a, answer.as_of) for a in answer.additions]
    out.append(_tightest(answer.bottlenecks_before, ("新增前", "before")))
    out.append(_tightest(answer.bottlenecks, ("新增后", "after")))
    if answer.unranked:
        out.append((f"关键投入中供需比未知、不参与比较的: {'、'.join(answer.unranked)}",
                    f"essential inputs of unknown ratio, not compared: {', '.join(answer.unranked)}"))
    for one in answer.surplus:
        was = f" ({one.before.value:.6g} → {one.amount.value:.6g})" if one.before else ""
        out.append((f"{one.node} 富余 {one.amount.value:.6g} {one.amount.unit}{was}",
                    f"surplus of {one.node}: {one.amount.value:.6g} {one.amount.unit}{was}"))
    same = sum(not row.changed for row in answer.rows)
    out.append((f"{len(answer.rows)} 个环节中 {same} 个没有变化", f"{same} of {len(answer.rows)} nodes do not change"))
    return (*out, *_caveats(answer))


def _addition(one: Assumed, as_of: date) -> Note:
    size = f"{one.capacity:.6g} {one.unit}" + ("" if one.yield_ is None else f" × {one.yield_:.6g}")
    begun = one.starts != one.opens
    opening = (f"{one.starts} 开工, {one.opens} 投产" if begun else f"{one.opens} 投产",
               f"building from {one.starts}, operating from {one.opens}" if begun else f"operating from {one.opens}")
    if one.opens > as_of:
        counts = (f"截至 {as_of} 尚未投产, 不计入", f"not operating on {as_of}: counts nothing")
    else:
        part = "" if one.running == 1 else f" ({one.running:.0%})"
        counts = (f"截至 {as_of} 计入 {one.counted.value:.6g} {one.unit}" + (part and f", 爬坡{part}"),
                  f"{one.counted.value:.6g} {one.unit} count on {as_of}" + (part and f", still ramping up{part}"))
    return (f"假设 {one.node} +{size}, {opening[0]}; {counts[0]}", f"assumed: {one.node} +{size}, {opening[1]}; {counts[1]}")


def _tightest(found: tuple[Bottleneck, ...], when: Note) -> Note:
    if not found:
        return f"{when[0]}瓶颈: 没有已知低于 100 % 的关键投入", f"bottleneck {when[1]}: no essential input is known to be below 100 %"
    names = "、".join(b.node for b in found), ", ".join(b.node for b in found)
    share = f"{100 * found[0].share:.3g} %"  # 99.7 and not 100: it is short
    tie = ("并列, ", f"a tie of {len(found)}, ") if len(found) > 1 else ("", "")
    return f"{when[0]}瓶颈: {names[0]} ({tie[0]}供需比 {share})", f"bottleneck {when[1]}: {names[1]} ({tie[1]}ratio {share})"


def _caveats(answer: WhatIf) -> list[Note]:
    out = []
    least = [row.node for row in answer.rows if row.changed and "partial" in row.after.flags]
    if least:
        out.append((f"名单不全, 新增后的供给与供需比只是下限: {'、'.join(least)}",
                    f"no complete list, supply and ratio after are lower bounds: {', '.join(least)}"))
    if answer.as_of > answer.known_by:
        out.append((f"{answer.as_of} 在 {answer.known_by} 之后: 两边都只用据该日所知的事实, 其他项目与目标都不计入",
                    f"{answer.as_of} lies after {answer.known_by}: both sides rest on what is known by then; no other "
                    "project and no goal is counted"))
    return [*out, ("只是假设, 没有写入任何事实; 声明仍是声明", "assumed only, nothing is written; a claim remains a claim")]
