"""链图 liantu for notebooks and programs: open a workspace, ask it, load into it.

    import liantu
    city = liantu.open("我的城市")
    for row in liantu.gaps(city, "光伏").rows: print(row.node, row.verdict)
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

__version__ = "0.1.0"
ROOMS = ("graph", "formulas", "analysis", "queries", "loaders", "maps", "reports")


class Shadowed(ImportError):
    """A file of yours has the name of one of our rooms and is imported in its place."""


def _check_neighbours() -> None:
    """A stray ``graph.py`` beside a notebook would be imported for ours: name it before anything odd happens."""
    home = Path(__file__).resolve().parent
    for room in ROOMS:
        spec = importlib.util.find_spec(room)
        places = list(spec.submodule_search_locations or []) if spec else []
        if spec and any(Path(place).resolve() == home / room for place in places):
            continue
        stray = (spec.origin or ", ".join(places)) if spec else ""
        if not stray:
            raise Shadowed(f"liantu 缺少 {home / room} / is incomplete\n  → 重新安装 / install it again")
        raise Shadowed(f"{stray} 挡住了 liantu 自己的 {room} / is in the way of liantu's own {room}\n"
                       "  → 给它改名, 重启 Python (笔记本: 重启内核) / rename it, then restart Python (the kernel)")


_check_neighbours()

from graph.errors import Changed, LiantuError, Locked, StaleStore  # noqa: E402  # only once they are known to be ours
from graph.workspace import Workspace, find  # noqa: E402

if TYPE_CHECKING:
    import networkx as nx

    from analysis.adjacent import Adjacents
    from analysis.answers import Claims, GapRow, Gaps, Panorama
    from analysis.brief import Brief
    from analysis.changes import Diff
    from analysis.compare import Compare
    from analysis.finding_out import FindOut
    from analysis.history import History
    from analysis.instruments import Instruments
    from analysis.introductions import Introductions
    from analysis.ledger import Slips
    from analysis.overview import Overview
    from analysis.picture import Picture
    from analysis.prospect import Prospect
    from analysis.ranking import Everything
    from analysis.suitability import Suitability
    from analysis.targets import Targets
    from analysis.whatif import WhatIf
    from graph.facts import Graph
    from graph.settings import Settings
    from graph.store import Store
    from loaders.article.said import Article
    from loaders.checking import Checked
    from loaders.desk import Desk
    from loaders.load import Report
    from loaders.rows import Row
    from loaders.settle import Done, Standing
    from queries.additions import Addition
    from queries.asking import Asked

__all__ = [
    "LiantuError",
    "Shadowed",
    "Workspace",
    "__version__",
    "accept",
    "ask",
    "begin",
    "believed",
    "brief",
    "check",
    "claims",
    "data",
    "demo",
    "desk",
    "diff",
    "everything",
    "explain",
    "from_py2neo",
    "gaps",
    "graph",
    "hand_out",
    "history",
    "info",
    "instruments",
    "introduce",
    "is_workspace",
    "load",
    "names",
    "names_sheet",
    "open",
    "opened",
    "overview",
    "panorama",
    "pasted",
    "picture",
    "prospect",
    "query",
    "read",
    "reject",
    "review",
    "slips",
    "split",
    "suitability",
    "targets",
    "to_networkx",
    "to_py2neo",
    "undo",
    "visits",
    "whatif",
    "write",
]

Place = Workspace | str | Path
Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]
T = TypeVar("T")


def data() -> Path:
    """The skeletons and the sample: ``data/`` in a checkout, ``liantu_data/`` in an installed wheel."""
    home = Path(__file__).resolve().parent
    for name in ("data", "liantu_data"):
        if (home / name / "chains").is_dir():
            return home / name
    error = LiantuError(f"{home} 里没有随附的产业链骨架 / the chain skeletons are missing",
                        "重新安装 liantu / install liantu again")
    error.exit_code = 1
    raise error


def begin(folder: str | Path, chains: Sequence[str] = (), region: str = "", language: str = "zh",
          store: str = "") -> Workspace:
    """A new workspace with these skeletons, its graph at ``store`` where one is named; where that fails nothing is left."""
    from loaders.start import begin as start

    return start(data(), Path(folder), chains, region, language, store)


def demo(folder: str | Path, language: str = "zh", progress: Progress | None = None) -> tuple[Workspace, bool]:
    """The workspace of the Baotou sample, and whether it was made just now; one that is there is used as it is."""
    from loaders.start import demo as start

    return start(data(), Path(folder), language, progress)


def panorama_rows(workspace: Workspace | None, chains: Sequence[str] = ()) -> list[Row]:
    """Rows of the 环节 sheet to prefill a template with: of these skeletons, else of the workspace."""
    from loaders.start import panorama_rows as rows

    return rows(data(), workspace, chains)


def open(folder: Place = ".") -> Workspace:
    """The workspace at a folder; LiantuError where there is none."""
    return folder if isinstance(folder, Workspace) else find(Path(folder))


def is_workspace(folder: str | Path) -> bool:
    """Whether a folder is a workspace, broken settings or not."""
    from graph.settings import NAME

    return (Path(folder) / NAME).is_file()


def opened(folder: Place = ".", store: str = "", say: Say | None = None) -> Store:
    """The store of a workspace, ready to be asked; an embedded graph that no longer fits its material is made again.

    Close it, or use it in a ``with``. Raises StoreError for a server that cannot be reached, for a graph of
    another workspace and for a server's graph that does not fit the material.
    """
    from loaders.opening import opened as ready

    return ready(open(folder), store, say or _stderr)


def _stderr(text: str) -> None:
    print(text, file=sys.stderr)


def _answer(folder: Place, store: str, ask: Callable[[Store, Workspace], T]) -> T:
    """What ``ask`` makes of the store; asked again where a load changed the graph meanwhile."""
    workspace = open(folder)
    for _ in range(2):
        with suppress(Changed), opened(workspace, store) as found:
            return ask(found, workspace)
    with opened(workspace, store) as found:
        return ask(found, workspace)


class Asking(TypedDict, total=False):
    """What every question takes. ``known_by`` is today and ``as_of`` is ``known_by`` unless given; ``region`` and
    ``audience`` are the workspace's; ``store`` is another store, by path or address."""

    region: str | None
    as_of: date | None
    known_by: date | None
    audience: str | None
    store: str


