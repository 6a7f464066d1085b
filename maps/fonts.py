"""A Chinese font on this machine, looked for by file name: fontconfig is not everywhere.

resvg draws no text at all where a font is missing, and raises nothing; so look first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from graph.errors import LiantuError

FAMILIES: tuple[tuple[str, str], ...] = (
    ("notosanscjk", "Noto Sans CJK SC"),
    ("notosanssc", "Noto Sans SC"),
    ("sourcehansans", "Source Han Sans SC"),
    ("msyh", "Microsoft YaHei"),
    ("pingfang", "PingFang SC"),
    ("hiragino sans gb", "Hiragino Sans GB"),
    ("wqy-microhei", "WenQuanYi Micro Hei"),
    ("wqy-zenhei", "WenQuanYi Zen Hei"),
    ("simhei", "SimHei"),
    ("droidsansfallback", "Droid Sans Fallback"),
    ("stheiti", "Heiti SC"),
    ("deng", "DengXian"),
    ("simsun", "SimSun"),
    ("notoserifcjk", "Noto Serif CJK SC"),
    ("arialuni", "Arial Unicode MS"),
)
"""How the file's name begins (small letters), and the family it holds; the best first."""

_SUFFIXES = {".ttf", ".ttc", ".otf"}


def directories() -> list[Path]:
    """Where fonts are kept on this system, for all users and for this one."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        shared = [Path(p) for p in ("/System/Library/Fonts", "/System/Library/AssetsV2", "/Library/Fonts")]
        return [*shared, home / "Library" / "Fonts", Path("/opt/homebrew/share/fonts")]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    ]


def cjk() -> tuple[str, list[Path]]:
    """Family name and files of the best Chinese font found.

    Raises ``LiantuError`` with the cure where there is none.
    """
    files = sorted(_files(), key=lambda p: (p.name.lower(), str(p)))
    for begin, family in FAMILIES:
        found = [p for p in files if p.name.lower().startswith(begin)]
        if found:
            return family, found
    places = ", ".join(map(str, directories()))
    raise LiantuError(
        f"no Chinese font on this machine, a PNG would have no text 没有中文字体，PNG 上不会有字 (looked in {places})",
        "install one (Debian, Ubuntu: apt-get install fonts-noto-cjk) or write .svg or .html instead "
        "请安装中文字体，或改用 .svg、.html",
    )


def _files() -> Iterator[Path]:
    for place in directories():
        for root, _, names in os.walk(place):
            yield from (Path(root, n) for n in names if Path(n).suffix.lower() in _SUFFIXES)
