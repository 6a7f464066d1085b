"""What is measured runs at all: a benchmark takes an hour, and says so only then."""

from __future__ import annotations

from pathlib import Path

import liantu
from benchmarks.asking import ANSWERS, asking
from graph.store import open_store
from graph.whole import whole
from queries.catalogue import ids


def test_every_question_is_asked(tmp_path: Path) -> None:
    workspace, _ = liantu.demo(tmp_path / "样例")
    with open_store(workspace.store) as store:
        rows = list(asking(store, store, whole(store), workspace.settings, runs=1))
    assert len(rows) == len(ids()) + len(ANSWERS)