def _asked(store: Store, workspace: Workspace, given: Asking) -> Asked:
    from queries.asking import Asked
    from queries.names import region_named

    eyes = given.get("audience") or workspace.settings.audience
    known = given.get("known_by") or date.today()
    return Asked(region_named(store, workspace.settings, eyes, given.get("region")), given.get("as_of") or known, known, eyes)


def _put(folder: Place, given: Asking, question: Callable[[Store, Settings, Asked], T]) -> T:
    """The answer to a question of ``queries/`` with the two clocks, the region and the audience that were given."""
    return _answer(folder, given.get("store", ""), lambda found, workspace: question(
        found, workspace.settings, _asked(found, workspace, given)))


def gaps(folder: Place, chain: str, **given: Unpack[Asking]) -> Gaps:
    """What is missing in a chain."""
    from queries.gaps import gaps as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, asked))


def everything(folder: Place, top: int | None = None, **given: Unpack[Asking]) -> Everything:
    """The gaps of every chain, here and in every region right within, ranked; of them the first ``top``."""
    from queries.everything import everything as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, asked, top))


def panorama(folder: Place, chain: str, **given: Unpack[Asking]) -> Panorama:
    """A chain with its places and edges: what a map draws."""
    from queries.panorama import panorama as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, asked))


def picture(folder: Place, chain: str, *, due: date | None = None, first: date | None = None, timeline: bool = False,
            **given: Unpack[Asking]) -> Picture:
    """All that ``maps.write`` draws: a chain with its goals for ``due``, and as it stood on ``first``, where these are given;
    with ``timeline`` also day by day, for a page."""
    from queries.picture import picture as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, asked, due, first, timeline))


