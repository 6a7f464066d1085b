"""A reader of files in a process of its own, with a limit on its memory: what would end that process ends no test.

Asked one path after the other; a process that dies, or takes too long, is named as such and another takes its place.
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
MEMORY = 1536 << 20
"""Bytes of address space, where the system can limit it (Windows cannot)."""


@dataclass(frozen=True)
class Outcome:
    """``how``: read (``said`` is sheets and rows), refused (message and cure), failed (an error that is not ours),
    died (of a signal or for want of memory), late. ``peak``: MB of memory so far."""

    how: str
    said: str
    peak: int = 0


class Reader:
    """Use in a ``with``; ``seconds`` is how long one file may take."""

    def __init__(self, seconds: float = 300) -> None:
        self.seconds = seconds
        self.child: subprocess.Popen[str] | None = None
        self.lines: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child and self.child.stdin and self.child.stdout:
            self.child.stdin.close()
            self.child.wait(60)
            self.pump.join()
            self.child = None

    def _start(self) -> subprocess.Popen[str]:
        self.lines = queue.Queue()
        child = subprocess.Popen([sys.executable, "-m", "tests.reading"], cwd=ROOT, stdin=subprocess.PIPE, encoding="utf-8",
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert child.stdout
        self.pump = threading.Thread(target=_pump, args=(child.stdout, self.lines), daemon=True)
        self.pump.start()
        return child

    def ask(self, path: Path) -> Outcome:
        self.child = self.child or self._start()
        assert self.child.stdin
        print(json.dumps(str(path)), file=self.child.stdin, flush=True)
        try:
            told = self.lines.get(timeout=self.seconds)
        except queue.Empty:
            return self._ended("late", f"{self.seconds:g} s")
        return Outcome(**json.loads(told)) if told else self._ended("died", "")

    def _ended(self, how: str, said: str) -> Outcome:
        assert self.child and self.child.stdin and self.child.stdout
        self.child.kill()
        code = self.child.wait()
        self.pump.join()
        self.child.stdin.close()
        self.child = None
        return Outcome(how, said or f"exit {code}")


def _pump(lines: IO[str], into: queue.Queue[str]) -> None:
    with lines:
        for line in lines:
            into.put(line)
    into.put("")


def _answer(path: Path) -> Outcome:
    from graph.errors import LiantuError
    from loaders.readers import read
    from loaders.rows import validate

    try:
        tables = read(path)
        rows = [len(validate(table)[0]) for table in tables]
        return Outcome("read", f"{[(t.file, t.sheet, len(t.header), len(t.rows)) for t in tables]} {rows}", peak())
    except LiantuError as error:
        return Outcome("refused" if error.cure and error.exit_code == 2 else "failed", str(error), peak())
    except Exception as error:
        return Outcome("failed", f"{type(error).__name__}: {error}"[:500], peak())


def peak() -> int:
    """The most memory this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "linux":  # getrusage counts what the parent held when it started this process
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
        return int(found[1]) // 1024 if found else 0
    try:
        import resource
    except ImportError:
        return 0
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _serve() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        print(json.dumps(_answer(Path(json.loads(line))).__dict__), flush=True)


if __name__ == "__main__":
    _serve()
