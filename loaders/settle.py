"""``liantu names``: the open names of a workspace, and the decisions that settle them. Decisions are material like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import QuestionError
from graph.model import AUDIENCES
from graph.workspace import Workspace
from loaders import decisions, load, material
from loaders.codes import credit_code
from loaders.derive import Derived, derive
from loaders.kinds import KINDS
from loaders.names import Firms, nearest
from loaders.names_sheet import titled
from loaders.naming import Read, firm_cells, learn
from loaders.one_firm import Link
from loaders.review import Case, cases
from loaders.settled import Decision
from loaders.spelling import normal


@dataclass(frozen=True, slots=True)
class Standing:
    """How names stand, for an audience: the open cases, what was joined by itself, and names in decisions that no material has
    now. How many cases a stricter audience has is not told: a count tells too."""

    audience: str
    cases: tuple[Case, ...]
    links: tuple[Link, ...]
    unmet: tuple[str, ...]

    def rows(self, lang: str = "zh", blanks: bool = True) -> list[dict[str, Any]]:
        """The list that people fill in: a row for each candidate; without ``blanks`` only what is known."""
        return titled(self.cases, lang, blanks)

    def plain(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        return {"audience": self.audience, "open": len(self.cases), "unmet": list(self.unmet),
                "linked": [asdict(link) for link in self.links], "cases": [asdict(case) for case in self.cases]}


def standing(workspace: Workspace, audience: str = AUDIENCES[-1]) -> Standing:
    """The open names of a workspace, those with most facts first."""
    reads = _reads(workspace)
    derived = derive(workspace.settings.region, reads)
    widest = AUDIENCES.index(audience)
    firms = derived.names.firms.heard_by(widest)
    seen = _cases(derived, firms, reads, widest)
    # of a name that no material has nobody knows who may see it
    return Standing(audience, tuple(seen), firms.links, tuple(firms.groups.unmet) if audience == AUDIENCES[-1] else ())


def _reads(workspace: Workspace) -> list[Read]:
    return [material.read_one(workspace, entry, workspace.material / entry.kept)
            for entry in workspace.manifest() if entry.kind in KINDS]


def _cases(derived: Derived, firms: Firms, reads: Sequence[Read], widest: int) -> list[Case]:
    facts = Counter(end for f in derived.graph.facts if AUDIENCES.index(f.audience) <= widest
                    for label, end in ((f.start_label, f.start), (f.end_label, f.end)) if label == "Firm")
    return cases(firms, firm_cells(reads, widest), facts)


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision did: its file, '' where nothing changes; the decisions in it; what to look at, 中文 / English."""

    file: str
    decisions: tuple[Decision, ...]
    flags: tuple[str, ...] = ()


def accept(workspace: Workspace, name: str, candidate: str, by: str = "", why: str = "", store: str = "") -> Done:
    """The name (or code) is of the candidate's firm. QuestionError where it cannot be; Refused where rows then contradict."""
    firms = _firms(workspace)
    _known(firms, name)
    _known(firms, candidate)
    _check(firms, name, candidate)
    if _id(firms, name) == _id(firms, candidate) and not firms.ambiguous(name):
        return Done("", ())
    return _keep(workspace, [Decision("accept", name, candidate, by, why)], store)


def reject(workspace: Workspace, name: str, candidates: Sequence[str] = (), by: str = "", why: str = "", store: str = "") -> Done:
    """They are different firms: the name and these, or all that are its candidates now."""
    firms = _firms(workspace)
    _known(firms, name)
    candidates = candidates or _candidates(workspace, name)
    for candidate in candidates:
        _known(firms, candidate)
        if (code := _code(firms, name)) and code == _code(firms, candidate):
            raise QuestionError(f"“{name}” 与 “{candidate}” 的统一社会信用代码都是 {code} / both have that credit code",
                                "在材料里改正代码, 再导入 / mend the code in the material and load it again")
    said = [Decision("reject", name, c, by, why) for c in candidates
            if frozenset((normal(name), normal(c))) not in firms.groups.settled.apart]
    return _keep(workspace, said, store)


def split(workspace: Workspace, names: Sequence[str], by: str = "", why: str = "", store: str = "") -> Done:
    """Each of these names stands by itself again, whatever it was joined with."""
    firms = _firms(workspace)
    for name in names:
        _known(firms, name)
    return _keep(workspace, [Decision("split", n, "", by, why) for n in names if normal(n) not in firms.groups.settled.alone], store)


def undo(workspace: Workspace, name: str = "", store: str = "") -> str:
    """Take back the last decision, or the last that speaks of a name; the file that went."""
    for entry in reversed(workspace.manifest()):
        if entry.kind == decisions.KIND and (not name or normal(name) in {
                normal(n) for d in decisions.read(workspace.material / entry.kept) for n in (d.name, d.candidate)}):
            load.withdraw(workspace, [entry.kept], store)
            return entry.name
    raise QuestionError("没有可撤回的决定 / there is no decision to take back",
                        "导入的清单用 `liantu withdraw 文件` 撤回 / a list that was loaded is withdrawn by its file")


def _keep(workspace: Workspace, said: Sequence[Decision], store: str) -> Done:
    """Load them as material: all or nothing, under the lock, like every file."""
    if not said:
        return Done("", ())
    today, before = date.today(), sum(entry.kind == decisions.KIND for entry in workspace.manifest())
    with TemporaryDirectory() as folder:
        path = decisions.file(Path(folder), said, today, before)
        report = load.load(workspace, [path], load.Options(today=today, kind=decisions.KIND), store)
    return Done(path.name, tuple(said), tuple(report.notes))


def _firms(workspace: Workspace) -> Firms:
    return learn(workspace.settings.region, _reads(workspace))[0].firms


def _candidates(workspace: Workspace, name: str) -> list[str]:
    case = next((c for c in standing(workspace).cases if normal(c.name) == normal(name)), None)
    if case is None:
        raise QuestionError(f"“{name}” 没有待定的候选 / has no open candidates", "写明候选, 或 `liantu names split` / name the candidate")
    return [c.code if normal(c.name) == normal(name) else c.name for c in case.candidates]


def _id(firms: Firms, text: str) -> str:
    return firms.id("", text) if credit_code(text) in firms.groups.code else firms.id(text)


def _code(firms: Firms, text: str) -> str:
    return found if (found := _id(firms, text)) in firms.groups.code.values() else ""


def _known(firms: Firms, text: str) -> None:
    if normal(text) not in firms.groups.of and credit_code(text) not in firms.groups.code:
        near = "、".join(nearest(text, (name for name, _ in firms.ranks))) or "—"
        raise QuestionError(f"材料里没有企业 “{text}” / no firm of that name in the material",
                            f"照材料里的写法写全; 最相近: {near} / write it as the material does; nearest: {near}")


def _check(firms: Firms, name: str, candidate: str) -> None:
    """What contradicts an accept: two codes, or one row that names both as two firms."""
    one, other = _code(firms, name), _code(firms, candidate)
    if one and other and one != other and normal(name) in firms.groups.of and not firms.ambiguous(name):
        raise QuestionError(f"“{name}” 的统一社会信用代码是 {one}, “{candidate}” 的是 {other}: 两家企业 / two codes, two firms",
                            f"代码写错的: `liantu names accept {one} {other}` / where a code is wrong, say so of the codes")
    if frozenset((normal(name), normal(candidate))) in firms.groups.heard.apart:
        raise QuestionError(f"“{name}” 与 “{candidate}” 在同一行里是两家企业 / stand as two firms in one row",
                            "先改正那一行, 再导入 / mend that row and load it again")
