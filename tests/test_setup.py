"""The set-up itself: what is declared, locked, packed and said when something is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
DECLARED = tomllib.loads(PYPROJECT)
ROOMS = ("commands", "graph", "formulas", "analysis", "queries", "loaders", "maps", "reports")
LOCKS = ("requirements.lock", "requirements-dev.lock")

posix = pytest.mark.skipif(os.name == "nt", reason="make and sh: not on Windows")


# --- dependencies and locks


def declared(group: str = "") -> list[Requirement]:
    """The project's dependencies, or those of a group with the groups it includes."""
    if not group:
        return [Requirement(line) for line in DECLARED["project"]["dependencies"]]
    entries = DECLARED["dependency-groups"][group]
    own = [Requirement(entry) for entry in entries if isinstance(entry, str)]
    included = [need for entry in entries if isinstance(entry, dict) for need in declared(entry["include-group"])]
    return own + included


def locked(name: str) -> dict[str, list[str]]:
    """Package → versions, as a lock lists them."""
    versions: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        versions.setdefault(canonicalize_name(package), []).append(version)
    return versions


def test_every_dependency_says_why() -> None:
    lines = PYPROJECT.splitlines()
    needs = [str(need) for need in (*declared(), *declared("dev"))]
    for need in needs:
        at = next(i for i, line in enumerate(lines) if line.strip().replace("'", '"') == f'"{need}",')
        why = lines[at - 1].strip()
        assert why.startswith("# ") and len(why) > 10, f"{need}: the line above does not say why"


def test_the_store_is_pinned_exactly() -> None:
    assert "ladybug==0.22.0" in DECLARED["project"]["dependencies"]


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ("", "build")), (LOCKS[1], ("", "dev"))])
def test_the_lock_covers_what_is_declared(lock: str, groups: tuple[str, ...]) -> None:
    versions = locked(lock)
    for need in (need for group in groups for need in declared(group)):
        found = versions.get(canonicalize_name(need.name), [])
        assert found, f"{need} is not in {lock}: make lock"
        assert all(need.specifier.contains(version) for version in found), f"{need}: {found} in {lock}: make lock"


def test_the_locks_agree() -> None:
    run, dev = (locked(name) for name in LOCKS)
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [line for line in text.splitlines() if "://" in line or "index-url" in line] == []


# --- nothing of one machine in the files

# In parts, so that this file does not hold what it looks for.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("crates", "io"),
    ("proxy", "golang", "org"), ("repo1", "maven", "org"), ("deb", "debian", "org"),
)]
PLACES = re.compile(r"(?<![\w.:/-])/(?:" + "|".join(("root", "work", "tmp/s")) + ")/")


def tracked() -> list[Path]:
    """Files that git knows or would add; skipped where this is no git checkout (an unpacked archive)."""
    listing = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-coz", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_registry_and_no_place_of_one_machine_in_any_file() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {host}" for host in REGISTRIES if host in text]
        found += [f"{path.relative_to(ROOT)}: {place.group()}" for place in PLACES.finditer(text)]
    assert found == []


# --- the Makefile


