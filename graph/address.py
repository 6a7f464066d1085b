"""Where a server store is and who asks: its address, and credentials that never stand on a command line."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from graph.errors import StoreError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DATABASE = "neo4j"
"""The database that a server has when nobody made another."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,62}")


class Address(NamedTuple):
    """``uri`` is what the driver dials, ``database`` which one of the server's; ``shown`` may be printed."""

    uri: str
    database: str
    shown: str


class Credentials(NamedTuple):
    user: str
    password: str

    def __repr__(self) -> str:  # in no log and no traceback
        return f"Credentials({self.user!r}, …)"


def without_password(url: str) -> str:
    """The address as it may be printed: all that stands before the last '@' is left out (a password may hold any
    character), and what follows a '?'."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2].partition('?')[0]}" if separator else url


def address(url: str) -> Address:
    """``bolt://host:7687/database``; a ``?policy=…`` of a routed address is handed on.

    Raises StoreError for another scheme, a missing host, a port or database name that cannot be one,
    and a password in the address: it would be kept in the shell's history and shown to who lists processes.
    """
    shown = without_password(url)
    if "@" in url and url.startswith(tuple(f"{one}:" for one in SCHEMES)):
        raise StoreError(f"地址里不写用户名与口令: {shown} / no user and no password in the address: {shown}", HOW)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _wrong(shown, "主机或端口 / host or port") from error
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{one}://" for one in SCHEMES)
        raise StoreError(f"不认识的图库地址: {shown} (可用: 路径, {known}) / "
                         f"unknown store address: {shown} (known: a path, {known})",
                         "去掉 --store, 或给出文件夹、文件或上列地址 / leave out --store, or name a folder, a file or such an address")
    database = unquote(parts.path.strip("/")) or DATABASE
    if not _NAME.fullmatch(database):
        raise _wrong(shown, f"数据库名 “{database}” / as a database name")
    try:
        found = parts.hostname and (parts.port or 1)
    except ValueError:
        found = None
    if not found:
        raise _wrong(shown, "主机或端口 / host or port")
    query = f"?{parts.query}" if parts.query else ""
    return Address(f"{parts.scheme}://{parts.netloc}{query}", database, shown)


def _wrong(shown: str, what: str) -> StoreError:
    return StoreError(f"图库地址不可用: {shown}: {what} / the store's address cannot be used",
                      "写作 bolt://主机:7687 或 bolt://主机:7687/数据库, 冒号与斜线用半角 / write bolt://HOST:7687 or bolt://HOST:7687/DATABASE")


HOW = ("设环境变量 NEO4J_USER 与 NEO4J_PASSWORD, 或让 NEO4J_CREDENTIALS 指向只有您可读的文件 (每行 名=值) / "
       "set NEO4J_USER and NEO4J_PASSWORD, or let NEO4J_CREDENTIALS name a file that only you can read (NAME=VALUE lines)")


def credentials() -> Credentials | None:
    """From the environment, else from the file that NEO4J_CREDENTIALS names; None for a server that asks for none.

    Raises StoreError where only a user is given, and for a file that is missing, open to others or without a password.
    """
    told = {name: value for name, value in os.environ.items() if name.startswith("NEO4J_") and value}
    named = told.get("NEO4J_CREDENTIALS", "")
    if not told.get("NEO4J_PASSWORD") and named:
        told = {**_kept(Path(named).expanduser()), **told}
        if not told.get("NEO4J_PASSWORD"):
            raise StoreError(f"{named} 里没有 NEO4J_PASSWORD=… / holds no NEO4J_PASSWORD=…", HOW)
    user = told.get("NEO4J_USER") or told.get("NEO4J_USERNAME") or ""
    password = told.get("NEO4J_PASSWORD", "")
    if user and not password:
        raise StoreError("有用户名而无口令 / a user is given and no password", HOW)
    return Credentials(user or "neo4j", password) if password else None


def _kept(path: Path) -> dict[str, str]:
    """NAME=VALUE lines; blank lines and those that begin with # are passed over."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise StoreError(f"{path} 不是文件 / is no file", HOW)
        if os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise StoreError(f"{path} 别人也能读 / can be read by others", f"chmod 600 {path}")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"读不了凭据文件 {path} / the credentials cannot be read: {error}", HOW) from error
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
