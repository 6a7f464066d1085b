"""The views of a picture beside the map itself: what a page shows as tabs, and ``--view`` and ``--from`` as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.picture import Picture
from graph.errors import LiantuError
from graph.harmless import clean
from maps import moved
from maps.bars import bars
from maps.bars import title as bars_title
from maps.easel import Drawn
from maps.labels import say
from maps.look import USUAL, VIEWS, Look
from maps.pair import pair
from maps.pair import title as pair_title
from maps.profile import neck_words, profile
from maps.profile import title as profile_title
from maps.status import GAPS, counts


@dataclass(frozen=True, slots=True)
class View:
    """``key``: pair, bars or profile; ``name`` for a tab, ``title`` of the drawing; ``svg`` stands by itself.

    ``pages`` are the same page by page: several only in print, of which the first has what the others refer to.
    ``words`` say in a sentence or two what the picture shows, for who does not see it.
    """

    key: str
    name: str
    title: str
    svg: str
    words: str
    pages: tuple[str, ...] = ()


def views(picture: Picture, look: Look = USUAL) -> tuple[View, ...]:
    """All views that the picture has: two days only where it has an earlier one. Raises ``LiantuError`` as they do."""
    return tuple(view(key, picture, look) for key in _DRAWN if key != "pair" or picture.before is not None)


def view(key: str, picture: Picture, look: Look = USUAL) -> View:
    """One of them."""
    draw, title, words = _DRAWN[key]
    name = say(f"view_{key}", look.lang)
    drawn = draw(picture, look)
    return View(key, name, title(picture, look.lang), drawn.svg, clean(words(picture, look.lang)), drawn.pages)


def asked(picture: Picture, look: Look) -> str:
    """The view that is meant: by name, or two days where there are two; '' is the map. ``LiantuError`` for another word."""
    if look.view not in VIEWS:
        raise LiantuError(f"没有视图 {clean(look.view)} / no such view", f"可选 / choose one of: {', '.join(VIEWS)}")
    if look.view != "map":
        return look.view
    return "pair" if picture.before is not None else ""


def _pair_words(picture: Picture, lang: str) -> str:
    now, before = picture.panorama, picture.before or picture.panorama
    real = [r for r in picture.diff.rows if not r.learned] if picture.diff else []
    gaps = [sum(n for key, n in counts(p).items() if key in GAPS) for p in (before, now)]
    parts = [say("pair_words", lang, before.gaps.as_of, now.gaps.as_of, *gaps, len(real))]
    changed = [e for e in moved.entries(picture.diff, False) if e.section == "gaps"] if picture.diff else []
    return " ".join([*parts, *(moved.headline(e, lang) for e in changed)])


def _bars_words(picture: Picture, lang: str) -> str:
    found = counts(picture.panorama)
    return say("bars_words", lang, len(picture.panorama.gaps.rows), found["gap"] + found["building"] + found["extension"],
               sum(r.verdict == "unknown" for r in picture.panorama.gaps.rows))


def _profile_words(picture: Picture, lang: str) -> str:
    figures = picture.panorama.gaps.figures
    lanes = figures.profile if figures else ()
    return say("profile_words", lang, len(lanes), ("；" if lang == "zh" else "; ").join(neck_words(lanes, lang)))


_Drawn = tuple[Callable[[Picture, Look], Drawn], Callable[[Picture, str], str], Callable[[Picture, str], str]]
_DRAWN: dict[str, _Drawn] = {
    "pair": (pair, pair_title, _pair_words),
    "bars": (bars, bars_title, _bars_words),
    "profile": (profile, profile_title, _profile_words),
}
"""How it is drawn, titled and told in words; in the order of the tabs."""
