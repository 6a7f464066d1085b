"""The gap list by hand-written Cypher on Neo4j and a little Python, as somebody would who has the driver and no liantu.

The plants are chosen and added up in Cypher, node by node within one question; what is small is fetched. Written with
``NOT EXISTS`` a newer fact, as it first comes to mind, it had not ended after ten minutes of a million firms.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import neo4j

from benchmarks.gap_province import DAY, PROVINCE
from benchmarks.listing import List, Row, Small, Total, listing

SEEN = "{0}.valid_from <= $day AND {0}.known_from <= $day AND {0}.audience = '公开'"
SMALL = ("PART_OF", "WITHIN", "FEEDS", "REPORTS", "SURVEYS", "CLAIMS", "ADDS", "LOCATED_IN", "INVESTS_IN", "REACHES", "OWNS")
NODES = "MATCH (n:ChainNode) RETURN n.id AS id, n.unit AS unit, n.boundary AS boundary"
FACTS = "MATCH (a)-[x:{0}]->(b) WHERE " + SEEN.format("x") + " RETURN a.id AS start, b.id AS end, properties(x) AS own"
STANDS = f"""
  MATCH (n)<-[m:MAKES]-(f:Firm) WHERE {SEEN.format("m")} AND m.authority > 0
  WITH n, f, m ORDER BY m.precedence DESC
  WITH n, f, m.line AS line, collect(m)[0] AS m WHERE m.holds
  WITH n, f, m.plant AS plant, collect(m) AS stated UNWIND stated AS m
  WITH n, f, m, stated WHERE m.state = 'operating' AND (m.since IS NULL OR m.since <= $day)
    AND none(x IN stated WHERE $above[x.region] = m.region)"""
PLANTS = f"""
MATCH (n:ChainNode) CALL (n) {{ {STANDS}
  WITH n, m, coalesce($figures[n.id], $figures[n.id + '|' + m.region], $figures[n.id + '|' + $above[m.region]]) AS figure
  RETURN figure IS NULL OR coalesce(m.since > figure, false) AS later, m.capacity IS NOT NULL AND m.unit = n.unit AS sized,
         count(*) AS count, sum(m.capacity) AS gross, sum(m.capacity * coalesce(m.yield_rate, 1.0)) AS net }}
RETURN n.id AS node, later, sized, count, gross, net"""
MAKERS = f"""
UNWIND $asked AS one MATCH (n:ChainNode {{id: one.node}}) CALL (n, one) {{ {STANDS} AND f.id IN one.firms
  RETURN DISTINCT f.id AS firm }}
RETURN DISTINCT firm, n.id AS node"""


def gaps(driver: neo4j.Driver) -> List:
    with driver.session() as session:
        return session.execute_read(_gaps)


def _gaps(transaction: neo4j.ManagedTransaction) -> List:
    def ask(text: str, **more: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in transaction.run(text, day=DAY, **more)]

    facts: dict[str, list[Row]] = defaultdict(list)
    for edge in SMALL:
        facts[edge] = [{**_plain(row["own"]), "start": row["start"], "end": row["end"]} for row in ask(FACTS.format(edge))]
    small = Small(ask(NODES), facts)
    figures = {node if region == PROVINCE else f"{node}|{region}": fact["valid_from"]
               for node, found in small.figures.items() for region, fact in found.items()}
    plants: dict[tuple[str, bool], Total] = {}
    for row in ask(PLANTS, figures=figures, above=small.above):
        total = Total(row["count"], 0, row["net"], row["gross"]) if row["sized"] else Total(blank=row["count"])
        plants.setdefault((row["node"], row["later"]), Total()).add(total)
    return listing(small, plants, _makers(ask, small))


def _makers(ask: Any, small: Small) -> set[tuple[str, str]]:
    """Of the projects that opened: whose group has a plant for the node."""
    members: dict[str, list[str]] = defaultdict(list)
    for firm, owner in small.owner.items():
        members[owner].append(firm)
    asked = [{"node": fact["end"], "firms": [firm for owner in map(small.group, investors) for firm in (owner, *members[owner])]}
             for fact, _, investors in small.opened()]
    return {(small.group(row["firm"]), row["node"]) for row in ask(MAKERS, asked=asked, above=small.above)}


def _plain(own: dict[str, Any]) -> dict[str, Any]:
    """A null is no property in Neo4j, and its days are its own."""
    blank = dict.fromkeys(("capacity", "yield_rate", "coefficient", "day", "value"))
    return blank | {name: value.to_native() if hasattr(value, "to_native") else value for name, value in own.items()}
