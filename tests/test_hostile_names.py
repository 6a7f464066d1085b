"""Names that are out to do harm, through every way out: shown as they are, and nothing runs, opens or steers anything."""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
import zipfile
from contextlib import chdir
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from audiences import CHAIN, PUBLIC, REGION, _load, written
from calling import run

import liantu
from graph.errors import LiantuError
from loaders.chainkg import lines

NAMES = ("=cmd|' /C calc'!A1", "</script><script>alert(1)</script>", "\"><svg onload=alert(1)>", "'; MATCH (n) DETACH DELETE n //",
         "{{7*7}}${7*7}<%=7*7%>", "恶意\u202e甲\u2066司\u200b公\x1b[31m司\x9b\ufeff", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3", "../../../etc/恶意",
         "javascript:alert(1)", "&lt;b&gt;&#x3C;", "恶" * 300)
"""Invented."""
CASES = [("gaps", CHAIN, "--format", form) for form in ("table", "json", "csv")] + [
    ("gaps", CHAIN, "-o", "out/a.xlsx"), ("slips", CHAIN, "--format", "csv"), ("query", "sources", "-p", "ids=" + "号0,号1,号2", "--format", "csv"),
    ("map", CHAIN, "-o", "out/a.html"), ("map", CHAIN, "-o", "out/a.svg"), ("map", CHAIN, "-o", "out/a.png"), ("map", CHAIN, "-o", "out/a.pptx"),
    ("export", "-o", "out/a.xlsx"), ("export", "-o", "out/sheets"), ("export", "--as", "graphml", "-o", "out/a.graphml"),
    ("export", "--as", "csv", "-o", "out/csv"), ("export", "--as", "neo4j", "-o", "out/neo4j"), ("ask", "-o", "out/a.xlsx"), ("info",)]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    firms = [{"企业名称": name, "环节": "板材", "产能": "3", "单位": "kt/a", "厂区/期": name, "主要产品": name,
              "来源": f"号{at}"} for at, name in enumerate(NAMES)]
    projects = [{"项目名称": name, "环节": "框架", "投资方": name, "新增产能": "2", "单位": "kt/a", "签约": "2023-01-01", "计划投产": "2024年底",
                 "建设内容及规模": name} for name in NAMES[:6]]
    sources = [{"来源编号": f"号{at}", "名称": name, "发布机构": name, "发布日期": "2023-01-01", "链接": name} for at, name in enumerate(NAMES)]
    with chdir(folder):
        run("init", "w", "--region", REGION)
        _load(PUBLIC | {"产业链重点企业表": firms, "产业链重点项目库": projects, "来源表": sources}, "public")
    return folder


def steering(text: str) -> set[str]:
    """Control characters and marks of direction."""
    return {c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t") or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_names_do_nothing(city: Path, case: tuple[str, ...]) -> None:
    before = sorted(p for p in city.rglob("*") if "out" not in p.parts)
    out = written(city, *case)
    assert sorted(p for p in city.rglob("*") if "out" not in p.parts) == before
    for name, content in out.items():
        _inert(name or "printed", content)


class Page(HTMLParser):
    """The tags of a page as a browser takes them, and those that could do something of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if any(key.startswith("on") or (value or "").lower().strip().startswith("javascript:") for key, value in attrs):
            self.odd.append(self.get_starttag_text() or tag)


def _inert(name: str, content: bytes) -> None:
    kind = name.rpartition(".")[2]
    if kind in ("xlsx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                words = archive.read(part)
                assert not re.search(rb"<f[\s>]|externalLink|ddeLink|TargetMode=\"External\"", words), part
                assert part.endswith(("xml", "rels")) is False or not steering(words.decode())
        return
    if kind == "png":
        return
    words = content.decode()
    assert not steering(words) - {"\x85"}  # which the script that draws the page has among its blanks
    if kind in ("svg", "graphml"):
        tree = ElementTree.fromstring(words)
        assert not [e for e in tree.iter() if e.tag.endswith("script") or any(k.startswith("on") for k in e.attrib)]
    if kind == "html":
        page = Page()
        page.feed(words)
        page.close()
        assert page.tags and page.odd == []
        assert "</script><script>alert" not in words
    if kind == "csv" and not name.startswith("neo4j"):  # neo4j-admin reads those, and takes every text as it stands
        for row in csv.reader(io.StringIO(words.removeprefix("\ufeff"))):
            assert not [cell for cell in row if cell.startswith(("=", "@", "\t", "\r")) or re.match(r"[+-][^\d.]", cell)], row


def test_names_come_back_as_they_were(city: Path, tmp_path: Path) -> None:
    """Through sheets of CSV too, where a formula is given an apostrophe on the way out."""
    with chdir(city):
        run("export", "-w", "w", "-o", tmp_path / "sheets")
        run("init", tmp_path / "again", "--region", REGION)
    run("load", tmp_path / "sheets", "-w", tmp_path / "again")
    one, other = ({(n.label, n.id, n.name) for n in liantu.graph(w).nodes if n.label in ("Firm", "Project")}
                  for w in (city / "w", tmp_path / "again"))
    assert one == other and any(name.startswith("=") for _, _, name in one)


def test_a_bomb_of_json_lines(tmp_path: Path) -> None:
    """Little in the file, and no end of rows that are each refused."""
    path = tmp_path / "industry.json.gz"
    path.write_bytes(gzip.compress(b"{}\n" * 100_000, 9) * 20)  # members of gzip one after the other
    with pytest.raises(LiantuError, match="more lines") as caught:
        for _ in lines.lines(path):
            pass
    assert caught.value.cure
    path.write_bytes(gzip.compress(bytes(1 << 26), 9))
    with pytest.raises(LiantuError, match="longer than"):
        list(lines.lines(path))
