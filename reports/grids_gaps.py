"""The gap rows of a chain as a grid: what is missing, how much, on what evidence, and what follows."""

from __future__ import annotations

from analysis.answers import GapRow, Gaps
from reports import following, words
from reports.grids import C, Cell, Grid, cited, heading, notes
from reports.words import say

GAP_COLUMNS = (
    C("产业链", "Chain"), C("环节", "Chain node", wide=16), C("判定", "Verdict", wide=13), C("标记", "Flags", wide=20),
    C("供给", "Supply", "number"), C("供给单位", "Supply unit"), C("需求", "Demand", "number"),
    C("需求下限", "Demand low", "number"), C("需求上限", "Demand high", "number"), C("需求单位", "Demand unit"),
    C("供需比", "Ratio", "percent"), C("供需比下限", "Ratio low", "percent"), C("供需比上限", "Ratio high", "percent"),
    C("在建/项目", "Projects", wide=44), C("目标", "Goal", "number"), C("目标单位", "Goal unit"), C("目标日期", "Goal due", "day"),
    C("上游外流", "Leaves upstream"), C("邻近", "Nearby"), C("就地转化率", "Used here", "percent"), C("在建", "Under construction"),
    C("在建投产后供需比", "Ratio after construction", "percent"), C("限产", "Output at risk", wide=24), C("多一单位", "One unit more", wide=20),
    C("外购额", "Bought elsewhere"), C("企业集中度", "Makers", wide=20), C("推导", "Derivation", wide=60), C("来源", "Sources", wide=44))


def gaps(answer: Gaps, lang: str) -> Grid:
    rows = words.sorted_rows(answer.rows)
    return Grid(say("gaps", lang), heading(answer, answer.chain, lang), GAP_COLUMNS, tuple(_gap(row, lang) for row in rows),
                (*notes(answer.notes, lang), *following.chain(answer.figures, lang)), tuple(row.verdict for row in rows), 2)


def _gap(row: GapRow, lang: str) -> tuple[Cell, ...]:
    supply, ratio, goal, need = row.supply, row.coverage, row.goal, row.demand
    return (
        row.chain, row.node, words.verdict(row, lang), words.flags(row, lang), supply.value if supply else None,
        supply.unit if supply else "", need.used, need.low, need.high, need.unit, ratio.used if ratio else None,
        ratio.low if ratio else None, ratio.high if ratio else None,
        "\n".join(words.project(p, lang) for p in row.pipeline), goal.value if goal else None,
        goal.unit if goal else "", goal.due if goal else None, words.amount(row.leaves, lang) if row.leaves else "",
        row.nearby or "", row.conversion, following.sums(row.sums, lang),
        row.after_building.used if row.after_building else None, following.at_risk(row.output_at_risk, lang),
        following.worth(row.worth, lang), following.leakage(row.leakage, lang), following.makers(row.makers, lang),
        "\n".join(s.en if lang == "en" else s.zh for s in row.derivation),
        "\n".join(cited(s, s.id, lang) for s in row.sources))
