// id: plants_added_up_by_region
// zh: 环节的在产能力按地区合计: 只有一条事实、无须逐一判断的
// en: plants of each node added up by region: those with one fact that need no judgement
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param day: day | 投产日期不晚于 | began no later than
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column node: text
// column place: text
// column plants: number
// column sized: number
// column capacity: sum
// column saleable: sum
// column squares: sum
// column greatest: number
// key: node place

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
WITH f, n, count(m) AS facts, max(m.capacity) AS gross, max(m.capacity * coalesce(m.yield_rate, 1.0)) AS net,
     min(m.region) AS region,
     coalesce(sum(CASE WHEN m.authority > 0 AND m.holds = true AND coalesce(m.state, '') IN ['', 'operating']
       AND (m.since IS NULL OR m.since <= $day) AND (m.capacity IS NULL OR m.unit = n.unit)
       THEN 1 ELSE 0 END), 0) AS simple
WHERE facts = 1 AND simple = 1
RETURN n.id AS node, region AS place, count(f) AS plants, count(gross) AS sized, coalesce(sum(gross), 0.0) AS capacity,
       coalesce(sum(net), 0.0) AS saleable, coalesce(sum(net * net), 0.0) AS squares, max(net) AS greatest
ORDER BY place, node
