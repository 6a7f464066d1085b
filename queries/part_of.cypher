// id: part_of
// zh: 产业链的环节与位置
// en: chain nodes and their places
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
// column col: number
// column lane: text
// column band: text
// key: id

MATCH (n:ChainNode)-[p:PART_OF]->(c:Chain)
WHERE p.valid_from <= $as_of AND p.known_from <= $known_by AND p.audience IN $audiences
RETURN p.id AS id, n.id AS start, c.id AS end_id, p.line AS line,
       p.precedence AS precedence, p.authority AS authority, p.holds AS holds, p.valid_from AS valid_from,
       p.known_from AS known_from, p.source AS source, p.text AS text, p.col AS col,
       p.lane AS lane, p.band AS band
ORDER BY p.id
