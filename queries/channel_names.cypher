// id: channel_names
// zh: 招商渠道的名称
// en: names of channels
// param ids: list | 标识 | ids
// column id: text
// column name: text
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Channel {id: one})
RETURN x.id AS id, x.name AS name
ORDER BY x.id
