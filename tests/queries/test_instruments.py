"""Files of instruments: those that come with liantu are whole, and a bad one says file, entry, key and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError, QuestionError
from queries.instruments import DEFAULT, chosen, instruments, read

SHIPPED = Path(__file__).parent.parent.parent / "data" / "instruments"
HEAD = 'name = "试"\nzh = "试办法"\nen = "test"\nplace = "试市"\njudges = "project"\npublisher = "试局"\n'
VETO = '[[veto]]\nvalue = "投资强度"\nunit = "万元/亩"\nrule = "at_least"\nbound = 260\n'
POINT = '[[criterion]]\nvalue = "用工"\nunit = "人"\nrule = "ratio"\nbase = 10\npoints = 40\n'


def put(folder: Path, text: str) -> Path:
    path = folder / "试.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_those_that_come_with_it() -> None:
    found = instruments(SHIPPED)
    assert found[0].name == DEFAULT and found[0].composed and [i.name for i in found if i.composed] == [DEFAULT]
    assert len(found) == 8 and all(i.publisher and i.zh != i.en for i in found)
    by = {i.name: i for i in found}
    assert [r.bound for r in by["shouguang-2015-hightech"].vetoes] == [None, 2, 300, 24]
    assert [r.bound for r in by["shouguang-2015-manufacturing"].vetoes] == [None, 3, 260, None]
    assert sum(r.points for r in by["huangyan-2023-above"].criteria) == 100 and not by["huangyan-2023-above"].vetoes
    assert [(c.name, c.upto) for c in by["huaian-2024"].classes] == [("A", 20), ("B", 60), ("C", 95), ("D", 100)]
    assert not any("\u4e00" <= c <= "\u9fff" for i in found for c in i.place_en + i.en) and all(i.place_en for i in found)
    assert {p.stem for p in SHIPPED.glob("*.toml")} == set(by)


def test_a_whole_file(tmp_path: Path) -> None:
    made = read(put(tmp_path, HEAD + "points = 40\n" + VETO + POINT))
    assert (made.year, len(made.vetoes), len(made.criteria), made.points) == (None, 1, 1, 40)


@pytest.mark.parametrize(("text", "told"), [
    (HEAD + "points = 100\n" + POINT, "合计 40, 文件写 points = 100"),
    (HEAD + "points = 0\n" + VETO.replace("万元/亩", "万圆/亩"), r"\[veto 1\] unit = '万圆/亩'"),
    (HEAD + "points = 0\n" + VETO.replace("万元/亩", "公里"), "投资强度 以 万元/亩 计"),
    (HEAD + "points = 0\n" + VETO.replace("at_least", "atleast"), "rule = 'atleast'.*\n.*at_least"),
    (HEAD + "points = 0\n" + VETO.replace("at_least", "ratio"), "rule = 'ratio'"),
    (HEAD + "points = 0\n" + VETO.replace("bound = 260\n", ""), "需要它"),
    (HEAD + "points = 0\n" + VETO.replace("260", '"260"'), "bound = '260'"),
    (HEAD + "points = 0\n" + VETO.replace("260", "nan"), "bound = nan"),
    (HEAD + "points = 0\n" + VETO + "points = 3\n", "points = 3"),
    (HEAD + "points = 40\n" + POINT.replace("base = 10", "base = 0"), "基准值须大于 0"),
    (HEAD + "points = 40\n" + POINT.replace("points = 40\n", ""), "points = None"),
    (HEAD + "points = 0\n" + VETO.replace("value", "valeu"), "valeu.*\n.*value"),
    (HEAD + "points = 0\nveto = 3\n", r"写成 \[\[veto\]\]"),
    (HEAD + "points = 0\n", "至少一条"),
    (HEAD.replace('place = "试市"\n', "") + "points = 0\n" + VETO, "place = None"),
    (HEAD + 'year = "2023"\npoints = 0\n' + VETO, "year = '2023'"),
    (HEAD + "points = 9\n[[criterion]]\nvalue = '用工'\nunit = '人'\nrule = 'steps'\npoints = 9\ntable = [[2, 1], [1, 9]]\n", "从小到大"),
    (HEAD + "points = 9\n[[criterion]]\nvalue = '用工'\nunit = '人'\nrule = 'steps'\npoints = 9\ntable = [[1, 1], [2, 8]]\n", "最高的分"),
    (HEAD + "points = 9\n[[criterion]]\nvalue = '用工'\nunit = '人'\nrule = 'steps'\npoints = 9\ntable = [[2, '1']]\n", "写成"),
    (HEAD + "points = 9\n[[criterion]]\nvalue = '用工'\nunit = '人'\nrule = 'linear'\npoints = 9\nlow = 1\nhigh = 1\n", "须不同"),
    (HEAD + "points = 0\n" + VETO + "[[class]]\nname = '甲'\nzh = '上'\nen = 'upper'\nupto = 90\n", "最后一档 100"),
    (HEAD + "points = 0\n" + VETO + "[[class]]\nname = '甲'\nzh = '上'\nupto = 100\n", r"\[class 1\] en = None"),
    (HEAD + "points = 0\n" + VETO + "[[note]]\nzh = '话'\n", "zh 与 en 都写"),
    ("name = ", "读不懂")])
def test_a_bad_file_says_where_and_what(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LiantuError, match=told) as raised:
        read(put(tmp_path, text))
    assert raised.value.exit_code == 2 and "试.toml" in raised.value.message and raised.value.cure


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LiantuError, match="读不懂"):
        read(path)


def test_the_workspace_s_own_stands_for_ours(tmp_path: Path) -> None:
    put(tmp_path, HEAD.replace('"试"', f'"{DEFAULT}"') + "points = 0\n" + VETO)
    found = instruments(SHIPPED, tmp_path, tmp_path / "无")
    assert len(found) == 8 and found[0].zh == "试办法"


def test_an_unknown_one_names_the_nearest() -> None:
    found = instruments(SHIPPED)
    assert chosen(found, None).name == DEFAULT and chosen(found, "淮安市工业企业资源集约利用综合评价 2024").name == "huaian-2024"
    with pytest.raises(QuestionError, match="huaian-2024"):
        chosen(found, "huaian")
    with pytest.raises(QuestionError, match=DEFAULT):
        chosen(found, "zzzz")
