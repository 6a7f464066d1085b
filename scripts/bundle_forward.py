"""python3.dll, which wheels of the stable ABI load: a DLL without code, each name of it stands for one in python313.dll.

CPython makes the same of it (PC/python3dll.c, a list of forwarders); the build of CPython that a bundle carries leaves it out.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

ADDRESS, FILE = 0x1000, 0x200
"""Alignment of sections in memory and in the file."""


def forwarder(name: str, target: str, exports: Sequence[str]) -> bytes:
    """A 64-bit DLL called ``name`` whose exports are those of ``target`` (a name without .dll). Microsoft, PE Format:
    an export whose address lies inside the export directory is a forwarder."""
    names = sorted(exports, key=str.encode)
    data = _directory(name, target, names)
    raw = -len(data) % FILE + len(data)
    image = ADDRESS + -len(data) % ADDRESS + len(data)
    header = _header(len(data), raw, image)
    return header.ljust(FILE, b"\0") + data.ljust(raw, b"\0")


def _directory(name: str, target: str, names: Sequence[str]) -> bytes:
    """Export directory, its three tables, then the texts; addresses count from the image's start."""
    count = len(names)
    tables = 40
    texts, at = bytearray(), ADDRESS + tables + count * 10
    places = []
    for text in (name, *names, *(f"{target}.{one}" for one in names)):
        places.append(at + len(texts))
        texts += text.encode("ascii") + b"\0"
    own, called, forwards = places[0], places[1:count + 1], places[count + 1:]
    first = ADDRESS + tables
    head = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, own, 1, count, count, first, first + 4 * count, first + 8 * count)
    return (head + struct.pack(f"<{count}I", *forwards) + struct.pack(f"<{count}I", *called)
            + struct.pack(f"<{count}H", *range(count)) + bytes(texts))


def _header(size: int, raw: int, image: int) -> bytes:
    """DOS header, COFF header (x86-64, a DLL), optional header (PE32+, no entry point), one read-only section."""
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, raw, 0, 0, ADDRESS)
    optional += struct.pack("<QIIHHHHHHIIIIHH", 0x180000000, ADDRESS, FILE, 6, 0, 0, 0, 6, 0, 0, image, FILE, 0, 2, 0x160)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", ADDRESS, size) + bytes(15 * 8)
    section = struct.pack("<8sIIIIIIHHI", b".edata", size, ADDRESS, raw, FILE, 0, 0, 0, 0, 0x40000040)
    return dos + coff + optional + section
