"""The seven files of the ChainKnowledgeGraph layout, line by line: gzip or plain, in bounded memory."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from graph.errors import LiantuError

FIELDS: Mapping[str, tuple[str, ...]] = {
    "industry": ("code", "name"),
    "industry_industry": ("from_code", "from_industry", "rel", "to_code", "to_industry"),
    "product": ("name",),
    "company": ("name", "fullname", "code", "location", "time"),
    "company_industry": ("company_code", "company_name", "rel", "industry_code", "industry_name"),
    "company_product": ("company_code", "company_name", "rel", "product_name", "rel_weight"),
    "product_product": ("from_entity", "to_entity", "rel"),
}
"""Each file and its fields, in the order in which they are read: what is named later is known then."""

MOST_BYTES = 300 * 10**6
MOST_LINES = 10**6
"""Of one file, unpacked: ten times the real ones and more, and an end to what is packed to do harm."""
LONGEST = 1 << 16
"""Bytes of a line: a row is a few names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its fields as texts, '' where one is missing or null; ``wrong`` says that it is no such row."""

    file: str
    number: int
    fields: Mapping[str, str]
    wrong: str = ""


def files(path: Path) -> list[Path]:
    """The seven files of a folder, NAME.json or NAME.json.gz. LiantuError names those that are missing or there twice."""
    if not path.is_dir():
        raise LiantuError(f"{path.name} 不是文件夹 / is no folder", "--from chainkg 要七个文件所在的文件夹 / --from chainkg takes the "
                          f"folder that holds {_names(FIELDS)}")
    found = {name: [p for p in (path / f"{name}.json", path / f"{name}.json.gz") if p.is_file()] for name in FIELDS}
    if missing := [name for name, there in found.items() if not there]:
        raise LiantuError(f"{path.name} 缺 {len(missing)} 个文件 / files are missing: {_names(missing)}",
                          f"七个文件都要有, .json 或 .json.gz / all seven are needed, .json or .json.gz: {_names(FIELDS)}")
    if twice := [name for name, there in found.items() if len(there) > 1]:
        raise LiantuError(f"{path.name} 里同时有 .json 和 .json.gz / there as .json and as .json.gz: {_names(twice)}",
                          "各留一个 / keep one of each")
    return [there[0] for there in found.values()]


def _names(names: Any) -> str:
    return ", ".join(f"{name}.json" for name in names)


def lines(path: Path) -> Iterator[Line]:
    """Every line that is not blank. LiantuError where the file is cut off, damaged or too large."""
    fields = FIELDS[path.name.partition(".")[0]]
    try:
        with _opened(path) as file:
            yield from _lines(file, path.name, fields)
    except (OSError, EOFError, zlib.error) as error:
        raise LiantuError(f"{path.name} 已损坏或不完整 / is damaged or cut off: {error}", "重新下载该文件 / fetch the file again") from error


def _opened(path: Path) -> IO[bytes]:
    """By its first bytes and not by its name: a browser may have unpacked it."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")


def _lines(file: IO[bytes], name: str, fields: tuple[str, ...]) -> Iterator[Line]:
    number = size = 0
    while raw := file.readline(LONGEST + 1):
        number, size = number + 1, size + len(raw)
        if len(raw) > LONGEST:
            raise LiantuError(f"{name} 第 {number} 行超过 {LONGEST} 字节 / line {number} is longer than {LONGEST} bytes",
                              "这不是逐行 JSON 的文件 / this is no file of JSON lines")
        if size > MOST_BYTES or number > MOST_LINES:
            raise LiantuError(f"{name} 解开后超过 {MOST_BYTES // 10**6} MB 或 {MOST_LINES} 行 / is more than that when unpacked",
                              "检查该文件; 确有这么大的, 分成几个文件夹导入 / check the file; what is that large is loaded as several folders")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            yield _line(name, number, raw, fields)


def _line(name: str, number: int, raw: bytes, fields: tuple[str, ...]) -> Line:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        return Line(name, number, {}, raw.decode("utf-8", "replace").strip()[:80])
    if not isinstance(given, dict) or any(isinstance(given.get(one), dict | list | bool) for one in fields):
        return Line(name, number, {}, raw.decode("utf-8", "replace").strip()[:80])
    return Line(name, number, {one: "" if (v := given.get(one)) is None else str(v) for one in fields})
