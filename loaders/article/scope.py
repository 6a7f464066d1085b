"""One sentence with what it names, and which of its projects what stands at a place is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.article.entities import Project
from loaders.article.figures import MONEY
from loaders.article.said import UNNAMED
from loaders.article.text import Sentence
from loaders.article.when import Moment

COUNTED = re.compile(r"\d+(?:余|多)?[个项][^,。;、]{0,12}项目|项目(?:共|增至|达)?\d+(?:余|多)?[个项]")
"""Projects by their number: what follows is said of all of them."""

Group = tuple[Project, ...]
"""Projects in a list: what is said of the list is said of each."""


@dataclass(slots=True)
class Scope:
    """A sentence, the projects it names itself (``own``) and those it speaks of, in their lists; ``taken``: figures told already."""

    sentence: Sentence
    moments: tuple[Moment, ...]
    own: Group
    groups: list[Group]
    taken: list[tuple[int, int]] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.sentence.plain

    @property
    def nameless(self) -> bool:
        """Whether it speaks of a project that the text does not name."""
        return not self.own and bool(self.groups) and self.groups[0][0].name.startswith(UNNAMED)

    def at(self, start: int, end: int) -> Group:
        """The projects that what stands at a place is said of: whose name it is in or leads to, else those named before it."""
        for project in (p for group in self.groups for p in group):
            inside = project.start <= start and end <= project.end
            if inside or (end <= project.start and _LEADS.fullmatch(self.words[end:project.start])):
                return (project,)
        before = [group for group in self.groups if group[-1].end <= start]
        if not self.groups or (not before and _LISTS.search(self.words[end:self.groups[0][0].start])):
            return ()
        return before[-1] if before else self.groups[0]

    def led(self, start: int, end: int) -> Group:
        """The list of projects that a step leads to (已签约总投资…的甲项目和乙项目), else those of its place."""
        led = (g for g in self.groups if end <= g[0].start and _STEP_LEADS.fullmatch(self.words[end:g[0].start]))
        return next(led, ()) or self.at(start, end)

    def phase(self, place: int) -> str:
        """一期, 二期 where the words before a place say so, outside the projects' names."""
        words = self.words
        for project in self.own:
            dots = "·" * (project.end - project.start - len(project.phase))
            words = words[:project.start] + dots + project.phase + words[project.end:]
        found = re.findall(r"([一二三四五]期)(?!和|、)", words[:place])
        return found[-1] if found else ""


_LEADS = re.compile(r"[^,。;、]{0,12}的[^,。;、的]{0,12}|[^,。;、]{0,10}")
_LISTS = re.compile(r"包括|分别|涵盖|主要有|其中")
_STEP_LEADS = re.compile(rf"(?:引进|落地|落户)?了?(?:总?投资{MONEY}的?)?")
_GAP = re.compile(rf"[)”\"]?(?:、|和|及|以及|与)(?:[^,。;、]*的)?(?:总?投资{MONEY}的?)?[“\"]?")


def grouped(words: str, own: Sequence[Project]) -> list[Group]:
    """Projects in their lists: 甲项目、总投资3亿元的乙项目."""
    groups: list[Group] = []
    for project in own:
        if groups and _GAP.fullmatch(words[groups[-1][-1].end:project.start]):
            groups[-1] += (project,)
        else:
            groups.append((project,))
    return groups
