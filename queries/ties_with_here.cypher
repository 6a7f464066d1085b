// id: ties_with_here
// zh: 哪些位于或生产于此地的企业与这些企业有关系, 不分方向
// en: firms that lie or make something here and have ties with firms, either way
// param ids: list | 企业标识 | ids of firms
// param regions: list | 地区 | regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column beside: text
// column id: text
// key: beside id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (a:Firm {id: one})
OPTIONAL MATCH (a)-[t:SUPPLIES|OWNS|KNOWS]-(b:Firm)
WITH a, t, b
WHERE t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
OPTIONAL MATCH (b)-[x:LOCATED_IN|MAKES]->(r:Region|ChainNode)
WITH a, b, x, r
WHERE coalesce(x.region, r.id) IN $regions AND x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT a.id AS beside, b.id AS id
ORDER BY beside, id
