"""Supply and demand of every judged node as bars, worst first: what stands, what is needed, what is under way, the goal.

A figure that nobody knows is hatched and never drawn as 0; a 0 that somebody said is drawn as 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from analysis.picture import Picture
from graph.harmless import clean
from maps import labels, titles
from maps.easel import FIGURE, HEAD, ITEM, MARGIN, SCREEN, Drawn, Easel
from maps.foot import foot, meta
from maps.labels import say
from maps.look import USUAL, Look
from maps.node_bars import LINE, NAME_LINE, THICK, THIN, colour, draw_node, earlier_mark, goal_mark, high, zero_mark
from maps.prose import Item
from maps.quantities import STAGES, Group, Measured, groups
from maps.text import clip, ems

COLUMN, GAP, ROW_GAP, HEADING = 916.0, 40.0, 11.0, 42.0
"""px: a column, between two, between two nodes, a heading."""
_WIDE = 1.6
"""Width to height that a sheet of many nodes comes to."""
_SHEETS, _ABOVE = (1280.0, 1440.0, 1600.0), 210.0
"""px: sheets of one column, and the height of head and legend."""
_CHIPS, _CHIP = 60, 42.0
"""Names of blank nodes in a block, and px before each."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in a column: a heading, a node, or the names of nodes of which neither supply nor demand is known."""

    verdict: str
    row: Measured | None = None
    count: int = 0
    continued: bool = False
    blanks: tuple[str, ...] = ()

    @property
    def heading(self) -> bool:
        return self.row is None and not self.blanks

    def height(self, wide: float) -> float:
        if self.blanks:
            return LINE + 12 + ROW_GAP + NAME_LINE * (1 + max(line for line, _, _ in _chips(self.blanks, wide)))
        return HEADING if self.row is None else high(self.row) + ROW_GAP


def bars(picture: Picture, look: Look = USUAL) -> Drawn:
    """The complete drawing. Same input, same text. Raises ``LiantuError`` for another language."""
    panorama, lang = picture.panorama, look.lang
    labels.language(lang)
    found = groups(panorama, picture.before)
    blocks = _blocks(found)
    count, wide = _columns(blocks)
    easel = Easel("bars", 2 * MARGIN + count * wide + (count - 1) * GAP, title(picture, lang), look)
    sources = titles.sources(panorama)
    y = easel.head(title(picture, lang), meta(panorama, sources, lang))
    y = _legend(easel, y, picture.before.gaps.as_of if picture.before else None, [r for g in found for r in g.rows])
    bottom = y
    for i, column in enumerate(_flow(blocks, count, wide)):
        end = _column(easel, column, MARGIN + i * (wide + GAP), y, wide)
        bottom = max(bottom, end)
    if not found:
        easel.text(say("bars_none", lang), MARGIN, y + 34, HEAD)
        bottom = y + 60
    return easel.finish(foot(easel, panorama, sources, bottom))


def title(picture: Picture, lang: str) -> str:
    return clean(labels.title(clean(picture.panorama.gaps.chain), lang, "bars_title"))


def blank(row: Measured) -> bool:
    """Whether neither supply nor demand is known and there is nothing else: it is named, not drawn."""
    return row.row.supply is None and len(row.bars) == 2 and row.bars[1].value is None and row.bars[1].at_least is None


def _blocks(found: Sequence[Group]) -> list[Block]:
    """A heading a verdict, its nodes, and at the end of each the names of its blank ones."""
    blocks = []
    for group in found:
        blocks += [Block(group.verdict, None, len(group.rows)), *(Block(group.verdict, r) for r in group.rows if not blank(r))]
        names = [r.row.node for r in group.rows if blank(r)]
        blocks += [Block(group.verdict, blanks=tuple(names[i : i + _CHIPS])) for i in range(0, len(names), _CHIPS)]
    return blocks


def _columns(blocks: Sequence[Block]) -> tuple[int, float]:
    """How many give the sheet the shape of a screen, and how wide; where there is little, one that is drawn larger."""
    for width in _SHEETS:
        if sum(b.height(width - 2 * MARGIN) for b in blocks) <= width * SCREEN[1] / SCREEN[0] - _ABOVE:
            return 1, width - 2 * MARGIN
    return max(2, round(sqrt(sum(b.height(COLUMN) for b in blocks) * _WIDE / COLUMN))), COLUMN


def _flow(blocks: Sequence[Block], count: int, wide: float) -> list[list[Block]]:
    """At most so many columns, as low as can be; a group that goes on says so, and no heading stands alone at the foot."""
    limit = sum(b.height(wide) for b in blocks) / count
    while len(found := list(_filled(blocks, limit, wide))) > count:
        limit += ROW_GAP
    return found


