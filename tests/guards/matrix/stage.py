"""The world behind the application, put back in order after whatever changed it."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from hashlib import sha256
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Table, select
from werkzeug.datastructures import FileStorage, Headers
from werkzeug.test import encode_multipart

from core import clock
from core.database import db
from core.i18n import in_language
from tests.guards.matrix.builder import Builder
from tests.guards.matrix.markers import came_alive, secrets_in
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.world import World
from tests.support.databases import Databases
from tests.support.forms import Upload

NOW = datetime(2026, 4, 15, 10, 0, tzinfo=UTC)
BOOKKEEPING = {"sign_in_session", "sign_in_attempt"}
"""What a refused request may leave behind: that somebody was here."""

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_INSIDES = re.compile(
    r"Traceback|sqlalchemy|sqlite3|psycopg|werkzeug|jinja2|/site-packages/|(?<!<)SELECT .* FROM",
    re.IGNORECASE,
)
_OWN_PATH = re.compile(r"/(?![/\\])")
_REFERENCE = re.compile(r"<code>\d{3}-[0-9a-f]{8}</code>")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes
    path: str

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def secrets(self) -> set[str]:
        return secrets_in(self.body, self.headers)

    @property
    def _is_for_everybody(self) -> bool:
        """A file of a published plan, a picture beside a shared link, or what robots read; pages are never kept."""
        is_page = self.headers.get("Content-Type", "").startswith("text/html")
        for_robots = self.path in ("/robots.txt", "/sitemap.xml")
        return for_robots or (self.path.startswith(("/pl/", "/en/")) and not is_page)

    @property
    def flaws(self) -> list[str]:
        """What no answer to anybody may have."""
        page = self.text if self.headers.get("Content-Type", "").startswith("text/html") else ""
        found = {
            "shows what somebody typed as its own": came_alive(page),
            "tells how it is made": bool(_INSIDES.search(page)),
            "may be kept by the browser": self.headers.get("Cache-Control") != "no-store"
            and not self._is_for_everybody,
            "may be put into a frame": "frame-ancestors 'none'"
            not in self.headers.get("Content-Security-Policy", ""),
            "may be taken for another type": self.headers.get("X-Content-Type-Options") != "nosniff",
            "leads elsewhere": self.location != "" and not _OWN_PATH.match(self.location),
            "failed": self.status >= 500,
        }
        return [flaw for flaw, is_there in found.items() if is_there]

    @property
    def gist(self) -> tuple[int, str]:
        """What a person can tell two answers apart by: all but the reference, the token and the address they asked for."""
        plain = _TOKEN.sub("", _REFERENCE.sub("", self.text))
        path = self.path.partition("?")[0]
        for written in (path, path.replace("/", "%2F")):
            plain = plain.replace(written, "ADDRESS")
        return self.status, plain


@dataclass(frozen=True)
class Browser:
    cookie: str
    token: str


class Stage:
    """Sends requests as any of the people. Nothing is remembered between two requests: no cookie, no flash."""

    def __init__(self, app: Flask, world: World, restore: Callable[[], None]) -> None:
        self.app, self.world = app, world
        self.restore = restore
        """Puts database and files back as they were built."""
        self._client = app.test_client(use_cookies=False)

    def address(self, endpoint: str, **names: Any) -> str:
        with self.app.test_request_context():
            return self.app.url_for(endpoint, **names)

    def ask(
        self,
        who: str,
        method: str,
        path: str,
        fields: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        """``token`` instead of the right one; an empty one leaves it out."""
        browser = self.browser(who)
        cookies = {self._cookie_name: browser.cookie, **self.world.cookies}
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        sent = {"Accept-Language": "en", "Cookie": cookie, **(headers or {})}
        if fields is not None:
            right = browser.token if token is None else token
            options |= _as_sent({**({"csrf_token": right} if right else {}), **fields})
        response = self._client.open(path, method=method, headers=sent, buffered=True, **options)
        return Answer(response.status_code, response.headers, response.get_data(), path)

    @cached_property
    def _cookie_name(self) -> str:
        return str(self.app.config["SESSION_COOKIE_NAME"])

    @cache  # noqa: B019 - a stage lives as long as its module
    def browser(self, who: str) -> Browser:
        """A cookie as it stands after a page with a form was opened, and the token of that form."""
        sessions = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]  # the usual one, by cookie
        signed_in = {} if who == VISITOR else {"_user_id": self.world.sessions[who], "_fresh": True}
        cookie = f"{self._cookie_name}={sessions.dumps(signed_in)}"
        for path in ("/language/pl", "/sign-in"):
            page = self._client.get(path, headers={"Cookie": cookie}, buffered=True)
            token = _TOKEN.search(page.text)
            if token:
                set_now = SimpleCookie(page.headers["Set-Cookie"])
                return Browser(set_now[self._cookie_name].value, token[1])
        raise AssertionError(f"no form for {who}")

    # --- what is stored ---

    def fingerprint(self) -> dict[str, str]:
        """A hash of every table, so that one which changed can be named."""
        return {name: sha256(repr(rows).encode()).hexdigest() for name, rows in self.contents().items()}

    def contents(self) -> dict[str, list[dict[str, Any]]]:
        with self.app.app_context():
            tables = [table for table in db.metadata.sorted_tables if table.name not in BOOKKEEPING]
            found = {table.name: _rows(table) for table in tables}
            db.session.rollback()
        return found


def _rows(table: Table) -> list[dict[str, Any]]:
    rows = db.session.execute(select(table).order_by(*table.primary_key.columns))
    return [dict(row) for row in rows.mappings()]


def _as_sent(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As a browser sends it. Files are encoded here: the test client would leave its own temporary ones open."""
    if not any(isinstance(value, Upload) for value in fields.values()):
        return {"data": fields}
    parts = {
        name: FileStorage(BytesIO(value.content), value.name, content_type=value.media_type)
        if isinstance(value, Upload)
        else value
        for name, value in fields.items()
    }
    boundary, body = encode_multipart(parts)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


