"""Workbooks and tables that are out to do harm, or look as if they were; each is made for its test and holds invented names."""

from __future__ import annotations

import gzip
import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

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
def deep(path: Path) -> Path:
    """One part that unpacks to a thousand times its size."""
    return packed(path / "a.xlsx", parts(GOOD, xl__media__a_dot_png=bytes(1_100_000_000)), 1)


def deep_strings(path: Path) -> Path:
    """All the unpacking is within the limit, and all of it is words to be kept in memory."""
    return packed(path / "a.xlsx", parts(GOOD, xl__sharedStrings_dot_xml=strings(*["字" * 1000] * 300_000)), 1)


def many_members(path: Path) -> Path:
    return packed(path / "a.xlsx", parts(GOOD) | {f"xl/media/{n}": "" for n in range(60_000)})


def nested(path: Path) -> Path:
    """A bomb within a bomb: nobody asked for what is inside."""
    inner = packed(path / "inner.zip", {"a": bytes(200_000_000)}, 1).read_bytes()
    return packed(path / "a.xlsx", parts(GOOD, xl__embeddings__a_dot_zip=inner))


def overlapping(path: Path) -> Path:
    """Two entries of the directory that name the same bytes, as the best known bombs do."""
    whole = bytearray(packed(path / "b.xlsx", parts(GOOD, xl__a_dot_xml=GOOD, xl__b_dot_xml=GOOD)).read_bytes())
    one, two = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 1), whole.rindex(b"PK\x01\x02")
    whole[two + 42:two + 46] = whole[one + 42:one + 46]
    return put(path / "a.xlsx", bytes(whole))


def liar(path: Path) -> Path:
    """The directory claims 100 bytes for a part that holds 400 MB."""
    whole = bytearray(packed(path / "b.xlsx", parts(GOOD, xl__sharedStrings_dot_xml=strings("x" * 400_000_000)), 1).read_bytes())
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 24:at + 28] = struct.pack("<I", 100)
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
    """One long text, and a million cells that each are a copy of it."""
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 500_000))
    return packed(path / "a.xlsx", parts(rows(HEADER) + lines, xl__sharedStrings_dot_xml=strings("字" * 32_767)))


def filled(path: Path, row_count: int, columns: int) -> Path:
    """A sheet that is really full of short words."""
    from loaders.readers import _letters

    names = [_letters(at) for at in range(columns)]
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
