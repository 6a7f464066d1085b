"""The arrows of the house: what each room may import of the others. They run one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY = {
    "formulas": set[str](),
    "graph": set[str](),
    "analysis": {"formulas", "graph"},
    "loaders": {"graph"},
    "queries": {"analysis", "formulas", "graph"},
    "maps": {"analysis", "graph", "queries"},
    "reports": {"analysis", "graph", "queries"},
    "commands": {"analysis", "graph", "liantu", "loaders", "maps", "queries", "reports"},
}
EXCEPTIONS = {
    ("reports/pages.py", "loaders"): "the page on sheets is generated from their declaration",
    ("reports/loading.py", "loaders"): "what a load reports is the loaders' own record",
    ("reports/grids_check.py", "loaders"): "what a check understood is the loaders' own record",
    ("reports/desk.py", "loaders"): "what became of dropped files is the loaders' own record",
}
ROOMS = {*MAY, "cli", "liantu"}


def imported(path: Path) -> set[str]:
    """The rooms that a module imports, wherever in it and also for its types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found & ROOMS


@pytest.mark.parametrize("room", MAY)
def test_arrows_run_one_way(room: str) -> None:
    modules = sorted((ROOT / room).rglob("*.py"))
    assert modules
    for path in modules:
        name = path.relative_to(ROOT).as_posix()
        odd = imported(path) - MAY[room] - {room} - {to for at, to in EXCEPTIONS if at == name}
        assert not odd, f"{name} imports {', '.join(sorted(odd))}"


def test_the_exceptions_are_still_needed() -> None:
    for name, room in EXCEPTIONS:
        assert room in imported(ROOT / name), f"{name} no longer imports {room}"


def _modules() -> list[Path]:
    """Every module of the house, rooms within rooms too."""
    return [*ROOT.glob("*.py"), *(path for room in MAY for path in sorted((ROOT / room).rglob("*.py")))]


def test_the_command_line_offers_every_kind_of_material() -> None:
    from commands import options
    from loaders.kinds import KINDS

    assert set(options.KINDS) == KINDS.keys()


def test_a_file_is_one_idea() -> None:
    """Past 300 lines it is two; data and generated text do not count."""
    long = {path.relative_to(ROOT).as_posix(): lines for path in _modules()
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert long.keys() <= {"liantu.py"}, long  # the public face: one short function for each name it offers
