"""What an article says twice is said once; what is of a project by another name is of that project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.article.entities import product
from loaders.article.said import Said

_OF_PROJECTS = ("project", "investor", "investment", "adds", "milestone")


def tidied(said: Sequence[Said]) -> tuple[Said, ...]:
    """Each fact once, in the order of the text; of two days of one step the known one stays."""
    said = _explicit_investors([_with_node(one) for one in _one_name(said)])
    kept: dict[tuple[object, ...], Said] = {}
    for one in said:
        key = _key(one)
        if one.kind == "adds" and (other := kept.get(key)) and not (one.what in other.what or other.what in one.what):
            key = (*key, one.what)
        before = kept.get(key)
        if before is None or (one.kind == "milestone" and before.day is None and one.day is not None):
            kept[key] = one if before is None else replace(one, remark=before.remark or one.remark)
    return tuple(sorted(kept.values(), key=lambda s: s.lines))


def _one_name(said: Sequence[Said]) -> list[Said]:
    """Projects whose names differ only in words that every plant bears are one, by the name that comes first."""
    first: dict[str, str] = {}
    for one in said:
        if one.kind in _OF_PROJECTS:
            first.setdefault(_core(one.of), one.of)
    return [replace(one, of=first[_core(one.of)]) if one.kind in _OF_PROJECTS else one for one in said]


def _core(name: str) -> str:
    return re.sub(r"产业化|一体化|建设|生产|制造|智能|基地|项目|正式|新建", "", name) or name


def _key(one: Said) -> tuple[object, ...]:
    if one.kind == "adds":
        return (one.kind, one.of, one.value, re.sub(r"/(?:年|a)$", "", one.unit))
    if one.kind == "milestone":
        return (one.kind, one.of, one.what, one.basis, one.phase)
    if one.kind == "investment":
        return (one.kind, one.of)
    if one.kind in ("project", "investor"):
        return (one.kind, one.of, one.what)
    return (one.kind, one.of, one.what, one.value, one.unit, one.basis, one.scope)


def _with_node(one: Said) -> Said:
    """A capacity beside which nothing stands is of what its project makes."""
    return replace(one, what=product(one.of)) if one.kind == "adds" and not one.what else one


def _explicit_investors(said: list[Said]) -> list[Said]:
    """An investor whom the text names makes the one that was inferred from the project's name needless."""
    named = {one.of for one in said if one.kind == "investor" and not one.remark}
    return [one for one in said if not (one.kind == "investor" and one.remark and one.of in named)]
