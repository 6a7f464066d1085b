"""Who may see it (the design's rule 12): every way out of a city holds what its audience may see, and no trace of more.

Each command of the command line stands here with its cases, or with the reason why it has none; a new command, and a new form of an
old one, fails the first test until somebody has thought of its audience.
"""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from audiences import CHAIN, MARKS, cities, marks_in, written

import liantu
from cli import main
from commands.options import AUDIENCES
from queries.catalogue import every

Case = tuple[str, ...]
DAYS = ("--from", "2023-01-01", "--to", "2024-01-01")
ANSWERS: dict[str, Case] = {
    "gaps": (CHAIN,), "claims": (CHAIN,), "prospect": (CHAIN,), "slips": (CHAIN,), "whatif": (CHAIN, "--add", "框架=10kt/a@2025-12-31"),
    "history": ("框架", *DAYS, "--all"), "diff": (CHAIN, *DAYS), "compare": ("框架", "--with", "试东区"), "ask": (CHAIN,), "names": (),
    "suitability": ("试丙框架项目",), "targets": ("框架",),
    "brief": ("试丁板材", "--with", "试东区"), "introduce": ("试甲板材有限公司",),
    "adjacent": ("框架",)}
"""Commands that write their answer in every form."""

CASES: dict[str, list[Case]] = {command: [
    (command, *more, "--format", "table"), (command, *more, "--format", "json"), (command, *more, "--lang", "en", "--format", "csv"),
    (command, *more, "--format", "xlsx", "-o", "out/a.xlsx")] for command, more in ANSWERS.items()}
CASES["gaps"] += [("gaps", "--all", "--format", form) for form in ("table", "json", "csv")]
CASES["claims"] += [("claims", "--format", "json")]
CASES["slips"] += [("slips", "--format", "json")]
CASES["ask"] += [("ask", "-o", "out/摸排.xlsx"), ("ask", CHAIN, "-o", "out/hand-out.xlsx", "--lang", "en")]
CASES["suitability"] += [("suitability", "--list", "--format", "json"), ("suitability", "试丙框架项目", "--instrument", "huaian-2024", "--given",
                                                                         "用地=90亩", "--format", "json")]
CASES["compare"] += [("compare", "试丙框架项目", "--with", "试东区", "--format", "json")]
CASES["targets"] += [("targets", *more, "--format", "json") for more in (("--chain", CHAIN), ("--firm", "试丁板材"), ("--all",), ("整机",))]
CASES["brief"] += [("brief", "试戊能", "--format", form, "-o", f"out/a.{form}") for form in ("html", "docx")]
CASES["introduce"] += [("introduce", "试乙整机有限公司", "--to", "试丙有限公司", "--format", "json"),
                       ("introduce", "--firms", "试乙整机有限公司,试甲板材有限公司", "--cap", "1", "--format", "json")]
CASES["history"] += [("history", "板材", "--as-known", "--format", "json")]
CASES["explain"] = [("explain", CHAIN, node, "--format", form) for node in ("石料", "板材", "框架", "整机") for form in ("table", "json")]
CASES["map"] = [
    *(("map", CHAIN, "-o", f"out/a.{suffix}") for suffix in ("html", "svg", "png", "pptx")),
    ("map", CHAIN, "--style", "print", "--theme", "dark", "-o", "out/a.svg"),
    ("map", CHAIN, "--style", "wall", "--theme", "light", "-o", "out/a.svg"),
    *(("map", CHAIN, "--view", view, "-o", "out/a.svg") for view in ("map", "bars", "profile")),
    ("map", CHAIN, "--due", "2025-12-31", "-o", "out/a.svg"), ("map", CHAIN, "--due", "2025-12-31", "-o", "out/a.html"),
    ("map", CHAIN, *DAYS, "-o", "out/a.svg"), ("map", "--all", "--since", "2023-01-01", "-o", "out/all/"), ("map", "--all", "-o", "out/all.svg")]
CASES["query"] = [("query", question.id, "--format", "json") for question in every()]
CASES["query"] += [("query", "makes", "--format", "table"), ("query", "sources", "--format", "csv"), ("query", "makes", "--text")]
CASES["export"] = [("export", "--as", "sheets", "-o", "out/a.xlsx"), ("export", "--as", "sheets", "-o", "out/sheets"),
                   ("export", "--as", "graphml", "-o", "out/a.graphml"), ("export", "--as", "csv", "-o", "out/csv"),
                   ("export", "--as", "graphml", "--chain", CHAIN, "-o", "out/a.graphml")]

FOR_THE_KEEPER = {
    "load": "who loads has the file, and must be told what of it is refused",
    "check": "as load: it speaks of the file that it is given",
    "withdraw": "names the material that the keeper names",
    "retire": "repeats the fact that the keeper names by its id",
    "rebuild": "a count of facts",
    "desk": "loads for its keeper, and draws with the commands above, for everybody",
    "info": "lists the material by name for whoever keeps the workspace, in which every file lies anyway",
    "read": "proposes what stands in an article; its review is for its reviewer, and its remarks may name nodes of all audiences",
    "init": "there is nothing in the workspace yet", "demo": "a sample of public sources only",
    "template": "writes for the workspace's own audience: see the test of it",
}
"""Commands without an audience, and why they may name what they name: they are for those who hold the workspace itself."""
TWO_STEPS = {"plants_added_up", "plants_added_up_by_region", "plants_to_judge"}
"""Questions that are one answer together: what is added up in the store, and what must be judged first. Where a plant falls depends on
facts that an audience may not see; their sum, which is what is answered, does not."""
NOT_AN_OUTPUT = {("export", "neo4j"): "the city's own database, for all audiences, and it says so"}
IDS = {"chain_nodes": "石料,板材,框架,整机", "sources": "public"}
PARAMETERS = {"chain": CHAIN, "chains": CHAIN, "nodes": "石料,板材,框架,整机", "regions": "试市,试东区", "day": "2023-12-31", "scopes": CHAIN,
              "indicators": "可供用地,工业电价,工业地价", "name": "试", "parts": "试"}


