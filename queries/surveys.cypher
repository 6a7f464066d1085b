// id: surveys
// zh: 摸排齐全的产业链
// en: chains whose list of firms is complete
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
// key: id

MATCH (r:Region)-[s:SURVEYS]->(c:Chain)
WHERE r.id IN $regions AND s.valid_from <= $as_of AND s.known_from <= $known_by AND s.audience IN $audiences
RETURN s.id AS id, r.id AS start, c.id AS end_id, s.line AS line,
       s.precedence AS precedence, s.authority AS authority, s.holds AS holds, s.valid_from AS valid_from,
       s.known_from AS known_from, s.source AS source, s.text AS text
ORDER BY s.id
