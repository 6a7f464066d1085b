"""Workbooks and tables that are out to do harm, or look as if they were; each is made for its test and holds invented names."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import old_files as old
from sheet_files import book, named, ods, put

HEADER = ("企业名称", "环节")
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/></Types>')
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
EXTERNAL = ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;")
LAUGHS = ("<!DOCTYPE x [<!ENTITY a0 \"哈\">" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>", "&a9;")

Parts = dict[str, str | bytes]


def inline(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def rows(*lines: Iterable[str], first: int = 1) -> str:
    return "".join(f'<row r="{number}">' + "".join(inline(f"{chr(65 + at)}{number}", words) for at, words in enumerate(line)) + "</row>"
                   for number, line in enumerate(lines, first))


def sheet(data: str, after: str = "", head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet {_MAIN}><sheetData>{data}</sheetData>{after}</worksheet>'


def parts(data: str, name: str = "产业链重点企业表", **more: str | bytes) -> Parts:
    """The parts of a workbook with one sheet; ``more``: further parts, by name with __ for / and _dot_ for a point."""
    types = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(
        [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("externalLink", "externalLinks/externalLink1.xml"),
         ("connections", "connections.xml")]))
    made: Parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships {_RELS}><Relationship Id="r0" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN}><sheets><sheet name="{name}" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_RELS}>{types}</Relationships>",
        SHEET: data if data.startswith("<?xml") else sheet(data)}
    return made | {key.replace("__", "/").replace("_dot_", "."): content for key, content in more.items()}


def packed(path: Path, members: Parts, level: int = 9) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def strings(*words: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<sst {_MAIN}>' + "".join(f"<si><t>{word}</t></si>" for word in words) + "</sst>"


GOOD = rows(HEADER, ("恶意甲公司", "组件"))


def good(path: Path) -> Path:
    return packed(path / "a.xlsx", parts(GOOD))


# --- Bombs: little in the file, much in the memory.
def blown(path: Path, members: Parts, name: str, start: bytes, piece: bytes, times: int, end: bytes = b"") -> Path:
    """A workbook with one more part that holds ``piece`` so many times; it is packed once and its packed form repeated."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packing.compress(start) + packing.flush(zlib.Z_FULL_FLUSH)
    middle = packing.compress(piece) + packing.flush(zlib.Z_FULL_FLUSH)
    content = head + middle * times + packing.compress(end) + packing.flush()
    check = zlib.crc32(start)
    for _ in range(times):
        check = zlib.crc32(piece, check)
    whole = bytearray(packed(path, members | {name: content}, 0).read_bytes())
    for mark, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):  # what the part says of itself, before it and in the directory
        here = whole.rindex(mark) + at
        struct.pack_into("<3I", whole, here, zlib.crc32(end, check), len(content), len(start) + len(piece) * times + len(end))
    first = whole.rindex(b"PK\x03\x04")
    length, = struct.unpack_from("<H", whole, first + 26)
    body = first + 30 + length
    tail = whole[whole.index(b"PK\x01\x02", body):]
    made = whole[:body] + content + tail
    struct.pack_into("<I", made, len(made) - 6, body + len(content))
    return put(path, bytes(made))


def deep(path: Path) -> Path:
    """One part that unpacks to a thousand times its size."""
    return blown(path / "a.xlsx", parts(GOOD), "xl/media/a.png", b"", bytes(1 << 20), 960)


def deep_strings(path: Path) -> Path:
    """All the unpacking is within the limit, and all of it is words to be kept in memory."""
    start, end = strings("|").encode().split(b"<si><t>|</t></si>")
    return blown(path / "a.xlsx", parts(GOOD), STRINGS, start, f"<si><t>{'字' * 1000}</t></si>".encode() * 300, 200, end)


def many_members(path: Path) -> Path:
    return packed(path / "a.xlsx", parts(GOOD) | {f"xl/media/{n}": "" for n in range(20_001)})


