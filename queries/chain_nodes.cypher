// id: chain_nodes
// zh: 环节
// en: chain nodes
// param ids: list | 标识 | ids
// column id: text
// column name: text
// column aliases: text
// column unit: text
// column note: text
// column boundary: flag
// key: id

UNWIND $ids AS one
WITH DISTINCT one
MATCH (x:ChainNode {id: one})
RETURN x.id AS id, x.name AS name, x.aliases AS aliases, x.unit AS unit, x.note AS note, x.boundary AS boundary
ORDER BY x.id
