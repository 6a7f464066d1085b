"""Texts that no spreadsheet program takes for a formula: whatever is written as CSV goes through here."""

from __future__ import annotations

from typing import TypeVar

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula when it opens a CSV."""
_UNSEEN = " \u200e\u200f\ufeff"
"""What it passes over before it looks."""

T = TypeVar("T")


def inert(value: T) -> T | str:
    """A text that begins like a formula with an apostrophe before it; anything else as it is."""
    if isinstance(value, str) and value.lstrip(_UNSEEN).startswith(FORMULA):
        return f"'{value}"
    return value


def meant(text: str) -> str:
    """The way back: a text without the apostrophe that ``inert`` put before it, any other as it is."""
    return text[1:] if text.startswith("'") and inert(text[1:]) == text else text
