"""What a tile of the overview says: words and numbers, the same for the page and the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.overview import Overview, Since, Tile
from graph.harmless import clean
from maps import labels
from maps.figures import percent
from maps.labels import say
from maps.status import counts
from maps.weights import weighty

NAMED = 3
"""Names on a tile: more than that nobody reads from the back of a room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A label with what is to be said; ``tone``: alarm, good, quiet or ''. ``more`` is a second line of names, or ''."""

    label: str
    text: str
    tone: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A tile in words; ``counts`` are its nodes by status, without those outside the chain."""

    name: str
    size: str
    who: tuple[Line, ...]
    counts: dict[str, int]
    lines: tuple[Line, ...]


def told(overview: Overview, lang: str) -> list[Words]:
    """Every tile; who is in charge is said of all where it is of one, so that they stand alike."""
    charged = any(tile.charge for tile in overview.rows)
    return [words(tile, lang, charged) for tile in overview.rows]


def words(tile: Tile, lang: str, charged: bool = False) -> Words:
    """``charged``: who is in charge is said to be unknown where nobody says so, and else left out."""
    panorama = tile.picture.panorama
    found = {status: n for status, n in counts(panorama).items() if status != "boundary"}
    size = say("tile_nodes_counted", lang, f"{sum(found.values()):,}")
    lines = [_gaps(tile, found, lang), *_figures(tile, lang), _stages(tile, lang), *([_since(tile.since, lang)] if tile.since else [])]
    return Words(clean(tile.chain), size, tuple(_who(tile, charged, lang)), found, tuple(lines))


def named(names: Sequence[str], lang: str, key: str = "tile_names") -> str:
    """Up to three names, and how many more there are; by ``tile_names_on`` only that there are."""
    shown = say("list_comma", lang).join(clean(n) for n in names[:NAMED])
    return shown if len(names) <= NAMED else say(key, lang, shown, len(names) - NAMED)


def broken(tile: Tile) -> int:
    """How many nodes are broken or missing."""
    return sum(row.verdict in ("broken", "missing") for row in tile.picture.panorama.gaps.rows)


def title(overview: Overview, lang: str) -> str:
    return clean(say("overview", lang, clean(overview.region)))


def meta(overview: Overview, lang: str) -> list[str]:
    """How many chains, the days, the audience and the scope."""
    parts = [
        say("tile_chains_counted", lang, len(overview.rows), sum(1 for tile in overview.rows if broken(tile))),
        say("as_of", lang, overview.as_of.isoformat()),
        say("known_by", lang, overview.known_by.isoformat()),
        say("audience", lang, labels.audience(overview.audience, lang)),
        say("scope", lang),
    ]
    return [clean(p) for p in parts]


def notes(overview: Overview, lang: str) -> list[str]:
    first = [say("overview_since", lang, overview.first.isoformat())] if overview.first else []
    return [say("overview_order", lang), say("overview_figures", lang), *first]


def _who(tile: Tile, charged: bool, lang: str) -> list[Line]:
    """The firms called 链主, and who is in charge of the chain."""
    unknown, found = say("unknown_value", lang), named(tile.masters, lang)
    masters = Line(say("tile_master", lang), found or unknown, "" if found else "quiet")
    people = clean(tile.charge.leader or tile.charge.team) if tile.charge else ""
    where = f" · {clean(tile.charge.department)}" if tile.charge and tile.charge.department else ""
    if not people and not charged:
        return [masters]
    return [masters, Line(say("tile_in_charge", lang), f"{people}{where}" if people else unknown, "" if people else "quiet")]


def _gaps(tile: Tile, found: dict[str, int], lang: str) -> Line:
    rows = weighty(tile.picture.panorama.gaps.rows)
    hard = [r.node for r in rows if r.verdict != "extension"]
    soft = [r.node for r in rows if r.verdict == "extension"]
    label = say("tile_breaks", lang)
    if not rows:
        looked = sum(n for status, n in found.items() if status != "unknown")
        return Line(label, say("tile_no_gaps_known" if looked else "tile_none_looked", lang), "good" if looked else "quiet")
    text = f"{len(hard)}" + (f" · {say('tile_extensions', lang)} {len(soft)}" if soft else "")
    return Line(label, text, "alarm" if hard else "", named(hard or soft, lang, "tile_names_on"))


def _figures(tile: Tile, lang: str) -> list[Line]:
    figures = tile.picture.panorama.gaps.figures
    complete, enough = say("unknown_value", lang), say("tile_no_price", lang)
    if figures and figures.completeness is not None:
        looked = figures.needed - len(figures.unlooked)
        complete = say("tile_completeness_of", lang, percent(figures.completeness), figures.standing, looked, len(figures.unlooked))
    elif figures:
        complete = say("tile_nothing_known", lang, figures.needed) if figures.needed else say("tile_none_needed", lang)
    if figures and figures.sufficiency is not None:
        enough = say("tile_sufficiency_of", lang, percent(figures.sufficiency), len(figures.priced))
    known = [figures is not None and figures.completeness is not None, figures is not None and figures.sufficiency is not None]
    return [Line(say("tile_completeness", lang), complete, "" if known[0] else "quiet"),
            Line(say("tile_sufficiency", lang), enough, "" if known[1] else "quiet")]


def _stages(tile: Tile, lang: str) -> Line:
    """The stages that have a project. No "0": not typed in is not missing."""
    text = " · ".join(f"{labels.stage(stage, lang)} {n}" for stage, n in tile.stages if n)
    return Line(say("tile_stage_counts", lang), text or say("tile_no_projects", lang), "" if text else "quiet")


def _since(since: Since, lang: str) -> Line:
    """How many of each kind; then which, and how many more were only learned."""
    met = [(key, names) for key, names in (("tile_opened", since.opened), ("tile_closed", since.closed), ("tile_slipped", since.slipped)) if names]
    names = list(dict.fromkeys(name for _, some in met for name in some))
    learned = say("tile_learned", lang, since.learned) if since.learned else ""
    told = [*(say(key, lang, len(some)) for key, some in met), *([say("tile_others", lang, since.others)] if since.others else [])]
    return Line(say("tile_since", lang, since.first.isoformat()),
                " · ".join(told) or say("tile_unchanged", lang),
                "alarm" if since.opened or since.slipped else "good" if since.closed else "quiet",
                " · ".join(filter(None, (named(names, lang, "tile_names_on"), learned))))
