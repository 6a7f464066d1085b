// id: supplies_by_firms
// zh: 企业向谁供货
// en: whom firms supply
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
// column node: text
// column product: text
// column amount: number
// column unit: text
// column until: day
// key: id

UNWIND $firms AS one
WITH DISTINCT one
MATCH (a:Firm {id: one})-[s:SUPPLIES]->(b:Firm)
WHERE s.valid_from <= $as_of AND s.known_from <= $known_by AND s.audience IN $audiences
RETURN s.id AS id, a.id AS start, b.id AS end_id, s.line AS line,
       s.precedence AS precedence, s.authority AS authority, s.holds AS holds, s.valid_from AS valid_from,
       s.known_from AS known_from, s.source AS source, s.text AS text,
       s.node AS node,
       s.product AS product,
       s.amount AS amount,
       s.unit AS unit,
       s.until AS until
ORDER BY s.id
