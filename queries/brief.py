"""What to know before a visit: the firm among the target firms, how the place stands for what it would fill, who introduces us."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.brief import Brief
from analysis.briefing import brief as composed
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.compare import compare, regions_beside
from queries.introduce import introduce
from queries.targets import What, targets


def brief(store: Store, settings: Settings, firm: str, rivals: Sequence[str], factors: Path, asked: Asked) -> Brief:
    """For the node that stands first among those it would fill; QuestionError for an unknown firm or region."""
    introduced = introduce(store, settings, firm, asked)
    found = targets(store, settings, What(firm=firm), factors, asked)
    node = next((row.node for row in found.rows if row.id == introduced.rows[0].id), "")
    if rivals:
        regions_beside(store, settings, rivals, asked)  # whatever the firm would fill, a region that is none is told
    beside = compare(store, settings, node, rivals, factors, asked) if rivals and node else None
    return composed(found, beside, introduced, int(settings.introductions.hops), bool(rivals))