def overview(folder: Place, *, first: date | None = None, due: date | None = None, timeline: bool = False,
             **given: Unpack[Asking]) -> Overview:
    """Every chain as a tile and as a picture: what ``maps.overview.write`` draws; with the changes since ``first``, where it is given."""
    from queries.overview import overview as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, asked, first, due, timeline))


def ask(folder: Place, chain: str | None = None, **given: Unpack[Asking]) -> FindOut:
    """What to find out next, of one chain or of all: the questions whose answers change most come first."""
    from queries.ask import ask as question

    return _put(folder, given, lambda store, settings, asked: question(store, settings, chain, asked))


def hand_out(folder: Place, answer: FindOut, path: str | Path, lang: str = "zh") -> None:
    """Write the questions of ``ask`` as a workbook whose filled copy loads back. LiantuError where it cannot be written."""
    from analysis.answers import plain
    from loaders.handout import hand_out as write
    from reports.grids import grid

    shown = grid(answer, lang)
    blanks = [(row["rank"]["place"], blank) for row in plain(answer)["rows"] for blank in row["blanks"]]
    write(Path(path), (shown.header(lang), shown.rows, (shown.title, *shown.notes)), blanks, open(folder).settings.region,
          answer.audience, lang)


def claims(folder: Place, chain: str | None = None, **given: Unpack[Asking]) -> Claims:
    """The claims that no evidence backs, of one chain or of all."""
    from queries.claims import claims as ask
    from queries.names import chain_named

    return _put(folder, given, lambda store, settings, asked: ask(
        store, settings, chain and chain_named(store, asked, chain), asked))


def prospect(folder: Place, chain: str, *, due: date | None = None, **given: Unpack[Asking]) -> Prospect:
    """How far a chain is from its goals for a day, else for the nearest day that has one."""
    from queries.prospect import prospect as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, due, asked))


def slips(folder: Place, chain: str | None = None, **given: Unpack[Asking]) -> Slips:
    """Every planned day and goal with its revisions and when each became known, of one chain or of all."""
    from queries.slips import slips as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, asked))


def explain(folder: Place, chain: str, node: str, **given: Unpack[Asking]) -> tuple[GapRow, Gaps]:
    """One row of the gap table, by the node's name or alias, and the answer it stands in."""
    from queries.everything import explained as ask
    from queries.names import node_named, spellings

    def answered(store: Store, settings: Settings, asked: Asked) -> tuple[Gaps, dict[str, str]]:
        answer = ask(store, settings, chain, asked)
        return answer, spellings(store, asked, answer.chain)

    answer, names = _put(folder, given, answered)
    name = node_named(node, names)
    row = next((r for r in answer.rows if r.node == name), None)
    if row is None:
        raise LiantuError(f"“{name}” 是外部环节, 不作判定 / is a boundary node and has no verdict",
                          f"有判定的环节: `liantu gaps {chain}` / the nodes that have one")
    return row, answer


def history(folder: Place, node: str, *, chain: str | None = None, first: date | None = None, as_known: bool = False,
            every: bool = False, **given: Unpack[Asking]) -> History:
    """How the verdict of a node changed up to ``as_of``, and by which facts; ``as_known``: each day by what was known then."""
    from queries.history import history as ask

    return _put(folder, given, lambda store, settings, asked: ask(
        store, settings, node, asked, chain, first, as_known, every))


def diff(folder: Place, chain: str, first: date, last: date, **given: Unpack[Asking]) -> Diff:
    """What changed in a chain between two days, and what was only learned; ``known_by`` is the last day unless given."""
    from queries.diff import diff as ask

    given["as_of"], given["known_by"] = last, given.get("known_by") or last
    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, first, asked))


