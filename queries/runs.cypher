// id: runs
// zh: 专班主抓产业链
// en: who is in charge of a chain
// param chains: list | 产业链标识 | ids of chains
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
// column leader: text
// column department: text
// key: id

UNWIND $chains AS one
WITH DISTINCT one
MATCH (t:Team)-[r:RUNS]->(c:Chain {id: one})
WHERE r.valid_from <= $as_of AND r.known_from <= $known_by AND r.audience IN $audiences
RETURN r.id AS id, t.id AS start, c.id AS end_id, r.line AS line,
       r.precedence AS precedence, r.authority AS authority, r.holds AS holds, r.valid_from AS valid_from,
       r.known_from AS known_from, r.source AS source, r.text AS text,
       r.leader AS leader, r.department AS department
ORDER BY r.id
