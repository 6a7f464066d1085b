// id: regions
// zh: 地区
// en: regions
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// column aliases: text
// key: id

MATCH (x:Region)
WHERE EXISTS { MATCH (x)-[w:WITHIN]->(y:Region) WHERE w.audience IN $audiences } OR EXISTS { MATCH (z:Region)-[w:WITHIN]->(x) WHERE w.audience IN $audiences }
RETURN x.id AS id, x.name AS name, x.aliases AS aliases
ORDER BY x.id
