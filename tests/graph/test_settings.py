"""liantu.toml: written, read back, and refused with the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.settings import RANKING, Settings, read, text

HEAD = '[workspace]\nworkspace = "w"\nregion = "市"\n'


def given(folder: Path, more: str = "") -> Settings:
    path = folder / "liantu.toml"
    path.write_text(HEAD + more, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("order", [RANKING, ("must-pass",), ("leakage", "verdict")])
def test_what_is_written_is_read_back(tmp_path: Path, order: tuple[str, ...]) -> None:
    path = tmp_path / "liantu.toml"
    path.write_text(text(Settings("w", "市", ranking=order)), encoding="utf-8")
    assert read(path) == Settings("w", "市", ranking=order)


def test_the_order_of_ranking_is_ours_unless_said_otherwise(tmp_path: Path) -> None:
    assert given(tmp_path).ranking == given(tmp_path, "[ranking]\n").ranking == RANKING


@pytest.mark.parametrize("more", ['order = ["verdict", "money"]', 'order = ["verdict", "verdict"]', "order = []",
                                  'order = "verdict"', "order = [1]", 'by = ["verdict"]'])
def test_a_wrong_order_names_what_may_stand_there(tmp_path: Path, more: str) -> None:
    with pytest.raises(LiantuError) as caught:
        given(tmp_path, f"[ranking]\n{more}\n")
    assert "[ranking]" in str(caught.value) and ("verdict, output-at-risk" in str(caught.value) or "known keys: order" in str(caught.value))
