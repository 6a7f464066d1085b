"""What liantu.bat and liantu.sh start: it makes the bundle's own environment once, then hands the dropped files to liantu.

Standard library only, and readable for Python 3.6, so that a Python that is too old is told so in a sentence. Nothing is
installed: the wheels are unpacked into a folder beside this one (or the user's own where that is read only), found by the
bundle's key. A first start that broke off, or two at once, leave no half of it: it is unpacked beside and moved into place.
"""

from __future__ import print_function

import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
import zipfile

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WINDOWS = os.name == "nt"
STALE = 3600
"""Seconds after which an unpacking that did not finish is taken away."""


class Stop(Exception):
    """What is wrong and its cure, 中文 and English."""


def bundle():
    """What this bundle is for: platform, Pythons, wheels with their hashes by Python."""
    with open(os.path.join(HERE, "app", "bundle.json"), encoding="utf-8") as file:
        return json.load(file)


def checked_python(made):
    """'3.13', where this Python can run the bundle; Stop tells in one sentence why not."""
    here = "%d.%d" % sys.version_info[:2]
    wanted = "、".join(made["pythons"])
    if here not in made["pythons"]:
        raise Stop("这个压缩包要用 Python %s, 这里是 %s (%s)\n  → 请信息科按 先看我.txt 放好 Python / this bundle wants Python %s, "
                   "this is %s: see README.txt" % (wanted, here, sys.executable, wanted, here))
    if sys.maxsize < 2**32:
        raise Stop("这是 32 位 Python, 需要 64 位 / this is a 32-bit Python, a 64-bit one is needed")
    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "AMD64") if WINDOWS else platform.machine()
    if machine.lower() not in made["machines"]:
        raise Stop("这台机器是 %s, 这个压缩包给 %s / this machine is another than the bundle is for" % (machine, made["platform"]))
    return here


def checked_code_page():
    """The engine opens a path with Chinese in it only where Windows takes narrow strings for UTF-8: the carried python.exe
    asks for that, Windows 10 1903 and later grant it."""
    if WINDOWS:
        import ctypes

        page = ctypes.windll.kernel32.GetACP()
        if page != 65001:
            raise Stop("代码页是 %d, 不是 UTF-8, 图引擎打不开中文路径\n  → 用随带的 python (需要 Windows 10 1903, 2019 年 5 月以后), 或在区域设置里"
                       "勾选“使用 Unicode UTF-8” / the code page is not UTF-8 and the graph engine opens no Chinese path: use the "
                       "carried Python (Windows 10 1903 or later), or turn on UTF-8 in the regional settings" % page)


def roots():
    """Folders that the environment may stand in: beside the script, else the user's own."""
    own = os.environ.get("LOCALAPPDATA") if WINDOWS else os.environ.get("XDG_CACHE_HOME")
    return [HERE, os.path.join(own or os.path.join(os.path.expanduser("~"), ".cache"), "liantu")]


def writable(folder):
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def environment(made, python):
    """The folder of the unpacked wheels; unpacked now where it is not there yet."""
    name = "env-%s-%s" % (python.replace(".", ""), made["key"])
    for root in roots():
        if os.path.isdir(os.path.join(root, name)):
            return os.path.join(root, name)
    # Windows opens no path of more than 259 characters; the user's own folder is a short one
    fits = [root for root in roots() if not WINDOWS or len(os.path.join(root, name)) + 12 + made["longest"] < 260]
    for root in fits:
        if writable(root):
            return unpacked(os.path.join(root, name), made["wheels"][python])
    raise Stop("没有可写的文件夹 / no folder can be written to: %s\n  → 把整个文件夹复制到桌面再启动 / copy the whole folder to the "
               "desktop and start it there" % ", ".join(roots()))


