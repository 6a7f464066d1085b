// id: ties_of_channels
// zh: 这些渠道结识多少企业
// en: how many firms channels know
// param ids: list | 企业标识 | ids of firms
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column ties: number
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (a:Channel {id: one})
OPTIONAL MATCH (a)-[t:KNOWS]->(b:Firm)
WITH a, t, b
WHERE t.holds AND t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN a.id AS id, count(DISTINCT t.line) AS ties
ORDER BY id
