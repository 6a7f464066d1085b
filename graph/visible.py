"""Texts that do nothing to a terminal: what steers it, or turns the reading order, is shown instead of sent."""

from __future__ import annotations

import unicodedata

_HARMLESS = "\n\t"


def visible(text: str) -> str:
    """Control characters, marks of direction and half characters as their code (``\\x1b``, ``\\u202e``); the rest as it is."""
    return text if text.isprintable() else "".join(map(_character, text))


def _character(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return character.encode("ascii", "backslashreplace").decode() if ord(character) > 127 else f"\\x{ord(character):02x}"
