// id: knows_of_nodes
// zh: 客户库为这些环节列出的企业
// en: firms that the customer library lists for chain nodes
// param nodes: list | 环节标识 | ids of chain nodes
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

MATCH (a:Channel|Firm)-[t:KNOWS]->(b:Firm)
WHERE t.node IN $nodes AND t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN t.id AS id, a.id AS start, b.id AS end_id, t.line AS line,
       t.precedence AS precedence, t.authority AS authority, t.holds AS holds, t.valid_from AS valid_from,
       t.known_from AS known_from, t.source AS source, t.text AS text, t.tie AS tie, t.node AS node
ORDER BY t.id
