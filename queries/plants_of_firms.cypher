// id: plants_of_firms
// zh: 企业在各地的产能
// en: plants of firms wherever they stand
// param firms: list | 企业标识 | ids of firms
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

UNWIND $firms AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (f)-[m:MAKES]->(n:ChainNode)
WITH f, m, n
WHERE m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
RETURN m.id AS id, f.id AS start, n.id AS end_id, m.line AS line,
       m.precedence AS precedence, m.authority AS authority, m.holds AS holds, m.valid_from AS valid_from,
       m.known_from AS known_from, m.source AS source, m.text AS text,
       m.region AS region,
       m.plant AS plant,
       m.product AS product,
       m.capacity AS capacity,
       m.unit AS unit,
       m.yield_rate AS yield_rate,
       m.state AS state,
       m.since AS since
ORDER BY m.id
