"""What a reader keeps in mind from sentence to sentence: the project, firm, region, period and event spoken of last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loaders.article.entities import Project, firms, points_back, projects, regions
from loaders.article.figures import MONEY
from loaders.article.known import Known
from loaders.article.lexicon import OUR
from loaders.article.said import UNNAMED
from loaders.article.scope import COUNTED, Group, Scope, grouped
from loaders.article.steps import Step
from loaders.article.text import Sentence
from loaders.article.when import Clock, Moment

_FRAMEWORK = re.compile(r"签(?:订|署|下)了?[^,。;]{0,16}?(?:框架|战略|意向)[^,。;]{0,6}?协议")
_OTHERS = re.compile(rf"总?投资{MONEY}的|等[^,。;、]{{0,8}}项目|项目等")
"""Said of projects that are none of those named before."""

_RECORD = re.compile(r"(?:\d+[.、])?项目(?:名称)?:")
_OWN_EVENT = re.compile(r"(?:大会|说明会|推介会|仪式|活动|签约)(?:上)?,")
_EVENT = re.compile(r"仪式|活动|大会|推介会|签约会|推进会")
_THERE = re.compile(r"现场|仪式上|会上|活动上|此次|本次|同步|集中|当场|宣布")
_AT_THE_EVENT = ("signed", "framework", "started")
_FAR = 10
"""Paragraphs that a period reaches."""


@dataclass(slots=True)
class Reader:
    """Reads sentence by sentence; ``paragraph`` is where the current project was spoken of last."""

    known: Known
    clock: Clock
    home: str
    stems: frozenset[str]
    current: Group = ()
    paragraph: int = -1
    seen: int = -1
    record: bool = False
    firms: tuple[str, ...] = ()
    region: str = ""
    event: Moment | None = None
    period: Moment | None = None
    periods: int = -_FAR - 1
    unnamed: int = 0

    def scope(self, sentence: Sentence) -> Scope:
        """The sentence with its moments and projects."""
        words = sentence.plain
        if sentence.paragraph != self.seen and sentence.kind != "caption":
            self.region, self.seen = "", sentence.paragraph
        moments = self.clock.moments(words)
        own = self._own(words, sentence.paragraph)
        self._happening(sentence, moments)
        return Scope(sentence, moments, own, grouped(words, own) if own else self._meant(words, sentence.paragraph))

    def remember(self, scope: Scope) -> None:
        """What the next sentences may point back to."""
        if scope.groups and scope.sentence.kind != "caption":
            self.current, self.paragraph = scope.groups[-1], scope.sentence.paragraph
            self.record = bool(_RECORD.match(scope.words)) if scope.own else self.record
        if found := firms(scope.words):
            self.firms = tuple(name for name, _, _ in found)

    def _own(self, words: str, paragraph: int) -> Group:
        """The projects a sentence names anew: not what 该项目 builds, nor a plant or a phase of the project spoken of."""
        if self.current and re.match(r"(?:据悉,|据了解,|据介绍,)?(?:该|这一|这个|此)项目", words):
            return ()
        part = bool(self.current) and (paragraph == self.paragraph or points_back(words))
        return tuple(p for p in projects(words)
                     if not (p.plant and part) and not (self.current and re.match(r"[一二三四五]期", p.name)))

    def _meant(self, words: str, paragraph: int) -> list[Group]:
        """The project that a sentence without one speaks of: the current one, in its paragraph or where it is pointed at."""
        goes_on = (paragraph == self.paragraph or self.record) and not (
            _OTHERS.search(words) or COUNTED.search(words) or OUR.search(words[:12]) or regions(words[:12], self.known.regions))
        if self.current and (goes_on or points_back(words)):
            return [self.current[-1:]]
        return self._nameless(words)

    def _nameless(self, words: str) -> list[Group]:
        """A project that has no name yet: an agreement of a firm's, or 项目落地 beside firms."""
        who = tuple(name for name, _, _ in firms(words)) or (self.firms if re.search(r"(?:我|该)公司", words) else ())
        agreed = _FRAMEWORK.search(words)
        if not who or not (agreed or re.search(r"项目(?:成功|顺利|正式)?(?:落地|签约|落户)", words)):
            return []
        self.firms, self.unnamed = who, self.unnamed + 1
        place = agreed.start() if agreed else words.find("项目")
        return [(Project(f"{UNNAMED}{self.unnamed}〕", place, place),)]

    def _happening(self, sentence: Sentence, moments: Sequence[Moment]) -> None:
        """A sentence that tells the day of a ceremony gives the day of what is told of it afterwards."""
        exact = next((m for m in moments if m.text.endswith(("日", "天"))), None)
        if exact and _EVENT.search(sentence.plain) and sentence.kind == "body" and not self.ahead(exact):
            self.event = self.period = exact
            self.periods = sentence.paragraph

    def on_the_day(self, words: str, step: Step) -> tuple[date | None, str]:
        """The day of a step and its wording: what is signed or started at the ceremony is so on its day."""
        there = step.basis == "actual" and not step.day_text and step.step in _AT_THE_EVENT and _THERE.search(words)
        return (self.event.day, self.event.text) if there and self.event else (step.day, step.day_text)

    def carried(self, sentence: Sentence) -> Moment | None:
        """The period that the sentences before spoke of; an event of its own has its own."""
        near = self.period is not None and sentence.kind == "body" and sentence.paragraph - self.periods <= _FAR
        return self.period if near and not _OWN_EVENT.search(sentence.plain) else None

    def past(self, moment: Moment) -> bool:
        """Whether a moment lies before the article, or says so."""
        if moment.day and self.clock.published:
            return moment.day <= self.clock.published
        return bool(re.match(r"去年|上年|前年|当[日天年]|同[日年月]", moment.text))

    def ahead(self, moment: Moment) -> bool:
        return bool(moment.day and self.clock.published and moment.day > self.clock.published)

    def later(self, moment: Moment) -> bool:
        """Whether a moment lies in a year after the article's."""
        return bool(moment.day and self.clock.published and moment.day.year > self.clock.published.year)

    def now(self, words: str) -> date | None:
        """What is said of now is of the day of publication."""
        return self.clock.published if re.search(r"目前|现有|已有|已聚集|现已|截至目前", words) else None

    def region_at(self, words: str, place: int) -> str:
        """The region that a figure is of: the nearest named before it, the paragraph's, the article's."""
        before = [name for at, name in regions(words, self.known.regions) if at < place]
        ours = OUR.search(words[:place])
        if before and not ours and len(before[-1]) > 2:
            self.region = before[-1]
        return self.home if ours else self.region or self.home
