// id: firm_names
// zh: 企业名称, 是否链主
// en: names of firms, and which are chain masters
// param ids: list | 标识 | ids
// column id: text
// column name: text
// column chain_master: flag
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Firm {id: one})
RETURN x.id AS id, x.name AS name, x.chain_master AS chain_master
ORDER BY x.id
