"""The archives for a desk without network. LIANTU_BUNDLES names a folder where `make bundle` wrote them: they are unpacked,
checked for completeness and, this machine's own, started with the network cut. Names of firms are invented."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

from scripts import bundle, bundle_lock, bundle_objects, bundle_python
from scripts.bundle_lock import PLATFORMS, Platform

ROOT = Path(__file__).resolve().parent.parent
WINDOWS, LINUX = PLATFORMS["windows-x86_64"], PLATFORMS["linux-x86_64"]
FIRMS = "企业名称,环节,产能,单位,所在地\n甲硅业有限公司,多晶硅,{},kt/a,某某市\n乙组件有限公司,组件,2,GW,某某市\n"
DEAD = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")}


# --- the lock


def test_what_only_the_build_asks_for_is_left_out() -> None:
    every, run = bundle_lock.locked(), {entry.name for entry in bundle_lock.run_part(bundle_lock.locked())}
    assert {"ladybug", "click", "numpy", "ipython", "python-pptx"} <= run
    assert run.isdisjoint({"hatchling", "editables", "trove-classifiers", "pathspec", "duckdb", "pytest"})
    assert all(entry.hashes and entry.via for entry in every)


def test_markers_are_asked_for_the_bundles_machine_not_for_this_one() -> None:
    windows, linux = ({entry.name for entry in bundle_lock.wanted(p, "3.13")} for p in (WINDOWS, LINUX))
    assert "colorama" in windows - linux
    assert {"pexpect", "ptyprocess"} <= linux - windows
    assert "neo4j-rust-ext" in windows & linux


@pytest.mark.parametrize("name", PLATFORMS)
def test_no_newer_glibc_than_said(name: str) -> None:
    tags = {tag.platform for tag in bundle_lock.tags(PLATFORMS[name], "3.11")}
    assert not any(f"manylinux_2_{minor}_" in tag for tag in tags for minor in range(29, 50))
    assert ("win_amd64" in tags) is PLATFORMS[name].windows
    assert not any("musllinux" in tag for tag in tags)


def test_a_folder_without_a_wheel_is_told(tmp_path: Path) -> None:
    with pytest.raises(bundle_lock.LiantuError, match="ladybug: —"):
        bundle_lock.chosen(tmp_path, WINDOWS, "3.13")


# --- archives


@pytest.mark.parametrize("pack", [bundle._zip, bundle._tar])
def test_the_same_input_is_the_same_archive(pack: object) -> None:
    content = {"liantu.sh": b"#!/bin/sh\n", "wheels/a.whl": b"x" * 999, "先看我.txt": "中文".encode()}
    again = dict(reversed(content.items()))
    assert pack("top", content) == pack("top", again)  # type: ignore[operator]


def test_the_start_script_may_be_run(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(bundle._tar("top", {"liantu.sh": b"", "README.txt": b"", "python/bin/python3": b""}))
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        assert {m.name: oct(m.mode) for m in archive} == {
            "top/README.txt": "0o644", "top/liantu.sh": "0o755", "top/python/bin/python3": "0o755"}


def archives() -> dict[str, Path]:
    folder = os.environ.get("LIANTU_BUNDLES", "")
    return {name: path for name in PLATFORMS for path in Path(folder).glob(f"liantu-*-{name}.*")} if folder else {}


@pytest.fixture(scope="module", params=PLATFORMS)
def unpacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Platform, Path]:
    """Each archive, unpacked below a path with blanks and Chinese; a folder that is named has them all."""
    if not os.environ.get("LIANTU_BUNDLES"):
        pytest.skip("LIANTU_BUNDLES 未指明压缩包所在 / names no folder of archives: make bundle, then LIANTU_BUNDLES=dist")
    path = archives().get(request.param)
    assert path, f"no archive for {request.param} in LIANTU_BUNDLES"
    place = tmp_path_factory.mktemp("desk") / "王 工 的 桌面"
    shutil.unpack_archive(path, place, **({} if path.suffix == ".zip" else {"filter": "data"}))
    return PLATFORMS[request.param], next(place.iterdir())


@pytest.mark.slow
def test_every_requirement_has_its_one_wheel(unpacked: tuple[Platform, Path]) -> None:
    platform_, folder = unpacked
    made = json.loads((folder / "app" / "bundle.json").read_text(encoding="utf-8"))
    assert made["pythons"] == list(platform_.pythons)
    for python in platform_.pythons:
        bundle_lock.chosen(folder / "wheels", platform_, python)  # LiantuError names what is missing or twice
        listed = {canonicalize_name(parse_wheel_filename(name)[0]): digest for name, digest in made["wheels"][python].items()}
        wanted = {entry.name: entry.hashes for entry in bundle_lock.wanted(platform_, python)}
        assert listed.keys() == wanted.keys() | {"liantu"}
        assert [name for name, hashes in wanted.items() if listed[name] not in hashes] == []
    named = {name for wheels in made["wheels"].values() for name in wheels}
    assert {path.name for path in (folder / "wheels").iterdir()} == named


@pytest.mark.slow
def test_every_library_that_a_wheel_loads_is_there(unpacked: tuple[Platform, Path]) -> None:
    """The engine's wheels leave out OpenSSL 3; a desk may have none."""
    platform_, folder = unpacked
    carried = {path.relative_to(folder).as_posix(): path.read_bytes() for part in ("lib", "python")
               for path in (folder / part).rglob("*") if path.is_file()}
    for python in platform_.pythons:
        version = f"cp{python.replace('.', '')}-"
        wheels = [p for p in (folder / "wheels").iterdir() if version in p.name or "abi3" in p.name or "none" in p.name]
        assert bundle_objects.lacking(platform_.system, wheels, carried) == {}
        without = {name: content for name, content in carried.items() if not name.startswith("lib/")}
        missed = bundle_objects.lacking(platform_.system, wheels, without)
        assert any("ssl" in name for name in missed), f"the test would not notice: {missed}"


