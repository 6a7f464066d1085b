"""``python -m scripts.bundle`` writes dist/liantu-VERSION-PLATFORM.zip or .tar.gz: a desk without network, to be unpacked.

``--platform`` names one of windows-x86_64, linux-x86_64 and linux-aarch64 (default all), ``--bare`` leaves the Python out and
carries wheels for every Python that liantu runs on, ``--out`` is another folder than dist/. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import liantu
from graph import files
from graph.errors import LiantuError
from loaders.start import chains
from loaders.template import template
from scripts import bundle_lock, bundle_objects, bundle_python, bundle_text
from scripts.bundle_lock import PLATFORMS, ROOT, Platform

PYTHONS = ("3.11", "3.12", "3.13")
DAY = (2000, 1, 1, 0, 0, 0)
"""Of every file in an archive, so that the same input gives the same bytes."""
SCRIPTS = ("liantu.sh", "python/bin/python3")
PARTS = ROOT / "scripts" / "desk"


def main(arguments: Sequence[str] | None = None) -> int:
    given = _arguments(arguments)
    try:
        for name in given.platform or PLATFORMS:
            path = build(PLATFORMS[name], given.out, given.bare)
            print(f"已写 / written: {path}, {path.stat().st_size / 1e6:.0f} MB")
    except LiantuError as error:
        print(f"错误: {error.message}\n  → {error.cure}", file=sys.stderr)
        return error.exit_code
    return 0


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts.bundle", description="无网桌面的压缩包 / archives for a desk without network")
    parser.add_argument("--platform", action="append", choices=list(PLATFORMS), help="默认全部 / default: all")
    parser.add_argument("--bare", action="store_true", help="不带 Python, 由信息科放好 / without Python: IT puts one there")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="[dist]")
    return parser.parse_args(given)


def build(platform: Platform, out: Path, bare: bool = False) -> Path:
    """The archive of one platform; LiantuError where a wheel, a library or the network is missing."""
    platform = replace(platform, pythons=PYTHONS) if bare else platform
    with tempfile.TemporaryDirectory(prefix="liantu-bundle-") as temp:
        wheels = _wheels(platform, Path(temp))
        python = bundle_python.python(platform)
        libraries = bundle_python.openssl(platform, python)
        python = {} if bare else python
        _complete(platform, wheels, {**libraries, **python})
        content = {**_below("python", python), **_below("lib", libraries), **_ours(platform, wheels, bool(python)),
                   **_material(Path(temp))}
        content |= {f"wheels/{path.name}": path.read_bytes() for found in wheels.values() for path in found}
    name = f"liantu-{liantu.__version__}-{platform.name}" + ("-bare" if bare else "")
    path = out / (name + (".zip" if platform.windows else ".tar.gz"))
    files.write_bytes(path, (_zip if platform.windows else _tar)(name, content))
    return path


def _below(folder: str, given: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in given.items()}


def _wheels(platform: Platform, temp: Path) -> dict[str, list[Path]]:
    """Python → its wheels, ours among them."""
    own = temp / "own"
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--no-build-isolation", "-w", str(own), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise LiantuError(f"liantu 自己的轮子没有做成 / its own wheel could not be built:\n{done.stderr}",
                          "make demo 后再试 / make demo, then again")
    found = {}
    for python in platform.pythons:
        bundle_lock.download(temp / python, platform, python)
        found[python] = [*bundle_lock.chosen(temp / python, platform, python).values(), *own.glob("liantu-*.whl")]
    return found


def _complete(platform: Platform, wheels: Mapping[str, Sequence[Path]], carried: Mapping[str, bytes]) -> None:
    """LiantuError where a library that a wheel loads is neither carried nor every such system's own; what is not carried of
    Python for Windows, whatever Python IT puts there has."""
    for python, found in wheels.items():
        own = {f"python{python.replace('.', '')}.dll", "python3.dll", "vcruntime140.dll", "vcruntime140_1.dll"}
        theirs = {} if "python.exe" in carried else dict.fromkeys(own, b"")
        if lacking := bundle_objects.lacking(platform.system, found, {**theirs, **carried}):
            said = "; ".join(f"{name} ({', '.join(users[:2])})" for name, users in lacking.items())
            raise LiantuError(f"{platform.name}, Python {python}: 缺少动态库 / libraries that nothing brings: {said}",
                              "见 scripts/bundle_python.py / see there")


def _ours(platform: Platform, wheels: Mapping[str, Sequence[Path]], python: bool) -> dict[str, bytes]:
    """The start script with what it starts, and the texts."""
    start = (PARTS / "start.py").read_bytes()
    every = {path: hashlib.sha256(path.read_bytes()).hexdigest() for found in wheels.values() for path in found}
    made = {"platform": platform.name, "machines": bundle_text.MACHINES[platform.name], "pythons": list(platform.pythons),
            "wheels": {python: {path.name: every[path] for path in found} for python, found in wheels.items()},
            "longest": max(len(name) for path in every for name in zipfile.ZipFile(path).namelist())}
    made["key"] = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:12]
    return {"app/start.py": start, "app/bundle.json": (json.dumps(made, indent=1, sort_keys=True) + "\n").encode(),
            "requirements.lock": bundle_lock.LOCK.read_bytes(), "LICENSE": (ROOT / "LICENSE").read_bytes(),
            **bundle_text.scripts(PARTS, platform), **bundle_text.texts(platform, python, liantu.__version__)}


def _material(temp: Path) -> dict[str, bytes]:
    """What people look into and copy: the sample, the skeletons, a workbook to fill in for each, the guide."""
    data = liantu.data()
    found = {f"样例/包头/{path.name}": path.read_bytes() for path in sorted((data / "baotou").iterdir())}
    for chain in chains(data):
        found |= {f"产业链骨架/{chain}/{path.name}": path.read_bytes() for path in sorted((data / "chains" / chain).iterdir())}
        template(temp / f"{chain}.xlsx", liantu.panorama_rows(None, [chain]), False, "zh")
        found[f"模板/重点企业-{chain}.xlsx"] = (temp / f"{chain}.xlsx").read_bytes()
    return found | {f"文档/{path.name}": path.read_bytes() for path in sorted((ROOT / "docs").glob("*.md"))}


def _zip(top: str, content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(f"{top}/{name}", DAY)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _tar(top: str, content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (gzip.GzipFile("", "wb", 6, out, 0) as packed,
          tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive):
        for name, data in sorted(content.items()):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mtime = len(data), 946684800
            entry.mode = 0o755 if name in SCRIPTS or name.endswith(".desktop") else 0o644
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
