"""Old workbooks (.xls), made byte by byte: the container ([MS-CFB]) and the records in it ([MS-XLS]). Invented names only."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from sheet_files import OLE

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def container(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams, none of them in the small sectors."""
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: dict[str, int] = {}
    for name, content in streams.items():
        starts[name] = len(sectors)
        _append(sectors, chains, content.ljust(4096, b"\0"))
    directory = _entry("Root Entry", 5, END, 0, child=1) + b"".join(
        _entry(name, 2, starts[name], max(4096, len(content)), right=at + 2 if at + 1 < len(streams) else FREE)
        for at, (name, content) in enumerate(streams.items()))
    first = len(sectors)
    _append(sectors, chains, directory)
    count = 1
    while count * 128 < len(chains) + count:
        count += 1
    fat = len(sectors)
    chains += [FAT] * count
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(count * SECTOR, b"\xff")
    head = OLE + bytes(16) + struct.pack("<5H6x3I4x5I", 0x3E, 3, 0xFFFE, 9, 6, 0, count, first, 4096, END, 0, END, 0)
    told = [*range(fat, fat + count), *[FREE] * (109 - count)]
    return head + struct.pack("<109I", *told) + b"".join(sectors) + table


def _append(sectors: list[bytes], chains: list[int], content: bytes) -> None:
    content += bytes(-len(content) % SECTOR)
    start, count = len(sectors), len(content) // SECTOR
    sectors += [content[at * SECTOR:][:SECTOR] for at in range(count)]
    chains += [*range(start + 1, start + count), END]


def _entry(name: str, kind: int, start: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I16x4x16xIQ", words, len(words) + 2, kind, 1, FREE, right, child, start, size)


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def number(row: int, column: int, value: float) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, column, 0, value))


def shared(row: int, column: int, which: int) -> bytes:
    return record(0xFD, struct.pack("<3HI", row, column, 0, which))


def formula(row: int, column: int, value: float) -> bytes:
    return record(0x06, struct.pack("<3HdHIH", row, column, 0, value, 0, 0, 3) + b"\x1e\x01\x00")


def texts(*words: str) -> bytes:
    return record(0xFC, struct.pack("<2I", len(words), len(words)) + b"".join(
        struct.pack("<HB", len(word), 1) + word.encode("utf-16-le") for word in words))


def size(rows: int, columns: int) -> bytes:
    return record(0x200, struct.pack("<2I3H", 0, rows, 0, columns, 0))


def workbook(*sheets: Sequence[bytes], shared_texts: bytes = b"", before: bytes = b"", name: str = "产业链重点企业表",
             version: int = 0x600) -> bytes:
    """The stream of a workbook; each sheet is its records."""
    begin = record(0x809, struct.pack("<4H2I", version, 5, 0, 0, 0, 0))
    bodies = [record(0x809, struct.pack("<4H2I", version, 0x10, 0, 0, 0, 0)) + b"".join(sheet) + record(0x0A) for sheet in sheets]
    names = [f"{name}{at or ''}" for at in range(len(sheets))]
    lengths = [len(record(0x85, _sheet_name(0, each))) for each in names]
    start = len(begin) + len(before) + sum(lengths) + len(shared_texts) + 4
    told = b""
    for each, body in zip(names, bodies, strict=True):
        told += record(0x85, _sheet_name(start, each))
        start += len(body)
    return begin + before + told + shared_texts + record(0x0A) + b"".join(bodies)


def _sheet_name(start: int, name: str) -> bytes:
    return struct.pack("<IHBB", start, 0, len(name), 1) + name.encode("utf-16-le")


WORDS = ("企业名称", "环节", "恶意甲公司", "组件")
HEADER = [size(2, 2), shared(0, 0, 0), shared(0, 1, 1)]
GOOD = [*HEADER, shared(1, 0, 2), shared(1, 1, 3)]


def good() -> bytes:
    return container({"Workbook": workbook(GOOD, shared_texts=texts(*WORDS))})
