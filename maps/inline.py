"""What every page is made of: a template, its parts, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, StrictUndefined


def part(name: str) -> str:
    """A file of the templates; the parser of HTML turns CR LF into LF, so the hash is of LF."""
    return (files("maps") / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def rendered(name: str, **values: object) -> str:
    """A template with everything escaped that is no ``Markup``."""
    return Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True).from_string(part(name)).render(**values)


def policy(style: str, *scripts: str) -> str:
    """Nothing but this very style and these very scripts, by hash."""
    let_in = f"script-src {' '.join(map(_hash, scripts))}; " if scripts else ""
    return f"default-src 'none'; {let_in}style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