def nested(path: Path) -> Path:
    """A bomb within a bomb: nobody asked for what is inside."""
    inner = packed(path / "inner.zip", {"a": bytes(50_000_000)}, 1).read_bytes()
    return packed(path / "a.xlsx", parts(GOOD, xl__embeddings__a_dot_zip=inner))


def overlapping(path: Path) -> Path:
    """Two entries of the directory that name the same bytes, as the best known bombs do."""
    whole = bytearray(packed(path / "b.xlsx", parts(GOOD, xl__a_dot_xml=GOOD, xl__b_dot_xml=GOOD)).read_bytes())
    one, two = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 1), whole.rindex(b"PK\x01\x02")
    whole[two + 42:two + 46] = whole[one + 42:one + 46]
    return put(path / "a.xlsx", bytes(whole))


def liar(path: Path) -> Path:
    """The directory claims 100 bytes for a part that holds 400 MB."""
    whole = bytearray(blown(path / "b.xlsx", parts(GOOD), STRINGS, b"", b"x" * (1 << 20), 400).read_bytes())
    struct.pack_into("<I", whole, whole.rindex(b"PK\x01\x02") + 24, 100)
    return put(path / "a.xlsx", bytes(whole))


def two_directories(path: Path) -> Path:
    """A zip in the comment of a zip: two readers may each see another workbook."""
    tame, wild = packed(path / "b.xlsx", parts(GOOD)).read_bytes(), packed(path / "c.xlsx", parts(far(b"XFD", 1_048_576))).read_bytes()
    at = tame.rindex(b"PK\x05\x06")
    return put(path / "a.xlsx", wild[:-22] + wild[-22:-2] + struct.pack("<H", len(tame)) + tame[:at] + tame[at:])


def far(column: bytes, row: int, form: str = '<c r="{}"><v>1</v></c>') -> str:
    return rows(HEADER) + f'<row r="{row}">{form.format(f"{column.decode()}{row}")}</row>'


def cornered(form: str) -> Callable[[Path], Path]:
    return lambda path: packed(path / "a.xlsx", parts(far(b"XFD", 1_048_576, form)))


def unplaced(path: Path) -> Path:
    """Cells that do not say where they are: each is beside the one before, in the last row there is."""
    line = '<row r="1048576">' + '<c><v>1</v></c>' * 16_384 + "</row>"
    return packed(path / "a.xlsx", parts(rows(HEADER) + line))


def repeated_words(path: Path) -> Path:
    """One long text, and thousands of cells that each are a copy of it."""
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000))
    return packed(path / "a.xlsx", parts(rows(HEADER) + lines, xl__sharedStrings_dot_xml=strings("字" * 32_767)))


def filled(path: Path, row_count: int, columns: int) -> Path:
    """A sheet that is really full of short words."""
    from loaders.tables import letters

    names = [letters(at) for at in range(columns)]
    head = '<row r="1">' + "".join(inline(f"{name}1", f"列{at}") for at, name in enumerate(names)) + "</row>"
    body = io.StringIO()
    for number in range(2, row_count + 1):
        body.write(f'<row r="{number}">' + "".join(f'<c r="{name}{number}"><v>{number}</v></c>' for name in names) + "</row>")
    return packed(path / "a.xlsx", parts(head + body.getvalue()), 1)


def ods_repeat(rows_repeated: str, columns_repeated: str, words: str = "x") -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        cell = (f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns_repeated}">'
                f"<text:p>{words}</text:p></table:table-cell>")
        return ods(path / "a.ods", '<table:table table:name="声明表"><table:table-row table:number-rows-repeated='
                                   f'"{rows_repeated}">{cell}</table:table-row></table:table>')
    return make


