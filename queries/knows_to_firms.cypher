// id: knows_to_firms
// zh: 哪些企业结识这些企业
// en: which firms know firms
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
// column tie: text
// column node: text
// key: id

// Together with OWNS, which has no tie: KNOWS alone of firms is so rare that the embedded engine would scan all firms.
UNWIND $ids AS one
WITH DISTINCT one
MATCH (b:Firm {id: one})
OPTIONAL MATCH (a:Firm)-[t:KNOWS|OWNS]->(b)
WITH a, t, b
WHERE t.tie IS NOT NULL AND t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN t.id AS id, a.id AS start, b.id AS end_id, t.line AS line,
       t.precedence AS precedence, t.authority AS authority, t.holds AS holds, t.valid_from AS valid_from,
       t.known_from AS known_from, t.source AS source, t.text AS text, t.tie AS tie, t.node AS node
ORDER BY t.id
