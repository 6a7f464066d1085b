// id: plants_stated_twice
// zh: 同一企业在同一环节有多条事实的
// en: firms with several facts for one node
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column firm: text
// column node: text
// key: firm node

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
WITH f, n, count(m) AS facts
WHERE facts > 1
RETURN f.id AS firm, n.id AS node
ORDER BY firm, node
