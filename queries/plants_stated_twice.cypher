// id: plants_stated_twice
// zh: 地区内环节的在产能力: 同一企业在同一环节有多条事实的
// en: plants in the regions of firms with several facts for one node
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column start: text
// column end_id: text
// column line: text
// column precedence: text
// column authority: number
// column holds: flag
// column valid_from: day
// column known_from: day
// column source: text
// column text: text
// column region: text
// column plant: text
// column product: text
// column capacity: number
// column unit: text
// column yield_rate: number
// column state: text
// column since: day
// key: id

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
MATCH (f)-[x:MAKES]->(n)
WHERE x.id <> m.id AND x.region IN $regions AND x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT x.id AS id, f.id AS start, n.id AS end_id, x.line AS line,
       x.precedence AS precedence, x.authority AS authority, x.holds AS holds, x.valid_from AS valid_from,
       x.known_from AS known_from, x.source AS source, x.text AS text, x.region AS region,
       x.plant AS plant, x.product AS product, x.capacity AS capacity, x.unit AS unit,
       x.yield_rate AS yield_rate, x.state AS state, x.since AS since
ORDER BY x.id
