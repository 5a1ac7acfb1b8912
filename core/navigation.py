"""The main menu: each package adds its entries, with the rule for who sees them; `app.py` sets their order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from core.i18n import LazyString

_KEY = "gromada_navigation"


@dataclass(frozen=True)
class MenuEntry:
    label: LazyString
    endpoint: str
    shown_to: Callable[[Any], bool]
    """Asked about the person who is signed in."""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def add_to_menu(app: Flask, *entries: MenuEntry) -> None:
    app.extensions.setdefault(_KEY, []).extend(entries)


def menu(app: Flask, person: Any) -> list[Link]:
    entries: list[MenuEntry] = app.extensions.get(_KEY, [])
    shown = [(str(entry.label), url_for(entry.endpoint)) for entry in entries if entry.shown_to(person)]
    return [Link(label, url, request.path.startswith(url)) for label, url in shown]
