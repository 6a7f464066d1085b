"""Labels: every word in both languages, and no part of the table overwrites a word of another."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from maps.labels import LABELS

ROOM = Path(__file__).parent.parent.parent / "maps"


def keys() -> list[str]:
    """The keys of every table of labels, as they are written."""
    found = []
    for path in sorted(ROOM.glob("labels*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict) and getattr(node.target, "id", "").isupper() \
                    and not getattr(node.target, "id", "").startswith("_"):
                found += [str(ast.literal_eval(key)) for key in node.value.keys if key is not None]
    return found


def test_no_word_is_overwritten_where_the_tables_are_joined() -> None:
    assert set(keys()) >= {"panorama", "overview"} and [key for key, n in Counter(keys()).items() if n > 1] == []


@pytest.mark.parametrize("key", LABELS)
def test_both_languages_take_the_same_values(key: str) -> None:
    chinese, english = LABELS[key]
    assert chinese and english and len(re.findall(r"{\d?}", chinese)) == len(re.findall(r"{\d?}", english))
