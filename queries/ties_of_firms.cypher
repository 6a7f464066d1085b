// id: ties_of_firms
// zh: 这些企业有多少关系, 不分方向
// en: how many ties firms have, either way
// param ids: list | 企业标识 | ids of firms
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column ties: number
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (a:Firm {id: one})
OPTIONAL MATCH (a)-[t:SUPPLIES|OWNS|KNOWS|INVESTS_IN]-(b:Firm|Project|Channel|Team)
WITH a, t, b
WHERE t.holds AND t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN a.id AS id, count(DISTINCT t.line) AS ties
ORDER BY id
