"""A real Neo4j Community on this machine only, without Docker and without root.

    python scripts/neo4j_server.py start    prints NEO4J_URL=…, NEO4J_USER=…, NEO4J_PASSWORD=… and leaves it running
    python scripts/neo4j_server.py stop     ends it; its data stay
    python scripts/neo4j_server.py admin database info        neo4j-admin; most of it wants a stopped server
    python scripts/neo4j_server.py fetch    only the jars (through Maven, see neo4j_artifacts)

Tests and benchmarks use ``Server``: what it starts ends with the process that started it.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file, whatever is installed

from graph.errors import LiantuError
from scripts.neo4j_artifacts import (
    LATEST,
    LTS,
    fetch,
    find_java,
    main_class,
    missing,
    place,
    run,
    tail,
)
from scripts.neo4j_settings import make_certificate, settings_of, writable

__all__ = ["LATEST", "LTS", "Server", "fetch", "find_java", "missing"]

# What Neo4j's own start script opens to it.
JAVA = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch", "java.lang")]
JAVA += ["--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8"]  # the former only spares warnings
# Ends the process $0 once nobody holds the other end of its input: however the one that started it died.
GUARD = ["sh", "-c", 'read _; kill -KILL "$0"']
# Compiles lightly: half the processor time where a server lives for some minutes, slower where it lives for hours.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


class Server:
    """A Neo4j on 127.0.0.1 that keeps all it has in ``folder``; ``start`` after ``stop`` or ``kill``: on the same port.

    ``settings`` are lines of neo4j.conf that win over ours; changed, they hold from the next start. With ``tls`` one
    port answers both with and without encryption, by a ``certificate`` that signs itself. ``quick`` is for tests,
    not for measurements. Failures are LiantuError.
    """

    user = "neo4j"

    def __init__(self, version: str, folder: Path, *, port: int = 0, settings: Mapping[str, str] | None = None,
                 tls: bool = False, heap: str = "1g", quick: bool = False) -> None:
        self.version = version
        self.home = folder.absolute()
        self.port = port or _free_port()
        self.tls = tls
        self.settings = {**settings_of(version, tls=tls), **(settings or {})}
        self._options = [f"-Xmx{heap}", *(QUICK if quick else [])]
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """Random, made once and kept with the data."""
        return self._secret().read_text(encoding="utf-8")

    @property
    def certificate(self) -> Path:
        return self.home / "certificates" / "public.crt"

    @property
    def console(self) -> Path:
        """What this run, or the last one, said."""
        return self.home / "logs" / "console.log"

    @property
    def pid(self) -> int | None:
        """Of the running server, also where another process started it; None where none runs."""
        if self._process is not None:
            return self._process.pid if self._process.poll() is None else None
        pid = self._recorded().get("pid")
        return pid if pid and f"--home-dir={self.home}" in _command_of(pid) else None

    @property
    def running(self) -> bool:
        return self.pid is not None

    def start(self, *, leave: bool = False, wait: float = 120) -> None:
        """Returns once it answers, or fails after ``wait`` seconds. Unless ``leave``, it ends with this process."""
        if self.running:
            self.port = self._recorded().get("port", self.port)
            return
        if not (self.home / "data" / "databases" / "system").exists():
            self._make_databases()
        self._prepare()
        if _listens(self.port):
            raise LiantuError(f"端口 {self.port} 已被占用 / port {self.port} is taken",
                              "用 --port 另选, 或结束占用者 / choose another by --port, or end what holds it")
        try:
            self._launch(leave)
            self._wait(time.monotonic() + wait)
        except BaseException:  # Ctrl-C among them: nothing half started stays behind
            self.kill()
            raise

    def stop(self) -> None:
        """In good order, by force after a minute. Nothing happens where none runs."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """At once, as where the power fails: for tests of faults."""
        self._end(signal.SIGKILL)

    def admin(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """neo4j-admin on this home: ``admin("database", "import", "full", …)``. The caller judges the exit code.

        Paths without a root, and reports that it writes unasked, are in ``cwd``, else in the home.
        """
        self._prepare()
        return self._admin(*arguments, cwd=cwd)

    def _make_databases(self) -> None:
        """Where the settings forbid writing, a first start without them: a new database could not be made otherwise."""
        asked = self.settings
        self.settings = writable(asked)
        try:
            if self.settings != asked:
                self.start()
                self.stop()
        finally:
            self.settings = asked

    def _prepare(self) -> None:
        """All that must be there before the first start; the settings anew each time."""
        if reason := missing(self.version, allow_fetch=True):
            raise LiantuError(reason)
        for name in ("conf", "data", "logs", "import", "plugins", "run"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        if self.tls and not self.certificate.exists():
            make_certificate(self.certificate)
        address = f"127.0.0.1:{self.port}"  # advertised: where neo4j:// is sent on to
        bolt = {"server.bolt.listen_address": address, "server.bolt.advertised_address": address}
        lines = [f"{key}={value}\n" for key, value in {**bolt, **self.settings}.items()]
        (self.home / "conf" / "neo4j.conf").write_text("".join(lines), encoding="utf-8")
        self._set_password()

    def _set_password(self) -> None:
        data = self.home / "data"
        if (data / "dbms" / "auth.ini").exists() or (data / "databases" / "system").exists():
            return
        # out of a file (@): a command's arguments can be seen by everybody on the machine
        done = self._admin("dbms", "set-initial-password", f"@{self._secret()}")
        if done.returncode:
            raise LiantuError(f"不能设密码 / the password could not be set:\n{tail(done.stdout + done.stderr)}")

    def _secret(self) -> Path:
        path = self.home / "password"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
                out.write(secrets.token_hex(12))
        return path

    def _admin(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return run([*self._java(), "org.neo4j.cli.AdminTool", *arguments], self._environment(), cwd or self.home)

    def _java(self) -> list[str]:
        return [str(find_java(self.version)), *JAVA, *self._options, "-cp", f"{fetch(self.version)}/*"]

    def _environment(self) -> dict[str, str]:
        return {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}

    def _launch(self, leave: bool) -> None:
        folders = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}", "--console-mode"]
        command = [*self._java(), main_class(self.version), *folders]
        env = {**os.environ, "LC_ALL": "C.UTF-8", **self._environment()}
        with open(self.console, "wb") as log:
            # in a session of its own: Ctrl-C is for us, who then stop the server in good order
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                                             cwd=self.home, env=env, start_new_session=True)
        pid = self._process.pid
        if not leave:
            self._guard = subprocess.Popen([*GUARD, str(pid)], stdin=subprocess.PIPE, start_new_session=True)
        self._record.write_text(json.dumps({"pid": pid, "port": self.port}), encoding="utf-8")

    def _wait(self, until: float) -> None:
        while time.monotonic() < until:
            ran, said = self.running, self.console.read_text(encoding="utf-8", errors="replace")
            if not ran:
                raise LiantuError(f"Neo4j 未能启动 / Neo4j ended while it started:\n{tail(said)}")
            if " Started.\n" in said and _listens(self.port):
                return
            time.sleep(0.1)
        raise LiantuError(f"Neo4j 迟迟未启动 / Neo4j did not start in time:\n{tail(said)}")

    def _end(self, sign: int) -> None:
        self._dismiss_guard()
        self._signal(sign)
        self._signal(signal.SIGKILL)
        self._process = None
        self._record.unlink(missing_ok=True)

    def _signal(self, sign: int, wait: float = 60) -> None:
        """Sends it and waits for the end; nothing where none runs."""
        if (pid := self.pid) is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        until = time.monotonic() + wait
        while self.running and time.monotonic() < until:
            time.sleep(0.05)

    def _dismiss_guard(self) -> None:
        guard, self._guard = self._guard, None
        if guard is not None and guard.stdin is not None:
            guard.kill()  # before its input is closed
            guard.wait()
            guard.stdin.close()

    @property
    def _record(self) -> Path:
        return self.home / "run" / "server.json"

    def _recorded(self) -> dict[str, int]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self._record.read_text(encoding="utf-8")))
        return {}


def _command_of(pid: int) -> str:
    """The command line of a process; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it is gone, or the system has no /proc
        with suppress(OSError):
            return run(["ps", "-ww", "-o", "command=", "-p", str(pid)]).stdout
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# --- the command line


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="本机的 Neo4j / a Neo4j on this machine", allow_abbrev=False)
    parser.add_argument("action", choices=["start", "stop", "admin", "fetch"])
    parser.add_argument("--version", default=LTS, help=f"{LTS} (Java 17, 21), {LATEST} (Java 21 或更新 / or later)")
    parser.add_argument("--port", type=int, help="Bolt 的端口 / the port of Bolt (7687)")
    parser.add_argument("--home", type=Path, help="数据的目录 / the folder of its data")
    parser.add_argument("--heap", default="1g", help="Java 的内存 / Java's memory (1g)")
    asked, rest = parser.parse_known_args(arguments)
    if rest and asked.action != "admin":
        parser.error(f"不认识 / not known: {' '.join(rest)}")
    try:
        home = asked.home or place(asked.version) / "server"
        server = Server(asked.version, home, port=asked.port or 7687, heap=asked.heap)
        return act(asked.action, server, rest, asked.port)
    except LiantuError as error:
        print(f"✗ {error}", file=sys.stderr)
        return error.exit_code


def act(action: str, server: Server, rest: Sequence[str], port: int | None) -> int:
    if action == "start":
        server.start(leave=True)
        if port not in (None, server.port):
            raise LiantuError(f"它已在端口 {server.port} 上运行 / it runs already, on port {server.port}",
                              "先停下; 要再起一个, 用 --home 另选数据目录 / stop it first; for one more name another folder with --home")
        print(f"NEO4J_URL={server.url}", f"NEO4J_USER={server.user}", f"NEO4J_PASSWORD={server.password}", sep="\n")
    elif action == "stop":
        server.stop()
    elif action == "fetch":
        print(fetch(server.version))
    else:
        done = server.admin(*rest, cwd=Path.cwd())
        print(done.stdout, end="")
        print(done.stderr, end="", file=sys.stderr)
        return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
