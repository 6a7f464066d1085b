"""What is asked of a workspace that holds nothing yet: it says so and how to begin, and denies nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.workspace import create
from tests.calling import run


@pytest.mark.parametrize("asked", [("targets", "电池片"), ("targets", "--chain", "光伏"), ("targets", "--firm", "福莱特"), ("adjacent", "电池片"),
                                   ("introduce", "福莱特"), ("introduce", "--chain", "光伏"), ("suitability", "某项目"), ("brief", "福莱特"),
                                   ("compare", "电池片", "--with", "银川")])
def test_nothing_is_loaded(tmp_path: Path, asked: tuple[str, ...]) -> None:
    create(tmp_path / "市", "市")
    said = run(*asked, "-w", tmp_path / "市", code=2).stderr
    assert "liantu load" in said and "load material" in said and "—" not in said


def test_no_gap_is_no_error(tmp_path: Path) -> None:
    create(tmp_path / "市", "市")
    zh, en = (run("targets", "--all", "-w", tmp_path / "市", "--format", "table", "--lang", lang).stdout for lang in ("zh", "en"))
    assert "没有判为空白点的环节" in zh and "环节判定" not in zh and "no node is judged a gap" in en
