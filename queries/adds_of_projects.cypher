// id: adds_of_projects
// zh: 项目新增的全部产能
// en: all that some projects add
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
// column capacity: number
// column unit: text
// column yield_rate: number
// key: id

UNWIND $projects AS one
WITH DISTINCT one
MATCH (p:Project {id: one})
OPTIONAL MATCH (p)-[a:ADDS]->(n:ChainNode)
WITH p, a, n
WHERE a.valid_from <= $as_of AND a.known_from <= $known_by AND a.audience IN $audiences
RETURN a.id AS id, p.id AS start, n.id AS end_id, a.line AS line,
       a.precedence AS precedence, a.authority AS authority, a.holds AS holds, a.valid_from AS valid_from,
       a.known_from AS known_from, a.source AS source, a.text AS text, a.capacity AS capacity,
       a.unit AS unit, a.yield_rate AS yield_rate
ORDER BY a.id
