// id: firms_with_ties
// zh: 有已知关系的企业
// en: firms of which a tie is known
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (f:Firm)
WHERE EXISTS { MATCH (f)-[t:SUPPLIES|OWNS|KNOWS|INVESTS_IN|MAKES]->(b:Firm|Project|ChainNode)
               WHERE t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences }
   OR EXISTS { MATCH (a:Firm|Channel|Team)-[t:SUPPLIES|OWNS|KNOWS]->(f)
               WHERE t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences }
RETURN f.id AS id, f.name AS name
ORDER BY f.id
