"""The parts of answers: figures with units, ranges, plans, steps of a derivation, sources. Frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit; ``value`` is None where it stands but its size is unknown."""

    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest by issuer, and the one used (the believed fact's); ratios."""

    low: float | None
    high: float | None
    used: float | None


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand by issuer of the coefficient; nulls where its size is unknown, ``used`` 0 where none.

    ``at_least`` is what is known of a demand whose whole size is not.
    """

    low: float | None
    high: float | None
    used: float | None
    unit: str
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    value: float | None
    unit: str
    due: date


@dataclass(frozen=True, slots=True)
class Slip:
    """A planned day that was replaced: ``due`` gave way to ``revised``, first stated on ``stated``."""

    due: date
    revised: date
    stated: date
    known_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: the rule that fired, in both languages, and its facts."""

    rule: str
    zh: str
    en: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    publisher: str
    published: date | None
    authority: int


@dataclass(frozen=True, slots=True)
class AtRisk:
    """What stops at ``node`` where something is cut: ``share`` of its output (1 is all), ``amount`` in its unit.

    ``amount`` is None where the node's size is unknown, ``share`` where only that something stops is known.
    """

    node: str
    amount: float | None
    unit: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What one unit more of a node is worth while its outside supply is cut: the shadow price.

    ``shares`` is the sum of running shares gained by one ``unit``; ``gains`` what each node makes more of.
    """

    unit: str
    shares: float
    gains: tuple[AtRisk, ...]


@dataclass(frozen=True, slots=True)
class StageSum:
    """What the projects of one stage add up to; the three are never added up. ``unsized`` projects are not in it."""

    stage: str
    capacity: float | None
    unit: str
    projects: int
    unsized: int


@dataclass(frozen=True, slots=True)
class Makers:
    """How many firms make a node here, the greatest one's share of S and the Herfindahl–Hirschman index (1 is one firm)."""

    firms: int
    top: str
    share: float | None
    hhi: float | None


@dataclass(frozen=True, slots=True)
class Leakage:
    """外购额: what has to be bought elsewhere, (D − S)⁺; ``value`` in 亿元 a year where a price is known."""

    amount: float
    unit: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a row among all that are ranked, and the parts it was ranked by: (name, 中文, English), in order."""

    place: int
    parts: tuple[tuple[str, str, str], ...]
