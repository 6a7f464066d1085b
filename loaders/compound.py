"""The container of an old workbook (.xls) or an encrypted new one: a file system in a file, walked in bounded steps.

A chain of sectors that leads back into itself keeps a reader walking, and gathering, until the memory is full; so every
chain of the file is walked here first. The format: [MS-CFB].
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_LAST = 0xFFFFFFFA  # sector numbers from here on mean something else: free, end of chain
_END = 0xFFFFFFFE
_STORAGE, _ROOT = 1, 5
BOOKS = ("Workbook", "Book")


class Broken(Exception):
    """No sound container."""


@dataclass(frozen=True)
class Found:
    """The names of all streams and storages, and the streams of a workbook where there are any."""

    names: frozenset[str]
    books: tuple[bytes, ...]


@dataclass(frozen=True)
class _Entry:
    name: str
    start: int
    size: int


def open_book(file: IO[bytes]) -> Found:
    """Raises Broken where a chain is not sound, whatever it belongs to."""
    container = _Container(file)
    entries = list(container.entries())
    books = []
    for entry in entries:
        content = container.stream(entry, entry.name in BOOKS)
        books += [content] if content is not None else []
    return Found(frozenset(entry.name for entry in entries), tuple(books))


class _Container:
    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.length = file.seek(0, 2)
        file.seek(0)
        head = file.read(512)
        if len(head) < 512:
            raise Broken("header")
        shift, mini_shift = struct.unpack_from("<2H", head, 30)
        self.directory, self.cutoff, mini, difat = struct.unpack_from("<I4x2I4xI", head, 48)
        if (shift, mini_shift) not in ((9, 6), (12, 6)) or self.cutoff != 4096:
            raise Broken("sizes")
        self.size = 1 << shift
        self.most = self.length // self.size + 1
        self.fat = self._fat(head, difat)
        self.mini_fat = array("I") if mini >= _LAST else _numbers(self._chain(mini))
        self.root: list[int] = []

    def _fat(self, head: bytes, difat: int) -> array[int]:
        """Where each sector goes on: told by the sectors that the head names, and a chain of others."""
        told = list(struct.unpack_from("<109I", head, 76))
        for _ in range(self.most):
            if difat >= _LAST:
                break
            more = struct.unpack(f"<{self.size // 4}I", self._sector(difat))
            told, difat = [*told, *more[:-1]], more[-1]
        else:
            raise Broken("difat")
        used = [number for number in told if number < _LAST]
        if len(used) > self.most:
            raise Broken("fat")
        return _numbers(b"".join(map(self._sector, used)))

    def _sector(self, number: int) -> bytes:
        self.file.seek((number + 1) * self.size)
        found = self.file.read(self.size)
        if number >= self.most or not found:
            raise Broken(str(number))
        return found.ljust(self.size, b"\0")

    def _numbers_of(self, start: int, fat: array[int], most: int) -> list[int]:
        """The sectors of a chain; Broken where it goes in a circle or out of the file."""
        found: list[int] = []
        while start != _END:
            if start >= len(fat) or len(found) > most:
                raise Broken(str(start))
            found.append(start)
            start = fat[start]
        return found

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._numbers_of(start, self.fat, self.most)))

    def entries(self) -> Iterator[_Entry]:
        """Every entry of the directory; the first is the root, whose stream holds all small ones."""
        listed = self._chain(self.directory)
        for at in range(0, len(listed) - 127, 128):
            name, kind, start, size = struct.unpack_from("<64s2xB49xIQ", listed, at)
            if self.size == 512:
                size &= 0xFFFFFFFF  # the upper half is not always cleared there
            if at == 0:
                self.root = self._numbers_of(start, self.fat, self.most) if size and kind == _ROOT else []
            elif kind != _STORAGE:  # whatever else it says it is: a reader goes by the name alone
                if size > self.length:
                    raise Broken("size")
                yield _Entry(name.decode("utf-16-le", "replace").partition("\0")[0], start, size)
            else:
                yield _Entry(name.decode("utf-16-le", "replace").partition("\0")[0], start, 0)

    def stream(self, entry: _Entry, wanted: bool) -> bytes | None:
        """The content where it is wanted; its chain is walked in any case."""
        if not entry.size:
            return None
        if entry.size >= self.cutoff:
            numbers = self._numbers_of(entry.start, self.fat, self.most)
            return b"".join(map(self._sector, numbers))[:entry.size] if wanted else None
        per = self.size // 64
        numbers = self._numbers_of(entry.start, self.mini_fat, len(self.mini_fat))
        if any(number // per >= len(self.root) for number in numbers):
            raise Broken(entry.name)
        return b"".join(map(self._small, numbers))[:entry.size] if wanted else None

    def _small(self, number: int) -> bytes:
        per = self.size // 64
        return self._sector(self.root[number // per])[number % per * 64:][:64]


def _numbers(content: bytes) -> array[int]:
    found = array("I", content[:len(content) // 4 * 4])
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        found.byteswap()
    return found
