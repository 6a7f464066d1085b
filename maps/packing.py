"""Records for a page without saying their keys and their texts again and again: a third of the size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def packed(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``{keys, words, rows}``: a record is its values in the order of the keys; a text in it is −1, −2 …, its place among the words.

    So numbers in a record must not be negative: ValueError. ``unpack`` in lists.js leads back.
    """
    words: dict[str, int] = {}

    def pack(value: Any) -> Any:
        if isinstance(value, str):
            return -1 - words.setdefault(value, len(words))
        if isinstance(value, int | float) and value < 0:
            raise ValueError(f"a negative number would be read as a text: {value}")
        return [pack(v) for v in value] if isinstance(value, list | tuple) else value

    keys = list(records[0]) if records else []
    return {"keys": keys, "rows": [[pack(record[key]) for key in keys] for record in records], "words": list(words)}
