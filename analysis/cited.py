"""A piece of evidence that an answer shows beside what it says: the fact in words, its source and its two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cited:
    """``kind`` names what it is evidence of; ``text`` and ``en`` say it in words; ``source`` and ``fact`` are ids.

    What is inferred and stated by nobody has no fact and no source, and its words begin with 推断 / inferred.
    """

    kind: str
    text: str
    en: str
    source: str
    valid_from: date
    known_from: date
    fact: str = ""
