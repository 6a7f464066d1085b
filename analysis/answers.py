"""Answers: frozen records with one JSON form, made of ``analysis.parts``. Table, JSON, xlsx, map and page draw from them.

A trailing underscore (``yield_``) only avoids a keyword of Python; JSON carries ``yield``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.parts import (
    Amount,
    AtRisk,
    ChainFigures,
    Demand,
    Goal,
    Leakage,
    Makers,
    Range,
    Rank,
    Slip,
    Source,
    StageSum,
    Step,
    Worth,
)


@dataclass(frozen=True, slots=True)
class PipelineItem:
    """A project (or phase) that is neither operating nor ended; ``capacity`` is saleable.

    Of a project with phases it is the sum of those at its furthest ``stage``: stages are never added up.

    ``stage``: 在谈, 签约 or 在建. ``stalled`` where its last word is 停滞.
    """

    project: str
    stage: str
    capacity: float | None
    unit: str
    yield_: float | None
    due: date | None
    slips: tuple[Slip, ...]
    missing_permits: tuple[str, ...]
    would_cover: Range | None
    stalled: bool = False
    overdue: bool = False
    investors: tuple[str, ...] = ()
    phases: tuple[PipelineItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said of a node, with the state that the evidence supports.

    ``evidence``: stands, not-standing, unknown (nobody has looked) or unproven (an opening is
    reported that does not say which node opened).
    """

    claimant: str
    node: str
    says: str
    scope: str
    day: date
    known_from: date
    evidence: str
    holds: bool
    source: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """One chain node of the asked chain. ``own`` is the supply without its variants.

    ``figure`` is what regions report and ``listed`` what the plants add up to, both printed beside ``supply``;
    ``own_verdict`` is the verdict of ``own`` where the node has variants. ``after_building`` is the coverage once what
    is under construction runs; ``output_at_risk`` is None where it cannot be computed; ``must_pass`` are the final
    products that need this node on every path, ``paths`` how many lead through it; ``rank`` is of ranked rows.
    The last three are None where they were not asked for: ``explain`` and ``everything`` tell them.
    """

    chain: str
    node: str
    verdict: str
    flags: tuple[str, ...]
    supply: Amount | None
    own: Amount | None
    demand: Demand
    coverage: Range | None
    pipeline: tuple[PipelineItem, ...]
    leaves: Amount | None
    nearby: str | None
    goal: Goal | None
    claims: tuple[Claim, ...]
    derivation: tuple[Step, ...]
    sources: tuple[Source, ...]
    figure: Amount | None = None
    listed: Amount | None = None
    conversion: float | None = None
    own_verdict: str | None = None
    sums: tuple[StageSum, ...] = ()
    after_building: Range | None = None
    output_at_risk: tuple[AtRisk, ...] | None = ()
    worth: Worth | None = None
    makers: Makers | None = None
    leakage: Leakage | None = None
    must_pass: tuple[str, ...] | None = None
    paths: int | None = None
    rank: Rank | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """Answer to: what is missing in this chain, here, as of that day, known by that day?

    ``notes`` are (中文, English) sentences for the foot: what is unknown and what would tell most. ``figures`` are of
    the chain as a whole.
    """

    question: str
    region: str
    chain: str
    as_of: date
    known_by: date
    audience: str
    rows: tuple[GapRow, ...]
    notes: tuple[tuple[str, str], ...] = ()
    figures: ChainFigures | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Answer to: which claims does the evidence not back? ``chain`` None: all chains."""

    question: str
    region: str
    chain: str | None
    as_of: date
    known_by: date
    audience: str
    rows: tuple[Claim, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node of the panorama with its place; ``firms`` and ``projects`` are names met here.

    The firms that are 链主 (``masters``) come first, then those of the greatest capacity.
    """

    node: str
    boundary: bool
    band: str
    col: int | None
    lane: str
    unit: str
    variant_of: str | None
    firms: tuple[str, ...]
    projects: tuple[str, ...]
    masters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    upstream: str
    downstream: str
    role: str
    essential: bool
    coefficient: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Panorama:
    """A chain with its places and edges, and the gaps answer it is coloured by.

    ``around`` is the asked region and those it lies in, nearest first: names of firms begin with them.
    """

    question: str
    gaps: Gaps
    nodes: tuple[PlacedNode, ...]
    feeds: tuple[Feed, ...]
    around: tuple[str, ...] = ()


def plain(value: Any) -> Any:
    """JSON form of an answer: dicts, lists, numbers, texts; days as ISO texts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
