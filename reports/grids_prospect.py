"""The prospect of a chain and the ledger of slips as grids."""

from __future__ import annotations

from analysis.ledger import KINDS, Revision, Slips
from analysis.parts import Amount, StageSum
from analysis.prospect import STATES, Prospect, ProspectRow
from graph.model import MILESTONES, PERMITS
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes
from reports.words import say

PROSPECT_COLUMNS = (
    C("环节", "Chain node", wide=16), C("状态", "State", wide=14), C("目标", "Goal", "number"), C("单位", "Unit"),
    C("目标日期", "Goal due", "day"), C("现状", "Supply", "number"), C("差距", "Gap", "number"), C("超出", "Beyond", "number"),
    C("在建", "Under construction", "number"), C("签约", "Signed", "number"), C("在谈", "In talks", "number"),
    C("其中按期在建", "Due by then", "number"), C("填补差距", "Fills", "percent"), C("无项目的差距", "Left", "number"),
    C("目标时需求", "Demand at goal", "number"), C("需求单位", "Demand unit"),
    C("按期投产后供需比", "Ratio then", "percent"), C("项目", "Projects", wide=44), C("目标变动", "Goal revised", wide=36),
    C("拟引企业", "Firms wanted", wide=20), C("推导", "Derivation", wide=60), C("来源", "Sources", wide=44))
NARROW_PROSPECT = (
    C("环节", "Chain node"), C("状态", "State"), C("目标", "Goal"), C("现状", "Supply"), C("差距", "Gap"), C("项目合计", "By stage"),
    C("按期在建填补", "Filled by then", "percent"), C("无项目的差距", "Left"), C("目标时需求", "Demand at goal"),
    C("项目 → 目标时需求", "Projects → of that demand"))
NARROW_SLIPS = (
    C("对象", "Subject"), C("事项", "What"), C("变动", "Revision"), C("原定 → 改为", "From → to"), C("季度", "Quarters", "number"),
    C("提出日", "Stated", "day"), C("获知日", "Known from", "day"), C("来源", "Source"))
SLIP_COLUMNS = (
    C("对象", "Subject", wide=20), C("环节", "Chain node", wide=14), C("事项", "What"), C("变动", "Revision", wide=14),
    C("原定", "Due", "day"), C("改为", "Revised", "day"), C("天数", "Days", "number"), C("季度", "Quarters", "number"),
    C("原值", "Value", "number"), C("新值", "Revised value", "number"), C("单位", "Unit"), C("提出日", "Stated", "day"),
    C("获知日", "Known from", "day"), C("来源", "Source", wide=44))


def prospect(answer: Prospect, lang: str) -> Grid:
    """Nodes with a gap first, those without a goal last; the indicators' goals among the notes."""
    return Grid(say("prospect", lang), _title(answer, lang), PROSPECT_COLUMNS, tuple(_row(r, lang) for r in _sorted(answer)),
                _foot(answer, lang))


def narrow_prospect(answer: Prospect, lang: str) -> Grid:
    """What a terminal has room for; ``-o`` tells the rest."""
    rows = tuple((r.node, words.named(STATES, r.state, lang), words.goal(r.goal or r.nearest, lang), words.amount(r.supply, lang),
                  _distance(r, lang), "\n".join(words.stage_sum(s, lang) for s in r.sums), r.fills,
                  words.amount(r.left, lang) if r.left else "", words.demand(r.demand, lang), words.projects(r.pipeline, lang))
                 for r in _sorted(answer) if r.state != "none" or r.demand.used)
    return Grid(say("prospect", lang), _title(answer, lang), NARROW_PROSPECT, rows, _foot(answer, lang))


def _distance(row: ProspectRow, lang: str) -> str:
    if row.over and row.goal:
        return f"{words.named(STATES, 'reached', lang)} +{words.quantity(row.over.value, row.over.unit, lang)}"
    return words.amount(row.gap, lang) if row.goal else ""


