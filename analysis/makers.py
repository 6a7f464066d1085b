"""Single points: who makes a node here, and how much of it hangs on one of them.

Concentration is by group and not by legal entity: firms of one group (joined by OWNS) decide and fail together.
``Makers.firms`` counts the legal entities; ``top``, ``share``, ``hhi`` and the flag 单点 take a group as one maker.
"""

from __future__ import annotations

from analysis.amounts import into
from analysis.evidence import Bundle, Evidence
from analysis.parts import Makers
from analysis.pieces import Piece
from analysis.supply import Supply
from formulas.concentration import herfindahl


def makers(evidence: Evidence, supply: Supply) -> Makers | None:
    """None where no maker is known. ``share`` and ``hhi`` are of S, and None where S is unsized or partial or the known
    makers stand for less of it than the limit (75 %). Where they add up to more than S, they are of that sum."""
    if not supply.pieces or not supply.stands:
        return None
    groups, bundles = _by_group(evidence, supply), _bundles(supply)
    top = max(groups, key=lambda g: (groups[g], g), default="")
    greatest = max((b.greatest or 0.0 for b in bundles), default=0.0)
    whole = _whole(evidence, supply, groups, bundles)
    share = max(groups.get(top, 0.0), greatest) / whole if whole else None
    hhi = herfindahl(size / whole for size in groups.values()) + sum(b.squares / whole / whole for b in bundles) if whole else None
    firms = len({p.firm for p in supply.pieces if p.bundle is None}) + sum(b.plants for b in bundles)
    title = _title(evidence, supply.pieces, top) if top and groups[top] >= greatest else ""
    return Makers(firms, title, share, hhi)


def single(evidence: Evidence, supply: Supply) -> bool:
    """One maker, or one with most of S; only where the known makers stand for most of S.

    Of unsized S: where a complete list names one maker.
    """
    groups, bundles = _by_group(evidence, supply), _bundles(supply)
    if supply.state == "unsized":
        return supply.complete and len(groups) + sum(b.plants for b in bundles) == 1
    return bool(_whole(evidence, supply, groups, bundles)) and \
        max([*groups.values(), *(b.greatest or 0.0 for b in bundles)]) >= evidence.limits.single_source * (supply.value or 0.0)


def _bundles(supply: Supply) -> list[Bundle]:
    """Makers of no group that has another plant for the node: each of their firms is one. Their unit is the node's."""
    return [p.bundle for p in supply.pieces if p.bundle]


def _whole(evidence: Evidence, supply: Supply, groups: dict[str, float], bundles: list[Bundle]) -> float | None:
    """What shares are taken of; None where a share would say nothing."""
    known = sum(groups.values()) + sum(b.saleable for b in bundles)
    if not supply.value or supply.partial or known < evidence.limits.single_source * supply.value:
        return None
    return max(supply.value, known)


def _by_group(evidence: Evidence, supply: Supply) -> dict[str, float]:
    """Sized saleable capacity by group; 0 for one whose size is unknown or does not convert."""
    out: dict[str, float] = {}
    for piece in supply.pieces:
        if piece.bundle:
            continue
        group = evidence.group(piece.firm)
        out[group] = out.get(group, 0.0) + (into(piece.saleable, piece.unit, supply.unit) or 0.0)
    return out


def _title(evidence: Evidence, pieces: tuple[Piece, ...], group: str) -> str:
    """The greatest firm of the group here: a representative of the group may have no plant here at all."""
    own = [p for p in pieces if p.bundle is None and evidence.group(p.firm) == group]
    return max(own, key=lambda p: (p.saleable or 0.0, p.title)).title
