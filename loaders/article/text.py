"""From the lines of a page to whole sentences: wrapped lines joined, blanks inside words taken out, columns mended.

A newspaper's page that was copied or scanned breaks its lines, its words and, where columns or a picture lie between,
its sentences. Every character keeps the number of the line it stood on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "body", "heading", "caption", "byline"]

_FINISHED = "。!?！？…;；:：”\"』」》)）】"
_LIST = re.compile(r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、)](?!\d)|[●■◆▲★◎·※①-⑳])")
_LABEL = re.compile(r"(?:序号)?\d*[^\W\d_]{2,12}[:：]")
_BYLINE = re.compile(
    r"^[□■◇○]|^[(（]?(?:本报|本网|见习|特约|实习)?(?:首席)?(?:记者|通讯员|撰稿|责任?编辑|编辑|审核|校对)"
    r"|文/图|图/文|^(?:来源|作者)[:：]")
DATELINE = re.compile(
    r"[(（【]?(?:本报|本网|(?P<paper>[^\W\d_]{2,12}?(?:报|网|社|电视台|在线|发布|客户端)))[^\W\d_]{0,8}?"
    r"(?:(?P<day>(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日)(?:讯|消息|电(?![^\W\d_]))|(?<=本[报网])讯|(?:讯|电|消息)(?=[】(（]|$))"
    r"[】)）]?(?:[(（][^()（）]{0,40}[)）])?[:：]?")
"""云川日报7月15日讯(记者…) before the first words: who tells it and when, and no part of what is told."""

_CAPTION = re.compile(r"图为|图片由|资料图|供图|^[↑↓▲△]|摄[)）]?\s*$")
_OPENER = re.compile(r"据|近年|近日|日前|目前|此外|同时|此前|截至|下一步|去年|今年|(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|[“《(（]|本报")
_UNIT = re.compile(r"[\d.,%‰]|[万亿千百]|吨|元|个|家|项|名|人|次|只|片|套|台|G|M|平方|公里|亩|年|月|日")
_SENTENCE = re.compile(r"[^。!?！？；;]*(?:[。!?！？；;]+[”’\"』」)）]*|$)")
LONGEST = 600
"""Characters of a sentence; what is longer is no sentence, and is read in pieces."""

_HEADING, _BYLINE_LONGEST, _CAPTION_LONGEST = 32, 70, 160


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a part of one that a semicolon ends. ``plain`` is ``text`` in half-width signs, as long as it.

    ``lines`` are the first and last line it stands on, from 1; ``paragraph`` counts from 0.
    """

    text: str
    plain: str
    lines: tuple[int, int]
    paragraph: int
    kind: Kind = "body"


@dataclass(slots=True)
class _Paragraph:
    """Characters, and for each the line it stood on."""

    kind: Kind
    text: str
    lines: list[int]


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of an article, in their order."""
    return tuple(sentence for number, paragraph in enumerate(_mended(_paragraphs(text)))
                 for sentence in _split(number, paragraph))


def plain(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, character by character: the length stays.

    A run of digits, or of digits and commas, that is no figure of anything becomes dots: it would only keep the grammars busy.
    """
    halved = "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    return re.sub(r"\d{16,}|\d[\d,]{23,}", lambda run: "·" * len(run[0]), halved)


