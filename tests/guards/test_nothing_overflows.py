"""No page is wider than the screen it is read on, whoever reads it: on the narrowest phone and on an ordinary laptop."""

from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from werkzeug.datastructures import Headers

from config import ROOT
from tests.guards.matrix.access_rules import ALLOWED
from tests.guards.matrix.attempts import attempts_of
from tests.guards.matrix.stage import Answer, Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

WIDTHS = (320, 1280)
HEIGHT = 800
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const scrolls = (one) => one && one !== document.body &&
    (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > room + 1 && !scrolls(one.parentElement));
  return wide.slice(0, 3).map((one) => [one.tagName.toLowerCase(), ...one.classList].join(".")).join(" ") || "the page";
}"""


class Screen:
    """Shows answers of the application in a browser. What a page needs besides, the browser keeps from page to page."""

    def __init__(self, browser: "Browser") -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Giving)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        address = f"http://127.0.0.1:{self._server.server_port}"
        self._context = browser.new_context(base_url=address, viewport={"width": WIDTHS[0], "height": HEIGHT})
        self.page: BrowserPage = self._context.new_page()

    def too_wide(self, answer: Answer) -> dict[int, str]:
        """Width of the screen -> what sticks out of it."""
        _Giving.shown = answer
        self.page.goto(answer.path)
        found = {}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found[width] = self.page.evaluate(TOO_WIDE)
        return {width: wide for width, wide in found.items() if wide}

    def close(self) -> None:
        self._context.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Giving(BaseHTTPRequestHandler):
    """Files as they lie there, to be kept; for everything else the page that is shown."""

    shown: Answer

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith("/static/"):
            self._give(self.shown.status, dict(self.shown.headers), self.shown.body)
            return
        file = ROOT / path.lstrip("/")
        kind = guess_type(file.name)[0] or "application/octet-stream"
        kept = {"Content-Type": kind, "Cache-Control": "public, max-age=31536000, immutable"}
        self._give(200, kept, file.read_bytes()) if file.is_file() else self._give(404, kept, b"")

    def _give(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing is said of each file."""


@pytest.fixture
def screen(browser: "Browser") -> Iterator[Screen]:
    opened = Screen(browser)
    yield opened
    opened.close()


def pages_of(stage: Stage, who: str) -> Iterator[Answer]:
    """Each page that this person may open, once: of several records the first."""
    seen = set()
    for attempt in attempts_of(stage, who):
        if attempt.method != "GET" or attempt.expected != ALLOWED or attempt.endpoint in seen:
            continue
        answer = attempt.made(stage)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status == 200:
            seen.add(attempt.endpoint)
            yield answer


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["leader", "animator", "office", "admin", "funder"])
def test_no_page_is_wider_than_the_screen(stage: Stage, screen: Screen, who: str):
    wide = [
        f"{answer.path}: {found}" for answer in pages_of(stage, who) if (found := screen.too_wide(answer))
    ]

    assert not wide, "\n".join(wide)


def test_what_sticks_out_would_be_seen(screen: Screen):
    page = b"<!doctype html><body><main><p class=long style='width: 1500px'>x</p></main>"

    found = screen.too_wide(Answer(200, Headers({"Content-Type": "text/html"}), page, "/home"))

    assert found == {320: "p.long", 1280: "p.long"}
