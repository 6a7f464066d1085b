"""Imports every module of every room and says how many: run in a minimal install, it finds what is not declared."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

ROOMS = ("commands", "graph", "formulas", "analysis", "queries", "loaders", "maps", "reports")


def modules() -> Iterator[str]:
    yield from ("liantu", "cli")
    for room in ROOMS:
        package = importlib.import_module(room)
        yield room
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not found.name.endswith("__main__"):
                yield found.name


if __name__ == "__main__":
    print(sum(importlib.import_module(name) is not None for name in modules()), "modules imported")
