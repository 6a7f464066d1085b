"""The facts of one sentence, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loaders.article.claims import claims
from loaders.article.entities import Project, firms, regions
from loaders.article.figures import Capacity, amount, capacities
from loaders.article.invest import investments, investors, labelled
from loaders.article.reader import Reader
from loaders.article.said import Said
from loaders.article.scope import COUNTED, Scope
from loaders.article.steps import steps
from loaders.article.sums import Sum, sums

_OTHERS = re.compile(r"投资[\d.]+[万亿]+元的|等[^,。;、]{0,8}项目|项目")
_OF_REGION = re.compile(r"全[省市州盟县旗区]|产业(?:实现)?(?:总)?产值")
_STANDS = re.compile(r"(?:集团|公司|企业)[^,。;]{0,6}(?:已|现)[^,。;]{0,3}(?:形成|拥有|具备|建成)[^。;]*$")
_WHOLE = re.compile(r"使[^,。;]{0,8}$|总产能(?:将)?(?:达到?|为)?$")
_AIMED = re.compile(r"到(?:20\d\d年|[“\"]?十[四五六]五)[^。;]*$|力争[^。;]*$")
_UNSURE = {"落地": "原文写“落地”, 请核是注册还是开工 / the text says 落地: registered, or started?",
           "下线": "原文写“下线”, 按投产填, 请核 / the text says 下线 (off the line), taken for in operation: please check"}
_MONTH = re.compile(r"\d{1,2}\D{0,2}\d{0,2}月|[一二三四五六七八九十]{1,2}月份|年底|[上下]半年|第?[一二三四]季度")
_AHEAD = "“{}”晚于发布日, 又无“计划”字样, 请核是计划还是往年 / ahead of the day of publication: a plan, or a year before?"
_LEVEL = {"市": "全市", "县": "全县", "区": "全区", "旗": "全旗"}


def facts(reader: Reader, scope: Scope) -> Iterator[Said]:
    """What a sentence says, in the order of the kinds."""
    sentence = scope.sentence
    for said in _facts(reader, scope):
        yield replace(said, sentence=sentence.text, lines=sentence.lines)


def _facts(reader: Reader, scope: Scope) -> Iterator[Said]:
    words = scope.words
    label = labelled(words)
    reader.record = reader.record or bool(label and label[0] == "project")
    yield from _projects(reader, scope)
    yield from investors(words, scope.own, scope.groups, reader.firms, reader.stems)
    yield from _investments(scope)
    yield from _capacities(reader, scope)
    yield from _milestones(reader, scope)
    yield from _claims(reader, words)
    if not label and _speaks_of_regions(scope):
        yield from _sums(reader, scope)


def _projects(reader: Reader, scope: Scope) -> Iterator[Said]:
    for project in scope.own:
        yield Said("project", project.name, scope=_place(reader, scope.words, project))
    if scope.nameless:
        yield Said("project", scope.groups[0][0].name, remark="原文没有写项目名称 / the text does not name the project")


def _place(reader: Reader, words: str, project: Project) -> str:
    """The region right before a project's name (…区的甲项目), or in which it is said to settle; '' for the article's own."""
    before = [name for at, name in regions(words, reader.known.regions)
              if re.fullmatch(r"的[^,。;]{0,12}", words[at + len(name):project.start])]
    settled = re.search(r"(?:落户|落地|位于|选址|坐落)(?:于|在)?([^,。;]{2,8}?[区县旗市镇])(?!长)", words[project.end:])
    found = settled[1] if settled else before[-1] if before else ""
    return "" if found == reader.home else found


def _investments(scope: Scope) -> Iterator[Said]:
    if not scope.own and COUNTED.search(scope.words):
        return
    for money in investments(scope.words, [p.end for p in scope.own if not p.phase]):
        for project in scope.at(money.start, money.end):
            scope.taken.append((money.start, money.end))
            yield Said("investment", project.name, value=money.size.value, unit=money.size.unit, text=money.text)


def _capacities(reader: Reader, scope: Scope) -> Iterator[Said]:
    for size in capacities(scope.words):
        before = scope.words[:size.start]
        if _WHOLE.search(before) or (_AIMED.search(before) and "项目" not in before):
            continue
        scope.taken.append((size.start, size.end))
        if said := _capacity(reader, scope, size):
            remark = f"产能: 原文“{size.words}” / capacity as written" if size.words else ""
            yield replace(said, what=size.node, value=size.size.value, unit=size.size.unit, text=size.text, remark=remark)


def _capacity(reader: Reader, scope: Scope, size: Capacity) -> Said | None:
    """What a project will add, what a firm has, else what a region has."""
    before = scope.words[:size.start]
    attached = () if _STANDS.search(before) else scope.at(size.start, size.end)
    if attached:
        return Said("adds", attached[0].name, phase=scope.phase(size.start) or attached[0].phase)
    if named := [name for name, _, end in firms(scope.words) if end <= size.start]:
        return Said("makes", named[-1])
    if size.node and not _OTHERS.search(scope.words):
        return Said("reports", reader.region_at(scope.words, size.start), day=_last(scope, size.start))
    return None


def _last(scope: Scope, place: int) -> date | None:
    return next((m.day for m in reversed(scope.moments) if m.end <= place), None)


def _milestones(reader: Reader, scope: Scope) -> Iterator[Said]:
    if not scope.groups or (not scope.own and not scope.nameless and COUNTED.search(scope.words)):
        return
    for step in steps(scope.words, scope.moments, reader.clock.published):
        day, text = reader.on_the_day(scope.words, step)
        for project in scope.led(step.start, step.end):
            remark = next((told for word, told in _UNSURE.items() if word in step.word), "")
            if day is None and step.basis == "actual" and _MONTH.match(text) and reader.clock.published:
                remark = "; ".join(filter(None, (remark, _AHEAD.format(text))))
            yield Said("milestone", project.name, step.step, text=step.word, day=day, day_text=text, basis=step.basis,
                       phase=scope.phase(step.start) or project.phase, remark=remark)


def _claims(reader: Reader, words: str) -> Iterator[Said]:
    """A node that is missing or wanted is so where the article is about."""
    for claim in claims(words, reader.stems):
        level = _LEVEL.get(reader.home[-1:], "") if claim.says in ("none", "wanted") else ""
        yield Said("claim", reader.home, claim.node, basis=claim.says, scope=claim.scope or level,
                   day=reader.clock.published, remark=claim.remark)


def _speaks_of_regions(scope: Scope) -> bool:
    """Whether figures of the sentence may be a region's: not in a title, nor where it speaks of a project alone."""
    if scope.sentence.kind == "title":
        return False
    if scope.own:
        return bool(re.search(r"全[市县区旗]|\d[个家项次]", scope.words))
    return not scope.groups or scope.nameless or bool(_OF_REGION.search(scope.words))


