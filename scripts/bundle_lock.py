"""What of requirements.lock a bundle carries, and whether a folder of wheels has it all: one for each requirement."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from graph.errors import LiantuError

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
RUN, BUILD = "liantu (pyproject.toml)", "liantu (pyproject.toml:build)"
GLIBC = 28
"""The engine's own wheels ask for glibc 2.28; nothing newer is carried."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One entry of the lock; ``via`` are the packages that ask for it."""

    name: str
    version: str
    marker: Marker | None
    hashes: tuple[str, ...]
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of machine: what its markers say, what its wheels are tagged with, and the Pythons that are carried for."""

    name: str
    machine: str
    system: str
    pythons: tuple[str, ...]

    @property
    def windows(self) -> bool:
        return self.system == "Windows"

    @property
    def tags(self) -> tuple[str, ...]:
        """Newest first, as packaging and pip order them."""
        if self.windows:
            return ("win_amd64",)
        older = {17: ("manylinux2014",), 12: ("manylinux2010",), 5: ("manylinux1",)}
        return tuple(f"{name}_{self.machine}" for minor in range(GLIBC, 4, -1)
                     for name in (f"manylinux_2_{minor}", *older.get(minor, ())))

    def environment(self, python: str) -> dict[str, str]:
        """What a marker is asked against: the bundle's machine, not this one."""
        os_name, sys_platform, machine = ("nt", "win32", "AMD64") if self.windows else ("posix", "linux", self.machine)
        return {"implementation_name": "cpython", "implementation_version": f"{python}.0", "os_name": os_name,
                "platform_machine": machine, "platform_python_implementation": "CPython", "platform_release": "",
                "platform_system": self.system, "platform_version": "", "python_full_version": f"{python}.0",
                "python_version": python, "sys_platform": sys_platform, "extra": ""}


PLATFORMS = {p.name: p for p in (
    Platform("windows-x86_64", "x86_64", "Windows", ("3.13",)),
    Platform("linux-x86_64", "x86_64", "Linux", ("3.11",)),
    Platform("linux-aarch64", "aarch64", "Linux", ("3.11", "3.12", "3.13")))}
"""The first two bring their Python (``bundle_python``), so they carry wheels for that one alone; there is none to bring for
the third, which runs on whichever of the three the machine has."""


def locked(path: Path = LOCK) -> list[Locked]:
    """The entries of the lock."""
    entries = re.split(r"^(?=[\w.-]+==)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_entry(entry) for entry in entries]


def _entry(text: str) -> Locked:
    head = re.match(r"([\w.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\\n]+?))?\s*\\?\n", text)
    assert head, text
    via = re.findall(r"^    #\s+(?:via )?(?!via$)(\S.*)$", text, flags=re.MULTILINE)
    return Locked(canonicalize_name(head[1]), head[2], Marker(head[3]) if head[3] else None,
                  tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", text)), tuple(via))


def run_part(entries: Iterable[Locked]) -> list[Locked]:
    """What running asks for; what only the build of a checkout asks for is left out."""
    entries, names = list(entries), {RUN}
    while more := {e.name for e in entries if names & set(e.via)} - names:
        names |= more
    return [entry for entry in entries if entry.name in names]


def wanted(platform: Platform, python: str, path: Path = LOCK) -> list[Locked]:
    """The entries whose marker holds on that platform under that Python."""
    environment = platform.environment(python)
    return [entry for entry in run_part(locked(path)) if entry.marker is None or entry.marker.evaluate(environment)]


def tags(platform: Platform, python: str) -> frozenset[Tag]:
    """Every tag of a wheel that such a machine can use."""
    version = tuple(map(int, python.split(".")))
    return frozenset([*cpython_tags(version, platforms=platform.tags),
                      *compatible_tags(version, f"cp{version[0]}{version[1]}", platform.tags)])


def chosen(folder: Path, platform: Platform, python: str) -> dict[str, Path]:
    """Name → its wheel; LiantuError names every requirement that has not exactly one wheel of the locked version."""
    fitting = tags(platform, python)
    parsed = [(parse_wheel_filename(path.name), path) for path in sorted(folder.glob("*.whl"))]
    found = {entry.name: [path for (name, version, _, found_tags), path in parsed
                          if name == entry.name and str(version) == entry.version and found_tags & fitting]
             for entry in wanted(platform, python)}
    if odd := [f"{name}: {', '.join(p.name for p in paths) or '—'}" for name, paths in found.items() if len(paths) != 1]:
        raise LiantuError(f"{platform.name}, Python {python}: 轮子不是每个依赖正好一个 / not exactly one wheel each: "
                          f"{'; '.join(odd)}",
                          "make lock 后再试, 或从支持的平台里去掉它 / make lock and try again, or drop the platform")
    return {name: paths[0] for name, paths in found.items()}


def download(folder: Path, platform: Platform, python: str) -> None:
    """The locked wheels for that platform and Python, their hashes checked by pip; it judges markers by the machine it runs
    on, so they are judged here."""
    lines = [f"{e.name}=={e.version} {' '.join(f'--hash=sha256:{h}' for h in e.hashes)}" for e in wanted(platform, python)]
    pip_download(lines, folder, platform, python)


def pip_download(lines: Iterable[str], folder: Path, platform: Platform, python: str) -> None:
    """Requirements with their hashes, as wheels for that platform; LiantuError with pip's words where one is not to be had."""
    with tempfile.TemporaryDirectory(prefix="liantu-bundle-") as temp:
        listed = Path(temp) / "requirements.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--only-binary", ":all:", "--implementation", "cp", "--python-version", python, "--require-hashes",
                   "-r", str(listed), "-d", str(folder)]
        done = subprocess.run([*command, *(word for tag in platform.tags for word in ("--platform", tag))],
                              capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise LiantuError(f"{platform.name}: 取轮子失败 / the wheels could not be fetched:\n{done.stderr.strip()}",
                          "检查网络, 或设 PIP_INDEX_URL 为单位的镜像 / check the network, or name a mirror in PIP_INDEX_URL")
