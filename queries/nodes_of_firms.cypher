// id: nodes_of_firms
// zh: 企业与环节: 有过任何在产能力事实的
// en: firms and the nodes that any fact says they make
// param firms: list | 企业标识 | ids of firms
// param audiences: list | 受众 | audiences that may be seen
// column firm: text
// column node: text
// key: firm node

UNWIND $firms AS one
WITH DISTINCT one
MATCH (f:Firm {id: one})
OPTIONAL MATCH (f)-[m:MAKES]->(n:ChainNode)
WITH f, m, n
WHERE m.audience IN $audiences
RETURN DISTINCT f.id AS firm, n.id AS node
ORDER BY firm, node
