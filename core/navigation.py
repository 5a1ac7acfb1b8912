"""The main menu, and what the office has besides: each package adds its entries, with the rule for who sees them.

`app.py` sets their order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from core.i18n import LazyString
from core.standing_urls import standing_url

_KEY = "gromada_navigation"
_OFFICE = "gromada_office"


@dataclass(frozen=True)
class MenuEntry:
    label: LazyString
    endpoint: str
    shown_to: Callable[[Any], bool]
    """Asked about the person who is signed in."""


@dataclass(frozen=True)
class OfficeTool:
    """What is not needed every day: it stands on one page with a sentence on what it is for, not in the menu."""

    label: LazyString
    text: LazyString
    endpoint: str
    shown_to: Callable[[Any], bool]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def add_to_menu(app: Flask, *entries: MenuEntry) -> None:
    app.extensions.setdefault(_KEY, []).extend(entries)


def add_to_office(app: Flask, *tools: OfficeTool) -> None:
    app.extensions.setdefault(_OFFICE, []).extend(tools)


def office_tools(app: Flask, person: Any) -> list[OfficeTool]:
    tools: list[OfficeTool] = app.extensions.get(_OFFICE, [])
    return sorted((tool for tool in tools if tool.shown_to(person)), key=lambda tool: str(tool.label))


def menu(app: Flask, person: Any) -> list[Link]:
    """Of two addresses that begin like this page's, the longer one is where we are."""
    entries: list[MenuEntry] = app.extensions.get(_KEY, [])
    shown = [(str(entry.label), standing_url(entry.endpoint)) for entry in entries if entry.shown_to(person)]
    here = max((url for _label, url in shown if request.path.startswith(url)), key=len, default=None)
    return [Link(label, url, url == here) for label, url in shown]
