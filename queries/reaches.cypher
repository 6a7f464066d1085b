// id: reaches
// zh: 项目到达的里程碑与手续
// en: milestones and permits of projects
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
// column basis: text
// column day: day
// key: id

UNWIND $projects AS one
WITH DISTINCT one
MATCH (p:Project {id: one})
OPTIONAL MATCH (p)-[x:REACHES]->(m:Milestone)
WITH p, x, m
WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN x.id AS id, p.id AS start, m.id AS end_id, x.line AS line,
       x.precedence AS precedence, x.authority AS authority, x.holds AS holds, x.valid_from AS valid_from,
       x.known_from AS known_from, x.source AS source, x.text AS text, x.basis AS basis,
       x.day AS day
ORDER BY x.id
