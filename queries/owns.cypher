// id: owns
// zh: 集团持股
// en: who owns whom
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
// column share: number
// key: id

MATCH (g:Firm)-[o:OWNS]->(f:Firm)
WHERE o.valid_from <= $as_of AND o.known_from <= $known_by AND o.audience IN $audiences
RETURN o.id AS id, g.id AS start, f.id AS end_id, o.line AS line,
       o.precedence AS precedence, o.authority AS authority, o.holds AS holds, o.valid_from AS valid_from,
       o.known_from AS known_from, o.source AS source, o.text AS text, o.share AS share
ORDER BY o.id
