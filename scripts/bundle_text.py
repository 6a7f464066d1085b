"""The words of a bundle: the start page, what the start script says where it cannot start, and the script itself."""

from __future__ import annotations

from pathlib import Path

from scripts.bundle_lock import Platform

MACHINES = {"windows-x86_64": ["amd64", "x86_64", "arm64"], "linux-x86_64": ["x86_64", "amd64"],
            "linux-aarch64": ["aarch64", "arm64"]}
"""What Python calls the processor; Windows on ARM runs programs for x86-64."""

START = {True: ("liantu.bat", "Windows 10 1903 起、11 (64 位)", "Windows 10 1903 or later, or 11, 64-bit"),
         False: ("liantu.sh", "Linux, glibc 2.28 起 (麒麟 V10、统信 UOS 20、Debian 10、Ubuntu 20.04、CentOS 8 起)",
                 "Linux with glibc 2.28 or later (Kylin V10, UOS 20, Debian 10, Ubuntu 20.04, CentOS 8)")}
PLACE = {True: r"python\python.exe", False: "python/bin/python3"}

FIRST_ZH = """链图 liantu {version}  无网桌面版  {platform}
================================================================

不用安装, 不用管理员, 不用联网。

一  解压到可写的位置 (桌面、D 盘), 路径里可以有中文和空格。
二  双击 {script}: 建样例 (包头), 打开链图。第一次要准备半分钟左右, 以后直接启动。{linux}
三  把自己的工作簿 (.xlsx .xls .ods .csv, 可以几个, 也可以是文件夹) 拖到 {script} 上。
    工作簿旁边出现“输出”文件夹:
      链图-某链.html      用浏览器打开
      空白点-某链.xlsx    空白点表
      检查报告.txt        读到了什么, 哪里有问题, 怎么改
    只有两列“企业名称”“环节”的表就可以; “模板”文件夹里有填好环节的工作簿。
    改过的工作簿再拖一次, 结果随之更新。有问题的表不会导入一半: 报告列出每一处, 改好再拖。

导入过的材料都在“我的城市”文件夹里, 备份它就是备份全部。城市名取自填报单位、表题或“所在地”列; 改名: 我的城市/liantu.toml 的 region。
文件夹只能读时 (光盘、只读共享): 环境放在 {cache}, 我的城市放在用户文件夹的 liantu 里。

给信息科
  系统: {system_zh}。
  Python: {python_zh}
  命令行: {script} --cli --help
  校验: wheels 里的每个文件按 app/bundle.json 的 SHA-256 核对, 它来自 requirements.lock。
  OpenSSL: 图引擎要 OpenSSL 3, 系统没有时用 lib 里的。
  不留痕迹: 不写注册表, 不装服务; 删去文件夹 (和上面两处) 即卸载。
  不能运行的: 32 位 Windows、Windows 7/8、Windows 10 1809 及更早 (图引擎在那里打不开中文路径)、龙芯 (LoongArch)、申威、32 位 ARM、
  Alpine (musl)、glibc 低于 2.28 的系统 (CentOS 7): 图引擎 ladybug 没有它们的版本。在这样的机器上启动会用一句话说明。

许可: 见 LICENSE (Apache-2.0; lib 里的 OpenSSL 同); {licence_zh}各依赖的许可在 wheels 各文件内。文档: 文档/guide.md。
"""

FIRST_EN = """liantu {version}  a desk without network  {platform}
================================================================

Nothing to install, no administrator, no network.

1  Unpack it where you may write (the desktop, drive D). Blanks and Chinese in the path are fine.
2  Double-click {script}: it makes the sample (Baotou) and opens a map. The first start takes about half a minute
   to prepare, later ones start at once.{linux_en}
3  Drop a workbook of your own (.xlsx .xls .ods .csv; several, or a folder) on {script}.
   Beside the workbook a folder 输出 (output) appears:
      链图-CHAIN.html      the map, for a browser
      空白点-CHAIN.xlsx    the gap sheet
      检查报告.txt         what was read, what is wrong and how to mend it
   A sheet of two columns, 企业名称 (firm) and 环节 (node), is enough; 模板 has workbooks with the nodes filled in.
   Drop a changed workbook again and the results follow. A sheet with a problem is never half loaded: the report lists
   every place; mend them and drop it again.

All that was loaded lies in the folder 我的城市 (my city): its copy is the backup. The city is taken from 填报单位, the title or 所在地; to rename it
see region in 我的城市/liantu.toml. Where the folder is read only, the environment goes to {cache} and 我的城市 to
liantu in the user's folder.

For IT
  System: {system_en}.
  Python: {python_en}
  Command line: {script} --cli --help
  Integrity: every file of wheels is checked against the SHA-256 in app/bundle.json, which are those of requirements.lock.
  OpenSSL: the graph engine needs OpenSSL 3; where the system has none, the one in lib is used.
  Traces: no registry, no service; delete the folder (and the two places above) to remove it.
  What cannot run it: 32-bit Windows, Windows 7 and 8, Windows 10 1809 and earlier (the graph engine opens no Chinese path
  there), LoongArch, Sunway, 32-bit ARM, Alpine (musl), systems with glibc below 2.28 (CentOS 7): the graph engine ladybug is
  not made for them. A start on such a machine says so in a sentence.

Licence: LICENSE (Apache-2.0; of OpenSSL in lib too); {licence_en}those of the dependencies are inside the files of
wheels. Documentation: 文档/guide.md.
"""

