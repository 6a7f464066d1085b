"""What is measured runs at all: a benchmark takes an hour, and says so only then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import liantu
from benchmarks import first_frame, workbook
from benchmarks.asking import ANSWERS, asking
from graph.store import open_store
from graph.whole import whole
from queries.catalogue import ids
from tests.maps.browser import CHROMIUM


def test_every_question_is_asked(tmp_path: Path) -> None:
    workspace, _ = liantu.demo(tmp_path / "样例")
    with open_store(workspace.store) as store:
        rows = list(asking(store, store, whole(store), workspace.settings, runs=1))
    assert len(rows) == len(ids()) + len(ANSWERS)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
def test_each_page_of_the_first_frame_draws_all_its_boxes(tmp_path: Path) -> None:
    rows = first_frame.frames(tmp_path, runs=1)
    assert len(rows) == 5 and all(row.ours > 0 for row in rows)
    for name in ("ours", "by hand", "pyvis"):
        assert not re.search(r"<(link|script)\b[^>]*https?://", (tmp_path / f"{name}.html").read_text(encoding="utf-8")), name
    assert next(row.ours for row in rows if row.work == "  size, ours") < 1.5


def test_the_workbook_is_read_by_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert workbook.main(["--rows", "50", "--runs", "1"]) == 0
    assert "50 rows" in capsys.readouterr().out
