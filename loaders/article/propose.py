"""The text of an article → what it says: sentences mended, read one by one, each fact told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from loaders.article.entities import home, projects, regions
from loaders.article.facts import facts
from loaders.article.known import Known
from loaders.article.lexicon import NO_REGION
from loaders.article.reader import Reader
from loaders.article.said import Article, Said
from loaders.article.text import DATELINE, Sentence, sentences, unspaced
from loaders.article.tidy import tidied
from loaders.article.when import Clock, published

_PUBLISHER = (r"(?:信息来源|来源|发布机构|发布单位)[:：]\s*([^\s:：,，。|【(（\d]{2,30})", r"《([^》]{2,16}(?:报|网|发布|在线))》",
              r"^[(（]([^\d\s,，。]{2,12}?)\s+\d{4}", r"^(\S{2,20}(?:局|委|办|中心))编")
_EDGE_HEAD, _EDGE_FOOT = 8, 4


def propose(file: str, text: str, known: Known, day: date | None = None) -> Article:
    """What the text of an article says; ``day`` is its day of publication where the text has none (or another)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = sentences(text)
    day = day or published(lines)
    region = home(found, known.regions, known.region)
    reader = Reader(known, Clock(day), region, _stems(found, region, known))
    said = [(sentence.kind, one) for sentence in found for one in _read(reader, sentence)]
    # a title shortens names: it is heard only where the text itself names no project
    told = any(kind != "title" and one.kind == "project" for kind, one in said)
    return Article(file, _title(lines), _publisher(lines), day, region, len(found),
                   tidied([one for kind, one in said if kind != "title" or not told]))


def _read(reader: Reader, sentence: Sentence) -> Iterator[Said]:
    if sentence.kind == "byline" or (sentence.kind == "heading" and not projects(sentence.plain)):
        return
    scope = reader.scope(sentence)
    yield from facts(reader, scope)
    reader.remember(scope)


def _publisher(lines: Sequence[str]) -> str:
    """Who published it, of the first lines and the last; '' where nobody says."""
    edge = (*lines[:_EDGE_HEAD], *lines[-_EDGE_FOOT:])
    told = next((match["paper"] for line in edge if (match := DATELINE.match(unspaced(line))) and match["paper"]), "")
    found = (match[1] for form in _PUBLISHER for line in edge if (match := re.search(form, line)))
    return next(found, told)


def _title(lines: Sequence[str]) -> str:
    """The first line; of an article without one its first words, for a dateline says nothing of what is told."""
    bare = ((line, DATELINE.match(line)) for line in map(unspaced, lines[:_EDGE_HEAD]))
    return next((rest for line, match in bare if (rest := line[match.end():] if match else line)), unspaced(lines[0]))[:80]


def _stems(found: Sequence[Sentence], region: str, known: Known) -> frozenset[str]:
    """Regions' names with and without their last word: no firm, and no node, is called so."""
    names = {region, *known.regions, *(name for s in found for _, name in regions(s.plain))} - {""}
    short = {re.sub(r"(?:国家)?(?:高新区|经开区|开发区|自治区)$|[省市州盟县旗区]$", "", name) for name in names}
    return frozenset(n for n in names | short if len(n) >= 2 and not NO_REGION.fullmatch(n))
