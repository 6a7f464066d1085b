"""What the lint of Cypher finds, and what it leaves in peace."""

from __future__ import annotations

import pytest

from graph.cypher_lint import names, problems

GOOD = [
    """// Gaps: it's a [x IN y | x] comment with $nothing, CALL and type(r)
    // "another
    MATCH (f:Firm)-[m:MAKES]->(n:ChainNode {id: $node})
    WHERE m.valid_from <= $as_of AND m.audience IN $audiences AND f.name STARTS WITH 'a // b CALL'
      AND NOT EXISTS { MATCH (f)-[x:MAKES]->(n) WHERE x.line = m.line AND x.precedence > m.precedence }
      AND COUNT { MATCH (f)-[:OWNS]->(g:Firm) } > 1 /* toFloat(x)
      n:A:B */
    OPTIONAL MATCH (n)-[:PART_OF]->(c:Chain)
    RETURN f.id AS firm, coalesce(sum(m.capacity), 0.0) AS capacity,
           CASE WHEN m.state = 'stopped' THEN count(*) - 1 ELSE 0 END AS stopped
    ORDER BY capacity DESC, firm LIMIT 10""",
    "MATCH (x:Firm|Project)-[r:LOCATED_IN]->(:Region {id: $region}) RETURN x.id AS id ORDER BY id",
    "MATCH p = (a:Region {id: $r})-[:WITHIN*1..9]->(b:Region) UNWIND nodes(p) AS x RETURN x.name AS name ORDER BY x.id",
    "MATCH (a:Firm {id: $a})-[:OWNS*3]->(b:Firm {id: $b}) RETURN a.id AS start LIMIT 1",
    "MATCH (a:Firm) WITH a, a.id AS key MATCH (a)<-[:INVESTS_IN]-(b:Firm) RETURN a.id AS firm, key ORDER BY firm ASC",
    "UNWIND $rows AS row MATCH (f:Firm {id: row.id}) RETURN f.id AS firm, date(row.day) AS day ORDER BY f.id",
    "MATCH (a:Firm) RETURN a.id AS id UNION MATCH (b:Project) RETURN b.id AS id",
    "MATCH (n:Firm) WHERE n.name IN ['a', 'b'] RETURN n AS n ORDER BY n.id",
]


@pytest.mark.parametrize("text", GOOD)
def test_common_cypher_passes(text: str) -> None:
    assert problems(text) == []


