// id: stood_here
// zh: 这些企业中曾在此地位于或生产的
// en: firms that ever lay or made something here
// param ids: list | 企业标识 | ids of firms
// param regions: list | 地区 | regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (f)-[x:LOCATED_IN|MAKES]->(r:Region|ChainNode)
WITH f, x, r
WHERE coalesce(x.region, r.id) IN $regions AND x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT f.id AS id
ORDER BY id
