"""The lint of the model: sound as it stands, and each contradiction is told."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph.declare import Edge, Label
from graph.declare import Property as P
from graph.lint import problems

A = Label("A", "甲", "a", (P("size", "大小", "size", "number"),))
B = Label("B", "乙", "b")
BASIS = P("basis", "依据", "basis", line=True, choices=(("actual", "实际", "actual"), ("planned", "计划", "planned")))
E = Edge("E", "边", "edge", "甲到乙", (("A", "B"),), "event", (BASIS,), planned="basis")


def edge(*properties: P) -> Edge:
    return replace(E, properties=(BASIS, *properties))


def test_the_model_is_sound() -> None:
    assert problems() == []


def test_a_small_model_is_sound() -> None:
    assert problems([A, B], [E]) == []


CHOICES = (("x", "一", "one"), ("x", "二", "two"))


@pytest.mark.parametrize(("labels", "edges", "told"), [
    ([A, B, A], [], "declared 2 times"),
    ([A, B, replace(B, name="e")], [E], "badly formed name"),
    ([A, B], [replace(E, name="A")], "a: 名称重复"),
    ([A, B], [replace(E, name="MadeBy")], "badly formed name"),
    ([replace(A, name="a b"), B], [], "badly formed name"),
    ([replace(A, zh=" "), B], [E], "A: 缺少中文或英文名"),
    ([A, B], [replace(E, en="")], "E: 缺少中文或英文名"),
    ([A, B], [replace(E, reads="")], "how it reads is missing"),
    ([A, B], [edge(P("x", "", "x"))], "E.x: 缺少中文或英文名"),
    ([A], [E], "an end is no label: B"),
    ([A, B], [replace(E, ends=())], "no ends"),
    ([A, B], [replace(E, ends=E.ends * 2)], "the same pair twice"),
    ([A, B], [replace(E, clock="sundial")], "unknown clock"),  # type: ignore[arg-type]
    ([A, B], [replace(E, clock="state")], "only an event"),
    ([A, B], [replace(E, one="middle")], "not 'middle'"),  # type: ignore[arg-type]
    ([A, B], [replace(E, planned="nothing")], "'nothing'"),
    ([A, B], [replace(E, properties=(replace(BASIS, choices=()),))], "no property with a choice 'planned'"),
    ([A, B], [edge(P("x", "数", "x", "number", line=True))], "text or day"),
    ([A, B], [edge(P("x", "是", "x", "flag", line=True))], "text or day"),
    ([replace(A, properties=(P("x", "线", "x", line=True),)), B], [E], "line properties are for edges"),
    ([A, B], [edge(P("x", "一", "x", "number", value=True), P("y", "二", "y", "number", value=True))], "more than one value"),
    ([A, B], [edge(P("x", "一", "x", value=True))], "the value is a number"),
    ([A, B], [edge(P("x", "一", "x", "colour"))], "unknown type"),  # type: ignore[arg-type]
    ([A, B], [edge(P("x", "一", "x", audience="nobody"))], "unknown audience"),
    ([A, B], [edge(P("x", "一", "x"), P("x", "一", "x"))], "E.x: 属性重复"),
    ([A, B], [edge(P("X", "一", "x"))], "badly formed name"),
    ([A, B], [edge(P("source", "源", "source"))], "E.source: 与公共属性同名"),
    ([replace(A, properties=(P("aliases", "别名", "aliases"),)), B], [E], "A.aliases: 与公共属性同名"),
    ([A, B], [edge(P("x", "一", "x", choices=CHOICES))], "choices repeat: 值"),
    ([A, B], [edge(P("x", "一", "x", choices=(("x", "一", ""),)))], "lacks a language"),
    ([A, B], [edge(P("x", "一", "x", "number", choices=CHOICES[:1]))], "only text has choices"),
])
def test_contradictions_are_told(labels: list[Label], edges: list[Edge], told: str) -> None:
    assert any(told in problem for problem in problems(labels, edges)), problems(labels, edges)


@pytest.mark.parametrize("word", ["on", "column", "order", "group", "table", "end", "join"])
def test_words_that_the_engine_reserves(word: str) -> None:
    found = problems([A, B], [edge(P(word, "词", "word"))])
    assert len(found) == 5, "as a column, an alias, a variable, a parameter, a key"
    assert all("reserved word" in problem for problem in found)


def test_the_command_prints_and_exits_0() -> None:
    done = subprocess.run([sys.executable, "-X", "utf8", "-m", "graph.lint"], capture_output=True, encoding="utf-8",
                          cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
    assert "the model is sound" in done.stdout
