"""All chains at once, a tile each: how a chain stands, who leads it, what is under way and what became of it since a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.answers import GapRow, PlacedNode
from analysis.building import ORDER
from analysis.changes import Key
from analysis.picture import Picture
from analysis.words import GAP_VERDICTS


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is in charge of a chain: the team, its leader and its department, '' where the store does not say."""

    team: str
    leader: str
    department: str


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since ``first``: nodes whose gap ``opened`` or ``closed``, projects that ``slipped``, by name.

    ``learned`` counts such changes that were so on that day already and only became known since: they are in none of the three.
    ``others`` counts the real changes of other kinds (verdicts, figures, stages …), which ``diff`` lists.
    """

    first: date
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    slipped: tuple[str, ...]
    learned: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One chain. ``masters`` are the firms called 链主 with a plant for it here; ``stages`` its projects by stage, each once."""

    picture: Picture
    masters: tuple[str, ...]
    charge: Charge | None
    stages: tuple[tuple[str, int], ...]
    since: Since | None

    @property
    def chain(self) -> str:
        return self.picture.panorama.gaps.chain


@dataclass(frozen=True, slots=True)
class Overview:
    """Answer to: how do all our chains stand? Those with most broken and missing nodes come first; ``first`` is the day of the changes."""

    question: str
    region: str
    chain: None
    as_of: date
    known_by: date
    audience: str
    rows: tuple[Tile, ...]
    first: date | None = None


def ordered(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """Most broken and missing nodes first, then most extensions; what nobody has looked at has none and comes last; then by name."""
    def weight(tile: Tile) -> tuple[int, int, int, str]:
        counts = [sum(row.verdict == verdict for row in tile.picture.panorama.gaps.rows) for verdict in (*GAP_VERDICTS, "unknown")]
        return (-counts[0] - counts[1], -counts[2], counts[3], tile.chain)

    return tuple(sorted(tiles, key=weight))


def masters(nodes: Iterable[PlacedNode]) -> tuple[str, ...]:
    """The firms called 链主, each once, those of the earlier nodes first."""
    return tuple(dict.fromkeys(name for node in nodes for name in node.masters))


def stages(rows: Iterable[GapRow]) -> tuple[tuple[str, int], ...]:
    """How many whole projects are at each stage; one for several nodes counts once, at its furthest."""
    furthest: dict[str, str] = {}
    for item in (item for row in rows for item in row.pipeline):
        furthest[item.project] = min(furthest.get(item.project, item.stage), item.stage, key=ORDER.index)
    return tuple((stage, list(furthest.values()).count(stage)) for stage in ORDER)


def since(first: date, real: Iterable[tuple[Key, str]], learned: Iterable[tuple[Key, str]]) -> Since:
    """Of the changes of a chain, by ``analysis.changes.changes``, those that a tile names, and how many others there are."""
    real = list(real)
    told = {kind: tuple(dict.fromkeys(key[1] for key, one in real if one == kind)) for kind in ("opened", "closed", "slipped")}
    return Since(first, told["opened"], told["closed"], told["slipped"], len({key for key, kind in learned if kind in told}),
                 sum(kind not in told for _, kind in real))
