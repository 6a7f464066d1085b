"""What the driver and the server say, as our errors: what is wrong, where, and the cure."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as theirs

from graph.address import HOW
from graph.errors import LiantuError, StoreError

CODES: tuple[tuple[str, str, str], ...] = (
    (r"Security\.AuthenticationRateLimit", "口令连错多次, 服务器暂不受理 / too many wrong passwords, the server refuses for now",
     "等几秒再试, 并检查口令 / wait some seconds, then check the password"),
    (r"Security\.CredentialsExpired", "口令已过期, 须先更换 / the password has expired and must be changed first",
     "在 Neo4j Browser 里: ALTER CURRENT USER SET PASSWORD … / in Neo4j Browser: ALTER CURRENT USER SET PASSWORD …"),
    (r"Security\.(?:Forbidden|AuthorizationExpired)", "该用户权限不足 / this user may not do that",
     "只查询: 要 ACCESS 与 MATCH; 导入: 还要 WRITE, 首次要建约束 (见 docs/neo4j.md) / to ask: ACCESS and MATCH; to load: WRITE too, "
     "and constraints the first time (docs/neo4j.md)"),
    (r"Security\.Unauthorized", "用户名或口令不对 / wrong user or password", HOW),
    (r"ReadOnly", "数据库是只读的 / the database is read-only",
     "换可写的数据库, 或请管理员放开 server.databases.read_only / name one that can be written, or ask for server.databases.read_only to be changed"),
    (r"Statement\.AccessMode|NotALeader", "查询里有写入, 未执行 / the text writes and was not run",
     "改图谱用 `liantu load`; 集群用 neo4j:// 地址 / change the graph with `liantu load`; a cluster is named with neo4j://"),
    (r"DatabaseNotFound|DatabaseUnavailable",
     "服务器上没有这个数据库, 或未启动 / no such database on the server, or it is not started",
     "地址末尾写数据库名 bolt://主机:7687/名, 社区版只有 neo4j / name it at the address's end; the Community edition has only neo4j"),
    (r"TimedOut", "查询超时 / the question took too long", "缩小范围后重试 / narrow the question"),
    (r"MemoryPoolOutOfMemory|OutOfMemory|MemoryLimit", "服务器内存不足, 未改动 / the server is short of memory, nothing was changed",
     "调大 server.memory.heap.max_size / raise server.memory.heap.max_size"),
    (r"TransactionMarkedAsTerminated|LockClientStopped|DeadlockDetected|Transaction\.", "与别的写入相争, 多次重试未成, 已撤回 / "
     "other writers were in the way, tries ran out, it was rolled back", "稍后重试 / try again later"),
)


@contextmanager
def errors_as_ours(shown: str) -> Iterator[None]:
    """Turn the driver's errors into StoreError; ours pass."""
    try:
        yield
    except LiantuError:
        raise
    except (theirs.Neo4jError, theirs.DriverError, ssl.SSLError, OSError, ValueError) as error:
        raise told(shown, error) from error


def told(shown: str, error: Exception) -> StoreError:
    """One error of the driver, for a person."""
    if isinstance(error, theirs.Neo4jError):
        return _of_the_server(shown, error)
    if isinstance(error, theirs.ConfigurationError | ValueError):
        return StoreError(f"图库地址或设置不可用: {shown} / the store's address or settings cannot be used: {_line(error)}",
                          "写作 bolt://主机:7687 / write bolt://HOST:7687")
    return _unreached(shown, error)


def _of_the_server(shown: str, error: theirs.Neo4jError) -> StoreError:
    code, text = error.code or "", _line(error.message or error)
    for shape, what, cure in CODES:
        if re.search(shape, code):
            return StoreError(f"{what}: {shown}", cure)
    return StoreError(f"图库引擎报错 / the graph engine refused: {shown}: {text}",
                      "有人手工改过图库时先 liantu rebuild; 再出现请连同此信息报告 / where somebody changed the graph by hand run "
                      "liantu rebuild; if it comes again report it with this text")


def _unreached(shown: str, error: Exception) -> StoreError:
    reasons = [str(one) for one in _causes(error)]
    said = " | ".join(reasons)
    if "certificate verify failed" in said:
        return StoreError(f"服务器的证书不被信任: {shown} / the server's certificate is not trusted",
                          "让 SSL_CERT_FILE 指向单位的根证书; 自签证书用 bolt+ssc:// / let SSL_CERT_FILE name your root certificate; "
                          "for a self-signed one use bolt+ssc://")
    if any(isinstance(one, ssl.SSLError) for one in _causes(error)) or re.search(r"\bSSL\b|TLS|encrypted", said):
        return StoreError(f"服务器不接受加密连接: {shown} / the server takes no encrypted connection",
                          "地址改用 bolt:// 或 neo4j://, 或请管理员开启 TLS / use bolt:// or neo4j://, or have TLS switched on")
    if re.search(r"[Cc]annot resolve|Name or service|nodename|getaddrinfo", said):
        return StoreError(f"找不到主机: {shown} / no such host", "检查 --store 里的主机名 / check the host's name in --store")
    if re.search(r"refused|timed out|No route|unreachable", said, re.I):
        return StoreError(f"服务器没有回应: {shown} / the server does not answer",
                          "确认它已启动、端口对、防火墙放行; 中断的导入用 liantu rebuild 续完 / is it started, the port right, the "
                          "firewall open? liantu rebuild finishes a load that broke off")
    return StoreError(f"与服务器的连接断了: {shown} / the connection to the server was lost: {_line(error)}",
                      "确认服务器仍在运行后重试; 中断的导入用 liantu rebuild 续完 / see that it runs, then try again; "
                      "liantu rebuild finishes a load that broke off")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it; a driver wraps the socket's own error once or twice."""
    seen: set[int] = set()
    queue: list[BaseException | None] = [error]
    while queue:
        one = queue.pop(0)
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            queue += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]


def _line(error: object) -> str:
    return " ".join(str(error).split())[:300]
