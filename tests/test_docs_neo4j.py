"""What docs/neo4j.md, the guide and the README say is tried: queries, commands, messages, and the style for Neo4j Browser."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import neo4j
import pytest
from neo4j.exceptions import ClientError

import liantu
from cli import main
from graph.cypher_lint import names, problems
from graph.marking import MARKER_LABEL
from graph.model import EDGE, LABEL
from graph.store import Store, open_store
from graph.workspace import Workspace
from loaders.load import rebuild
from queries.catalogue import every
from reports import listing
from tests.servers import Neo4j

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = PAGE.split("## English\n")


def fenced(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


QUERIES = [text for text in fenced(PAGE, "cypher") if text.startswith("MATCH")]
COMMON = [text for text in QUERIES if not problems(text)]
ADMINISTRATION = [text for text in fenced(PAGE, "cypher") if not text.startswith("MATCH")]
INFO = next(text for text in fenced(PAGE, "text") if text.startswith("workspace:"))


# --- the queries


def value(written: str) -> Any:
    """Of a ``:param`` line."""
    day = re.fullmatch(r"date\((?:'(.*)')?\)", written)
    if day is None:
        return ast.literal_eval(written)
    return date.fromisoformat(day[1]) if day[1] else date.today()


VALUES = {name: value(written) for name, written in re.findall(r"^:param (\w+) => (.*);$", PAGE, re.M)}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return liantu.demo(tmp_path_factory.mktemp("docs") / "liantu-demo")[0]


@pytest.fixture(scope="module")
def store(sample: Workspace, home: str) -> Iterator[Store]:
    """The sample on each engine."""
    if home:
        rebuild(sample, home)
    with liantu.opened(sample, home) as found:
        yield found


@pytest.fixture
def served(sample: Workspace, server: str) -> str:
    """The address of a server that holds the sample."""
    rebuild(sample, server)
    return server


def rows(store: Store, text: str) -> list[dict[str, Any]]:
    return store.read(text, {name: VALUES[name] for name in names(text)})


@pytest.mark.parametrize("number", range(len(COMMON)))
def test_a_common_query_gives_rows_on_either_engine(store: Store, number: int) -> None:
    assert rows(store, COMMON[number])


def test_every_query_gives_rows_on_a_server_and_the_common_ones_the_same_as_embedded(sample: Workspace, served: str) -> None:
    with open_store(served) as there, liantu.opened(sample) as here:
        found = {text: len(rows(there, text)) for text in QUERIES}
        assert [text for text, count in found.items() if not count] == []
        assert {text: len(rows(here, text)) for text in COMMON} == {text: found[text] for text in COMMON}


def test_the_page_says_which_queries_are_common() -> None:
    assert [number for number, text in enumerate(QUERIES) if text in COMMON] == [1, 2, 3, 4, 5, 6, 7]
    assert [int(n) for n in re.findall(r"^\*\*(\d)\. .+ / .+\*\*", CHINESE, re.M)] == list(range(len(QUERIES)))
    assert "第 1 至 7 条是通用写法" in CHINESE and "Queries 1 to 7 are common Cypher" in ENGLISH


def test_a_query_of_facts_minds_the_clocks_and_the_audience() -> None:
    """All but those that say what there is, what a project is about, and where a figure comes from."""
    for number in (1, 2, 3, 5, 7):
        assert all(word in QUERIES[number] for word in ("valid_from <= $as_of", "known_from <= $known_by", "audience IN"))


def test_parameters_and_text_are_pasted_apart(sample: Workspace) -> None:
    """By the blank line between them, as the page says: Browser shows no rows where both come at once."""
    parameters, text = liantu.pasted(sample, "gaps_in_cypher", {"chain": "光伏"}, as_of=date(2023, 9, 12)).split("\n\n")
    assert all(line.startswith(":param ") for line in parameters.splitlines())
    assert ":param as_of => date('2023-09-12');" in parameters and text.startswith("MATCH")


# --- the rest of what the page has tried


def test_statements_of_the_enterprise_edition_are_well_formed(database: neo4j.Driver) -> None:
    """Community refuses to run them; what it cannot read is a SyntaxError."""
    edition = database.execute_query("CALL dbms.components() YIELD edition RETURN edition").records[0]["edition"]
    if edition != "community":
        pytest.skip("这里会真的建角色 / this server would make the roles")
    granted = next(text for text in ADMINISTRATION if "GRANT" in text)
    statements = [one.strip() for one in re.sub(r"//.*", "", granted).split(";") if one.strip()]
    assert len(statements) > 10
    for statement in statements:
        with pytest.raises(ClientError) as refused:
            database.execute_query(statement, database_="system")
        assert refused.value.code == "Neo.ClientError.Statement.UnsupportedAdministrationCommand", statement


def test_an_ordinary_user_is_made_as_told_and_can_load_and_ask(
        sample: Workspace, server: str, neo4j_server: Neo4j, database: neo4j.Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    if neo4j_server.server is None:
        pytest.skip("不在别人的服务器上建用户 / no users are made on a server that is not ours")
    create = next(text for text in ADMINISTRATION if text.startswith("CREATE USER"))
    database.execute_query(create, database_="system")
    try:
        monkeypatch.setenv("NEO4J_USER", "liantu")
        monkeypatch.setenv("NEO4J_PASSWORD", re.findall("'(.*)'", create)[0])
        rebuild(sample, server)
        assert liantu.gaps(sample, "光伏", store=server).rows
    finally:
        database.execute_query("DROP USER liantu", database_="system")


def test_info_has_the_lines_shown(sample: Workspace, served: str) -> None:
    def keys(text: str) -> list[str]:
        return re.findall(r"^(\w+):", text, re.M)

    printed = listing.info(liantu.info(sample, served))
    assert keys(printed) == keys(INFO)
    for line in ("region: 包头市", "database: neo4j", "state: ready", "fits: True"):
        assert line in INFO.splitlines() and line in printed.splitlines()


def test_a_backup_is_made_as_shown_and_opens_again(
        sample: Workspace, served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEO4J_URL", served)
    exec(compile(fenced(PAGE, "python")[0], "docs/neo4j.md", "exec"), {})
    assert liantu.gaps(sample, "光伏", store=str(tmp_path / "备份.lbug")) == liantu.gaps(sample, "光伏")


def test_the_lines_of_python_in_the_readme_run(
        sample: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(sample.folder.resolve().parent)
    told: dict[str, Any] = {}
    exec(compile(fenced(README, "python")[0], "README.md", "exec"), told)
    assert "光伏玻璃" in capsys.readouterr().out
    assert told["facts"].number_of_edges() > told["feeds"].number_of_edges() > 10


# --- words: commands, messages, links

TEXTS = {"README.md": README, "docs/neo4j.md": PAGE, "docs/guide.md": GUIDE}


def commands(text: str) -> list[list[str]]:
    """Every ``liantu …`` in a block of the shell or between backticks, in words."""
    lines = [line for block in re.findall(r"^```(?:sh|bat)\n(.*?)^```$", text, re.M | re.S) for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))
    said = [re.sub(r"\s{2,}#.*", "", line).strip().removeprefix(".venv/bin/") for line in [*lines, *spans]]
    return [shlex.split(line.replace("…", "")) for line in said if re.match(r"liantu [a-z]", line)]


@pytest.mark.parametrize("name", TEXTS)
def test_commands_and_their_options_exist(name: str) -> None:
    wrong = []
    for _, command, *words in commands(TEXTS[name]):
        known = main.commands.get(command)
        if isinstance(known, click.Group) and words and words[0] in known.commands:
            known = known.commands[words[0]]
        options = {one for parameter in known.params if isinstance(parameter, click.Option)
                   for one in parameter.opts} if known else set()
        wrong += [f"{command} {word}" for word in words if word.startswith("-") and word not in options]
        wrong += [] if known else [command]
    assert wrong == []


def test_the_page_and_the_readme_name_their_commands() -> None:
    assert {words[1] for words in commands(PAGE)} >= {"init", "rebuild", "gaps", "info", "query", "export", "load"}
    assert {words[1] for words in commands(README)} >= {"demo", "init", "template", "load", "gaps", "map", "rebuild", "export"}


def test_questions_and_targets_that_are_named_exist() -> None:
    asked = {words[2] for text in TEXTS.values() for words in commands(text) if words[1] == "query" and len(words) > 2}
    assert asked and asked <= {one.id for one in every()}
    targets = {name for text in (PAGE, README) for name in re.findall(r"\bmake (neo4j[a-z-]*)", text)}
    assert targets == {"neo4j", "neo4j-stop"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}: " in makefile for target in targets)


def test_every_message_is_one_that_liantu_says() -> None:
    places = [*sorted((ROOT / "graph").glob("*.py")), ROOT / "loaders" / "opening.py"]
    said = "".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in places)
    listed = []
    for half, head in ((CHINESE, "| 消息 |"), (ENGLISH, "| message |")):
        table = half[half.index(head):].split("\n\n")[0].splitlines()[2:]
        listed.append([row.split("|")[1].strip() for row in table])
    assert [message for messages in listed for message in messages if message not in said] == []
    assert len(listed[0]) == len(listed[1]) > 20


def test_links_lead_somewhere() -> None:
    slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", PAGE, re.M)}
    for path, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", PAGE):
        assert not path or (ROOT / "docs" / path).exists(), path
        assert not anchor or path or anchor in slugs, anchor


# --- the style


def grass() -> dict[str, dict[str, str]]:
    """Rules by selector, read as Neo4j Browser reads them: no comments, a ':' only between name and value."""
    text = (ROOT / "docs" / "liantu.grass").read_text(encoding="utf-8")
    rules: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"([^{}']+?)\s*\{((?:[^{}']|'[^']*')*)\}\s*", text):
        pairs = [line.split(":") for line in body.split(";") if line.strip()]
        assert all(len(pair) == 2 for pair in pairs), f"{selector}: {body}"
        assert selector not in rules, selector
        rules[selector] = {name.strip(): written.strip().strip("'") for name, written in pairs}
    assert len(rules) == text.count("\n}"), "not a plain list of rules"
    return rules


def luminance(colour: str) -> float:
    """Of ``#RRGGBB``, as the Web Content Accessibility Guidelines 2 define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_style_knows_every_label_and_edge_and_nothing_else() -> None:
    ours = {f"node.{name}" for name in (*LABEL, MARKER_LABEL)} | {f"relationship.{name}" for name in EDGE}
    assert set(grass()) == ours | {"node", "relationship"}


def test_labels_have_a_colour_each_and_text_that_can_be_read() -> None:
    labels = {name: rule for name, rule in grass().items() if name.startswith("node")}
    colours = [rule["color"] for name, rule in labels.items() if name != "node"]
    assert len(set(colours)) == len(colours)
    pale = {name: round(contrast(rule["color"], rule["text-color-internal"]), 1) for name, rule in labels.items()
            if contrast(rule["color"], rule["text-color-internal"]) < 4.5}
    assert pale == {}


def test_captions_are_names_and_the_models_words() -> None:
    rules = grass()
    assert {rules[f"node.{name}"]["caption"] for name in LABEL} == {"{name}"}
    assert rules[f"node.{MARKER_LABEL}"]["caption"] == "{state}"
    for name, edge in EDGE.items():
        word, *shown = rules[f"relationship.{name}"]["caption"].split()
        assert word == edge.zh, name
        assert set(shown) <= {f"{{{one.name}}}" for one in edge.properties}, name
