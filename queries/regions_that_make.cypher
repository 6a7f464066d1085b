// id: regions_that_make
// zh: 有在产企业的地区
// en: regions in which something is made
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// key: id

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
RETURN DISTINCT m.region AS id
ORDER BY id
