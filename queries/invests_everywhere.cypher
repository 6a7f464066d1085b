// id: invests_everywhere
// zh: 全部企业投资的项目
// en: projects that any firm invests in
// param as_of: day | 截至 | as of
// param known_by: day | 据…所知 | known by
// param audiences: list | 受众 | audiences that may be seen
// column id: text
// column start: text
// column end_id: text
// column line: text
// column precedence: text
// column authority: number
// column holds: flag
// column valid_from: day
// column known_from: day
// column source: text
// column text: text
// column amount: number
// key: id

MATCH (a:Firm)-[t:INVESTS_IN]->(b:Project)
WHERE t.valid_from <= $as_of AND t.known_from <= $known_by AND t.audience IN $audiences
RETURN t.id AS id, a.id AS start, b.id AS end_id, t.line AS line,
       t.precedence AS precedence, t.authority AS authority, t.holds AS holds, t.valid_from AS valid_from,
       t.known_from AS known_from, t.source AS source, t.text AS text, t.amount AS amount
ORDER BY t.id
