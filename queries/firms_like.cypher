// id: firms_like
// zh: 名称或别名含有这些字、有事实可见的企业
// en: firms whose name or alias contains one of these, that a visible fact is about
// param parts: list | 字 | characters
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// column aliases: text
// key: id

UNWIND $parts AS part
MATCH (f:Firm)
WHERE part <> '' AND (f.name CONTAINS part OR f.aliases CONTAINS part)
WITH DISTINCT f
OPTIONAL MATCH (f)-[x:MAKES|INVESTS_IN|SUPPLIES|OWNS|KNOWS|CONTACTS|CLAIMS|LOCATED_IN]-(n:ChainNode|Project|Firm|Region|Team|Channel)
WITH f, x, n
WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY id
