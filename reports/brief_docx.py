"""A visit's brief as a document for A4, after GB/T 9704-2012: its page, typefaces and levels.

An internal working paper: no 版头, number or seal; set in 12 pt so that a visit is one page. The typefaces are named and not
embedded: 方正小标宋 and 仿宋_GB2312 are not free, and Word takes 宋体 or 仿宋 where they are not installed.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from analysis.brief import SOURCES, Brief, about, cited, title, written
from graph.archives import undated
from graph.harmless import clean

TITLE_FACE, HEAD_FACE, BODY_FACE = "方正小标宋简体", "黑体", "仿宋_GB2312"
LATIN = "Times New Roman"
MARGINS = {"top_margin": 37.0, "left_margin": 28.0, "right_margin": 26.0, "bottom_margin": 35.0}
"""mm, GB/T 9704-2012: a text block of 156 × 225 on A4."""
NUMERALS = "一二三四五六七八九十"
CREATED = datetime(2000, 1, 1)


def docx(brief: Brief, lang: str = "zh") -> bytes:
    """A .docx; same input, same bytes."""
    from docx import Document  # late: whoever wants a page needs none of it

    made = Document()
    _paper(made)
    _paragraph(made, title(brief, lang), TITLE_FACE, 22, middle=True)
    _paragraph(made, " · ".join(about(brief, lang)), BODY_FACE, 10.5, middle=True)
    for at, (name, lines) in enumerate(written(brief, lang)):
        _paragraph(made, f"{NUMERALS[at]}、{name}" if lang == "zh" else f"{at + 1}. {name}", HEAD_FACE, 14, keep=True)
        for text, marks in lines:
            _paragraph(made, text, BODY_FACE, 12, marks=marks)
    for note in brief.notes:
        _paragraph(made, note[lang == "en"], BODY_FACE, 10.5)
    _paragraph(made, SOURCES[lang == "en"], HEAD_FACE, 10.5, keep=True)
    for number, source in enumerate(cited(brief, lang), 1):
        _paragraph(made, f"[{number}] {source}", BODY_FACE, 9)
    about_it = made.core_properties
    about_it.title, about_it.author, about_it.last_modified_by = clean(title(brief, lang))[:255], "liantu", "liantu"
    about_it.created = about_it.modified = CREATED
    file = io.BytesIO()
    made.save(file)
    return undated(file.getvalue())


def _paper(made: Any) -> None:
    from docx.shared import Mm

    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for name, wide in MARGINS.items():
        setattr(page, name, Mm(wide))


def _paragraph(made: Any, text: str, face: str, size: float, *, middle: bool = False, keep: bool = False, marks: str = "") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing, shape.keep_with_next = Pt(0), Pt(2), 1.15, keep
    if middle:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, clean(text), face, size)
    if marks:
        _run(paragraph, marks, face, size).font.superscript = True


def _run(paragraph: Any, text: str, face: str, size: float) -> Any:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run
