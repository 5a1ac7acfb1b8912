"""A visitor of the pages, as a story tells it: opens addresses, follows links, fills in forms and sends them."""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from accounts.models import User
from tests.support.clients import OutsideClient
from tests.support.forms import Form, Upload, spoken, value_to_send
from tests.support.sign_in import sign_in

__all__ = ["Page", "Upload", "Visitor", "Visits"]

Found = TypeVar("Found")


class Visitor:
    """One browser, signed in or not."""

    def __init__(self, app: Flask, person: User | None) -> None:
        self.client = OutsideClient(app)
        if person is not None:
            sign_in(self.client, person)

    def open(self, address: str, *, expect: int = 200, **query: Any) -> "Page":
        """Open an address and wherever it redirects to."""
        response = self.client.get(address, query_string=query or None, follow_redirects=True)
        return Page(self, response).expecting(expect)

    def send(self, form: Form, *, expect: int) -> "Page":
        """Send a form. After a redirect the page is the one it leads to."""
        if form.method == "get":
            fields = [(name, value) for name, value in form.pairs() if isinstance(value, str)]
            return Page(self, self.client.get(form.action, query_string=dict_of_lists(fields))).expecting(
                expect
            )
        response = self.client.post(form.action, data=dict_of_lists(form.pairs()), content_type=form.encoding)
        page = Page(self, response).expecting(expect)
        if 300 <= response.status_code < 400:
            return self.open(response.headers["Location"])
        return page


class Visits:
    """``visit(as_=leader)`` is a new browser with this person signed in; ``visit()`` one without."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, as_: User | None = None) -> Visitor:
        return Visitor(self._app, as_)


@dataclass(frozen=True)
class Page:
    visitor: Visitor
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def url(self) -> str:
        """Path and query of this page."""
        return self.response.request.full_path.removesuffix("?")

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def data(self) -> bytes:
        """The answer as bytes: a file that was downloaded."""
        return self.response.get_data()

    @property
    def tree(self) -> HtmlElement:
        return html.document_fromstring(self.html, base_url=self.url)

    @property
    def text(self) -> str:
        """What a person reads, on one line."""
        return spoken(self.tree.find("body"))

    @property
    def title(self) -> str:
        return spoken(self.tree.find(".//title"))

    @property
    def headings(self) -> list[str]:
        return [spoken(heading) for heading in self.tree.iter("h1", "h2", "h3", "h4")]

    @property
    def links(self) -> dict[str, str]:
        """Address of each link by its text; the first where several read the same."""
        links: dict[str, str] = {}
        for link in self.tree.iter("a"):
            links.setdefault(spoken(link), link.get("href", ""))
        return links

    @property
    def buttons(self) -> list[str]:
        """What can be sent from here, in the order of the page."""
        return [button for form in self.forms() for button in form.buttons]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Each table as rows of cell texts, headings included."""
        return [
            [[spoken(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
            for table in self.tree.iter("table")
        ]

    def expecting(self, status: int) -> "Page":
        assert self.status == status, f"{self.url} answered {self.status}, not {status}: {self._gist}"
        return self

    @property
    def _gist(self) -> str:
        text = self.text if self.response.mimetype == "text/html" else self.html
        return text[:1500]

    def forms(self) -> list[Form]:
        return [Form(element, self.url) for element in self.tree.iter("form")]

    def form(self, button: str) -> Form:
        """The form with this button, as it stands on the page."""
        return _only_one([form for form in self.forms() if button in form.buttons], button, self.buttons)

    def submit(self, button: str, *, expect: int = 303, **fields: Any) -> "Page":
        """Fill in the fields by name, press the button, and go where it leads.

        What is not named keeps the value it has on the page. Numbers, days and yes or no are written as a browser
        would; an ``Upload`` is a file; a list fills a field of several choices.
        """
        form = self.form(button)
        for name, value in fields.items():
            form.fill(name, value_to_send(value))
        form.press(button)
        return self.visitor.send(form, expect=expect)

    def follow(self, link: str, *, expect: int = 200) -> "Page":
        """Open the link with this text; links that read the same must lead to the same place."""
        places = {found.get("href", "") for found in self.tree.iter("a") if spoken(found) == link}
        return self.visitor.open(_only_one(sorted(places), link, list(self.links)), expect=expect)


def _only_one(found: list[Found], label: str, others: list[str]) -> Found:
    assert len(found) == 1, f"{len(found)} places read {label!r} here; there are {others}"
    return found[0]


def dict_of_lists(pairs: list[tuple[str, Any]]) -> dict[str, list[Any]]:
    gathered: dict[str, list[Any]] = {}
    for name, value in pairs:
        gathered.setdefault(name, []).append(value)
    return gathered
