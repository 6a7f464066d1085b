// id: nodes_of_projects
// zh: 项目与它新增的环节
// en: projects and the nodes they add to
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
// column project: text
// column node: text
// key: id

MATCH (p:Project)-[a:ADDS]->(n:ChainNode)
WHERE a.valid_from <= $as_of AND a.known_from <= $known_by AND a.audience IN $audiences
RETURN a.id AS id, p.id AS start, n.id AS end_id, a.line AS line,
       a.precedence AS precedence, a.authority AS authority, a.holds AS holds, a.valid_from AS valid_from,
       a.known_from AS known_from, a.source AS source, a.text AS text, p.name AS project,
       n.name AS node
ORDER BY a.id
