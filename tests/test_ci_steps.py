"""Steps of .ci/run by themselves: what is required is not skipped, and the fuzzer's seed is the commit's."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parent.parent / ".ci/run"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bash: not on Windows")


def step(folder: Path, name: str, there: str = "", before: str = "") -> subprocess.CompletedProcess[str]:
    """Run one function of the script in a folder where only the commands ``there`` are, and Python says what it is asked."""
    function = re.search(rf"^{name}\(\) \{{\n.*?^\}}$", RUN.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert function, f"{name} is no function of several lines"
    (folder / ".venv/bin").mkdir(parents=True, exist_ok=True)
    (folder / ".venv/bin/python").write_text('#!/bin/sh\necho "asked: $*"\n', encoding="utf-8")
    (folder / ".venv/bin/python").chmod(0o755)
    stub = f'have() {{ case " {there} " in *" $3 "*) true;; *) false;; esac; }}'
    return subprocess.run(["bash", "-c", f"set -uo pipefail; temp=.\n{before}\n{stub}\n{function[0]}\n{name}"], cwd=folder, check=False,
                          capture_output=True, text=True)


@pytest.mark.parametrize(("there", "code", "said"), [("apt-get", 1, "no Maven"), ("", 0, "skipped"), ("apt-get mvn", 0, "tests/test_bundle.py")])
def test_bundles_are_skipped_only_where_nothing_could_install_maven(tmp_path: Path, there: str, code: int, said: str) -> None:
    ended = step(tmp_path, "bundles", there)
    assert (ended.returncode, said in ended.stdout) == (code, True), ended


@pytest.mark.parametrize(("commit", "seed"), [("echo 0abcdef12", 0x0abcdef1), ("echo 12345678", 0x12345678), ("false", 1)])
def test_the_seed_of_the_fuzzer_is_the_commits_and_printed(tmp_path: Path, commit: str, seed: int) -> None:
    ended = step(tmp_path, "fuzz", before=f"git() {{ {commit}; }}")
    assert ended.stdout.splitlines() == [f"python -m tests.fuzz --seed {seed}", f"asked: -m tests.fuzz --seconds 60 --seed {seed}"], ended
