// id: stands_of_firms
// zh: 企业位于、生产于哪里
// en: where firms lie or make something
// param ids: list | 企业标识 | ids of firms
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
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (f)-[l:LOCATED_IN|MAKES]->(r:Region|ChainNode)
WITH f, l, r
WHERE l.valid_from <= $as_of AND l.known_from <= $known_by AND l.audience IN $audiences
RETURN l.id AS id, f.id AS start, r.id AS end_id, l.line AS line,
       l.precedence AS precedence, l.authority AS authority, l.holds AS holds, l.valid_from AS valid_from,
       l.known_from AS known_from, l.source AS source, l.text AS text,
       coalesce(l.region, r.id) AS region
ORDER BY l.id
