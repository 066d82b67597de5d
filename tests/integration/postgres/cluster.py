"""A private PostgreSQL server for the tests: own folder, free loopback port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_INSTALL = "run deploy/install-system-packages.sh, which installs PostgreSQL among others"


@contextmanager
def private_cluster() -> Iterator[str]:
    """Yield the URL of an empty database server; fail (never skip) when PostgreSQL is missing."""
    binaries = _find_binaries()
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="yuqi-postgres-"))
    if account:
        shutil.chown(folder, user=account)
    port = _free_port()
    data = folder / "data"
    try:
        _run(account, binaries / "initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8",
             "--locale=C", "--no-sync")  # fmt: skip
        # fsync stays on: the kill tests are about what survives.
        listen = f"-c listen_addresses=127.0.0.1 -c port={port}"
        options = f"{listen} -c unix_socket_directories={folder}"
        _run(account, binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log",
             "-o", options, "start")  # fmt: skip
        try:
            yield f"postgresql+psycopg2://tester@127.0.0.1:{port}/postgres"
        finally:
            with suppress(subprocess.CalledProcessError):
                _run(account, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_binaries() -> Path:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError(f"PostgreSQL's initdb was not found; {_INSTALL}")


def _unprivileged_account() -> str | None:
    """Return whom to run the server as: nobody else, unless we are root, whom initdb refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise RuntimeError(f"neither postgres nor nobody is a user of this machine; {_INSTALL}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(account: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=account,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=90,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed ({done.returncode}):\n{done.stdout}")
