// id: plants_told_apart
// zh: 须逐一判断的在产能力: 一家企业在一个环节有多条事实, 或停产、晚于某日、计量单位不同等
// en: plants that need a judgement: firms with several facts for one node, or stopped, later than a day, of another unit
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param day: day | 投产日期不晚于 | began no later than
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column firm: text
// column node: text
// column told: facts
// key: firm node

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
WITH f, n, count(m) AS facts,
     coalesce(sum(CASE WHEN m.authority > 0 AND m.holds = true AND coalesce(m.state, '') IN ['', 'operating']
       AND (m.since IS NULL OR m.since <= $day) AND (m.capacity IS NULL OR m.unit = n.unit)
       THEN 1 ELSE 0 END), 0) AS simple,
     collect({precedence: m.precedence, line: m.line, source: m.source, region: m.region, plant: m.plant,
              capacity: m.capacity, unit: m.unit, yield_rate: m.yield_rate, state: m.state, since: m.since}) AS told
WHERE facts > 1 OR simple = 0
RETURN f.id AS firm, n.id AS node, told
ORDER BY firm, node
