"""The Chromium that is on this machine; nothing is downloaded here (``script/test`` does that)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as BrowserPage
from werkzeug.test import Cookie

from accounts.models import User
from config import ROOT
from tests.support.clients import OutsideClient
from tests.support.servers import LiveServer
from tests.support.sign_in import sign_in

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FROM_NPM = ROOT / ".cache" / "browser" / "chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
HOW_TO_GET_ONE = "no Chromium: run script/test once, apt install chromium, or name one in GROMADA_BROWSER"


def find_browser() -> Path | None:
    candidates = (os.environ.get("GROMADA_BROWSER", ""), *NAMES, str(FROM_NPM))
    found = (shutil.which(name) for name in candidates if name)
    return next((Path(path) for path in found if path), None)


@contextmanager
def running_browser(executable: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Tabs:
    """Opens windows of the browser: each with cookies of its own, signed in or not, and closed after the test."""

    def __init__(self, browser: Browser, server: LiveServer, client: OutsideClient) -> None:
        self._browser = browser
        self._server = server
        self._client = client
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        as_: User | None = None,
        *,
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        language: str = "en",
        dark: bool = False,
    ) -> BrowserPage:
        context = self._browser.new_context(
            base_url=self._server.url(),
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if dark else "light",
            bypass_csp=False,
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        if as_ is not None:
            cookie = self._cookie_of(as_)
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self._server.address}])
        return context.new_page()

    def _cookie_of(self, person: User) -> Cookie:
        sign_in(self._client, person)
        cookie = self._client.get_cookie(self._client.application.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        return cookie

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def axe_findings(page: BrowserPage) -> list[str]:
    """What axe has against the page as it stands, a line each; nothing for an accessible one."""
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
