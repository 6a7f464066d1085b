// id: plants_to_judge
// zh: 地区内环节的在产能力: 须逐一判断的 (企业对该环节另有事实、停产、晚于某日、计量单位不同等)
// en: plants in the regions that need a judgement each (another fact of the firm about the node, stopped, later than a day, another unit)
// param nodes: list | 环节标识 | ids of chain nodes
// param regions: list | 地区标识 | ids of regions
// param day: day | 投产日期不晚于 | began no later than
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
// column region: text
// column plant: text
// column product: text
// column capacity: number
// column unit: text
// column yield_rate: number
// column state: text
// column since: day
// key: id

MATCH (f:Firm)-[m:MAKES]->(n:ChainNode)
WHERE n.id IN $nodes AND m.region IN $regions AND m.valid_from <= $as_of AND m.known_from <= $known_by AND m.audience IN $audiences
  AND NOT coalesce(m.sole = true AND m.authority > 0 AND m.holds = true AND coalesce(m.state, '') IN ['', 'operating']
                   AND (m.since IS NULL OR m.since <= $day) AND (m.capacity IS NULL OR m.unit = n.unit), false)
RETURN m.id AS id, f.id AS start, n.id AS end_id, m.line AS line,
       m.precedence AS precedence, m.authority AS authority, m.holds AS holds, m.valid_from AS valid_from,
       m.known_from AS known_from, m.source AS source, m.text AS text, m.region AS region,
       m.plant AS plant, m.product AS product, m.capacity AS capacity, m.unit AS unit,
       m.yield_rate AS yield_rate, m.state AS state, m.since AS since
ORDER BY m.id
