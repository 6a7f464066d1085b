"""How much a minimal install weighs: a fresh virtual environment with requirements.lock."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

MB = 1_000_000


def weight(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and not p.is_symlink())


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def site_packages(python: Path) -> Path:
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())


def install(lock: Path, folder: Path) -> list[Path]:
    """Make an environment with what the lock lists; returns what that added to its site-packages."""
    venv.create(folder, with_pip=True)
    python = python_of(folder)
    packages = site_packages(python)
    before = set(packages.iterdir())
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    subprocess.run([str(python), "-m", "pip", "install", *options], check=True)
    return sorted(set(packages.iterdir()) - before)


def biggest(added: Iterable[Path], count: int = 5) -> dict[str, float]:
    """The heaviest of what was added, in MB."""
    sizes = {path.name: weight(path) for path in added}
    heavy = sorted(sizes, key=lambda name: (-sizes[name], name))[:count]
    return {name: round(sizes[name] / MB, 1) for name in heavy}


def total(added: Iterable[Path]) -> float:
    """MB of all that was added."""
    return round(sum(map(weight, added)) / MB, 1)
