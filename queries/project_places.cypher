// id: project_places
// zh: 项目所在地
// en: where projects are
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
// key: id

UNWIND $projects AS one
WITH DISTINCT one
MATCH (p:Project {id: one})
OPTIONAL MATCH (p)-[l:LOCATED_IN]->(r:Region)
WITH p, l, r
WHERE l.valid_from <= $as_of AND l.known_from <= $known_by AND l.audience IN $audiences
RETURN l.id AS id, p.id AS start, r.id AS end_id, l.line AS line,
       l.precedence AS precedence, l.authority AS authority, l.holds AS holds, l.valid_from AS valid_from,
       l.known_from AS known_from, l.source AS source, l.text AS text
ORDER BY l.id
