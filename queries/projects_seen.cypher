// id: projects_seen
// zh: 有事实可见的项目
// en: projects that a visible fact is about
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (p:Project)
WHERE EXISTS { MATCH (p)-[a:ADDS]->(n:ChainNode) WHERE a.valid_from <= $as_of AND a.known_from <= $known_by AND a.audience IN $audiences }
   OR EXISTS { MATCH (p)-[r:REACHES]->(m:Milestone) WHERE r.valid_from <= $as_of AND r.known_from <= $known_by AND r.audience IN $audiences }
   OR EXISTS { MATCH (f:Firm)-[i:INVESTS_IN]->(p) WHERE i.valid_from <= $as_of AND i.known_from <= $known_by AND i.audience IN $audiences }
   OR EXISTS { MATCH (p)-[v:MEASURES]->(x:Indicator) WHERE v.valid_from <= $as_of AND v.known_from <= $known_by AND v.audience IN $audiences }
   OR EXISTS { MATCH (q:Project)-[h:PHASE_OF]->(p) WHERE h.valid_from <= $as_of AND h.known_from <= $known_by AND h.audience IN $audiences }
RETURN p.id AS id, p.name AS name
ORDER BY p.id
