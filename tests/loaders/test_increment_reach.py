"""A name that comes to stand for something else reaches the material that used it: graph and report are those of a full
derivation, when it is said and when that is taken back. All names here are invented."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from graph.facts import Fact
from graph.workspace import Workspace, create, find
from loaders import index_file as indexing
from loaders import material, renewal
from loaders.load import Options, Refused, Report, load, withdraw
from tests.loaders.test_increment import City, put, same

HEADS = {"产业链全景视图(环节)": "产业链,环节,别名,产能单位", "产业链重点企业表": "企业名称,环节,产能,单位,所在地,来源",
         "产业链重点项目库": "项目名称,项目代码,环节,投资方,计划投产", "地区表": "地区,上级地区,别名",
         "来源表": "来源编号,名称,发布机构,发布日期,权威级别,受众"}
NODES, FIRMS, PROJECTS, REGIONS, SOURCES = HEADS
Rows = tuple[str, ...]
"""A sheet of ``HEADS``, then its rows."""
BASE: tuple[Rows, ...] = ((NODES, "甲链,料,物,kt/a", "甲链,件,,GW"), (REGIONS, "东区,某市,", "西区,某市,"))
DAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Case:
    """A material that uses a name, and a later one that says what it is; what the facts of an edge are before and after."""

    used: Rows
    said: Rows
    edge: str
    was: set[str]
    now: set[str]


CASES = {
    "unit of a node": Case((FIRMS, "一厂,物,0.5,万吨/年,,"), (NODES, "甲链,料,,吨/年"), "MAKES",
                           {"一厂 料 某市 5 kt/a"}, {"一厂 料 某市 5000 吨/年"}),
    "alias of a region": Case((FIRMS, "一厂,料,5,,某市东城,"), (REGIONS, "东区,某市,东城"), "MAKES", {"一厂 料 东城 5"}, {"一厂 料 东区 5"}),
    "where a region lies": Case((FIRMS, "一厂,料,5,,某市南区,"), (REGIONS, "南区,西区,"), "WITHIN",
                                {"东区 某市", "西区 某市", "南区 某市"}, {"东区 某市", "西区 某市", "南区 西区"}),
    "day of a source": Case((FIRMS, "一厂,料,5,,,甲报"), (SOURCES, "甲报,报,社,2022-06-30,5,"), "MAKES",
                            {"一厂 料 某市 5"}, {"一厂 料 某市 5 2022-06-30"}),
    "authority of a source": Case((FIRMS, "一厂,料,5,,,甲报"), (SOURCES, "甲报,报,社,,3,"), "MAKES", {"一厂 料 某市 5"}, {"一厂 料 某市 5 权威 3"}),
    "code of a project": Case((PROJECTS, "大项目,X1,件,一厂,2023-06-30", "小项目,,料,二厂,2023-06-30"), (PROJECTS, "小项目,X1,料,二厂,2023-06-30"),
                              "REACHES", {"大项目 operating", "小项目 operating"}, {"大项目 operating"}),
}
ANEW = {
    "audience of a source": Case((FIRMS, "一厂,料,5,,,甲报"), (SOURCES, "甲报,报,社,,5,内部"), "MAKES", {"一厂 料 某市 5"}, {"一厂 料 某市 5 内部"}),
}
REFUSED = {
    "alias of two nodes": (Case((FIRMS, "一厂,物,5,,,"), (NODES, "甲链,新料,物,kt/a"), "MAKES", {"一厂 料 某市 5"}, set()),
                           "有 2 个环节叫 “物”"),
    "name of two regions": (Case((FIRMS, "一厂,料,5,,东区,"), (REGIONS, "西区,某市,东区"), "MAKES", {"一厂 料 东区 5"}, set()),
                            "地区表里没有 “东区”"),
}


def told(workspace: Workspace, edge: str) -> set[str]:
    """The facts of an edge, by what is not as in most of them."""
    def one(fact: Fact) -> str:
        size = [fact.properties.get(key) for key in ("region", "capacity", "unit")]
        valid = fact.valid_from if fact.valid_from not in (DAY, date(1900, 1, 1)) else ""
        more = (valid, f"权威 {fact.authority}" if fact.authority != 5 else "", fact.audience.removeprefix("公开"))
        return " ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in (fact.start, fact.end, *size, *more) if part)

    return {one(fact) for fact in material.read_all(workspace, workspace.manifest()).graph.facts if fact.edge == edge}


def written(folder: Path, *sheets: Rows) -> Path:
    return put(folder, {sheet: "\n".join([HEADS[sheet], *rows, ""]) for sheet, *rows in sheets})


@dataclass
class Both:
    """A workspace, and how often everything of it was derived."""

    city: City
    derived: list[Workspace]

    def load(self, name: str, *sheets: Rows) -> Report:
        path = written(self.city.folder / name, *sheets)
        return self.step(lambda workspace: load(workspace, [path], Options(today=DAY)))

    def used(self, *sheets: Rows) -> None:
        """A load that is no matter of the test."""
        load(self.city.workspace, [written(self.city.folder / "用", *sheets)], Options(today=DAY))
        assert not self.derived

    def step(self, change: Callable[[Workspace], Report]) -> Report:
        """A change, as it is made in full on a copy without index, and then where there is one: both report the same."""
        copy = self.city.folder / f"copy-{len(list(self.city.folder.iterdir()))}"
        other = find(shutil.copytree(self.city.workspace.folder, copy))
        indexing.path(other).unlink(missing_ok=True)
        in_full = _outcome(change, other)
        assert self.derived.pop().folder == other.folder
        report = _outcome(change, self.city.workspace)
        assert report == in_full
        same(self.city)
        if isinstance(report, Report):
            return report
        raise Refused(report)


def _outcome(change: Callable[[Workspace], Report], workspace: Workspace) -> object:
    """The report with all its numbers, or the problems."""
    try:
        return change(workspace)
    except Refused as error:
        return error.problems


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    workspace, derived = create(tmp_path / "某市", "某市"), list[Workspace]()
    load(workspace, [written(tmp_path / "底", *BASE)], Options(today=DAY))

    def noted(workspace: Workspace, *given: object, of: Callable[..., object] = renewal.derived_anew) -> object:
        derived.append(workspace)
        return of(workspace, *given)

    monkeypatch.setattr(renewal, "derived_anew", noted)
    return Both(City(tmp_path, workspace), derived)


@pytest.mark.parametrize(("case", "anew"), [*((c, False) for c in CASES.values()), *((c, True) for c in ANEW.values())], ids=[*CASES, *ANEW])
def test_what_a_name_stands_for_now_is_so_in_other_material(both: Both, case: Case, anew: bool) -> None:
    both.used(case.used)
    assert told(both.city.workspace, case.edge) == case.was
    both.load("说", case.said)
    assert told(both.city.workspace, case.edge) == case.now and bool(both.derived) == anew
    both.derived.clear()
    both.step(lambda workspace: withdraw(workspace, ["说"]))
    assert told(both.city.workspace, case.edge) == case.was and bool(both.derived) == anew


@pytest.mark.parametrize(("case", "why"), REFUSED.values(), ids=REFUSED)
def test_a_name_that_other_material_can_no_longer_tell_is_refused(both: Both, case: Case, why: str) -> None:
    both.used(case.used)
    with pytest.raises(Refused) as caught:
        both.load("说", case.said)
    assert {p.why.partition(" / ")[0] for p in caught.value.problems} == {why}
    assert told(both.city.workspace, case.edge) == case.was


def test_what_is_taken_back_is_missed_where_it_was_used(both: Both) -> None:
    load(both.city.workspace, [written(both.city.folder / "说", (NODES, "甲链,新料,新物,kt/a"))], Options(today=DAY))
    both.used((FIRMS, "一厂,新物,5,,,"))
    with pytest.raises(Refused) as caught:
        both.step(lambda workspace: withdraw(workspace, ["说"]))
    assert {(p.row, p.value) for p in caught.value.problems} == {(2, "新物")}
