"""What an article says → rows of the material's sheets, each with its sentence and what the reviewer should look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.model import ENDS as LAST
from graph.model import MILESTONES, PERMITS, SAYS
from loaders.article.entities import product
from loaders.article.known import Known
from loaders.article.said import UNNAMED, Article, Said
from loaders.template import figure

ORDER = ("sources", "regions", "projects", "firms", "claims", "indicators", "reports", "goals")
"""Sheets of a review, in the order they are looked through."""

_STEPS = {name: zh for name, zh, _ in (*MILESTONES, *PERMITS, *LAST)}
_SAYS = {stored: zh for stored, zh, _ in SAYS}
_OFFICE = re.compile(r"局|委|政府|办公室|发布$|中心")
_COUNTED = re.compile(r"^(?:[个项家户人次名%]|[万亿百千]*[美欧]?元)$")
_UNSIGNED = "未署名"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row to be reviewed: cells by column key, the words it came from, and a remark; ``accepted`` is filled in beforehand."""

    sheet: str
    cells: dict[str, str]
    sentence: str = ""
    remark: str = ""
    accepted: bool = False


def drafts(article: Article, known: Known) -> tuple[Draft, ...]:
    """The rows of an article, sheet by sheet in ``ORDER``."""
    if not article.said:
        return ()
    made = [*_projects(article, known), *(d for said in article.said for d in _row(said, article, known))]
    every = [_source(article), *_regions(made, article, known), *made]
    return tuple(sorted(every, key=lambda d: ORDER.index(d.sheet)))


def number(article: Article) -> str:
    """The number of the article in 来源表: its file's name, which its rows name as their source."""
    return f"文章:{article.file.rpartition('.')[0] or article.file}"[:80]


def _source(article: Article) -> Draft:
    authority = "1" if not article.publisher else "5" if _OFFICE.search(article.publisher) else "3"
    cells = {"source": number(article), "title": article.title, "publisher": article.publisher or _UNSIGNED,
             "published": _iso(article.published), "authority": authority, "audience": "公开"}
    missing = [] if article.published else ["原文没有发布日期, 请补 (空白: 首次导入日) / no day of publication in the text"]
    missing += [] if article.publisher else ["原文没有发布机构, 请补 / no publisher in the text"]
    return Draft("sources", _filled(cells), remark="; ".join(missing), accepted=True)


def _regions(made: Sequence[Draft], article: Article, known: Known) -> Iterator[Draft]:
    """Regions that rows name and nobody knows yet."""
    named = dict.fromkeys(d.cells[key] for d in made for key in ("place", "region", "claimant") if d.cells.get(key))
    home = known.region or article.region
    for name in named:
        if name not in known.regions and name != known.region:
            within = home if home and name != home else ""
            yield Draft("regions", _filled({"region": name, "within": within}),
                        remark="新的地区, 请核上级地区 / a new region: check what it lies within")


def _row(said: Said, article: Article, known: Known) -> Iterator[Draft]:
    make = _ROWS.get(said.kind)
    if make:
        cells, remarks = make(said, article, known)
        cells |= {"source": number(article)}
        yield Draft(_SHEETS[said.kind], _filled(cells), _where(said), "; ".join(r for r in (said.remark, *remarks) if r))


_Made = tuple[dict[str, str], list[str]]


def _makes(said: Said, article: Article, known: Known) -> _Made:
    node, remark = _node(said.what, known)
    return {"firm": said.of, "node": node, "product": said.what, "capacity": said.text}, [remark]


def _reports(said: Said, article: Article, known: Known) -> _Made:
    node, remark = _node(said.what, known)
    day = said.day or article.published
    return {"region": said.of or article.region, "node": node, "value": _value(said), "unit": said.unit, "day": _iso(day)}, [
        remark, "" if day else "原文没有日期, 请补 / no day in the text"]


def _claim(said: Said, article: Article, known: Known) -> _Made:
    node, remark = _node(said.what, known)
    return {"node": node, "says": _SAYS[said.basis], "claimant": _elsewhere(said.of, known), "day": _iso(said.day), "scope": said.scope}, [
        remark, "" if said.day else "声明日期待补 / the day is not told"]


def _indicator(said: Said, article: Article, known: Known) -> _Made:
    period = _iso(said.day) if said.day is None or not re.match(r"(?:19|20)\d\d", said.day_text) else said.day_text
    return {"region": said.of or article.region, "indicator": said.what, "value": _value(said), "unit": said.unit or "—",
            "period": period, "scope": said.scope}, [_day_remark(said)]


