// id: plants_added_up
// zh: 环节的在产能力合计: 本身无须逐一判断的
// en: plants of each node added up: those that need no judgement by themselves
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param day: day | 投产日期不晚于 | began no later than
// param without: list | 除去的事实标识 | ids of facts to leave out
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column node: text
// column plants: number
// column sized: number
// column capacity: sum
// column saleable: sum
// column squares: sum
// column greatest: number
// key: node

MATCH (:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
  AND m.sole = true AND m.authority > 0 AND m.holds = true AND coalesce(m.state, '') IN ['', 'operating']
  AND (m.since IS NULL OR m.since <= $day) AND (m.capacity IS NULL OR m.unit = n.unit) AND NOT m.id IN $without
WITH n.id AS node, m.id AS id, m.capacity AS gross, m.capacity * coalesce(m.yield_rate, 1.0) AS net
RETURN node, count(id) AS plants, count(gross) AS sized, coalesce(sum(gross), 0.0) AS capacity,
       coalesce(sum(net), 0.0) AS saleable, coalesce(sum(net * net), 0.0) AS squares, max(net) AS greatest
ORDER BY node
