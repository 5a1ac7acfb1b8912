"""One migrated database per test run, and a fresh copy of it for every test."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.support.postgres import PostgresServer

Migrate = Callable[[str], None]
"""Brings the empty database at this URL to the newest schema and leaves no connection open."""


class Databases(Protocol):
    def empty(self, name: str) -> str:
        """The URL of a database of this name without any table."""

    def copy(self, name: str) -> str:
        """The URL of a database of this name as migrations leave it; an older one of this name is replaced."""

    def clone(self, name: str, source: str) -> str:
        """The URL of a database of this name that holds what ``source`` holds; nobody may be connected to that."""

    def drop(self, name: str) -> None: ...


@dataclass(frozen=True)
class SQLiteFiles:
    folder: Path
    migrate: Migrate

    def empty(self, name: str) -> str:
        self.drop(name)
        return self._url(name)

    def copy(self, name: str) -> str:
        template = self.folder / "template.sqlite3"
        with _one_at_a_time(self.folder):
            if not template.exists():
                self.migrate(self._url("unfinished"))
                (self.folder / "unfinished.sqlite3").rename(template)
        return self.clone(name, "template")

    def clone(self, name: str, source: str) -> str:
        self.drop(name)
        shutil.copyfile(self._path(source), self._path(name))
        return self._url(name)

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self._path(name)}{ending}").unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def _url(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"


@dataclass(frozen=True)
class PostgresDatabases:
    server: PostgresServer
    migrate: Migrate

    def empty(self, name: str) -> str:
        self.server.drop(name)
        self.server.create(name)
        return self.server.url(name)

    def copy(self, name: str) -> str:
        with _one_at_a_time(self.server.folder):
            if not self.server.exists("template"):
                self.migrate(self.empty("unfinished"))
                self.server.rename("unfinished", "template")
        return self.clone(name, "template")

    def clone(self, name: str, source: str) -> str:
        self.server.drop(name)
        self.server.create(name, template=source)
        return self.server.url(name)

    def drop(self, name: str) -> None:
        self.server.drop(name)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """The workers of one run share the template: the first makes it, the others wait."""
    descriptor = os.open(folder / "template.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