def whatif(folder: Place, chain: str, additions: Sequence[Addition | str], *, build: int | str = 0,
           ramp: Sequence[float] | str = (), **given: Unpack[Asking]) -> WhatIf:
    """What capacity would change in a chain; nothing is written. ``as_of`` is the day of the latest opening unless given.

    ``additions``: texts as of ``liantu whatif --add``, or ``queries.additions.Addition`` records; ``build``: months from
    their day to their opening; ``ramp``: per cent of the capacity that run in the 1st, 2nd … year after it.
    """
    from queries.additions import plan
    from queries.whatif import whatif as ask

    planned = plan(additions, build, ramp)  # a slip of the pen is told before a missing workspace
    return _put(folder, given, lambda store, settings, asked: ask(store, settings, chain, planned, asked, given.get("as_of")))


def instruments(folder: Place | None = None) -> Instruments:
    """The instruments that a project can be judged by: those that come with liantu, and a workspace's own."""
    from analysis.instruments import listed
    from queries.instruments import instruments as found

    return listed(found(data() / "instruments", *([open(folder).folder / "instruments"] if folder is not None else [])))


def suitability(folder: Place, project: str, instrument: str | None = None, given: Sequence[str] = (),
                **more: Unpack[Asking]) -> Suitability:
    """A project against an instrument (the composed default unless named), its fit to the chain and its demands on the place.

    ``given``: figures assumed for this answer, ``用地=600亩``; nothing is written.
    """
    from queries.instruments import chosen
    from queries.instruments import instruments as found
    from queries.suitability import suitability as ask

    by = chosen(found(data() / "instruments", open(folder).folder / "instruments"), instrument)
    return _put(folder, more, lambda store, settings, asked: ask(store, settings, project, by, asked, given))


def targets(folder: Place, node: str = "", *, chain: str = "", firm: str = "", **given: Unpack[Asking]) -> Targets:
    """Whom to visit for a node, for every gap of a chain or of all, or what one firm would fill."""
    from queries.targets import What
    from queries.targets import targets as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, What(node, chain, firm), data() / "factors.toml", asked))


def visits(answer: Targets, path: str | Path, lang: str = "zh") -> None:
    """Write target firms and signed projects as a workbook whose edited talks load back. LiantuError where it cannot be written."""
    from loaders.visits import write
    from reports.grids_targets import contacts, lists

    write(Path(path), {key: (one.header(lang), one.rows, (one.title, *one.notes)) for key, one in lists(answer, lang).items()},
          contacts(answer, lang), answer.audience, lang)


def compare(folder: Place, about: str, rivals: Sequence[str], **given: Unpack[Asking]) -> Compare:
    """How the region stands against ``rivals`` for a project or chain node: factors, ranks and how firm they are."""
    from queries.compare import compare as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, about, rivals, data() / "factors.toml", asked))


def brief(folder: Place, firm: str, rivals: Sequence[str] = (), **given: Unpack[Asking]) -> Brief:
    """One page for a visit to a firm; ``rivals`` are the regions that what we offer is told beside."""
    from queries.brief import brief as ask

    return _put(folder, given, lambda store, settings, asked: ask(store, settings, firm, rivals, data() / "factors.toml", asked))


def adjacent(folder: Place, node: str, *, split: date | None = None, top: int = 20, chain: str = "", **given: Unpack[Asking]) -> Adjacents:
    """Firms that do not make a node but what is near to it (inferred, no fact), and how well that told what came after ``split``."""
    from queries.adjacent import adjacents

    return _put(folder, given, lambda store, settings, asked: adjacents(store, node, asked, split, top, chain))


def introduce(folder: Place, firm: str | Sequence[str] = "", *, chain: str = "", to: str | None = None, cap: int | None = None, k: int = 3,
              **given: Unpack[Asking]) -> Introductions:
    """Who introduces us to a firm, or it to a unit (``to``); with several firms, or all target firms of a chain, no broker is asked
    more than ``cap`` (2) times."""
    from queries.introduce import introduce as ask
    from queries.introduce import introduce_all, introduce_chain

    if chain:
        return _put(folder, given, lambda store, settings, asked: introduce_chain(store, settings, chain, data() / "factors.toml", asked, cap or 2))
    if isinstance(firm, str):
        return _put(folder, given, lambda store, settings, asked: ask(store, settings, firm, asked, to, k))
    return _put(folder, given, lambda store, settings, asked: introduce_all(store, settings, firm, asked, cap or 2))


