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
    said = _explicit_investors([_with_node(one) for one in said])
    kept: dict[tuple[object, ...], Said] = {}
    for one in said:
        key = _key(one)
        before = kept.get(key)
        if before is None or (one.kind == "milestone" and before.day is None and one.day is not None):
            kept[key] = one if before is None else replace(one, remark=before.remark or one.remark)
    return tuple(sorted(kept.values(), key=lambda s: s.lines))


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
