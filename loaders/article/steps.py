"""Milestones in running text: which step of the ladder, done or planned, and on what day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.article.lexicon import HEDGE, NOT_YET
from loaders.article.when import Moment

_NOUN = r"(?!项目|仪式|活动|大会|会|额|金额|资金|率|企业|引资|总额|投资额|后|以来|条件|前期|面积|现场|了?\d+个)"
_STEPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((step, re.compile(form)) for step, form in (
    ("framework", r"签(?:订|署|下|约)了?[^,。;]{0,16}?(?:框架|战略|意向)[^,。;]{0,6}?协议"),
    ("signed", rf"(?<=项目)(?:云)?签约(?=仪式)|签(?:订|署|下)了?[^,。;]{{0,40}}?(?:协议|合同)|(?<!集中)(?<!新)(?<!重点项目)签约{_NOUN}"),
    ("registered", r"(?:完成|办理|已)(?:了)?(?:公司|企业|工商)?注册|注册(?:成立|落地)(?!项目)|(?<!注册)(?<!签约)落地(?!项目|见效|生根|率|转化|我)"),
    ("started", rf"(?<=项目)(?:正式)?开工(?:奠基)?(?=仪式)|(?<!集中)(?<!新)"
                rf"(?:破土动工|开工奠基|开工建设|全面开工|正式开工|开工|动工|奠基|开建|启动建设){_NOUN}"),
    ("completed", rf"(?:竣工{_NOUN}|全面建成|建成(?=,|。|;|并|$|\(|、)|完工)"),
    ("operating", rf"(?<=项目)(?:正式)?投产(?=仪式)|(?:建成投产|竣工投产|投产|下线|投入生产|投入运营|投运|点火成功){_NOUN}"),
    ("full", r"(?:全面)?达产(?!达效|后|时)|达产达效(?!后)|满产(?!后)"),
    ("counted", r"入统|纳统"), ("above-scale", r"升规|入规|纳规"),
    ("talking", r"在谈(?!项目|的)|正在洽谈|深入洽谈"),
    ("stalled", r"停工|停滞|搁置"), ("ended", r"终止|取消|流产"),
    ("filed", r"备案"), ("eia", r"环评"), ("energy", r"能评|节能审查"), ("land", r"(?:完成|取得|通过)[^,。;]{0,8}(?:供地|土地证|用地手续)|摘牌"),
    ("planning", r"规划许可"), ("quota", r"产能置换"),
))
_PERMITS = ("filed", "eia", "energy", "planning", "quota")
_GRANTED = re.compile(r"完成|取得|通过|获得|获批|批复|办结|拿到|办理完")
_ALSO = {"竣工投产": "completed"}
_NOT_A_DAY = re.compile(r"从签约到|从开工到|从[^,。]{1,6}到[^,。]{1,4}(?:仅|只)|当年签约当年|签约即")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder at ``start`` of a sentence; ``day_text`` is the wording of the day."""

    step: str
    basis: str
    day: date | None
    day_text: str
    word: str
    start: int
    end: int


def steps(words: str, moments: Sequence[Moment], published: date | None) -> tuple[Step, ...]:
    """The steps that a sentence tells of; what is denied, conditional or a noun for an event is none."""
    return tuple(_steps(words, moments, published))


def _steps(words: str, moments: Sequence[Moment], published: date | None) -> Iterator[Step]:
    before = 0
    for start, end, step in _found(words):
        first, last = _clause(words, start, end)
        said = words[first:last]
        if _denied(step, words[max(first, before):end], said) or _NOT_A_DAY.search(said):
            continue
        moment = _moment(words, moments, first, start, end, before)
        basis = "planned" if _planned(words, first, start, end, moment, published) else "actual"
        day = moment.day if moment else None
        yield Step(step, basis, day, moment.text if moment else "", words[start:end], start, end)
        if also := _ALSO.get(words[start:end]):
            yield Step(also, basis, day, moment.text if moment else "", words[start:end], start, end)
        before = end


def _found(words: str) -> list[tuple[int, int, str]]:
    """Steps in their order; of two that overlap the longer wording is meant."""
    found = sorted(((m.start(), m.end(), step) for step, form in _STEPS for m in form.finditer(words)),
                   key=lambda f: (f[0], -f[1]))
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _clause(words: str, start: int, end: int) -> tuple[int, int]:
    first = max(words.rfind(edge, 0, start) for edge in ",;。:!?") + 1
    lasts = [place for edge in ",;。!?" if (place := words.find(edge, end)) >= 0]
    return first, min(lasts, default=len(words))


def _denied(step: str, before: str, said: str) -> bool:
    if step in ("ended", "stalled", "talking"):
        return bool(re.search(r"未|没有", said))
    if step in _PERMITS and (not _GRANTED.search(said) or NOT_YET.search(said)):
        return True
    return bool(NOT_YET.search(before)) or bool(re.search(r"(?:建成|投产|达产|开工|竣工)后", before))


def _moment(words: str, moments: Sequence[Moment], first: int, start: int, end: int, before: int) -> Moment | None:
    """The day of a step: in its own clause before it, else the day that the sentence opens with."""
    moments = [m for m in moments if not re.search(r"以来$|^今年$|^本年$", m.text) and not re.match(r"第|度", words[m.end:])]
    own = [m for m in moments if max(first, before) <= m.start and m.end <= start]
    if own:
        return own[-1]
    shared = [m for m in moments if first <= m.start and m.end <= start]
    if shared and not re.search(r"[、,]", words[shared[-1].end:start].replace("项目、", "")):
        return shared[-1]
    opening = [m for m in moments if m.end <= first and re.fullmatch(r"(?:上午|下午|晚|日|,|左右|前后|起)*", words[m.end:words.find(",", m.end) + 1])]
    return opening[-1] if opening and words[opening[-1].end:first].count(",") <= 3 else None


def _planned(words: str, first: int, start: int, end: int, moment: Moment | None, published: date | None) -> bool:
    if moment and moment.day and published:
        if moment.day > published and moment.start >= first:
            return True
        if re.fullmatch(r"[^,。;]*\d日[^,。;]*", moment.text) and moment.day <= published:
            return False
    said = words[first:start]
    return bool(HEDGE.search(re.sub(r"(?:推进|推动|加快)(?=会)|规划(?=许可|产能)|目标企业|重要", "", said)))
