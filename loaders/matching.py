"""How firms' names are compared: what a name is made of, whether one stands in another in order, how alike two are.

On 4,654 real pairs of short and full names a short name that stands in exactly one full name, its characters in order, is of
that firm in 99.9 % of the cases; the likeness of texts alone finds the right firm in fewer than half (benchmarks.names).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.places_of_china import PREFIX
from loaders.spelling import normal

_MARK_BEFORE = re.compile(r"^(?:s?\*?st(?![a-z])|(?:pt|s|g|n|x[dr]|dr)(?=[\u4e00-\u9fff])|退市(?=.{2}))")
_MARK_AFTER = re.compile(r"(?:\(退市?\)|退市?|(?<=[\u4e00-\u9fff])[abh]股?|-(?:u|w|uw|b))$")
_FORM = re.compile(r"(集团)?(股份)?(有限责任|有限|总)?公司$|(集团)?(股份)?$")
_LEGAL = re.compile(r"(?:有限责任公司|有限公司|股份公司|集团公司|总公司|合作社|合伙企业(?:\([^)]*\))?|\((?:有限|普通|特殊普通)合伙\)"
                    r"|(?<![a-z])(?:co\.?,?ltd\.?|ltd\.?|inc\.?|llc|gmbh|corp\.?)|株式会社)(?:\(集团\))?$")
_NOTE = re.compile(r"(?<=.)\((?:以下)?(?:简称|原名|曾用名)[^)]*\)$")
"""What a registration adds in brackets: 某某银行股份有限公司(简称:某某银行)."""

_BRACKETS = str.maketrans("", "", "()[]{}〔〕【】《》〈〉「」『』\"'“”‘’·•・.,、")
_COMMON = frozenset("股份有限责任公司集团控科技电子技术新材料能源智工业实信息")
"""Characters that half of all names have."""

_COMMON_WEIGHT, _BREAK, _UNSAID = 0.4, 0.2, 0.1
"""What such a character counts against 1 of another, what a gap in the order costs, what a name's unsaid part costs."""


@dataclass(frozen=True, slots=True)
class Written:
    """A name taken apart. ``key``: all that tells it from others, so brackets, marks of the exchange and the two spellings of
    有限公司 are gone; ``places`` at its head, ``stem``, and the ``form`` as (集团, 股份, 公司)."""

    key: str
    places: str
    stem: str
    form: tuple[bool, bool, bool]
    legal: bool


@lru_cache(maxsize=1 << 18)
def taken_apart(name: str) -> Written:
    """A name as it is compared."""
    text = _NOTE.sub("", _without_marks(normal(name)))
    legal = bool(_LEGAL.search(text))
    key = text.translate(_BRACKETS).replace("有限责任公司", "有限公司")
    if key.endswith("股份公司"):
        key = key.removesuffix("股份公司") + "股份有限公司"
    at = _FORM.search(key)
    tail = at.group() if at and at.start() > 0 else ""
    body = key.removesuffix(tail) if tail else key
    places = _places(body)
    return Written(key, places, body[len(places):], ("集团" in tail, "股份" in tail, "公司" in tail), legal)


def _without_marks(text: str) -> str:
    """Without what an exchange writes around a name: ST, *ST, 退, A, B."""
    while True:
        less = _MARK_AFTER.sub("", _MARK_BEFORE.sub("", text))
        if less == text or len(less) < 2:
            return text
        text = less


def marked(name: str) -> bool:
    """Whether an exchange wrote something around it."""
    return _without_marks(normal(name)) != normal(name)


def _places(body: str) -> str:
    """The places at the head of a name that leave at least two characters."""
    end = 0
    while (at := PREFIX.match(body, end)) and len(body) - at.end() >= 2:
        end = at.end()
    return body[:end]


def in_order(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in this order."""
    at = 0
    for character in short:
        at = full.find(character, at) + 1
        if not at:
            return False
    return True


def likeness(one: str, other: str) -> float:
    """How alike two keys are, at most 1: the weight of what the shorter has in order in the longer, less the gaps.

    The best alignment is counted, with or without the places at the head of the longer.
    """
    short, full = sorted((one, other), key=lambda n: (len(n), n))
    head = len(taken_apart(full).places)
    return max(_aligned(short, full), _aligned(short, full[head:])) if head else _aligned(short, full)


def _aligned(short: str, full: str) -> float:
    """Best of all alignments: each is grown from those that end before it, of which a name has few."""
    total, states = 0.0, list[tuple[int, int, float]]()
    for number, character in enumerate(short):
        weight = _COMMON_WEIGHT if character in _COMMON else 1.0
        total += weight
        at, fresh = full.find(character), []
        while at >= 0:
            value = -_BREAK if at or number else 0.0
            for before, end, reached in states:
                if end < at:
                    value = max(value, reached if (before, end) == (number - 1, at - 1) else reached - _BREAK)
            fresh.append((number, at, value + weight))
            at = full.find(character, at + 1)
        states += fresh
    if not states:
        return -_UNSAID
    return max(value for *_, value in states) / total - _UNSAID * (len(full) - len(short)) / len(full)


class Pool:
    """Full names by their characters: found by the rarest of a short name's, so that a whole list takes a second."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(dict.fromkeys(keys))
        self.by_character: dict[str, set[int]] = {}
        for at, key in enumerate(self.keys):
            for character in set(key):
                self.by_character.setdefault(character, set()).add(at)

    def holding(self, short: str) -> list[str]:
        """The keys in which the short one stands in order, itself left out."""
        found = sorted((self.by_character.get(character, set()) for character in set(short)), key=len)
        if not found:
            return []
        rare = found[0] & found[1] if len(found) > 1 else found[0]
        return [key for at in sorted(rare) if (key := self.keys[at]) != short and in_order(short, key)]

    def like(self, key: str, count: int = 5, at_least: float = 0.0) -> list[tuple[float, str]]:
        """The keys most like it, best first; of those that share rare characters with it."""
        shared: Counter[int] = Counter()
        for character in set(key):
            postings = self.by_character.get(character, ())
            if len(postings) * 8 <= len(self.keys) or len(self.keys) < 200:
                for at in postings:
                    shared[at] += 1 if character in _COMMON else 2
        near = [self.keys[at] for at, _ in sorted(shared.items(), key=lambda i: (-i[1], self.keys[i[0]]))[:60]]
        own = _own(key)
        return ranked(key, [k for k in near if in_common(own, _own(k)) >= max(2, len(own) / 2)], count, at_least)


def ranked(key: str, keys: Sequence[str], count: int = 5, at_least: float = 0.0) -> list[tuple[float, str]]:
    """(likeness, key), best first; of two equal ones the shorter, then the one that sorts first."""
    scored = [(round(likeness(key, other), 4), other) for other in keys if other != key]
    return sorted((s for s in scored if s[0] >= at_least), key=lambda s: (-s[0], len(s[1]), s[1]))[:count]


def _own(key: str) -> str:
    """Without the places at its head: that two firms stand in one city makes them no more alike."""
    return key[len(taken_apart(key).places):]


def in_common(one: str, other: str) -> int:
    """How many characters stand in both in one order: the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for character in one:
        before = 0
        for at, there in enumerate(other, start=1):
            before, row[at] = row[at], before + 1 if character == there else max(row[at], row[at - 1])
    return row[-1]


def slips(stem: str) -> Iterator[str]:
    """The stem and all that it becomes where one character is left out: two that share one differ by one character."""
    yield stem
    for at in range(len(stem)):
        yield stem[:at] + stem[at + 1:]
