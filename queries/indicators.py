"""Goals at the indicators of chains, with their sources: what stands beside the goals of nodes."""

from __future__ import annotations

from dataclasses import replace

from analysis.evidence import Evidence
from graph.clocks import Seen
from queries.asking import Reader


def indicator_goals(reader: Reader, found: Evidence) -> tuple[Evidence, tuple[Seen, ...]]:
    """The evidence with the sources of the goals, and all visible goals at indicators of its chains and their nodes."""
    scopes = sorted({*found.chains, *(n for nodes in found.chains.values() for n in nodes)})
    goals = reader.seen("aims_at_indicators", "AIMS", "Region", scopes=scopes, regions=sorted(found.regions))
    more = sorted({f.source for f in goals} - set(found.sources))
    return replace(found, sources={**found.sources, **{r["id"]: r for r in reader.rows("sources", ids=more)}}), goals
