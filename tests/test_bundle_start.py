"""What stands in a bundle and starts it: the scripts, and what makes the environment. Nothing here needs an archive."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import bundle_lock, bundle_objects, bundle_python, bundle_text
from scripts.bundle_forward import forwarder

PARTS = bundle_lock.ROOT / "scripts" / "desk"
BAT = bundle_text.scripts(PARTS, bundle_lock.PLATFORMS["windows-x86_64"])["liantu.bat"]
posix = pytest.mark.skipif(os.name == "nt", reason="sh: not on Windows")


def loaded() -> ModuleType:
    """start.py as it stands in a bundle: of no package."""
    spec = importlib.util.spec_from_file_location("liantu_start", PARTS / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


START = loaded()


# --- liantu.bat, read


def test_the_batch_file_is_ascii_with_windows_line_ends() -> None:
    text = BAT.decode("ascii")
    assert text.count("\n") == text.count("\r\n") > 30
    assert "@" not in text.replace("@echo off", "")  # nothing left to fill in


def test_it_asks_for_no_right_and_leaves_no_trace() -> None:
    for verb in ("runas", "powershell", "reg ", "setx", "msiexec", "net session", "sc ", "schtasks", "cacls", "del ", "rmdir", "curl"):
        assert not re.search(rf"(?im)^\s*@?{re.escape(verb)}|[&|]\s*{re.escape(verb)}", BAT.decode()), verb


def test_paths_stand_in_quotes_and_no_block_could_end_at_a_bracket_of_a_path() -> None:
    lines = [line for line in BAT.decode().splitlines() if not line.startswith("rem ")]
    for line in lines:
        outside = "".join(line.split('"')[::2])
        assert "%LIANTU_HERE%" not in outside and "%~dp0" not in outside and "%CMDCMDLINE" not in outside, line
        assert not re.search(r"\(\s*$|^\s*\)", line), line
    given_on = [line for line in lines if "%*" in line]
    assert len(given_on) == 1 and lines[lines.index(given_on[0]) - 1] == "if defined LIANTU_LINE goto dropped"
    assert not any("DelayedExpansion" in line and "Enable" in line.split("DelayedExpansion")[0][-7:] for line in lines)


def test_every_way_ends_with_the_code_and_a_window_waits() -> None:
    lines = BAT.decode().splitlines()
    labels, jumps = set(re.findall(r"(?m)^:(\w+)", BAT.decode())), set(re.findall(r"goto (\w+)", BAT.decode()))
    assert jumps <= labels and labels - {"ended"} <= jumps  # `ended` is run into
    assert lines[lines.index(":ended") + 1] == 'set "LIANTU_CODE=%ERRORLEVEL%"'
    assert lines[-3:-1] == ["pause", "exit %LIANTU_CODE%"] or lines[-2:] == ["pause", "exit %LIANTU_CODE%"]
    assert "if not defined LIANTU_WINDOW exit /b %LIANTU_CODE%" in lines


def test_it_says_what_it_cannot_run_on_from_files_that_are_there() -> None:
    texts = bundle_text.texts(bundle_lock.PLATFORMS["windows-x86_64"], True, "0")
    typed = {name.replace("\\", "/") for name in re.findall(r'type "%LIANTU_HERE%(app\\[\w.-]+)"', BAT.decode())}
    assert len(typed) == 3 and typed <= texts.keys()
    assert all("错误" in texts[name].decode() and " / " in texts[name].decode() for name in typed)


# --- the line that Explorer makes

BATCH = "C:\\Users\\wang\\liantu.bat"


@pytest.mark.parametrize(("rest", "files"), [
    ("", []),
    (" C:\\a.xlsx", ["C:\\a.xlsx"]),
    (" C:\\甲&乙.xlsx", ["C:\\甲&乙.xlsx"]),
    (' "C:\\我的 表\\a b.xlsx" D:\\c(1)^.csv', ["C:\\我的 表\\a b.xlsx", "D:\\c(1)^.csv"]),
    (' C:\\a&b.xlsx "C:\\c & d.xlsx"', ["C:\\a&b.xlsx", "C:\\c & d.xlsx"]),
    (' "C:\\100%\\x!y.xlsx"', ["C:\\100%\\x!y.xlsx"]),
])
def test_dropped_paths_are_read_from_the_whole_line(rest: str, files: list[str]) -> None:
    line = f'C:\\WINDOWS\\system32\\cmd.exe /c ""{BATCH}"{rest}"'.replace('"', "?")
    assert START.dropped([], line) == files


def test_from_a_prompt_the_arguments_are_taken() -> None:
    assert START.dropped(["a b.xlsx"], "") == ["a b.xlsx"]
    assert START.dropped(["a b.xlsx"], "C:\\WINDOWS\\system32\\cmd.exe ") == ["a b.xlsx"]


NAMES = st.text(st.characters(exclude_characters='"?*|<>/:\\\0', exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(
    str.strip).filter(lambda name: name and "liantu.bat" not in name.lower())


@given(st.lists(NAMES))
def test_any_names_are_read_back(names: list[str]) -> None:
    paths = [f"C:\\{name}" for name in names]
    words = "".join(f' "{path}"' if " " in path else f" {path}" for path in paths)
    assert START.dropped([], f'cmd /c ""{BATCH}"{words}"'.replace('"', "?")) == paths


# --- liantu.sh on machines that it cannot run on


def script(folder: Path, name: str = "linux-x86_64") -> Path:
    place = folder / "我的 桌面"
    place.mkdir(parents=True)
    (place / "liantu.sh").write_bytes(bundle_text.scripts(PARTS, bundle_lock.PLATFORMS[name])["liantu.sh"])
    return place / "liantu.sh"


def said(folder: Path, path: Path, machine: str, libc: str, python: str = "") -> subprocess.CompletedProcess[str]:
    """Runs it where uname, getconf and python3 answer so."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    for tool in ("dirname", "sh"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    for tool, answer in (("uname", f"echo {machine}"), ("getconf", f"echo '{libc}'" if libc else "exit 1"), ("python3", python)):
        if answer:
            (tools / tool).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
            (tools / tool).chmod(0o755)
    return subprocess.run([str(tools / "sh"), str(path)], env={"PATH": str(tools), "HOME": str(folder)}, stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", check=False)


@posix
@pytest.mark.parametrize(("machine", "libc", "python", "words"), [
    ("loongarch64", "glibc 2.28", "", ["龙芯", "LoongArch"]),
    ("armv7l", "glibc 2.31", "", ["armv7l", "x86_64"]),
    ("x86_64", "glibc 2.17", "", ["太旧", "glibc 2.28 is needed"]),
    ("x86_64", "", "", ["musl"]),
    ("x86_64", "glibc 2.31", "", ["没有 Python 3.11", "python/bin/python3"]),
    ("x86_64", "glibc 2.31", "exit 1", ["there is no Python 3.11"]),
])
def test_a_machine_that_cannot_is_told_so_in_a_sentence(tmp_path: Path, machine: str, libc: str, python: str, words: list[str]) -> None:
    done = said(tmp_path, script(tmp_path), machine, libc, python)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("错误: ") and " / " in done.stderr
    for word in words:
        assert word in done.stderr


@posix
def test_the_machines_own_python_serves_where_none_is_carried(tmp_path: Path) -> None:
    done = said(tmp_path, script(tmp_path, "linux-aarch64"), "aarch64", "glibc 2.28", 'case $* in *start.py*) echo "$@" ;; esac')
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("我的 桌面/app/start.py")


# --- the environment


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, dict[str, object]]:
    """A bundle of one wheel that is made up, and what app/bundle.json says of it."""
    home = tmp_path / "解 压"
    (home / "wheels").mkdir(parents=True)
    wheel = home / "wheels" / "toy-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("toy/__init__.py", "x = 1\n")
        packed.writestr("toy-1.data/purelib/more.py", "y = 2\n")
        packed.writestr("toy-1.data/scripts/toy", "#!python\n")
        packed.writestr("toy-1.dist-info/METADATA", "Name: toy\n")
    monkeypatch.setattr(START, "HERE", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return home, {"pythons": [here], "machines": [START.platform.machine().lower()], "platform": "here", "key": "abc", "longest": 40,
                  "wheels": {here: {wheel.name: digest}}}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_wheels_are_unpacked_once(desk: tuple[Path, dict[str, object]]) -> None:
    home, made = desk
    python = START.checked_python(made)
    first = Path(START.environment(made, python))
    assert first.parent == home
    assert names(first) == {"toy/__init__.py", "more.py", "toy-1.dist-info/METADATA"}
    (home / "wheels" / "toy-1-py3-none-any.whl").unlink()
    assert Path(START.environment(made, python)) == first  # not looked at again


def test_a_damaged_wheel_leaves_nothing(desk: tuple[Path, dict[str, object]]) -> None:
    home, made = desk
    (home / "wheels" / "toy-1-py3-none-any.whl").write_bytes(b"PK")
    with pytest.raises(START.Stop, match="缺失或损坏"):
        START.environment(made, START.checked_python(made))
    assert {path.name for path in home.iterdir()} == {"wheels"}


def test_a_folder_that_is_read_only_has_its_environment_elsewhere(
        desk: tuple[Path, dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, made = desk
    writable = START.writable
    monkeypatch.setattr(START, "writable", lambda folder: folder != str(home) and writable(folder))
    first = Path(START.environment(made, START.checked_python(made)))
    assert first.parent == tmp_path / "cache" / "liantu"
    monkeypatch.setattr(START, "writable", lambda folder: False)
    assert Path(START.environment(made, START.checked_python(made))) == first
    with pytest.raises(START.Stop, match="没有可写的文件夹"):
        START.environment({**made, "key": "another"}, START.checked_python(made))


def test_many_starts_at_once_make_one(desk: tuple[Path, dict[str, object]]) -> None:
    home, made = desk
    found: list[str] = []
    starts = [threading.Thread(target=lambda: found.append(START.environment(made, START.checked_python(made)))) for _ in range(6)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert len(found) == 6 and len(set(found)) == 1
    assert {path.name for path in home.iterdir()} == {"wheels", Path(found[0]).name}
    assert "toy/__init__.py" in names(Path(found[0]))


def test_leftovers_go_and_one_that_runs_now_stays(desk: tuple[Path, dict[str, object]]) -> None:
    home, made = desk
    for name, age in ((".part-old", 2 * START.STALE), (".part-young", 0)):
        (home / name / "toy").mkdir(parents=True)
        os.utime(home / name, (time.time() - age,) * 2)
    START.environment(made, START.checked_python(made))
    assert [path.name for path in home.glob(".part-*")] == [".part-young"]


@pytest.mark.parametrize(("change", "words"), [
    ({"pythons": ["2.7"]}, "2.7"), ({"machines": ["loongarch64"], "platform": "linux-loongarch64"}, "linux-loongarch64")])
def test_another_python_or_machine_is_told(desk: tuple[Path, dict[str, object]], change: dict[str, object], words: str) -> None:
    with pytest.raises(START.Stop, match=words):
        START.checked_python({**desk[1], **change})


@pytest.mark.parametrize("folder", ["/opt/王 工", "/a$b`c", '/quo"te\\x', "/100%"])
def test_the_desktop_file_names_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Exec is unescaped twice: as a text of the file, then as a quoted word (Desktop Entry Specification)."""
    monkeypatch.setattr(START, "HERE", str(tmp_path))
    monkeypatch.setattr(START.os.path, "join", lambda *parts: folder + "/liantu.sh" if parts[-1] == "liantu.sh" else os.sep.join(parts))
    START.desktop_file()
    line = next(one for one in (tmp_path / "链图.desktop").read_text(encoding="utf-8").splitlines() if one.startswith("Exec="))
    word = line.removeprefix('Exec="').removesuffix('" %F').replace("\\\\", "\\")
    assert re.sub(r'\\([\\"`$])', r"\1", word).replace("%%", "%") == folder + "/liantu.sh"


# --- libraries


def test_an_elf_names_what_it_loads() -> None:
    pytest.importorskip("numpy")
    library = next(Path(next(iter(__import__("ladybug").__path__))).glob("_lbug*"))
    if library.read_bytes()[:4] != b"\x7fELF":
        pytest.skip("no ELF on this system")
    assert {"libssl.so.3", "libcrypto.so.3", "libc.so.6"} <= set(bundle_objects.needs(library.read_bytes()))
    assert bundle_objects.needs(b"PK\x03\x04") == []


@given(st.sets(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,30}", fullmatch=True), min_size=1, max_size=60))
def test_a_forwarder_offers_what_it_was_given(exports: set[str]) -> None:
    made = forwarder("python3.dll", "python313", sorted(exports))
    assert set(bundle_objects.pe_exports(made)) == exports
    assert bundle_objects.pe_exports(made) == sorted(exports, key=str.encode)  # the loader looks names up by halving
    assert bundle_objects.pe_imports(made) == []
    assert all(f"python313.{name}\0".encode() in made for name in exports)


def test_a_library_that_nothing_brings_is_named(tmp_path: Path) -> None:
    library = next(Path(next(iter(__import__("ladybug").__path__))).glob("_lbug*"))
    if library.read_bytes()[:4] != b"\x7fELF":
        pytest.skip("no ELF on this system")
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as packed:
        packed.writestr("a.so", library.read_bytes())
    assert set(bundle_objects.lacking("Linux", [tmp_path / "a.whl"], {})) == {"libssl.so.3", "libcrypto.so.3"}
    assert bundle_objects.lacking("Linux", [tmp_path / "a.whl"], {"lib/libssl.so.3": b"", "lib/libcrypto.so.3": b""}) == {}


def test_a_plain_name_moves_nothing() -> None:
    content = b"\x7fELF..libssl-6a9b88ec.so.3\0libcrypto-3a0647ea.so.3\0tail"
    plain = bundle_python._renamed({"libssl-6a9b88ec.so.3": "libssl.so.3", "libcrypto-3a0647ea.so.3": "libcrypto.so.3"})(content)
    assert len(plain) == len(content) and plain.endswith(b"tail")
    assert b"libssl.so.3\0" in plain and b"libcrypto.so.3\0" in plain and b"6a9b88ec" not in plain


def test_the_manifest_says_utf_8_and_nothing_moves() -> None:
    lines = b"".join(b'\r\n      <supportedOS Id="{%s}"/>' % one for one in (
        b"e2011457-1546-43c5-a5fe-008deee3d3f0", b"35138b9a-5d96-4fbd-8e2d-a2440225f93a", b"4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38"))
    program = b"MZ head <assembly>" + lines + b"<windowsSettings></windowsSettings></assembly> tail"
    made = bundle_python._speaks_utf8(program)
    assert len(made) == len(program) and made.startswith(b"MZ head <assembly>") and made.endswith(b"</assembly> tail")
    assert b">UTF-8</activeCodePage>" in made and b"supportedOS" not in made
    assert bundle_python._speaks_utf8(program.replace(b" tail", b" other")).endswith(b" other")
