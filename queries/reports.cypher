// id: reports
// zh: 地区报出的环节数值
// en: figures that regions give
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
// column measure: text
// column value: number
// column unit: text
// key: id

UNWIND $nodes AS one
WITH DISTINCT one
MATCH (r:Region)-[x:REPORTS]->(n:ChainNode {id: one})
WHERE r.id IN $regions AND x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN x.id AS id, r.id AS start, n.id AS end_id, x.line AS line,
       x.precedence AS precedence, x.authority AS authority, x.holds AS holds, x.valid_from AS valid_from,
       x.known_from AS known_from, x.source AS source, x.text AS text, x.measure AS measure,
       x.value AS value, x.unit AS unit
ORDER BY x.id
