"""What a shared library asks for, ELF or PE, read from its own tables: whether a bundle has every library that its wheels load.

A wheel may leave out what its builder expects of the machine (the engine's leave out OpenSSL 3); a desk does not have it.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

SYSTEM = {
    "Windows": frozenset("""
        advapi32 bcrypt bcryptprimitives cfgmgr32 combase comctl32 crypt32 cryptbase dbghelp gdi32 iphlpapi kernel32 mswsock
        msvcrt ncrypt netapi32 normaliz ntdll ole32 oleaut32 pdh powrprof propsys psapi rpcrt4 secur32 setupapi shell32 shlwapi
        ucrtbase user32 userenv version winmm ws2_32 wintrust""".split()),  # noqa: SIM905  # a list of quoted words is three times as long
    "Linux": frozenset("""
        ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 libc.so.6 libdl.so.2 libgcc_s.so.1 libm.so.6 libpthread.so.0 librt.so.1
        libstdc++.so.6 libutil.so.1 libz.so.1 libbz2.so.1 libuuid.so.1 libcrypt.so.1""".split())}  # noqa: SIM905
"""What Windows 10 and every desktop Linux have of their own (bz2 and z: dpkg and rpm cannot do without)."""


def needs(content: bytes) -> list[str]:
    """Names of the libraries that a library loads; nothing for a file that is none."""
    if content[:4] == b"\x7fELF":
        return _elf(content)
    return pe_imports(content) if content[:2] == b"MZ" else []


def _elf(content: bytes) -> list[str]:
    """DT_NEEDED of a little-endian 64-bit ELF (System V ABI, chapter 5)."""
    start, = struct.unpack_from("<Q", content, 0x20)
    size, count = struct.unpack_from("<HH", content, 0x36)
    headers = [struct.unpack_from("<IIQQQQ", content, start + i * size) for i in range(count)]
    loads = [(address, offset, length) for kind, _, offset, address, _, length in headers if kind == 1]
    at = next(((offset, length) for kind, _, offset, _, _, length in headers if kind == 2), None)
    if at is None:
        return []
    entries = [struct.unpack_from("<qQ", content, at[0] + i) for i in range(0, at[1], 16)]
    table = next(value for tag, value in entries if tag == 5)
    names = next(table - address + offset for address, offset, length in loads if address <= table < address + length)
    return [_text(content, names + value) for tag, value in entries if tag == 1]


def _text(content: bytes, at: int) -> str:
    return content[at:content.index(b"\0", at)].decode("ascii")


def _sections(content: bytes) -> tuple[int, list[tuple[int, int, int, int]]]:
    """Where the directories of a PE32+ stand, and its sections (address, size, place, size in the file)."""
    pe, = struct.unpack_from("<I", content, 0x3C)
    count, optional = struct.unpack_from("<H12xH", content, pe + 6)
    rows = [struct.unpack_from("<IIII", content, pe + 24 + optional + 40 * i + 8) for i in range(count)]
    return pe + 24 + 112, [(address, max(size, raw), place, raw) for size, address, raw, place in rows]


def _place(sections: Iterable[tuple[int, int, int, int]], address: int) -> int:
    return next(address - start + place for start, size, place, _ in sections if start <= address < start + size)


def pe_imports(content: bytes) -> list[str]:
    """The libraries that a PE32+ file loads; nothing for a 32-bit one, which no 64-bit program loads."""
    pe, = struct.unpack_from("<I", content, 0x3C)
    return list(pe_imported(content)) if content[pe + 24:pe + 26] == b"\x0b\x02" else []


def pe_imported(content: bytes) -> dict[str, list[str]]:
    """Library → the names taken from it: the import directory of a PE32+ file (Microsoft, PE Format)."""
    directories, sections = _sections(content)
    address, = struct.unpack_from("<I", content, directories + 8)
    found: dict[str, list[str]] = {}
    at = _place(sections, address) if address else 0
    while at and (entry := struct.unpack_from("<5I", content, at))[3]:
        table, names = _place(sections, entry[0] or entry[4]), []
        while value := struct.unpack_from("<Q", content, table)[0]:
            if not value >> 63:  # else by number, without a name
                names.append(_text(content, _place(sections, value) + 2))
            table += 8
        found[_text(content, _place(sections, entry[3]))] = names
        at += 20
    return found


def pe_exports(content: bytes) -> list[str]:
    """The names that a DLL offers, in order."""
    directories, sections = _sections(content)
    at = _place(sections, struct.unpack_from("<I", content, directories)[0])
    count, = struct.unpack_from("<I", content, at + 24)
    names = _place(sections, struct.unpack_from("<I", content, at + 32)[0])
    return [_text(content, _place(sections, *struct.unpack_from("<I", content, names + 4 * i))) for i in range(count)]


def lacking(system: str, wheels: Iterable[Path], carried: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Library → the files that load it, for every one that neither a wheel, nor the bundle, nor the system has."""
    found: dict[str, list[str]] = {}
    have = {PurePosixPath(name).name.lower() for name in carried}
    objects = dict(carried)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if re.search(r"\.(pyd|dll|so)(\.\d+)*$", name, re.IGNORECASE):
                    have.add(PurePosixPath(name).name.lower())
                    objects[f"{wheel.name}/{name}"] = packed.read(name)
    for name, content in objects.items():
        for need in needs(content):
            if need.lower() not in have and not _system(system, need):
                found.setdefault(need, []).append(name)
    return found


def _system(system: str, need: str) -> bool:
    if system == "Windows":
        return need.lower().removesuffix(".dll") in SYSTEM[system] or need.lower().startswith(("api-ms-", "ext-ms-"))
    return need in SYSTEM[system]
