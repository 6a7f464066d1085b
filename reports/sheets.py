"""Answers as CSV and as a workbook: strings as strings, the same input the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.answers import Claims, GapRow, Gaps
from graph import files
from graph.inert import inert
from reports import words
from reports.table import cited, heading
from reports.words import say

CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same input gives the same bytes."""
FILLS = {
    "unknown": ("#ECEEF1", "#4D555E"), "broken": ("#FDE7EA", "#A30D25"), "missing": ("#FDE7EA", "#A30D25"),
    "extension": ("#F3ECFB", "#45216F"), "absent": ("#FBFCFD", "#3F4C5A"), "weak": ("#FFF1CF", "#4A2B00"),
    "short": ("#FFF1CF", "#4A2B00"), "balanced": ("#E6F4EA", "#0F3D22"), "surplus": ("#D5EFE9", "#07403C"),
    "present": ("#E6F4EA", "#0F3D22"),
}
Cell = str | float | date | None
Answer = Gaps | Claims

GAP_HEADER = (
    ("产业链", "Chain"), ("环节", "Chain node"), ("判定", "Verdict"), ("标记", "Flags"), ("供给", "Supply"),
    ("供给单位", "Supply unit"), ("需求", "Demand"), ("需求下限", "Demand low"), ("需求上限", "Demand high"),
    ("需求单位", "Demand unit"), ("供需比", "Ratio"), ("供需比下限", "Ratio low"), ("供需比上限", "Ratio high"),
    ("在建/项目", "Projects"), ("目标", "Goal"), ("目标单位", "Goal unit"), ("目标日期", "Goal due"),
    ("外流", "Leaves"), ("邻近", "Nearby"), ("推导", "Derivation"), ("来源", "Sources"))
CLAIM_HEADER = (
    ("声明者", "Claimant"), ("环节", "Chain node"), ("声明", "Says"), ("范围", "Scope"), ("日期", "Day"),
    ("获知日", "Known from"), ("依据", "Evidence"), ("来源", "Source"))
WIDTHS = {"标记": 20, "在建/项目": 44, "推导": 60, "来源": 44, "环节": 16, "判定": 13}


def csv_text(answer: Answer, lang: str = "zh") -> str:
    """Header and rows; a blank is unknown. Whoever writes the file for Excel puts a BOM before it."""
    out = io.StringIO()
    header, rows = grid(answer, lang)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def xlsx(answer: Answer, path: Path, lang: str = "zh") -> None:
    """One sheet, A3 landscape, its header repeated on every page; written whole or not at all."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": CREATED})
        _page(book, answer, lang)
    files.write_bytes(path, buffer.getvalue())


def grid(answer: Answer, lang: str) -> tuple[list[str], list[list[Cell]]]:
    """Header and cells; numbers are numbers, unknown is None."""
    if isinstance(answer, Gaps):
        return _header(GAP_HEADER, lang), [_gap(row, lang) for row in words.sorted_rows(answer.rows)]
    sources = {source.id: source for source in answer.sources}
    return _header(CLAIM_HEADER, lang), [
        [c.claimant, c.node, words.says(c.says, lang), c.scope, c.day, c.known_from,
         words.evidence(c.evidence, lang), cited(sources.get(c.source), c.source, lang)] for c in answer.rows]


def _header(pairs: Sequence[tuple[str, str]], lang: str) -> list[str]:
    return [pair[words.side(lang)] for pair in pairs]


def _gap(row: GapRow, lang: str) -> list[Cell]:
    supply, ratio, goal, need = row.supply, row.coverage, row.goal, row.demand
    return [
        row.chain, row.node, words.verdict(row, lang), words.flags(row, lang), supply.value if supply else None,
        supply.unit if supply else "", need.used, need.low, need.high, need.unit, ratio.used if ratio else None,
        ratio.low if ratio else None, ratio.high if ratio else None,
        "\n".join(words.project(p, lang) for p in row.pipeline), goal.value if goal else None,
        goal.unit if goal else "", goal.due if goal else None, words.amount(row.leaves, lang) if row.leaves else "",
        row.nearby or "", "\n".join(s.en if lang == "en" else s.zh for s in row.derivation),
        "\n".join(cited(s, s.id, lang) for s in row.sources)]


def _csv_cell(cell: Cell) -> str:
    """As CSV text; what begins like a formula is made text."""
    if isinstance(cell, str):
        return inert(cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else f"{cell:.10g}"


def _page(book: Any, answer: Answer, lang: str) -> None:
    header, rows = grid(answer, lang)
    pairs = GAP_HEADER if isinstance(answer, Gaps) else CLAIM_HEADER
    page = book.add_worksheet(say("gaps" if isinstance(answer, Gaps) else "claims", lang))
    base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFC5CC"}
    top = book.add_format({**base, "bold": True, "bg_color": "#DDEBF7"})
    plain, percent, day = (book.add_format({**base, **more}) for more in
                           ({}, {"num_format": "0 %"}, {"num_format": "yyyy-mm-dd"}))
    colours = {name: book.add_format({**base, "bold": True, "bg_color": ground, "font_color": ink})
               for name, (ground, ink) in FILLS.items()}
    for place, ((zh, _), text) in enumerate(zip(pairs, header, strict=True)):
        page.write_string(0, place, text, top)
        page.set_column(place, place, WIDTHS.get(zh, 12))
    verdicts = [row.verdict for row in words.sorted_rows(answer.rows)] if isinstance(answer, Gaps) else []
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            name = pairs[place][0]
            style = colours.get(verdicts[number - 1], plain) if verdicts and name == "判定" else plain
            _write(page, number, place, cell, percent if name.startswith("供需比") else day if isinstance(cell, date) else style)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(rows)), len(header) - 1)
    page.set_paper(8)  # A3
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    title = heading(answer, (answer.chain or say("all_chains", lang)), lang)
    page.set_header("&L" + title[:200].replace("&", "&&"))  # Excel takes 255 characters; & begins a code
    page.set_footer("&R&P / &N")
    _notes(page, answer, len(rows) + 2, lang)


def _notes(page: Any, answer: Answer, first: int, lang: str) -> None:
    lines = [heading(answer, answer.chain or say("all_chains", lang), lang)]
    lines += [note[words.side(lang)] for note in answer.notes] if isinstance(answer, Gaps) else []
    for number, line in enumerate(lines, start=first):
        page.write_string(number, 0, line)


def _write(page: Any, number: int, place: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(number, place, None, style)
    elif isinstance(cell, str):
        page.write_string(number, place, cell[:32767], style)  # Excel's own limit for a cell
    elif isinstance(cell, date):
        page.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), style)
    else:
        page.write_number(number, place, cell, style)
