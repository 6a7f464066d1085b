"""What capacity would change, as a grid: the nodes that change first, both sides of each, then what stays as it is."""

from __future__ import annotations

from analysis.parts import Amount
from analysis.whatif import Side, WhatIf, WhatIfRow
from analysis.words import FLAGS, VERDICTS
from reports import words
from reports.following import at_risk
from reports.grids import C, Cell, Column, Grid, heading, notes


def _both(zh: str, en: str, kind: str = "text", wide: int = 12) -> tuple[Column, Column]:
    return C(f"{zh}·前", f"{en} before", kind, wide), C(f"{zh}·后", f"{en} after", kind, wide)


COLUMNS = (
    C("环节", "Chain node", wide=16), C("变化", "Changes"), *_both("判定", "Verdict", wide=13), *_both("供给", "Supply", "number"),
    C("供给单位", "Supply unit"), *_both("需求", "Demand", "number"), C("需求单位", "Demand unit"),
    *_both("供需比", "Ratio", "percent"), *_both("供需比下限", "Ratio low", "percent"),
    *_both("供需比上限", "Ratio high", "percent"), *_both("限产", "Output at risk", wide=30), *_both("标记", "Flags", wide=20),
    C("推导", "Derivation", wide=60))
NARROW = (C("环节", "Chain node"), C("判定", "Verdict"), C("供给", "Supply"), C("需求", "Demand"), C("供需比", "Ratio"),
          C("限产", "Output at risk"), C("标记", "Flags"))
TITLE = ("假如新增产能", "what if capacity is added")


def whatif(answer: WhatIf, lang: str) -> Grid:
    rows = changed_first(answer.rows)
    return Grid(TITLE[words.side(lang)], _title(answer, lang), COLUMNS, tuple(_row(r, lang) for r in rows),
                notes(answer.notes, lang), tuple(r.after.verdict for r in rows), 3)


def narrow(answer: WhatIf, lang: str) -> Grid:
    """For a terminal: 'before → after', or one figure where nothing changes."""
    return Grid(TITLE[words.side(lang)], _title(answer, lang), NARROW,
                tuple(_short(r, lang) for r in answer.rows if r.changed), notes(answer.notes, lang))


def changed_first(rows: tuple[WhatIfRow, ...]) -> list[WhatIfRow]:
    return sorted(rows, key=lambda r: not r.changed)


def _title(answer: WhatIf, lang: str) -> str:
    return heading(answer, f"{answer.chain} {TITLE[words.side(lang)]}", lang)


def _row(row: WhatIfRow, lang: str) -> tuple[Cell, ...]:
    sides = (row.before, row.after)
    ratios = [s.coverage for s in sides]
    return (row.node, ("是", "yes")[words.side(lang)] if row.changed else "", *(_verdict(s, lang) for s in sides),
            *(s.supply.value if s.supply else None for s in sides), row.after.supply.unit if row.after.supply else "",
            *(s.demand.used for s in sides), row.after.demand.unit, *(r.used if r else None for r in ratios),
            *(r.low if r else None for r in ratios), *(r.high if r else None for r in ratios),
            *(at_risk(s.output_at_risk, lang) for s in sides), *(_flags(s, lang) for s in sides),
            "\n".join(s.en if lang == "en" else s.zh for s in row.derivation))


def _short(row: WhatIfRow, lang: str) -> tuple[Cell, ...]:
    cells = (_verdict, _supply, lambda s, lang: words.demand(s.demand, lang), _ratio,
             lambda s, lang: at_risk(s.output_at_risk, lang), _flags)
    return (row.node, *(_change(cell(row.before, lang), cell(row.after, lang)) for cell in cells))


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before or words.NONE} → {after or words.NONE}"


def _verdict(side: Side, lang: str) -> str:
    return f"{words.MARKS.get(side.verdict, '？')} {words.named(VERDICTS, side.verdict, lang)}"


def _flags(side: Side, lang: str) -> str:
    return words.comma(lang).join(words.named(FLAGS, flag, lang) for flag in side.flags)


def _supply(side: Side, lang: str) -> str:
    return _least(side, words.amount(side.supply, lang), side.supply, lang)


def _ratio(side: Side, lang: str) -> str:
    return _least(side, words.ratio(side.coverage), side.supply if side.coverage else None, lang)


def _least(side: Side, written: str, supply: Amount | None, lang: str) -> str:
    """A partial list gives a lower bound."""
    bound = "partial" in side.flags and supply is not None and supply.value is not None
    return f"{words.say('at_least', lang)} {written}" if bound else written
