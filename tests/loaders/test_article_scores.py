"""Precision and recall do not fall: on what the rules were made on, on what was kept for the end, on a real article where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.articles import ROOT, Score, scored, sets, table


def overall(score: Score) -> tuple[float, float]:
    right = sum(score.right.values())
    return right / sum(score.proposed.values()), right / sum(score.gold.values())


@pytest.mark.parametrize(("part", "least"), [("dev", 0.97), ("heldout", 0.88)])
def test_the_invented_articles(part: str, least: float) -> None:
    found = scored(sorted((ROOT / part).glob("*.txt")))
    assert min(overall(found)) >= least, found.wrong + found.missed


def test_a_real_and_damaged_article() -> None:
    path = Path(os.environ.get("LIANTU_ARTICLES", "-")) / "baotou-2023.txt"
    if not path.is_file():
        pytest.skip("LIANTU_ARTICLES names no folder with baotou-2023.txt")
    found = scored([path], ROOT)
    assert min(overall(found)) >= 0.94, found.wrong + found.missed


def test_the_table_has_every_set_and_counts_what_it_says() -> None:
    found = sets()
    assert {"dev", "heldout"} <= found.keys()
    assert f"/{sum(found['dev'].gold.values())})" in table(found).splitlines()[-2]


def test_every_invented_article_says_so() -> None:
    for path in [*(ROOT / "dev").glob("*.txt"), *(ROOT / "heldout").glob("*.txt")]:
        assert "本文纯属虚构" in path.read_text(encoding="utf-8").splitlines()[-1]
