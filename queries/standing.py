"""Firms that have a plant or their seat in some regions."""

from __future__ import annotations

from collections.abc import Sequence

from graph.clocks import Seen, believed
from queries.asking import Reader


def standing(reader: Reader, firms: Sequence[str], regions: Sequence[str]) -> tuple[Seen, ...]:
    """Believed facts of these firms' plants and seats there, each with its ``region``: a plant ends at its chain node, a seat at the region.

    Who ever stood there is asked first: a later fact of another place may overrule an earlier one.
    """
    stood = [str(r["id"]) for r in reader.rows("stood_here", ids=list(firms), regions=list(regions))]
    facts = believed(reader.seen("stands_of_firms", "LOCATED_IN", "Firm", ids=stood))
    return tuple(f for f in facts if f["region"] in set(regions))
