"""A fuzzer over the readers: python -m tests.fuzz --seconds 60 --seed 1

Good files of every kind are spoilt at random, in their bytes, in the parts of their archive (with right checksums), in their XML
and their records, and read in a process with a limit on its memory. Whatever is neither a good read nor a refusal with its cure
is a failure: the file is kept beside its number, and ``--seed N --only NUMBER`` makes the same file again.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import struct
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/loaders")]

import hostile_files  # noqa: E402  # the makers of files stand beside the tests of the loaders
import old_files  # noqa: E402
from sheet_files import ods  # noqa: E402

from tests.reading import Outcome, Reader  # noqa: E402

Spoil = Callable[[random.Random, bytes], bytes]
_NUMBERS = (b"0", b"-1", b"1", b"2147483648", b"4294967296", b"99999999999999999999", b"1e400", b"NaN", b"")
_WORDS = (b"&#0;", b"&#xD800;", b"&x;", b"<", b">", b'"', b"'", b"]]>", b"<!--", b"<![CDATA[", "\u202e".encode(), b"\xff", b"\0", b"x" * 40_000)


def good_files(folder: Path) -> dict[str, bytes]:
    """Name → content: what is spoilt. All words are invented."""
    head, line = ["企业名称", "环节", "产能", "单位"], ["试用甲公司", "组件", "5", "GW"]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join("<table:table-row>" + "".join(map(cell.format, each)) + "</table:table-row>" for each in (head, line))
    words = "\r\n".join(",".join(each) for each in (head, line, ["试用乙公司", '"组件,\n逆变器"', "3", "GW"]))
    with xlsxwriter.Workbook(folder / "w.xlsx") as made:
        made.set_properties({"created": datetime(2023, 1, 1)})
        for name, rows in (("产业链重点企业表", [head, line]), ("声明表", [["环节", "类型"], ["组件", "填补"]])):
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            sheet.write_number(1, 2, 5.5)
    return {
        "a.xlsx": (folder / "w.xlsx").read_bytes(),
        "b.xlsx": timeless(hostile_files.good(folder).read_bytes()),
        "c.xls": old_files.good(),
        "d.ods": timeless(ods(folder / "a.ods", f'<table:table table:name="产业链重点企业表">{lines}</table:table>').read_bytes()),
        "e.csv": words.encode(), "f.csv": words.encode("gb18030"), "g.csv": words.encode("utf-16"),
    }


def timeless(content: bytes) -> bytes:
    """The same archive without the second in which it was made: a seed must make the same files tomorrow."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()], zipfile.ZIP_DEFLATED)


def packed(members: list[tuple[str, bytes]], how: int) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", how) as archive:
        warnings.simplefilter("ignore")  # of two parts of one name
        for name, inside in members:
            archive.writestr(zipfile.ZipInfo(name), inside, how)
    return out.getvalue()


# --- Bytes.
def flip(chance: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if made:
            made[chance.randrange(len(made))] = chance.choice((0, 255, chance.randrange(256)))
    return bytes(made)


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[:chance.randrange(len(content) + 1)]


def splice(chance: random.Random, content: bytes) -> bytes:
    """A piece of it, somewhere else in it, or many times."""
    start, at = chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)
    piece = content[start:start + chance.choice((1, 16, 300, 4096))] * chance.choice((1, 1, 2, 50))
    return content[:at] + piece + content[at + chance.choice((0, len(piece))):]


