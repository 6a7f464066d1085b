"""An article's sentences → what it says. A sentence's facts go to the projects it names, else to the one it points back to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from loaders.article.claims import claims
from loaders.article.entities import Project, firms, home, points_back, projects, regions
from loaders.article.figures import MONEY, amount, capacities
from loaders.article.invest import investors, investments, labelled
from loaders.article.known import Known
from loaders.article.lexicon import NO_REGION
from loaders.article.said import UNNAMED, Article, Said
from loaders.article.steps import Step, steps
from loaders.article.sums import Sum, sums
from loaders.article.tidy import tidied
from loaders.article.text import Sentence, sentences, unspaced
from loaders.article.when import Clock, Moment, published

_PUBLISHER = (r"(?:信息来源|来源|发布机构|发布单位)[:：]\s*([^\s:：,，。|【(（\d]{2,30})", r"《([^》]{2,16}(?:报|网|发布|在线))》",
              r"^[(（]([^\d\s,，。]{2,12}?)\s+\d{4}", r"^(\S{2,20}(?:局|委|办|中心))编")
_FRAMEWORK = re.compile(r"签(?:订|署|下)了?[^,。;]{0,16}?(?:框架|战略|意向)[^,。;]{0,6}?协议")
_COUNTED = re.compile(r"\d+(?:余|多)?[个项][^,。;、]{0,12}项目|项目(?:共|增至|达)?\d+(?:余|多)?[个项]")
_OTHERS = re.compile(rf"总?投资{MONEY}的|等[^,。;、]{{0,8}}项目|项目等")
"""Said of projects that are none of those named before."""

_OF_REGION = re.compile(r"全[省市州盟县旗区]|产业(?:实现)?(?:总)?产值")
_OUR = re.compile(r"(?:全|我|本)[省市州盟县旗区]")


def propose(file: str, text: str, known: Known, day: date | None = None) -> Article:
    """What the text of an article says; ``day`` is its day of publication where the text has none (or another)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = sentences(text)
    published_ = day or published(lines)
    region = home(found, known.regions) or known.region
    reader = _Reader(known, Clock(published_), region, _stems(found, region, known))
    read = [(sentence.kind, one) for sentence in found for one in reader.read(sentence)]
    told = any(kind != "title" and one.kind == "project" for kind, one in read)
    said = tidied([one for kind, one in read if kind != "title" or not told])
    return Article(file, unspaced(lines[0])[:80], _publisher(lines), published_, region, len(found), said)


def _publisher(lines: Sequence[str]) -> str:
    for form in _PUBLISHER:
        for line in (*lines[:8], *lines[-4:]):
            if match := re.search(form, line):
                return match[1]
    return ""


def _stems(found: Sequence[Sentence], region: str, known: Known) -> tuple[str, ...]:
    """Regions' names with and without their last word: no firm, and no node, is called so."""
    names = {region, *known.regions, *(name for s in found for _, name in regions(s.plain))} - {""}
    short = {re.sub(r"(?:国家)?(?:高新区|经开区|开发区|自治区)$|[省市州盟县旗区]$", "", name) for name in names}
    return tuple(sorted(n for n in names | short if len(n) >= 2 and not NO_REGION.fullmatch(n)))


