// id: chains
// zh: 产业链
// en: chains
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (x:Chain)
WHERE EXISTS { MATCH (n:ChainNode)-[p:PART_OF]->(x) WHERE p.audience IN $audiences }
RETURN x.id AS id, x.name AS name
ORDER BY x.id
