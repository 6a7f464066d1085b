"""Which gaps matter most: broken before missing before extension, essential inputs first, then by what stops without them."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.answers import GapRow
from analysis.words import GAP_VERDICTS


def weighty(rows: Iterable[GapRow]) -> list[GapRow]:
    """The gaps among the rows, the weightiest first; those of equal weight by name."""
    return sorted((r for r in rows if r.verdict in GAP_VERDICTS), key=_weight)


def _weight(row: GapRow) -> tuple[int, bool, float, str]:
    stops = max((risk.share or 0.0 for risk in row.output_at_risk or ()), default=0.0)
    return GAP_VERDICTS.index(row.verdict), "essential" not in row.flags, -stops, row.node
