"""Names of files made of names in the data. A file's name is never a name as it is: ``../x`` is no path, ``CON`` no device."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from graph.harmless import clean

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for itself, whatever the suffix."""


def stem(name: str, most: int = 60) -> str:
    """Letters and digits of a name, what stands between them as ``-``; at most so many characters, and never empty."""
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in unicodedata.normalize("NFKC", clean(name)))
    made = "-".join(kept.split())[:most].strip("-") or "chain"
    return f"{made}-" if made.lower() in _DEVICES else made


def numbered(names: Iterable[str], suffix: str = ".html") -> dict[str, str]:
    """Name → its file: a number by the order of the names, then ``stem``. The same names give the same files, all distinct."""
    ordered = sorted(set(names))
    digits = max(2, len(str(len(ordered))))
    return {name: f"{i:0{digits}}-{stem(name, 24)}{suffix}" for i, name in enumerate(ordered, 1)}
