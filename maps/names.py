"""Names of firms as a box has room for them: shortened by rule, 链主 first, up to three, 等N家."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.answers import GapRow, Panorama, PlacedNode
from graph.harmless import clean
from maps.labels import say
from maps.text import clip, ems

MOST = 3
MASTER = "★"
"""Before the name of a 链主."""
_FORMS = re.compile(r"(集团)?(股份有限公司|有限责任公司|有限公司|股份公司|公司)$")
_PLACES = re.compile(r"[（(][^（）()]*[）)]")
_TAILS = re.compile(r"(科技|技术|实业|发展|控股|新能源|能源|产业|材料)$")
_OF_REGIONS = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|自治州|自治县|省|市|盟|州|区|县|旗)$")


def short(name: str, around: Sequence[str] = ()) -> str:
    """Without legal form, bracketed place and the region it begins with: 内蒙古通威高纯晶硅有限公司 → 通威高纯晶硅.

    ``around`` are the regions it may begin with. Never less than two characters: else the whole name.
    """
    whole = clean(name)
    kept = _FORMS.sub("", _PLACES.sub("", whole)).strip()
    for region in around:
        for begin in (region, _OF_REGIONS.sub("", region)):
            if len(begin) > 1 and kept.startswith(begin) and len(kept) - len(begin) > 1:
                kept = kept[len(begin):]
                break
    return kept if len(kept) > 1 else whole


def makers(node: PlacedNode, row: GapRow | None, around: Sequence[str]) -> tuple[list[str], int]:
    """Firms with a plant here, 链主 first and marked, and how many there are in all: the store may have added some up."""
    count = max(len(node.firms), row.makers.firms if row and row.makers else 0)
    masters = set(node.masters)
    return [MASTER * (f in masters) + n for f, n in zip(node.firms, _apart(node.firms, around), strict=True)], count


def investors(row: GapRow | None, around: Sequence[str]) -> tuple[list[str], int]:
    """Who invests in the projects under way for a node, in the order of the projects."""
    found = list(dict.fromkeys(i for p in (row.pipeline if row else ()) for i in p.investors))
    return _apart(found, around), len(found)


def has_masters(panorama: Panorama) -> bool:
    return any(n.masters for n in panorama.nodes)


def _apart(names: Sequence[str], around: Sequence[str]) -> list[str]:
    """Shortened; two that would read the same stay whole."""
    found = [short(n, around) for n in names]
    return [clean(n) if found.count(s) > 1 else s for n, s in zip(names, found, strict=True)]


def packed(names: Sequence[str], count: int, width: float, size: float, most: int, lang: str, label: str = "") -> list[str]:
    """Up to ``MOST`` names in at most ``most`` lines, with how many there are where not all are named.

    ``label`` stands before the first; a name is never broken: what is too wide loses its tail (材料, 科技 …), then its end.
    """
    comma = say("list_comma", lang)
    for shown in range(min(MOST, len(names)), 0, -1):
        tail = "" if shown == count else say("firms_more", lang, count)
        lines = _filled([*names[:shown], *([tail] if tail else [])], width, size, comma, label, bool(tail))
        if len(lines) <= most:
            return lines
    tail = "" if count == 1 else say("firms_more", lang, count)
    room = width - ems(label + tail) * size
    return [label + clip(_tailless(names[0], room, size), room, size) + tail] if most and room > 3 * size else []


def _filled(words: Sequence[str], width: float, size: float, comma: str, label: str, counted: bool) -> list[str]:
    """Words one after another, a new line where the next does not fit; before the count, the last, stands no comma."""
    lines = [label]
    for i, word in enumerate(words):
        first = lines[-1] in ("", label)
        joined = lines[-1] + ("" if first or (counted and i == len(words) - 1) else comma) + word
        if ems(joined) * size <= width:
            lines[-1] = joined
            continue
        slim = _tailless(word, width, size)
        if first and label.strip() and ems(label + slim) * size > width and ems(slim) * size <= width:
            lines = [label.strip(), slim]
        elif first:
            lines[-1] = clip(lines[-1] + slim, width, size)
        else:
            lines.append(clip(slim.strip(), width, size))
    return lines


def _tailless(name: str, width: float, size: float) -> str:
    """Without 科技, then without 材料 …, as far as it takes to fit; never less than two characters."""
    while ems(name) * size > width and len(kept := _TAILS.sub("", name)) > 1 and kept != name:
        name = kept
    return name
