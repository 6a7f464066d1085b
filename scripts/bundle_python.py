"""The Python that a bundle brings, and the OpenSSL 3 that the engine's wheels leave out.

CPython comes from Maven Central (org.bytedeco:cpython, the JavaCPP presets' own build of it; CPython's licence stands beside
it), because python.org is no registry that builds may reach everywhere and PyPI has no Python that runs from a folder. Of its
versions the one for Linux is the newest that asks for no more than the glibc of the engine's wheels (2.28): later ones ask for
2.30 and 2.35, and UOS 20 has 2.28.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LiantuError
from scripts.bundle_forward import forwarder
from scripts.bundle_lock import PLATFORMS, Platform, pip_download
from scripts.bundle_objects import pe_exports

PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"


@dataclass(frozen=True, slots=True)
class Jar:
    """A build of CPython in Maven Central, by its version, its machine and the hash of the file."""

    version: str
    machine: str
    digest: str

    @property
    def prefix(self) -> str:
        return f"org/bytedeco/cpython/{self.machine}/"


PYTHON = {
    "windows-x86_64": Jar("3.13.5-1.5.12", "windows-x86_64", "cfe5502ffa7ea369be707b6d88bf68344732a7800450665080fb4267c01bfeae"),
    "linux-x86_64": Jar("3.11.3-1.5.9", "linux-x86_64", "668b42f6a8b1a9789de7d3ca54a81fefb754cd8e885554b42858bbcbc0dd497c"),
}
LICENCE = Jar("3.13.5-1.5.12", "linux-x86_64", "50ad91aa0baa57f0235bb666b87d8bf2a44e215d28c250de1030502906af143b")
"""Has CPython's licence, which the same version's build for Windows leaves out."""

OPENSSL = {
    "linux-x86_64": "psycopg-binary==3.3.9 --hash=sha256:a99f0b9a19ed7a56bf5d6776456b8f15f5364db8853b0f5d184db394a45c391d",
    "linux-aarch64": "psycopg-binary==3.3.9 --hash=sha256:b081348d8992af26e9b252f04876c286428418a6b7845d8d4caae2044b259668",
}
"""A wheel that has OpenSSL 3 inside, built for old systems; nothing else of it is taken."""

SQLITE = "pysqlite3-binary==0.5.4.post2 --hash=sha256:3060a56666ede382c9af3e4b086e30c9ffb65133b3fa606c2d1b9fbff512f241"
"""The standard library's _sqlite3 with SQLite inside, for Python 3.11 on Linux: that build of CPython was made without it."""

_LEFT_OUT = re.compile("|".join((
    r"(^|/)(test|tests|idlelib|turtledemo|tkinter|ensurepip|lib2to3|pydoc_data|site-packages|config-[^/]*|pip|pip-[^/]*"
    r"|__pycache__)/",
    r"(^|/)(_wmi|_test[^/]*|_ctypes_test[^/]*|_?xx[^/]*|_tkinter[^/]*|_g?dbm[^/]*|nis\.[^/]*|ossaudiodev[^/]*)\.(pyd|so)$",
    r"(tcl|tk)86t\.dll$|pyshellext\.dll$|\.(exe|lib)$(?<!python\.exe)")))
"""What of the standard library a desk never runs: its tests, its editor, pip, the toolkit for windows; and what asks Windows'
management service for the machine's name, which takes seconds where that service is off (there is another way)."""


def python(platform: Platform) -> dict[str, bytes]:
    """The files of python/ of a bundle, by name; none where there is no Python to bring."""
    jar = PYTHON.get(platform.name)
    if jar is None:
        return {}
    place = _windows if platform.windows else _linux
    with _opened(jar) as content:
        given = [name for name in content.namelist() if name.startswith(jar.prefix) and not name.endswith("/")]
        kept = {to: name for name in given if (to := place(name.removeprefix(jar.prefix))) and not _LEFT_OUT.search(to)}
        files = {to: content.read(name) for to, name in kept.items()}
    if not platform.windows:
        files |= _sqlite(platform)
    if platform.windows:
        files["python.exe"] = _speaks_utf8(files["python.exe"])
        files["python3.dll"] = forwarder("python3.dll", "python313", pe_exports(files["python313.dll"]))
        with _opened(LICENCE) as content:
            files["LICENSE.txt"] = content.read(f"{LICENCE.prefix}lib/python3.13/LICENSE.txt")
    return files


def _sqlite(platform: Platform) -> dict[str, bytes]:
    """Into the folder of the standard library's own extensions: `import sqlite3` finds it there."""
    with tempfile.TemporaryDirectory(prefix="liantu-bundle-") as temp:
        pip_download([SQLITE], Path(temp), platform, "3.11")
        with zipfile.ZipFile(next(Path(temp).glob("*.whl"))) as packed:
            name = next(n for n in packed.namelist() if n.startswith("pysqlite3/_sqlite3."))
            return {f"lib/python3.11/lib-dynload/{Path(name).name}": packed.read(name)}