def _given(case: Case, firms: str, projects: str) -> Case:
    """What a question of the catalogue must be given beside the clocks and the audience: ids that are public."""
    if case[0] != "query":
        return case
    asked = next(question for question in every() if question.id == case[1])
    given = PARAMETERS | {"firms": firms, "projects": projects, "ids": IDS.get(asked.id, projects if "project" in asked.id else firms)}
    return (*case, *(part for p in asked.parameters if p.name in given for part in ("-p", f"{p.name}={given[p.name]}")))


@pytest.fixture(scope="module")
def known(both: tuple[Path, Path]) -> tuple[str, str]:
    """The ids of the firms and of the projects that everybody may see."""
    nodes = liantu.graph(both[1] / "w", audience=AUDIENCES[0]).nodes
    firms, projects = (",".join(node.id for node in nodes if node.label == label) for label in ("Firm", "Project"))
    return firms, projects


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return cities(tmp_path_factory.mktemp("cities"))


def test_every_command_is_thought_of() -> None:
    assert {*CASES} | {*FOR_THE_KEEPER} == {*main.commands}
    assert not {*CASES} & {*FOR_THE_KEEPER}
    for command, cases in CASES.items():
        options = {option.name: option for option in main.commands[command].params}
        assert "audience" in options, f"{command} writes what is asked for and does not ask for whom"
        for option in options.values():
            if isinstance(option.type, click.Choice) and option.name not in ("audience", "lang"):
                missing = {str(choice) for choice in option.type.choices} - {word for case in cases for word in case}
                assert {choice for choice in missing if (command, choice) not in NOT_AN_OUTPUT} == set(), f"{command}: {option.name}"


EVERY = [case for cases in CASES.values() for case in cases]


@pytest.mark.parametrize("case", EVERY, ids=" ".join)
def test_a_public_answer_is_that_of_a_city_without_the_rest(both: tuple[Path, Path], known: tuple[str, str], case: Case) -> None:
    """Byte for byte: no name, no count, no sum, no order and no gap in a numbering tells of what was left out."""
    answers = [written(city, *_given(case, *known)) for city in both]
    assert not marks_in(answers[0])
    assert answers[0].keys() == answers[1].keys()
    if case[0] == "query" and case[1] in TWO_STEPS:
        return
    for name, content in answers[0].items():
        assert content == answers[1][name], f"{name} of {' '.join(case)}"


@pytest.mark.parametrize("case", EVERY, ids=" ".join)
def test_an_inner_answer_names_nothing_of_the_team_s(both: tuple[Path, Path], known: tuple[str, str], case: Case) -> None:
    found = marks_in(written(both[0], *_given(case, *known), "--audience", "内部"))
    assert {mark: place for mark, place in found.items() if MARKS[mark] == "专班"} == {}


def test_the_marks_are_there_for_those_who_may_see_them(both: tuple[Path, Path]) -> None:
    """Else the tests above would pass for want of marks."""
    cases = [("gaps", CHAIN, "--format", "json"), ("export", "--as", "csv", "-o", "out/csv"), ("export", "--as", "sheets", "-o", "out/a.xlsx"),
             ("map", CHAIN, "-o", "out/a.html"), ("map", CHAIN, "-o", "out/a.svg"), ("map", CHAIN, "-o", "out/a.pptx")]
    seen = {eyes: [marks_in(written(both[0], *case, "--audience", eyes)) for case in cases] for eyes in AUDIENCES[1:]}
    for eyes, found in seen.items():
        assert all(found), [" ".join(case) for case, marks in zip(cases, found, strict=True) if not marks]
        told = {mark for marks in found for mark in marks}
        missing = {mark for mark, whose in MARKS.items() if whose == eyes} - told
        assert len(missing) < 6, missing


def test_what_is_for_all_says_so(both: tuple[Path, Path]) -> None:
    out = written(both[0], "export", "--as", "neo4j", "-o", "out/neo4j")
    assert "全部 / all" in out[""].decode() and "every audience" in out["neo4j/README.txt"].decode()
    assert set(marks_in(out).values())


def test_a_template_is_for_the_workspace_s_own_audience(both: tuple[Path, Path]) -> None:
    answers = [written(city, "template", "-w", "w", "--all", "-o", "out/a.xlsx") for city in both]
    assert answers[0] == answers[1]


def test_a_name_that_may_not_be_seen_is_not_known(both: tuple[Path, Path]) -> None:
    """Asking for it must not tell that it is there: the message is the same as for a name that nobody has."""
    from audiences import INNER
    from calling import run

    node = INNER["内部"]["产业链全景视图(环节)"][0]["环节"]
    for folder in both:
        said = run("explain", CHAIN, node, "-w", folder / "w", code=2).stderr
        assert "没有" in said
        assert not any(mark in said.replace(node, "") for mark in MARKS)


@pytest.mark.parametrize("eyes", AUDIENCES)
def test_the_functions_too(both: tuple[Path, Path], eyes: str) -> None:
    found = marks_in({"": repr(liantu.graph(both[0] / "w", audience=eyes)).encode()})
    assert {AUDIENCES.index(MARKS[mark]) for mark in found} == set(range(1, AUDIENCES.index(eyes) + 1))
