// id: firms_spelled
// zh: 全部企业的名称与别名
// en: names and aliases of all firms
// column id: text
// column name: text
// column aliases: text
// key: id

MATCH (f:Firm)
RETURN f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY f.id
