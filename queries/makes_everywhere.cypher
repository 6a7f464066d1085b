// id: makes_everywhere
// zh: 全部企业在各地的在产能力
// en: plants of all firms wherever they stand
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
// column region: text
// column state: text
// key: id

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
RETURN m.id AS id, f.id AS start, n.id AS end_id, m.line AS line,
       m.precedence AS precedence, m.authority AS authority, m.holds AS holds, m.valid_from AS valid_from,
       m.known_from AS known_from, m.source AS source, m.text AS text,
       m.region AS region,
       m.state AS state
ORDER BY m.id
