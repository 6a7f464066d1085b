// id: measures_of_projects
// zh: 项目的指标值
// en: figures of projects
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
// column period: text
// column scope: text
// column value: number
// column unit: text
// key: id

UNWIND $projects AS one
WITH DISTINCT one
MATCH (x:Project {id: one})
OPTIONAL MATCH (x)-[m:MEASURES]->(i:Indicator)
WITH x, m, i
WHERE m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
RETURN m.id AS id, x.id AS start, i.id AS end_id, m.line AS line,
       m.precedence AS precedence, m.authority AS authority, m.holds AS holds, m.valid_from AS valid_from,
       m.known_from AS known_from, m.source AS source, m.text AS text, m.period AS period,
       m.scope AS scope, m.value AS value, m.unit AS unit
ORDER BY m.id