def makefile() -> list[str]:
    return (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()


def test_the_makefile_is_one_screen() -> None:
    assert len(makefile()) <= 42


def test_every_target_is_phony_and_helped() -> None:
    targets = {line.split(":")[0] for line in makefile() if re.match(r"[a-z0-9-]+:", line)}
    phony = next(set(line.split()[1:]) for line in makefile() if line.startswith(".PHONY"))
    helped = {line.split(":")[0] for line in makefile() if re.match(r"[a-z0-9-]+:.*## ", line)}
    assert targets == phony
    assert helped == phony - {"run-env", "dev-env"}


# --- scripts/setup.sh on machines that lack something


def checkout(folder: Path) -> Path:
    """A folder with the set-up script in it, and nothing else; blanks and Chinese in its path."""
    place = folder / "我的 项目"
    (place / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup.sh", place / "scripts")
    return place


def interpreter(folder: Path, name: str, answer: str) -> Path:
    """A stand-in for Python that answers the script's question and can do nothing else."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n[ \"$1\" = -c ] && echo '{answer}'\n", encoding="utf-8", newline="\n")
    path.chmod(0o755)
    return path


def set_up(place: Path, path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path), "LANG": "C.UTF-8", **more}
    shell = shutil.which("sh") or "sh"
    return subprocess.run(
        [shell, str(place / "scripts" / "setup.sh"), "run"], env=env, capture_output=True, encoding="utf-8", check=False
    )


@posix
@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("python3", "3.9.2 whole", ["3.9.2", "太旧 too old", "需要 Python 3.11", "make demo PYTHON="]),
        ("python", "2.7.18 bare", ["2.7.18", "太旧 too old", "is needed"]),
        ("python3", "3.14.1 whole", ["3.14.1", "太新 too new", "is needed"]),
        ("python3.12", "3.12.3 bare", ["3.12.3", "缺少 venv 模块", "apt-get install python3.12-venv"]),
        ("python3", "3.11.2 bare", ["3.11.2", "lacks the venv module", "python3.11-venv"]),
        ("python3", "", ["无 none", "apt-get install python3 python3-venv"]),
    ],
)
def test_a_python_that_does_not_fit_ends_with_the_cure(tmp_path: Path, name: str, answer: str, said: list[str]) -> None:
    interpreter(tmp_path / "bin", name, answer)
    place = checkout(tmp_path)
    done = set_up(place, tmp_path / "bin")
    assert done.returncode == 2, done.stderr
    for words in said:
        assert words in done.stderr
    assert not (place / ".venv").exists()


@posix
def test_the_python_that_was_asked_for_is_the_one_judged(tmp_path: Path) -> None:
    interpreter(tmp_path / "bin", "python3", "3.12.3 whole")
    old = interpreter(tmp_path / "old", "python3", "3.8.10 whole")
    asked = set_up(checkout(tmp_path / "a"), tmp_path / "bin", PYTHON=str(old))
    absent = set_up(checkout(tmp_path / "b"), tmp_path / "bin", PYTHON="no-such-python")
    assert asked.returncode == absent.returncode == 2
    assert "3.8.10 太旧" in asked.stderr
    assert "no-such-python 不能运行 cannot be run" in absent.stderr


# --- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, really built (two seconds, without the network: the build's needs are locked)."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-w", folder, ROOT]
    done = subprocess.run([sys.executable, "-m", "pip", *build], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("liantu-*.whl"))) as packed:
        yield packed


def below(folder: str) -> set[str]:
    """What the checkout has below a folder, less what Python and the tools make."""
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths}


@pytest.mark.slow
def test_the_wheel_has_the_rooms_with_their_texts_and_the_data(wheel: zipfile.ZipFile) -> None:
    packed = set(wheel.namelist())
    rooms = set().union(*map(below, ROOMS)) | {"cli.py", "liantu.py"}
    data = {name.replace("data/", "liantu_data/", 1) for name in below("data")}
    assert sorted((rooms | data) - packed) == []
    extra = {name for name in packed if ".dist-info/" not in name} - rooms - data
    assert sorted(extra) == []


@pytest.mark.slow
def test_the_wheel_has_questions_templates_and_the_sample(wheel: zipfile.ZipFile) -> None:
    packed = wheel.namelist()
    for pattern in (r"queries/\w+\.cypher", r"maps/templates/.+", r"liantu_data/chains/.+", r"liantu_data/baotou/.+"):
        assert any(re.fullmatch(pattern, name) for name in packed), f"nothing like {pattern} in the wheel"


@pytest.mark.slow
def test_the_wheel_names_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    info = next(name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name)
    assert "liantu = cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert "Apache License" in wheel.read(f"{info}/licenses/LICENSE").decode()
    assert "Requires-Python: <3.14,>=3.11" in wheel.read(f"{info}/METADATA").decode()
