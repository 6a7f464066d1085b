"""Which chains a workbook is about. All names are invented, those of nodes are the skeletons'."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import liantu
from loaders.fitting import Fit, declared, fits, skeletons
from loaders.readers import Table
from loaders.rows import Row, validate

KNOWN = skeletons(liantu.data())


def rows(sheet: str, header: Sequence[str], *lines: Sequence[str]) -> list[Row]:
    good, bad = validate(Table("a.xlsx", sheet, tuple(header), 1, tuple((n, tuple(line)) for n, line in enumerate(lines, 2))))
    assert bad == []
    return good


def firms(*nodes: str) -> list[Row]:
    return rows("重点企业", ("企业名称", "环节"), *((f"甲{n}公司", node) for n, node in enumerate(nodes)))


def test_every_skeleton_that_comes_with_it_is_known() -> None:
    assert {"光伏", "风电", "稀土", "铝", "锂电池", "氢能", "碳纤维"} <= KNOWN.keys()
    assert all(KNOWN.values())


def test_two_columns_without_a_chain_are_of_the_chain_that_has_their_nodes() -> None:
    assert fits(firms("多晶硅", "组件", "光伏玻璃"), KNOWN) == [Fit("光伏", False, 3, 3)]


def test_what_one_chain_lacks_another_may_have() -> None:
    found = fits(firms("多晶硅", "组件", "光伏玻璃", "叶片"), KNOWN)
    assert [(fit.chain, fit.found) for fit in found] == [("光伏", 3), ("风电", 1)]


def test_a_node_of_no_chain_is_of_none() -> None:
    assert fits(firms("没有的环节"), KNOWN) == []
    assert fits([], KNOWN) == []


@pytest.mark.parametrize("written", ["风电/叶片", "风电／叶片"])
def test_a_chain_before_the_node_is_said(written: str) -> None:
    assert fits(firms(written, "塔筒"), KNOWN)[0] == Fit("风电", True, 2, 2)


def test_a_chain_column_is_said_and_needs_no_skeleton() -> None:
    panorama = rows("产业链全景视图(环节)", ("产业链", "环节"), ("陶瓷", "釉料"), ("陶瓷", "坯体"))
    found = fits([*panorama, *firms("釉料")], {**KNOWN, **declared(panorama)})
    assert [(fit.chain, fit.said) for fit in found] == [("陶瓷", True)]


def test_of_two_chains_the_one_already_worked_with() -> None:
    known = {"甲链": {"x": 1, "y": 2}, "乙链": {"x": 1, "z": 2}}
    assert [f.chain for f in fits(firms("x"), known)] == [min(known)]
    assert [f.chain for f in fits(firms("x"), known, ["甲链"])] == ["甲链"]
    assert [f.chain for f in fits(firms("y"), {**known, "丙链": {"y": 1}}, ["丙链"])] == ["甲链"]  # its main lane


@given(st.lists(st.sampled_from(sorted({node for own in KNOWN.values() for node in own})), max_size=12))
def test_every_node_that_a_chain_has_is_covered(nodes: list[str]) -> None:
    found = fits(firms(*nodes), KNOWN)
    covered = set().union(*(KNOWN[fit.chain] for fit in found)) if found else set()
    assert set(nodes) <= covered | {node for node in nodes if "/" in node}
    assert len({fit.chain for fit in found}) == len(found)
    assert found == fits(firms(*reversed(nodes)), KNOWN)  # the order of the rows decides nothing
