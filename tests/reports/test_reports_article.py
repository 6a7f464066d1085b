"""What an article says, drawn as a table. All of it is invented."""

from __future__ import annotations

from typing import get_args

from loaders.article.said import Kind
from reports import listing


def test_every_kind_of_fact_has_its_words() -> None:
    assert set(get_args(Kind)) == listing.KINDS.keys()


def test_a_row_speaks_the_models_words_in_both_languages() -> None:
    fact = {"kind": "milestone", "of": "造名项目", "basis": "planned", "what": "operating", "phase": "二期", "value": None, "text": "投产",
            "day": None, "day_text": "明年", "scope": "", "lines": [3]}
    [row] = listing.said([fact])
    assert row["类 kind"] == "里程碑 milestone" and row["内容 what"] == "计划 planned; 投产 operating; 二期"
    assert (row["数值 value"], row["日期 day"], row["行 line"]) == ("", "明年", "3")
