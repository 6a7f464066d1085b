"""One name in all the ways that a keyboard writes it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def normal(name: str) -> str:
    """Key under which a name is found: NFKC, no blanks, lower case, half-width brackets."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.isprintable():  # then the only blank is ' ', and nothing is of Cf: almost every name
        return folded.replace(" ", "")
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")