def _sorted(answer: Prospect) -> list[ProspectRow]:
    order = list(STATES)
    return sorted(answer.rows, key=lambda r: order.index(r.state))


def _title(answer: Prospect, lang: str) -> str:
    due = f" {answer.due}" if answer.due else ""
    return heading(answer, f"{answer.chain} {say('prospect', lang)}{due}", lang)


def _foot(answer: Prospect, lang: str) -> tuple[str, ...]:
    beside = tuple(f"{i.indicator}: {words.goal(i.goal, lang)}" + "".join(f"; {words.revision(r, lang)}" for r in i.revisions)
                   for i in answer.indicators)
    return (*notes(answer.notes, lang), *beside)


def _row(row: ProspectRow, lang: str) -> tuple[Cell, ...]:
    goal = row.goal or row.nearest
    stages = {s.stage: s for s in row.sums}
    unit = goal.unit if goal else row.supply.unit if row.supply else ""
    return (
        row.node, words.named(STATES, row.state, lang), goal.value if goal else None, unit, goal.due if goal else None,
        row.supply.value if row.supply else None, _value(row.gap), _value(row.over),
        *(_sum(stages.get(stage)) for stage in ("在建", "签约", "在谈")), _sum(row.due_by), row.fills, _value(row.left),
        row.demand.used, row.demand.unit, row.after_building.used if row.after_building else None,
        "\n".join(words.project(p, lang) for p in row.pipeline), "\n".join(words.revision(r, lang) for r in row.revisions),
        words.comma(lang).join(row.firms), "\n".join(s.en if lang == "en" else s.zh for s in row.derivation),
        "\n".join(cited(s, s.id, lang) for s in row.sources))


def _value(amount: Amount | None) -> float | None:
    return amount.value if amount else None


def _sum(found: StageSum | None) -> float | None:
    return found.capacity if found else None


def slips(answer: Slips, lang: str) -> Grid:
    """Every statement: what was revised first, then what was only set."""
    rows = tuple((*_slip(r, lang), _source(answer, r, lang)) for r in answer.rows)
    return Grid(say("slips", lang), _slips_title(answer, lang), SLIP_COLUMNS, rows, notes(answer.notes, lang))


def narrow_slips(answer: Slips, lang: str) -> Grid:
    """Only what was revised: what was merely set is counted at the foot."""
    revised = [r for r in answer.rows if r.kind != "set"]
    rows = tuple((_whose(r), what(r.what, lang), words.named(KINDS, r.kind, lang), words.revised(r, lang), r.quarters or None,
                  r.stated, r.known_from, _source(answer, r, lang)) for r in revised)
    only = len(answer.rows) - len(revised)
    more = f"{only} first statements: -o slips.xlsx" if lang == "en" else f"首次提出的 {only} 条见 -o 推迟.xlsx"
    return Grid(say("slips", lang), _slips_title(answer, lang), NARROW_SLIPS, rows, (*notes(answer.notes, lang), more))


def _slips_title(answer: Slips, lang: str) -> str:
    return heading(answer, f"{answer.chain or say('all_chains', lang)} {say('slips', lang)}", lang)


def _source(answer: Slips, row: Revision, lang: str) -> str:
    return cited(next((s for s in answer.sources if s.id == row.source), None), row.source, lang)


def _whose(row: Revision) -> str:
    return row.subject + (f" ({row.region})" if row.region else "")


def _slip(row: Revision, lang: str) -> tuple[Cell, ...]:
    return (_whose(row), words.comma(lang).join(row.nodes), what(row.what, lang), words.named(KINDS, row.kind, lang),
            row.due, row.revised, row.days, row.quarters, row.value, row.revised_value, row.unit, row.stated, row.known_from)


def what(key: str, lang: str) -> str:
    """The planned milestone or permit, or the goal, as a word."""
    names = {k: (zh, en) for k, zh, en in (*MILESTONES, *PERMITS)} | {"goal": ("目标", "goal")}
    return words.named(names, key, lang)
