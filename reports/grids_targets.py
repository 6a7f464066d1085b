"""The graded list of target firms as grids: whole for files, narrow for a terminal, and the lists of the workbook."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.cited import Cited
from analysis.parts import Source
from analysis.targets import Signed, Talk, Target, Targets, said
from analysis.words import STAGES, VERDICTS
from graph.grading import AGAINST, KINDS
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

WHY = {"here": ("已在本地", "here already"), "pipeline": ("已有项目", "in the pipeline")}
TITLE = ("目标企业清单", "target firms")
COLUMNS = (
    C("环节", "Chain node", wide=14), C("空白点名次", "Rank of gap", "number"), C("判定", "Verdict"), C("分级", "Grade"),
    C("企业", "Firm", wide=24), C("产能", "Capacity", "number"), C("单位", "Unit"), C("占已知产能", "Share of known", "percent"),
    C("依据", "Evidence", wide=60), C("相反依据", "Against", wide=30), C("待核", "Unknown", wide=30), C("怎样升级", "Would raise", wide=30),
    C("首谈", "First talk"), C("同时对接", "Also in talks"), C("规则", "Rule", wide=40))
NARROW = (C("分级", "Grade"), C("环节", "Chain node"), C("企业", "Firm"), C("产能", "Capacity"), C("依据", "Evidence"),
          C("相反/待核", "Against, unknown"))


def targets(answer: Targets, lang: str) -> Grid:
    found = {w.node: w for w in answer.nodes}
    side, known = words.side(lang), {s.id: s for s in answer.sources}
    rows = tuple((r.node, _place(found[r.node].place), words.named(VERDICTS, found[r.node].verdict, lang), _grade(r.grade, lang), r.firm,
                  r.capacity.value if r.capacity else None, r.capacity.unit if r.capacity else "", r.share,
                  _evidence(r.evidence, known, lang), _evidence(r.against, known, lang), "\n".join(u[side] for u in r.unknown),
                  "\n".join(u[side] for u in r.would_raise), r.owner or "", "、".join(r.duplicate), r.rule[side]) for r in answer.rows)
    return Grid(TITLE[side], _title(answer, lang), COLUMNS, rows, _foot(answer, lang))


def narrow(answer: Targets, lang: str) -> Grid:
    side = words.side(lang)
    rows = tuple((_grade(r.grade, lang), r.node, r.firm, _capacity(r, lang),
                  "\n".join(_line(c, lang) for c in r.evidence),
                  "\n".join([*_twice(r, side), *(_line(c, lang) for c in r.against), *(u[side] for u in r.unknown)])) for r in answer.rows)
    return Grid(TITLE[side], _title(answer, lang), NARROW, rows, _foot(answer, lang))


def _title(answer: Targets, lang: str) -> str:
    return heading(answer, f"{answer.about[words.side(lang)]} {TITLE[words.side(lang)]}", lang)


def _place(place: int | None) -> Cell:
    return None if place is None else float(place)


def _grade(grade: str, lang: str) -> str:
    return "观察" if grade == "watch" and lang == "zh" else grade


def _twice(row: Target, side: int) -> list[str]:
    """Whose the first talk is, where others talk to the firm too."""
    return [(f"首谈 {row.owner}, 同时对接: {'、'.join(row.duplicate)}", f"first talk {row.owner}, also in talks: {', '.join(row.duplicate)}")[side]
            ] if row.duplicate else []


def _capacity(row: Target, lang: str) -> str:
    """Unknown is no public figure; a figure of a unit that does not convert is told as that, and not as unknown."""
    if row.capacity:
        return words.amount(row.capacity, lang)
    return ("单位不能换算", "unit does not convert")[words.side(lang)] if row.unconverted else words.UNKNOWN[words.side(lang)]


def _line(one: Cited, lang: str) -> str:
    name = {**KINDS, **AGAINST}.get(one.kind, (one.kind, one.kind))[words.side(lang)]
    day = f" [{one.valid_from}]" if one.source else ""
    return f"{name}: {one.en if lang == 'en' else one.text}{day}"


def _evidence(found: Iterable[Cited], sources: dict[str, Source], lang: str) -> str:
    return "\n".join(_line(c, lang) + (f" {cited(sources.get(c.source), c.source, lang)}" if c.source else "") for c in found)


def _foot(answer: Targets, lang: str) -> tuple[str, ...]:
    """The verdicts of the nodes, the rules, the order, who was left out and why, then the notes."""
    side = words.side(lang)
    asked = [f"{w.node} {words.named(VERDICTS, w.verdict, lang)}" for w in answer.nodes]
    out = [(f"环节判定: {'、'.join(asked)}", f"verdicts: {', '.join(asked)}")[side]] * bool(asked)
    out += [("分级规则, 先成立的算", "rules, the first that holds")[side] + ": " + " | ".join(said(rule)[side] for rule in answer.rules),
            ("同级内依次比较", "within a grade by")[side] + ": " + words.comma(lang).join(o[side] for o in answer.order)]
    out += [f"{('不列', 'left out')[side]}: {e.firm} ({e.node}, {WHY[e.why][side]}) {e.evidence.en if lang == 'en' else e.evidence.text}"
            for e in answer.excluded]
    return (*out, *notes(answer.notes, lang))


def evidence(answer: Targets, lang: str) -> Grid:
    """Every piece of evidence on a line of its own, for and against."""
    known, side = {s.id: s for s in answer.sources}, words.side(lang)
    columns = (C("环节", "Chain node", wide=14), C("企业", "Firm", wide=24), C("种类", "Kind"), C("内容", "What", wide=50),
               C("生效日", "Valid from", "day"), C("获知日", "Known from", "day"), C("来源", "Source", wide=44))
    rows = tuple((r.node, r.firm, {**KINDS, **AGAINST}[c.kind][side], c.en if lang == "en" else c.text, c.valid_from if c.source else None,
                  c.known_from if c.source else None, cited(known.get(c.source), c.source, lang) if c.source else "")
                 for r in answer.rows for c in (*r.evidence, *r.against))
    return Grid(("依据清单", "evidence")[side], _title(answer, lang), columns, rows)


def unknowns(answer: Targets, lang: str) -> Grid:
    side = words.side(lang)
    columns = (C("环节", "Chain node", wide=14), C("企业", "Firm", wide=24), C("待核", "Unknown", wide=44), C("怎样升级", "Would raise", wide=44))
    rows = tuple((r.node, r.firm, u[side], _raise(r, side)) for r in answer.rows for u in r.unknown)
    return Grid(("待核清单", "unknowns")[side], _title(answer, lang), columns, rows)


def signed(answer: Targets, lang: str) -> Grid:
    """Signed projects by gap and stage: what is next, what is late, which permits are not seen."""
    side = words.side(lang)
    columns = (C("环节", "Chain node", wide=14), C("项目", "Project", wide=24), C("阶段", "Stage"), C("投资方", "Investors", wide=24),
               C("产能", "Capacity", "number"), C("单位", "Unit"), C("计划投产", "Due", "day"), C("推迟次数", "Slips", "number"),
               C("状态", "State"), C("未见手续", "Permits not seen", wide=30))
    rows = tuple((s.node, s.project.project, words.named(STAGES, s.project.stage, lang), words.comma(lang).join(s.project.investors),
                  s.project.capacity, s.project.unit, s.project.due, float(len(s.project.slips)), _state(s, lang),
                  words.permits(s.project.missing_permits, lang)) for s in answer.signed)
    return Grid(("签约项目清单", "signed projects")[side], _title(answer, lang), columns, rows)


def _state(one: Signed, lang: str) -> str:
    flags = [words.say("stalled", lang)] * one.project.stalled + [words.say("overdue", lang)] * one.project.overdue
    return words.comma(lang).join(flags)


def _raise(row: Target, side: int) -> str:
    return "; ".join(u[side] for u in row.would_raise)


def lists(answer: Targets, lang: str) -> dict[str, Grid]:
    """The sheets of the workbook that people read."""
    return {"targets": targets(answer, lang), "projects": signed(answer, lang), "evidence": evidence(answer, lang), "unknown": unknowns(answer, lang)}


def contacts(answer: Targets, lang: str) -> list[dict[str, str]]:
    """Rows of the customer library by the keys of its columns: what is known of the talks, else a firm whom nobody talks to yet."""
    talks: dict[tuple[str, str], list[Talk]] = {}
    for talk in answer.talks:
        talks.setdefault((talk.firm, talk.node), []).append(talk)
    out = []
    for row in answer.rows:
        remark = f"{_grade(row.grade, lang)} · {row.rule[words.side(lang)]}"
        known = talks.get((row.firm, row.node), [])
        out += [{"firm": row.firm, "node": row.node, "team": t.team, "stage": t.stage, "next_step": t.next_step, "person": t.person,
                 "first": t.first.isoformat() if t.first else "", "last": t.last.isoformat(), "remark": remark} for t in known]
        out += [] if known else [{"firm": row.firm, "node": row.node, "remark": remark}]
    return out
