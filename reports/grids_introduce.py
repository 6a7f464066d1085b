"""Introductions as a grid: a row a hop, each with its evidence; on a terminal a row a way, to be read aloud, of many firms a row a firm."""

from __future__ import annotations

from analysis.introductions import KINDS, Hop, Introduction, IntroductionRow, Introductions
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

COLUMNS = (
    C("企业", "Firm", wide=20), C("状态", "State"), C("路径", "Way", "number"), C("引荐人", "Broker", wide=20), C("路径 p", "p of the way", "number"),
    C("步", "Hop", "number"), C("从", "From", wide=20), C("到", "To", wide=20), C("关系", "Tie"), C("强度", "Strength", "number"),
    C("年数", "Years", "number"), C("本步 p", "p of the hop", "number"), C("关系数", "Ties of From", "number"),
    C("依据", "Evidence", wide=44), C("来源", "Source", wide=44), C("唯一一门", "Only door"), C("安排引荐", "To be asked", wide=20),
    C("读出来", "To read aloud", wide=60))
NARROW = (C("企业", "Firm"), C("状态", "State"), C("引荐人", "Broker"), C("p", "p", "number"), C("步数", "Hops", "number"),
          C("引荐路径", "Introduction path"))
MANY = (C("企业", "Firm"), C("状态", "State"), C("安排引荐", "To be asked"), C("p", "p", "number"), C("步数", "Hops", "number"),
        C("其他引荐人", "Other brokers"), C("引荐路径", "Introduction path"))
TITLE = ("引荐路径", "introduction paths")
STATES = {"found": ("有", "found"), "here": ("已在本地", "here already"),
          "far": ("太远", "too far"), "none": ("未见公开关系", "no tie is public"),
          "unsearched": ("未查尽", "not searched to the end")}


def introduce(answer: Introductions, lang: str) -> Grid:
    sources = {s.id: s for s in answer.sources}
    rows: list[tuple[Cell, ...]] = []
    for row in answer.rows:
        state, door, asked = _state(row, lang), _door(row, lang), row.asked or ""
        if not row.ways:
            rows.append((row.firm, state, *(None,) * 13, door, asked, ""))
        for at, way in enumerate(row.ways, 1):
            for step, hop in enumerate(way.hops, 1):
                said = " / ".join(dict.fromkeys(cited(sources.get(e.source), e.source, lang) for e in hop.evidence))
                rows.append((row.firm, state, at, way.broker, way.p, step, *_hop(hop, lang), said, door, asked,
                             _aloud(way, lang) if step == 1 else ""))
    return Grid(TITLE[words.side(lang)], _title(answer, lang), COLUMNS, tuple(rows), notes(answer.notes, lang))


def narrow(answer: Introductions, lang: str) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for row in answer.rows:
        if answer.cap is not None:
            rows.append(_one(row, lang))
        elif not row.ways:
            rows.append((row.firm, _state(row, lang), "", None, row.nearest, ""))
        else:
            rows += [(row.firm, _state(row, lang), way.broker, way.p, len(way.hops), _aloud(way, lang)) for way in row.ways]
    return Grid(TITLE[words.side(lang)], _title(answer, lang), NARROW if answer.cap is None else MANY, tuple(rows), notes(answer.notes, lang))


def _one(row: IntroductionRow, lang: str) -> tuple[Cell, ...]:
    """Of a firm whose turn is somebody's the way that he opens, else the best way without a name to be asked."""
    way = next((way for way in row.ways if way.broker == row.asked), row.ways[0] if row.ways else None)
    if way is None:
        return row.firm, _state(row, lang), "", None, row.nearest, "", ""
    others = words.comma(lang).join(one.broker for one in row.ways if not row.asked or one is not way)
    return row.firm, _state(row, lang), row.asked or "", way.p, len(way.hops), others, _aloud(way, lang)


def _hop(hop: Hop, lang: str) -> tuple[Cell, ...]:
    return (hop.start, hop.end, words.named(KINDS, hop.kind, lang), hop.strength, hop.years, hop.p, hop.degree,
            hop.evidence[0].en if lang == "en" else hop.evidence[0].text)


def _aloud(way: Introduction, lang: str) -> str:
    return way.en if lang == "en" else way.zh


def _state(row: IntroductionRow, lang: str) -> str:
    said = STATES[row.state][words.side(lang)]
    return f"{said} ({row.nearest})" if row.state == "far" else said


def _door(row: IntroductionRow, lang: str) -> str:
    return ("是", "yes")[words.side(lang)] if row.only_door else ""


def _title(answer: Introductions, lang: str) -> str:
    return heading(answer, f"{answer.about}{f' → {answer.unit}' if answer.unit else ''} {TITLE[words.side(lang)]}", lang)
