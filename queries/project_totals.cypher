// id: project_totals
// zh: 项目总投资 (亿元)
// en: total investment of projects (100 million yuan)
// param ids: list | 标识 | ids
// column id: text
// column name: text
// column total_investment: number
// key: id

MATCH (x:Project)
WHERE x.id IN $ids
RETURN x.id AS id, x.name AS name, x.total_investment AS total_investment
ORDER BY x.id
