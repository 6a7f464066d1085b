// id: channels
// zh: 全部招商渠道
// en: all channels
// column id: text
// column name: text
// key: id

MATCH (x:Channel)
RETURN x.id AS id, x.name AS name
ORDER BY x.id
