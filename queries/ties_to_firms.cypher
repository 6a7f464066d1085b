// id: ties_to_firms
// zh: 有多少关系指向这些企业
// en: how many ties lead to firms
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
OPTIONAL MATCH (b:Firm|Channel|Team)-[t:SUPPLIES|OWNS|KNOWS]->(a)
WITH b, t, a
WHERE t.holds AND t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN a.id AS id, count(DISTINCT t.line) AS ties
ORDER BY id
