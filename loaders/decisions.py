"""Decisions about names as material: a small file that a person can read, or the list of ``liantu names`` filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path

from graph.errors import LiantuError
from loaders.readers import Table
from loaders.rows import Problem
from loaders.settled import SAY, Decision
from loaders.spelling import normal
from loaders.values import text as words

KIND = "names"
"""How the manifest calls the files that the commands write."""

SHEET = ("企业名称核对", "Names to settle")
COLUMNS = {"name": ("名称", "Name"), "cells": ("出处", "Where it stands"), "facts": ("事实数", "Facts"),
           "candidate": ("候选", "Candidate"), "code": ("候选信用代码", "Credit code of the candidate"), "score": ("相似度", "Likeness"),
           "basis": ("依据", "Why"), "say": ("决定", "Decision"), "by": ("决定人", "Decided by"), "why": ("理由", "Reason")}
"""The list that people fill in: a row for each candidate."""

SAYS = {"accept": ("同一", "same"), "reject": ("不同", "different"), "split": ("单独", "alone")}
"""What 决定 may say; blank leaves it open."""

_READ = {normal(word): say for say, both in SAYS.items() for word in (*both, say)} | {"是": "accept", "否": "reject", "yes": "accept",
                                                                                     "no": "reject"}
_MOST_BYTES = 10**7


def file(folder: Path, decisions: Sequence[Decision], today: date, before: int) -> Path:
    """Write the file of these decisions; ``before``: how many files of them there are, so that one taken again is another."""
    said = [{key: value for key, value in asdict(one).items() if value} for one in decisions]
    content = json.dumps({"names": said, "day": today.isoformat(), "number": before + 1}, ensure_ascii=False, indent=1) + "\n"
    path = folder / f"names-{sha256(content.encode()).hexdigest()[:8]}.json"
    path.write_text(content, encoding="utf-8")
    return path


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of one file; LiantuError where it is not one."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("size")
        found = tuple(Decision(**{k: str(v) for k, v in one.items()}) for one in json.loads(path.read_text(encoding="utf-8"))["names"])
        if odd := sorted({one.say for one in found if one.say not in SAY or not one.name}):
            raise ValueError(", ".join(odd))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LiantuError(f"{path.name} 不是名称决定的文件: {error} / is no file of decisions about names",
                          "决定用 liantu names accept | reject | split 写 / decisions are written by liantu names") from error
    return found


def is_list(table: Table) -> bool:
    """Whether it is the list of ``liantu names``."""
    return normal(table.sheet) in map(normal, SHEET)


def of_list(table: Table) -> tuple[tuple[Decision, ...], list[Problem]]:
    """The decisions of a filled list, and the rows whose 决定 cannot be read."""
    heads = {normal(written): key for key, both in COLUMNS.items() for written in both}
    at = {heads[normal(written)]: place for place, written in enumerate(table.header) if normal(written) in heads}
    missing = [COLUMNS[key] for key in ("name", "candidate", "say") if key not in at]
    if missing:
        return (), [Problem(table.file, table.sheet, 0, zh, "", f"缺少列 {zh} / the column {en} is missing",
                            "用 liantu names -o 重新写清单 / write the list again with liantu names -o") for zh, en in missing]
    found, problems = [], list[Problem]()
    for number, cells in table.rows:
        given = {key: words(cells[place]) for key, place in at.items()}
        say, candidate = _READ.get(normal(given["say"]), ""), _candidate(given)
        if say and given["name"] and (candidate or say == "split"):
            found.append(Decision(say, given["name"], "" if say == "split" else candidate, given.get("by", ""), given.get("why", "")))
        elif given["say"]:
            problems.append(_unread(table, number, given["say"] if not say else ""))
    return tuple(found), problems


def _candidate(given: Mapping[str, str]) -> str:
    """A name that several codes carry is its own candidate: there the code tells which firm is meant."""
    return given.get("code", "") if normal(given["candidate"]) == normal(given["name"]) else given["candidate"]


def _unread(table: Table, number: int, said: str) -> Problem:
    choices = "、".join(zh for zh, _ in SAYS.values())
    return Problem(table.file, table.sheet, number, COLUMNS["say"][0], said,
                   f"“{said}” 不是可选的决定 / is no decision" if said else "名称或候选是空的 / the name or the candidate is blank",
                   f"填其中之一: {choices}; 未定就留空 / same, different or alone; blank leaves it open")