def unspaced(text: str) -> str:
    """Without the blanks that stand beside a Chinese character or sign; a blank between two foreign words stays."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", text)).strip()


def _paragraphs(text: str) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    before, gap, widest, wrapped = "", True, _width(text), _wrapped(text)
    for number, line in enumerate(text.splitlines(), 1):
        if not (words := unspaced(line)):
            gap = True
            continue
        if not found or _starts(before, line, gap, widest, wrapped):
            found.append(_Paragraph("body", words, [number] * len(words)))
        else:
            _append(found[-1], words, number)
        before, gap = line, False
    found = [part for paragraph in found for part in _undated(paragraph)]
    for place, paragraph in enumerate(found):
        paragraph.kind = "byline" if DATELINE.fullmatch(paragraph.text) else _kind(paragraph.text, place == 0)
    return found


def _undated(paragraph: _Paragraph) -> Iterator[_Paragraph]:
    """A paragraph, with what stands before its first words by itself."""
    match = DATELINE.match(paragraph.text)
    place = match.end() if match else 0
    for first, last in ((0, place), (place, len(paragraph.text))):
        if first < last:
            yield _Paragraph(paragraph.kind, paragraph.text[first:last], paragraph.lines[first:last])


def _width(text: str) -> int:
    """Characters of a full line."""
    return max((len(line.strip()) for line in text.splitlines()), default=0)


def _wrapped(text: str) -> bool:
    """Whether lines are broken at a width: then few of the long ones end with a sentence."""
    long = [line.strip() for line in text.splitlines() if len(line.strip()) >= 20]
    return not long or sum(line[-1] in _FINISHED for line in long) < 0.7 * len(long)


def _starts(before: str, line: str, gap: bool, widest: int, wrapped: bool) -> bool:
    """Whether a line begins a paragraph: after a blank line, indented, a list's or a label's, or after a short full stop."""
    words, last = line.strip(), before.strip()
    bracketed = words[0] in "(（" and words[-1] in ")）"
    if gap or bracketed or DATELINE.match(unspaced(line)) or _LIST.match(words) or _LABEL.match(words) or _alone(last):
        return True
    if _indent(line) >= 2 and (_indent(before) < _indent(line) or last[-1] in _FINISHED):
        return True
    return not wrapped or (last[-1] in _FINISHED and last[-1] not in ")）" and len(last) < 0.8 * widest)


def _indent(line: str) -> int:
    return sum(2 if c == "\u3000" else 1 for c in line[:len(line) - len(line.lstrip())])


def _alone(line: str) -> bool:
    """A numbered heading, a label with its value, a line in brackets, a byline: the next line is not its own."""
    heading = _LIST.match(line) and len(line) <= _HEADING and not re.search(r"[,，。;；:：]", line)
    label = _LABEL.match(line) and len(line) <= _HEADING and line[-1] not in ",，、"
    return bool(heading or label or _BYLINE.search(line) or (line[0] in "(（" and line[-1] in ")）"))


def _append(paragraph: _Paragraph, words: str, number: int) -> None:
    joint = " " if paragraph.text[-1].isascii() and paragraph.text[-1].isalpha() and words[0].isascii() and words[0].isalpha() else ""
    paragraph.text += joint + words
    paragraph.lines += [number] * len(joint + words)


def _kind(words: str, first: bool) -> Kind:
    if first and len(words) <= 2 * _HEADING and words[-1] not in "。;；":
        return "title"
    if len(words) <= _BYLINE_LONGEST and _BYLINE.search(words) and not re.search(r"。.", words):
        return "byline"
    if len(words) <= _CAPTION_LONGEST and _CAPTION.search(words):
        return "caption"
    return "heading" if len(words) <= _HEADING and words[-1] not in _FINISHED and not _LABEL.match(words) else "body"


def _mended(paragraphs: Sequence[_Paragraph]) -> list[_Paragraph]:
    """Paragraphs whose sentence was cut by a column's end or a picture, joined with what goes on."""
    found: list[_Paragraph] = []
    open_: _Paragraph | None = None
    for paragraph in paragraphs:
        if open_ and open_.kind == paragraph.kind == "body" and _goes_on(open_.text, paragraph.text):
            open_.text += paragraph.text
            open_.lines += paragraph.lines
        else:
            found.append(paragraph)
            open_ = open_ if paragraph.kind == "caption" else paragraph
    return found


def _goes_on(before: str, after: str) -> bool:
    """A figure goes on with its unit only; what begins as sentences begin is a new one, and the old one is cut off."""
    if before[-1] in _FINISHED or _LIST.match(after) or _LABEL.match(after) or _LABEL.match(before):
        return False
    return bool(_UNIT.match(after)) if before[-1].isdigit() or before[-1] == "." else not _OPENER.match(after)


def _split(number: int, paragraph: _Paragraph) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(paragraph.text):
        for first in range(match.start(), match.end(), LONGEST):
            piece = paragraph.text[first:min(first + LONGEST, match.end())]
            if words := piece.strip():
                start = first + len(piece) - len(piece.lstrip())
                lines = paragraph.lines[start:start + len(words)]
                yield Sentence(words, plain(words), (min(lines), max(lines)), number, paragraph.kind)