# --- Built once in a test run ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Theatre:
    """Where the world is kept and where it is played: one for each worker of a test run."""

    app: Flask
    databases: Databases
    folder: Path

    def restore(self) -> None:
        self._let_go()
        self.databases.clone(self._played, self._kept)
        shutil.rmtree(self._files)
        shutil.copytree(self.folder / "world-files", self._files)

    def build(self) -> World:
        self.databases.copy(self._played)
        shutil.rmtree(self._files, ignore_errors=True)
        self._files.mkdir(parents=True)
        with self.app.app_context(), in_language("en"):
            world = Builder().build()
        self._let_go()
        self.databases.clone(self._kept, self._played)
        shutil.copytree(self._files, self.folder / "world-files")
        return world

    def _let_go(self) -> None:
        """Close every connection, so that the database can be replaced."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    @property
    def _played(self) -> str:
        return f"test_{self.folder.name}"

    @property
    def _kept(self) -> str:
        return f"world_{self.folder.name}"

    @property
    def _files(self) -> Path:
        return self.folder / "data" / "files"


@contextmanager
def set_stage(app: Flask, databases: Databases, folder: Path) -> Iterator[Stage]:
    """The world behind this worker's application, until the tests of one module are through."""
    theatre = Theatre(app, databases, folder)
    with clock.at(NOW), _failing_as_in_life(app):
        if folder not in _built:
            _built[folder] = theatre.build()
        theatre.restore()
        yield Stage(app, _built[folder], theatre.restore)
        theatre.restore()


_built: dict[Path, World] = {}


@contextmanager
def _failing_as_in_life(app: Flask) -> Iterator[None]:
    """An error nobody expected becomes its page, so that a test can name every address that has one."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        yield
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = True
