// id: channels
// zh: 结识企业的招商渠道
// en: channels that know firms
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (x:Channel)-[t:KNOWS]->(f:Firm)
WHERE t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN DISTINCT x.id AS id, x.name AS name
ORDER BY id