def numbers(chance: random.Random, content: bytes) -> bytes:
    """Numbers of two or four bytes, as the directories of archives and containers are made of."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 3))):
        form, size = chance.choice((("<H", 2), ("<I", 4), ("<Q", 8)))
        at = chance.choice((chance.randrange(len(made) + 1), chance.randrange(0, 512, 4), len(made) - 22 + chance.randrange(22)))
        if 0 <= at <= len(made) - size:
            limit = 2**(8 * size)
            struct.pack_into(form, made, at, chance.choice((0, 1, at % limit, limit - 1, limit - 2, 2**(4 * size), 2**31 % limit)))
    return bytes(made)


def words(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_WORDS) + content[at:]


# --- XML.
def xml(chance: random.Random, content: bytes) -> bytes:
    """An attribute, a tag or a text is changed for another that a writer of mischief would choose."""
    spans = [match.span(1) for match in re.finditer(rb'"([^"<>]*)"|>([^<>]*)<|(<[^<>]*>)', content) if match[1] is not None]
    spans += [match.span() for match in re.finditer(rb"<[^<>]*>", content)]
    if not spans:
        return words(chance, content)
    start, end = chance.choice(spans)
    old = content[start:end]
    new = chance.choice((*_NUMBERS, *_WORDS, old * 2, old * 1000, b"XFD1048576", b"xfd1048576", b"A0", b"ZZZZZZZ9", b"s", b"inlineStr",
                         old.replace(b'"', b"'"), old.replace(b"=", b" = "), b"", b'<!DOCTYPE x [<!ENTITY x "y">]>' + old))
    return content[:start] + new + content[end:]


# --- Parts of an archive, packed again with right checksums.
def parts(chance: random.Random, content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()] or [("x", b"")]
    except Exception:  # spoilt already: then its bytes once more
        return flip(chance, content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(members))
        name, inside = members[at]
        how = chance.randrange(10)
        if how == 0:
            del members[at]
        elif how == 1:
            members.append((chance.choice((name, name.upper(), "../" + name, "content.xml", "xl/sharedStrings.xml", "xl/workbook.bin")), inside))
        elif how == 2:
            members[at] = (name, members[chance.randrange(len(members))][1])
        else:
            members[at] = (name, chance.choice((xml, xml, xml, flip, splice, cut, words))(chance, inside or b" "))
        members = members or [("x", b"")]
    return packed(members, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


# --- Records of an old workbook, in a sound container.
def records(chance: random.Random, content: bytes) -> bytes:
    start = content.find(struct.pack("<2H", 0x809, 16))
    if start < 0:
        return flip(chance, content)
    stream, made, at = content[start:start + 4096], [], 0
    while at + 4 <= len(stream) and stream[at:at + 2] != b"\0\0":
        size = 4 + struct.unpack_from("<H", stream, at + 2)[0]
        made.append(stream[at:at + size])
        at += size
    for _ in range(chance.choice((1, 1, 3))):
        where = chance.randrange(len(made))
        made[where] = _record(chance, made[where])
    return old_files.container({"Workbook": b"".join(made)[:6 << 20]})  # more than that needs a longer list of sectors


def _record(chance: random.Random, one: bytes) -> bytes:
    how = chance.randrange(6)
    if how == 0:
        return b""
    if how == 1:
        return one * chance.choice((2, 100, 3000))
    if how == 2:
        kind = chance.choice((0x3C, 0x2F, 0x85, 0x200, 0xBD, 0xFC, 0xFD, 0x207, 0xE5, 0x208, 0x06))
        return old_files.record(kind, one[4:0x10000 + 3])  # a size of two bytes
    return one[:4] + flip(chance, one[4:]) if how == 3 else numbers(chance, one) if how == 4 else flip(chance, one)


SPOILS: tuple[Spoil, ...] = (flip, cut, splice, numbers, words)
OF_KIND: dict[str, tuple[Spoil, ...]] = {".xlsx": (parts, parts, parts, *SPOILS), ".ods": (parts, parts, parts, *SPOILS),
                                         ".xls": (records, records, *SPOILS), ".csv": SPOILS}


def case(good: dict[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """Name and content of a file: always the same for a seed and a number."""
    chance = random.Random(f"{seed}/{number}")
    name = chance.choice(sorted(good))
    content = good[name]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(OF_KIND[Path(name).suffix])(chance, content) or b" "
    return f"{number}-{name}", content


def failures(seconds: float, seed: int, kept: Path, first: int = 0, most: int = sys.maxsize) -> Iterator[tuple[str, Outcome]]:
    """What went wrong, each with its file in ``kept``; ends after so many seconds or files, and says how many it was."""
    with tempfile.TemporaryDirectory() as place, Reader(60) as reader:
        good, told, end, number = good_files(Path(place)), {"read": 0, "refused": 0}, time.monotonic() + seconds, first
        while time.monotonic() < end and number < first + most:
            name, content = case(good, seed, number)
            path = Path(place) / name
            path.write_bytes(content)
            outcome = reader.ask(path)
            if outcome.how in told:
                told[outcome.how] += 1
                path.unlink()
            else:
                kept.mkdir(parents=True, exist_ok=True)
                path = path.rename(kept / f"seed{seed}-{name}")
                yield str(path), outcome
            number += 1
    print(f"seed {seed}: {number - first} files, {told['read']} read, {told['refused']} refused")


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--only", type=int, help="the number of one file")
    given.add_argument("--kept", type=Path, default=ROOT / "fuzz", help="where files that fail are kept [fuzz/]")
    asked = given.parse_args()
    first, most = (0, sys.maxsize) if asked.only is None else (asked.only, 1)
    bad = 0
    for name, outcome in failures(asked.seconds, asked.seed, asked.kept, first, most):
        bad += 1
        print(f"{name}: {outcome.how}: {outcome.said[:300]}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
