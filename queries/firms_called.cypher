// id: firms_called
// zh: 叫这个名称的企业 (别名里含有它的也在内)
// en: firms of this name, or with an alias that contains it
// param name: text | 名称 | name
// column id: text
// column name: text
// column aliases: text
// key: id

MATCH (f:Firm)
WHERE f.name = $name OR f.aliases CONTAINS $name
RETURN f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY f.id
