// id: project_names
// zh: 项目名称
// en: names of projects
// param ids: list | 标识 | ids
// column id: text
// column name: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Project {id: one})
RETURN x.id AS id, x.name AS name
ORDER BY x.id
