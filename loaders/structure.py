"""Sheets that say how the world is built: nodes, feeds, regions, sources."""

from __future__ import annotations

from graph import units
from graph.facts import COEFFICIENT_DAY, STRUCTURE_DAY
from loaders.stating import End, Stating


def nodes(row: Stating) -> None:
    node, chain = row.node("node", _written(row)), ("Chain", row.text("chain"))
    if node is None:
        return
    row.node_properties(*node, {"unit": row.text("unit"), "note": row.text("note"), "boundary": row["boundary"]})
    row.structure("PART_OF", node, chain, {"col": row["col"], "lane": row.text("lane"), "band": row.text("band")})
    if row["variant_of"]:
        parent = row.node("variant_of")
        if parent == node:
            row.problem("variant_of", "环节不能是自己的变型 / a node is no variant of itself",
                        "改上位环节, 或留空 / name another node, or leave it blank")
        elif parent:
            row.structure("VARIANT_OF", node, parent)
    _survey(row, node)


def _survey(row: Stating, node: End) -> None:
    """摸排结论 is the word of the region that was surveyed: the workspace's unless the row names another."""
    region = row.place("survey_region") if row["survey_region"] else ("Region", row.names.region)
    if row["survey"] and region:
        row.state("CLAIMS", region, node, {"says": row["survey"], "scope": ""}, "survey_day")
    elif row["survey_day"] and not row["survey"]:
        row.problem("survey", "有摸排日期而没有摸排结论 / a survey day without a result",
                    "填 有 或 无, 或清空日期 / fill in 有 or 无, or clear the day")


def _written(row: Stating) -> str:
    """The panorama sheet declares a node for its own chain, so its own chain's node is meant."""
    chain, written = row.text("chain"), row.text("node")
    own = f"{chain}/{written}"
    return own if "/" not in written and own in row.names.nodes.names and written not in row.names.nodes.names else written


def feeds(row: Stating) -> None:
    upstream, downstream = row.node("upstream"), row.node("downstream")
    if upstream is None or downstream is None:
        return
    own = {"role": row["role"] or "material", "essential": row["essential"]}
    day = row["valid"]
    if row["coefficient"] is not None:
        value, unit = _coefficient(row, upstream[1], downstream[1])
        own |= {"coefficient": value, "unit": unit}
        valid = day or COEFFICIENT_DAY
        published = row.source.published if row.source.own else None
        row.fact("FEEDS", upstream, downstream, own, valid, known=published or valid, authority=confidence(row))
    else:
        valid = day or STRUCTURE_DAY
        row.fact("FEEDS", upstream, downstream, own, valid, known=valid, authority=confidence(row))


def _coefficient(row: Stating, upstream: str, downstream: str) -> tuple[float, str]:
    known = row.names.nodes.units
    return units.coefficient(row["coefficient"], row.text("unit"), known.get(upstream, ""), known.get(downstream, ""))


def confidence(row: Stating) -> int | None:
    """低 is held back: shown, never counted."""
    return 0 if row.text("confidence") == "低" else None


def regions(row: Stating) -> None:
    region = row.place("region")
    if region is None:
        return
    row.node_properties(*region, {"code": row.text("code")})
    if row["within"]:
        parent = row.place("within")
        if parent:
            row.structure("WITHIN", region, parent)


def sources(row: Stating) -> None:
    """A source's own row states the node; its properties carry its own authority and day."""
    id = row.text("source")
    info = row.names.sources[id]
    row.node_properties("Source", id, {
        "title": row.text("title"), "publisher": row.text("publisher"), "published": info.published,
        "authority": info.authority, "audience": info.audience, "address": row.text("address")})