def _goal(said: Said, article: Article, known: Known) -> _Made:
    own = bool(_COUNTED.match(said.unit))
    node, remark = ("", "") if own else _node(re.sub(r"产能$|产量$", "", said.what), known)
    indicator = said.what if own else ""
    chain = known.chain(node) if node else ""
    return {"chain": chain, "node": node, "indicator": indicator, "value": _value(said), "unit": said.unit, "due": _iso(said.day),
            "stated": _iso(article.published)}, [remark, "" if chain else "产业链请补 / fill in the chain", _day_remark(said)]


_ROWS: dict[str, Callable[[Said, Article, Known], _Made]] = {
    "makes": _makes, "reports": _reports, "claim": _claim, "indicator": _indicator, "goal": _goal}
_SHEETS = {"makes": "firms", "reports": "reports", "claim": "claims", "indicator": "indicators", "goal": "goals"}


def _projects(article: Article, known: Known) -> Iterator[Draft]:
    """A row a project, and one more for each phase and each further node of it."""
    of: dict[str, list[Said]] = {}
    for said in article.said:
        if said.kind in ("project", "investor", "investment", "adds", "milestone"):
            of.setdefault(said.of, []).append(said)
    for name, facts in of.items():
        common = [f for f in facts if not f.phase]
        phases = list(dict.fromkeys(f.phase for f in facts if f.phase))
        yield from _project(name, "", common, article, known)
        for phase in phases:
            shared = [f for f in common if f.kind in ("project", "investor")]
            yield from _project(name, phase, [*shared, *(f for f in facts if f.phase == phase)], article, known)


def _project(name: str, phase: str, facts: Sequence[Said], article: Article, known: Known) -> Iterator[Draft]:
    cells = {"project": "" if name.startswith(UNNAMED) else name, "phase": phase, "source": number(article),
             "investors": "、".join(dict.fromkeys(f.what for f in facts if f.kind == "investor"))}
    remarks = [f.remark for f in facts]
    for said in facts:
        if said.kind == "investment" and not phase:
            cells["total_investment"] = said.text
        if said.kind == "project" and said.scope:
            cells["place"] = _elsewhere(said.scope, known)
        if said.kind == "milestone":
            remarks.append(_step(said, cells))
    sizes: list[Said | None] = [f for f in facts if f.kind == "adds"] or [None]
    where = _where(*facts)
    for one in sizes:
        node, remark = _node(one.what if one else _made(name), known)
        size = {"capacity": one.text, "content": one.what} if one else {}
        yield Draft("projects", _filled(cells | size | {"node": node}), where, "; ".join(dict.fromkeys(r for r in (remark, *remarks) if r)))


def _made(name: str) -> str:
    return "" if name.startswith(UNNAMED) else product(name)


def _step(said: Said, cells: dict[str, str]) -> str:
    """Puts a milestone's day into its column; what has no day stands in the remark, for there is no column without one."""
    key = f"{said.basis}:{said.what}"
    zh = ("计划" if said.basis == "planned" else "") + _STEPS[said.what]
    if said.day:
        cells[key] = _iso(said.day)
        return f"{zh}: 原文“{said.day_text}” / day as written" if said.day_text and not re.match(r"(?:19|20)\d\d", said.day_text) else ""
    wording = said.day_text or said.text
    return f"{zh}: 原文“{wording}”, 日期待补 / no day can be told"


def _node(words: str, known: Known) -> tuple[str, str]:
    """(the known node, remark); the cell stays blank where it cannot be told."""
    if not words:
        return "", "环节待补 / fill in the chain node"
    if node := known.node(words):
        return node, "" if node == words else f"环节: 原文“{words}” / node as written"
    near = "、".join(known.near(words))
    return "", f"环节待补: 原文“{words}”" + (f", 相近: {near}" if near else "") + " / fill in the chain node" + (
        f"; nearest: {near}" if near else "")


def _elsewhere(name: str, known: Known) -> str:
    """A region's name; blank where it is the workspace's own."""
    return "" if name == known.region else name


def _where(*said: Said) -> str:
    """The sentences with the lines they stand on, each once."""
    found = dict.fromkeys((s.lines, s.sentence) for s in said if s.sentence)
    return "\n".join(f"[{_lines(lines)}] {sentence}" for lines, sentence in found)


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"第{first}行 / line {first}" if first == last else f"第{first}–{last}行 / lines {first}–{last}"


def _day_remark(said: Said) -> str:
    if said.day:
        return f"原文“{said.day_text}” / as written" if said.day_text and not re.match(r"(?:19|20)\d\d", said.day_text) else ""
    return f"期间: 原文“{said.day_text}”, 待补 / the day cannot be told" if said.day_text else "期间待补 / no period in the text"


def _value(said: Said) -> str:
    return "" if said.value is None else figure(said.value)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in cells.items() if text}
