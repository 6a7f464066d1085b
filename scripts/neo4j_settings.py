"""What neo4j.conf says on a server of ``neo4j_server``, and the certificate that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.errors import LiantuError
from scripts.neo4j_artifacts import run, tail

ALWAYS = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.directories.import": "import",
    "server.memory.pagecache.size": "128m",
    "db.tx_log.preallocate": "false",  # else half a gigabyte of nothing for each server
    "dbms.usage_report.enabled": "false",
}
# When it stops, Bolt would wait ten seconds for nobody: tests stop many servers.
FIVE = {"internal.dbms.bolt.netty_server_shutdown_quiet_period": "0"}
LATER = {
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    "dbms.fleet_manager.enabled": "false",
    "server.fleet_discovery.enabled": "false",  # it broadcasts on the network
}
TLS = {
    "server.bolt.tls_level": "OPTIONAL",
    "dbms.ssl.policy.bolt.enabled": "true",
    "dbms.ssl.policy.bolt.base_directory": "certificates",
    "dbms.ssl.policy.bolt.private_key": "private.key",
    "dbms.ssl.policy.bolt.public_certificate": "public.crt",
    "dbms.ssl.policy.bolt.client_auth": "NONE",
}
READ_ONLY = ("server.databases.default_to_read_only", "server.databases.read_only")


def settings_of(version: str, *, tls: bool) -> dict[str, str]:
    return {**ALWAYS, **(FIVE if version.startswith("5.") else LATER), **(TLS if tls else {})}


def writable(settings: Mapping[str, str]) -> dict[str, str]:
    """The same without what forbids writing."""
    return {key: value for key, value in settings.items() if key not in READ_ONLY}


def make_certificate(path: Path) -> None:
    """A certificate for localhost and 127.0.0.1 that signs itself, ``private.key`` beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    out = ["-keyout", str(path.with_name("private.key")), "-out", str(path)]
    try:
        done = run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", *names, *out])
    except OSError as error:
        raise LiantuError("没有 openssl / no openssl", "apt-get install openssl") from error
    if done.returncode:
        raise LiantuError(f"openssl 未能制作证书 / openssl made no certificate:\n{tail(done.stderr)}")
