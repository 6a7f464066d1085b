"""Figures as people read them: thousands separated, no false digits, unknown printed as unknown."""

from __future__ import annotations

from analysis.parts import Amount, Demand, Range
from maps.labels import say


def number(value: float) -> str:
    """At most one decimal from 10 upwards, two from 1, three significant digits below."""
    size = abs(value)
    places = 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{places}f}" if size >= 0.01 or value == 0 else f"{value:.2g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def factor(value: float) -> str:
    """A coefficient, with the digits it was given."""
    return f"{value:.6g}"


def amount(value: Amount | None, lang: str) -> str:
    """``795 kt/a``; None is unknown, a None value stands but its size is unknown."""
    if value is None:
        return say("unknown_value", lang)
    return sized(value.value, value.unit, lang)


def sized(value: float | None, unit: str, lang: str) -> str:
    return say("unsized", lang) if value is None else f"{number(value)} {unit}".strip()


def percent(value: float) -> str:
    return f"{value * 100:,.0f}%"


def share(ratio: Range, lang: str, cap: bool = False) -> str:
    """``109%（100%–136%）``: the ratio used, then lowest and highest by issuer where they differ.

    ``cap`` cuts each at 100 %: coverage, where the ratio may be more.
    """
    used, low, high = (None if v is None else percent(min(v, 1.0) if cap else v) for v in _three(ratio))
    if used is None:
        return say("unknown_value", lang)
    if low is None or high is None or low == high:
        return used
    return say("range", lang, used, low, high)


def _three(value: Range | Demand) -> tuple[float | None, float | None, float | None]:
    return value.used, value.low, value.high


def demand(value: Demand, lang: str) -> str:
    """None where there is none, the range where issuers differ, at least what is known of it."""
    if value.used == 0:
        return say("no_demand", lang)
    if value.used is None:
        text = say("unsized", lang)
        least = None if value.at_least is None else say("at_least", lang, sized(value.at_least, value.unit, lang))
        return say("list_comma", lang).join(t for t in (text, least) if t)
    used, low, high = sized(value.used, value.unit, lang), value.low, value.high
    if low is None or high is None or number(low) == number(high):
        return used
    return say("range", lang, used, number(low), number(high))