def query(folder: Place, name: str, values: dict[str, str] | None = None, **given: Unpack[Asking]) -> list[dict[str, Any]]:
    """Rows of one question of the catalogue; clocks, audience and region are filled in where it has them."""
    from queries.catalogue import bind, question
    from queries.names import defaults

    asked_for = question(name)
    return _put(folder, given, lambda store, settings, asked: asked_for.ask(
        store, **bind(asked_for, values or {}, defaults(store, asked))))


def pasted(folder: Place | None, name: str, values: dict[str, str] | None = None, **given: Unpack[Asking]) -> str:
    """A question of the catalogue as one pastes it into Neo4j Browser, with the values that ``query`` would bind.

    Without a workspace only what is given has a value.
    """
    from queries.catalogue import given_values, question
    from queries.names import defaults
    from queries.pasted import pasted as text

    asked_for = question(name)
    known = given_values(asked_for, values or {})
    if folder is None:
        by = given.get("known_by")
        days = {"as_of": given.get("as_of") or by, "known_by": by}
        return text(asked_for, {**{name: day for name, day in days.items() if day}, **known})
    return _put(folder, given, lambda store, settings, asked: text(asked_for, {**defaults(store, asked), **known}))


def graph(folder: Place = ".", chain: str | None = None, *, audience: str | None = None, store: str = "") -> Graph:
    """All nodes and facts that the audience may see, or what one chain is about: to be handed on."""
    from graph.whole import of_chain, whole
    from queries.names import chain_named

    def read(found: Store, workspace: Workspace) -> Graph:
        asked = _asked(found, workspace, {"audience": audience})
        seen = whole(found, asked.audience)
        return of_chain(seen, chain_named(found, asked, chain)) if chain else seen

    return _answer(folder, store, read)


def to_networkx(folder: Place = ".", chain: str | None = None, *, audience: str | None = None,
                store: str = "") -> nx.MultiDiGraph:
    """``graph`` as a networkx MultiDiGraph, every fact an edge; ``graph.networks.from_networkx`` leads back."""
    from graph.networks import to_networkx as handed

    return handed(graph(folder, chain, audience=audience, store=store))


def believed(folder: Place = ".", chain: str | None = None, *, as_of: date | None = None, known_by: date | None = None,
             edges: Sequence[str] = (), audience: str | None = None, store: str = "") -> nx.DiGraph:
    """What is believed on a day as a networkx DiGraph, one edge a pair of nodes; ``edges`` selects types."""
    from graph.views import believed_view

    known = known_by or date.today()
    return believed_view(graph(folder, chain, audience=audience, store=store), as_of or known, known, edges)


def to_py2neo(folder: Place, chain: str | None = None, *, audience: str | None = None, store: str = "") -> Any:
    """``graph`` as a py2neo Subgraph (``pip install py2neo==2021.2.4``; py2neo is end-of-life, nothing rests on it)."""
    from graph.subgraphs import to_py2neo as handed

    return handed(graph(folder, chain, audience=audience, store=store))


def from_py2neo(subgraph: Any) -> Graph:
    """The way back, without loss; ModelError where the Subgraph is not of the model."""
    from graph.subgraphs import from_py2neo as taken

    return taken(subgraph)


