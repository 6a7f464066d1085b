// id: aims_at_indicators
// zh: 地区对指标的目标
// en: goals of regions for indicators
// param scopes: list | 范围: 产业链或环节标识 | scopes: ids of chains or nodes
// param regions: list | 地区标识 | ids of regions
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column start: text
// column end_id: text
// column name: text
// column line: text
// column precedence: text
// column authority: number
// column holds: flag
// column valid_from: day
// column known_from: day
// column source: text
// column text: text
// column due: day
// column scope: text
// column value: number
// column unit: text
// column firms: text
// key: id

MATCH (r:Region)-[a:AIMS]->(i:Indicator)
WHERE a.scope IN $scopes AND r.id IN $regions AND a.valid_from <= $as_of AND a.known_from <= $known_by AND a.audience IN $audiences
RETURN a.id AS id, r.id AS start, i.id AS end_id, i.name AS name, a.line AS line,
       a.precedence AS precedence, a.authority AS authority, a.holds AS holds, a.valid_from AS valid_from,
       a.known_from AS known_from, a.source AS source, a.text AS text, a.due AS due,
       a.scope AS scope, a.value AS value, a.unit AS unit, a.firms AS firms
ORDER BY a.id
