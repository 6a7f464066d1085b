"""``python -m reports.docs`` writes the generated part of docs/; ``--check`` names what is stale (exit code 1)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from graph import files
from reports import pages
from reports.schema import ANSWERS, schema

DOCS = Path(__file__).parent.parent / "docs"


def generated() -> dict[str, Callable[[], str]]:
    """Path below docs/ → what makes its text."""
    made: dict[str, Callable[[], str]] = {
        "dictionary.md": pages.dictionary, "sheets.md": pages.sheets,
        "commands.md": pages.commands, "questions.md": pages.questions,
    }
    return made | {f"schema/{name}.json": partial(schema_text, name) for name in ANSWERS}


def schema_text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path = DOCS) -> None:
    for name, make in generated().items():
        files.write_text(folder / name, make())


def stale(folder: Path = DOCS) -> list[str]:
    """The generated files that are missing or differ from what they should say."""
    texts = {name: make() for name, make in generated().items()}
    return [name for name, text in texts.items()
            if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        write()
        return 0
    for name in (found := stale()):
        print(f"docs/{name} 已过时: 运行 python -m reports.docs / is stale: run python -m reports.docs", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
