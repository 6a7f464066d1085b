// id: team_names
// zh: 专班的名称
// en: names of teams
// param ids: list | 标识 | ids
// column id: text
// column name: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Team {id: one})
RETURN x.id AS id, x.name AS name
ORDER BY x.id
