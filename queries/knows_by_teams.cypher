// id: knows_by_teams
// zh: 专班认识的企业
// en: teams that know firms
// param firms: list | 企业标识 | ids of firms
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
// column tie: text
// key: id

UNWIND $firms AS one
WITH DISTINCT one
MATCH (x:Team)-[k:KNOWS]->(f:Firm {id: one})
WHERE k.valid_from <= $as_of AND k.known_from <= $known_by AND k.audience IN $audiences
RETURN k.id AS id, x.id AS start, f.id AS end_id, k.line AS line,
       k.precedence AS precedence, k.authority AS authority, k.holds AS holds, k.valid_from AS valid_from,
       k.known_from AS known_from, k.source AS source, k.text AS text,
       k.tie AS tie
ORDER BY k.id
