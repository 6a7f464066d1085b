"""The catalogue: every NAME.cypher as a frozen record with its parameters, columns and key."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.errors import LiantuError, QuestionError
from graph.model import AUDIENCES
from graph.store import Store

FOLDER = Path(__file__).parent
TYPES = ("text", "number", "flag", "day", "list")
NUMBERS = frozenset({"number", "sum"})
"""Types of columns that are float; of a ``sum`` the last digits are as the engine happened to add up."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A text with its head; ``columns`` are (name, type), ``key`` what identifies a row."""

    id: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    text: str

    def ask(self, store: Store, **values: Any) -> list[dict[str, Any]]:
        """Rows by column name, in the order of their key; numbers are float and never Decimal, whatever the engine.

        One engine orders by code points and the other by UTF-16: 𠮷 and ＝ stand the other way about.
        """
        rows = store.read(self.text, {p.name: values[p.name] for p in self.parameters})
        try:
            rows.sort(key=itemgetter(*self.key))
        except TypeError:  # somebody drew a node without an id on a server
            rows.sort(key=lambda row: tuple(str(row[name]) for name in self.key))
        numbers = [name for name, type in self.columns if type in NUMBERS]
        for row in rows:
            for name in numbers:
                if row[name] is not None:
                    row[name] = float(row[name])
        return rows


@cache
def question(id: str) -> Question:
    """One record; QuestionError with the nearest ids where there is none."""
    path = FOLDER / f"{id}.cypher"
    if id not in ids():
        near = ", ".join(difflib.get_close_matches(id, ids(), cutoff=0.3)) or ", ".join(ids())
        raise QuestionError(f"没有问题 “{id}” / no such question",
                            f"你是否想问: {near}; `liantu query` 列出全部 / did you mean: {near}; `liantu query` lists all")
    return parse(path.read_text(encoding="utf-8"), id)


@cache
def ids() -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in FOLDER.glob("*.cypher")))


def every() -> list[Question]:
    return [question(id) for id in ids()]


def parse(content: str, id: str) -> Question:
    """Head (``// key: value`` lines) and text of a catalogue file; LiantuError where the head is wrong."""
    head, _, text = content.partition("\n\n")
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[tuple[str, str]] = []
    for line in head.splitlines():
        key, _, value = line.removeprefix("//").strip().partition(": ")
        kind, _, name = key.partition(" ")
        if kind == "param":
            type, zh, en = (part.strip() for part in value.split("|"))
            parameters.append(Parameter(name, type, zh, en))
        elif kind == "column":
            columns.append((name, value.strip()))
        else:
            said[kind] = value.strip()
    if said.get("id") != id or {"zh", "en", "key"} - set(said):
        raise LiantuError(f"{id}.cypher: 头部不完整 / its head is incomplete", "id, zh, en, key")
    return Question(id, said["zh"], said["en"], tuple(parameters), tuple(columns), tuple(said["key"].split()), text)


def bind(question: Question, given: Mapping[str, str], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters from texts (``-p key=value``; lists with commas) over defaults; QuestionError names what is missing."""
    bound = given_values(question, given)
    bound |= {p.name: defaults[p.name] for p in question.parameters if p.name in defaults and p.name not in bound}
    lacking = [p for p in question.parameters if p.name not in bound]
    if lacking:
        said = ", ".join(f"-p {p.name}=… ({p.zh})" for p in lacking)
        raise QuestionError(f"{question.id} 缺参数 / parameters are missing: {said}", f"liantu query {question.id} --text")
    return bound


def given_values(question: Question, given: Mapping[str, str]) -> dict[str, Any]:
    """What was given as texts, by the types of the parameters; QuestionError for an unknown one or a bad value."""
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            raise QuestionError(f"{question.id} 没有参数 “{name}” / has no such parameter",
                                f"参数 / parameters: {', '.join(known) or '—'}")
    return {name: _value(known[name], text) for name, text in given.items()}


def _value(parameter: Parameter, text: str) -> Any:
    if parameter.type == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        if parameter.type == "day":
            return date.fromisoformat(text)
        if parameter.type == "number":
            return float(text)
    except ValueError as error:
        raise QuestionError(f"参数 {parameter.name} = “{text}” 不是{'日期' if parameter.type == 'day' else '数字'} / "
                            f"is not a {parameter.type}", "日期写作 2023-09-12 / write days as 2023-09-12") from error
    if parameter.name == "audience" and text not in AUDIENCES:
        raise QuestionError(f"受众 “{text}” 未知 / unknown audience", " | ".join(AUDIENCES))
    return text
