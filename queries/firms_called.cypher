// id: firms_called
// zh: 叫这个名称、有事实可见的企业 (别名里含有它的也在内)
// en: firms of this name, or with an alias that contains it, that a visible fact is about
// param name: text | 名称 | name
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// column aliases: text
// key: id

MATCH (f:Firm)
WHERE f.name = $name OR ($name <> '' AND f.aliases CONTAINS $name)
OPTIONAL MATCH (f)-[x:MAKES|INVESTS_IN|SUPPLIES|OWNS|KNOWS|CONTACTS|CLAIMS|LOCATED_IN]-(n:ChainNode|Project|Firm|Region|Team|Channel)
WITH f, x, n
WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences
RETURN DISTINCT f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY id
