"""The file of an article as text: encodings that offices save in, and what is no article at all."""

from __future__ import annotations

import re
from pathlib import Path

from graph.errors import LiantuError

MOST_BYTES = 500_000
"""The longest article; a newspaper's whole issue is less than half of it, and what is longer would be minutes of reading."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|span|table)\b", re.IGNORECASE)
_SAVE_AS = "另存为纯文本 .txt (UTF-8) 再读 / save it as plain text (.txt, UTF-8) first"


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, GB18030 or UTF-16. LiantuError where it is missing, empty, too long or no text."""
    content = _bytes(path)
    text = _decoded(path.name, content)
    if _HTML.search(text[:4000]):
        raise LiantuError(f"{path.name} 是网页 (HTML), 不是文本 / is a web page, not text",
                          "在浏览器里另存为“文本文件”, 或复制正文到 .txt / save it as text in the browser, or copy the words into a .txt")
    if not text.strip():
        raise LiantuError(f"{path.name} 里没有文字 / has no words in it", "检查文件, 重新保存 / check the file and save it again")
    return text


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise LiantuError(f"没有这个文件: {path} / no such file", "检查路径和文件名 / check the path and the name")
    if not path.is_file():
        raise LiantuError(f"{path} 不是文件 / is not a file", "一次读一篇文章 / read one article at a time")
    try:
        if (size := path.stat().st_size) > MOST_BYTES:
            raise LiantuError(f"{path.name} 有 {size / 1e6:,.1f} MB, 一篇文章上限 {MOST_BYTES / 1e6:.1f} MB / "
                              "is over the limit of an article", "拆成一篇一个文件 / split it, one article a file")
        return path.read_bytes()
    except OSError as error:
        raise LiantuError(f"无法读取 {path}: {error.strerror} / cannot be read",
                          "检查权限, 复制到本机再试 / check your rights, try a local copy") from error


def _decoded(name: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise LiantuError(f"{name} 不是纯文本 (Word、PDF 等) / is no plain text (Word, PDF …)", _SAVE_AS)
    wide = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    for encoding in (wide,) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise LiantuError(f"{name} 不是文本, 或编码不明 / is no text, or in an encoding nobody knows", _SAVE_AS)
