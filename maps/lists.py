"""The lists of a still map: gaps with verdict and evidence, goals and changes; from full to a single run of names."""

from __future__ import annotations

from analysis.answers import GapRow, Panorama
from analysis.parts import Source, Step
from analysis.picture import Picture
from graph.harmless import clean
from maps import titles
from maps.flow import Para
from maps.labels import language, say, verdict
from maps.status import gap_rows, mark, status
from maps.targets import TargetChange, listed
from maps.text import clip
from maps.themes import Theme

DETAILS = (3, 2, 1, 0)
"""How much a list says: with the source by its title, with who published it, on one line, the names alone."""


def lists(picture: Picture, lang: str, theme: Theme, size: float, detail: int) -> list[Para]:
    """The list of the map: its gaps; of a prospect map what changes, and the gaps in a run."""
    if picture.prospect is None:
        return gaps(picture.panorama, lang, theme, size, detail)
    return [*changed(picture, lang, theme, size, detail), *gaps(picture.panorama, lang, theme, size, 0, size * 0.5)]


def gaps(panorama: Panorama, lang: str, theme: Theme, size: float, detail: int, before: float = 0.0) -> list[Para]:
    """空白点, the worst first: verdict and flags, and who says so, when, and where it was read."""
    rows = gap_rows(panorama)
    if not rows:
        unknown = len(titles.unknown_nodes(panorama))
        words = say("no_gaps_but", lang, unknown) if unknown else say("no_gaps", lang)
        return [Para(words, size, theme.ink, True, before=before)]
    heading = f"{say('gaps', lang)} {len(rows)}"
    if detail == 0:
        run = say("list_comma", lang).join(f"{mark(status(r))} {clip(clean(r.node), 14 * size, size)}" for r in rows)
        return [Para(f"{heading}　{run}", size, theme.styles["gap"].ink, True, before=before)]
    found = [Para(heading, size * 1.15, theme.ink, True, keep=True, before=before)]
    for row, (node, key, words) in zip(rows, titles.gap_lines(panorama, lang), strict=True):
        said = evidence(row, lang, detail)
        if detail == 1:
            line = f"{mark(status(row))} {node}　{verdict(row.verdict, lang)}"
            found.append(Para(f"{line}　{said}" if said else line, size, theme.styles[key].ink, False, before=size * 0.2))
            continue
        found.append(Para(f"{mark(status(row))} {node}　{words}", size, theme.styles[key].ink, True, keep=bool(said), before=size * 0.25))
        found += [Para(said, size, theme.quiet, indent=size * 1.2)] if said else []
    return found


def extras(picture: Picture, lang: str, theme: Theme, size: float) -> list[Para]:
    """The notes, with which the list ends where there is room."""
    notes = picture.prospect.notes if picture.prospect else picture.panorama.gaps.notes
    return [Para(clean(pair[language(lang)]), size, theme.quiet, before=size * 0.4) for pair in notes]


def evidence(row: GapRow, lang: str, detail: int) -> str:
    """Who says that it is not here, since when, and by which source; '' where the answer has no such step."""
    steps = [s for s in row.derivation if s.rule.startswith("supply.")]
    known = {s.id: s for s in row.sources}
    return clean((" ; " if lang == "en" else "；").join(_step(s, known, lang, detail) for s in steps[:1]))


def _step(step: Step, known: dict[str, Source], lang: str, detail: int) -> str:
    words = (step.zh, step.en)[language(lang)]
    cited = [known[i] for i in step.sources if i in known][:1]
    if not cited or detail == 1:
        return words
    if detail == 3:
        return f"{words} — {titles.source_text(cited[0], lang)}"
    return f"{words} — {cited[0].publisher or say('nameless_outlet', lang)}"


def changed(picture: Picture, lang: str, theme: Theme, size: float, detail: int) -> list[Para]:
    """What changes by the day, by kind of ring: the heading of each kind is its legend."""
    found = listed(picture, lang)
    due = picture.prospect.due.isoformat() if picture.prospect and picture.prospect.due else ""
    if not found:
        return [Para(say("no_changes", lang), size, theme.ink, True)]
    heading = Para(f"{say('changes', lang)} {due}", size * 1.15, theme.ink, True, keep=True)
    paras = [heading] if detail > 1 else []
    for kind in dict.fromkeys(c.ring for c in found):
        here = [c for c in found if c.ring == kind]
        ink = theme.rings[kind].ink
        title = f"{say(f'ring_{kind}', lang)} {len(here)}"
        if detail == 0:
            run = say("list_comma", lang).join(f"{clip(clean(c.node), 14 * size, size)} {c.box}" for c in here)
            paras.append(Para(f"{title}　{run}", size, theme.ink, ring=kind, before=size * 0.3))
            continue
        paras.append(Para(title, size, ink, True, keep=True, ring=kind, before=size * (0.4 if detail > 1 else 0.1)))
        for change in here:
            paras += _change(change, lang, theme, size, detail)
    return paras


def _change(change: TargetChange, lang: str, theme: Theme, size: float, detail: int) -> list[Para]:
    node = clean(change.node)
    if detail == 1:
        return [Para(" · ".join((f"{node}　{change.box}", *change.brief)), size, theme.quiet, before=size * 0.1)]
    words = change.words(lang) if detail == 3 else " · ".join(change.parts)
    return [Para(f"{node}　{change.box}", size, theme.ink, True, keep=True, before=size * 0.25),
            Para(words, size, theme.quiet, indent=size * 1.2)]
