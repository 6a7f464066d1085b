"""On what a figure was measured: machine and versions, without names or paths."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path


def processor() -> str:
    """The processor's name, as Linux or macOS tells it; else what Python knows."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
        named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        return named[0] if named else platform.machine()
    if platform.system() == "Darwin":
        ask = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    return platform.processor() or platform.machine()


def machine() -> dict[str, str | int]:
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "processor": processor(),
        "cores": os.cpu_count() or 0,
    }


def versions() -> dict[str, str]:
    """Python, liantu and what liantu depends on."""
    names = [need.partition(";")[0] for need in requires("liantu") or ()]
    plain = sorted("".join(c if c.isalnum() or c in "-_." else " " for c in name).split()[0] for name in names)
    return {"python": platform.python_version()} | {name: version(name) for name in ["liantu", *plain] if _installed(name)}


def _installed(name: str) -> bool:
    """An extra's packages may not be there."""
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False