BAD = {
    "bare pattern": [
        "MATCH (a:Firm) WHERE (a)-[:OWNS]->(:Firm) RETURN a.id AS id",
        "MATCH (a:Firm) WHERE NOT (a)-->(:Firm) RETURN a.id AS id",
        "MATCH (a:Firm) WHERE EXISTS { (a)<-[:OWNS]-(:Firm) } RETURN a.id AS id",
        "MATCH (a:Firm) RETURN size((a)--(:Firm)) AS n",
    ],
    "one MATCH inside": ["MATCH (a:Firm) WHERE EXISTS { MATCH (a)-[:OWNS]->(b:Firm) MATCH (b)-[:OWNS]->(:Firm) } "
                         "RETURN a.id AS id"],
    "CALL": ["CALL { MATCH (a:Firm) RETURN a.id AS id } RETURN id"],
    "list comprehension": ["MATCH (a:Firm) RETURN [x IN $xs | x] AS xs"],
    "shortest paths": ["MATCH p = shortestPath((a:Firm)-[:OWNS*1..4]->(b:Firm)) RETURN p AS p",
                       "MATCH p = (a:Region)-[:WITHIN* SHORTEST 1..4]->(b:Region) RETURN nodes(p) AS p"],
    "name each property": ["MATCH (a:Firm) SET a += $row"],
    "return a property": ["MATCH (a:Firm)-[r:OWNS]->(b:Firm) RETURN type(r) AS t", "MATCH (a:Firm) RETURN labels(a) AS l",
                          "MATCH (a:Firm) RETURN id (a) AS i"],
    "convert in Python": [f"MATCH (a:Firm) RETURN {call} AS x" for call in
                          ("toString(a.id)", "toFloat(a.id)", "tostring (a.id)", "datetime()", "CAST(a.id AS INT64)",
                           "timestamp()", "toInteger(a.id)")],
    "happen in Python": ["MATCH (a:Firm) RETURN substring(a.name, 0, 2) AS x", "MATCH (a:Firm) RETURN round(1.5) AS x"],
    "an index or slice": ["MATCH (a:Firm) RETURN a.name[0..2] AS x", "RETURN $xs[0] AS x",
                          "MATCH p = (a:Firm)-[:OWNS]->(:Firm) RETURN nodes(p)[0] AS x"],
    "tested for null": ["MATCH (a:Firm) WHERE $x IS NULL OR a.id = $x RETURN a.id AS id",
                        "MATCH (a:Firm) WHERE $x is not null RETURN a.id AS id"],
    "use EXISTS {": ["MATCH (a:Firm) WHERE exists(a.listed) RETURN a.id AS id"],
    "or in one engine": ["MATCH (n:A:B) RETURN n.id AS id", "MATCH (n:Firm) WHERE n:A:B RETURN n.id AS id"],
    "null in a list": ["MATCH (a:Firm) WHERE 1 IN [2, null] RETURN a.id AS id"],
    "sum of nothing": ["MATCH (:Firm)-[m:MAKES]->(:ChainNode) RETURN sum(m.capacity) AS x"],
    "into a WHERE clause": ["MATCH (a:Firm WHERE a.listed = '') RETURN a.id AS id"],
    "write <>": ["MATCH (a:Firm) WHERE a.id != $x RETURN a.id AS id"],
    "needs a bound": [f"MATCH (a:Region)-[:WITHIN{length}]->(b:Region) RETURN a.id AS id LIMIT 1"
                      for length in ("*", "*2..", "*1..10", "*10", "* .. 12")],
    "needs a direction": ["MATCH (a:Region)-[:WITHIN*1..3]-(b:Region) RETURN a.id AS id",
                          "MATCH (a:Region)<-[:WITHIN*1..3]->(b:Region) RETURN a.id AS id"],
    "may have cycles": ["MATCH (a:Firm)-[:OWNS*1..3]->(b:Firm) RETURN a.id AS id LIMIT 1",
                        "MATCH (a:Firm)-[:OWNS*3]->(b:Firm) RETURN a.id AS id",
                        "MATCH (a:Firm)-[:OWNS*5]->(b:Firm) RETURN a.id AS id LIMIT 1",
                        "MATCH (a:Firm)-[:WITHIN|OWNS*1..3]->(b:Firm) RETURN a.id AS id",
                        "MATCH (a:Firm)-[*1..3]->(b:Firm) RETURN a.id AS id"],
    "label is written": ["MATCH (a) RETURN a.id AS id", "MATCH (a:Firm)-[:OWNS]->(b) RETURN b.id AS id",
                         "MATCH(a {id: $id}) RETURN a.id AS id", "MATCH (a:Firm)-[:OWNS]->() RETURN a.id AS id",
                         "MATCH (a:Firm) WHERE EXISTS { MATCH (a)-[:OWNS]->(b) } RETURN a.id AS id",
                         "MATCH (a:Firm) WHERE EXISTS { MATCH (a)-[:OWNS]->(b:Firm) } MATCH (b)-[:OWNS]->(a) "
                         "RETURN a.id AS id"],
    "named like a variable": ["MATCH (n:Firm) RETURN n.id AS n ORDER BY n.id",
                              "MATCH (n:Firm)-[r:OWNS]->(m:Firm) RETURN count(m) AS r"],
    "a reserved word": ["MATCH (n:Firm) RETURN n.id AS order", "MATCH (n:Firm) WHERE n.column = 1 RETURN n.id AS id",
                        "MATCH (n:Firm {id: $on}) RETURN n.id AS id", "MATCH (end:Firm) RETURN end.id AS id",
                        "UNWIND [{group: 1}] AS row RETURN row.group AS x", "MATCH (n:Firm) RETURN n.id AS Table"],
    "must end with an id": ["MATCH (n:Firm) RETURN n.name AS name ORDER BY name",
                            "MATCH (n:Firm) RETURN n.id AS firm, n.name AS name ORDER BY firm, name DESC LIMIT 3",
                            "MATCH (n:Firm) RETURN n.id AS firm ORDER BY coalesce(n.name, n.id)"],
}


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in BAD.items() for text in texts])
def test_differences_are_told(told: str, text: str) -> None:
    assert any(told in problem for problem in problems(text)), problems(text)


def test_a_problem_begins_with_its_line() -> None:
    text = "// one\n/* two\n three */ MATCH (a:Firm)\nWHERE a.name = 'x\ny'\nRETURN type(a) AS kind"
    assert problems(text) == ["6: type(: 两引擎结果不同 / differs between the engines: return a property"]


def test_names_of_parameters() -> None:
    text = "// $no\nMATCH (a:Firm {id: $id}) WHERE a.x = '$no' AND a.y = \"it's $no\" AND a.z IN $list_1 /* $no */ RETURN $id AS x"
    assert names(text) == {"id", "list_1"}
