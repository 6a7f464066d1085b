"""What a map of a chain draws, asked for in one go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.picture import Picture
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.diff import diff
from queries.panorama import panorama
from queries.prospect import prospect
from queries.timeline import over_time


def picture(store: Store, settings: Settings, chain: str, asked: Asked, due: date | None = None,
            first: date | None = None, timeline: bool = False) -> Picture:
    """The chain on ``asked.as_of``; with its goals for ``due``, and as it stood on ``first``, where these are given.

    With ``timeline`` also on every day before on which something changed: each is computed, so it takes a few times as long.

    Both days are seen by what is known by ``asked.known_by``, and what changed is told apart from what was only learned
    about ``first``. LiantuError where ``first`` is not the earlier day, QuestionError for an unknown chain.
    """
    if first and first >= asked.as_of:
        raise LiantuError(f"--from {first} 不早于 --to {asked.as_of} / is not the earlier day",
                          "给出先后两天 / give two days, the earlier one first")
    now = panorama(store, settings, chain, asked)
    return Picture(now, prospect(store, settings, chain, due, asked) if due else None,
                   panorama(store, settings, chain, replace(asked, as_of=first)) if first else None,
                   diff(store, settings, chain, first, asked) if first else None,
                   over_time(store, settings, chain, asked) if timeline else None)
