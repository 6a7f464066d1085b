"""Chains and regions as a person writes them."""

from __future__ import annotations

import difflib

from graph.errors import QuestionError
from graph.model import audiences
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked
from queries.catalogue import question


def chain_names(store: Store, audience: str) -> list[str]:
    return [r["name"] for r in question("chains").ask(store, audiences=audiences(audience))]


def chain_named(store: Store, asked: Asked, name: str) -> str:
    """Id of a chain; QuestionError with the nearest where there is none."""
    known = chain_names(store, asked.audience)
    if name in known:
        return name
    raise _unknown("产业链", "chain", name, known)


def region_named(store: Store, settings: Settings, audience: str, name: str | None) -> str:
    """Id of a region by name or alias; the workspace's where none is given."""
    if not name or name == settings.region:
        return settings.region
    rows = question("regions").ask(store, audiences=audiences(audience))
    found = [r["id"] for r in rows if name == r["name"] or name in (r["aliases"] or "").split("、")]
    if found:
        return str(found[0])
    raise _unknown("地区", "region", name, [r["name"] for r in rows] or [settings.region])


def node_named(name: str, known: dict[str, str]) -> str:
    """Id of a chain node by name or alias (``known``: spelling → id)."""
    if name in known:
        return known[name]
    raise _unknown("环节", "chain node", name, list(known))


def _unknown(zh: str, en: str, name: str, known: list[str]) -> QuestionError:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.3) or [k for k in known if name in k or k in name]
    listed = "、".join(near or known) or "—"
    return QuestionError(f"没有{zh} “{name}” / no such {en}", f"你是否想问: {listed} / did you mean one of these")
