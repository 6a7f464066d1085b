"""Days in running text: 2023年10月, 去年底, 今年7月, 同年9月, 当日, 1—7月; each read by the day the article was published.

What is relative stays words and no day where that day is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loaders import days
from loaders.article.text import DATELINE, unspaced

_OWN = (r"[一二三四五六七八九十]{1,2}月份|\d{1,2}\s?[-—–~至到]\s?\d{1,2}月份?|\d{1,2}月(?:\d{1,2}[日号]|[初底末]|[上中下]旬|份)?"
        r"|(?:第?[一二三四1-4]|前三)季度|[上下]半年|全年|年内|年[底末初]")
_PART = _OWN + r"|[底末]|初(?!步)|春季"
_MOMENT = re.compile(
    rf"(?P<iso>(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})"
    rf"|(?P<year>(?:19|20)\d\d)年(?P<rest>{_PART})?"
    rf"|(?P<rel>今年|去年|上年|前年|明年|后年|次年|同年|当年|本年)(?P<since>以来)?(?P<relrest>{_PART})?"
    r"|[“\"]?十(?P<plan>[四五六])五[”\"]?(?:期?末|时期|期间|规划)"
    r"|(?P<month>本月|上月|上个月|下月|下个月|同月|当月)"
    r"|(?P<day>当日|当天|同日|今天|今日|昨天|昨日)"
    rf"|(?P<bare>{_OWN})")
_AHEAD = timedelta(days=31)
"""How far the end of a period may lie ahead of an article that tells of it: of a first quarter in the middle of March."""

_OFFSET = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2, "次年": 1}
_PLAN = {"四": 2025, "五": 2030, "六": 2035}
_MONTH = {"本月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or period as the text has it, and where: ``day`` is its last day, None where it cannot be told."""

    text: str
    start: int
    end: int
    day: date | None


@dataclass(slots=True)
class Clock:
    """What a relative word leans on: the day of publication, and what was said last."""

    published: date | None = None
    last: date | None = None

    def moments(self, words: str) -> tuple[Moment, ...]:
        """The moments of a sentence; the last of them that is a day is remembered."""
        return tuple(self._moments(words))

    def _moments(self, words: str) -> Iterator[Moment]:
        year: int | None = None
        past: date | None = None
        for match in _MOMENT.finditer(words):
            try:
                day = self._day(match, words, year, past)
            except (ValueError, OverflowError):
                day = None
            if day and match["year"]:
                year = day.year
            if day and match["rel"] in ("去年", "上年", "前年"):
                past = day
            if not _coming(words, match) and (day or "日" in match[0]):
                self.last = day  # an unknown 5月9日 leaves a later 当天 unknown too
            yield Moment(match[0], match.start(), match.end(), day)

    def _day(self, match: re.Match[str], words: str, year: int | None, past: date | None) -> date | None:
        if match["iso"] or match["year"]:
            return _period(match["iso"] or f"{match['year']}年", match["rest"] or "")
        if match["rel"]:
            return self._relative(match["rel"], match["relrest"] or "", bool(match["since"]) or not _coming(words, match))
        if match["plan"]:
            return date(_PLAN[match["plan"]], 12, 31)
        if match["month"]:
            return self._month(match["month"])
        if match["day"]:
            return self._this_day(match["day"])
        return self._bare(match["bare"], year, past, _coming(words, match))

    def _relative(self, word: str, rest: str, so_far: bool) -> date | None:
        if word in ("今年", "本年") and not rest and so_far:
            return self.published
        leans = self.last if word in ("同年", "次年", "当年") else self.published
        return _period(f"{leans.year + _OFFSET.get(word, 0)}年", rest) if leans else None

    def _month(self, word: str) -> date | None:
        leans = self.published if word in _MONTH else self.last
        if leans is None:
            return None
        month = leans.year * 12 + leans.month - 1 + _MONTH.get(word, 0)
        return _period(f"{month // 12}年", f"{month % 12 + 1}月")

    def _this_day(self, word: str) -> date | None:
        if word in ("当日", "当天", "同日"):
            return self.last
        return self.published - timedelta(days=word[0] == "昨") if self.published else self.last if word[0] == "今" else None

    def _bare(self, rest: str, year: int | None, past: date | None, coming: bool) -> date | None:
        """A month without its year: the sentence's own year, else that of publication, or the next one of a plan.

        None where it lies ahead and nothing is said of a plan: last year's only after a day of 去年 (``past``) in the sentence.
        """
        if year is not None:
            return _period(f"{year}年", rest)
        if self.published is None or (day := _period(f"{self.published.year}年", rest)) is None:
            return None
        if coming and day < self.published:
            return _period(f"{self.published.year + 1}年", rest)
        if coming or day <= self.published + _AHEAD or (rest in ("全年", "年内") and self.published.month > 2):
            return day
        then = _period(f"{past.year}年", rest) if past else None
        return then if past and then and then >= past else None


def _coming(words: str, match: re.Match[str]) -> bool:
    """Whether the words around speak of what is to come."""
    clause = re.split(r"[,。;、]", words[:match.start()])[-1] + re.split(r"[,。;]", words[match.end():])[0]
    return bool(re.search(r"拟|计划|将|预计|力争|有望|争取|确保|目标|前$|前(?:建|开|投|竣|完)", clause))


def _period(year: str, rest: str) -> date | None:
    """The last day of ``rest`` (7月底, 一季度, 年底, 春季, '') in a year."""
    rest = re.sub(r"\s|第(?=.季)|份|^年(?=[底末初])", "", rest).replace("末", "底")
    rest = {"春季": "5月", "年内": "", "全年": "", "前三季度": "1-9月"}.get(rest, re.sub(r"[—–~至到]", "-", rest))
    span = days.period(year + rest)
    return span[1] if span else None


_DATELINE = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?")
_DATED = (r"(?:发布|发稿|成文|印发|更新)(?:日期|时间)|^时间|^日期", "")


def published(lines: Sequence[str]) -> date | None:
    """The day an article was published, of its first lines and its last: 发布时间, a source, a dateline in brackets.

    A dateline (…日报2023年4月11日讯) tells it; any other day stands on a line of its own, where no sentence goes on after it.
    """
    told = (_DATELINE.match(match["day"]) for line in lines[:8] if (match := DATELINE.match(unspaced(line))) and match["day"])
    if day := next((day for match in told if match and (day := _calendar(match))), None):
        return day
    edge = [line for line in (*lines[:8], *lines[-4:]) if len(line) <= 80 and not re.search(r"[,，。;；]", line)]
    found = (_calendar(match) for form in _DATED for line in edge
             if re.search(form, line) and (match := _DATELINE.search(line)))
    return next((day for day in found if day), None)


def _calendar(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
