"""Texts without what turns a page round or breaks a file: whatever is drawn or written as XML goes through here."""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u200d"
"""Joins emoji; every other format character (bidi controls, BOM, tags) is dropped."""


def clean(text: str) -> str:
    """The text without control, bidi-control and half (surrogate) characters; blanks collapsed.

    A name with U+202E would turn round what stands after it; a lone surrogate cannot be written as UTF-8.
    U+FFFE and U+FFFF are not allowed in XML.
    """
    kept = (_harmless(c) for c in text)
    return re.sub(r" +", " ", "".join(kept)).strip()


def _harmless(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.category(char)
    if char in JOINER or (kind not in ("Cc", "Cf", "Cs") and ord(char) & 0xFFFE != 0xFFFE):
        return char
    return ""
