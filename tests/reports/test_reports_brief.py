"""A brief as a document and as a page: every line with its sources, unknown said, hostile text harmless, same bytes."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from briefs import HOSTILE, USUAL, brief, hostile

from analysis.brief import NONE, NOTHING, SECTIONS, numbered, written
from graph.errors import LiantuError
from graph.harmless import clean
from maps.brief_page import page
from reports.brief_docx import docx


def paragraphs(content: bytes) -> list[str]:
    from docx import Document

    return [p.text for p in Document(io.BytesIO(content)).paragraphs]


class Tags(HTMLParser):
    """Tags and visible words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_sources_are_numbered_by_the_first_line_that_cites_them() -> None:
    assert numbered(USUAL) == {"s2": 1, "s1": 2, "s3": 3}
    assert written(USUAL, "zh")[1] == ("能补什么", [("玻璃 缺链, 可补 12 %", "[2][1]")])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_section_without_a_line_says_that_nothing_is_known(lang: str) -> None:
    side = lang == "en"
    for words in (paragraphs(docx(brief(), lang)), Tags(page(brief(), lang)).words):
        assert sum(word.strip() == NOTHING[side] for word in words) == 3
        assert sum(word.strip() == NONE[side] for word in words) == len(SECTIONS) - 3
        assert all(any(names[side] in word for word in words) for names in SECTIONS.values())


def test_both_forms_carry_every_line_source_day_and_note() -> None:
    for words in (" ".join(paragraphs(docx(USUAL))), " ".join(Tags(page(USUAL)).words)):
        for told in ("试用玻璃年产 800 kt/a", "试用公告, 试用甲报, 2023-01-05", "试用年报, 未注发布机构, 未注日期", "截至 2023-01-31",
                     "受众 公开", "试用市", "试用说明", "s3"):
            assert told in words, told
    english = " ".join(paragraphs(docx(USUAL, "en")))
    assert "Shiyong Glass makes 800 kt/a" in english
    assert "缺链" not in english


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    usual, given = Tags(page(USUAL)), Tags(page(hostile(text)))
    assert set(given.tags) <= set(usual.tags) | {"sup"}
    assert clean(text) in " ".join(given.words)
    assert clean(text) in " ".join(paragraphs(docx(hostile(text))))


def test_a_page_fetches_nothing_and_lets_in_only_its_style() -> None:
    made = page(USUAL)
    assert not re.findall(r"(?:src|href|url)\s*[=(]", made)
    assert "default-src 'none'; style-src 'sha256-" in unescape(made)
    assert page(USUAL) == made


def test_the_document_is_of_the_standard_and_the_same_tomorrow() -> None:
    from docx import Document

    made = docx(USUAL)
    assert docx(USUAL) == made
    paper = Document(io.BytesIO(made)).sections[0]
    assert [round(paper.left_margin.mm), round(paper.right_margin.mm), round(paper.top_margin.mm)] == [28, 26, 37]
    assert "方正小标宋简体" in Document(io.BytesIO(made)).element.xml


def test_another_language_is_refused() -> None:
    with pytest.raises(LiantuError):
        page(USUAL, "fr")
