"""The gap list in SQL, all of it: DuckDB over the same tables."""

from __future__ import annotations

import duckdb

from benchmarks.gap_province import DAY, PROVINCE
from benchmarks.listing import List

SEEN = f"valid_from <= DATE '{DAY}' AND known_from <= DATE '{DAY}' AND audience = '公开'"


def gaps(database: duckdb.DuckDBPyConnection) -> List:
    return {(chain, node): (verdict, supply, demand, ratio)
            for chain, node, verdict, supply, demand, ratio in database.execute(SQL).fetchall()}


def _sure(edge: str) -> str:
    """The believed facts of an edge."""
    return (f"sure_{edge} AS (SELECT * FROM (SELECT * FROM {edge} WHERE {SEEN} AND authority > 0 "
            "QUALIFY row_number() OVER (PARTITION BY line ORDER BY precedence DESC) = 1) WHERE holds)")


SQL = f"""
WITH {", ".join(map(_sure, ("MAKES", "REPORTS", "SURVEYS", "CLAIMS", "FEEDS", "ADDS", "REACHES", "INVESTS_IN", "OWNS",
                            "PART_OF", "WITHIN", "LOCATED_IN")))},
plant AS (
    SELECT m.start_id AS firm, m.end_id AS node, m.region, m.since, m.capacity AS gross, m.unit,
           m.capacity * coalesce(m.yield_rate, 1) AS net
    FROM sure_MAKES m
    WHERE m.state = 'operating' AND (m.since IS NULL OR m.since <= DATE '{DAY}') AND NOT EXISTS (
        SELECT 1 FROM sure_MAKES x JOIN sure_WITHIN w ON w.start_id = x.region
        WHERE x.start_id = m.start_id AND x.end_id = m.end_id AND x.plant = m.plant AND w.end_id = m.region)),
figure AS (
    SELECT r.start_id AS region, r.end_id AS node, r.value, r.valid_from FROM sure_REPORTS r
    WHERE r.start_id = '{PROVINCE}' OR NOT EXISTS (
        SELECT 1 FROM sure_REPORTS x WHERE x.end_id = r.end_id AND x.start_id = '{PROVINCE}')),
step AS (
    SELECT start_id AS project, max(day) FILTER (end_id = 'operating') AS opened, bool_or(end_id = 'started') AS started,
           bool_or(end_id = 'ended') AS ended
    FROM sure_REACHES WHERE basis = 'actual' GROUP BY start_id),
one_node AS (SELECT start_id AS project FROM sure_ADDS GROUP BY start_id HAVING count(*) = 1),
open AS (
    SELECT a.start_id AS project, a.end_id AS node, l.end_id AS region, s.opened AS since, a.capacity AS gross, a.unit,
           a.capacity * coalesce(a.yield_rate, 1) AS net
    FROM sure_ADDS a JOIN step s ON s.project = a.start_id JOIN one_node o ON o.project = a.start_id
    JOIN sure_LOCATED_IN l ON l.start_id = a.start_id
    WHERE s.opened IS NOT NULL AND NOT s.ended),
its AS (SELECT i.end_id AS project, coalesce(w.start_id, i.start_id) AS family
        FROM sure_INVESTS_IN i LEFT JOIN sure_OWNS w ON w.end_id = i.start_id),
maker AS (SELECT DISTINCT coalesce(w.start_id, p.firm) AS family, p.node
          FROM plant p LEFT JOIN sure_OWNS w ON w.end_id = p.firm WHERE p.node IN (SELECT node FROM open)),
piece AS (
    SELECT node, region, since, gross, unit, net FROM plant
    UNION ALL
    SELECT node, region, since, gross, unit, net FROM open o
    WHERE NOT EXISTS (SELECT 1 FROM its i JOIN maker m ON m.family = i.family WHERE i.project = o.project AND m.node = o.node)),
judged AS (
    SELECT p.node, p.gross IS NOT NULL AND p.unit = n.unit AS sized, p.gross, p.net,
           coalesce(whole.node, own.node, city.node) IS NULL
           OR coalesce(p.since > coalesce(whole.valid_from, own.valid_from, city.valid_from), false) AS later
    FROM piece p JOIN ChainNode n ON n.id = p.node LEFT JOIN sure_WITHIN w ON w.start_id = p.region
    LEFT JOIN figure whole ON whole.node = p.node AND whole.region = '{PROVINCE}'
    LEFT JOIN figure own ON own.node = p.node AND own.region = p.region AND own.region <> '{PROVINCE}'
    LEFT JOIN figure city ON city.node = p.node AND city.region = w.end_id AND city.region <> '{PROVINCE}'),
total AS (
    SELECT node, count(*) FILTER (sized) AS sized, count(*) FILTER (NOT sized) AS blank,
           coalesce(sum(net) FILTER (sized), 0) AS net, coalesce(sum(gross) FILTER (sized), 0) AS gross,
           count(*) FILTER (NOT sized AND later) AS late_blank, coalesce(sum(net) FILTER (sized AND later), 0) AS late_net,
           coalesce(sum(gross) FILTER (sized AND later), 0) AS late_gross
    FROM judged GROUP BY node),
told AS (SELECT node, sum(value) AS value, max(valid_from) AS newest, bool_or(region = '{PROVINCE}') AS own
         FROM figure GROUP BY node),
leaf AS (SELECT start_id AS region, end_id AS city FROM sure_WITHIN WHERE start_id NOT IN (SELECT end_id FROM sure_WITHIN)),
covering AS (SELECT f.node, count(DISTINCT l.region) = (SELECT count(*) FROM leaf) AS whole
             FROM figure f JOIN leaf l ON f.region IN (l.region, l.city) GROUP BY f.node),
survey AS (SELECT end_id AS chain, max(valid_from) AS newest FROM sure_SURVEYS GROUP BY end_id),
list AS (SELECT p.end_id AS chain, max(c.valid_from) AS newest
         FROM sure_CLAIMS c JOIN sure_PART_OF p ON p.start_id = c.end_id WHERE c.says = 'wanted' GROUP BY p.end_id),
word AS (
    SELECT c.end_id AS node, c.says FROM sure_CLAIMS c JOIN sure_PART_OF p ON p.start_id = c.end_id
    LEFT JOIN list l ON l.chain = p.end_id
    WHERE c.says <> 'wanted' OR c.valid_from = l.newest
    QUALIFY row_number() OVER (PARTITION BY c.end_id
                               ORDER BY c.valid_from DESC, c.says = 'present' DESC, c.precedence DESC) = 1),
known AS (
    SELECT n.id AS node, n.unit, n.boundary, p.end_id AS chain, s.newest IS NOT NULL AS complete, w.says,
           f.node IS NOT NULL AND NOT coalesce(s.newest > f.newest, false) AS by_figure,
           f.own OR coalesce(v.whole, false) AS own,
           f.value AS base, coalesce(t.sized, 0) AS sized, coalesce(t.blank, 0) AS blank, coalesce(t.net, 0) AS net,
           coalesce(t.gross, 0) AS gross, coalesce(t.late_blank, 0) AS late_blank, coalesce(t.late_net, 0) AS late_net,
           coalesce(t.late_gross, 0) AS late_gross
    FROM ChainNode n JOIN sure_PART_OF p ON p.start_id = n.id LEFT JOIN total t ON t.node = n.id
    LEFT JOIN told f ON f.node = n.id LEFT JOIN covering v ON v.node = n.id
    LEFT JOIN survey s ON s.chain = p.end_id LEFT JOIN word w ON w.node = n.id),
stated AS (
    SELECT *, CASE
        WHEN by_figure THEN CASE WHEN base + late_net > 0 THEN 'known' WHEN late_blank > 0 THEN 'unsized' ELSE 'zero' END
        WHEN sized > 0 AND net > 0 THEN 'known'
        WHEN blank > 0 THEN 'unsized'
        WHEN sized > 0 THEN 'zero'
        WHEN says = 'present' THEN 'unsized'
        WHEN says IS NOT NULL OR complete THEN 'zero'
        ELSE 'unknown' END AS state
    FROM known),
supply AS (
    SELECT node, unit, boundary, chain, state, state IN ('known', 'unsized') AND NOT boundary AS here,
           CASE WHEN by_figure THEN NOT own AND NOT complete WHEN sized + blank > 0 THEN NOT complete
                ELSE says = 'present' END AS partial,
           CASE WHEN state = 'zero' THEN 0 WHEN state = 'known' THEN CASE WHEN by_figure THEN base + late_net ELSE net END
           END AS net,
           CASE WHEN state = 'known' THEN CASE WHEN by_figure THEN base + late_gross ELSE gross END END AS gross
    FROM stated),
building AS (
    SELECT DISTINCT a.end_id AS node FROM sure_ADDS a JOIN step s ON s.project = a.start_id
    WHERE s.started AND NOT s.ended AND NOT (s.opened IS NOT NULL AND a.start_id IN (SELECT project FROM one_node))),
takes AS (
    SELECT u.node, d.here, d.state = 'unknown' AND NOT d.boundary AS unlooked, f.coefficient * d.gross AS amount,
           f.coefficient IS NOT NULL AND d.gross IS NOT NULL AND NOT d.partial
           AND f.unit = replace(u.unit, '/a', '') || '/' || replace(d.unit, '/a', '') AS sized,
           f.role IN ('material', 'component', 'consumable') AND NOT d.boundary
           AND (d.here OR d.node IN (SELECT node FROM building)) AS needs
    FROM sure_FEEDS f JOIN supply u ON u.node = f.start_id JOIN supply d ON d.node = f.end_id),
demand AS (
    SELECT node, CASE WHEN bool_and(sized) FILTER (here) THEN sum(amount) FILTER (here)
                      WHEN count(*) FILTER (here) = 0 AND NOT bool_or(unlooked) THEN 0 END AS used, bool_or(needs) AS needed
    FROM takes GROUP BY node),
fed AS (SELECT DISTINCT f.end_id AS node FROM sure_FEEDS f JOIN supply u ON u.node = f.start_id WHERE u.here),
row AS (
    SELECT s.*, CASE WHEN d.node IS NULL THEN 0 ELSE d.used END AS demand, coalesce(d.needed, false) AS needed,
           s.node IN (SELECT node FROM fed) AS is_fed
    FROM supply s LEFT JOIN demand d ON d.node = s.node WHERE NOT s.boundary)
SELECT chain, node, CASE
        WHEN state = 'unknown' THEN 'unknown'
        WHEN state = 'zero' AND needed THEN CASE WHEN is_fed THEN 'broken' ELSE 'missing' END
        WHEN state = 'zero' THEN CASE WHEN is_fed THEN 'extension' ELSE 'absent' END
        WHEN state = 'unsized' OR partial OR demand IS NULL OR demand <= 0 THEN 'present'
        WHEN net / demand < 0.6 THEN 'weak' WHEN net / demand < 1 THEN 'short' WHEN net / demand <= 1.5 THEN 'balanced'
        ELSE 'surplus' END AS verdict,
    net, demand, CASE WHEN demand > 0 THEN net / demand END AS ratio
FROM row
"""
