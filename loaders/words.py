"""A value of the model as a person reads it in a sentence."""

from __future__ import annotations

from graph.declare import Property


def plain(value: object) -> str:
    """A figure without powers of ten, a flag as 是 or 否, anything else as it is."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.12g}" if isinstance(value, float) and abs(value) < 1e12 else str(value)


def words(of: Property, value: object) -> str:
    """A stored choice by its Chinese word (operating: 在产)."""
    return next((zh for stored, zh, _ in of.choices if stored == value), plain(value))