@pytest.mark.slow
def test_the_words_are_there_in_both_languages(unpacked: tuple[Platform, Path]) -> None:
    platform_, folder = unpacked
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert {"先看我.txt", "README.txt", "LICENSE", "样例/包头/产业链重点企业表.csv", "产业链骨架/光伏/来源表.csv", "模板/重点企业-光伏.xlsx",
            "文档/guide.md", "requirements.lock", "app/start.py"} <= names
    assert ("liantu.bat" in names, "liantu.sh" in names, "app/no-32-bit.txt" in names) == (
        platform_.windows, not platform_.windows, platform_.windows)
    first = (folder / "先看我.txt").read_bytes()
    assert first.startswith(b"\xef\xbb\xbf") and b"\r\n" in first
    for word in ("龙芯", "32 位", "Python", platform_.name):
        assert word in first.decode("utf-8-sig"), word
    assert "{" not in first.decode("utf-8-sig")
    if platform_.name in bundle_python.PYTHON:
        assert any(name.endswith("LICENSE.txt") for name in names if name.startswith("python/"))


@pytest.mark.slow
def test_the_carried_python_has_the_extensions_that_are_used(unpacked: tuple[Platform, Path]) -> None:
    platform_, folder = unpacked
    if platform_.name not in bundle_python.PYTHON:
        pytest.skip("no Python is carried")
    place = folder / "python" / ("Lib" if platform_.windows else "lib/python3.11/lib-dynload")
    have = {path.name.partition(".")[0] for path in place.iterdir()}
    assert {"_sqlite3", "_ssl", "_ctypes", "_hashlib", "_socket", "_bz2", "_decimal", "unicodedata", "pyexpat"} <= have


@pytest.mark.slow
def test_the_python_for_windows_is_whole(unpacked: tuple[Platform, Path]) -> None:
    platform_, folder = unpacked
    if not platform_.windows:
        pytest.skip("only for Windows")
    python = folder / "python"
    assert b"activeCodePage" in (python / "python.exe").read_bytes()
    forwards = set(bundle_objects.pe_exports((python / "python3.dll").read_bytes()))
    used = set[str]()
    for wheel in (folder / "wheels").glob("*abi3*"):
        with zipfile.ZipFile(wheel) as packed:
            for name in (n for n in packed.namelist() if n.endswith(".pyd")):
                used |= set(bundle_objects.pe_imported(packed.read(name)).get("python3.dll", ()))
    assert used and used <= forwards
    for name in ("libcrypto-3-x64.dll", "libssl-3-x64.dll"):
        offered = set(bundle_objects.pe_exports((folder / "lib" / name).read_bytes()))
        with zipfile.ZipFile(next((folder / "wheels").glob("ladybug-*"))) as packed:
            engine = packed.read(next(n for n in packed.namelist() if n.endswith(".pyd")))
        assert set(bundle_objects.pe_imported(engine)[name]) <= offered


