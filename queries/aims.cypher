// id: aims
// zh: 地区对环节的目标
// en: goals of regions for chain nodes
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
// column due: day
// column scope: text
// column value: number
// column unit: text
// column firms: text
// key: id

UNWIND $nodes AS one
WITH DISTINCT one
MATCH (r:Region)-[a:AIMS]->(n:ChainNode {id: one})
WHERE r.id IN $regions AND a.valid_from <= $as_of AND a.known_from <= $known_by AND a.audience IN $audiences
RETURN a.id AS id, r.id AS start, n.id AS end_id, a.line AS line,
       a.precedence AS precedence, a.authority AS authority, a.holds AS holds, a.valid_from AS valid_from,
       a.known_from AS known_from, a.source AS source, a.text AS text, a.due AS due,
       a.scope AS scope, a.value AS value, a.unit AS unit, a.firms AS firms
ORDER BY a.id
