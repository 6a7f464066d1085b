// id: firms_seen
// zh: 有事实可见的企业
// en: firms that a visible fact is about
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// column aliases: text
// key: id

MATCH (f:Firm)
WHERE EXISTS { MATCH (f)-[x:MAKES]->(n:ChainNode) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:INVESTS_IN]->(p:Project) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:SUPPLIES]->(g:Firm) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (g:Firm)-[x:SUPPLIES]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:OWNS]->(g:Firm) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (g:Firm)-[x:OWNS]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (t:Team)-[x:CONTACTS]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (c:Channel)-[x:KNOWS]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (t:Team)-[x:KNOWS]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (g:Firm)-[x:KNOWS]->(f) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:KNOWS]->(g:Firm) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:CLAIMS]->(n:ChainNode) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
   OR EXISTS { MATCH (f)-[x:LOCATED_IN]->(r:Region) WHERE x.valid_from <= $as_of AND x.known_from <= $known_by AND x.audience IN $audiences }
RETURN f.id AS id, f.name AS name, f.aliases AS aliases
ORDER BY f.id
