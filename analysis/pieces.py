"""What stands: plants and operating projects as pieces, and how they add up in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from analysis.amounts import factor, named
from analysis.evidence import Bundle, Evidence
from analysis.parts import Step
from graph.clocks import Seen


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stands: a plant, an operating project, or plants added up by the store (``bundle``, no ``fact``).

    ``saleable`` is after its yield.
    """

    firm: str
    node: str
    region: str
    since: date | None
    gross: float | None
    saleable: float | None
    unit: str
    fact: Seen | None
    title: str
    bundle: Bundle | None = None

    @property
    def cited(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Its fact and source, as a step cites them."""
        return ((self.fact.id,), (self.fact.source,)) if self.fact else ((), ())


@dataclass
class Sum:
    """Adds pieces in one unit, where none is given the first of theirs; what is blank or does not convert is unsized."""

    unit: str
    saleable: float = 0.0
    gross: float = 0.0
    sized: int = 0
    blank: int = 0
    taken: list[Piece] = field(default_factory=list)
    clashes: list[Piece] = field(default_factory=list)

    def add(self, pieces: Iterable[Piece]) -> None:
        pieces = list(pieces)
        self.unit = self.unit or next((p.unit for p in pieces if p.unit), "")
        for piece in pieces:
            self.taken.append(piece)
            times = factor(piece.unit, self.unit)
            if piece.saleable is None or piece.gross is None or times is None:
                self.blank += 1
                self.clashes += [piece] if times is None and piece.saleable is not None else []
                continue
            self.saleable += piece.saleable * times
            self.gross += piece.gross * times
            self.sized += 1

    def steps(self) -> list[Step]:
        """A unit that does not convert is named, and never a silent zero."""
        return [Step("unit.clash", f"单位不能换算, 不计入: {_size(p, '', zh)} → {self.unit}",
                     f"does not convert, not counted: {_size(p, '', en)} → {self.unit}", *p.cited)
                for p in self.clashes for zh, en in (named(p.unit),)]


def after(fact: Seen) -> float | None:
    capacity, rate = fact["capacity"], fact["yield_rate"]
    return None if capacity is None else float(capacity) * (1.0 if rate is None else float(rate))


def finest(evidence: Evidence, plants: Sequence[Seen]) -> list[Seen]:
    """Plants here, each once."""
    return [f for f in stated_once(evidence, plants) if f["region"] in evidence.regions]


def stated_once(evidence: Evidence, plants: Sequence[Seen]) -> list[Seen]:
    """A plant stated at a region and again at a region within it is one plant, at the finer one."""
    stated: dict[tuple[str, str, str], list[str]] = {}
    for fact in plants:
        stated.setdefault((fact.start, fact.end, fact["plant"]), []).append(fact["region"])

    def outdone(fact: Seen) -> bool:
        return any(region != fact["region"] and evidence.inside(region, fact["region"])
                   for region in stated[fact.start, fact.end, fact["plant"]])
    return [f for f in plants if not outdone(f)]


def piece_steps(rule: str, zh: str, en: str, pieces: Iterable[Piece]) -> list[Step]:
    return [Step(rule, f"{zh}: {title} {_size(p, '产能待核')}", f"{en}: {english} {_size(p, 'size unknown')}", *p.cited)
            for p in pieces for title, english in (_titles(p),)]


def of_bundle(bundle: Bundle, unit: str) -> Iterator[Piece]:
    """What of it is sized, in its node's unit, and what is not."""
    blank = bundle.plants - bundle.sized
    if bundle.sized:
        yield Piece("", bundle.node, bundle.region, None, bundle.gross, bundle.saleable, unit, None, "",
                    replace(bundle, plants=bundle.sized))
    if blank:
        yield Piece("", bundle.node, bundle.region, None, None, None, "", None, "",
                    replace(bundle, plants=blank, sized=0, gross=0.0, saleable=0.0, squares=0.0, greatest=None))


def _titles(piece: Piece) -> tuple[str, str]:
    """The store tells a bundle's sum only; who stands in it is another question."""
    if piece.bundle is None:
        return piece.title, piece.title
    count, node, region = piece.bundle.plants, piece.node, piece.region
    return (f"{region} {count} 家企业合计 (逐家: liantu query makes -p nodes={node})",
            f"{count} firms of {region} add up to (each: liantu query makes -p nodes={node})")


def _size(piece: Piece, unknown: str, unit: str = "") -> str:
    if piece.saleable is None:
        return unknown
    unit = unit or piece.unit
    if piece.gross == piece.saleable:
        return f"{piece.saleable:.6g} {unit}"
    return f"{piece.gross:.6g} × {piece.saleable / (piece.gross or 1):.4g} = {piece.saleable:.6g} {unit}"
