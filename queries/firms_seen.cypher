// id: firms_seen
// zh: 这些企业中有事实可见的
// en: of these firms those that a visible fact is about
// param ids: list | 企业标识 | ids of firms
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// column aliases: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (f)-[x:MAKES|INVESTS_IN|SUPPLIES|OWNS|KNOWS|CONTACTS|CLAIMS|LOCATED_IN]-(n:ChainNode|Project|Firm|Region|Team|Channel)
WITH f, x, n
WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY id
