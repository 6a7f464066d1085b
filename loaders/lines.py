"""A CSV file row by row: decoded as it goes, and never more of it in memory than one row may have."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from graph.errors import LiantuError
from graph.inert import meant

MOST_OF_A_ROW = 4 << 20
"""Characters between two rows; where there are more a quotation mark was never closed, or it is no table."""
_SAMPLE = 8192
_CHUNK = 1 << 20


def rows(path: Path) -> Iterator[list[str]]:
    """Rows as lists of texts, as they were before we wrote them; LiantuError for what is no text, and no sound CSV."""
    with path.open(encoding=_encoding(path), newline="") as file:
        delimiter = _delimiter(file.read(_SAMPLE))
        file.seek(0)
        lines = _Lines(file)
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                lines.check(row, delimiter)
                yield [meant(cell) for cell in row]
        except csv.Error as error:
            raise LiantuError(f"{path.name} 不是完好的 CSV: {error} / is no sound CSV",
                              f"检查引号是否成对 (约第 {lines.number} 行) / check that the quotation marks come in pairs (about "
                              f"line {lines.number})") from error


class _Lines:
    """The lines of a file; ``taken`` characters of them since the last row was made, with so many quotation marks."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.taken, self.number = file, 0, 0
        self.first, self.quotes, self.widest = 1, 0, 0

    def check(self, row: list[str], delimiter: str) -> None:
        """A mark that was never closed takes the rows below it into one cell: csv.Error where that is what a row looks like.

        The end of the file closes it without a word, and so does any mark further down.
        """
        many = self.number > self.first
        swallowed = any(line.count(delimiter) + 1 >= max(self.widest, 2) for cell in row for line in cell.splitlines()[1:])
        if many and (self.quotes % 2 or swallowed):
            raise csv.Error(f"第 {self.first} 行的引号没有结束 / a quotation mark in line {self.first} is not closed")
        self.widest = max(self.widest, len(row))
        self.taken, self.quotes, self.first = 0, 0, self.number + 1

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(MOST_OF_A_ROW + 1):
            self.taken += len(line)
            self.number += 1
            self.quotes += line.count('"')
            if self.taken > MOST_OF_A_ROW:
                raise csv.Error(f"一行超过 {MOST_OF_A_ROW:,} 个字符 / a row of more characters than that")
            yield line


def _encoding(path: Path) -> str:
    for encoding in _encodings(path):
        if _decodes(path, encoding):
            return encoding
    raise LiantuError(f"{path.name} 的编码不是 UTF-8、GB18030 或 UTF-16 / is neither UTF-8 nor GB18030 nor UTF-16",
                      "在 Excel 里另存为 CSV UTF-8 / save it as CSV UTF-8 in Excel")


def _encodings(path: Path) -> tuple[str, ...]:
    """UTF-16 ("Unicode text" of Excel) by its mark, or by the zero byte beside every sign; else UTF-8, then Chinese Windows'."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    return ("utf-16-le",) if sum(sample.count(sign) for sign in (b"\t\0", b",\0", b";\0", b"\n\0")) > 1 else ("utf-8-sig", "gb18030")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    raise LiantuError(f"{path.name} 不是文本 / is not text", "另存为 CSV UTF-8 / save it as CSV UTF-8")
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(words: str) -> str:
    """Comma, semicolon or tab: what the sniffer finds, where the header has it, else the header's commonest."""
    lines = [line for line in words.splitlines() if line.strip(",;\t \"")]
    header = next((line for line in lines if any(sign in line for sign in ",;\t")), "")  # a title has none
    try:
        found = csv.Sniffer().sniff(words, delimiters=",;\t").delimiter
    except csv.Error:
        found = ""
    return found if found and found in header else max(",;\t", key=header.count)