# --- this machine's own, started


def cut() -> list[str]:
    """A way to run without any network; where namespaces are not allowed, proxies at a dead address must do."""
    way = ["unshare", "-rn"]
    return way if shutil.which("unshare") and subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0 else []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """This machine's archive, unpacked and not yet started."""
    if not os.environ.get("LIANTU_BUNDLES"):
        pytest.skip("LIANTU_BUNDLES 未指明压缩包所在 / names no folder of archives: make bundle, then LIANTU_BUNDLES=dist")
    name = f"linux-{platform.machine()}"
    if sys.platform != "linux" or name not in PLATFORMS:
        pytest.skip("no bundle is for this machine")
    place = tmp_path_factory.mktemp("desk") / "李 工 & 桌面"
    shutil.unpack_archive(archives()[name], place, filter="data")
    yield next(place.iterdir())


def start(desk: Path, *given: str | Path, home: Path | None = None, env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
    """As from a file manager: no locale, nothing of this environment, no network."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(home or desk.parent), "LC_ALL": "C", "LIANTU_QUIET": "1", **DEAD, **env}
    if not (desk / "python").is_dir():
        bare["LIANTU_PYTHON"] = sys.executable
    return subprocess.run([*cut(), str(desk / "liantu.sh"), *map(str, given)], env=bare, stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_two_first_starts_at_once_and_the_leftovers_of_one_that_broke_off(desk: Path) -> None:
    left = desk / ".part-broken"
    left.mkdir()
    os.utime(left, (1, 1))
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(desk.parent), "LIANTU_QUIET": "1", "LIANTU_PYTHON": sys.executable}
    both = [subprocess.Popen([str(desk / "liantu.sh"), "--cli", "--version"], env=bare, stdout=subprocess.PIPE, encoding="utf-8")
            for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert all(text.strip().splitlines()[-1].startswith("liantu ") for text in said)
    assert len(list(desk.glob("env-*"))) == 1
    assert list(desk.glob(".part-*")) == []


@pytest.mark.slow
def test_a_dropped_workbook_gives_the_map_the_gaps_and_the_report(desk: Path, tmp_path: Path) -> None:
    place = tmp_path / "送来 的 表"
    place.mkdir()
    sheet = place / "重点企业.csv"
    sheet.write_text(FIRMS.format(50), encoding="gb18030")
    done = start(desk, sheet)
    assert done.returncode == 0, done.stdout + done.stderr
    out = place / "输出"
    assert sorted(path.name for path in out.iterdir()) == ["检查报告.txt", "空白点-光伏.xlsx", "链图-光伏.html"]
    assert "甲硅业" in (out / "链图-光伏.html").read_text(encoding="utf-8")
    report = (out / "检查报告.txt").read_text(encoding="utf-8-sig")
    for words in ("已导入 / loaded", "光伏", "某某市", "2 行可用"):
        assert words in report
    assert "没有变化" in start(desk, sheet).stdout
    sheet.write_text(FIRMS.format(60), encoding="gb18030")
    assert "变更 1" in start(desk, sheet).stdout
    assert (desk / "我的城市" / "liantu.toml").is_file()
    assert f'Exec="{desk}/liantu.sh" %F' in (desk / "链图.desktop").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_workbook_with_a_problem_is_not_half_loaded(desk: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "重点企业.csv"
    sheet.write_text("企业名称,环节\n丙公司,没有的环节\n丁公司,硅片\n", encoding="utf-8")
    done = start(desk, sheet)
    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "输出").iterdir()] == ["检查报告.txt"]
    report = (tmp_path / "输出" / "检查报告.txt").read_text(encoding="utf-8-sig")
    assert "没有的环节" in report and "第 2 行" in report


@pytest.mark.slow
def test_a_double_click_shows_the_sample(desk: Path) -> None:
    done = start(desk)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (desk / "样例" / "输出" / "链图-光伏.html").is_file()


@pytest.mark.slow
def test_a_changed_wheel_is_refused(desk: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(desk, copy, ignore=lambda folder, names: [n for n in names if n.startswith(("env-", ".part", "我的", "样例"))])
    next((copy / "wheels").glob("click-*")).write_bytes(b"not a wheel")
    done = start(copy, "--cli", "--version", home=tmp_path)
    assert done.returncode == 2
    assert "缺失或损坏" in done.stderr and "Traceback" not in done.stderr
    assert list(copy.glob("env-*")) == []