@dataclass(slots=True)
class _Reader:
    """Reads sentence by sentence; remembers the projects, the firm, the region and the period spoken of last."""

    known: Known
    clock: Clock
    home: str
    stems: tuple[str, ...]
    current: tuple[Project, ...] = ()
    paragraph: int = -1
    """Where the current project was named last."""
    seen: int = -1
    event: Moment | None = None
    """The day of the ceremony or meeting that the article tells of."""
    record: bool = False
    firms: tuple[str, ...] = ()
    region: str = ""
    period: Moment | None = None
    periods: int = -9
    unnamed: int = 0

    def read(self, sentence: Sentence) -> Iterator[Said]:
        """What one sentence says."""
        if sentence.kind == "byline" or (sentence.kind == "heading" and not projects(sentence.plain)):
            return
        words = sentence.plain
        if sentence.paragraph != self.seen and sentence.kind != "caption":
            self.region, self.seen = "", sentence.paragraph
        moments = self.clock.moments(words)
        own = self._own(words, sentence.paragraph)
        groups = self._groups(words, own, sentence)
        self._happening(sentence, moments)
        for said in self._facts(sentence, moments, own, groups):
            yield replace(said, sentence=sentence.text, lines=sentence.lines)
        self._remember(sentence, own, groups)

    def _own(self, words: str, paragraph: int) -> tuple[Project, ...]:
        """The projects a sentence names anew: not what 该项目 builds, nor a plant or a phase of the project spoken of."""
        if self.current and re.match(r"(?:据悉,|据了解,|据介绍,)?(?:该|这一|这个|此)项目", words):
            return ()
        part = bool(self.current) and (paragraph == self.paragraph or points_back(words))
        return tuple(p for p in projects(words) if not (p.plant and part) and not (self.current and re.match(r"[一二三四五]期", p.name)))

    def _groups(self, words: str, own: tuple[Project, ...], sentence: Sentence) -> list[tuple[Project, ...]]:
        """Projects in their lists (甲项目、乙项目同步开工): what is said of a list is said of each."""
        if not own:
            same = sentence.paragraph == self.paragraph or self.record
            back = points_back(words) or (same and not _OTHERS.search(words) and not _COUNTED.search(words) and not _OUR.search(words[:12])
                                         and not regions(words[:12], self.known.regions))
            return [self.current[-1:]] if self.current and back else self._unnamed(words)
        groups = [own[:1]]
        for project in own[1:]:
            gap = words[groups[-1][-1].end:project.start]
            if re.fullmatch(rf"[)”\"]?(?:、|和|及|以及|与)(?:[^,。;、]*的)?(?:总?投资{MONEY}的?)?[“\"]?", gap):
                groups[-1] += (project,)
            else:
                groups.append((project,))
        return groups

    def _unnamed(self, words: str) -> list[tuple[Project, ...]]:
        """A project that has no name yet: an agreement of a firm's, or 项目落地 beside firms."""
        who = tuple(name for name, _, _ in firms(words)) or (self.firms if re.search(r"(?:我|该)公司", words) else ())
        agreed = _FRAMEWORK.search(words)
        if who and (agreed or re.search(r"项目(?:成功|顺利|正式)?(?:落地|签约|落户)", words)):
            self.firms = who
            place = agreed.start() if agreed else words.find("项目")
            self.unnamed += 1
            return [(Project(f"{UNNAMED}{self.unnamed}〕", place, place),)]
        return []

    def _remember(self, sentence: Sentence, own: tuple[Project, ...], groups: list[tuple[Project, ...]]) -> None:
        if groups and sentence.kind != "caption":
            self.current = groups[-1]
            self.paragraph = sentence.paragraph
            self.record = bool(own) and bool(re.match(r"(?:\d+[.、])?项目(?:名称)?:", sentence.plain)) or (self.record and not own)
        if found := firms(sentence.plain):
            self.firms = tuple(name for name, _, _ in found)

    def _facts(self, sentence: Sentence, moments: tuple[Moment, ...], own: tuple[Project, ...],
               groups: list[tuple[Project, ...]]) -> Iterator[Said]:
        words = sentence.plain
        if label := labelled(words):
            self.record = self.record or label[0] == "project"
        for project in own:
            yield Said("project", project.name, scope=self._place(words, project))
        if not own and groups and groups[0][0].name.startswith(UNNAMED):
            yield Said("project", groups[0][0].name, remark="原文没有写项目名称 / the text does not name the project")
        yield from investors(words, own, groups, self.firms, self.stems)
        taken: list[tuple[int, int]] = []
        for money in investments(words):
            for project in _at(groups, money.start, money.end, words) if groups and not (not own and _COUNTED.search(words)) else ():
                taken.append((money.start, money.end))
                yield Said("investment", project.name, value=money.size.value, unit=money.size.unit, text=money.text)
        yield from self._capacities(words, moments, own, groups, taken)
        yield from self._steps(words, moments, own, groups)
        yield from self._claims(words)
        if not label:
            yield from self._sums(sentence, moments, own, groups, taken)

    def _place(self, words: str, project: Project) -> str:
        """The region that is named right before a project, or that it is said to settle in."""
        inside = [name for at, name in regions(words, self.known.regions) if re.fullmatch(r"的[^,。;]{0,12}", words[at + len(name):project.start])]
        settled = re.search(r"(?:落户|落地|位于|选址|坐落)(?:于|在)?([^,。;]{2,8}?(?:区|县|旗|市|镇))(?!长)", words[project.end:])
        found = settled[1] if settled else inside[-1] if inside else ""
        return "" if found == self.home else found

    def _capacities(self, words: str, moments: tuple[Moment, ...], own: tuple[Project, ...],
                    groups: list[tuple[Project, ...]], taken: list[tuple[int, int]]) -> Iterator[Said]:
        for size in capacities(words):
            if re.search(r"使[^,。;]{0,8}$|总产能(?:将)?(?:达到?|为)?$", words[max(0, size.start - 14):size.start]) or _aimed(words, size.start):
                continue
            taken.append((size.start, size.end))
            common = {"what": size.node, "value": size.size.value, "unit": size.size.unit, "text": size.text}
            stands = re.search(r"(?:集团|公司|企业)[^,。;]{0,6}(?:已|现)[^,。;]{0,3}(?:形成|拥有|具备|建成)[^。;]*$", words[:size.start])
            attached = _at(groups, size.start, size.end, words) if groups and not stands else ()
            if attached:
                for project in attached[:1]:
                    yield Said("adds", project.name, phase=_phase(words, size.start, own) or project.phase, **_any(common))
            elif firm := _firm_before(words, size.start):
                yield Said("makes", firm, **_any(common))
            elif size.node and "项目" not in words and not _OTHERS.search(words):
                yield Said("reports", self._region_at(words, size.start), day=_last(moments, size.start), **_any(common))

    def _steps(self, words: str, moments: tuple[Moment, ...], own: tuple[Project, ...], groups: list[tuple[Project, ...]]) -> Iterator[Said]:
        if not groups or (not groups[0][0].start and _COUNTED.search(words)):
            return
        for step in map(partial(self._on_the_day, words), steps(words, moments, self.clock.published)):
            for project in _led(groups, step.end, words) or _at(groups, step.start, step.end, words):
                yield Said("milestone", project.name, step.step, day=step.day, day_text=step.day_text, basis=step.basis,
                           phase=_phase(words, step.start, own) or project.phase, text=step.word,
                           remark=_step_remark(step))

    def _on_the_day(self, words: str, step: Step) -> Step:
        """What is signed or started at the ceremony is so on its day."""
        there = self.event and step.basis == "actual" and not step.day_text and step.step in ("signed", "framework", "started")
        if there and self.event and re.search(r"现场|仪式上|会上|活动上|此次|本次|同步|集中|当场|宣布", words):
            return replace(step, day=self.event.day, day_text=self.event.text)
        return step

    def _claims(self, words: str) -> Iterator[Said]:
        for claim in claims(words, self.stems):
            yield Said("claim", self.home, claim.node, basis=claim.says, scope=claim.scope or self._level(claim.says),
                       day=self.clock.published, remark=claim.remark)

    def _level(self, says: str) -> str:
        """A node that is missing or wanted is so where the article is about."""
        ends = {"市": "全市", "县": "全县", "区": "全区", "旗": "全旗"}
        return ends.get(self.home[-1:], "") if says in ("none", "wanted") else ""

    def _sums(self, sentence: Sentence, moments: tuple[Moment, ...], own: tuple[Project, ...],
              groups: list[tuple[Project, ...]], taken: list[tuple[int, int]]) -> Iterator[Said]:
        words = sentence.plain
        if sentence.kind == "title" or (own and not re.search(r"全[市县区旗]|\d[个家项次]", words)) or (groups and not own and not groups[0][0].name.startswith(UNNAMED)
                                                                     and not _OF_REGION.search(words)):
            return
        places = [(p.start, p.end) for p in own]
        named = [(at, at + len(name)) for at, name in regions(words, self.known.regions)]
        for one in sums(words, moments, (*taken, *places), named):
            if (size := amount(one.figure)) is None:
                continue
            goal = bool(one.moment) and not self._past(one.moment) and (one.goal or self._later(one.moment))
            if one.goal and not goal:
                continue  # 力争 without a day that lies ahead
            moment = one.moment or (None if goal else self._carried(sentence))
            if not goal and one.moment:
                self.period, self.periods = one.moment, sentence.paragraph
            if own and one.start > own[0].start and not goal and not re.search(r"[个家项次]$", one.figure):
                continue
            yield Said("goal" if goal else "indicator", self._region_at(words, one.start), one.name, size.value, size.unit,
                       one.figure, moment.day if moment else self._now(words), moment.text if moment else "", scope=one.scope,
                       remark="期间取自上文 / the period is the one spoken of before" if moment and not one.moment else "")

    def _carried(self, sentence: Sentence) -> Moment | None:
        """The period that the sentences before spoke of, up to two paragraphs back."""
        own = re.search(r"(?:大会|说明会|推介会|仪式|活动|签约)(?:上)?,", sentence.plain)
        near = self.period is not None and sentence.kind == "body" and sentence.paragraph - self.periods <= 8
        return self.period if near and not own else None

    def _past(self, moment: Moment | None) -> bool:
        """Whether a moment lies before the article, or says so."""
        day, published_ = moment.day if moment else None, self.clock.published
        return day <= published_ if day and published_ else bool(moment and re.match(r"去年|上年|前年|当[日天年]|同[日年月]", moment.text))

    def _now(self, words: str) -> date | None:
        """What is said of now is of the day of publication."""
        return self.clock.published if re.search(r"目前|现有|已有|已聚集|现已|截至目前", words) else None

    def _happening(self, sentence: Sentence, moments: tuple[Moment, ...]) -> None:
        """A sentence that tells the day of a ceremony gives the day of what is told of it afterwards."""
        exact = next((m for m in moments if m.text.endswith(("日", "天", "今日"))), None)
        if exact and re.search(r"仪式|活动|大会|推介会|签约会|推进会", sentence.plain) and sentence.kind == "body" and not self._coming(exact):
            self.event = exact
            self.period, self.periods = exact, sentence.paragraph

    def _later(self, moment: Moment | None) -> bool:
        """Whether a moment lies in a year after the article's."""
        return bool(moment and moment.day and self.clock.published and moment.day.year > self.clock.published.year)

    def _coming(self, moment: Moment | None) -> bool:
        return bool(moment and moment.day and self.clock.published and moment.day > self.clock.published)

    def _region_at(self, words: str, place: int) -> str:
        """The region that a figure is of: the nearest named before it, the paragraph's, the article's."""
        before = [name for at, name in regions(words, self.known.regions) if at < place]
        ours = _OUR.search(words[:place])
        if before and not ours and (len(before[-1]) > 2):
            self.region = before[-1]
        return self.home if ours else self.region or self.home


