// id: gaps_in_cypher
// zh: 一条链上没有任何在产企业的环节 (全部选择都在 Cypher 里, 可粘贴到 Neo4j Browser)
// en: nodes of a chain that no believed plant stands for (the whole choice in Cypher, to paste into Neo4j Browser)
// param chain: text | 产业链 | chain
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column name: text
// key: id

MATCH (n:ChainNode)-[p:PART_OF]->(c:Chain {id: $chain})
WHERE p.valid_from <= $as_of AND p.known_from <= $known_by AND p.audience IN $audiences
  AND coalesce(n.boundary, false) = false
  AND NOT EXISTS {
    MATCH (f:Firm)-[m:MAKES]->(n)
    WHERE m.region IN $regions AND m.authority > 0 AND m.holds = true AND m.state = 'operating'
      AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
      AND NOT EXISTS {
        MATCH (f)-[x:MAKES]->(n)
        WHERE x.line = m.line AND x.authority > 0 AND x.valid_from <= $as_of AND x.known_from <= $known_by
          AND x.audience IN $audiences AND x.precedence > m.precedence
      }
  }
RETURN DISTINCT n.id AS id, n.name AS name
ORDER BY n.id
