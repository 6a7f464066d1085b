"""A question as a person pastes it into Neo4j Browser or cypher-shell: its parameters, a line each, then its text.

The one place where values are written into a text. It is for a person's eyes and clipboard; nothing here runs it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from queries.catalogue import Question

_ODD = re.compile(r"['\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHORT = {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
EMPTY = {"text": "", "number": 0.0, "flag": False, "list": []}


def pasted(question: Question, values: Mapping[str, Any]) -> str:
    """``:param`` lines, then the text; a parameter without a value is left for the reader to fill in, and said so."""
    lines = [f":param {one.name} => {literal(values[one.name])};" if one.name in values
             else f":param {one.name} => {_blank(one.type)};  // ← {one.zh} / {one.en}" for one in question.parameters]
    return "\n".join([*lines, *([""] if lines else []), question.text.rstrip() + ";"])


def _blank(kind: str) -> str:
    return "date()" if kind == "day" else literal(EMPTY[kind])


def literal(value: Any) -> str:
    """A value as Cypher writes it: text, number, flag, day, null, or a list of these."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, str):
        return "'" + _ODD.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04x}"), value) + "'"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
