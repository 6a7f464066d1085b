// id: claims_by_projects
// zh: 项目的声明
// en: claims made by projects
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
// column says: text
// column scope: text
// key: id

UNWIND $nodes AS one
WITH DISTINCT one
MATCH (x:Project)-[c:CLAIMS]->(n:ChainNode {id: one})
WHERE c.valid_from <= $as_of AND c.known_from <= $known_by AND c.audience IN $audiences
RETURN c.id AS id, x.id AS start, n.id AS end_id, c.line AS line,
       c.precedence AS precedence, c.authority AS authority, c.holds AS holds, c.valid_from AS valid_from,
       c.known_from AS known_from, c.source AS source, c.text AS text, c.says AS says,
       c.scope AS scope
ORDER BY c.id
