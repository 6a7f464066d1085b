"""Chains, nodes, regions and firms as a person writes them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from graph.clocks import believed
from graph.errors import QuestionError
from graph.model import audiences
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.catalogue import question

SUGGESTED = 7
"""Names in a message: more than that nobody reads."""
NEAR = 200
"""Spellings that are compared letter by letter: those that share the most pairs of characters."""


def chain_names(store: Store, audience: str) -> list[str]:
    return [r["name"] for r in question("chains").ask(store, audiences=audiences(audience))]


def chain_named(store: Store, asked: Asked, name: str) -> str:
    """Id of a chain; QuestionError with the nearest where there is none."""
    known = chain_names(store, asked.audience)
    if name in known:
        return name
    raise unknown("产业链", "chain", name, known)


def region_named(store: Store, settings: Settings, audience: str, name: str | None) -> str:
    """Id of a region by name or alias; the workspace's where none is given."""
    if not name or name == settings.region:
        return settings.region
    rows = question("regions").ask(store, audiences=audiences(audience))
    found = [r["id"] for r in rows if name == r["name"] or name in (r["aliases"] or "").split("、")]
    if found:
        return str(found[0])
    raise unknown("地区", "region", name, [r["name"] for r in rows] or [settings.region])


def parents(reader: Reader) -> dict[str, str]:
    """Region → the one it lies in, as believed."""
    return {f.start: f.end for f in believed(reader.seen("within", "WITHIN"))}


def within(region: str, parent: Mapping[str, str]) -> frozenset[str]:
    """A region and all that lies in it: what a question about it means."""
    out = {region}
    while True:
        more = {r for r, p in parent.items() if p in out} - out
        if not more:
            return frozenset(out)
        out |= more


def defaults(store: Store, asked: Asked) -> dict[str, Any]:
    """What a question's parameters are where nobody says otherwise."""
    regions = sorted(within(asked.region, parents(Reader(store, asked))))
    return {"as_of": asked.as_of, "known_by": asked.known_by, "region": asked.region, "regions": regions,
            "audience": asked.audience, "audiences": audiences(asked.audience), "without": []}


def spellings(store: Store, asked: Asked, chain: str) -> dict[str, str]:
    """Every spelling of the chain's nodes → the node's name; names go before aliases."""
    reader = Reader(store, asked)
    nodes = sorted({f.start for f in reader.seen("part_of", "PART_OF") if f.end == chain})
    rows = reader.rows("chain_nodes", ids=nodes)
    aliases = {a.strip(): r["name"] for r in rows for a in (r["aliases"] or "").split("、") if a.strip()}
    return aliases | {r["id"]: r["name"] for r in rows} | {r["name"]: r["name"] for r in rows}


def node_named(name: str, known: dict[str, str]) -> str:
    """Id of a chain node by name or alias (``known``: spelling → id)."""
    if name in known:
        return known[name]
    raise unknown("环节", "chain node", name, list(known))


def placed_node(store: Store, asked: Asked, name: str, chain: str | None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Chain and id of a node, and a note where it stands in several chains and none was named."""
    reader = Reader(store, asked)
    chains = [chain_named(store, asked, chain)] if chain else chain_names(store, asked.audience)
    held = [f for f in believed(reader.seen("part_of", "PART_OF")) if f.end in chains]
    nodes = reader.rows("chain_nodes", ids=sorted({f.start for f in held}))
    known = {a.strip(): r["id"] for r in nodes for a in (r["aliases"] or "").split("、") if a.strip()}
    id = node_named(name, known | {r["id"]: r["id"] for r in nodes} | {r["name"]: r["id"] for r in nodes})
    holding = [c for c in chains if any((f.start, f.end) == (id, c) for f in held)]
    if len(holding) == 1:
        return holding[0], id, ()
    return holding[0], id, ((f"它也在: {'、'.join(holding[1:])}; 这里按{holding[0]}链, 另一条用 --chain",
                             f"it also stands in {', '.join(holding[1:])}; told for {holding[0]}, name another with --chain"),)


def firm_named(reader: Reader, name: str) -> str:
    """Id of a firm by id, name or alias, in that order; QuestionError where several carry the name, and with the nearest names of whom a
    fact is visible where none does."""
    if rows := reader.rows("firms_seen", ids=[name]):
        return str(rows[0]["id"])
    rows = [r for r in reader.rows("firms_called", name=name) if name in _spelled(r)]
    if rows := [r for r in rows if r["name"] == name] or rows:
        return str(rows[0]["id"]) if len(rows) == 1 else _which(reader, name, [str(r["id"]) for r in rows])
    pairs = {name[at:at + 2] for at in range(len(name) - 1)} or {name}
    rows = reader.rows("firms_like", parts=sorted(pairs))
    if not rows:
        raise QuestionError(f"没有企业 “{name}”, 也没有名称相近的 / no such firm, and none of a name like it: {name}",
                            "换一种写法, `liantu targets --all` 列出目标企业; 还没有材料的先 liantu load / write it otherwise, that command "
                            "lists target firms; load material where there is none")
    found = sorted({text for r in rows for text in _spelled(r)},
                   key=lambda text: (-sum(p in text for p in pairs), abs(len(text) - len(name)), text))
    raise unknown("企业", "firm", name, found[:NEAR])


def _which(reader: Reader, name: str, ids: list[str]) -> str:
    """Raises QuestionError: the ids that carry a name, each with its name and where it stands."""
    stand = believed(reader.seen("stands_of_firms", "LOCATED_IN", "Firm", ids=ids))
    names = {str(r["id"]): str(r["name"]) for r in reader.rows("firm_names", ids=ids)}
    told = [f"{id} ({', '.join((names[id], *sorted({str(f['region']) for f in stand if f.start == id})))})" for id in ids[:SUGGESTED]]
    raise QuestionError(f"叫 “{name}” 的企业有 {len(ids)} 家 / {len(ids)} firms are called {name}",
                        f"写标识 / write the id: {'; '.join(told)}")


def _spelled(row: Mapping[str, Any]) -> list[str]:
    return [str(row["name"]), *(a.strip() for a in (row["aliases"] or "").split("、") if a.strip())]


_BLANK = ("导入材料: liantu load 表格或文件夹; 已导入的, 看 --as-of、--known-by 与 --audience / load material; if it is loaded, look at the days and "
          "the audience asked for")
"""The cure where nothing of a kind is visible at all."""


def unknown(zh: str, en: str, name: str, known: list[str]) -> QuestionError:
    """The nearest of what is ``known``; where that is nothing, that nothing is visible yet."""
    if not known:
        return QuestionError(f"没有{zh} “{name}”, 在所问的日期和受众下一个{zh}也看不到 / no such {en}: {name}; none at all is visible on these days",
                             _BLANK)
    near = list(dict.fromkeys([*(k for k in known if name and name in k), *difflib.get_close_matches(name, known, n=3, cutoff=0.3)]))
    near = near or [k for k in known if k in name]
    listed = "、".join((near or known)[:SUGGESTED])
    if near:
        cure = f"你是否想问: {listed} / did you mean one of these"
    else:
        more = (f" 等 {len(known)} 个", f" and others, {len(known)} in all") if len(known) > SUGGESTED else ("", "")
        cure = f"可选: {listed}{more[0]} / there are: {listed}{more[1]}"
    return QuestionError(f"没有{zh} “{name}” / no such {en}: {name}", cure)