def write(folder: Place, path: str | Path, form: str, chain: str | None = None, *, audience: str | None = None,
          store: str = "") -> list[Path]:
    """The graph, or what one chain is about, as ``graphml`` (a file), ``csv`` or ``neo4j`` (a folder); what was written.

    ``neo4j`` is for ``neo4j-admin database import full`` and is always the whole graph, for every audience: it is
    the city's own database, and its marker names this workspace.
    """
    from graph.model import AUDIENCES
    from graph.whole import whole
    from graph.writing import write as put

    workspace = open(folder)
    if form != "neo4j":
        return put(graph(workspace, chain, audience=audience, store=store), Path(path), form, None)
    if chain or audience:
        raise LiantuError("导入 Neo4j 的文件总是全图、全部受众 / the files for Neo4j hold the whole graph for all audiences",
                          "去掉 --chain 与 --audience / leave out --chain and --audience")
    everything, marker = _answer(workspace, store, lambda found, _: (whole(found, AUDIENCES[-1]), found.marker()))
    return put(everything, Path(path), form, marker)


def check(folder: Place | None, *paths: str | Path, data_date: date | None = None, keep_good: bool = False,
          new_nodes: bool = False, audience: str = "", kind: str = "sheets") -> Checked:
    """What a load would understand of files, sheet by sheet; nothing is written. Without a workspace (None) only the reading
    is checked."""
    from loaders.checking import look
    from loaders.load import Options

    options = Options(data_date, audience, keep_good, new_nodes, kind=kind)
    return look(None if folder is None else open(folder), _paths(paths), options)


def load(folder: Place, *paths: str | Path, data_date: date | None = None, keep_good: bool = False,
         new_nodes: bool = False, audience: str = "", store: str = "", kind: str = "sheets") -> Report:
    """Load files or folders of a ``kind`` (loaders.kinds); raises loaders.load.Refused, with every problem, before anything
    is written."""
    from loaders.load import Options
    from loaders.load import load as put

    return put(open(folder), _paths(paths), Options(data_date, audience, keep_good, new_nodes, kind=kind), store)


def desk(paths: Sequence[str | Path] = (), home: str | Path = ".", *, city: str = "", language: str = "zh",
         progress: Progress | None = None) -> Desk:
    """What dropping workbooks on the start script does: the workspace 我的城市 in ``home`` is made or used, the files are
    checked and loaded, and 输出 beside them gets a gap sheet and a map for each of their chains, and the check report.

    Without paths the sample, in a workspace of its own. What is wrong with the files raises nothing: it is in the answer
    and in the report. LiantuError where a workspace or a report cannot be written.
    """
    from graph.files import write_text
    from loaders.desk import HOME, out_folder, put
    from loaders.start import SAMPLE
    from reports.desk import text

    own = [Path(p).resolve() for p in paths]
    home = Path(home) if own else Path(home) / "样例"
    done = put(data(), own or [data() / SAMPLE], home / HOME, city, language, progress)
    out = out_folder(own[0].parent if own else home, home)
    for chain in done.chains if done.report else ():
        _put_out(done, chain, out, language)
    report = out / "检查报告.txt"
    done.written.append(report)
    write_text(report, text(done))
    return done


def _put_out(done: Desk, chain: str, out: Path, language: str) -> None:
    """The map and the gap sheet of one chain; a file that another program holds open leaves the others."""
    from maps import write as draw
    from maps.filenames import stem
    from maps.look import Look
    from reports.sheets import xlsx

    page, sheet = out / f"链图-{stem(chain)}.html", out / f"空白点-{stem(chain)}.xlsx"
    assert done.workspace
    for path, make in ((page, lambda: draw(picture(done.workspace, chain, timeline=True), page, Look(language))),
                       (sheet, lambda: xlsx(gaps(done.workspace, chain), sheet, language))):
        try:
            make()
            done.written.append(path)
        except LiantuError as error:
            done.unwritten.append(error)


def _paths(paths: Sequence[str | Path]) -> list[Path]:
    return [Path(p) for p in paths]


def names(folder: Place = ".", audience: str | None = None) -> Standing:
    """The names of firms that nobody has settled yet, with the firms each may be; and what was joined by itself."""
    from loaders.settle import standing

    workspace = open(folder)
    return standing(workspace, audience or workspace.settings.audience)


