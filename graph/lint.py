"""Checks the model itself: ``python -m graph.lint`` prints what is wrong with it and exits 1.

Run in CI, so that a contradiction in ``graph/model.py`` is met here and not in somebody's load.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from graph.ddl import Declared, embedded_schema
from graph.declare import Clock, Edge, Label, Property, Type
from graph.model import AUDIENCES, EDGES, FACT_PROPERTIES, LABELS, NODE_PROPERTIES

LABEL_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
EDGE_NAME = re.compile(r"[A-Z]+(_[A-Z]+)*")
PROPERTY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LINE_TYPES = ("text", "day")
"""A line property makes a key: a number would depend on how it is written, a flag can be null."""


def problems(labels: Sequence[Label] = LABELS, edges: Sequence[Edge] = EDGES) -> list[str]:
    """What is wrong with the model, a line each; empty where nothing is."""
    found = [*_names([*labels, *edges])]
    for label in labels:
        found += _words(label.name, label, LABEL_NAME)
        found += _properties(label.name, label.properties, NODE_PROPERTIES)
        found += [f"{label.name}.{p.name}: 线属性只属于边 / line properties are for edges"
                  for p in label.properties if p.line]
    for edge in edges:
        found += _words(edge.name, edge, EDGE_NAME)
        found += _properties(edge.name, edge.properties, FACT_PROPERTIES)
        found += _edge(edge, {label.name for label in labels})
    return found or reserved(labels, edges)  # a schema is made only of a model that is sound so far


def _names(declared: Sequence[Label | Edge]) -> Iterator[str]:
    """The embedded engine does not tell upper case from lower, nor a label's table from an edge's."""
    for name, times in Counter(one.name.lower() for one in declared).items():
        if times > 1:
            yield f"{name}: 名称重复 / name declared {times} times"


def _words(place: str, one: Label | Edge | Property, shape: re.Pattern[str]) -> Iterator[str]:
    if not shape.fullmatch(one.name):
        yield f"{place}: 名称不合规 / badly formed name: {one.name!r}"
    if not one.zh.strip() or not one.en.strip():
        yield f"{place}: 缺少中文或英文名 / a name is missing in one language"


def _properties(place: str, own: Sequence[Property], carried: Sequence[Property]) -> Iterator[str]:
    taken = {p.name for p in carried}
    for name, times in Counter(p.name.lower() for p in own).items():
        if times > 1:
            yield f"{place}.{name}: 属性重复 / property declared {times} times"
    for one in own:
        if one.name in taken:
            yield f"{place}.{one.name}: 与公共属性同名 / named like a property that every one carries"
        yield from _property(f"{place}.{one.name}", one)


def _property(place: str, one: Property) -> Iterator[str]:
    yield from _words(place, one, PROPERTY_NAME)
    if one.type not in get_args(Type):
        yield f"{place}: 未知类型 / unknown type {one.type!r}"
    if one.line and one.type not in LINE_TYPES:
        yield f"{place}: 线属性须为文本或日期 / a line property is text or day, not {one.type}"
    if one.value and one.type != "number":
        yield f"{place}: 数值属性须为 number / the value is a number, not {one.type}"
    if one.audience not in AUDIENCES:
        yield f"{place}: 未知受众 / unknown audience {one.audience!r}"
    yield from _choices(place, one)


def _choices(place: str, one: Property) -> Iterator[str]:
    if one.choices and one.type != "text":
        yield f"{place}: 只有文本可列选项 / only text has choices"
    if any(not word.strip() for choice in one.choices for word in choice):
        yield f"{place}: 选项缺少一种语言 / a choice lacks a language"
    for column, what in enumerate(("值 / value", "中文", "English")):
        if len({choice[column] for choice in one.choices}) < len(one.choices):
            yield f"{place}: 选项重复 / choices repeat: {what}"


def _edge(edge: Edge, labels: set[str]) -> Iterator[str]:
    name, own = edge.name, {p.name: p for p in edge.properties}
    if not edge.ends or len(set(edge.ends)) < len(edge.ends):
        yield f"{name}: 端点为空或重复 / no ends, or the same pair twice"
    for unknown in sorted({end for pair in edge.ends for end in pair} - labels):
        yield f"{name}: 端点不是标签 / an end is no label: {unknown}"
    if edge.clock not in get_args(Clock):
        yield f"{name}: 未知时钟 / unknown clock {edge.clock!r}"
    if edge.one not in ("", "start", "end"):
        yield f"{name}: one 须为 start 或 end / one is start or end, not {edge.one!r}"
    if sum(p.value for p in edge.properties) > 1:
        yield f"{name}: 不止一个数值属性 / more than one value property"
    if not edge.reads.strip():
        yield f"{name}: 缺少读法 / how it reads is missing"
    yield from _planned(edge, own)


def _planned(edge: Edge, own: dict[str, Property]) -> Iterator[str]:
    choices = own[edge.planned].choices if edge.planned in own else ()
    if edge.planned and "planned" not in {stored for stored, _, _ in choices}:
        yield f"{edge.name}: {edge.planned!r} 须是有选项 planned 的属性 / is no property with a choice 'planned'"
    if edge.planned and edge.clock != "event":
        yield f"{edge.name}: 只有事件可有计划 / only an event can be planned"


USES = ("RETURN 1 AS {0}", "MATCH ({0}:{1}) RETURN {0}.id", "RETURN ${0} AS x", "UNWIND [{{{0}: 1}}] AS x RETURN x.{0}")
"""As alias, variable, parameter and key of a row: a text may meet a property's name in any of them."""


def reserved(labels: Sequence[Label], edges: Sequence[Edge]) -> list[str]:
    """Names that the embedded engine reserves, found by creating the schema in memory and using each name."""
    import ladybug  # only here and in graph/embedded.py; 75 ms that a question need not pay

    carried = [p.name for p in (*NODE_PROPERTIES, *FACT_PROPERTIES)]
    own = [*(label.properties for label in labels), *(edge.properties for edge in edges)]
    names = sorted({*carried, *(p.name for properties in own for p in properties)})
    tries: list[tuple[str, dict[str, int]]] = [(text, {}) for text in embedded_schema(Declared(labels, edges))]
    tries += [(use.format(name, labels[0].name), {name: 1} if "$" in use else {}) for name in names for use in USES]
    with ladybug.Database() as database, ladybug.Connection(database) as connection:
        return [complaint for text, bound in tries if (complaint := _refusal(connection, text, bound))]


def _refusal(connection: Any, text: str, bound: dict[str, int]) -> str:
    try:
        connection.execute(text, bound)
    except RuntimeError as error:
        return f"引擎不接受 (保留字?) / the engine refuses (a reserved word?): {text}: {str(error).splitlines()[0]}"
    return ""


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong) or "模型无误 / the model is sound")
    sys.exit(bool(wrong))
