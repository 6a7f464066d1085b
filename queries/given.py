"""Figures as a person gives them for one answer: ``用地=600亩``, ``税收=3000万元``, ``产业政策符合=是``."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Sequence

from analysis.instruments import Instrument
from analysis.project_values import FLAGS, INPUTS, RANK, RATIOS, SHARES, in_unit, unit_of
from graph import units
from graph.errors import LiantuError, QuestionError

Given = dict[str, tuple[float, str]]
_FIGURE = re.compile(r"(?P<value>[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d{1,2})?)\s*(?P<unit>.*)")
_WORDS = {"是": 1.0, "否": 0.0, "yes": 1.0, "no": 0.0, "1": 1.0, "0": 0.0}


def read_given(texts: Sequence[str], instrument: Instrument) -> Given:
    """Name → (value, unit); QuestionError for a name that nothing looks at, LiantuError for a figure or unit that is none, or a
    name that is given twice."""
    flags = FLAGS | {r.value for r in instrument.rules if r.rule == "yes"}
    own = {r.value: r.unit for r in instrument.rules} | ({RANK: "%"} if instrument.classes else {})
    out: Given = {}
    for text in texts:
        name, equals, figure = unicodedata.normalize("NFKC", text).partition("=")
        name = name.strip()
        if not equals:
            raise LiantuError(f"读不懂 “{text}” / cannot be read", "写作 用地=600亩 / write 用地=600亩")
        if name not in INPUTS and name not in RATIOS and name not in own:
            known = [*INPUTS, *RATIOS, *own]
            raise QuestionError(f"没有指标 “{name}” / nothing looks at {name}",
                                f"可给 / one of: {'、'.join(difflib.get_close_matches(name, known, 3, 0.3) or dict.fromkeys(known))}")
        if name in out:
            raise LiantuError(f"“{name}” 给了两次 / is given twice", "只留一个 / keep one")
        ours = unit_of(name)
        out[name] = _flag(text, figure.strip()) if name in flags else _figure(text, figure.strip(), own.get(name, "") if ours is None else ours)
        if name in SHARES and ((in_unit(*out[name], "%") or 0.0) > 100 or ("%" not in figure and out[name][0] <= 1)):
            raise LiantuError(f"“{text}”: 不是 0 到 100 % 的份额, 或分不清是不是百分数 / is no share up to 100 %, or may be a fraction",
                              f"写作 {name}=40% / write {name}=40%")
    return out


def _flag(text: str, word: str) -> tuple[float, str]:
    if word.lower() not in _WORDS:
        raise LiantuError(f"“{text}”: “{word}” 不是 是 或 否 / is neither yes nor no", "写作 产业政策符合=是 / write 是 or 否, yes or no")
    return _WORDS[word.lower()], ""


def _figure(text: str, figure: str, unit: str) -> tuple[float, str]:
    read = _FIGURE.fullmatch(figure)
    value = float(read["value"].replace(",", "")) if read else math.nan
    if read is None or not math.isfinite(value) or value < 0:
        raise LiantuError(f"“{text}”: “{figure}” 不是数字 / is no figure", f"写作 数字和单位, 0 以上 / a number of 0 or more and its unit: 600{unit}")
    given = read["unit"] or unit
    units.known(given)
    if in_unit(value, given, unit) is None:
        raise LiantuError(f"“{text}”: {given} 不能换算成 {unit or '(无)'} / does not convert",
                          f"换成 {unit or '不带单位的数'} 再写 / write it in {unit or 'no unit'}")
    return value, given
