// id: chain_masters
// zh: 链主企业
// en: firms called chain master
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (x:Firm)
WHERE x.chain_master = true AND EXISTS { MATCH (x)-[m:MAKES]->(n:ChainNode) WHERE m.audience IN $audiences }
RETURN x.id AS id, x.name AS name
ORDER BY x.id
