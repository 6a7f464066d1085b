"""An answer as JSON: UTF-8 not escaped, two blanks of indent."""

from __future__ import annotations

import json
from typing import Any

from analysis.answers import plain


def json_text(answer: Any) -> str:
    """The JSON form with a final newline; the schemas are in ``docs/schema/``."""
    return json.dumps(plain(answer), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
