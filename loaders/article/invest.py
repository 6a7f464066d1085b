"""Who puts how much into a project: investors and sums of money."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass

from loaders.article.entities import Project, brand, firms, short_firms
from loaders.article.figures import MONEY, amount
from loaders.article.said import UNNAMED, Said
from loaders.values import Quantity

_SUM = re.compile(rf"(?P<kind>总投资额?|计划(?:总)?投资|拟投资|投资额|投资)(?:约|达到?|为|共|超|超过|:|人民币)*(?P<sum>{MONEY})")
_NOT_ITS = re.compile(r"(?:协议|完成|固定资产|年度计划|年度|累计|追加|资产|设备|期(?:项目|工程)?)(?:计划)?$")
_FIRST = re.compile(rf"^(?P<firms>[^,。;:]{{2,60}}?)(?:共同|联合|计划|拟|将)*(?:投资|出资)(?:{MONEY})?(?:兴建|建设)?的")
_BY = re.compile(r"由(?P<firms>[^,。;]{2,60}?)(?:共同|联合|出资|全额|独家|总|计划|拟)*(?:投资|出资|承建|建设|投建|打造|实施)")
_NAMED = re.compile(r"(?:投资方|投资主体|建设单位|业主单位|投资企业|建设主体|投资单位|承建单位|项目业主|建设业主)(?:为|是|:)(?P<firms>[^,。;]{2,80})")
_DOES = re.compile(r"签|投资|建设|承建|合作|落户|投建|新建|会见|我们的|的")
_PERSON = re.compile(r"(?:[^,。;]{0,6})(?:总经理|副总|总裁|负责人|厂长|代表|相关|工程师|经理)")
_LABELS = {"项目名称": "project", "项目": "project", "建设单位": "investors", "投资方": "investors", "投资主体": "investors", "业主单位": "investors",
           "投资单位": "investors", "总投资": "investment", "计划总投资": "investment", "建设内容": "content", "建设规模": "content",
           "建设内容及规模": "content", "进展情况": "progress", "项目进展": "progress", "建设地点": "place"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A project's total investment, with its place in the sentence."""

    size: Quantity
    text: str
    start: int
    end: int


def labelled(words: str) -> tuple[str, str] | None:
    """(what it is, value) of a line such as 建设单位:…; None where it is none."""
    match = re.match(r"(?:\d{1,2}[.、])?(?P<label>[^\W\d_]{2,8}):(?P<value>.+)", words)
    return (_LABELS[match["label"]], match["value"]) if match and match["label"] in _LABELS else None


def investments(words: str, named: Collection[int] = ()) -> tuple[Sum, ...]:
    """Total investments of projects: neither an agreement's sum nor what was spent, nor a phase's.

    ``named``: where the names of projects end; 甲玻璃二期项目 is a name, and the sum after it the project's own.
    """
    found = []
    for match in _SUM.finditer(words):
        its = match.start() in named or not _NOT_ITS.search(words[:match.start()])
        size = amount(match["sum"]) if its else None
        if size:
            found.append(Sum(size, match["sum"], match.start("sum"), match.end("sum")))
    return tuple(found)


def investors(words: str, own: Sequence[Project], groups: Sequence[tuple[Project, ...]], before: Sequence[str],
              stems: Set[str]) -> Iterator[Said]:
    """The investors of the projects of a sentence; ``before``: the firms that the sentence before named."""
    given: set[str] = set()
    for name, firm in _explicit(words, groups, before):
        given.add(name)
        yield Said("investor", name, firm)
    for project in own:
        if project.name not in given and not project.firm:
            for firm in brand(project.name):
                short = next((firm[end:] for end in range(1, len(firm) - 1) if firm[:end] in stems), firm)
                if short not in stems:
                    yield Said("investor", project.name, short, remark="由项目名称推出 / inferred from the project's name")


def _explicit(words: str, groups: Sequence[tuple[Project, ...]], before: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not groups:
        return
    for group in groups:
        yield from ((p.name, p.firm) for p in group if p.firm)
    for form in (_BY, _NAMED, _FIRST):
        if match := form.search(words):
            told = next((g for g in groups if g[-1].end > match.end("firms")), groups[-1])
            yield from ((told[0].name, firm) for firm in _names(match["firms"]))
            if form is not _FIRST:
                return
    yield from _full(words, groups, before)


def _names(words: str) -> tuple[str, ...]:
    full = tuple(name for name, _, _ in firms(words))
    short = short_firms(words)
    return short if len(short) > len(full) or (short and not full) else full


def _full(words: str, groups: Sequence[tuple[Project, ...]], before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Firms by their full names beside a verb of building, but for those who are only quoted; none where projects have theirs."""
    if any(p.firm for group in groups for p in group):
        return
    project = groups[0][0]
    listed = [p.name for p in groups[0]]
    found = [name for name, _, end in firms(words) if not _PERSON.match(words[end:]) and _DOES.search(words)]
    if project.name.startswith(UNNAMED) and not found:
        found = list(before)
    if len(groups) == 1:
        yield from ((each, name) for each in listed for name in found)
