"""Templates work under the strict policy: what runs and what it looks like lies in files of our own."""

import re
from pathlib import Path

from config import ROOT

FORBIDDEN = {
    # what is only data, for search engines, no browser runs
    "a script in the page": re.compile(
        r"<script(?! type=\"application/ld\+json\">)(?![^>]*\bsrc=)", re.IGNORECASE
    ),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an address that runs": re.compile(r"javascript:", re.IGNORECASE),
    "something from another server": re.compile(
        r"<(script|link|img|iframe)[^>]*(src|href)=[\"'](https?:)?//", re.IGNORECASE
    ),
    "a text marked as safe by hand": re.compile(r"autoescape\s+false", re.IGNORECASE),
}
MAILS = "mail"
"""A mail has no policy and no style sheet to refer to: its few styles stand in it."""


def test_no_template_holds_what_the_policy_forbids():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in templates()
        for name, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text())
    ]

    assert found == []


ANSWERED_BY_NOBODY = {"_helpful.html", "helpful_words.html"}
"""Sent to a signed address, in nobody's name: a token would need a cookie on every public page."""


def test_every_form_that_changes_something_has_its_token():
    forms = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)

    without = [
        f"{path.relative_to(ROOT)}: {form[:80]}"
        for path in templates()
        for form in forms.findall(path.read_text())
        if path.name not in ANSWERED_BY_NOBODY
        if not re.search(r"csrf_token|hidden_tag\(\)", form)
    ]

    assert without == []


def templates() -> list[Path]:
    found = [
        path
        for path in (ROOT / "templates").rglob("*.html")
        if MAILS not in path.stem and MAILS not in path.parts
    ]
    assert found
    return found
