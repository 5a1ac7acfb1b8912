"""Photographs every page of the demonstration. See ``script/screenshots``."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Error
from playwright.sync_api import Page as Tab
from sqlalchemy import select

from accounts.demo_sign_ins import DEMO_SIGN_INS
from accounts.link_browsers import COOKIE, signed
from accounts.models import User
from config import ROOT
from core.database import db
from demo.loading import load_demo
from script.screenshot_pages import BROWSER, ShotPage, pages_for
from script.screenshot_sheets import Photograph, write_index, write_pictures
from tests.support.applications import app_on, make_config, migrate
from tests.support.browsers import HOW_TO_GET_ONE, Tabs, find_browser, running_browser
from tests.support.clients import OutsideClient
from tests.support.servers import LiveServer, running_server

FOLDER = ROOT / "var" / "screenshots"
VISITOR = "visitor"
ROLES = (VISITOR, *(email.partition("@")[0] for email in DEMO_SIGN_INS))
LANGUAGES, SCHEMES, WIDTHS = ("pl", "en"), ("light", "dark"), (320, 390, 768, 1280)
THUMBNAIL_WIDTH, TALLEST = 180, 2.4
NOTHING_LIKE_THIS = "qqzzqq"

BLANK = """() => {
  const needed = document.querySelector("main form[method=post][novalidate] :is(input, textarea)[required]");
  if (!needed) return false;
  for (const input of needed.form.querySelectorAll(":is(input, textarea)[required]:not([type=file])")) input.value = "";
  needed.form.id ||= "to-send-empty";
  return true;
}"""
"""Empties what must be filled in, so that sending the form can change nothing. False where there is no such form."""
SEND = """() => {
  const needed = document.querySelector("main form[method=post][novalidate] :is(input, textarea)[required]");
  const buttons = [...needed.form.querySelectorAll("[type=submit]")];
  needed.form.requestSubmit(buttons.find(button => button.dataset.variant === "primary") ?? buttons[0]);
}"""
SEARCHES = "() => !!document.querySelector('main form[role=search] [name=q]')"
SIZE = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth, document.documentElement.scrollHeight]"


@dataclass(frozen=True)
class Setting:
    role: str
    language: str
    scheme: str

    def __str__(self) -> str:
        return f"{self.role}, {self.language}, {self.scheme}"


class Studio:
    """Takes the photographs of one role in one language and scheme, in one window."""

    def __init__(self, tab: Tab, folder: Path, setting: Setting) -> None:
        self.tab, self.setting = tab, setting
        self.folder = folder / setting.role / setting.language / setting.scheme
        self.heard: list[str] = []
        self.camera = tab.context.new_cdp_session(tab)
        tab.on("console", self._hear)
        tab.on("pageerror", lambda error: self.heard.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        """The browser itself reports each refusal as an error; that a page refuses is what some photographs are of."""
        of_the_page = message.location.get("url", "").partition("#")[0] == self.tab.url.partition("#")[0]
        if message.type == "error" and not ("Failed to load resource" in message.text and of_the_page):
            self.heard.append(message.text)

    def photographs_of(self, page: ShotPage, widths: Sequence[int]) -> Iterator[Photograph]:
        yield from self._taken(page.name, page, widths)
        searches, is_form = bool(self.tab.evaluate(SEARCHES)), bool(self.tab.evaluate(BLANK))
        if searches:
            empty = ShotPage(page.name, f"{page.path}?q={NOTHING_LIKE_THIS}", page.status)
            yield from self._taken(f"{page.name}-empty", empty, widths)
        if is_form:
            yield from self._taken(f"{page.name}-errors", page, widths, send_empty=True)

    def _taken(
        self, name: str, page: ShotPage, widths: Sequence[int], *, send_empty: bool = False
    ) -> Iterator[Photograph]:
        self.heard.clear()
        self.tab.set_viewport_size({"width": widths[0], "height": 850})
        faults = self._open(page, send_empty=send_empty)
        for width in widths:
            self.tab.set_viewport_size({"width": width, "height": 850})
            yield self._photograph(name, page.path, width, faults)
            faults = []

    def _open(self, page: ShotPage, *, send_empty: bool) -> list[str]:
        try:
            response = self.tab.goto(page.path)
            expected = page.status
            if send_empty:
                self.tab.evaluate(BLANK)
                expected = 422
                with self.tab.expect_navigation() as sent:
                    self.tab.evaluate(SEND)
                response = sent.value
            self.tab.evaluate("() => document.fonts.ready.then(() => true)")
        except Error as failure:
            return [str(failure).splitlines()[0]]
        status = response.status if response else 0
        return [] if status == expected else [f"answered {status}, not {expected}"]

    def _photograph(self, name: str, path: str, width: int, faults: Sequence[str]) -> Photograph:
        wide, room, height = self.tab.evaluate(SIZE)
        file = self.folder / str(width) / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        self.tab.screenshot(path=file, full_page=True)
        found = [*faults, *(f"console: {line}" for line in self.heard)]
        found += [f"overflows by {wide - room} px"] if wide > room else []
        self.heard.clear()
        return Photograph(
            **vars(self.setting), page=name, path=path, width=width, file=file,
            thumbnail=self._thumbnail(width, height), faults=tuple(found),
        )  # fmt: skip

    def _thumbnail(self, width: int, height: int) -> str:
        scale = min(1.0, THUMBNAIL_WIDTH / width * (1.6 if width > 700 else 1))
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, width * TALLEST), "scale": scale}
        options = {"format": "jpeg", "quality": 60, "captureBeyondViewport": True, "clip": clip}
        return f"data:image/jpeg;base64,{self.camera.send('Page.captureScreenshot', options)['data']}"


# --- The whole round -------------------------------------------------------------------------------------


def photograph(
    app: Flask, server: LiveServer, browser: Browser, wanted: argparse.Namespace
) -> list[Photograph]:
    taken: list[Photograph] = []
    for role, language in product(wanted.role, wanted.lang):
        person = _person(role, language)
        pages = [page for page in pages_for(app, person, language) if _is_wanted(page, wanted.page)]
        for scheme in wanted.scheme:
            tabs, began = Tabs(browser, server, OutsideClient(app)), time.monotonic()
            tab = tabs(person, language=language, dark=scheme == "dark")
            if person is None:
                tab.context.add_cookies([{"name": COOKIE, "value": signed(BROWSER), "url": server.address}])
            studio = Studio(tab, wanted.folder, Setting(role, language, scheme))
            now = [one for page in pages for one in studio.photographs_of(page, wanted.width)]
            tabs.close()
            say(f"{studio.setting}: {len(now)} photographs in {time.monotonic() - began:.0f} s")
            taken += now
    return sorted(taken, key=lambda one: (one.role, one.page, one.language, one.scheme, one.width))


def _person(role: str, language: str) -> User | None:
    """Who signs in as this role, reading this language."""
    if role == VISITOR:
        return None
    email = next(email for email in DEMO_SIGN_INS if email.partition("@")[0] == role)
    person = db.session.scalars(select(User).where(User.email == email)).one()
    person.language = language
    db.session.commit()
    return person


def _is_wanted(page: ShotPage, parts: Sequence[str]) -> bool:
    return not parts or any(part in page.path or part in page.name for part in parts)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where to (var/screenshots)")
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--role", choices=ROLES, **several)
    parser.add_argument("--lang", choices=LANGUAGES, **several)
    parser.add_argument("--scheme", choices=SCHEMES, **several)
    parser.add_argument("--width", type=int, **several)
    parser.add_argument("--page", help="a part of its address or name", **several)
    wanted = parser.parse_args(arguments)
    wanted.folder = wanted.folder.resolve()
    for name, everything in {"role": ROLES, "lang": LANGUAGES, "scheme": SCHEMES, "width": WIDTHS}.items():
        setattr(wanted, name, getattr(wanted, name) or list(everything))
    return wanted


def main() -> int:
    wanted, executable = _asked(), find_browser()
    if executable is None:
        sys.exit(HOW_TO_GET_ONE)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gromada-screenshots-") as data:
        config = make_config(Path(data), f"sqlite:///{data}/gromada.sqlite3")
        migrate(config)
        with app_on(config) as app:
            load_demo(config)
            with running_server(config) as server, running_browser(executable) as browser:
                taken = photograph(app, server, browser, wanted)
                write_pictures(wanted.folder, taken, browser)
    say(f"{len(taken)} photographs: {write_index(wanted.folder, taken)}")
    faults = [f"{one.where}: {fault}" for one in taken for fault in one.faults]
    say("\n".join(faults) or "Nothing overflows, no console complains.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
