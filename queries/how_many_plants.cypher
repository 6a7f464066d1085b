// id: how_many_plants
// zh: 地区内环节的在产能力有多少条, 至多数到 5001
// en: how many plants there are in the regions, counted up to 5001
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column plants: number
// key: plants

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
WITH m.id AS id
LIMIT 5001
WITH count(id) AS plants
WHERE plants > 0
RETURN plants
