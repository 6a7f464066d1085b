"""Projects by 项目代码, else by name. 一期 and 二期 are never one project, however alike their names are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.codes import credit_code
from loaders.names import Register
from loaders.spelling import normal

_NUMBER = "[一二三四五六七八九十百两首\\divx]+"
_PHASE = re.compile(f"第?{_NUMBER}(?:期|阶段|标段|号线|条线|线|批)|(?:phase|line|stage){_NUMBER}|[东西南北a-z\\d]区")
_FIGURES = {**dict(zip("一二三四五六七八九", "123456789", strict=True)), "首": "1", "两": "2"}


def phases(name: str) -> tuple[str, ...]:
    """The words of a name that tell a phase, in one spelling: 首期, 一期 and 1期 are ('1期',)."""
    return tuple("".join(_FIGURES.get(c, c) for c in word.removeprefix("第")) for word in _PHASE.findall(normal(name)))


Said = tuple[str, str, str, int]
"""Name, phase or '', code or '', rank of the audience that may see the row."""


@dataclass
class Projects(Register):
    """A code joins the names it stands beside, unless these differ in their phase; a 期 is a project of its own."""

    whole: dict[str, str] = field(default_factory=dict)
    """Normalised name → id of the project."""
    codes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Normalised name and phase → the codes stated for it."""

    def id(self, name: str, phase: str = "") -> str:
        """Id of the project, or of its phase."""
        whole = self.whole.get(normal(name), normal(name))
        return f"{whole}/{normal(phase)}" if phase else whole

    def contested(self, name: str, phase: str) -> list[str]:
        """The codes of a project that has more than one; none where it has one at most."""
        found = sorted(self.codes.get((normal(name), normal(phase)), ()))
        return found if len(found) > 1 else []


def projects(said: Iterable[Said]) -> Projects:
    """All projects of all material."""
    said = sorted(set(said))
    out = Projects()
    shown: dict[str, tuple[int, str]] = {}
    for name, phase, code, rank in said:
        out.codes.setdefault((normal(name), normal(phase)), set()).update({credit_code(code)} - {""})
        shown[normal(name)] = min((rank, name), shown.get(normal(name), (rank, name)))
    for names in _wholes(out.codes):
        first = min(names, key=lambda n: (shown[n], n))  # as the widest audience knows it
        out.whole |= dict.fromkeys(names, first)
    ranks: dict[str, tuple[int, str]] = {}
    for name, phase, _, rank in said:
        for id, text in ((out.id(name), name), (out.id(name, phase), f"{name} {phase}" if phase else name)):
            ranks[id] = min((rank, text), ranks.get(id, (rank, text)))
            out.add(id, text)
    out.names = {id: text for id, (_, text) in ranks.items()}
    return out


def _wholes(codes: dict[tuple[str, str], set[str]]) -> list[set[str]]:
    """The names of each project: those that share a code, unless their phases differ."""
    own: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    for (name, _), found in codes.items():
        own.setdefault(name, set()).update((code, phases(name)) for code in found)
    carriers: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for name, keys in own.items():
        for key in keys:
            carriers.setdefault(key, set()).add(name)
    left, out = dict.fromkeys(own), []
    while left:
        todo, whole = [next(iter(left))], set[str]()
        while todo:
            if (name := todo.pop()) in left:
                del left[name]
                whole.add(name)
                todo += [n for key in own[name] for n in carriers[key]]
        out.append(whole)
    return out
