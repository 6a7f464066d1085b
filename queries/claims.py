"""The claims that the evidence does not back."""

from __future__ import annotations

from analysis.answers import Claim, Claims
from analysis.parts import Source
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.gaps import gaps
from queries.names import chain_names


def claims(store: Store, settings: Settings, chain: str | None, asked: Asked) -> Claims:
    """Claims of 填补 or 完整 about nodes that do not stand on the day, by any chain or one."""
    chains = [chain] if chain else chain_names(store, asked.audience)
    rows: dict[tuple[str, ...], Claim] = {}
    sources: dict[str, Source] = {}
    for one in chains:
        for row in gaps(store, settings, one, asked).rows:
            unbacked = [c for c in row.claims if c.says in ("filled", "complete") and c.evidence != "stands"]
            rows |= {(c.claimant, c.node, c.says, c.scope, c.day.isoformat()): c for c in unbacked}
            cited = {c.source for c in unbacked}
            sources |= {s.id: s for s in row.sources if s.id in cited}
    return Claims("claims", asked.region, chain, asked.as_of, asked.known_by, asked.audience,
                  tuple(rows[key] for key in sorted(rows)), tuple(sources[id] for id in sorted(sources)))
