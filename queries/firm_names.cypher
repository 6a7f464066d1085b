// id: firm_names
// zh: 企业名称
// en: names of firms
// param ids: list | 标识 | ids
// column id: text
// column name: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Firm {id: one})
RETURN x.id AS id, x.name AS name
ORDER BY x.id
