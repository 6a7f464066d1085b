"""What a workspace may say of factors and weights, and what is refused with its cure."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.factors import Profile, profile
from graph.errors import LiantuError

ONE: dict[str, Any] = {"unit": "%", "better": "more", "worse": 0, "best": 100}
RAW: dict[str, Any] = {
    "composed": True, "cap": 0.6, "blend": 0.5, "objective": "critic", "perturb": 0.2, "seed": 1, "power_nodes": ["试电"],
    "kinds": {kind: {"zh": kind, "en": kind, "factors": ["甲", "乙", "丙"], "ahp": [["1", "2", "4"], ["1/2", "1", "2"], ["1/4", "1/2", "1"]]}
              for kind in ("power", "general")},
    "factors": {"甲": ONE, "乙": ONE, "丙": {**ONE, "better": "less", "worse": 9, "best": 1, "movable": True}}}


def made(own: dict[str, Any] | None = None, factors: dict[str, Any] | None = None, node: str = "试料") -> Profile:
    return profile(RAW, own or {}, factors or {}, [node])


def test_the_shipped_judgements() -> None:
    found = made()
    assert found.given == pytest.approx([4 / 7, 2 / 7, 1 / 7]) and found.cr == pytest.approx(0) and found.composed
    assert (found.kind[0], made(node="试电").kind[0]) == ("general", "power")


def test_a_workspace_overrides() -> None:
    found = made({"weights": {"甲": 0.5, "乙": 0.3, "丙": 0.2}, "cap": 0.5}, {"甲": {"best": 80}})
    assert (found.given, found.cr, found.composed, found.cap, found.factors[0].best) == ((0.5, 0.3, 0.2), None, False, 0.5, 80)


@pytest.mark.parametrize(("own", "said"), [
    ({"ahp": [[1, 2, 4], [2, 1, 2], ["1/4", "1/2", 1]]}, "“甲”对“乙”: 2 与 2 不互为倒数"),
    ({"ahp": [[1, 9, "1/9"], ["1/9", 1, 9], [9, "1/9", 1]]}, "the others together say about 0.012"),
    ({"ahp": [[1, 10, 4], ["1/10", 1, 2], ["1/4", "1/2", 1]]}, "“甲”对“乙”: 10 不在 1/9 与 9 之间"),
    ({"ahp": [[1, 2], [2, 1]]}, "3 × 3"), ({"ahp": [[1, 2, "x"], [1, 1, 1], [1, 1, 1]]}, "AHP"),
    ({"weights": {"甲": 0.5, "乙": 0.3, "丙": 0.3}}, "之和 1.1 不是 1"), ({"weights": {"甲": 1}}, "[compare.weights] 丙、乙"),
    ({"weights": {"甲": 1}, "ahp": []}, "keep one"),
    ({"factors": ["甲", "乙", "丁"]}, "no such factor 丁"),
    ({"cap": 0.1}, "cap = 0.1"), ({"blend": True}, "blend = True"), ({"objective": "x"}, "critic | entropy"), ({"caps": 1}, "caps"),
    ({"factors": 3}, "一列文字"),
    ({"power_nodes": [3]}, "一列文字"), ({"factors": ["甲", "甲"]}, "每个要素一次"), ({"factors": ["甲", "乙"]}, "ahp")])
def test_refused(own: dict[str, Any], said: str) -> None:
    with pytest.raises(LiantuError) as error:
        made(own)
    assert said in f"{error.value} {error.value.cure}"


@pytest.mark.parametrize(("factor", "said"), [({"unit": "万圆"}, "unit = '万圆'"), ({"tiers": "yes"}, "tiers = 'yes'"), ({"worts": 3}, "worts"),
                                               ({"movable": 1}, "movable = 1"),
                                               ({"better": "lesss"}, "better = 'lesss'"), ({"en": 3}, "en = 3")])
def test_a_factor_that_is_written_wrongly(factor: dict[str, Any], said: str) -> None:
    with pytest.raises(LiantuError, match=said):
        made(factors={"甲": factor})


def test_two_factors_are_not_refused_for_the_shipped_cap() -> None:
    assert profile({**RAW, "cap": 0.4}, {"factors": ["甲", "乙"], "weights": {"甲": 0.5, "乙": 0.5}}, {}, []).cap == 0.5


def test_bounds_that_contradict_the_direction() -> None:
    with pytest.raises(LiantuError, match="worse = 100"):
        made(factors={"甲": {"worse": 100, "best": 0}})


def test_scopes_are_one_group_or_several() -> None:
    flat, several = (made(factors={"甲": {"scopes": scopes, "but": ["*旧*"]}}).factors[0] for scopes in (["", "一*"], [["*市*"], ["*"]]))
    assert [flat.group(s) for s in ("", "一类", "二类", "一旧")] == [0, 0, None, None]
    assert [several.group(s) for s in ("", "市价", "均价", "旧市价")] == [1, 0, 1, None] and not several.tiers
    for wrong in ([["一"], "二"], [[3]], "一"):
        with pytest.raises(LiantuError, match="scopes"):
            made(factors={"甲": {"scopes": wrong}})