def _sums(reader: Reader, scope: Scope) -> Iterator[Said]:
    named = [(at, at + len(name)) for at, name in regions(scope.words, reader.known.regions)]
    taken = (*scope.taken, *((p.start, p.end) for p in scope.own))
    for one in sums(scope.words, scope.moments, taken, named):
        if said := _sum(reader, scope, one):
            yield said


def _sum(reader: Reader, scope: Scope, one: Sum) -> Said | None:
    """A goal where it is aimed at and its day lies ahead, else an indicator; what is aimed at without a day is neither."""
    goal = one.moment is not None and not reader.past(one.moment) and (one.goal or reader.later(one.moment))
    size = amount(one.figure)
    of_project = scope.own and one.start > scope.own[0].start and not re.search(r"[个家项次]$", one.figure)
    if size is None or (not goal and (one.goal or of_project)):
        return None
    if not goal and one.moment:
        reader.period, reader.periods = one.moment, scope.sentence.paragraph
    moment = one.moment or (None if goal else reader.carried(scope.sentence))
    carried = "期间取自上文 / the period is the one spoken of before" if moment and not one.moment else ""
    return Said("goal" if goal else "indicator", reader.region_at(scope.words, one.start), one.name, size.value, size.unit, one.figure,
                moment.day if moment else reader.now(scope.words), moment.text if moment else "", scope=one.scope, remark=carried)
