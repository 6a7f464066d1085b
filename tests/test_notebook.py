"""The notebook on py2neo: its cells run in order, and it keeps no output and no path of a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import liantu
from graph.model import VERSION

NOTEBOOK = json.loads((Path(__file__).resolve().parent.parent / "docs" / "py2neo.ipynb").read_text(encoding="utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
SERVER = next(place for place, text in enumerate(CODE) if "NEO4J_URL" in text)
"""From this cell on a server is needed."""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The notebook's names, in a folder of its own."""
    pytest.importorskip("py2neo", reason="pip install py2neo==2021.2.4")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    yield names
    if "neo" in names:
        names["neo"].service.connector.close()


def run(cells: list[str], names: dict[str, Any]) -> None:
    for place, text in enumerate(cells):
        exec(compile(text, f"cell {place}", "exec"), names)


def test_it_keeps_no_output_and_says_first_that_py2neo_is_at_its_end() -> None:
    assert NOTEBOOK["nbformat"] == 4 and set(NOTEBOOK["metadata"]) == {"kernelspec", "language_info"}
    assert all((c["outputs"], c["execution_count"]) == ([], None) for c in NOTEBOOK["cells"] if c["cell_type"] == "code")
    first = "".join(NOTEBOOK["cells"][0]["source"])
    assert "2023 年起已停止维护" in first and "end-of-life since 2023" in first


def test_what_needs_no_server(names: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    run(CODE[:SERVER], names)
    said = capsys.readouterr().out
    assert "光伏玻璃 missing" in said and "个节点 / nodes" in said and "包头市 capacity" in said


def test_all_of_it(names: dict[str, Any], server: str, monkeypatch: pytest.MonkeyPatch,
                   capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NEO4J_URL", server)
    run(CODE, names)
    said = capsys.readouterr().out
    assert "the same as before: True" in said and "工业硅" in said.splitlines()[-1]
    assert said.count(f"{len(names['pv'].nodes)} {len(names['pv'].relationships)}\n") == 3


def test_it_does_not_write_where_liantu_does(names: dict[str, Any], server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.store import Marker, open_store

    monkeypatch.setenv("NEO4J_URL", server)
    run(CODE[:SERVER], names)
    with open_store(server, create=True) as store:
        store.replace(liantu.from_py2neo(names["pv"]), Marker("w1", VERSION, "hash-1"))
    with pytest.raises(RuntimeError, match="name an empty one"):
        run(CODE[SERVER:], names)