def unpacked(target, wheels):
    """All wheels into one folder, whole or not at all; of two starts at once the first to finish wins."""
    print("第一次启动, 准备运行环境 (约半分钟, 以后不再需要) / the first start prepares its environment, half a minute, once only")
    root = os.path.dirname(target)
    sweep(root)
    part = tempfile.mkdtemp(prefix=".part-", dir=root)
    try:
        for number, (name, digest) in enumerate(sorted(wheels.items()), 1):
            print("  %d/%d %s" % (number, len(wheels), name.split("-")[0]), end=" " * 20 + "\r" if sys.stdout.isatty() else "\n")
            unpack(os.path.join(HERE, "wheels", name), digest, part)
        settle(part, target)
    except OSError as error:
        raise Stop("写不下运行环境 / the environment could not be written: %s\n  → 需要约 400 MB 空间; 换个位置再启动 / about 400 MB are "
                   "needed; start it from another place" % error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def sweep(root):
    """Take away what starts that broke off have left; one that runs now is younger."""
    for name in os.listdir(root):
        path = os.path.join(root, name)
        if name.startswith(".part-") and time.time() - os.path.getmtime(path) > STALE:
            shutil.rmtree(path, ignore_errors=True)


def unpack(wheel, digest, folder):
    """One wheel; its hash is the lock's, so a broken download or a changed file is told."""
    try:
        with open(wheel, "rb") as file:
            content = hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        content = ""
    if content != digest:
        raise Stop("%s 缺失或损坏 / is missing or damaged\n  → 重新复制并解压整个压缩包 / copy and unpack the whole archive again" % wheel)
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.infolist():
            parts = member.filename.split("/")
            if parts[0].endswith(".data"):  # its scripts and manuals are not needed; its libraries are
                if parts[1] not in ("purelib", "platlib"):
                    continue
                member.filename = "/".join(parts[2:])
            if member.filename:
                packed.extract(member, folder)


def settle(part, target):
    """Move into place; a virus scanner may hold a new file for a moment, and another start may have been first."""
    for wait in (0.2, 0.5, 1, 2, 4, 0):
        if os.path.isdir(target):
            return
        try:
            os.rename(part, target)
            return
        except OSError:
            if not wait and not os.path.isdir(target):
                raise
            time.sleep(wait)


def openssl():
    """The engine is linked with OpenSSL 3 and its wheels do not bring it: the system's where it has one, else ours."""
    folder = os.path.join(HERE, "lib")
    if WINDOWS:
        return os.add_dll_directory(folder)
    import ctypes

    for name in ("libcrypto.so.3", "libssl.so.3"):
        try:
            ctypes.CDLL(name, ctypes.RTLD_GLOBAL)
        except OSError:
            ctypes.CDLL(os.path.join(folder, name), ctypes.RTLD_GLOBAL)


def dropped(arguments, line=None, script="liantu.bat"):
    """The files that were dropped. Explorer quotes a path only where it has a blank, so ``a&b.xlsx`` would end the batch
    file's own %*: the script hands over the whole line that started it, its quotation marks as ``?`` (no path has one)."""
    line = (os.environ.get("LIANTU_LINE", "") if line is None else line) or ""
    at = line.lower().find(script)
    if at < 0:
        return list(arguments)
    rest, words, quoted = line[at + len(script):], [""], True
    for letter in rest if rest.startswith("?") else "?" + rest:  # the first mark ends the script's own name
        if letter == "?":
            quoted = not quoted
        elif letter == " " and not quoted:
            words.append("")
        else:
            words[-1] += letter
    return [word.strip() for word in words if word.strip()]


def desktop_file():
    """A starter for the desktop that files can be dropped on; its path is absolute, so it is written where the folder is."""
    script = os.path.join(HERE, "liantu.sh")
    for mark in '\\"`$':
        script = script.replace(mark, "\\" + mark)
    text = ("[Desktop Entry]\nType=Application\nName=链图\nName[en]=liantu\nComment=把工作簿拖到这里 / drop a workbook here\n"
            'Exec="%s" %%F\nTerminal=true\nIcon=x-office-spreadsheet\n'
            "MimeType=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;text/csv;\n"
            % script.replace("\\", "\\\\").replace("%", "%%"))
    place = os.path.join(HERE, "链图.desktop")
    try:
        with open(place, encoding="utf-8") as file:
            if file.read() == text:
                return
    except OSError:
        pass
    try:
        with open(place, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(place, 0o755)
    except OSError:
        pass


def run(arguments):
    made = bundle()
    python = checked_python(made)
    checked_code_page()
    sys.path.insert(0, environment(made, python))
    held = openssl()  # noqa: F841  # given back, the folder would be forgotten
    from cli import main  # type: ignore

    if arguments[:1] == ["--cli"]:
        return main(arguments[1:], prog_name="liantu")
    if not WINDOWS:
        desktop_file()
    seen = WINDOWS or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    home = HERE if writable(HERE) else os.path.join(os.path.expanduser("~"), "liantu")
    show = ["--open"] if seen and not os.environ.get("LIANTU_QUIET") else []
    return main(["desk", "--home", home, *show, "--", *dropped(arguments)], prog_name="liantu")


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except Stop as stop:
        print("错误: %s" % stop, file=sys.stderr)
        sys.exit(2)
