"""The parts of answers: figures with units, ranges, plans, steps of a derivation, sources. Frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


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


def source(id: str, row: Mapping[str, Any]) -> Source:
    """From what the store says of it; one without a title is called by its id."""
    return Source(id, row.get("title") or id, row.get("publisher") or "", row.get("published"), int(row.get("authority") or 0))


@dataclass(frozen=True, slots=True)
class AtRisk:
    """What of a node stops: ``amount`` of its saleable size in ``unit`` (a year where it is a yearly one).

    ``share`` is the part that stops (1 − running share): 1 stands still, 0.25 runs at three quarters.
    None: it stops by an unknown amount or part, which may be small.
    """

    node: str
    amount: float | None
    unit: str
    share: float | None


@dataclass(frozen=True, slots=True)
class More:
    """How much more of a node runs, in ``unit``, by one unit of the input."""

    node: str
    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Worth:
    """Worth of one ``unit`` more at ``node`` while its outside supply is cut: the shadow price.

    ``shares`` is the growth of the sum of all running shares; ``runs`` whose output it is (to six digits).
    """

    node: str
    unit: str
    shares: float
    runs: tuple[More, ...]


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
    """How many firms make a node here, the greatest one's share of S and the Herfindahl–Hirschman index (1 is one firm).

    ``top`` is '' where the greatest is one of those whose plants the store added up.
    """

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


@dataclass(frozen=True, slots=True)
class Published:
    """A goal that the region itself published for the chain, at an indicator."""

    indicator: str
    goal: Goal
    source: str


@dataclass(frozen=True, slots=True)
class Lane:
    """S of one node of the main lane in equivalents of the ``unit`` of the final product, and against the widest.

    ``equivalent`` is None where S or a coefficient on the way is unknown.
    """

    node: str
    equivalent: float | None
    unit: str
    share: float | None


@dataclass(frozen=True, slots=True)
class ChainFigures:
    """``completeness`` 环节齐备率: needed nodes that stand ÷ needed nodes whose state is known; ``unlooked`` apart.

    ``sufficiency`` 数量保障度: Σ min(S, D)·price ÷ Σ D·price over the ``priced`` nodes; None where none has a price.
    """

    needed: int
    standing: int
    unlooked: tuple[str, ...]
    completeness: float | None
    sufficiency: float | None
    priced: tuple[str, ...]
    published: tuple[Published, ...]
    profile: tuple[Lane, ...]
