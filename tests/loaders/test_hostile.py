"""Files that are out to do harm: refused in words, in little memory, or read for their values and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import run
from hostile_files import READ, REFUSED, good
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import Outcome, Reader
from sheet_files import put

import liantu
from graph.errors import LiantuError
from graph.whole import whole
from loaders import counting
from loaders.load import Options, load
from loaders.readers import read
from loaders.values import text


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as child:
        yield child


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("w") / "某市"
    run("init", folder, "--chain", "光伏")
    return folder


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() and path.stat().st_size < 10**7 else None
            for path in sorted(folder.rglob("*"))}


def asked(reader: Reader, path: Path) -> Outcome:
    outcome = reader.ask(path)
    assert outcome.how in ("read", "refused"), outcome
    return outcome


@pytest.mark.parametrize("case", REFUSED)
def test_refused_in_words_and_in_little_memory(reader: Reader, city: Path, tmp_path: Path, case: str) -> None:
    make, says = REFUSED[case]
    (tmp_path / "in").mkdir()
    path = make(tmp_path / "in")
    outcome = asked(reader, path)  # in a process of its own first: what goes wrong here ends a process
    assert outcome.how == "refused" and says in outcome.said, outcome
    assert outcome.peak < 400
    before = everything(city), everything(tmp_path)
    for command in ("check", "load"):
        said = run(command, path, "-w", city, code=2).stderr
        assert "错误: " in said and " / " in said and "  → " in said and "Traceback" not in said
        assert len(said) < 2000 and not any(ord(c) < 32 and c != "\n" for c in said)
    assert (everything(city), everything(tmp_path)) == before


@pytest.mark.parametrize("case", READ)
def test_read_for_its_values_only(reader: Reader, tmp_path: Path, case: str) -> None:
    make, holds = READ[case]
    path = make(tmp_path)
    assert asked(reader, path).how == "read"
    table, = read(path)
    assert holds in [text(cell) for cell in table.rows[0][1]]


def test_a_million_rows_are_refused_and_few_are_kept(reader: Reader, tmp_path: Path) -> None:
    from hostile_files import SHEET, parts, rows, sheet

    line = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>2</v></c></row>'
    import zipfile
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts("").items():
            if name != SHEET:
                file.writestr(name, content)
        start, end = sheet(rows(("企业名称", "环节")) + "|").encode().split(b"|")
        file.writestr(SHEET, start + b"".join(line % (n, n, n) for n in range(2, 1_048_577)) + end)
    outcome = asked(reader, tmp_path / "a.xlsx")
    assert outcome.how == "refused" and "300,000" in outcome.said and outcome.peak < 900


def test_a_file_that_changes_while_it_is_read(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept must be what was read: else the next rebuild makes another graph."""
    from loaders import material

    path, copy = good(tmp_path), shutil.copyfile
    workspace = liantu.open(city)
    before = everything(city)

    def changed(source: Path, target: Path) -> Path:
        with path.open("ab") as file:
            file.write(b"x")
        return copy(source, target)

    monkeypatch.setattr(material.shutil, "copyfile", changed)
    with pytest.raises(LiantuError, match="changed while"):
        load(workspace, [path], Options())
    assert everything(city) == before


@pytest.mark.skipif(os.name == "nt", reason="names there are always Unicode")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    run("init", tmp_path / "某市", "--chain", "光伏")
    path = tmp_path / os.fsdecode(b"a\xff\x1b[31m\xe2\x80\xae.xlsx")
    good(tmp_path).rename(path)
    said = run("load", path, "-w", tmp_path / "某市").output
    assert "已导入" in said and "\x1b" not in said and "\u202e" not in said
    kept, = (p.name for p in (tmp_path / "某市/material").glob("*/*") if "31m" in p.name)
    assert kept.isprintable()
    with liantu.opened(tmp_path / "某市") as store:
        cells = {fact.cell for fact in whole(store).facts}
    assert all(cell.isprintable() for cell in cells)


@pytest.mark.parametrize("name", ["a\0b.xlsx", "../" * 40 + "nothing.xlsx", "x" * 5000 + ".xlsx", "-", "CON.xlsx", "\u202e.xlsx"])
def test_paths_that_lead_nowhere(city: Path, name: str) -> None:
    for command in ("check", "load"):
        said = run(command, "-w", city, "--", name, code=2).stderr
        assert "错误: " in said and "→" in said and "\u202e" not in said


FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


@FIXTURES
@given(st.data())
def test_a_container_with_any_bytes_changed_is_walked_to_an_end(tmp_path: Path, data: st.DataObject) -> None:
    import old_files

    whole_file = bytearray(old_files.good())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.one_of(st.integers(0, 511), st.integers(0, len(whole_file) - 1)))
        whole_file[at] = data.draw(st.integers(0, 255))
    try:
        read(put(tmp_path / "b.xls", bytes(whole_file)))
    except LiantuError as error:
        assert error.cure


def test_the_limits_are_those_of_the_whole_workbook() -> None:
    total = counting.Limits("a")
    total.add(counting.Extent(1000, 15_000, 1, 1))
    with pytest.raises(LiantuError, match="第 1000 行"):
        total.add(counting.Extent(1000, 15_000, 1, 1))