def names_sheet(found: Standing, path: str | Path, lang: str = "zh") -> None:
    """Write them as a workbook whose filled copy loads back. LiantuError where it cannot be written."""
    from loaders.names_sheet import write as put

    put(Path(path), found.cases, lang)


def accept(folder: Place, name: str, candidate: str, *, by: str = "", why: str = "", store: str = "") -> Done:
    """The name, or the credit code, is of the candidate's firm; kept as material."""
    from loaders.settle import accept as decide

    return decide(open(folder), name, candidate, by, why, store)


def reject(folder: Place, name: str, *candidates: str, by: str = "", why: str = "", store: str = "") -> Done:
    """The name is another firm than these, or than any of its candidates now; kept as material."""
    from loaders.settle import reject as decide

    return decide(open(folder), name, candidates, by, why, store)


def split(folder: Place, *written: str, by: str = "", why: str = "", store: str = "") -> Done:
    """Each of these names is a firm by itself, whatever it was joined with; kept as material."""
    from loaders.settle import split as decide

    return decide(open(folder), written, by, why, store)


def undo(folder: Place, name: str = "", store: str = "") -> str:
    """Take back the last decision about names, or the last about one; the file that went."""
    from loaders.settle import undo as back

    return back(open(folder), name, store)


def read(article: str | Path, folder: Place | None = None, day: date | None = None) -> Article:
    """What a news text says, fact by fact, as proposals; nothing is loaded. The names of a workspace help, else the skeletons'.

    ``day``: the day of publication, where the text has none. LiantuError for a file that is no text.
    """
    from loaders.article.known import known_names
    from loaders.article.propose import propose
    from loaders.article.reading import read_text

    path = Path(article)
    return propose(path.name, read_text(path), known_names(data(), None if folder is None else open(folder)), day)


def review(article: Article, path: str | Path, folder: Place | None = None, lang: str = "zh") -> int:
    """Write what ``read`` found as a workbook (.xlsx) or a folder of CSV to be reviewed; the number of its rows.

    Of it only rows that say 采用 are loaded. LiantuError where it cannot be written or there is nothing to write.
    """
    from loaders.article.known import known_names
    from loaders.article.review import write_review
    from loaders.article.rows import drafts

    rows = drafts(article, known_names(data(), None if folder is None else open(folder)))
    if not rows:
        raise LiantuError(f"{article.file} 里没有读出事实 / no facts were found in it",
                          "可能不是招商或项目的文章; 用 --format json 看读到了什么 / perhaps no article on projects; see --format json")
    write_review(Path(path), rows, lang)
    return len(rows)


def info(folder: Place = ".", store: str = "") -> dict[str, Any]:
    """Workspace, store, engine, nodes and facts (also called ``edges``) by type, first and last day, what was rejected and
    mended by reason (``reasons`` in both languages), and the material.

    A server says its state too, even while its graph cannot be asked; the counts are then missing.
    """
    from graph.counts import counts
    from graph.store import is_server, open_store
    from loaders.opening import fits
    from loaders.rejected import remembered

    workspace = open(folder)
    url = store or workspace.store
    with open_store(url, create=True) if is_server(url) else opened(workspace, store) as found:
        marker, about, counted = found.marker(), found.about(), dict[str, Any]()
        if marker and marker.workspace != workspace.settings.workspace:
            about["state"] = "another"
        else:
            with suppress(StaleStore, Locked, Changed):  # of an older model, or a load begins just now
                counted = counts(found)
    return {"workspace": str(workspace.folder.resolve()), "region": workspace.settings.region, **about,
            "graph_of": marker.workspace if marker else "", "model": marker.model if marker else "",
            "built_from": marker.material if marker else "",
            "fits": bool(marker) and fits(workspace, marker), "version": __version__, **counted, **remembered(workspace),
            "material": [{"name": e.name, "loaded": e.loaded, "kind": e.kind, "kept": e.kept, "hash": e.hash[:12]}
                         for e in workspace.manifest()]}
