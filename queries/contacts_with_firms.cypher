// id: contacts_with_firms
// zh: 与企业的对接
// en: contacts with firms
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
// column stage: text
// column next_step: text
// column first: day
// column person: text
// key: id

UNWIND $firms AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (t:Team)-[c:CONTACTS]->(f)
WITH t, c, f
WHERE c.valid_from <= $as_of AND c.known_from <= $known_by AND c.audience IN $audiences
RETURN c.id AS id, t.id AS start, f.id AS end_id, c.line AS line,
       c.precedence AS precedence, c.authority AS authority, c.holds AS holds, c.valid_from AS valid_from,
       c.known_from AS known_from, c.source AS source, c.text AS text,
       c.node AS node,
       c.stage AS stage,
       c.next_step AS next_step,
       c.first AS first,
       c.person AS person
ORDER BY c.id
