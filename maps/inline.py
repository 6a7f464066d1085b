"""Pages without a script: a template, its style, and the policy that lets nothing in but this very style, by hash."""

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


def policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
