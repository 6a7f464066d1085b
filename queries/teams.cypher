// id: teams
// zh: 全部专班
// en: all teams
// column id: text
// column name: text
// key: id

MATCH (x:Team)
RETURN x.id AS id, x.name AS name
ORDER BY x.id
