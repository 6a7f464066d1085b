// id: invests
// zh: 项目的投资方
// en: investors of projects
// param projects: list | 项目标识 | ids of projects
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
// column amount: number
// column local: flag
// key: id

UNWIND $projects AS one
WITH DISTINCT one
MATCH (p:Project {id: one})
OPTIONAL MATCH (f:Firm)-[i:INVESTS_IN]->(p)
WITH f, i, p
WHERE i.valid_from <= $as_of AND i.known_from <= $known_by AND i.audience IN $audiences
RETURN i.id AS id, f.id AS start, p.id AS end_id, i.line AS line,
       i.precedence AS precedence, i.authority AS authority, i.holds AS holds, i.valid_from AS valid_from,
       i.known_from AS known_from, i.source AS source, i.text AS text, i.amount AS amount,
       i.local AS local
ORDER BY i.id