def _speaks_utf8(program: bytes) -> bytes:
    """Says in the program's manifest that its narrow strings are UTF-8 (Windows 10 1903 and later): the engine hands paths to
    Windows as such, and could open none with Chinese in it. The lines of Windows Vista, 7 and 8 make room, nothing moves."""
    start, end = program.index(b"<assembly"), program.index(b"</assembly>")
    manifest = program[start:end]
    room = re.sub(rb"\s*<supportedOS Id=\"\{(e2011457|35138b9a|4a2f28e3)[^>]*/>", b"", manifest)
    room = room.replace(b"<windowsSettings>", b"<windowsSettings>" + _CODE_PAGE, 1)
    assert _CODE_PAGE in room and len(room) <= len(manifest), "another manifest: its room has to be looked at"
    return program[:start] + room.ljust(len(manifest)) + program[end:]


_CODE_PAGE = b'<activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>'


def _windows(name: str) -> str:
    """python.exe finds its library in Lib and DLLs beside itself; the C runtime that extensions load stands there too."""
    if name.startswith("lib/vcruntime"):
        return name.removeprefix("lib/")
    if name.startswith("lib/"):
        return "Lib/" + name.removeprefix("lib/")
    return name if name in ("python.exe", "python313.dll") else ""


def _linux(name: str) -> str:
    if name == "bin/python3.11":
        return "bin/python3"
    return name if re.match(r"lib/python3\.11/|lib(python3\.11\.so\.1\.0|ffi\.so\.6)$", name) else ""


@contextmanager
def _opened(jar: Jar) -> Iterator[zipfile.ZipFile]:
    with tempfile.TemporaryDirectory(prefix="liantu-bundle-") as temp, zipfile.ZipFile(_maven(jar, Path(temp))) as content:
        yield content


def _maven(jar: Jar, folder: Path) -> Path:
    """The jar; LiantuError where there is no Maven, where it cannot be fetched, or where it is not the one that is known."""
    maven = shutil.which("mvn")
    if maven is None:
        raise LiantuError("没有 mvn, 取不来压缩包里的 Python / no mvn to fetch the bundle's Python with",
                          "apt-get install maven; 或 --bare, 由信息科自备 Python / or --bare: IT brings a Python")
    artifact = f"org.bytedeco:cpython:{jar.version}:jar:{jar.machine}"
    done = subprocess.run([maven, "-q", "-B", PLUGIN, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"],
                          stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False)
    found = next(folder.glob("*.jar"), None)
    if done.returncode or found is None:
        raise LiantuError(f"取 {artifact} 失败 / could not be fetched:\n" + "\n".join((done.stdout + done.stderr).splitlines()[-8:]),
                          "检查网络, 或在 ~/.m2/settings.xml 设镜像 / check the network, or name a mirror in ~/.m2/settings.xml")
    if hashlib.sha256(found.read_bytes()).hexdigest() != jar.digest:
        raise LiantuError(f"{artifact} 不是已知的那个文件 / is not the file that is known", "换一个镜像 / use another mirror")
    return found


def openssl(platform: Platform, python: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of lib/ of a bundle: OpenSSL 3 under the names that the engine asks for."""
    if platform.windows:
        return _windows_openssl(python or globals()["python"](platform))
    with tempfile.TemporaryDirectory(prefix="liantu-bundle-") as temp:
        pip_download([OPENSSL[platform.name]], Path(temp), PLATFORMS[platform.name], "3.12")
        with zipfile.ZipFile(next(Path(temp).glob("*.whl"))) as packed:
            found = {match[1]: (match[0], packed.read(name)) for name in packed.namelist()
                     if (match := re.search(r"(lib(?:ssl|crypto))-[0-9a-f]{8}\.so\.3$", name))}
    plain = _renamed({hashed: f"{short}.so.3" for short, (hashed, _) in found.items()})
    return {f"{short}.so.3": plain(content) for short, (_, content) in found.items()}


def _renamed(names: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """Gives a library its plain name back, by which the engine asks for it: the wheel's builder had put a hash into it. A
    shorter name in the same place, ended by NUL, moves nothing."""
    def plain(content: bytes) -> bytes:
        for hashed, short in names.items():
            content = content.replace(hashed.encode() + b"\0", short.encode().ljust(len(hashed) + 1, b"\0"))
        return content
    return plain


def _windows_openssl(python: Mapping[str, bytes]) -> dict[str, bytes]:
    """CPython brings OpenSSL 3 as libcrypto-3.dll; the engine asks for OpenSSL's own name of the same, libcrypto-3-x64.dll."""
    crypto, ssl = (python[f"Lib/{name}-3.dll"] for name in ("libcrypto", "libssl"))
    return {"libcrypto-3-x64.dll": crypto, "libssl-3-x64.dll": ssl, "libcrypto-3.dll": crypto}