CARRIED = {True: ("随带 ({at}), 不必另装; 请勿换成别的: 随带的把窄字符定为 UTF-8, 图引擎才打得开中文路径",
                  "carried ({at}); do not replace it: it takes narrow strings for UTF-8, without which the engine opens no Chinese path"),
           False: ("随带 ({at}), 不必另装; 也可以用 LIANTU_PYTHON 指另一个 Python {pythons}",
                   "carried ({at}); LIANTU_PYTHON may name another Python {pythons}")}
NEEDED = ("没有随带, 由信息科放好 {pythons} 之一 (64 位): {at}, 或系统自带 (PATH{py}); 不需要 pip 和 venv",
          "not carried: IT puts one of {pythons} (64-bit) at {at}, or on the PATH{py_en}; neither pip nor venv is needed")
LINUX = ("\n    在文件管理器里选“在终端中运行”, 或终端里 ./liantu.sh; 之后可以用旁边的 链图.desktop, 工作簿拖到它上面。",
         "\n   In the file manager choose “run in terminal”, or ./liantu.sh in one; afterwards 链图.desktop beside it takes double\n"
         "   clicks and dropped workbooks.")
CACHE = {True: r"%LOCALAPPDATA%\liantu", False: "~/.cache/liantu"}

NOT = {
    "app/no-32-bit.txt": "错误: 这是 32 位 Windows, 不能运行: 图引擎只有 64 位的 / this is a 32-bit Windows: the graph engine is 64-bit only",
    "app/no-old-windows.txt": "错误: 这台机器早于 Windows 10, 不能运行: Python 3.13 与图引擎需要 Windows 10 / this is older than Windows 10, "
                              "which Python and the graph engine need",
    "app/no-python.txt": "错误: 没有 Python / there is no Python\r\n  → 请信息科把 64 位 Python {pythons} 放到 python\\python.exe, 见 先看我.txt / "
                         "have IT put a 64-bit Python {pythons} at python\\python.exe: see README.txt"}


def scripts(parts: Path, platform: Platform) -> dict[str, bytes]:
    """The start script of the platform; a .bat has CR LF and is ASCII."""
    newest = platform.pythons[-1]
    if platform.windows:
        text = (parts / "liantu.bat").read_text(encoding="ascii")
        text = text.replace("@python@", newest).replace("@tuple@", newest.replace(".", ", "))
        return {"liantu.bat": text.replace("\n", "\r\n").encode("ascii")}
    text = (parts / "liantu.sh").read_text(encoding="utf-8").replace("@machine@", platform.machine)
    named = " ".join(f"python{python}" for python in reversed(platform.pythons))
    return {"liantu.sh": text.replace("@pythons@", " ".join(platform.pythons)).replace("@candidates@", named).encode()}


def texts(platform: Platform, python: bool, version: str) -> dict[str, bytes]:
    """先看我.txt and README.txt, for Notepad with CR LF and a byte order mark; on Windows what the script says too."""
    script, system_zh, system_en = START[platform.windows]
    pythons = " / ".join(platform.pythons)
    launcher = ("、py", " or known to py") if platform.windows else ("", "")
    words = {"at": PLACE[platform.windows], "pythons": pythons, "py": launcher[0], "py_en": launcher[1]}
    said_zh, said_en = (one.format(**words) for one in (CARRIED[platform.windows] if python else NEEDED))
    linux = ("", "") if platform.windows else LINUX
    given = {"version": version, "platform": platform.name, "script": script, "system_zh": system_zh, "system_en": system_en,
             "python_zh": said_zh, "python_en": said_en, "cache": CACHE[platform.windows],
             "linux": linux[0], "linux_en": linux[1],
             "licence_zh": "Python 的在 python 内; " if python else "",
             "licence_en": "that of Python is inside python; " if python else ""}
    found = {"先看我.txt": FIRST_ZH.format(**given) + "\n(English: README.txt)\n",
             "README.txt": FIRST_EN.format(**given) + "\n(中文: 先看我.txt)\n"}
    made = {name: ("\ufeff" + text.replace("\n", "\r\n")).encode() for name, text in found.items()}
    if platform.windows:
        made |= {name: (text.replace("{pythons}", pythons) + "\r\n").encode() for name, text in NOT.items()}
    else:
        made["链图.desktop"] = DESKTOP.encode()
    return made


DESKTOP = """[Desktop Entry]
Type=Application
Name=链图
Name[en]=liantu
Comment=把工作簿拖到这里 / drop a workbook here
Exec=sh -c "exec \\\\"\\\\$(dirname \\\\"\\\\$0\\\\")/liantu.sh\\\\" \\\\"\\\\$@\\\\"" %k %F
Terminal=true
Icon=x-office-spreadsheet
MimeType=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;text/csv;
"""
"""Before the first start, which writes one with its absolute path: %k is the place of this file, where the desktop knows it."""
