// id: within
// zh: 地区隶属
// en: regions within regions
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

MATCH (a:Region)-[w:WITHIN]->(b:Region)
WHERE w.valid_from <= $as_of AND w.known_from <= $known_by AND w.audience IN $audiences
RETURN w.id AS id, a.id AS start, b.id AS end_id, w.line AS line,
       w.precedence AS precedence, w.authority AS authority, w.holds AS holds, w.valid_from AS valid_from,
       w.known_from AS known_from, w.source AS source, w.text AS text
ORDER BY w.id
