"""All chains at once: of each what its map draws, who leads it, what is under way, and what became of it since a day."""

from __future__ import annotations

from datetime import date

from analysis.overview import Charge, Overview, Since, Tile, masters, ordered, since, stages
from graph.clocks import believed
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.diff import kinds
from queries.names import chain_names
from queries.picture import picture


def overview(store: Store, settings: Settings, asked: Asked, first: date | None = None, due: date | None = None,
             timeline: bool = False) -> Overview:
    """The chains that the audience may see; with the changes since ``first`` and the goals for ``due``, where these are given.

    ``timeline``: each with every day before, as its own page shows it.

    LiantuError where there is no chain, and where ``first`` is not before ``asked.as_of`` or later than ``asked.known_by``.
    """
    chains = chain_names(store, asked.audience)
    if not chains:
        raise LiantuError("没有产业链 / there is no chain", "导入环节表, 或 `liantu init 城市 --chain 光伏` / load a sheet of chain nodes")
    charges = _charges(Reader(store, asked), chains)

    def tile(chain: str) -> Tile:
        found = picture(store, settings, chain, asked, due, timeline=timeline)
        changed = _since(store, settings, chain, first, asked) if first else None
        return Tile(found, masters(found.panorama.nodes), charges.get(chain), stages(found.panorama.gaps.rows), changed)

    return Overview("overview", asked.region, None, asked.as_of, asked.known_by, asked.audience,
                    ordered(tile(chain) for chain in chains), first)


def _since(store: Store, settings: Settings, chain: str, first: date, asked: Asked) -> Since:
    return since(first, *kinds(store, settings, chain, first, asked))


def _charges(reader: Reader, chains: list[str]) -> dict[str, Charge]:
    """Chain → who is in charge of it."""
    return {f.end: Charge(f.start, f["leader"] or "", f["department"] or "")
            for f in believed(reader.seen("runs", "RUNS", "Team", chains=chains))}