def _any(given: dict[str, Any]) -> dict[str, Any]:
    return given


def _aimed(words: str, place: int) -> bool:
    """Whether a capacity is a region's goal: 到2025年 before it, or 力争."""
    return bool(re.search(r"到(?:20\d\d年|[“\"]?十[四五六]五)[^。;]*$|力争[^。;]*$|力争达?到?$", words[:place])) and "项目" not in words[:place]


def _at(groups: Sequence[tuple[Project, ...]], start: int, end: int, words: str) -> tuple[Project, ...]:
    """The projects that what stands at a place is said of: the one whose name it is in or leads to, else those before it."""
    for group in groups:
        for project in group:
            if project.start <= start and end <= project.end:
                return (project,)
            if end <= project.start and re.fullmatch(r"[^,。;、]{0,12}的[^,。;、的]{0,12}|[^,。;、]{0,10}", words[end:project.start]):
                return (project,)
    before = [group for group in groups if group[-1].end <= start]
    if not before and re.search(r"包括|分别|涵盖|主要有|其中", words[end:groups[0][0].start]):
        return ()
    return before[-1] if before else groups[0]


def _led(groups: Sequence[tuple[Project, ...]], end: int, words: str) -> tuple[Project, ...]:
    """The list of projects that a step leads to: 已签约总投资…的甲项目和乙项目."""
    return next((g for g in groups if end <= g[0].start and re.fullmatch(
        rf"(?:引进|落地|落户)?了?(?:总?投资{MONEY}的?)?", words[end:g[0].start])), ())


def _phase(words: str, place: int, own: Sequence[Project]) -> str:
    """一期, 二期 where the words before a place say so, outside the projects' names."""
    for project in own:
        words = words[:project.start] + "·" * (project.end - project.start - len(project.phase)) + project.phase + words[project.end:]
    found = re.findall(r"([一二三四五]期)(?!和|、)", words[:place])
    return found[-1] if found else ""


def _firm_before(words: str, place: int) -> str:
    """The firm whose capacity it is: named before it in the same sentence."""
    before = [name for name, _, end in firms(words) if end <= place]
    return before[-1] if before else ""


def _last(moments: Sequence[Moment], place: int) -> date | None:
    return next((m.day for m in reversed(moments) if m.end <= place), None)


def _step_remark(step: Step) -> str:
    return "原文写“落地”, 请核是注册还是开工 / the text says 落地: registered, or started?" if "落地" in step.word else ""
