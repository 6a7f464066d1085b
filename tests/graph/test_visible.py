"""What a terminal would obey is shown to it instead."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.visible import visible


@pytest.mark.parametrize(("text", "shown"), [
    ("甲公司 / firm\n\t→", "甲公司 / firm\n\t→"), ("\x1b[31m红", "\\x1b[31m红"), ("甲\u202e司公", "甲\\u202e司公"), ("\x9b31m", "\\x9b31m"),
    ("\r\x00\x07\x7f", "\\x0d\\x00\\x07\\x7f"), ("\udcff", "\\udcff"), ("\u200b\u2028", "\\u200b\\u2028"), ("😀", "😀")])
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(), max_size=50))
def test_nothing_that_steers_is_left(text: str) -> None:
    made = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in made if c not in "\n\t")
    assert visible(made) == made
