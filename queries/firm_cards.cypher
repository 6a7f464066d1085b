// id: firm_cards
// zh: 企业名称, 上市代码, 500强, 及其来源
// en: names of firms, listed, 500-largest, and the source of these
// param ids: list | 标识 | ids
// column id: text
// column name: text
// column listed: text
// column top500: text
// column stated_by: text
// column stated_on: day
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:Firm {id: one})
RETURN x.id AS id, x.name AS name, x.listed AS listed, x.top500 AS top500, x.stated_by AS stated_by, x.stated_on AS stated_on
ORDER BY x.id
