"""Rules of grading: the first that fires, their way through liantu.toml, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.grading import KINDS, LAST, RULES, Grading, Rule
from graph.settings import Settings, read, text


def test_a_rule_wants_all_of_one_list_and_one_of_the_other() -> None:
    rule = Rule("A", ("makes",), ("tie", "contact"))
    assert rule.fires(frozenset({"makes", "tie"}))
    assert not rule.fires(frozenset({"makes"}))
    assert not rule.fires(frozenset({"tie", "contact"}))
    assert Rule("watch").fires(frozenset())


def test_the_default_ends_with_a_rule_that_always_fires() -> None:
    assert RULES[-1] == LAST
    assert {k for r in RULES for k in (*r.all, *r.any)} <= KINDS.keys()


def test_own_rules_come_back_from_the_file(tmp_path: Path) -> None:
    named = Rule("A", ("makes",), ("tie", "contact"), ("stopped",), ('名 "甲"', "name a"))
    given = Settings("w", "市", targets=Grading((named, Rule("watch")), 12, 0.3))
    (tmp_path / "liantu.toml").write_text(text(given), encoding="utf-8")
    assert read(tmp_path / "liantu.toml") == given


def test_the_default_rules_stand_in_a_new_file(tmp_path: Path) -> None:
    """Where a note sends whoever wants others."""
    (tmp_path / "liantu.toml").write_text(text(Settings("w", "市")), encoding="utf-8")
    assert (tmp_path / "liantu.toml").read_text(encoding="utf-8").count("[[targets.grades]]") == len(RULES)
    assert read(tmp_path / "liantu.toml") == Settings("w", "市")


def test_a_rule_holds_only_without_what_it_excludes() -> None:
    rule = Rule("A", ("makes",), (), ("cancelled",))
    assert rule.fires(frozenset({"makes"}))
    assert not rule.fires(frozenset({"makes", "cancelled"}))


def test_a_name_is_one_text_or_one_for_each_language(tmp_path: Path) -> None:
    def told(name: str) -> tuple[str, str]:
        (tmp_path / "liantu.toml").write_text(f'{HEAD}[[targets.grades]]\ngrade = "B"\nall = ["tie"]\nname = {name}\n', encoding="utf-8")
        return read(tmp_path / "liantu.toml").targets.rules[0].name

    assert told('"甲"') == ("甲", "甲")
    assert told('{ zh = "甲", en = "a" }') == ("甲", "a")


HEAD = '[workspace]\nworkspace = "w"\nregion = "市"\n'


@pytest.mark.parametrize(("lines", "told"), [
    ('[targets]\nmonths = 0', "months"), ('[targets]\nodd = 1', "odd"), ('[targets]\npower_hungry = ["料"]', "power_nodes"),
    ('[[targets.grades]]\ngrade = "D"', "A | B | C | watch"), ('[[targets.grades]]\ngrade = "A"\nall = ["maks"]', "makes"),
    ('[[targets.grades]]\ngrade = "A"\nnone = []', "grade, all, any, without, name"),
    ('[[targets.grades]]\ngrade = "A"\nwithout = ["stoped"]', "stopped"),
    ('[[targets.grades]]\ngrade = "A"\nall = ["makes"]\nwithout = ["makes"]', "never holds"),
    ('[[targets.grades]]\ngrade = "A"\nname = 3', "name"), ('[[targets.grades]]\ngrade = "A"\nname = { zh = "甲" }', "name"),
    ('[targets]\ngrades = []', "[[targets.grades]]"), ("targets = 3", "[targets]"),
])
def test_what_is_wrong_is_named_with_its_cure(tmp_path: Path, lines: str, told: str) -> None:
    (tmp_path / "liantu.toml").write_text(f"{lines}\n{HEAD}" if lines.startswith("targets") else HEAD + lines, encoding="utf-8")
    with pytest.raises(LiantuError) as found:
        read(tmp_path / "liantu.toml")
    assert told in f"{found.value} {found.value.cure}"


def test_rules_without_a_last_one_get_it(tmp_path: Path) -> None:
    (tmp_path / "liantu.toml").write_text(HEAD + '[[targets.grades]]\ngrade = "B"\nall = ["tie"]\n', encoding="utf-8")
    assert read(tmp_path / "liantu.toml").targets.rules == (Rule("B", ("tie",)), LAST)
