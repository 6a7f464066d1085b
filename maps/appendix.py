"""The pages after a printed map: each gap with its whole derivation, goals, firms in full, notes and all sources."""

from __future__ import annotations

from analysis.answers import GapRow, Panorama, PipelineItem
from analysis.picture import Picture
from graph.harmless import clean
from maps import labels, titles
from maps.figures import sized
from maps.flow import Area, Flowed, Para, flow
from maps.labels import language, say
from maps.lists import changed
from maps.names import MASTER
from maps.status import gap_rows, mark, status
from maps.text import clip
from maps.themes import Theme


def pages(picture: Picture, lang: str, theme: Theme, page: Area, size: float) -> list[Flowed]:
    """As many as it takes, in three columns; each begins with the title of the map and what it holds."""
    rest = tuple(paras(picture, lang, theme, size))
    found: list[Flowed] = []
    name = titles.prospect(picture.panorama, lang) if picture.prospect else titles.title(picture.panorama, lang)
    while rest:
        title = Para(clip(f"{name} · {say('appendix', lang)} {len(found) + 1}", page.w, size * 1.6), size * 1.6, theme.ink, True)
        top = flow([title], page)
        made = flow(rest, Area(page.x, top.bottom + 8, page.w, page.y + page.h - top.bottom - 8), 3, 40.0)
        if made.rest == rest:  # one paragraph higher than a page: it is shown as far as it goes
            rest = rest[1:]
            continue
        found.append(Flowed((*top.texts, *made.texts), made.rings, (*top.blocks, *made.blocks), made.bottom, made.rest))
        rest = made.rest
    return found


def paras(picture: Picture, lang: str, theme: Theme, size: float) -> list[Para]:
    panorama = picture.panorama
    number = {s.id: i for i, s in enumerate(titles.sources(panorama), 1)}
    found = _gaps(panorama, lang, theme, size, number)
    if picture.prospect is not None:
        found += [*_after(changed(picture, lang, theme, size, 3), size), *_goal_notes(picture, lang, theme, size)]
    found += _section("unknowns", lang, theme, size, [say("list_comma", lang).join(titles.unknown_nodes(panorama))])
    found += _section("firms_full", lang, theme, size, _firms(panorama, lang))
    found += _section("notes", lang, theme, size, titles.notes(panorama, lang))
    cited = [f"[{i}] {titles.source_text(s, lang)}" for i, s in enumerate(titles.sources(panorama), 1)]
    return [*found, *_section("sources", lang, theme, size, cited, len(cited))]


def _section(key: str, lang: str, theme: Theme, size: float, lines: list[str], count: int | None = None) -> list[Para]:
    told = [line for line in lines if line]
    heading = say(key, lang) if count is None else f"{say(key, lang)} {count}"
    return [_heading(heading, theme, size), *(Para(t, size, theme.quiet, before=size * 0.1) for t in told)] if told else []


def _heading(text: str, theme: Theme, size: float) -> Para:
    return Para(text, size * 1.2, theme.ink, True, keep=True, before=size)


def _after(found: list[Para], size: float) -> list[Para]:
    first = found[0]
    return [Para(first.text, first.size, first.ink, True, first.keep, size), *found[1:]]


def _goal_notes(picture: Picture, lang: str, theme: Theme, size: float) -> list[Para]:
    told = picture.prospect.notes if picture.prospect else ()
    return [Para(clean(pair[language(lang)]), size, theme.quiet, before=size * 0.1) for pair in told]


def _firms(panorama: Panorama, lang: str) -> list[str]:
    """Full names: the boxes hold short ones."""
    comma = say("list_comma", lang)
    return [clean(f"{n.node}: {comma.join(MASTER * (f in n.masters) + f for f in n.firms)}") for n in panorama.nodes if n.firms]


def _gaps(panorama: Panorama, lang: str, theme: Theme, size: float, number: dict[str, int]) -> list[Para]:
    rows, lines = gap_rows(panorama), titles.gap_lines(panorama, lang)
    found = [_heading(f"{say('gaps', lang)} {len(rows)}" if rows else say("no_gaps", lang), theme, size)]
    for row, (node, key, words) in zip(rows, lines, strict=True):
        head = f"{mark(key)} {node}　{words}"
        found.append(Para(head, size, theme.styles[status(row)].ink, True, keep=True, before=size * 0.5))
        found += [Para(clean(t), size, theme.quiet, indent=size) for t in _whole(row, lang, number)]
    return found


def _whole(row: GapRow, lang: str, number: dict[str, int]) -> list[str]:
    """Every step with the numbers of its sources, claims with what the evidence supports, projects with who invests."""
    told = [_cited((s.zh, s.en)[language(lang)], s.sources, number) for s in row.derivation if not s.rule.startswith("risk.")]
    told += [_cited(f"{c.claimant} {c.day.isoformat()} {labels.claim(c.says, lang)} — {labels.evidence(c.evidence, lang)}",
                    (c.source,), number) for c in row.claims]
    return [*told, *(_project(p, lang) for p in row.pipeline)]


def _cited(text: str, sources: tuple[str, ...], number: dict[str, int]) -> str:
    return text + "".join(f" [{number[s]}]" for s in sources if s in number)


def _project(item: PipelineItem, lang: str) -> str:
    size = sized(item.capacity, item.unit, lang) if item.capacity is not None else say("unsized", lang)
    told = [item.project, labels.stage(item.stage, lang), size]
    told += [f"{say('due', lang)} {item.due.isoformat()}"] if item.due else []
    told += [say(key, lang) for key, on in (("stalled", item.stalled), ("overdue", item.overdue)) if on]
    comma = say("list_comma", lang)
    told += [f"{say('investors', lang)} {comma.join(item.investors)}"] if item.investors else []
    permits = comma.join(labels.permit(p, lang) for p in item.missing_permits)
    return " · ".join([*told, *([f"{say('permits', lang)} {permits}"] if permits else [])])
