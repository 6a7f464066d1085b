// id: feeds
// zh: 环节之间的供给与单耗
// en: what feeds what, with coefficients
// param nodes: list | 环节标识 | ids of chain nodes
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
// column role: text
// column essential: flag
// column coefficient: number
// column unit: text
// key: id

MATCH (u:ChainNode)-[f:FEEDS]->(d:ChainNode)
WHERE (u.id IN $nodes OR d.id IN $nodes) AND f.valid_from <= $as_of AND f.known_from <= $known_by AND f.audience IN $audiences
RETURN f.id AS id, u.id AS start, d.id AS end_id, f.line AS line,
       f.precedence AS precedence, f.authority AS authority, f.holds AS holds, f.valid_from AS valid_from,
       f.known_from AS known_from, f.source AS source, f.text AS text, f.role AS role,
       f.essential AS essential, f.coefficient AS coefficient, f.unit AS unit
ORDER BY f.id
