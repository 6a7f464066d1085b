// id: sources
// zh: 来源
// en: sources
// param ids: list | 标识 | ids
// column id: text
// column name: text
// column title: text
// column publisher: text
// column published: day
// column authority: number
// column audience: text
// key: id

MATCH (x:Source)
WHERE x.id IN $ids
RETURN x.id AS id, x.name AS name, x.title AS title, x.publisher AS publisher, x.published AS published, x.authority AS authority, x.audience AS audience
ORDER BY x.id