def with_head(where: str, trick: tuple[str, str]) -> Callable[[Path], Path]:
    """A document type with entities, in one of the parts of a workbook."""
    head, entity = trick

    def make(path: Path) -> Path:
        if where == "content.xml":
            path = ods(path / "b.ods", '<table:table table:name="声明表"><table:table-row><table:table-cell office:value-type="string">'
                                       f"<text:p>{entity}</text:p></table:table-cell></table:table-row></table:table>")
            with zipfile.ZipFile(path) as file:
                members: Parts = {name: file.read(name).decode() for name in file.namelist()}
            members["content.xml"] = head + str(members["content.xml"])
            return packed(path.parent / "a.ods", members)
        made = parts(sheet(rows(HEADER, ("恶意甲公司", entity)), head=head) if where == SHEET else GOOD)
        if where == STRINGS:
            made[STRINGS] = strings(entity, head=head)
            made[SHEET] = sheet(rows(HEADER) + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>')
        if where == "docProps/core.xml":
            made[where] = f'<?xml version="1.0"?>{head}<coreProperties>{entity}</coreProperties>'
        if where == "xl/workbook.xml":
            made[where] = head + str(made[where]).replace("产业链重点企业表", entity)
        return packed(path / "a.xlsx", made)
    return make


# --- What is not executed, not followed, not evaluated: values only.
def formulas(path: Path) -> Path:
    """The value a program left in the cell counts; the formula does not."""
    cells = '<c r="A2" t="str"><f>HYPERLINK("http://example.invalid","x")</f><v>恶意甲公司</v></c>' + inline("B2", "组件")
    return packed(path / "a.xlsx", parts(rows(HEADER) + f'<row r="2">{cells}</row>'))


def external(path: Path) -> Path:
    """A link to another workbook with a DDE command, a hyperlink, a connection: none is followed."""
    link = (f'<externalLink {_MAIN}><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="x"/></ddeItems>'
            "</ddeLink></externalLink>")
    connection = f'<connections {_MAIN}><connection id="1" name="c" type="4"><webPr url="http://example.invalid/"/></connection></connections>'
    data = sheet(GOOD, after='<hyperlinks><hyperlink ref="A2" r:id="r9"/></hyperlinks>')
    return packed(path / "a.xlsx", parts(data, xl__externalLinks__externalLink1_dot_xml=link, xl__connections_dot_xml=connection) | {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships {_RELS}><Relationship Id="r9" Type="{_OFFICE}/hyperlink" '
                                               'Target="file:///etc/hostname" TargetMode="External"/></Relationships>'})


def macros(path: Path) -> Path:
    return packed(path / "a.xlsm", parts(GOOD) | {"xl/vbaProject.bin": old.container({"dir": b"\1" + bytes(5000), "VBA": bytes(5000)})})


def old_macros(path: Path) -> Path:
    return put(path / "a.xls", old.container({"Workbook": old.workbook(old.GOOD, shared_texts=old.texts(*old.WORDS)),
                                              "_VBA_PROJECT_CUR": bytes(5000), "dir": bytes(5000)}))


def longest(path: Path) -> Path:
    """32,767 characters, as many as a cell may have."""
    return packed(path / "a.xlsx", parts(rows((*HEADER, "主要产品"), ("恶意甲公司", "组件", "长" * 32_767))))


def quoted_sheet(path: Path) -> Path:
    """A sheet whose name is a way out of every language there is; it is no sheet of ours and is named as it is."""
    return packed(path / "a.xlsx", parts(GOOD, name="../&apos;&quot;&gt;;--$(x)/{{7*7}}"))


def unseen(words: str) -> Callable[[Path], Path]:
    return lambda path: packed(path / "a.xlsx", parts(rows(HEADER, (words, "组件"))))


# --- Old workbooks.
def old_book(*sheets: list[bytes], texts: bytes = b"", before: bytes = b"") -> Callable[[Path], Path]:
    return lambda path: put(path / "a.xls", old.container({"Workbook": old.workbook(
        *sheets, shared_texts=texts or old.texts(*old.WORDS), before=before)}))


def old_container(**streams: bytes) -> Callable[[Path], Path]:
    return lambda path: put(path / "a.xls", old.container(streams))


def old_circle(at: int, to: int, where: str = "fat") -> Callable[[Path], Path]:
    """A chain of sectors that leads back into itself."""
    def make(path: Path) -> Path:
        whole = bytearray(old.good())
        fat = 512 * (1 + struct.unpack_from("<I", whole, 76)[0])
        struct.pack_into("<I", whole, 68 if where == "head" else fat + 4 * at, to)
        return put(path / "a.xls", bytes(whole))
    return make


def old_far(count: int) -> Callable[[Path], Path]:
    return old_book(*[[*old.HEADER, old.number(65_535, 255, 1.0)]] * count)


def old_words(path: Path) -> Path:
    cells = [old.shared(0, 0, 0), *(old.shared(row, 0, 1) for row in range(1, 30_000))]
    return old_book(cells, texts=old.texts("企业名称", "字" * 3_900))(path)


def old_elsewhere(path: Path) -> Path:
    """A sheet that begins in the middle of another record, where one who walks from the start does not look."""
    hidden = old.record(0x809, bytes(16)) + old.size(2**32 - 1, 256) + old.record(0x0A)
    stream = bytearray(old.workbook(old.GOOD, shared_texts=old.texts(*old.WORDS), before=old.record(0x1234, hidden)))
    struct.pack_into("<I", stream, stream.index(struct.pack("<H", 0x85)) + 4, stream.index(hidden))
    return put(path / "a.xls", old.container({"Workbook": bytes(stream)}))


# --- No tables.
def csv_of(head: bytes, piece: bytes, times: int) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        with (path / "产业链重点企业表.csv").open("wb") as file:
            file.write(head)
            for _ in range(times):
                file.write(piece)
        return path / "产业链重点企业表.csv"
    return make


def circle(path: Path) -> Path:
    (path / "a.csv").symlink_to(path / "b.csv")
    (path / "b.csv").symlink_to(path / "a.csv")
    return path / "a.csv"


def pipe_in_a_folder(path: Path) -> Path:
    os.mkfifo(path / "a.csv")
    return path


def folder_named_as_a_book(path: Path) -> Path:
    (path / "x.xlsx").mkdir()
    return path / "x.xlsx"


def sparse(name: str, size: int) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        with (path / name).open("wb") as file:
            file.truncate(size)
        return path / name
    return make


def cut(name: str, tenths: int) -> Callable[[Path], Path]:
    """A good file, and only so many tenths of it."""
    def make(path: Path) -> Path:
        if name.endswith("xlsx"):
            whole = good(path).read_bytes()
        elif name.endswith("xls"):
            whole = old.good()
        else:
            whole = ods(path / "b.ods", '<table:table table:name="声明表"><table:table-row/></table:table>').read_bytes()
        return put(path / name, whole[:len(whole) * tenths // 10])
    return make


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a deep bomb": (deep, "would unpack"), "a bomb of words": (deep_strings, "over the limit"),
    "many parts": (many_members, "more parts"), "overlapping parts": (overlapping, "damaged"),
    "a lie of the directory": (liar, "damaged"), "two directories": (two_directories, "damaged"),
    "both corners": (cornered('<c r="{}"><v>1</v></c>'), "1048576"),
    "both corners, single quotes": (cornered("<c r='{}'><v>1</v></c>"), "16384"),
    "both corners, blanks": (cornered('<c\n r = "{}" ><v>1</v></c>'), "16384"),
    "both corners, a prefix": (cornered('<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="{}"><x:v>1</x:v></x:c>'),
                               "16384"),
    "both corners, twice placed": (cornered('<c r="A2" r="{}"><v>1</v></c>'), "damaged"),
    "cells without a place": (unplaced, "1048576"), "one text in many cells": (repeated_words, "more text"),
    "16,384 columns": (lambda path: filled(path, 2, 16_384), "columns"),
    "rows repeated 2^31 times": (ods_repeat("2147483648", "1"), "2147483648"),
    "columns repeated 2^31 times": (ods_repeat("1", "2147483648"), "2147483648"),
    "rows repeated 10^20 times": (ods_repeat("99999999999999999999", "1"), "damaged"),
    "rows repeated -1 times": (ods_repeat("-1", "1"), "damaged"),
    "a long text repeated": (ods_repeat("10000", "1", "字" * 30_000), "more text"),
    **{f"{what} in {where}": (with_head(where, trick), "entities") for what, trick in (("an external entity", EXTERNAL), ("a billion laughs", LAUGHS))
       for where in (SHEET, STRINGS, "content.xml", "docProps/core.xml", "xl/workbook.xml")},
    "agile encryption": (old_container(EncryptionInfo=b"\4\0\4\0@\0\0\0<encryption/>", EncryptedPackage=bytes(9000)), "encrypted"),
    "xls with RC4": (old_book(old.GOOD, before=old.record(0x2F, bytes(54))), "encrypted"),
    "xls with XOR": (old_book(old.GOOD, before=old.record(0x2F, bytes(6))), "encrypted"),
    "xls, a hundred far corners": (old_far(100), "65536"), "xls, one text in many cells": (old_words, "more text"),
    "xls, a claim of its size": (old_book([old.size(2**32 - 1, 65_535), *old.GOOD[1:]]), "damaged"),
    "xls, a sheet elsewhere": (old_elsewhere, "damaged"), "xls, a size of nothing": (old_book([old.size(0, 2), *old.GOOD[1:]]), "damaged"),
    "xls, a chain in a circle": (old_circle(3, 0), "damaged"), "xls, a directory of directories": (old_circle(0, 0, "head"), "damaged"),
    "xlsb": (lambda path: packed(path / "a.xlsb", {"xl/workbook.bin": "x"}), "xlsb"),
    "a name with NUL": (unseen("甲&#0;公司"), "damaged"), "a lone surrogate": (unseen("甲&#xD800;公司"), "damaged"),
    **{f"{name} cut at {tenths} tenths": (cut(name, tenths), "empty" if not tenths else "damaged")
       for name in ("c.xlsx", "c.xls", "c.ods") for tenths in range(10)},
    "one line of 100 MB": (csv_of(b"", b"x," * 500_000, 100), "CSV"), "one word of 100 MB": (csv_of(b"", b"x" * 10**6, 100), "CSV"),
    "an open quotation mark": (csv_of(b'a,b\n"x', b"1,2\n" * 1000, 300), "CSV"),
    "quotation marks that never close a row": (csv_of(b"a,b\n", b'"\n",' * 10_000, 300), "CSV"),
    "a million columns": (csv_of(b"", b"x," * 10**6, 1), "columns"), "a million rows": (csv_of(b"a,b\n", b"x,y\n" * 1024, 1024), "rows"),
    "500 MB of nothing": (sparse("a.xlsx", 500 * 10**6 + 1), "500 MB"), "150 MB of nothing": (sparse("a.csv", 150 * 10**6 + 1), "150 MB"),
    "140 MB of nothing": (sparse("a.csv", 140 * 10**6), "not text"),
    "0 bytes": (named("a.xlsx", b""), "empty"), "a folder named x.xlsx": (folder_named_as_a_book, "is a folder"),
}
if sys.platform != "win32":
    REFUSED["a circle of links"] = (circle, "no such file")
    REFUSED["a pipe in a folder"] = (pipe_in_a_folder, "regular")

READ: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a zip in a workbook": (nested, "恶意甲公司"), "formulas": (formulas, "恶意甲公司"), "links": (external, "恶意甲公司"),
    "macros": (macros, "恶意甲公司"), "xls": (lambda path: put(path / "a.xls", old.good()), "恶意甲公司"),
    "xls with macros": (old_macros, "恶意甲公司"), "32,767 characters": (longest, "长" * 32_767),
    "marks from right to left": (unseen("恶意\u202e甲\u200f\u200b公司\ufeff"), "恶意甲公司"),
    "control characters": (unseen("恶意&#x9b;31m甲公司"), "恶意31m甲公司"),
    "a workbook of Python's": (lambda path: book(path / "a.xlsx", 产业链重点企业表=[HEADER, ("恶意甲公司", "组件")]), "恶意甲公司"),
}
