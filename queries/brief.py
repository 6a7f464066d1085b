"""What to know before a visit: the firm among the target firms, how the place stands for what it would fill, who introduces us."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.brief import Brief
from analysis.briefing import brief as composed
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.compare import compare
from queries.introduce import introduce
from queries.targets import What, targets


def brief(store: Store, settings: Settings, firm: str, rivals: Sequence[str], factors: Path, asked: Asked) -> Brief:
    """For the node that stands first among those it would fill; QuestionError for an unknown firm or region."""
    found = targets(store, settings, What(firm=firm), asked)
    beside = compare(store, settings, found.rows[0].node, rivals, factors, asked) if rivals and found.rows else None
    return composed(firm, found, beside, introduce(store, settings, firm, asked))