def _filled(blocks: Sequence[Block], limit: float, wide: float) -> Iterator[list[Block]]:
    """Columns no higher than the limit where a single block is not."""
    column, used = list[Block](), 0.0
    for i, block in enumerate(blocks):
        follows = blocks[i + 1] if i + 1 < len(blocks) else None
        tall = block.height(wide)
        if column and used + tall + (follows.height(wide) if block.heading and follows else 0.0) > limit:
            yield column
            column, used = ([], 0.0) if block.heading else ([Block(block.verdict, continued=True)], HEADING)
        column.append(block)
        used += tall
    yield column


def _column(easel: Easel, blocks: Sequence[Block], x: float, y: float, wide: float) -> float:
    for block in blocks:
        if block.blanks:
            _blanks(easel, block.blanks, x, y, wide)
        elif block.row is None:
            _heading(easel, block, x, y, wide)
        else:
            draw_node(easel, block.row, x, y, wide)
        y += block.height(wide)
    return y


def _chips(names: Sequence[str], wide: float) -> Iterator[tuple[int, float, str]]:
    """Line, x and text of each name, one behind the other."""
    line, x = 0, 0.0
    for name in names:
        text = clip(clean(name) or "?", wide - _CHIP, ITEM)
        need = _CHIP + ems(text) * ITEM
        if x and x + need > wide:
            line, x = line + 1, 0.0
        yield line, x, text
        x += need + 22


def _blanks(easel: Easel, names: Sequence[str], x: float, y: float, wide: float) -> None:
    """The names of nodes of which nothing is known, each behind a hatched piece."""
    easel.text(say("bars_both", easel.look.lang, len(names)), x, y + 20, FIGURE, easel.ink.quiet)
    y += LINE + 12
    for name, (line, left, text) in zip(names, _chips(names, wide), strict=True):
        group = easel.group(name, class_="node")
        top = y + line * NAME_LINE
        easel.hatched(x + left + 1, top + 4, _CHIP - 12, THICK, group)
        easel.text(text, x + left + _CHIP, top + 19, ITEM, into=group)


def _heading(easel: Easel, block: Block, x: float, y: float, wide: float) -> None:
    lang = easel.look.lang
    more = say("continued", lang) if block.continued else f" {block.count}"
    easel.text(labels.verdict(block.verdict, lang) + more, x, y + 26, HEAD, bold=True)
    easel.line([(x, y + 35), (x + wide, y + 35)], easel.ink.rule, 2)


def _legend(easel: Easel, y: float, before: date | None, rows: Sequence[Measured]) -> float:
    """A key to every form that is drawn, then how to read order, scale and stages; the y below."""
    lang, x = easel.look.lang, MARGIN
    variants = any(b.inner is not None for r in rows for b in r.bars)
    foreign = any(not r.scaled(b) for r in rows for b in r.bars)
    keys = ["supply", *(["variants"] if variants else []), "demand", *STAGES, "goal", "zero", "unknown", *(["before"] if before else [])]
    for key in keys:
        words = say("key_before", lang, before) if key == "before" else _key_words(key, foreign, lang)
        if x + 46 + ems(words) * ITEM > easel.width - MARGIN:
            x, y = MARGIN, y + 32
        _key(easel, key, x, y)
        easel.text(words, x + 46, y + 20, ITEM)
        x += 46 + ems(words) * ITEM + 26
    y += 50
    rules = "　".join(say(k, lang) + ("。" if lang == "zh" else ".") for k in ("bars_order", "bars_scale", "bars_stages"))
    return easel.paragraphs([Item(rules, FIGURE, easel.ink.quiet)], MARGIN, y - 10, easel.width - 2 * MARGIN) + 6


def _key_words(key: str, foreign: bool, lang: str) -> str:
    if key == "unknown":
        return say("bars_hatched" if foreign else "hatched", lang)
    return labels.stage(key, lang) if key in STAGES else say(f"key_{key}", lang)


def _key(easel: Easel, key: str, x: float, y: float) -> None:
    if key == "unknown":
        easel.hatched(x, y + 5, 38, THICK)
    elif key == "goal":
        goal_mark(easel, x + 20, y + 2, easel.root)
    elif key == "zero":
        zero_mark(easel, x + 12, y + 2, easel.root, easel.ink.bad)
    elif key == "before":
        earlier_mark(easel, x + 20, y + 2, easel.root)
    elif key == "variants":
        easel.rect(x, y + 5, 38, THICK, fill=easel.ink.variants)
    else:
        thick = THIN if key in STAGES else THICK
        easel.rect(x, y + 5 + (THICK - thick) / 2, 38, thick, fill=colour(easel, key))
        if key == "demand":
            for points in ([(x + 24, y + 12), (x + 38, y + 12)], [(x + 24, y + 6), (x + 24, y + 18)], [(x + 38, y + 6), (x + 38, y + 18)]):
                easel.line(points, easel.ink.text, 2)
